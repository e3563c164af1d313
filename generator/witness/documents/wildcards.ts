/** What only wildcards let in: elements and attributes that nobody declared, or that somebody else did. */
import { leavesOf, wildcardAdmits } from "../../model/query.js";
import { idOf, type QName, type Wildcard } from "../../model/types.js";
import { type Access, waysInto } from "./access.js";
import type { Search } from "./releases.js";
import { freeNamespace } from "./sampler.js";
import type { Specimen } from "./specimen.js";

function namespacesAround({ model, other }: Search): readonly string[] {
  const known = [...model.namespaces, ...other.namespaces].map(({ uri }) => uri);
  const named = new Set<string>();
  for (const each of [model, other]) {
    for (const type of Object.values(each.types)) {
      if (type.kind !== "complex") continue;
      const wildcards = type.content.kind === "elements" ? leavesOf(type.content.particle) : [];
      const all = [
        ...wildcards.flatMap((leaf) => (leaf.kind === "any" ? [leaf.wildcard] : [])),
        ...(type.anyAttribute === undefined ? [] : [type.anyAttribute]),
      ];
      for (const { namespaces } of all)
        if (namespaces.kind !== "any") for (const uri of namespaces.uris) named.add(uri);
    }
  }
  return [...new Set([freeNamespace(model), ...named, "", ...known])];
}

/** Elements that a wildcard of either side lets in, as they should be and bare. */
export function* strangersFor(search: Search, wildcard: Wildcard): Generator<Specimen> {
  const { model, other, sampler } = search;
  const bare = (name: QName): Specimen => ({ name, attributes: [], children: [], focus: true });
  for (const namespace of namespacesAround(search)) {
    const name = { namespace, local: "other" };
    if (wildcardAdmits(wildcard, `{${namespace}}other`)) yield bare(name);
  }
  for (const each of [model, other]) {
    for (const element of Object.values(each.elements).slice(0, 200)) {
      if (!wildcardAdmits(wildcard, element.id)) continue;
      const node = each === model ? sampler.nodeOf(element) : waysInto(other).sampler.nodeOf(element);
      if (node !== undefined) yield { ...node, focus: true };
      yield bare(element.name);
      yield { ...bare(element.name), children: ["text"] };
      yield { ...bare(element.name), children: [bare({ namespace: "", local: "other" })] };
    }
  }
}

/** Documents with attributes that a wildcard lets in: those wanted first. */
export function* wildAttributes(
  search: Search,
  access: Access,
  wildcard: Wildcard,
  wanted: readonly QName[] = [],
): Generator<Specimen> {
  const { sampler, ways, model, other } = search;
  const least = sampler.bodyOf(access.type);
  if (least === undefined) return;
  const with_ = (name: QName, value: string): Specimen | undefined =>
    ways.around(access, { ...least, attributes: [...least.attributes, { name, value }], focus: true });
  const names: (readonly [QName, readonly string[]])[] = wanted.map((name) => [name, ["a", "", "a b"]]);
  for (const namespace of namespacesAround(search)) names.push([{ namespace, local: "other" }, ["a"]]);
  for (const each of [model, other]) {
    for (const { name, type } of Object.values(each.attributes)) {
      const text = waysInto(each).sampler.textOf(type);
      names.push([name, [...(text === undefined ? [] : [text]), "", "a b", "%"]]);
    }
  }
  for (const [name, values] of names) {
    if (!wildcardAdmits(wildcard, idOf(name))) continue;
    for (const value of values) {
      const root = with_(name, value);
      if (root !== undefined) yield root;
    }
  }
}
