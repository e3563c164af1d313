import { mkdirSync } from "node:fs";
import { join, sep } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findConfig, loadConfig, loadEmitters } from "../../generator/config.js";
import { createReport } from "../../generator/diagnostics.js";
import { createStyle, formatReport } from "../../generator/terminal.js";
import { createFolder, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder({ "xsd/1.0/a.xsd": "<a/>", "more/1.0/a.xsd": "<a/>" });
});

afterEach(() => {
  folder.remove();
});

async function load(text: string, name = "strata.config.json") {
  folder.write({ [name]: text });
  const report = createReport();
  const project = await loadConfig(join(folder.path, name), report, name);
  const shown = formatReport(report, { style: createStyle(false) });
  return { project, shown, codes: report.diagnostics.map(({ code }) => code) };
}

test("comments, trailing commas and a byte order mark are no mistakes", async () => {
  const { project, codes } = await load(
    `\uFEFF{ // our family\n "families": { "a": { "source": "xsd", /* here */ "out": "generated", }, }, }`,
  );
  expect(codes).toEqual([]);
  expect([...(project?.families.keys() ?? [])]).toEqual(["a"]);
  const family = project?.families.get("a");
  expect(family).toMatchObject({
    source: join(folder.path, "xsd"),
    out: join(folder.path, "generated"),
    package: "a",
    importExtension: ".js",
    only: [],
    codecs: "tables",
  });
});

test("codecs are tables unless they are asked for ahead of time", async () => {
  const config = (codecs: string) =>
    `{ "families": { "a": { "source": "xsd", "out": "o", "codecs": "${codecs}" } } }`;
  const { project, codes } = await load(config("ahead-of-time"));
  expect(codes).toEqual([]);
  expect(project?.families.get("a")?.codecs).toBe("ahead-of-time");
  expect((await load(config("ahead-of-tme"))).shown).toContain(`did you mean "ahead-of-time"?`);
});

test("all mistakes are told at once, each in its place with what was meant", async () => {
  const { shown, project } = await load(`{
  "families": {
    "a": {
      "sorce": "xsd",
      "out": "generated",
      "importExtension": ".jsx",
      "only": "user",
      "scalars": [{ "type": "xs:long", "as": "bigInt" }]
    }
  },
  "familys": {}
}
`);
  expect(project).toBeUndefined();
  expect(shown).toContain(`strata.config.json:4:7 error unknown-key: unknown key "sorce"`);
  expect(shown).toContain(`did you mean "source"?`);
  expect(shown).toContain(`strata.config.json:6:26 error unknown-value`);
  expect(shown).toContain(`did you mean ".js"?`);
  expect(shown).toContain(`strata.config.json:7:15 error wrong-type`);
  expect(shown).toContain(`did you mean "bigint"?`);
  expect(shown).toContain(`strata.config.json:11:3 error unknown-key: unknown key "familys"`);
  expect(shown).toContain(`did you mean "families"?`);
  expect(shown).toContain(`     4 |       "sorce": "xsd",\n       |       ^~~~~~~`);
});

test("a file in UTF-16 is not taken apart", async () => {
  folder.write({ "strata.config.json": Buffer.from(`\uFEFF{ "families": {} }`, "utf16le") });
  const report = createReport();
  expect(await loadConfig(join(folder.path, "strata.config.json"), report, "c")).toBeUndefined();
  expect(report.diagnostics.map(({ message }) => message)).toEqual([
    "c cannot be read: it is UTF-16; save it as UTF-8",
  ]);
});

test("an object of JavaScript is told what JSON wants, and nothing that follows from it", async () => {
  folder.write({ "strata.config.json": `{ families: { 'a': { "source": "xsd", "out": "o" } } }` });
  const report = createReport();
  expect(await loadConfig(join(folder.path, "strata.config.json"), report, "c")).toBeUndefined();
  expect(report.diagnostics.map(({ at, hint }) => [at?.start, hint])).toEqual([
    [2, `names and texts stand in double quotes: "families"`],
    [14, `names and texts stand in double quotes: "a"`],
  ]);
});

