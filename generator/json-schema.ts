/** Checks plain data against a JSON Schema and says what is wrong like a mistake in a source file. The only home of `ajv`. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type * as Ajv from "ajv/dist/2020.js";
import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Report, Span } from "./diagnostics.js";
import { shortened } from "./escape.js";
import { lazyPackage } from "./packages.js";
import { suggestionHint } from "./suggestion.js";

/** A JSON Schema (2020-12) as a plain object. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The place of a value, or of the key under which it stands, by JSON pointer. */
export type Locate = (pointer: string, part: "value" | "key") => Span | undefined;

const ajvPackage = lazyPackage<typeof Ajv>("ajv/dist/2020.js");

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** Reports everything in `value` that `schema` does not allow; true when there is nothing. */
export function checkAgainstSchema(
  value: unknown,
  schema: JsonSchema,
  locate: Locate,
  report: Report,
): boolean {
  let validate = compiled.get(schema);
  if (validate === undefined) compiled.set(schema, (validate = compile(schema)));
  if (validate(value)) return true;
  // What is wrong with the name of a key is an error of its own.
  const errors = withoutLostBranches(validate.errors ?? []).filter(
    ({ keyword }) => keyword !== "propertyNames",
  );
  for (const error of errors) {
    const finding = describe(error);
    const at = locate(finding.pointer, finding.part);
    report.add({
      code: finding.code,
      severity: "error",
      message: finding.message,
      ...(at ? { at } : {}),
      ...(finding.hint ? { hint: finding.hint } : {}),
    });
  }
  return false;
}

let shared: Ajv2020 | undefined;

function compile(schema: JsonSchema): ValidateFunction {
  // One instance, so that what several schemas refer to is compiled once.
  const ajv = (shared ??= new (ajvPackage().Ajv2020)({
    allErrors: true,
    verbose: true,
    ownProperties: true,
    allowUnionTypes: true,
    // Schemas are ours: tests hold them against the meta-schema, whose compilation costs more than all the rest.
    meta: false,
    validateSchema: false,
    // Files to check are small: making code of the schemas takes longer than running it.
    code: { optimize: false },
    inlineRefs: false,
  }));
  const addReferences = (from: JsonSchema): void => {
    for (const name of referencesOf(from)) {
      if (ajv.getSchema(name) !== undefined) continue;
      const other = publishedSchema(name);
      ajv.addSchema(withoutDialect(other), name);
      addReferences(other);
    }
  };
  addReferences(schema);
  const id = schema["$id"];
  if (typeof id === "string" && schema === published.get(id)) {
    const known = ajv.getSchema(id);
    if (known) return known;
  }
  // An id of a caller's own must not meet that of another.
  return ajv.compile(withoutDialect(schema, schema === published.get(String(id)) ? [] : ["$id"]));
}

/** Without the meta-schema at hand its name cannot be looked up. */
function withoutDialect(schema: JsonSchema, others: readonly string[] = []): JsonSchema {
  return Object.fromEntries(
    Object.entries(schema).filter(([key]) => key !== "$schema" && !others.includes(key)),
  );
}

/** Reads a schema that is published with the package, by its file name in `schemas/`. */
export function publishedSchema(name: string): JsonSchema {
  let schema = published.get(name);
  if (schema === undefined) {
    schema = JSON.parse(readFileSync(join(schemaFolder(), name), "utf8")) as JsonSchema;
    published.set(name, schema);
  }
  return schema;
}

/** The other published schemas that a schema refers to, by file name. */
function referencesOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => {
    const name = key === "$ref" && typeof child === "string" ? child.split("#")[0] : undefined;
    return name ? [name] : referencesOf(child);
  });
}

const published = new Map<string, JsonSchema>();

/** Sources and compiled output lie at different depths below the package root. */
function schemaFolder(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json")) && existsSync(join(folder, "schemas"))) {
      return join(folder, "schemas");
    }
    if (folder === dirname(folder)) throw new Error("the package has lost its folder schemas/");
  }
}

/**
 * Where several forms are allowed, only the mistakes in the form that comes nearest are worth telling; and what
 * merely says that no form fits is dropped when a nearest one is known.
 */
