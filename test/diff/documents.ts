/** All small documents over the words of two schemas: what an independent validator is asked about. */
import { derivedTypes, leavesOf, simpleTypeOf, typeOf, wildcardAdmits } from "../../generator/model/query.js";
import type { ElementParticle, Model, Particle, SimpleType, TypeId } from "../../generator/model/types.js";
import { accepts, compareSorts, samplesOf } from "../../generator/diff/values.js";

/** What stands between and inside the tags of an element, with its attributes. */
interface Body {
  readonly attributes: string;
  readonly inner: string;
}

/** A type on each side; a declaration that one side lacks has a type on one only. */
interface Types {
  readonly old?: TypeId;
  readonly current?: TypeId;
}

interface Child {
  readonly name: { readonly namespace: string; readonly local: string };
  readonly types: Types;
  readonly nillable: boolean;
}

/** Documents by the name of their root, so that a caller may vary the interesting ones. */
export interface DocumentSource {
  /** Documents with each order and number of children, each child in its simplest form. */
  readonly outlines: readonly Outline[];
  /** Documents like one, with one child or attribute in another form each. */
  readonly variants: (outline: Outline) => readonly string[];
}

export interface Outline {
  readonly text: string;
  readonly root: string;
  readonly children: readonly Child[];
  readonly types: Types;
}

const most = 800;

