import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "strata-codecs-"));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Reads and writes documents with the types of a recorded case, and prints what came out. */
const program = (start: string): string => `
import { compileCodecs, decodeResult, encode, interpretCodecs } from "./templates/runtime/index.js";
import { listElement, useCodecs } from "./test/cases/codecs/expected/index.js";
import { setCodec } from "./templates/runtime/index.js";
const { listElement: root } = (await import("./test/cases/codecs/expected/list.js"));
const quote = JSON.stringify("\\"];globalThis.broken=1;[\\"");
let made = 0;
const { Function: original } = globalThis;
globalThis.Function = function (...given) { made++; return original(...given); };
${start}
const entry = (k) => ({ key: BigInt(k) * 1000000007n, state: ["open", JSON.parse(quote), "\${globalThis.broken=1}\`*/", "\\u2028\\u2029\\\\"][k % 4],
  ...(k % 3 === 0 ? { class: k % 2 === 0 } : { tag: ["a", "b"].slice(k % 2) }), ...(k % 5 === 0 && { grösse: k / 4 }) });
const value = { "@version": "1 & \\"2\\"", title: "T <1>", entry: Array.from({ length: 300 }, (_, k) => entry(k)), total: 300 };
const out = [];
const attempt = (run) => { try { out.push(run()); } catch (error) { out.push([error.name, error.message, error.issues]); } };
const xml = encode(root, value);
out.push(xml, decodeResult(root, xml));
for (const twist of [
  (text) => text.replaceAll("><", ">\\n  <"),
  (text) => text.replaceAll("ns1:", "other:").replace("xmlns:ns1", "xmlns:other"),
  (text) => text.replace(/<ns1:total>.*<.ns1:total>/, "").replace("<ns1:title>", "<ns1:total>1</ns1:total><ns1:title>"),
  (text) => text.replaceAll("<ns1:state>open</ns1:state>", "<ns1:new a='1'>x</ns1:new>"),
  (text) => text.replaceAll("会", "").replace("T &lt;1", "会议"),
  (text) => text.slice(0, -3),
]) attempt(() => decodeResult(root, twist(xml)));
for (const twist of [{ total: 1.5 }, { extra: 1 }, { entry: [{ key: 1n }] }, { title: "\\u0001" }, { "@version": 1 }, { entry: {} }])
  attempt(() => encode(root, { ...value, ...twist }));
console.log(JSON.stringify({ out, made, broken: globalThis.broken }, (_, one) => (typeof one === "bigint" ? one + "n" : one)));
`;

const files = new Map<string, string>();
beforeAll(async () => {
  for (const [mode, start] of [
    ["tables", "interpretCodecs();"],
    ["compiled", "compileCodecs(0);"],
    ["ahead-of-time", "useCodecs();"],
    ["default", ""],
  ] as const) {
    const { outputFiles } = await build({
      stdin: {
        contents: program(start).replace("listElement, useCodecs", "useCodecs"),
        resolveDir: root,
        loader: "ts",
      },
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      logLevel: "silent",
    });
    const file = join(folder, `${mode}.mjs`);
    writeFileSync(file, outputFiles[0]?.text ?? "");
    files.set(mode, file);
  }
});

interface Outcome {
  readonly out: readonly unknown[];
  readonly made: number;
  readonly broken?: unknown;
}
const run = (mode: string, ...flags: string[]): Outcome =>
  JSON.parse(
    execFileSync(process.execPath, [...flags, files.get(mode) ?? ""], { encoding: "utf8" }),
  ) as Outcome;

const forbidden = "--disallow-code-generation-from-strings";

test("tables, compiled code and printed code do the same, hostile values or not", () => {
  const tables = run("tables");
  expect(tables.out.length).toBe(14);
  expect(tables.made).toBe(0);
  for (const mode of ["compiled", "ahead-of-time", "default"]) {
    const { out, broken } = run(mode);
    expect(out, mode).toEqual(tables.out);
    expect(broken).toBeUndefined();
  }
  expect(run("compiled").made).toBe(4);
});

test("where code from strings is forbidden, printed code works and tables do", () => {
  const { out } = run("tables");
  expect(run("ahead-of-time", forbidden)).toEqual({ out, made: 0 });
  expect(run("default", forbidden).out).toEqual(out);
  expect(run("compiled", forbidden)).toMatchObject({ out, made: 1 });
});