test.each<[name: string, text: string, ...says: string[]]>([
  ["nothing", "", "config-syntax", "is empty"],
  ["no JSON", `{ "families": `, "config-syntax", "strata.config.json:1:"],
  ["a list", `[]`, "wrong-type"],
  ["no family", `{ "families": {} }`, "wrong-form"],
  [
    "paths that no system has",
    `{ "families": { "a": { "source": "x\\u0000", "out": "${"o".repeat(1001)}" } } }`,
    "a path has no character U+0000",
    "more than 1000 characters",
  ],
  ["a key twice", `{ "families": {}, "families": {} }`, "config-duplicate-key", ":1:19"],
  [
    "a source that is not there",
    `{ "families": { "a": { "source": "xds", "out": "o" } } }`,
    "config-missing-source",
    `no folder "xds"`,
  ],
  [
    "output inside the source",
    `{ "families": { "a": { "source": "xsd", "out": "xsd/out" } } }`,
    "config-overlap",
  ],
  [
    "two families with one output",
    `{ "families": { "a": { "source": "xsd", "out": "o" }, "b": { "source": "more", "out": "./o" } } }`,
    "config-overlap",
    `"a" and "b"`,
  ],
  [
    "a regular expression that is none",
    `{ "families": { "a": { "source": "xsd", "out": "o", "scalars": [{ "name": "(", "as": "string" }] } } }`,
    "config-regular-expression",
    ":1:",
  ],
  [
    "files that are not there",
    `{ "families": { "a": { "source": "xsd", "out": "o", "catalog": "c.xml", "emitters": ["e.ts"] } } }`,
    "config-missing-file",
    `"c.xml"`,
    `"e.ts"`,
  ],
  ["a prototype", `{ "__proto__": { "families": {} } }`, `unknown key "__proto__"`],
  [
    "a family with a hostile name",
    `{ "families": { "../a": { "source": "xsd", "out": "xsd" } } }`,
    ":1:17 error wrong-form",
    `the key "../a"`,
    ":1:51 error config-overlap",
  ],
])("a mistake: %s", async (_name, text, ...says) => {
  const { project, shown } = await load(text);
  expect(project).toBeUndefined();
  for (const each of says) expect(shown).toContain(each);
});

test("a configuration in TypeScript may hold emitters as functions", async () => {
  const { project, codes } = await load(
    `interface Names { readonly out: string }
const names: Names = { out: "generated" };
export const config = {
  families: { a: { source: "xsd", out: names.out, emitters: [() => [{ path: "x.txt", text: "x" }]] } },
};
`,
    "strata.config.ts",
  );
  expect(codes).toEqual([]);
  const family = project?.families.get("a");
  if (project === undefined || family === undefined) throw new Error("no family");
  const emitters = await loadEmitters(family, project.folder, createReport());
  expect(emitters?.[0]?.({} as never, createReport())).toEqual([{ path: "x.txt", text: "x" }]);
});

test.each<[name: string, text: string, ...says: string[]]>([
  ["it exports nothing", `const a = 1;\n`, "config-without-export"],
  ["it throws", `\n\n  throw new Error("no such luck");\n`, ":3:3 error", "no such luck"],
  ["it throws a text", `throw "no such luck";\n`, "no such luck"],
  [
    "it calls what throws",
    `import { make } from "./make";\nexport const config = make();\n`,
    ":2:1 error",
    "no such luck (make.ts:2)",
  ],
  ["it imports what is not there", `\nimport { a } from "./b";\nexport default a;\n`, ":2:1 error", "'./b'"],
  ["it does not compile", `export default {};\nexport const config = {;\n`, ":2:1 error config-unreadable"],
  ["it has a wrong key", `export default {\n  familes: {}\n};\n`, ":2:3 error", `did you mean "families"?`],
  [
    "it has wrong keys inside",
    `export default { families: {\n "a": { source: "xsd", out: "o" },\n 'b': { source: "xsd", out: "p", onyl: [] } } };\n`,
    `:3:34 error unknown-key: unknown key "onyl" in "families/b"`,
  ],
])("a configuration in TypeScript: %s", async (_name, text, ...says) => {
  folder.write({ "make.ts": `export function make() {\n  throw new Error("no such luck");\n}\n` });
  const { project, shown } = await load(text, "strata.config.ts");
  expect(project).toBeUndefined();
  for (const each of says) expect(shown).toContain(each);
});