/** Documents over the union of two schemas. */
export function documentsOf(before: Model, after: Model): DocumentSource {
  const models = { old: before, current: after };
  const constants = constantsOf(before).concat(constantsOf(after));

  const simpleOf = (side: "old" | "current", id: TypeId | undefined): SimpleType | undefined => {
    if (id === undefined) return undefined;
    const type = typeOf(models[side], id);
    if (type?.kind !== "complex") return type;
    return type.content.kind === "simple" ? simpleTypeOf(models[side], type.content.type) : undefined;
  };
  const known = new Map<string, readonly string[]>();
  const textsOf = (types: Types): readonly string[] => {
    const key = `${types.old ?? ""} ${types.current ?? ""}`;
    let texts = known.get(key);
    if (texts === undefined) known.set(key, (texts = listTexts(types)));
    return texts;
  };
  const listTexts = (types: Types): readonly string[] => {
    const found = new Set<string>();
    const valid = new Set<string>();
    const [was, is] = [simpleOf("old", types.old), simpleOf("current", types.current)];
    if (was !== undefined && is !== undefined) {
      const relation = compareSorts({ model: before, type: was }, { model: after, type: is });
      for (const text of [relation.onlyOld, relation.onlyNew, relation.shared])
        if (text !== undefined) valid.add(text);
    }
    for (const text of constants) valid.add(text);
    for (const side of ["old", "current"] as const) {
      const type = simpleOf(side, types[side]);
      if (type === undefined) continue;
      for (const text of samplesOf({ model: models[side], type })) {
        found.add(text);
        if (accepts({ model: models[side], type }, text)) valid.add(text);
      }
    }
    // The simplest first; what neither side accepts is worth little.
    return [...[...valid].slice(0, 120), ...[...found].filter((text) => !valid.has(text)).slice(0, 30)];
  };
  const childrenOf = (types: Types): readonly Child[] => {
    const children = new Map<string, Child>();
    const add = (side: "old" | "current", child: Omit<Child, "types">, type: TypeId): void => {
      const key = `{${child.name.namespace}}${child.name.local}`;
      const known = children.get(key);
      children.set(key, {
        ...child,
        nillable: child.nillable || (known?.nillable ?? false),
        types: { ...known?.types, [side]: type },
      });
    };
    for (const side of ["old", "current"] as const) {
      const id = types[side];
      const type = id === undefined ? undefined : typeOf(models[side], id);
      if (type?.kind !== "complex" || type.content.kind !== "elements") continue;
      for (const leaf of leavesOf(type.content.particle)) {
        if (leaf.kind === "any") {
          for (const namespace of ["urn:f", "urn:g", "urn:h", "urn:t"]) {
            const name = { namespace, local: "stranger" };
            children.set(`{${namespace}}stranger`, { name, types: {}, nillable: false });
          }
          for (const element of Object.values(models[side].elements)) {
            if (!wildcardAdmits(leaf.wildcard, element.id)) continue;
            add(side, { name: element.name, nillable: false }, element.type);
          }
          continue;
        }
        add(side, { name: leaf.name, nillable: leaf.nillable }, leaf.type);
        for (const member of leaf.ref === undefined ? [] : (models[side].substitutions[leaf.ref] ?? [])) {
          const element = models[side].elements[member];
          if (element !== undefined) add(side, { name: element.name, nillable: false }, element.type);
        }
      }
    }
    return [...children.values()];
  };
  const attributesOf = (types: Types): readonly (readonly [name: string, values: readonly string[]])[] => {
    const found = new Map<string, Types>();
    let any = false;
    for (const side of ["old", "current"] as const) {
      const id = types[side];
      const type = id === undefined ? undefined : typeOf(models[side], id);
      if (type?.kind !== "complex") continue;
      if (type.anyAttribute !== undefined) any = true;
      for (const { name, type: used } of type.attributes) {
        const key =
          name.namespace === ""
            ? name.local
            : `xmlns:q-${name.local}="${name.namespace}" q-${name.local}:${name.local}`;
        found.set(key, { ...found.get(key), [side]: used });
      }
    }
    const lists = new Map<string, readonly string[]>(
      any
        ? [
            ["k", ["a", "1"]],
            ['xmlns:q="urn:f" q:stranger', ["a"]],
          ]
        : [],
    );
    for (const [name, used] of found) lists.set(name, textsOf(used).slice(0, 40));
    return [...lists];
  };
  const simplest = (values: readonly string[]): string =>
    values.find((value) => value !== "" && !/\s/u.test(value)) ?? values[0] ?? "";

  /** Forms of the element of some types: attributes first, then text or children. */
  const bodiesOf = (types: Types, depth: number): readonly Body[] => {
    const attributes = attributesOf(types);
    const written = (name: string, value: string): string => ` ${name}="${escape(value)}"`;
    const all = attributes.map(([name, values]) => written(name, simplest(values))).join("");
    const heads = new Set<string>([
      "",
      all,
      ...attributes.map(([name, values]) => written(name, simplest(values))),
      ...attributes.flatMap(([name, values]) => values.map((value) => written(name, value))),
    ]);
    const inners = new Set<string>();
    if (simpleOf("old", types.old) !== undefined || simpleOf("current", types.current) !== undefined) {
      const texts = textsOf(types);
      inners.add(escape(simplest(texts)));
      for (const text of texts) inners.add(escape(text));
    }
    const children = childrenOf(types);
    if (children.length > 0 || inners.size === 0) {
      if (depth > 0) inners.add(neededOf(types, depth));
      inners.add("");
      if (depth > 0) {
        for (const word of wordsOver(children, depth > 1 ? 60 : 12)) {
          inners.add(word.map((child) => elementText(child, depth - 1)).join(""));
        }
      }
      if (children.length === 0) inners.add("text");
    }
    const [first = ""] = inners;
    return [
      ...[...heads].map((head) => ({ attributes: head, inner: first })),
      ...[...inners].flatMap((inner) => [
        { attributes: "", inner },
        { attributes: all, inner },
      ]),
    ];
  };
  /** The children that one side wants, each once. */
  const neededOf = (types: Types, depth: number): string => {
    const [side, id] =
      types.old === undefined ? ["current" as const, types.current] : ["old" as const, types.old];
    const type = id === undefined ? undefined : typeOf(models[side], id);
    if (type?.kind !== "complex" || type.content.kind !== "elements") return "";
    const needed = (particle: Particle | undefined): readonly ElementParticle[] => {
      if (particle === undefined || particle.min === 0 || particle.max === 0 || particle.kind === "any")
        return [];
      if (particle.kind === "element") return [particle];
      const parts = particle.kind === "choice" ? particle.particles.slice(0, 1) : particle.particles;
      return parts.flatMap(needed);
    };
    return needed(type.content.particle)
      .map((leaf) =>
        elementText({ name: leaf.name, nillable: false, types: { [side]: leaf.type } }, depth - 1),
      )
      .join("");
  };
  const plain = new Map<string, Body>();
  const plainBody = (types: Types, depth: number): Body => {
    const key = JSON.stringify([types.old, types.current, depth]);
    let body = plain.get(key);
    if (body === undefined) {
      plain.set(key, (body = { attributes: "", inner: "" })); // A type in itself.
      plain.set(key, (body = bodiesOf(types, depth)[0] ?? body));
    }
    return body;
  };
  const elementText = (child: Child, depth: number, body?: Body): string => {
    const { namespace, local } = child.name;
    const shape = body ?? plainBody(child.types, depth);
    return `<${local} xmlns="${namespace}"${shape.attributes}>${shape.inner}</${local}>`;
  };
  const standIns = (types: Types): readonly string[] => {
    const names = new Set<string>();
    for (const side of ["old", "current"] as const) {
      const id = types[side];
      if (id !== undefined) for (const derived of derivedTypes(models[side], id)) names.add(derived);
    }
    // Nobody names a simple type by xsi:type where a built-in one is declared: no rule counts that.
    return [...names].filter(
      (id) =>
        !/[/:]/u.test(id.slice(id.indexOf("}"))) &&
        (typeOf(before, id) ?? typeOf(after, id))?.kind === "complex",
    );
  };
  const variantsOf = (child: Child): readonly string[] => {
    const texts = bodiesOf(child.types, 2).map((body) => elementText(child, 2, body));
    if (child.nillable) texts.push(nil(child));
    for (const id of standIns(child.types)) {
      const brace = id.indexOf("}");
      const attribute = ` xmlns:d="${id.slice(1, brace)}" ${xsi} xsi:type="d:${id.slice(brace + 1)}"`;
      for (const body of bodiesOf({ old: id, current: id }, 2).slice(0, 40)) {
        texts.push(elementText(child, 2, { attributes: attribute + body.attributes, inner: body.inner }));
      }
    }
    return [...new Set(texts)];
  };
  const nil = (child: Child): string =>
    elementText(child, 0, { attributes: ` ${xsi} xsi:nil="true"`, inner: "" });

  const outlines: Outline[] = [];
  const roots = new Map<string, Child>();
  for (const side of ["old", "current"] as const) {
    for (const { id, name, type, nillable } of Object.values(models[side].elements)) {
      const known = roots.get(id);
      roots.set(id, {
        name,
        nillable: nillable || (known?.nillable ?? false),
        types: { ...known?.types, [side]: type },
      });
    }
  }
  const wrap = (root: Child, attributes: string, inner: string): string =>
    elementText(root, 0, { attributes, inner });
  for (const [id, root] of roots) {
    const all = attributesOf(root.types)
      .map(([name, values]) => ` ${name}="${escape(simplest(values))}"`)
      .join("");
    for (const word of wordsOver(childrenOf(root.types), most)) {
      const inner = word.map((child) => elementText(child, 2)).join("");
      for (const attributes of new Set(["", all])) {
        outlines.push({ text: wrap(root, attributes, inner), root: id, children: word, types: root.types });
      }
    }
  }
  return {
    outlines,
    variants({ root: id, children, types }) {
      const root = roots.get(id) as Child;
      const parts = children.map((child) => elementText(child, 2));
      const inner = parts.join("");
      const texts = new Set<string>();
      const all = attributesOf(types).map(([name, values]) => [name, simplest(values)] as const);
      const attributes = (skip?: string): string =>
        all.map(([name, value]) => (name === skip ? "" : ` ${name}="${escape(value)}"`)).join("");
      for (const [name, value] of all) texts.add(wrap(root, ` ${name}="${escape(value)}"`, inner));
      for (const [name, values] of attributesOf(types)) {
        texts.add(wrap(root, attributes(name), inner));
        for (const value of values) {
          texts.add(wrap(root, ` ${name}="${escape(value)}"`, inner));
          texts.add(wrap(root, `${attributes(name)} ${name}="${escape(value)}"`, inner));
        }
      }
      children.forEach((child, index) => {
        for (const variant of variantsOf(child)) {
          const text = parts.map((part, other) => (other === index ? variant : part)).join("");
          texts.add(wrap(root, "", text));
          if (all.length > 0) texts.add(wrap(root, attributes(), text));
          // What must be unlike its sibling needs two of them.
          if (children[index + 1]?.name.local === child.name.local)
            texts.add(wrap(root, attributes(), variant + text));
        }
      });
      texts.add(wrap(root, attributes(), `text${inner}`));
      if (children.length === 0) {
        for (const body of bodiesOf(types, 2)) texts.add(wrap(root, body.attributes, body.inner));
        if (root.nillable) texts.add(nil(root));
        for (const id of standIns(types)) {
          const brace = id.indexOf("}");
          const head = ` xmlns:d="${id.slice(1, brace)}" ${xsi} xsi:type="d:${id.slice(brace + 1)}"`;
          for (const body of bodiesOf({ old: id, current: id }, 2))
            texts.add(wrap(root, head + body.attributes, body.inner));
        }
      }
      return [...texts];
    },
  };
}

/** Default and fixed values. */
function constantsOf(model: Model): string[] {
  const found: string[] = [];
  JSON.stringify(model, (key, value: unknown) => {
    if ((key === "default" || key === "fixed") && typeof value === "string") found.push(value);
    return value;
  });
  return found;
}

const xsi = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** All words over some letters, shortest first, not more than asked for and none cut short. */
function wordsOver<T>(letters: readonly T[], limit: number): readonly (readonly T[])[] {
  const words: (readonly T[])[] = [[]];
  let longest: (readonly T[])[] = [[]];
  while (letters.length > 0 && words.length + longest.length * letters.length <= limit) {
    longest = longest.flatMap((word) => letters.map((letter) => [...word, letter]));
    words.push(...longest);
    if (longest[0] !== undefined && longest[0].length >= 6) break;
  }
  return words;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\t", "&#9;")
    .replaceAll("\n", "&#10;")
    .replaceAll("\r", "&#13;");
}