function withoutLostBranches(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  let kept = [...errors];
  // Inner alternatives first: their paths are longer.
  const alternatives = errors
    .filter((error) => error.keyword === "oneOf" || error.keyword === "anyOf")
    .sort((a, b) => b.schemaPath.length - a.schemaPath.length);
  for (const alternative of alternatives) {
    if (!kept.includes(alternative)) continue;
    const branches = new Map<string, ErrorObject[]>();
    const forms = alternative.schema as readonly JsonSchema[];
    for (const error of kept) {
      if (error === alternative || !isBelow(error.instancePath, alternative.instancePath)) continue;
      const index = branchOf(error, alternative, forms);
      if (index === undefined) continue;
      const list = branches.get(index) ?? [];
      list.push(error);
      branches.set(index, list);
    }
    const inside = new Set([...branches.values()].flat());
    const fitting = [...branches.values()].filter(
      (branch) => !branch.some((error) => error.instancePath === alternative.instancePath && decides(error)),
    );
    const nearest = fitting.sort((a, b) => a.length - b.length)[0];
    kept = kept.filter((error) =>
      nearest === undefined
        ? !inside.has(error)
        : error !== alternative && (!inside.has(error) || nearest.includes(error)),
    );
  }
  return kept.filter((error) => error.keyword !== "if");
}

/** A mismatch that says "this form is not meant", rather than "this form has a mistake". */
function decides(error: ErrorObject): boolean {
  return error.keyword === "type" || error.keyword === "const";
}

function isBelow(path: string, ancestor: string): boolean {
  return path === ancestor || path.startsWith(`${ancestor}/`);
}

/** Which form of an alternative an error belongs to: by its schema path, or through the `$ref` that the form is. */
function branchOf(
  error: ErrorObject,
  alternative: ErrorObject,
  forms: readonly JsonSchema[],
): string | undefined {
  const prefix = `${alternative.schemaPath}/`;
  if (error.schemaPath.startsWith(prefix)) return error.schemaPath.slice(prefix.length).split("/")[0];
  const index = forms.findIndex(
    (form) => typeof form["$ref"] === "string" && error.schemaPath.startsWith(`${form["$ref"]}/`),
  );
  return index < 0 ? undefined : String(index);
}

interface Finding {
  readonly code: string;
  readonly message: string;
  readonly pointer: string;
  readonly part: "value" | "key";
  readonly hint?: string;
}

