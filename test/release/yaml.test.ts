import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { parseYaml, positionOf, setInYaml } from "../../generator/release/yaml.js";

function parse(text: string) {
  const report = createReport();
  return { report, file: parseYaml("a.yaml", text, report) };
}

test("gives plain values and the place of each", () => {
  const text = 'a:\n  - b: "x"\n    "c/d~e": 3\n';
  const { file, report } = parse(text);
  expect(report.diagnostics).toEqual([]);
  expect(JSON.parse(JSON.stringify(file?.value))).toEqual({ a: [{ b: "x", "c/d~e": 3 }] });
  const at = (pointer: string) => {
    const span = file?.positions.get(pointer);
    return span && text.slice(span.start, span.end);
  };
  expect(at("/a/0/b")).toBe('"x"');
  expect(at("/a/0/c~1d~0e")).toBe("3");
  expect(at("/a/0/c~1d~0e#key")).toBe('"c/d~e"');
  expect(at("/a#key")).toBe("a");
});

test("falls back to the nearest place that exists", () => {
  const { file } = parse("a:\n  b: 1\n");
  const positions = file?.positions ?? new Map();
  expect(positionOf(positions, "/a/b/c/0")).toEqual(positions.get("/a/b"));
  expect(positionOf(positions, "/x")).toEqual(positions.get(""));
});

test.each<[string, string, number, number]>([
  ["a: 1\na: 2\n", "Map keys must be unique", 2, 1],
  ["a:\n\t- 1\n", "Tabs", 2, 1],
  ['a: "x\n', "quote", 2, 1],
  ["a: [1, 2\n", "]", 2, 1],
  ["a: !foo 1\n", "tag", 1, 4],
  ["a: 1\n---\nb: 2\n", "document", 2, 1],
])("reports %j", (text, message, line, column) => {
  const { file, report } = parse(text);
  expect(file).toBeUndefined();
  expect(report.diagnostics.length).toBeGreaterThan(0);
  const [diagnostic] = report.diagnostics;
  expect(diagnostic?.code).toBe("invalid-yaml");
  expect(diagnostic?.message).toContain(message);
  expect(diagnostic?.at && report.locate(diagnostic.at)).toMatchObject({ line, column });
});

test("keys from outside pollute nothing", () => {
  const { file } = parse("__proto__:\n  polluted: true\nconstructor: 1\n");
  const value = file?.value as Record<string, unknown>;
  expect(Object.getPrototypeOf(value)).toBeNull();
  expect(Object.keys(value)).toEqual(["__proto__", "constructor"]);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

test("aliases are expanded, bombs are not", () => {
  expect(JSON.parse(JSON.stringify(parse("a: &x [1]\nb: *x\n").file?.value))).toEqual({ a: [1], b: [1] });
  const bomb = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level <= 9; level++) {
    bomb.push(`a${level}: &a${level} [${Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ")}]`);
  }
  const start = performance.now();
  const { file, report } = parse(`${bomb.join("\n")}\n`);
  expect(file).toBeUndefined();
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["yaml-limit"]);
  expect(performance.now() - start).toBeLessThan(20_000);
  const deep = parse(`${"[".repeat(200)}${"]".repeat(200)}\n`);
  expect(deep.file).toBeUndefined();
  expect(deep.report.diagnostics.map(({ code }) => code)).toEqual(["yaml-limit"]);
  expect(parse("a: &a [*a]\n").file).toBeUndefined();
  expect(parse("a: *nowhere\n").file).toBeUndefined();
});

test("sets values and leaves the rest to the letter", () => {
  const text =
    '# head\nrelease: "41.1.0" # the id\n\nsummary: >\n  Folded  text\n  of ours.\nreconstructed: true # yes\n# tail\n';
  expect(setInYaml(text, ["reconstructed"], false)).toBe(text.replace("true", "false"));
  expect(setInYaml(text, ["release"], "42.1.0")).toBe(text.replace("41.1.0", "42.1.0"));
  expect(setInYaml(text, ["title"], "x: y")).toBe(`${text}title: "x: y"\n`);
  expect(setInYaml("a:\n  - b: 1\n", ["a", 0, "b"], 2)).toBe("a:\n  - b: 2\n");
  expect(setInYaml("a:\nb: 1\n", ["a"], true)).toBe("a: true\nb: 1\n");
  expect(setInYaml("", ["a"], 1)).toBe("a: 1\n");
  expect(() => setInYaml("a: [", ["a"], 1)).toThrow(/not YAML/u);
  expect(() => setInYaml("a: [1]", ["a"], 1)).toThrow(/no single value/u);
});
