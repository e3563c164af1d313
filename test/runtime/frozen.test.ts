/** Programs may freeze what JavaScript comes with: then nothing can be assigned that objects inherit. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { build } from "esbuild";
import { expect, test } from "vitest";

const program = `
import { attributed, compileCodecs, decodeResult, element, encode, fullValidation, interpretCodecs, int, string, struct, validate } from "./templates/runtime/index.js";
const all = struct({ name: "all", ns: "urn:t", all: true, content: { "valueOf?": int, "x?": int } });
const inner = struct({ name: "inner", ns: "urn:t", text: string, attributes: { "constructor?": string, "__proto__?": string }, attributed });
const type = struct({ name: "r", ns: "urn:t", anyAttribute: [{ namespaces: "any", process: "skip" }], attributed, content: {
  "constructor?": string, "toString*": int, "hasOwnProperty?": () => inner, "isPrototypeOf?": () => all, "__proto__?": string, "last?": string } });
const root = element({ name: "r", ns: "urn:t", type: () => type });
const whole = '<r xmlns="urn:t" valueOf="1" xmlns:toString="urn:s" q="toString:x"><constructor>a</constructor><toString>1</toString><toString>2</toString>' +
  '<hasOwnProperty constructor="b" __proto__="c">d</hasOwnProperty><isPrototypeOf><x>1</x><valueOf>2</valueOf></isPrototypeOf><__proto__>e</__proto__><last>f</last>' +
  '<toString:valueOf>g</toString:valueOf></r>';
const documents = [whole, whole.replace(/<constructor>.*<.constructor>/, ""), whole.replace(/<__proto__>.*<.__proto__>|<toString:.*?f>/g, ""), whole.slice(0, 90)];
const attempt = (run) => { try { return run(); } catch (error) { if (error instanceof TypeError) throw error; return error.name + error.message; } };
const out = [];
for (const mode of [() => interpretCodecs(), () => compileCodecs(0, Infinity), () => compileCodecs(0)]) {
  mode();
  for (const xml of documents) {
    const read = attempt(() => decodeResult(root, xml));
    out.push(read, attempt(() => encode(root, read.value)), attempt(() => validate(root, read.value)), attempt(() => decodeResult(root, xml, { validate: fullValidation })));
  }
}
console.log(JSON.stringify(out));
`;

test("names that objects inherit are read and written where prototypes are frozen", async () => {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: resolve(import.meta.dirname, "../.."), loader: "ts" },
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    logLevel: "silent",
  });
  const run = (before: string): string =>
    execFileSync(process.execPath, ["--input-type=module"], {
      input: before + (outputFiles[0]?.text ?? ""),
      encoding: "utf8",
    });
  const usual = run("");
  expect(usual).toContain('"constructor":"a"');
  const frozen =
    "for (const one of [Object, Array, Function, Error, RegExp, Map, Set]) Object.freeze(one.prototype);\n";
  expect(run(frozen)).toBe(usual);
});
