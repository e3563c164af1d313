/** References of a small document, led to IDs that it has. */
import { idOf, type Model, type QName } from "../../model/types.js";
import { usesType } from "../../model/query.js";
import type { Specimen } from "./specimen.js";

const idType = "{http://www.w3.org/2001/XMLSchema}ID";

/** So many elements of a document are tried as the one that is referred to. */
const most = 12;

const kept = new WeakMap<Model, readonly QName[]>();

/** The attributes of a schema that are IDs, by name. */
export function idAttributes(model: Model): readonly QName[] {
  let names = kept.get(model);
  if (names === undefined) kept.set(model, (names = findIdAttributes(model)));
  return names;
}

function findIdAttributes(model: Model): readonly QName[] {
  const found = new Map<string, QName>();
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex") continue;
    for (const { name, type: used } of type.attributes)
      if (usesType(model, used, idType)) found.set(idOf(name), name);
  }
  return [...found.values()];
}

/**
 * Documents in which references that lead nowhere all lead to one element: to one that has an ID, or to one that
 * is given the ID.
 */
export function* withTargets(
  model: Model,
  root: Specimen,
  dangling: ReadonlySet<string>,
): Generator<Specimen> {
  const names = idAttributes(model);
  const [target] = dangling;
  if (names.length === 0 || target === undefined) return;
  const isId = (name: QName): boolean =>
    names.some((each) => each.local === name.local && each.namespace === name.namespace);
  const nodes: Specimen[] = [];
  const ids: string[] = [];
  const visit = (node: Specimen): void => {
    nodes.push(node);
    for (const { name, value } of node.attributes) if (isId(name)) ids.push(value);
    for (const child of node.children) if (typeof child !== "string") visit(child);
  };
  visit(root);
  for (const id of ids.slice(0, 1)) yield pointed(root, dangling, id);
  for (const node of nodes.slice(0, most)) {
    for (const name of names.slice(0, most)) yield pointed(root, dangling, target, { node, name });
  }
}

/** A document whose dangling references are all the same, and one of whose elements may have that ID. */
function pointed(
  root: Specimen,
  dangling: ReadonlySet<string>,
  target: string,
  carrier?: { readonly node: Specimen; readonly name: QName },
): Specimen {
  const text = (value: string): string =>
    value
      .split(/(\s+)/u)
      .map((token) => (dangling.has(token) ? target : token))
      .join("");
  const convert = (node: Specimen): Specimen => {
    const attributes = node.attributes.map(({ name, value }) => ({ name, value: text(value) }));
    const name = carrier?.node === node ? carrier.name : undefined;
    const others = attributes.filter(
      (each) =>
        name === undefined || each.name.local !== name.local || each.name.namespace !== name.namespace,
    );
    return {
      ...node,
      attributes: name === undefined ? attributes : [...others, { name, value: target }],
      children: node.children.map((child) => (typeof child === "string" ? text(child) : convert(child))),
    };
  };
  return convert(root);
}
