import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { generate, readModel, type Emitter } from "../../generator/index.js";
import { createFolder, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder({
    "in/a.xsd": xsd(
      `<xs:complexType name="A"><xs:sequence><xs:element name="x" type="xs:int"/></xs:sequence></xs:complexType>`,
    ),
    "broken/a.xsd": xsd(`<xs:element name="a" type="t:Nothing"/>`),
  });
  vi.stubEnv("STRATA_CACHE", "off");
});

afterEach(() => {
  vi.unstubAllEnvs();
  folder.remove();
});

test("generate: one schema, with an emitter of one's own; nothing is printed", async () => {
  const out = vi.spyOn(process.stdout, "write");
  const err = vi.spyOn(process.stderr, "write");
  const names: Emitter = ({ model, options }) => [
    { path: `${options.folder}names.json`, text: JSON.stringify(Object.keys(model.types)) },
  ];
  const options = { cwd: folder.path, bundle: "in", out: "out", emitters: [names], cache: false };
  const first = await generate(options);
  expect(first).toMatchObject({
    ok: true,
    diagnostics: [],
    releases: [{ family: "in", release: "in", types: 1 }],
  });
  expect(first.changes).toContainEqual({ out: "out", path: "t.ts", kind: "added" });
  expect(JSON.parse(folder.read("out/names.json"))).toEqual(["{urn:t}A"]);
  expect((await generate(options)).changes).toEqual([]);
  expect(await generate({ ...options, check: true })).toMatchObject({ ok: true, changes: [] });
  folder.write({ "in/a.xsd": xsd(`<xs:complexType name="B"/>`) });
  const checked = await generate({ ...options, check: true });
  expect(checked.ok).toBe(false);
  expect(checked.changes).toContainEqual({ out: "out", path: "t.ts", kind: "changed" });
  expect(folder.read("out/t.ts")).toContain("interface A");
  expect([out.mock.calls, err.mock.calls]).toEqual([[], []]);
});

test("generate: families of a configuration", async () => {
  folder.write({
    "xsd/1.0/a.xsd": folder.read("in/a.xsd"),
    "xsd/2.0/a.xsd": folder.read("in/a.xsd"),
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "gen" } } }`,
  });
  const { ok, releases } = await generate({ cwd: join(folder.path, "xsd"), releases: ["latest"] });
  expect(ok).toBe(true);
  expect(releases).toMatchObject([{ family: "f", release: "2.0", added: 0 }]);
  expect(folder.list("gen").some((path) => path.startsWith("gen/v1"))).toBe(false);
});

test("generate: mistakes of the input come back, with their place, and nothing is written", async () => {
  const { ok, changes, diagnostics } = await generate({ cwd: folder.path, bundle: "broken", out: "out" });
  expect(ok).toBe(false);
  expect(changes).toEqual([]);
  expect(diagnostics).toMatchObject([
    {
      code: "unknown-type-reference",
      severity: "error",
      place: expect.stringMatching(/^broken\/a\.xsd:2:\d+$/u) as string,
    },
  ]);
  expect(folder.list("").some((path) => path.startsWith("out"))).toBe(false);
});

test("generate: what no caller can mean is thrown", async () => {
  await expect(generate({ cwd: folder.path, bundle: "in" })).rejects.toThrow("`bundle` needs `out`");
  await expect(generate({ cwd: folder.path })).rejects.toThrow("nor a configuration");
  const bundle = { cwd: folder.path, bundle: "in", out: "out" };
  await expect(generate({ ...bundle, releases: ["1.0"] })).rejects.toThrow("`bundle` is one schema");
  await expect(generate({ ...bundle, families: ["a"] })).rejects.toThrow("`bundle` is one schema");
  await expect(generate({ cwd: folder.path, emitters: [() => []] })).rejects.toThrow("go with `bundle`");
});

test.each<[gives: string, emit: () => unknown, says: string]>([
  ["a number", () => 5, "gives no list of files"],
  ["a promise", () => Promise.resolve([]), "gives no list of files"],
  ["nothing", () => undefined, "gives no list of files"],
  ["a list of nothing", () => [null], "gives no list of files"],
  ["a file without text", () => [{ path: "x" }], "gives no list of files"],
  ["no code", () => [{ path: "x.ts", text: "const x = ;" }], "x.ts cannot be formatted"],
  [
    "an error",
    () => {
      throw new Error("no such luck\nand more");
    },
    "has thrown: no such luck",
  ],
])("an emitter that gives %s is the fault of who wrote it", async (_gives, emit, says) => {
  const options = { cwd: folder.path, bundle: "in", out: "out", emitters: [emit as unknown as Emitter] };
  const { ok, diagnostics } = await generate(options);
  expect(ok).toBe(false);
  expect(diagnostics).toMatchObject([{ code: "emitter-failed", severity: "error" }]);
  expect(diagnostics[0]?.message).toContain(says);
  expect(diagnostics[0]?.message).not.toContain("\n");
  expect(folder.list("").some((path) => path.startsWith("out"))).toBe(false);
});

test("readModel gives plain data that survives JSON", async () => {
  const { model, service, diagnostics } = await readModel("in", { cwd: folder.path });
  expect(diagnostics).toEqual([]);
  expect(service).toBeUndefined();
  expect(model?.types["{urn:t}A"]).toMatchObject({
    kind: "complex",
    name: { namespace: "urn:t", local: "A" },
  });
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  const broken = await readModel("broken", { cwd: folder.path });
  expect(broken.model).toBeUndefined();
  expect(broken.diagnostics).toHaveLength(1);
});
