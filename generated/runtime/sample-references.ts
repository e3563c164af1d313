// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Makes made-up values refer to each other: IDREFs lead to IDs, keyrefs to keys, and keys are different. */
import type {
  Builtin,
  ElementDescriptor,
  Field,
  IdentityConstraint,
  SimpleType,
  Type,
} from "./descriptor.js";
import { leadsTo, pathsOf } from "./identity.js";
import { expand, familyOf, follow, isSimple, planOf, propertyOf } from "./plan.js";
import { chosenBy } from "./tagging.js";
import { chosenFor } from "./sample-conditions.js";
import { prefixOf, readText } from "./sample-texts.js";
import { print } from "./simple.js";

/** Does a type hold an IDREF, or another of some types? */
export function isReference(type: SimpleType, builtins: readonly Builtin[] = ["IDREF"]): boolean {
  return type.kind === "atomic"
    ? builtins.includes(type.builtin)
    : type.kind === "list"
      ? isReference(follow(type.item), builtins)
      : type.members.some((one) => isReference(follow(one), builtins));
}

/** An element or attribute in a value, and how to give it another value. */
export interface Node {
  readonly name: string;
  readonly isAttribute?: true;
  readonly type: Type;
  readonly value: unknown;
  readonly source: Field | ElementDescriptor | undefined;
  readonly set: (value: unknown) => void;
  /** Takes it away, where it need not be there. */
  readonly drop?: () => void;
}

/** Another value of a type: a different one for each attempt and path. */
export type MakeAnother = (type: SimpleType, attempt: number, path: string) => unknown;

/** The attributes and child elements of a node. */
function childrenOf({ type, value }: Node): Node[] {
  if (typeof value !== "object" || value === null) return [];
  let target = (type.kind === "conditional" ? chosenFor(type, value, []) : type) ?? type;
  const object = value as Record<string, unknown>;
  if (target.kind === "polymorphic") {
    const family = familyOf(target);
    target = follow(
      (family.find(([tag]) => tag === object["$type"]) ?? (family[0] as (typeof family)[0]))[2],
    );
  }
  if (target.kind !== "struct") return [];
  const { attributes, parts } = planOf(target);
  const nodes: Node[] = [];
  for (const one of attributes) {
    const property = propertyOf(one);
    if (object[property] === undefined) continue;
    nodes.push({
      name: expand(one.ns ?? "", one.name),
      isAttribute: true,
      type: follow(one.type),
      value: object[property],
      source: undefined,
      set: (other) => (object[property] = other),
      ...(!one.required && { drop: () => Reflect.deleteProperty(object, property) }),
    });
  }
  for (const { property, entries, many } of parts) {
    const given = object[property];
    const holder = many && Array.isArray(given) ? (given as unknown[]) : [given];
    holder.forEach((one, index) => {
      const bare = entries[0]?.tag === undefined && entries[0]?.element ? entries[0] : undefined;
      const tag = bare ? undefined : (one as { $name?: unknown } | undefined)?.$name;
      // Wildcards hold elements that are known, too.
      const [, name, element] = (bare ? [bare, bare.expanded, bare.element] : chosenBy(entries, tag)) ?? [];
      if (one === undefined || name === undefined || !element) return;
      const inner = bare ? one : (one as { $value: unknown }).$value;
      nodes.push({
        name,
        type: follow(element.type),
        value: inner,
        source: element,
        set: (other) => {
          if (!bare) (one as { $value: unknown }).$value = other;
          else if (many) holder[index] = other;
          else object[property] = other;
        },
        ...(bare &&
          !many &&
          "min" in element &&
          element.min === 0 && { drop: () => Reflect.deleteProperty(object, property) }),
      });
    });
  }
  return nodes;
}

/** A simple value in its place. */
interface Target extends Pick<Node, "set" | "drop"> {
  readonly type: SimpleType;
  value: unknown;
}

/** The simple value of a node. */
function textOf({ type, value, set, drop }: Node): Target | undefined {
  const away = drop && { drop };
  if (isSimple(type)) return { type, value, set, ...away };
  if (type.kind !== "struct" || typeof value !== "object" || value === null) return undefined;
  const { text } = planOf(type);
  const object = value as Record<string, unknown>;
  const setText = (other: unknown): unknown => (object["$value"] = other);
  return text && { type: follow(text), value: object["$value"], set: setText, ...away };
}

/** An element with identity constraints, and those around it. */
interface Owner {
  readonly node: Node;
  readonly outer: readonly Owner[];
}

/** The fields of one key, and the elements within which it may be referred to. */
interface Key {
  readonly fields: readonly Target[];
  readonly owners: readonly Owner[];
}

