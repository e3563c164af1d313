import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveMockSite, type ServedSite } from "../../generator/mock/server.js";
import { operations } from "../../generated/v41.12.0/index.js";
import { createMockSite } from "../../generated/runtime/webex/mock.js";
import { createFolder, root, strata } from "../cli/run.js";

const scratch = createFolder();
const folder = scratch.path;
let served: ServedSite;
beforeAll(async () => {
  // What is generated now, whatever was generated last.
  const { status, stderr } = await strata([
    "generate",
    ...["--bundle", join(root, "xsd/41.12.0"), "--out", join(folder, "api"), "--no-format"],
  ]);
  if (status !== 0) throw new Error(stderr);
  // No module of the output has an effect of its own: the package.json of a family says so.
  scratch.write({ "api/package.json": `{ "sideEffects": false }` });
  served = await serveMockSite(createMockSite({ operations }));
});
afterAll(async () => {
  await served.close();
  scratch.remove();
});

/** A generated module, as an import says it. */
const module = (path: string): string => JSON.stringify(join(folder, "api", `${path}.ts`));

/** A program that makes one call and prints the answer. */
const program = (): string => `
import { call, connect } from ${module("runtime/webex/index")};
import { getUser } from ${module("operations")};
const connection = connect({
  siteName: "example",
  url: ${JSON.stringify(served.url)},
  credentials: { webExID: "admin", password: "admin-secret" },
});
const user = await call(connection, getUser, { webExId: "host" });
console.log(user.webExId, user.email);
`;

async function bundle(source: string, format: "esm" | "iife"): Promise<string> {
  return (await measure(source, format)).text;
}

/** A bundle, and how many bytes of it each part has. */
async function measure(
  source: string,
  format: "esm" | "iife",
): Promise<{ readonly text: string; readonly parts: Readonly<Record<string, number>> }> {
  const result = await build({
    stdin: { contents: source, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format,
    target: "es2022",
    logLevel: "silent",
    // Sources import each other as they will be called when they are compiled.
    resolveExtensions: [".ts"],
    metafile: true,
  });
  expect(result.warnings).toEqual([]);
  const parts = { tables: 0, client: 0, validation: 0, codec: 0 };
  for (const { inputs } of Object.values(result.metafile.outputs)) {
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const part = !file.includes("/runtime/")
        ? "tables"
        : file.includes("/webex/")
          ? "client"
          : /\/(?:validate|validate-plain|facets|identity|content-model|lexical|pattern[a-z-]*|datatypes)\.ts$/u.test(
                file,
              )
            ? "validation"
            : "codec";
      parts[part] += bytesInOutput;
    }
  }
  return { text: result.outputFiles[0]?.text ?? "", parts };
}

