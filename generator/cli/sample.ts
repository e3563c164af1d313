/** `sample`: an example of an operation, an element or a type. */
import { displayName, nameOfId, typeOf } from "../model/query.js";
import type { Model } from "../model/types.js";
import type { LiveDescriptors } from "../emit/live.js";
import type { ElementDescriptor, Type } from "../../templates/runtime/descriptor.js";
import type { PolymorphicTable } from "../../templates/runtime/tables.js";
import type { Operation } from "../../templates/runtime/webex/operation.js";
import { escapeLine } from "../terminal.js";
import { defineCommand, schemaOptions } from "./command.js";
import { exit } from "./exit.js";
import type { Component } from "./outline.js";
import { openSchema } from "./schema.js";

export const sample = defineCommand({
  usage: "sample <schema> <component>",
  summary: "Write an example of an operation's request, an element or a type",
  details:
    "The example is valid, and the same every time for the same seed. An operation gives its whole message, a type a document with xsi:type.",
  positionals: {
    schema: { describe: "A release (`latest`, an id), or a folder, zip or file" },
    component: { describe: "`getUser`, `user.getUser`, `prefix:element`, `{uri}Type`, or a local name" },
  },
  options: {
    full: { type: "boolean", describe: "With all that is optional, not only what is required" },
    seed: { type: "string", describe: "A number: others give other values and branches", default: "1" },
    format: { type: "string", choices: ["xml", "json"], describe: "How to write it", default: "xml" },
    ...schemaOptions,
  },
  examples: [
    ["{example} purchaseOrder", "what is required"],
    ["{example} purchaseOrder --full --seed 7", "everything, with other values"],
    ["{example} Price --format json", "a type, as JSON"],
    ["latest user.createUser", "the message of a request"],
  ],
  async run({ schema: word = "", component: name = "", full, seed = "1", format, ...flags }, console) {
    if (!/^\d{1,9}$/u.test(seed)) {
      console.fail(`--seed is a number of up to nine digits, not "${seed}"`);
      return exit.usage;
    }
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const { model, service } = opened.schema;
    const { componentsOf, findComponents } = await import("./outline.js");
    const { suggestionHint } = await import("../suggestion.js");
    const components = componentsOf({ model, service, since: () => undefined }).filter(isSampled);
    const found = firstKind(findComponents(name, components));
    const [component, ...others] = found;
    if (component === undefined) {
      const known = components.flatMap((each) => [each.name, each.name.replace(/^.*[:.]/u, "")]);
      console.fail(
        `${model.release} has no operation, element or type "${name}"`,
        suggestionHint(name, known),
      );
      return exit.usage;
    }
    if (others.length > 0) {
      const isNamesake = others.some((one) => one.name === component.name);
      console.fail(
        `"${name}" may be one of several`,
        `say which: ${found.map((each) => (isNamesake ? each.id : each.name)).join(", ")}`,
      );
      return exit.usage;
    }

    const { linkDescriptors } = await import("../descriptors.js");
    const { hasValue, sampleOf } = await import("../../templates/runtime/sample.js");
    const { polymorphic } = await import("../../templates/runtime/tables.js");
    const { suggestText } = await import("../../templates/runtime/webex/mock-sample.js");
    const { validate } = await import("../../templates/runtime/validate.js");
    // Within an operation its own types say what a body is; a whole message may hold any.
    const slots = component.kind === "element" ? "open" : "closed";
    const descriptors = await linkDescriptors(opened.schema, opened.source, slots);
    const operation = service?.operations.find(
      (each) => component.kind === "operation" && `${each.service}.${each.name}` === component.id,
    );
    const descriptor =
      operation === undefined
        ? descriptorOf(component, descriptors, model, polymorphic)
        : descriptors.type(operation.request);
    if (!hasValue(descriptor)) {
      console.fail(`nothing can be an example of "${component.name}": ${whyNone(component, model)}`);
      return exit.findings;
    }
    const value = sampleOf<unknown>(descriptor, {
      mode: full ? "full" : "minimal",
      seed: Number(seed),
      ...(service?.convention === "webex" && { suggest: suggestText }),
    });
    const issues = validate(descriptor, value);
    for (const { path, message, code } of issues)
      console.complain(`warning ${code}: ${escapeLine(message)} (at ${escapeLine(path || "/")})\n`);
    if (issues.length > 0)
      console.complain("hint: no valid value was found for this; put in one of your own\n");
    if (format === "json") {
      const { formatJson } = await import("./json.js");
      console.print(`${formatJson(plainValue(component, value))}\n`);
    } else {
      const { indentXml } = await import("./indent.js");
      const { encode } = await import("../../templates/runtime/codec.js");
      const check = issues.length === 0;
      if (operation !== undefined) {
        const { writeBody, writeMessage } = await import("../../templates/runtime/webex/envelope.js");
        const body = writeBody({ ...operation, request: descriptor } as unknown as Operation, value, check);
        const { securityContextOf } = await import("../../templates/runtime/webex/credentials.js");
        console.print(indentXml(writeMessage(securityContextOf(placeholders, "example"), body)));
      } else {
        const prefixes = Object.fromEntries(
          model.namespaces.filter(({ prefix }) => prefix !== "").map(({ uri, prefix }) => [uri, prefix]),
        );
        console.print(
          indentXml(encode(descriptor as ElementDescriptor, value as never, { prefixes, check })),
        );
      }
    }
    return issues.length === 0 ? exit.fine : exit.findings;
  },
});

