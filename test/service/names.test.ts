import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { bareInput } from "../../generator/emit-input.js";
import { emitService } from "../../generator/emit/service.js";
import { readSchema } from "../../generator/read-schema.js";

const folder = mkdtempSync(join(tmpdir(), "strata-service-"));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A schema of operations without content. */
function writeSchema(namespace: string, operations: readonly string[]): void {
  const types = operations
    .flatMap((name) => [name, `${name}Response`])
    .map(
      (name) =>
        `<xs:complexType name="${name}"><xs:complexContent><xs:extension base="bodyContentType"/></xs:complexContent></xs:complexType>`,
    )
    .join("");
  writeFileSync(
    join(folder, "service.xsd"),
    `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="${namespace}" xmlns="${namespace}">` +
      `<xs:element name="message"/><xs:complexType name="bodyContentType"/>${types}</xs:schema>`,
  );
}

test("methods whose names differ in the schema by case or punctuation only are told apart", async () => {
  writeSchema("http://www.webex.com/schemas/2002/06/service", ["getUser", "GETUser", "get-user", "SetUser"]);
  const report = createReport();
  const read = await readSchema({ release: "1", location: folder, entry: [], service: "webex" }, report);
  expect(report.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  if (read === undefined) throw new Error("not read");
  const input = bareInput(read.model, read.service, {}, report);
  const client = emitService(input, report).find(({ path }) => path === "client.ts")?.text ?? "";
  const methods = [...client.matchAll(/^\s+readonly ([\w-]+): Method</gmu)].map(([, name]) => name);
  expect(methods).toHaveLength(4);
  expect(new Set(methods).size).toBe(4);
  expect(methods).toEqual(expect.arrayContaining(["getUser", "GETUser", "setUser"]));
  expect(methods).not.toContain("get-user");
});

test("an operation may be called release: the module's own constant keeps its name, the client says release()", async () => {
  writeSchema("http://www.webex.com/schemas/2002/06/service", ["release", "getUser"]);
  const report = createReport();
  const read = await readSchema({ release: "1", location: folder, entry: [], service: "webex" }, report);
  if (read === undefined) throw new Error("not read");
  const files = emitService(bareInput(read.model, read.service, {}, report), report);
  const textOf = (name: string): string => files.find(({ path }) => path === name)?.text ?? "";
  const declared = [...textOf("operations.ts").matchAll(/^(?:export )?const (\w+)/gmu)].map(
    ([, name]) => name,
  );
  expect(declared.toSorted()).toEqual(["getUser", "release", "releaseOperation"]);
  expect(textOf("client.ts")).toMatch(/^\s+readonly release: Method</mu);
});

test("a schema of another kind is told what a service is recognised by", async () => {
  writeSchema("http://www.example.com/service", ["getUser"]);
  const report = createReport();
  await readSchema({ release: "1", location: folder, entry: [], service: "webex" }, report);
  expect(report.diagnostics).toMatchObject([
    {
      code: "service-not-found",
      hint: expect.stringContaining("an element message and a type bodyContentType"),
    },
  ]);
});