test("an emitter is loaded from a module, and a module without one is an error", async () => {
  folder.write({
    "good.ts": `export const emit = () => [{ path: "a.md", text: "a" }];\n`,
    "bad.ts": `export const other = 1;\n`,
    "worse.ts": `\nthrow new Error("no such luck");\n`,
  });
  const { project } = await load(
    `{ "families": { "a": { "source": "xsd", "out": "o", "emitters": ["good.ts", "./bad.ts", "worse.ts"] } } }`,
  );
  const family = project?.families.get("a");
  if (project === undefined || family === undefined) throw new Error("no family");
  const report = createReport();
  expect(await loadEmitters(family, project.folder, report)).toBeUndefined();
  expect(report.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([
    'emitter-unreadable the emitter ./bad.ts of the family "a" cannot be loaded: it exports no function `emit`',
    'emitter-unreadable the emitter worse.ts:2 of the family "a" cannot be loaded: no such luck',
  ]);
});

test("the configuration is found in a folder above; two in one folder are an error", () => {
  folder.write({ "strata.config.json": "{}" });
  mkdirSync(join(folder.path, "a/b"), { recursive: true });
  const report = createReport();
  expect(findConfig(join(folder.path, "a/b"), report)).toBe(join(folder.path, "strata.config.json"));
  folder.write({ "strata.config.ts": "" });
  findConfig(folder.path, report);
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["config-ambiguous"]);
});

test("a mistake in the configuration is status 2, on stderr, without a stack", async () => {
  folder.write({ "strata.config.json": `{ "families": { "a": { "sorce": "xsd", "out": "generated" } } }` });
  const { status, stdout, stderr } = await strata(["generate"], { cwd: folder.path });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("strata.config.json:1:24 error unknown-key");
  expect(stderr).not.toMatch(/^\s+at /mu);
});

test("a configuration that waits for ever is a mistake with a message", async () => {
  folder.write({
    "strata.config.ts": "await new Promise(() => {});\nexport const config = { families: {} };\n",
  });
  const { status, stdout, stderr } = await strata(["generate"], { cwd: folder.path });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain("strata.config.ts cannot be run: it waits for something that never comes");
});

test("without a configuration the two ways on are named", async () => {
  const { status, stderr } = await strata(["generate"], { cwd: folder.path });
  expect(status).toBe(2);
  expect(stderr).toContain("xsd-strata init");
  expect(stderr).toContain("--bundle");
});

test("a configuration that is not read, and a source that is a release itself, are told apart", async () => {
  folder.write({ "y/strata.config.yaml": "families: {}\n" });
  const yaml = await strata(["generate"], { cwd: join(folder.path, "y") });
  expect(yaml.status).toBe(2);
  expect(yaml.stderr).toMatch(
    /^strata\.config\.yaml is not read: .* strata\.config\.json or strata\.config\.ts\n/u,
  );
  folder.write({
    "r/strata.config.json": `{ "families": { "a": { "source": "xsd/1.0", "out": "out" }, "b": { "source": "zips", "out": "o" } } }`,
    "r/xsd/1.0/a.xsd": "",
    "r/zips/a-1.0.zip": "",
  });
  const release = await strata(["generate"], { cwd: join(folder.path, "r") });
  expect(release.status).toBe(3);
  expect(release.stderr).toContain("it holds schemas itself");
  expect(release.stderr).toContain("`xsd-strata import a-1.0.zip --as <release>` makes a release of a zip");
});

