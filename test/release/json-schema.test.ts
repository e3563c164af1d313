import { readdirSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { checkAgainstSchema, publishedSchema, type JsonSchema } from "../../generator/json-schema.js";

const schema: JsonSchema = {
  type: "object",
  required: ["name"],
  additionalProperties: false,
  properties: {
    name: { type: "string", description: "How it is called." },
    kind: { enum: ["string", "list", "bigint"] },
    size: { type: "integer", minimum: 1 },
    code: { type: "string", pattern: "^\\d{6}$", $comment: "six digits" },
    tags: { type: "array", items: { type: "string" }, minItems: 1, uniqueItems: true },
    path: {
      oneOf: [
        { title: "string", type: "string", minLength: 1 },
        { title: "array", type: "array", items: { type: "string" }, minItems: 1 },
      ],
    },
    shape: {
      oneOf: [
        {
          type: "object",
          required: ["kind", "radius"],
          additionalProperties: false,
          properties: { kind: { const: "circle" }, radius: { type: "number" } },
        },
        {
          type: "object",
          required: ["kind", "side"],
          additionalProperties: false,
          properties: { kind: { const: "square" }, side: { type: "number" } },
        },
      ],
    },
  },
};

function check(value: unknown) {
  const report = createReport();
  const places: string[] = [];
  const valid = checkAgainstSchema(
    value,
    schema,
    (pointer, part) => {
      places.push(`${part} ${pointer}`);
      return { file: "f", start: places.length, end: places.length };
    },
    report,
  );
  expect(valid).toBe(report.diagnostics.length === 0);
  return report.diagnostics.map(({ code, message, hint }, index) => [code, places[index], message, hint]);
}

test("accepts what is right", () => {
  expect(check({ name: "x", kind: "list", size: 1, code: "010106", tags: ["a"], path: ["a"] })).toEqual([]);
  expect(check({ name: "x", shape: { kind: "square", side: 2 } })).toEqual([]);
});

test.each<[string, unknown, (string | undefined)[][]]>([
  [
    "an unknown key",
    { name: "x", Sise: 1 },
    [["unknown-key", "key /Sise", 'unknown key "Sise"', 'did you mean "size"?']],
  ],
  [
    "an unknown key far from all",
    { name: "x", zzzzzz: 1 },
    [
      [
        "unknown-key",
        "key /zzzzzz",
        'unknown key "zzzzzz"',
        "known keys: name, kind, size, code, tags, path, shape",
      ],
    ],
  ],
  ["a missing key", {}, [["missing-key", "value ", 'the key "name" is missing', "How it is called."]]],
  [
    "a wrong value of a list",
    { name: "x", kind: "lists" },
    [["unknown-value", "value /kind", '"lists" is not a known value of "kind"', 'did you mean "list"?']],
  ],
  [
    "a number where text is meant",
    { name: 41.1 },
    [["wrong-type", "value /name", '"name" must be a string, not 41.1', "put it in quotes"]],
  ],
  [
    "a text where a number is meant",
    { name: "x", size: "1" },
    [["wrong-type", "value /size", '"size" must be an integer, not "1"', undefined]],
  ],
  [
    "a wrong form",
    { name: "x", code: "10106" },
    [["wrong-form", "value /code", '"10106" has not the form that "code" needs', "six digits"]],
  ],
  [
    "an empty list",
    { name: "x", tags: [] },
    [["wrong-form", "value /tags", '"tags" needs at least 1 item', undefined]],
  ],
  [
    "the same twice",
    { name: "x", tags: ["a", "a"] },
    [["wrong-form", "value /tags/1", '"tags" has "a" twice', undefined]],
  ],
  [
    "no form of several",
    { name: "x", path: 3 },
    [["wrong-type", "value /path", '3 is no allowed form of "path"', "allowed: a string or a list"]],
  ],
  [
    "a mistake inside one form of several",
    { name: "x", path: ["a", 3] },
    [["wrong-type", "value /path/1", '"path/1" must be a string, not 3', "put it in quotes"]],
  ],
  [
    "a mistake in the form that is meant",
    { name: "x", shape: { kind: "circle", raduis: 1 } },
    [
      ["missing-key", "value /shape", 'the key "radius" is missing in "shape"', undefined],
      ["unknown-key", "key /shape/raduis", 'unknown key "raduis" in "shape"', 'did you mean "radius"?'],
    ],
  ],
  [
    "several at once",
    { kind: 1, size: 0 },
    [
      ["missing-key", "value ", 'the key "name" is missing', "How it is called."],
      [
        "unknown-value",
        "value /kind",
        '1 is not a known value of "kind"',
        "known values: string, list, bigint",
      ],
      ["wrong-form", "value /size", '"size" must be >= 1', undefined],
    ],
  ],
  [
    "names of object properties",
    JSON.parse('{ "name": "x", "__proto__": 1, "constructor": 2 }'),
    [
      [
        "unknown-key",
        "key /__proto__",
        'unknown key "__proto__"',
        "known keys: name, kind, size, code, tags, path, shape",
      ],
      [
        "unknown-key",
        "key /constructor",
        'unknown key "constructor"',
        "known keys: name, kind, size, code, tags, path, shape",
      ],
    ],
  ],
])("tells %s", (_name, value, wanted) => {
  expect(check(value)).toEqual(wanted);
});

test("two schemas of one id do not meet", () => {
  const schemaOf = (type: string): JsonSchema => ({ $id: "same.json", type });
  const valid = (value: unknown, type: string) =>
    checkAgainstSchema(value, schemaOf(type), () => undefined, createReport());
  expect([valid("x", "string"), valid("x", "integer"), valid(1, "integer")]).toEqual([true, false, true]);
});

const files = readdirSync(new URL("../../schemas", import.meta.url)).filter((name) => name.endsWith(".json"));

test.each(files)("schemas/%s is a described JSON Schema", (name) => {
  const published = publishedSchema(name);
  expect(published["$schema"]).toBe("https://json-schema.org/draft/2020-12/schema");
  const ajv = new Ajv2020({ allErrors: true });
  expect(ajv.validateSchema(published), ajv.errorsText()).toBe(true);
});

test.each(["release.schema.json", "family.schema.json", "exceptions.schema.json"])(
  "schemas/%s describes every property",
  (name) => {
    const published = publishedSchema(name);
    const bare: string[] = [];
    const resolve = (node: JsonSchema): JsonSchema => {
      const ref = node["$ref"];
      if (typeof ref !== "string") return node;
      const [file, pointer = ""] = ref.split("#");
      let target: unknown = file ? publishedSchema(file) : published;
      for (const step of pointer.split("/").slice(1)) target = (target as Record<string, unknown>)[step];
      return target as JsonSchema;
    };
    const visit = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      for (const [key, child] of Object.entries(node as Record<string, unknown>)) {
        if (key !== "properties") {
          visit(child, `${path}/${key}`);
          continue;
        }
        for (const [property, sub] of Object.entries(child as Record<string, JsonSchema>)) {
          if (!("description" in sub) && !("description" in resolve(sub))) bare.push(`${path}/${property}`);
          visit(sub, `${path}/${property}`);
        }
      }
    };
    visit(published, "");
    expect(bare).toEqual([]);
  },
);
