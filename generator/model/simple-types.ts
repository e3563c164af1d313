/** Simple type definitions: restriction, list, union (Part 1, clause 3.14). */
import type { Span } from "../diagnostics.js";
import type { SimpleTypeSyntax } from "../schema/types.js";
import { anyAtomicTypeId, anySimpleTypeId } from "./builtins.js";
import { composeFacets } from "./facets.js";
import { countParts, fail, type Resolution } from "./resolution.js";
import { anonymousType, baseType, commonOf, referredSimpleType, type Place } from "./type-definitions.js";
import type { SimpleType, TypeId } from "./types.js";

/** The simple type that an `xs:simpleType` means. */
export function simpleTypeFrom(
  r: Resolution,
  syntax: SimpleTypeSyntax,
  place: Place,
): SimpleType | undefined {
  switch (syntax.derivation.kind) {
    case "restriction":
      return restriction(r, syntax, syntax.derivation, place);
    case "list":
      return list(r, syntax, syntax.derivation, place);
    case "union":
      return union(r, syntax, syntax.derivation, place);
  }
}

type Derivation<K> = Extract<SimpleTypeSyntax["derivation"], { kind: K }>;

function restriction(
  r: Resolution,
  syntax: SimpleTypeSyntax,
  derivation: Derivation<"restriction">,
  place: Place,
): SimpleType | undefined {
  const base = simpleBase(r, derivation, place);
  if (base === undefined) return undefined;
  if (base.id === anySimpleTypeId || base.id === anyAtomicTypeId) {
    fail(
      r,
      "restriction-of-any-simple-type",
      "cos-st-restricts.1.1",
      "a simple type cannot restrict xs:anySimpleType itself",
      derivation.at,
      { hint: "restrict a built-in type such as xs:string" },
    );
  }
  if (base.final.includes("restriction")) {
    fail(
      r,
      "final-type-derived",
      base.variety === "atomic" ? "cos-st-restricts.1.2" : "st-props-correct.3",
      "the base type is final for restriction",
      derivation.at,
      { related: [{ message: "the base type", at: base.span }] },
    );
  }
  return {
    kind: "simple",
    ...commonOf(syntax, place),
    base: base.id,
    ...varietyOf(base),
    ...composeFacets(r, derivation.facets, base, place.scope),
  };
}

function simpleBase(
  r: Resolution,
  derivation: Derivation<"restriction">,
  place: Place,
): SimpleType | undefined {
  if (derivation.inlineBase !== undefined) {
    const owner = { kind: "type", id: place.id, local: "base" } as const;
    const base = anonymousType(r, derivation.inlineBase, place.scope, `${place.id}/$base`, owner);
    return base?.kind === "simple" ? base : undefined;
  }
  if (derivation.base === undefined) return undefined;
  const base = baseType(r, derivation.base, place);
  if (base === undefined || base.kind === "simple") return base;
  fail(
    r,
    "not-a-simple-type",
    "st-props-correct.1",
    `a simple type cannot restrict the complex type "${derivation.base.local}"`,
    derivation.base.at,
  );
  return undefined;
}

/** What a restriction takes over from its base. */
export function varietyOf(
  base: SimpleType,
): Pick<SimpleType, "variety" | "primitive" | "builtin" | "item" | "members"> {
  return {
    variety: base.variety,
    ...(base.primitive === undefined ? {} : { primitive: base.primitive }),
    ...(base.builtin === undefined ? {} : { builtin: base.builtin }),
    ...(base.item === undefined ? {} : { item: base.item }),
    ...(base.members === undefined ? {} : { members: base.members }),
  };
}

function list(
  r: Resolution,
  syntax: SimpleTypeSyntax,
  derivation: Derivation<"list">,
  place: Place,
): SimpleType | undefined {
  let item: SimpleType | undefined;
  if (derivation.inlineItem !== undefined) {
    const owner = { kind: "type", id: place.id, local: "item" } as const;
    const type = anonymousType(r, derivation.inlineItem, place.scope, `${place.id}/$item`, owner);
    item = type?.kind === "simple" ? type : undefined;
  } else if (derivation.item !== undefined) {
    item = referredSimpleType(r, derivation.item, place.scope, "src-resolve");
  }
  if (item === undefined) return undefined;
  checkOrdinary(r, item, "the items of a list", "cos-st-restricts.2.1", derivation.at);
  if (!mayBeItem(r, item)) {
    fail(r, "list-of-lists", "cos-st-restricts.2.1", "the items of a list cannot be lists", derivation.at);
  }
  if (item.final.includes("list")) {
    fail(
      r,
      "final-type-derived",
      "cos-st-restricts.2.3.1.1",
      "the item type is final for lists",
      derivation.at,
      {
        related: [{ message: "the item type", at: item.span }],
      },
    );
  }
  return {
    kind: "simple",
    ...commonOf(syntax, place),
    base: anySimpleTypeId,
    variety: "list",
    item: item.id,
    facets: { whiteSpace: "collapse", fixed: ["whiteSpace"] },
    ownFacets: [],
  };
}

/** xs:anyAtomicType (XSD 1.1) is a base of other types and nothing else; 1.0 allows xs:anySimpleType here. */
function checkOrdinary(r: Resolution, { id }: SimpleType, place: string, clause: string, at: Span): void {
  if (id === anyAtomicTypeId)
    fail(r, "use-of-any-atomic-type", clause, `${place} cannot be of the type xs:anyAtomicType itself`, at);
}

/** An item type is atomic, or a union of such types. */
function mayBeItem(r: Resolution, type: SimpleType): boolean {
  if (type.variety === "list") return false;
  return (type.members ?? []).every((id) => {
    const member = r.types.get(id);
    return member?.kind !== "simple" || mayBeItem(r, member);
  });
}

function union(
  r: Resolution,
  syntax: SimpleTypeSyntax,
  derivation: Derivation<"union">,
  place: Place,
): SimpleType | undefined {
  const members: SimpleType[] = [];
  for (const ref of derivation.members) {
    const member = referredSimpleType(r, ref, place.scope, "src-resolve");
    if (member !== undefined) members.push(member);
  }
  derivation.inlineMembers.forEach((inline, index) => {
    const local = `member${index + 1}`;
    const owner = { kind: "type", id: place.id, local } as const;
    const member = anonymousType(r, inline, place.scope, `${place.id}/$${local}`, owner);
    if (member?.kind === "simple") members.push(member);
  });
  for (const member of members) {
    checkOrdinary(r, member, "members of a union", "cos-st-restricts.3.1", derivation.at);
    if (!member.final.includes("union")) continue;
    fail(
      r,
      "final-type-derived",
      "cos-st-restricts.3.3.1.1",
      "a member type is final for unions",
      derivation.at,
      {
        related: [{ message: "the member type", at: member.span }],
      },
    );
  }
  const flat = new Set<TypeId>();
  for (const member of members) {
    // A restricted union keeps its own limits, which its members alone do not carry.
    const { patterns, enumeration } = member.facets;
    if (member.variety === "union" && patterns === undefined && enumeration === undefined) {
      if (!countParts(r, member.members?.length ?? 0, derivation.at)) break;
      for (const id of member.members ?? []) flat.add(id);
    } else {
      flat.add(member.id);
    }
  }
  return {
    kind: "simple",
    ...commonOf(syntax, place),
    base: anySimpleTypeId,
    variety: "union",
    members: [...flat],
    facets: {},
    ownFacets: [],
  };
}