/** Makes IDREFs and keyrefs lead somewhere, and keys different; false where there is nothing to lead to. */
export function connect(root: Node, makeAnother: MakeAnother): boolean {
  const ids: string[] = [];
  const references: Target[] = [];
  const owners: Owner[] = [];
  const visit = (node: Node, outer: readonly Owner[]): void => {
    const text = textOf(node);
    if (text && isReference(text.type)) references.push(text);
    else if (text?.type.kind === "atomic" && text.type.builtin === "ID") ids.push(String(text.value));
    let around = outer;
    if (node.source?.constraints) {
      const owner: Owner = { node, outer };
      owners.push(owner);
      around = [...outer, owner];
    }
    for (const child of childrenOf(node)) visit(child, around);
  };
  visit(root, []);
  const [id] = ids;
  if (references.length > 0 && id === undefined) return false;
  for (const { type, value, set } of references)
    set(type.kind === "list" ? (Array.isArray(value) ? value : [id]).map(() => id) : id);
  // Keys of elements further in count as well. What one keyref changes may be the key of another, so they are gone through again.
  const keys = new Map<string, Key[]>();
  let isWhole = true;
  for (const isReferring of [false, true, false, true, false, true]) {
    if (!isReferring) {
      keys.clear();
      isWhole = true;
    }
    for (const owner of owners) {
      for (const constraint of owner.node.source?.constraints ?? []) {
        if ((constraint.kind === "keyref") !== isReferring) continue;
        const { rows, isFound } = select(owner.node, constraint);
        if (!isFound) isWhole = false;
        if (isReferring) {
          const known = keys.get(constraint.refer ?? "") ?? [];
          if (
            !refer(
              rows,
              known.find((key) => key.owners.includes(owner)),
            )
          )
            isWhole = false;
          continue;
        }
        tell(rows, makeAnother);
        const found = rows.map((fields): Key => ({ fields, owners: [owner, ...owner.outer] }));
        keys.set(constraint.name, [...(keys.get(constraint.name) ?? []), ...found]);
      }
    }
  }
  return isWhole;
}

/** The fields of all that a constraint selects; not found: one is missing in a key, or there twice. */
function select(
  owner: Node,
  constraint: IdentityConstraint,
): { readonly rows: readonly (readonly Target[])[]; readonly isFound: boolean } {
  const { selector, fields } = pathsOf(constraint);
  const rows: Target[][] = [];
  let isFound = true;
  const visit = (node: Node, names: readonly string[]): void => {
    if (selector.some((path) => leadsTo(path, names))) {
      const targets = fields.map((paths) => find(node, paths));
      const row = targets.flatMap((found) => found.slice(0, 1));
      if (targets.some((found) => found.length > 1)) isFound = false;
      if (row.length === fields.length) rows.push(row);
      else if (constraint.kind === "key") isFound = false;
    }
    for (const child of childrenOf(node)) if (!child.isAttribute) visit(child, [...names, child.name]);
  };
  visit(owner, []);
  return { rows, isFound };
}

/** Gives references the values of a key. What would refer to nothing goes, where it need not be there. */
function refer(rows: readonly (readonly Target[])[], key: Key | undefined): boolean {
  let isRight = true;
  for (const row of rows) {
    if (key && row.every((target, index) => agree(target, key.fields[index] as Target))) continue;
    const drop = row.find((target) => target.drop)?.drop;
    if (drop) drop();
    else isRight = false;
  }
  return isRight;
}

/** Gives a reference the value of a field or, where its type has no such value, the field that of the reference. */
function agree(target: Target, field: Target): boolean {
  return takeValue(target, field) || takeValue(field, target);
}

/** The types may differ; the texts of equal values need not. */
function takeValue(to: Target, { type, value }: Target): boolean {
  const text = print(type, value, prefixOf);
  const own = typeof text === "string" ? readText(to.type, text) : undefined;
  if (own === undefined) return false;
  to.value = own;
  to.set(own);
  return true;
}

/** Makes keys different. */
function tell(rows: readonly (readonly Target[])[], makeAnother: MakeAnother): void {
  const seen = new Set<string>();
  const keyOf = (row: readonly Target[]): string => row.map(({ value }) => String(value)).join("\0");
  for (const row of rows) {
    for (let attempt = 0; attempt < 50 && seen.has(keyOf(row)); attempt++) {
      const target = row[attempt % row.length] as Target;
      target.value = makeAnother(target.type, attempt + 2, `key/${seen.size}`);
      target.set(target.value);
    }
    seen.add(keyOf(row));
  }
}

/** The nodes that a field leads to: at most one, where the value is valid. */
function find(node: Node, paths: ReturnType<typeof pathsOf>["selector"]): Target[] {
  const found: Target[] = [];
  const visit = (at: Node, names: readonly string[]): void => {
    const here = paths.filter((path) => leadsTo(path, names));
    const children = childrenOf(at);
    const attributes = children.filter(
      (one) => one.isAttribute && here.some(({ attribute }) => attribute?.(one.name)),
    );
    const isElement = here.some(({ attribute }) => !attribute);
    for (const one of isElement ? [at, ...attributes] : attributes) {
      const target = textOf(one);
      if (target) found.push(target);
    }
    for (const child of children) if (!child.isAttribute) visit(child, [...names, child.name]);
  };
  visit(node, []);
  return found;
}
