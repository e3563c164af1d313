/** Names that generated code exports, where what they name is there on both sides: programs that import one may lose it. */
import { elementsOf } from "../model/query.js";
import type {
  AttributeUse,
  ComplexType,
  ElementDeclaration,
  ElementId,
  ElementParticle,
  Model,
  TypeDefinition,
  TypeId,
} from "../model/types.js";
import { placeOfNamespace } from "./namespaces.js";
import { componentOf, isAnonymous, valueSides, type Comparison } from "./place.js";

/** What generated code exports of a release. */
export interface Exports {
  /** The module of a namespace: `user`. */
  readonly module: (namespace: string) => string;
  /** The name of a type; undefined where it stands inline. */
  readonly type: (id: TypeId) => string | undefined;
  readonly element: (id: ElementId) => string;
  /** The constant that lists the values of an enumeration. */
  readonly values: (id: TypeId) => string;
}

/** The names of both sides, made when they are asked for. */
export interface ExportsOfSides {
  readonly old: () => Exports;
  readonly new: () => Exports;
  /** An id, or the name of a namespace in braces, as the older release itself has it: the model is compared with newer namespaces. */
  readonly original: (id: string) => string;
  /** Types without a name that were compared with one of another id: where they are, or what they are called, by their old ids. */
  readonly counterparts: ReadonlyMap<TypeId, TypeId>;
}

/** Compares what is exported of components that both sides have. That one came or went is told by others. */
export function compareExports(comparison: Comparison, sides: ExportsOfSides): void {
  const { before, after } = comparison;
  // Names follow from what is declared.
  if (declaredIn(before) === declaredIn(after)) return;
  const [was, is] = [sides.old(), sides.new()];
  const { original } = sides;
  const counterparts = withMoved(comparison, sides.counterparts);
  for (const { uri } of after.namespaces) {
    if (!before.namespaces.some((one) => one.uri === uri)) continue;
    const names = [was.module(original(`{${uri}}`).slice(1, -1)), is.module(uri)] as const;
    if (names[0] !== names[1])
      comparison.add("export.module.renamed", placeOfNamespace(uri), valueSides(...names));
  }

  const compare = (
    names: readonly [old: string | undefined, current: string | undefined],
    former: TypeDefinition | ElementDeclaration,
    current: TypeDefinition | ElementDeclaration,
  ): void => {
    if (names[0] === undefined || names[0] === names[1]) return;
    const place = {
      component: componentOf(current.id),
      key: current.id,
      oldSpan: former.span,
      newSpan: current.span,
    };
    comparison.add("export.renamed", place, valueSides(...names));
  };
  for (const former of Object.values(before.types)) {
    const type = after.types[counterpartOf(former, counterparts)];
    if (type === undefined) continue;
    const names = [was.type(original(former.id)), is.type(type.id)] as const;
    compare(names, former, type);
    // Under another name the list goes with its type, which is told.
    if (names[0] === names[1] && isEnumeration(former) && !isEnumeration(type))
      compare([was.values(original(former.id)), undefined], former, type);
  }
  for (const former of Object.values(before.elements)) {
    const element = after.elements[former.id];
    if (element !== undefined)
      compare([was.element(original(former.id)), is.element(element.id)], former, element);
  }
}

function isEnumeration(type: TypeDefinition): boolean {
  return type.kind === "simple" && type.facets.enumeration !== undefined;
}

/** All that names are made from, as a text. */
function declaredIn({ elements, namespaces, types }: Model): string {
  const modules = namespaces.map(({ prefix, uri }) => `${uri} ${prefix}`);
  const shapes = Object.values(types).map((one) =>
    one.kind === "simple" && !isEnumeration(one) ? `${one.id} inline` : one.id,
  );
  return [...modules, ...shapes, ...Object.keys(elements)].join("\n");
}

/** Finds types without a name that are declared elsewhere now, as in a group, in the content that they are still in. */
function withMoved(
  { before, after }: Comparison,
  known: ReadonlyMap<TypeId, TypeId>,
): ReadonlyMap<TypeId, TypeId> {
  const found = new Map(known);
  const isGone = (id: TypeId): boolean => {
    const type = before.types[id];
    return type !== undefined && isAnonymous(type) && after.types[id] === undefined && !found.has(id);
  };
  for (const former of Object.values(before.types)) {
    const type = after.types[counterpartOf(former, found)];
    if (former.kind !== "complex" || type?.kind !== "complex") continue;
    const places = usesOf(type);
    for (const { name, type: id } of usesOf(former)) {
      if (!isGone(id)) continue;
      const use = places.find((one) => one.name.local === name.local && before.types[one.type] === undefined);
      if (use !== undefined && after.types[use.type] !== undefined) found.set(id, use.type);
    }
  }
  return found;
}

/** What has a type in a complex type: its elements and attributes. */
function usesOf({ attributes, content }: ComplexType): readonly (AttributeUse | ElementParticle)[] {
  return [...elementsOf(content.kind === "elements" ? content.particle : undefined), ...attributes];
}

/** What a type without a name is now: by itself, or by where it stands in another such type. */
function counterpartOf(type: TypeDefinition, counterparts: ReadonlyMap<TypeId, TypeId>): TypeId {
  if (!isAnonymous(type)) return type.id;
  for (let end = type.id.length; end > 0; end = type.id.lastIndexOf("/", end - 1)) {
    const found = counterparts.get(type.id.slice(0, end));
    if (found !== undefined) return found + type.id.slice(end);
  }
  return type.id;
}
