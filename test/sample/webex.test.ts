/** Samples of all operations of a release, as requests and answers. */
import { readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { linkDescriptors } from "../../generator/descriptors.js";
import { readSchema, type ReadSchema } from "../../generator/read-schema.js";
import { parseXml } from "../../generator/schema/xml.js";
import { pathSource } from "../../generator/source.js";
import { validateDocument } from "../../generator/validate/document.js";
import { encode } from "../../templates/runtime/index.js";
import type { ElementDescriptor, Type } from "../../templates/runtime/descriptor.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import { validate } from "../../templates/runtime/validate.js";
import { writeBody, writeMessage } from "../../templates/runtime/webex/envelope.js";
import type { Operation } from "../../templates/runtime/webex/operation.js";
import { compile, complaints, targetNamespace } from "../bundles/validator.js";

const folder = resolve(import.meta.dirname, "../../xsd/41.12.0");
const files = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".xsd"))
    .map((path) => [path, readFileSync(join(folder, path), "utf8")]),
);
let schema: ReadSchema;
let link: Awaited<ReturnType<typeof linkDescriptors>>;
beforeAll(async () => {
  const source = pathSource(folder, { entry: [], service: undefined });
  const read = await readSchema(source, createReport());
  if (read === undefined) throw new Error("it is not read");
  schema = read;
  link = await linkDescriptors(read, source, "closed");
});

const variants = (["minimal", "full"] as const).flatMap((mode) => [1, 5].map((seed) => ({ mode, seed })));

test("each request and answer is valid, libxml2 says so too", { timeout: 120_000 }, () => {
  const operations = schema.service?.operations ?? [];
  expect(operations.length).toBeGreaterThan(110);
  const types = [...new Set(operations.flatMap(({ request, response }) => [request, response]))];
  // An element of each type, so that libxml2 can begin there.
  const uris = [...new Set([...files.values()].map(targetNamespace))];
  const prefixOf = (id: string): string => `n${String(uris.indexOf(id.slice(1, id.indexOf("}"))))}`;
  const wrapper =
    `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:wrapper" ${uris.map((uri, k) => `xmlns:n${String(k)}="${uri}"`).join(" ")}>` +
    uris.map((uri) => `<xsd:import namespace="${uri}"/>`).join("") +
    types
      .map(
        (id, k) =>
          `<xsd:element name="e${String(k)}" type="${prefixOf(id)}:${id.slice(id.indexOf("}") + 1)}"/>`,
      )
      .join("") +
    `</xsd:schema>`;
  using validator = compile(new Map([...files, ["wrapper.xsd", wrapper]]));
  const problems = types.flatMap((id, k) =>
    variants.flatMap((variant) => {
      const type = link.type(id);
      const value = sampleOf(type, variant);
      const element: ElementDescriptor = {
        kind: "element",
        name: `{urn:wrapper}e${String(k)}`,
        tag: "e",
        type,
      };
      const found = [
        ...validate(type, value).map(({ path, message }) => `${path}: ${message}`),
        ...complaints(validator, encode(element, value as never, { check: false })),
      ];
      return found.map((one) => `${id} ${JSON.stringify(variant)} ${one}`);
    }),
  );
  expect(problems).toEqual([]);
});

test("each request in its message is valid as a document", () => {
  const aliases = new Map(schema.service?.operations.map(({ wireType, request }) => [wireType, request]));
  const problems = (schema.service?.operations ?? []).flatMap((operation) =>
    variants.flatMap((variant) => {
      const request: Type = link.type(operation.request);
      const body = writeBody({ ...operation, request } as unknown as Operation, sampleOf(request, variant));
      const message = writeMessage([["siteName", "example"]], body);
      const report = createReport();
      const tree = parseXml("message.xml", message, report);
      if (tree !== undefined)
        validateDocument(schema.model, tree, report, {
          typeAlias: (name) => aliases.get(name),
          unqualified: true,
        });
      return report.diagnostics.map(({ message: text }) => `${operation.name} ${text}`);
    }),
  );
  expect(problems).toEqual([]);
});