test("init writes a configuration that is read, and never replaces one", async () => {
  const before = folder.list();
  const dry = await strata(["init", "--dry-run"], { cwd: folder.path });
  expect(dry.status).toBe(0);
  expect(folder.list()).toEqual(before);
  const first = await strata(["init"], { cwd: folder.path });
  expect(first).toMatchObject({ status: 0, stdout: "" });
  expect(first.stderr).toContain("xsd/ holds 1 release: 1.0");
  const text = folder.read("strata.config.json");
  expect(text).toBe(dry.stdout);
  const { project, codes } = await load(text);
  expect(codes).toEqual([]);
  expect(
    [...(project?.families.values() ?? [])].map(({ source }) => source.slice(folder.path.length + 1)),
  ).toEqual(["more", "xsd"]);
  const second = await strata(["init"], { cwd: folder.path });
  expect(second.status).toBe(2);
  expect(folder.read("strata.config.json")).toBe(text);
});

test("init names families apart, whatever their folders are called", async () => {
  const sources = [
    "api2/1.0",
    "a/Orders/1.0",
    "b/orders/1.0",
    "схема/1.0",
    "імпорт/1.0",
    "pay/xsd/v1",
    "xml/1",
  ];
  folder.write(Object.fromEntries(sources.map((source) => [`many/${source}/a.xsd`, "<a/>"])));
  const cwd = join(folder.path, "many");
  expect((await strata(["init"], { cwd })).status).toBe(0);
  const report = createReport();
  const project = await loadConfig(join(cwd, "strata.config.json"), report);
  expect(report.diagnostics).toEqual([]);
  const names = [...(project?.families.values() ?? [])].map(({ name, source }) => [
    source.slice(cwd.length + 1),
    name,
  ]);
  expect(Object.fromEntries(names)).toEqual({
    "a/Orders": "Orders",
    api2: "api2",
    "b/orders": "orders-2",
    "pay/xsd": "pay",
    xml: "main",
    схема: "main-2",
    імпорт: "main-3",
  });
});

test("init: one folder of releases is found, though its own name looks like a release", async () => {
  folder.write({ "one/api 2/1.0/a.xsd": "<a/>", "one/api 2/1.1/a.xsd": "<a/>" });
  const { stderr } = await strata(["init"], { cwd: join(folder.path, "one") });
  expect(stderr).toContain("api 2/ holds 2 releases: 1.0, 1.1");
});

