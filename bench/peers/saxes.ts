import { SaxesParser } from "saxes";
import type { ElementDescriptor, Field, Struct } from "../../templates/runtime/index.js";
import { follow, type Reader } from "./conversion.js";

interface Frame {
  /** The type that is being read; undefined for an unknown element. */
  readonly type: Generated | undefined;
  readonly value: Record<string, unknown>;
  readonly field: GeneratedField | undefined;
}
interface GeneratedField {
  readonly leaf: boolean;
  readonly struct?: Generated;
  readonly derived?: ReadonlyMap<string, { readonly tag: string; readonly struct: Generated }>;
  readonly tag?: string;
  readonly set: (target: Record<string, unknown>, value: unknown) => void;
}
interface Generated {
  readonly find: (name: string, ns: string) => GeneratedField | undefined;
}

/** saxes with namespaces, and code made for the schema: a switch for each type, a setter for each field. */
export function saxes(root: ElementDescriptor): Reader {
  const made = new Map<Struct, Generated>();
  const make = (struct: Struct): Generated => {
    const before = made.get(struct);
    if (before) return before;
    const generated: { find: Generated["find"] } = { find: () => undefined };
    made.set(struct, generated);
    const owners = (type: Struct): [Field, string][] => [
      ...(type.base ? owners(typeof type.base === "function" ? type.base() : type.base) : []),
      ...((type.content ?? []) as Field[]).map((field): [Field, string] => [field, field.ns ?? type.ns]),
    ];
    const all = owners(struct);
    const fields = all.map(([field]): GeneratedField => {
      const type = follow(field.type);
      const key = JSON.stringify(field.name);
      const convert =
        type.kind !== "atomic" || type.as === "string"
          ? "value"
          : type.as === "boolean"
            ? `value === "true" || value === "1"`
            : "Number(value)";
      const set = new Function(
        "target",
        "value",
        (field.max ?? 1) > 1 ? `(target[${key}] ??= []).push(${convert});` : `target[${key}] = ${convert};`,
      ) as GeneratedField["set"];
      if (type.kind === "struct") return { leaf: false, struct: make(type), set };
      if (type.kind === "polymorphic") {
        return {
          leaf: false,
          struct: make(type.base as Struct),
          tag: type.tag,
          derived: new Map(
            type.derived.map(([tag, , ref]) => [
              tag.slice(tag.indexOf(":") + 1),
              { tag, struct: make((ref as () => Struct)()) },
            ]),
          ),
          set,
        };
      }
      return { leaf: true, set };
    });
    const cases = all.map(
      ([field, ns], index) =>
        `case ${JSON.stringify(field.name)}: return ns === ${JSON.stringify(ns)} ? fields[${index}] : undefined;`,
    );
    generated.find = new Function("fields", `return (name, ns) => { switch (name) { ${cases.join(" ")} } };`)(
      fields,
    ) as Generated["find"];
    return generated;
  };
  const top = make(root.type as Struct);
  return (xml) => {
    const parser = new SaxesParser({ xmlns: true });
    const result: Record<string, unknown> = {};
    const stack: Frame[] = [];
    let text = "";
    parser.on("opentag", (tag) => {
      text = "";
      const parent = stack.at(-1);
      if (parent === undefined) {
        stack.push({ type: top, value: result, field: undefined });
        return;
      }
      const field = parent.type?.find(tag.local, tag.uri);
      if (field === undefined || field.leaf) {
        stack.push({ type: undefined, value: parent.value, field });
        return;
      }
      const given = field.derived && tag.attributes["xsi:type"]?.value.split(":")[1];
      const derived = given === undefined ? undefined : field.derived?.get(given);
      const value: Record<string, unknown> =
        field.tag === undefined ? {} : { $type: derived?.tag ?? field.tag };
      field.set(parent.value, value);
      stack.push({ type: derived?.struct ?? field.struct, value, field });
    });
    parser.on("text", (more) => {
      text += more;
    });
    parser.on("cdata", (more) => {
      text += more;
    });
    parser.on("closetag", () => {
      const frame = stack.pop();
      if (frame?.field?.leaf) frame.field.set(frame.value, text);
    });
    parser.write(xml).close();
    return result;
  };
}