function describe(error: ErrorObject): Finding {
  const pointer = error.instancePath;
  const params = error.params as Readonly<Record<string, unknown>>;
  const where = pointer === "" ? "" : ` in "${unescape(pointer.slice(1))}"`;
  const finding = (code: string, message: string, hint?: string): Finding => ({
    code,
    message,
    pointer,
    part: "value",
    ...(hint === undefined ? {} : { hint }),
  });
  switch (error.keyword) {
    case "additionalProperties":
    case "unevaluatedProperties": {
      const key = String(params["additionalProperty"] ?? params["unevaluatedProperty"]);
      const known = knownKeys(error.parentSchema);
      return {
        code: "unknown-key",
        message: `unknown key "${key}"${where}`,
        pointer: below(pointer, key),
        part: "key",
        hint:
          suggestionHint(key, known) ?? (known.length > 0 ? `known keys: ${known.join(", ")}` : "remove it"),
      };
    }
    case "required": {
      const key = String(params["missingProperty"]);
      return finding("missing-key", `the key "${key}" is missing${where}`, describedKey(error, key));
    }
    case "dependentRequired":
    case "dependencies":
      return finding(
        "missing-key",
        `"${String(params["property"])}" needs the key "${String(params["missingProperty"])}" beside it${where}`,
      );
    case "enum": {
      const values = (params["allowedValues"] as readonly unknown[]).map(String);
      const hint = typeof error.data === "string" ? suggestionHint(error.data, values) : undefined;
      return finding(
        "unknown-value",
        `${show(error.data)} is not a known value of ${name(pointer)}`,
        hint ?? `known values: ${values.map((each) => (each === "" ? `""` : each)).join(", ")}`,
      );
    }
    case "const":
      return finding("unknown-value", `${name(pointer)} must be ${show(params["allowedValue"])}`);
    case "type": {
      const wanted = [params["type"]].flat().map(String);
      return finding(
        "wrong-type",
        `${name(pointer)} must be ${wanted.map(article).join(" or ")}, not ${show(error.data)}`,
        wanted.includes("string") && (typeof error.data === "number" || typeof error.data === "boolean")
          ? "put it in quotes"
          : undefined,
      );
    }
    case "oneOf":
    case "anyOf": {
      const forms = (error.schema as readonly JsonSchema[])
        .map((form) => form["title"] ?? form["type"])
        .filter((form) => typeof form === "string");
      return finding(
        "wrong-type",
        `${show(error.data)} is no allowed form of ${name(pointer)}`,
        forms.length > 0 ? `allowed: ${forms.map(article).join(" or ")}` : undefined,
      );
    }
    case "pattern": {
      const explained = error.parentSchema?.["$comment"];
      const hint = typeof explained === "string" ? explained : `it must match ${String(params["pattern"])}`;
      const key = error.propertyName;
      if (key === undefined)
        return finding(
          "wrong-form",
          `${show(error.data)} has not the form that ${name(pointer)} needs`,
          hint,
        );
      return {
        ...finding(
          "wrong-form",
          `the key ${show(key)} has not the form that keys of ${name(pointer)} need`,
          hint,
        ),
        pointer: below(pointer, key),
        part: "key",
      };
    }
    case "minItems":
    case "minLength":
    case "minProperties":
      return finding(
        "wrong-form",
        `${name(pointer)} needs at least ${String(params["limit"])} ${unit(error)}`,
      );
    case "maxItems":
    case "maxLength":
    case "maxProperties":
      return finding(
        "wrong-form",
        `${name(pointer)} has more than ${String(params["limit"])} ${unit(error)}`,
      );
    case "uniqueItems": {
      const later = Math.max(Number(params["i"]), Number(params["j"]));
      const item = (error.data as readonly unknown[])[later];
      return {
        ...finding("wrong-form", `${name(pointer)} has ${show(item)} twice`),
        pointer: `${pointer}/${later}`,
      };
    }
    default:
      return finding("wrong-form", `${name(pointer)} ${error.message ?? "is not allowed"}`);
  }
}

function knownKeys(schema: ErrorObject["parentSchema"]): readonly string[] {
  const properties = schema?.["properties"] as Readonly<Record<string, unknown>> | undefined;
  return Object.keys(properties ?? {}).filter((key) => !key.startsWith("$"));
}

function describedKey(error: ErrorObject, key: string): string | undefined {
  const properties = error.parentSchema?.["properties"] as Readonly<Record<string, JsonSchema>> | undefined;
  const { description, const: only } = properties?.[key] ?? {};
  if (typeof description === "string") return description;
  return only === undefined ? undefined : `add ${JSON.stringify(key)}: ${JSON.stringify(only)}`;
}

function unit(error: ErrorObject): string {
  const noun = error.keyword.endsWith("Items")
    ? "item"
    : error.keyword.endsWith("Length")
      ? "character"
      : "key";
  return (error.params as { limit: number }).limit === 1 ? noun : `${noun}s`;
}

function article(type: string): string {
  if (type === "null") return "null";
  return `${/^[aeiou]/u.test(type) ? "an" : "a"} ${type === "array" ? "list" : type}`.replace(
    "an list",
    "a list",
  );
}

function name(pointer: string): string {
  return pointer === "" ? "the file" : `"${unescape(pointer.slice(1))}"`;
}

const below = (pointer: string, key: string): string =>
  `${pointer}/${key.replace(/~/gu, "~0").replace(/\//gu, "~1")}`;

function unescape(pointer: string): string {
  return pointer.replace(/~1/gu, "/").replace(/~0/gu, "~");
}

function show(value: unknown): string {
  if (value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return shortened(JSON.stringify(value), 60, typeof value === "string" ? '..."' : "...");
}
