/** Type definitions by name or place: built when first asked for, once. */
import type { ComplexTypeSyntax, DerivationMethod, QNameRef, SimpleTypeSyntax } from "../schema/types.js";
import type { Declared, Scope } from "./symbols.js";
import { anySimpleTypeId, anyTypeId } from "./builtins.js";
import { complexTypeFrom } from "./complex-types.js";
import { declaredAs, fail, guarded, lookUp, meantName, written, type Resolution } from "./resolution.js";
import { simpleTypeFrom } from "./simple-types.js";
import {
  idOf,
  type ComplexType,
  type QName,
  type SimpleType,
  type TypeDefinition,
  type TypeId,
} from "./types.js";

/** Where a type definition stands: what becomes of it besides its syntax. */
export interface Place {
  readonly scope: Scope;
  readonly id: TypeId;
  readonly name?: QName;
  readonly owner?: TypeDefinition["owner"];
  /** The definition that is redefined here: the base named like the type itself. */
  readonly original?: Declared<SimpleTypeSyntax | ComplexTypeSyntax> | undefined;
}

/** A type by id; undefined, with a diagnostic, when its definition goes in a circle. */
export function typeById(r: Resolution, id: TypeId): TypeDefinition | undefined {
  const declared = declaredAs(r, "types", id);
  if (declared === undefined) return r.types.get(id);
  return buildType(r, declared.syntax, {
    scope: declared.scope,
    id,
    name: declared.name,
    original: declared.original,
  });
}

/** Builds a type definition and keeps it under its id. */
function buildType(
  r: Resolution,
  syntax: SimpleTypeSyntax | ComplexTypeSyntax,
  place: Place,
): TypeDefinition | undefined {
  return guarded<TypeDefinition>(
    r,
    `type ${place.id}`,
    syntax.at,
    r.types.get(place.id),
    () => {
      const type =
        syntax.kind === "simpleType" ? simpleTypeFrom(r, syntax, place) : complexTypeFrom(r, syntax, place);
      if (type !== undefined) r.types.set(type.id, type);
      return type;
    },
    () => {
      fail(
        r,
        "circular-type",
        syntax.kind === "simpleType" ? "st-props-correct.2" : "ct-props-correct.3",
        `the type "${syntax.name ?? place.id}" is defined by itself`,
        syntax.at,
      );
      return undefined;
    },
  );
}

/** Builds an anonymous type; its id is made from its owner's, with a number where two places would share it. */
export function anonymousType(
  r: Resolution,
  syntax: SimpleTypeSyntax | ComplexTypeSyntax,
  scope: Scope,
  id: TypeId,
  owner: NonNullable<TypeDefinition["owner"]>,
): TypeDefinition | undefined {
  return buildType(r, syntax, { scope, id: reserve(r, id), owner });
}

/** Like {@link anonymousType}, later: an element needs no more than the id of its type. */
export function deferredType(
  r: Resolution,
  syntax: SimpleTypeSyntax | ComplexTypeSyntax,
  scope: Scope,
  id: TypeId,
  owner: NonNullable<TypeDefinition["owner"]>,
): TypeId {
  const free = reserve(r, id);
  r.deferred.push(() => buildType(r, syntax, { scope, id: free, owner }));
  return free;
}

function reserve(r: Resolution, id: TypeId): TypeId {
  let free = id;
  for (let count = 2; r.reserved.has(free); count++) free = `${id}~${count}`;
  r.reserved.add(free);
  return free;
}

/** The base that a derivation names; inside a redefinition of the same name that is the original. */
export function baseType(r: Resolution, ref: QNameRef, place: Place): TypeDefinition | undefined {
  const { original, name } = place;
  if (original !== undefined && name !== undefined && idOf(meantName(ref, place.scope)) === idOf(name)) {
    const id = `${place.id}/$base`;
    return buildType(r, original.syntax, {
      scope: original.scope,
      id,
      // Its own base may be redefined in turn.
      ...(original.original === undefined ? {} : { original: original.original }),
      name,
    });
  }
  const id = lookUp(r, "types", ref, place.scope, "needed");
  return id === undefined ? undefined : typeById(r, id);
}

/** The id of a type that a reference names: any type when it is unknown. */
export function referredType(r: Resolution, ref: QNameRef, scope: Scope): TypeId {
  return lookUp(r, "types", ref, scope) ?? anyTypeId;
}

/** The simple type that a reference names; undefined, with a diagnostic, when there is none. */
export function referredSimpleType(
  r: Resolution,
  ref: QNameRef,
  scope: Scope,
  clause: string,
): SimpleType | undefined {
  const id = lookUp(r, "types", ref, scope);
  if (id === undefined) return r.types.get(anySimpleTypeId) as SimpleType;
  const type = typeById(r, id);
  if (type === undefined || type.kind === "simple") return type;
  fail(r, "not-a-simple-type", clause, `"${written(ref)}" is not a simple type`, ref.at);
  return undefined;
}

/** What `final` says, the document's default included; only the methods that concern the kind of type. */
function finalOf(syntax: SimpleTypeSyntax | ComplexTypeSyntax, scope: Scope): readonly DerivationMethod[] {
  const concerned: readonly DerivationMethod[] =
    syntax.kind === "simpleType"
      ? ["extension", "restriction", "list", "union"]
      : ["extension", "restriction"];
  // A default reaches global and anonymous types alike, and says nothing about methods the type does not know.
  return (syntax.final ?? scope.document.finalDefault).filter((method) => concerned.includes(method));
}

/** The properties that simple and complex types share. */
export function commonOf(
  syntax: SimpleTypeSyntax | ComplexTypeSyntax,
  place: Place,
): Pick<
  ComplexType,
  "id" | "name" | "namespace" | "owner" | "final" | "fingerprint" | "documentation" | "span" | "extent"
> {
  const documentation = syntax.annotation?.documentation;
  const isOriginal = place.id.endsWith("/$base") && place.name !== undefined;
  return {
    id: place.id,
    ...(place.name === undefined || isOriginal ? {} : { name: place.name }),
    namespace: place.scope.namespace,
    ...(place.owner === undefined ? {} : { owner: place.owner }),
    ...(isOriginal && place.name !== undefined
      ? { owner: { kind: "type" as const, id: place.id.slice(0, -"/$base".length), local: place.name.local } }
      : {}),
    final: finalOf(syntax, place.scope),
    fingerprint: "",
    ...(documentation === undefined ? {} : { documentation }),
    span: syntax.at,
    extent: syntax.extent,
  };
}