test("a path is read although the source of a family is not there yet; releases of it are not", async () => {
  folder.write({
    "fresh/strata.config.json": `{ "families": { "a": { "source": "xsd", "out": "generated" } } }`,
    "fresh/order.xsd": xsd(`<xs:element name="order" type="xs:string"/>`),
  });
  const cwd = join(folder.path, "fresh");
  for (const args of [
    ["inspect", "order.xsd"],
    ["sample", "order.xsd", "order"],
    ["diff", "order.xsd", "order.xsd"],
    ["history", "./order.xsd", "./order.xsd"],
  ])
    expect((await strata(args, { cwd })).status, args.join(" ")).toBe(0);
  for (const args of [["inspect", "latest"], ["diff", "1.0", "2.0"], ["history"], ["generate"]]) {
    const { status, stderr } = await strata(args, { cwd });
    expect(status, args.join(" ")).toBe(2);
    expect(stderr).toMatch(/config-missing-source: there is no folder "?xsd/u);
    expect(stderr).toContain("xsd-strata import");
  }
});

test.runIf(sep === "/")("a source with backslashes is told how to be written", async () => {
  folder.write({
    "back/strata.config.json": String.raw`{ "families": { "a": { "source": "schemas\\xsd", "out": "generated" } } }`,
    "back/schemas/xsd/1.0/a.xsd": xsd(""),
  });
  const { status, stderr } = await strata(["generate"], { cwd: join(folder.path, "back") });
  expect(status).toBe(2);
  expect(stderr).toContain(`hint: write "schemas/xsd"`);
});

test("mistakes of form and folders that are not there are told in one run", async () => {
  folder.write({
    "strata.config.json": `{ "families": { "a": { "source": "nowhere", "out": "a", "onyl": [] }, "__proto__": { "source": 1 }, "c": { "source": "gone", "out": "c" } } }`,
  });
  const { status, stderr } = await strata(["generate"], { cwd: folder.path });
  expect(status).toBe(2);
  expect(stderr).toContain(`did you mean "only"?`);
  expect(stderr).toContain(`there is no folder "nowhere"`);
  expect(stderr).toContain(`there is no folder "gone"`);
  expect(stderr).not.toContain("xsd-strata has failed");
});

test("init: schemas that belong to no release are named, with a command that generates them", async () => {
  folder.write({ "loose/my schemas/order.xsd": "<xs:schema/>" });
  const { status, stderr } = await strata(["init"], { cwd: join(folder.path, "loose") });
  expect(status).toBe(0);
  expect(stderr).toContain("my schemas/order.xsd belongs to no release");
  expect(stderr).toContain("generate --bundle 'my schemas' --out generated\n");
  expect(stderr).toContain("put the XSD files of each release into xsd/<release>/");
});

test.each<[name: string, files: readonly string[], imports: readonly string[]]>([
  [
    "files",
    ["order-1.10.xsd", "order-1.9.xsd", "common.xsd"],
    ["order-1.9.xsd --as 1.9", "order-1.10.xsd --as 1.10"],
  ],
  [
    "zips in a folder",
    ["down loads/a_1.0.zip", "down loads/a_1.1-rc1.zip"],
    ["'down loads/a_1.0.zip' --as 1.0", "'down loads/a_1.1-rc1.zip' --as 1.1-rc1"],
  ],
  ["folders here", ["2024-01/x/a.xsd", "2023-07/x/a.xsd"], ["2023-07 --as 2023-07", "2024-01 --as 2024-01"]],
])("init: releases beside each other are imported one by one: %s", async (_name, files, imports) => {
  folder.write(Object.fromEntries(files.map((file) => [`beside/${file}`, ""])));
  const { status, stderr } = await strata(["init"], { cwd: join(folder.path, "beside") });
  expect(status).toBe(0);
  expect(stderr.slice(stderr.indexOf("next:"))).toBe(
    `next:\n${[...imports.map((each) => `import ${each}`), "generate"].map((command) => `  xsd-strata ${command}\n`).join("")}`,
  );
});

test("init: numbers beside versions are versions, and schemas that lie deep are found", async () => {
  folder.write(Object.fromEntries(["1", "2.0", "2024-01"].map((name) => [`numbers/${name}/a.xsd`, ""])));
  const numbers = await strata(["init"], { cwd: join(folder.path, "numbers") });
  expect(numbers.stderr).toContain("import 1 --as 1\n");
  expect(numbers.stderr).toContain("import 2024-01 --as 2024-01\n");
  folder.write({ "deep/src/main/resources/xsd/1.0/a.xsd": "" });
  const deep = await strata(["init", "--dry-run"], { cwd: join(folder.path, "deep") });
  expect(deep.stderr).toContain("src/main/resources/xsd/ holds 1 release: 1.0");
  folder.write({ "loosely/src/xml/b/a.xsd": "", "loosely/src/xml/c/a.xsd": "" });
  const loose = await strata(["init"], { cwd: join(folder.path, "loosely") });
  expect(loose.stderr).toContain("generate --bundle src/xml --out generated\n");
});

test("init: numbered parts are no releases", async () => {
  folder.write({ "parts/part1.xsd": "", "parts/part2.xsd": "" });
  const { stderr } = await strata(["init"], { cwd: join(folder.path, "parts") });
  expect(stderr).not.toContain("--as");
});

test("init finds releases and loose schemas that are WSDL documents", async () => {
  folder.write({
    "w/api/1.0/a.wsdl": "<definitions/>",
    "w/api/1.1/a.wsdl": "<definitions/>",
    "v/a.wsdl": "<definitions/>",
  });
  const found = await strata(["init", "--dry-run"], { cwd: join(folder.path, "w") });
  expect(found.stderr).toContain("api/ holds 2 releases: 1.0, 1.1\n");
  const loose = await strata(["init"], { cwd: join(folder.path, "v") });
  expect(loose.stderr).toContain("--bundle a.wsdl --out generated\n");
});