test("for a browser: no built-in of a host is needed, and one operation brings no other", async () => {
  const text = await bundle(program(), "esm");
  expect(/["'`]node:|\brequire\(/u.test(text)).toBe(false);
  expect(text.includes("java:com.webex.service.binding.user.GetUser")).toBe(true);
  expect(/binding\.(?!user\.(?:GetUser|AuthenticateUser)")/u.exec(text)).toBeNull();
  expect(text.includes("trainingsession")).toBe(false);
});

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

test("what one operation costs, and what a further one does", async () => {
  const { text, parts } = await measure(program(), "esm");
  const both = program()
    .replace("{ getUser }", "{ delUser, getUser }")
    .replace("console.log(", "await call(connection, delUser, { webExId: ['x'] });\nconsole.log(");
  const further = (await bundle(both, "esm")).length - text.length;
  const shares = Object.entries(parts).map(([part, bytes]) => `${part} ${kilobytes(bytes)}`);
  console.log(
    `one operation, minified: ${kilobytes(text.length)} (${kilobytes(gzipSync(text).length)} gzipped): ${shares.join(", ")}; a further one ${kilobytes(further)}`,
  );
  expect(further).toBeGreaterThan(0);
  expect(further).toBeLessThan(3000);
  expect(parts["codec"]).toBeLessThan(43_500);
  expect(parts["client"]).toBeLessThan(24_000);
  // Writing it looks at all that the schema of this request says.
  expect(parts["validation"]).toBe(0);
  expect(parts["tables"]).toBeLessThan(14_000);
});

test("a codec alone brings no client, and tables alone no compiler", async () => {
  const reading = (type: string, runtime: string): string =>
    `import { ${type} } from ${module("user")}; import { decode } from ${module(`runtime/${runtime}`)}; console.log(decode(${type}, "<a/>"));`;
  const size = async (type: string, runtime: string): Promise<number> =>
    (await bundle(reading(type, runtime), "esm")).length;
  const [whole, tables, standard] = [
    await size("GetUser$", "index"),
    await size("GetUser$", "decode"),
    await size("GetUser", "decode"),
  ];
  console.log(
    `reading alone: ${kilobytes(whole)}, by tables alone: ${kilobytes(tables)}, with ~standard: ${kilobytes(standard)}`,
  );
  expect(tables).toBeLessThan(whole);
  expect(whole).toBeLessThan(40_000);
  // What carries `~standard` brings its validator; what only reads does not.
  expect(standard - tables).toBeGreaterThan(10_000);
});

test("one operation to read and write, without the client", async () => {
  const { text, parts } = await measure(
    `import { decode } from ${module("runtime/decode")};
     import { encode } from ${module("runtime/encode")};
     import { getUser } from ${module("operations")};
     export const write = (user) => encode(getUser.request, user, { element: "bodyContent" });
     export const read = (xml) => decode(getUser.response, xml);`,
    "esm",
  );
  console.log(
    `one operation without the client: ${kilobytes(text.length)} (${kilobytes(gzipSync(text).length)} gzipped)`,
  );
  expect(parts["validation"]).toBe(0);
  expect(parts["client"]).toBe(0);
  expect(text.length).toBeLessThan(57_000);
});

test("the bundle runs where there is nothing but what browsers have", async () => {
  const body =
    program().replace(/^const connection/mu, "export const done = (async () => {\nconst connection") +
    "})();";
  const text = (await bundle(body, "iife")).replace(/^"use strict";/u, "");
  const lines: string[] = [];
  const context = {
    AbortController,
    DOMException,
    Headers,
    TextDecoder,
    URL,
    clearTimeout,
    console: { log: (...parts: unknown[]) => lines.push(parts.join(" ")) },
    fetch,
    performance,
    setTimeout,
  };
  Object.assign(context, { globalThis: context });
  runInNewContext(text, context);
  await expect.poll(() => lines, { timeout: 10_000 }).toEqual(["host host@example.com"]);
});

/** Programs beside this Node; `npm run hosts` installs them, apart because they are large. */
const hosts = join(root, "test/hosts/node_modules");
const executable = (host: string): string | undefined => {
  if (host === "node") return process.execPath;
  const [scope, file] =
    host === "bun" ? ["@oven", "bin/bun"] : host === "deno" ? ["@deno", "deno"] : ["", "bin/node"];
  const folders =
    scope === "" ? [host] : existsSync(join(hosts, scope)) ? readdirSync(join(hosts, scope)) : [];
  return folders.map((name) => join(hosts, scope, name, file)).find((path) => existsSync(path));
};

for (const [host, args] of [
  ["node", []],
  ["node22", []],
  ["node24", []],
  ["deno", ["run", "--allow-net", "--quiet"]],
  ["bun", ["run"]],
] as const) {
  const path = executable(host);
  const missing = path === undefined ? " (skipped: not installed; `npm run hosts` installs it)" : "";
  test.skipIf(path === undefined)(`one call under ${host}${missing}`, async () => {
    const file = join(folder, `${host}.mjs`);
    writeFileSync(file, await bundle(program(), "esm"));
    const output = await new Promise<string>((settle) => {
      const child = spawn(path ?? "", [...args, file], {
        env: { PATH: process.env["PATH"] ?? "", HOME: folder },
      });
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (more: string) => (text += more));
      child.on("error", (error) => {
        settle(String(error));
      });
      child.on("close", () => {
        settle(text);
      });
    });
    expect(output).toBe("host host@example.com\n");
  });
}