/** Stands where a request names its sender. */
const placeholders = { webExID: "admin", password: "password" } as const;

const kinds: readonly Component["kind"][] = ["operation", "element", "type"];

function isSampled({ kind }: Component): boolean {
  return kinds.includes(kind);
}

/** An operation comes before an element of its name, an element before a type. */
function firstKind(found: readonly Component[]): readonly Component[] {
  for (const kind of kinds) {
    const some = found.filter((each) => each.kind === kind);
    if (some.length > 0) return some;
  }
  return [];
}

/** An element; for a type, one that says its type. */
function descriptorOf(
  { kind, id }: Component,
  descriptors: LiveDescriptors,
  model: Model,
  polymorphic: (table: PolymorphicTable) => Type,
): ElementDescriptor {
  if (kind === "element") return descriptors.element(id);
  const { namespace, local } = nameOfId(id);
  const element = Object.values(model.elements).find((each) => each.type === id && !each.abstract);
  if (element !== undefined && element.constraints.length === 0) return descriptors.element(element.id);
  const target: Type = descriptors.type(id);
  const name = model.elements[`{}${local}`] === undefined ? local : `${local}-sample`;
  const base = { kind: "struct", name: "", ns: "", abstract: true } as const;
  const tag = displayName(model, id);
  return {
    kind: "element",
    name,
    tag: name,
    type: polymorphic({
      base,
      tag: "",
      abstract: true,
      derived: [[tag, namespace === "" ? local : `{${namespace}}${local}`, target]],
    }),
  };
}

/** The value of a type without what its document says of it. */
function plainValue({ kind, name }: Component, value: unknown): unknown {
  if (kind !== "type" || typeof value !== "object" || value === null) return value;
  const { $type, ...rest } = value as Readonly<Record<string, unknown>>;
  if ($type !== name) return value;
  return Object.keys(rest).length === 1 && "$value" in rest ? rest["$value"] : rest;
}

function whyNone({ kind, id }: Component, model: Model): string {
  const element = kind === "element" ? model.elements[id] : undefined;
  const substitutes = model.substitutions[id] ?? [];
  if (element?.abstract === true) {
    return substitutes.length === 0
      ? "it is abstract, and nothing may stand for it"
      : `it is abstract; ask for one that may stand for it: ${substitutes
          .slice(0, 5)
          .map((each) => displayName(model, each))
          .join(", ")}`;
  }
  const type = typeOf(model, element?.type ?? id);
  return type?.kind === "complex" && type.abstract
    ? "its type is abstract, and no type derives from it"
    : "what it requires has no end";
}
