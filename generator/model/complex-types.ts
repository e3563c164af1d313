/** Complex type definitions: effective content and attributes by every route (Part 1, clause 3.4.2). */
import type { Span } from "../diagnostics.js";
import type { AttributesSyntax, ComplexContentSyntax, ComplexTypeSyntax } from "../schema/types.js";
import {
  attributeGroupById,
  attributeSet,
  checkDistinct,
  checkExpressible,
  type AttributeSet,
} from "./attributes.js";
import { anySimpleTypeId, anyTypeId } from "./builtins.js";
import { isEmptiable } from "./constraints/occurrence.js";
import { blockOf } from "./elements.js";
import { composeFacets } from "./facets.js";
import { countOf, measured, particleFrom } from "./particles.js";
import { countParts, fail, lookUp, type Resolution } from "./resolution.js";
import { varietyOf } from "./simple-types.js";
import { anonymousType, baseType, commonOf, type Place } from "./type-definitions.js";
import {
  idOf,
  type AttributeUse,
  type ComplexType,
  type Content,
  type GroupParticle,
  type Particle,
  type SimpleType,
  type TypeDefinition,
  type Wildcard,
} from "./types.js";
import { uniteWildcards, wildcardFrom } from "./wildcard.js";

/** The complex type that an `xs:complexType` means. */
export function complexTypeFrom(
  r: Resolution,
  syntax: ComplexTypeSyntax,
  place: Place,
): ComplexType | undefined {
  const { content } = syntax;
  switch (content.kind) {
    case "implicit":
      return withElements(r, syntax, place, content, r.types.get(anyTypeId) as ComplexType, "restriction");
    case "complexContent": {
      const base = complexBase(r, content, place);
      return base === undefined ? undefined : withElements(r, syntax, place, content, base, content.method);
    }
    case "simpleContent":
      return withText(r, syntax, place, content);
  }
}

type Route<K> = Extract<ComplexContentSyntax, { kind: K }>;

function complexBase(r: Resolution, content: Route<"complexContent">, place: Place): ComplexType | undefined {
  const base = baseType(r, content.base, place);
  if (base === undefined) return undefined;
  if (base.kind === "complex") {
    if (r.strict && r.version === "1.1" && base.content.kind === "simple") {
      fail(
        r,
        "complex-content-of-simple-content",
        "src-ct.1",
        `"${content.base.local}" has simple content, so it cannot be the base of complexContent`,
        content.base.at,
        { hint: "use xs:simpleContent" },
      );
    }
    return base;
  }
  fail(
    r,
    "not-a-complex-type",
    "src-ct.1",
    `"${content.base.local}" is a simple type, so it cannot be the base of complexContent`,
    content.base.at,
    { hint: "use xs:simpleContent" },
  );
  return undefined;
}

function checkFinal(
  r: Resolution,
  base: TypeDefinition,
  method: "extension" | "restriction",
  syntax: ComplexTypeSyntax,
): void {
  if (!base.final.includes(method)) return;
  fail(
    r,
    "final-type-derived",
    method === "extension"
      ? base.kind === "simple"
        ? "ct-props-correct.1"
        : "cos-ct-extends.1.1"
      : "derivation-ok-restriction.1",
    `the base type is final for ${method}`,
    syntax.at,
    { related: [{ message: "the base type", at: base.span }] },
  );
}

/** What all routes share. */
function frame(
  r: Resolution,
  syntax: ComplexTypeSyntax,
  place: Place,
  base: TypeDefinition,
  derivation: "extension" | "restriction",
  content: Content,
): ComplexType {
  checkFinal(r, base, derivation, syntax);
  const { assertions } = syntax.content;
  const [first] = assertions;
  if (first !== undefined) {
    r.report.add({
      code: "assertion-not-checked",
      severity: "warning",
      message: "an assertion of XSD 1.1 is kept, but not checked",
      at: first.at,
    });
  }
  const inherited = base.kind === "complex" ? (base.assertions ?? []) : [];
  const all = [...inherited, ...assertions.map(({ test }) => test)];
  const type: ComplexType = {
    kind: "complex",
    ...commonOf(syntax, place),
    base: base.id,
    derivation,
    abstract: syntax.abstract,
    block: blockOf(syntax, place.scope).filter((method) => method !== "substitution"),
    content,
    ...attributesOf(r, syntax, place, base, derivation),
    ...(all.length === 0 ? {} : { assertions: all }),
  };
  const particles = content.kind === "elements" ? countOf(content.particle) : 0;
  if (!countParts(r, type.attributes.length + particles, syntax.at)) return type;
  checkDistinct(r, type.attributes, "ct-props-correct");
  return type;
}

// ---------------------------------------------------------------------------------------------------------------
// Attributes
// ---------------------------------------------------------------------------------------------------------------

function attributesOf(
  r: Resolution,
  syntax: ComplexTypeSyntax,
  place: Place,
  base: TypeDefinition,
  derivation: "extension" | "restriction",
): { readonly attributes: readonly AttributeUse[]; readonly anyAttribute?: Wildcard } {
  const stated = statedAttributes(r, syntax, place);
  const inherited = base.kind === "complex" ? base : undefined;
  if (derivation === "extension") {
    let wildcard = stated.wildcard;
    if (inherited?.anyAttribute !== undefined) {
      wildcard =
        wildcard === undefined ? inherited.anyAttribute : uniteWildcards(wildcard, inherited.anyAttribute);
      if (stated.wildcard !== undefined) {
        checkExpressible(r, { ...wildcard, span: stated.wildcard.span }, "src-ct.5");
      }
    }
    return {
      attributes: [...(inherited?.attributes ?? []), ...stated.uses],
      ...(wildcard === undefined ? {} : { anyAttribute: wildcard }),
    };
  }
  const own = new Map(stated.uses.map((use) => [idOf(use.name), use]));
  const attributes: AttributeUse[] = [];
  for (const use of inherited?.attributes ?? []) {
    const name = idOf(use.name);
    if (stated.prohibited.has(name)) continue;
    attributes.push(own.get(name) ?? use);
    own.delete(name);
  }
  const kept = new Set(attributes);
  const added = stated.uses.filter((use) => !kept.has(use));
  return {
    attributes: [...attributes, ...added],
    ...(stated.wildcard === undefined ? {} : { anyAttribute: stated.wildcard }),
  };
}

/** Inside a restriction of a type other than anyType, declarations may be of other namespaces (XSD 1.1). */
function restrictsOwnType(content: ComplexContentSyntax): boolean {
  return content.kind !== "implicit" && content.method === "restriction" && idOf(content.base) !== anyTypeId;
}

function statedAttributes(r: Resolution, syntax: ComplexTypeSyntax, place: Place): AttributeSet {
  const content: AttributesSyntax = syntax.content;
  const restricts = restrictsOwnType(syntax.content);
  const set = attributeSet(r, content, { id: place.id, scope: place.scope, restricts });
  const defaults = place.scope.document.defaultAttributes;
  if (defaults === undefined || syntax.defaultAttributesApply === false) return set;
  const id = lookUp(r, "attributeGroups", defaults, place.scope);
  const group = id === undefined ? undefined : attributeGroupById(r, id);
  if (group === undefined) return set;
  const wildcard = set.wildcard ?? group.anyAttribute;
  return {
    uses: [...set.uses, ...group.attributes.map((use) => ({ ...use, declaredIn: place.id }))],
    prohibited: set.prohibited,
    ...(wildcard === undefined ? {} : { wildcard }),
  };
}

// ---------------------------------------------------------------------------------------------------------------
// Element content
// ---------------------------------------------------------------------------------------------------------------

function withElements(
  r: Resolution,
  syntax: ComplexTypeSyntax,
  place: Place,
  content: Route<"implicit"> | Route<"complexContent">,
  base: ComplexType,
  method: "extension" | "restriction",
): ComplexType {
  const mixed = (content.kind === "complexContent" ? content.mixed : undefined) ?? syntax.mixed;
  const own = explicitParticle(r, content, place);
  const effective = method === "extension" ? extended(r, syntax, base, own, mixed) : restricted(own, mixed);
  return frame(r, syntax, place, base, method, withOpenContent(r, content, effective, { ...place, base }));
}

/** The particle as stated; none for empty groups (clause 3.4.2, "effective content" 2.1). */
function explicitParticle(
  r: Resolution,
  content: Route<"implicit"> | Route<"complexContent">,
  place: Place,
): Particle | undefined {
  if (content.particle === undefined) return undefined;
  const particle = particleFrom(r, content.particle, {
    id: place.id,
    scope: place.scope,
    restricts: restrictsOwnType(content),
  });
  if (particle === undefined) return undefined;
  if (particle.kind === "element" || particle.kind === "any" || particle.particles.length > 0)
    return particle;
  // An empty choice lets nothing pass, unless it need not occur.
  return particle.kind === "choice" && particle.min > 0 ? particle : undefined;
}

function restricted(own: Particle | undefined, mixed: boolean): Content {
  if (own === undefined) return mixed ? { kind: "elements", mixed } : { kind: "empty" };
  return { kind: "elements", mixed, particle: own, own };
}

function extended(
  r: Resolution,
  syntax: ComplexTypeSyntax,
  base: ComplexType,
  own: Particle | undefined,
  mixed: boolean,
): Content {
  const inherited = base.content;
  const contradicts = (problem: string, clause: string): void => {
    fail(r, "content-kind-mismatch", clause, problem, syntax.at, {
      related: [{ message: "the base type", at: base.span }],
    });
  };
  if (inherited.kind === "empty") return restricted(own, mixed);
  if (inherited.kind === "simple") {
    if (own !== undefined || mixed) {
      contradicts("elements cannot be added to a base type with simple content", "cos-ct-extends.1.4");
    }
    return inherited;
  }
  // Nothing stated: the base's content, its mixedness included.
  if (own === undefined && !mixed) {
    const { own: _, ...same } = inherited;
    return same;
  }
  if (mixed !== inherited.mixed) {
    contradicts(
      mixed
        ? "mixed content cannot extend a base type that allows elements only"
        : "content of elements only cannot extend a base type with mixed content",
      "cos-ct-extends.1.4.3.2.2.1",
    );
  }
  if (own === undefined) {
    const { own: _, ...same } = inherited;
    return same;
  }
  const { particle } = inherited;
  if (particle === undefined) return { ...inherited, mixed: inherited.mixed, particle: own, own };
  return { ...inherited, particle: joined(r, particle, own), own };
}

/** The base's particle, then the own one; in XSD 1.1 two all-groups become one. */
function joined(r: Resolution, base: Particle, own: Particle): GroupParticle {
  const span = own.span;
  if (r.version === "1.1" && base.kind === "all" && own.kind === "all" && base.min === own.min) {
    return measured({ ...base, particles: [...base.particles, ...own.particles], span });
  }
  return measured({ kind: "sequence", min: 1, max: 1, particles: [base, own], span });
}

function withOpenContent(
  r: Resolution,
  syntax: Route<"implicit"> | Route<"complexContent">,
  content: Content,
  place: Place & { readonly base: ComplexType },
): Content {
  const { openContent } = syntax;
  if (openContent === undefined || openContent.mode === "none" || openContent.wildcard === undefined) {
    return content;
  }
  if (content.kind === "simple") return content;
  const { mode } = openContent;
  const wildcard = wildcardFrom(r, openContent.wildcard, place.scope);
  // What an extension takes over stays open (Part 1 of XSD 1.1, 3.4.2.3.3, clause 6.2).
  const inherited = content.kind === "elements" ? content.open : undefined;
  if (inherited?.mode === "interleave" && mode === "suffix") {
    fail(
      r,
      "open-content-narrowed",
      "cos-ct-extends.1.4.3.2.2.3",
      "open content at the end extends a base type whose content is open everywhere",
      openContent.wildcard.at,
      { related: [{ message: "the base type", at: place.base.span }] },
    );
  }
  const open = {
    mode,
    wildcard: inherited === undefined ? wildcard : uniteWildcards(wildcard, inherited.wildcard),
  };
  reportOpenContent(r, openContent.wildcard.at);
  return content.kind === "empty" ? { kind: "elements", mixed: false, open } : { ...content, open };
}

/** Said once for each open content that is written; a default stands for many types. */
function reportOpenContent({ report }: Resolution, at: Span): void {
  const code = "open-content-untyped";
  if (
    report.diagnostics.some(
      (other) => other.code === code && other.at?.file === at.file && other.at.start === at.start,
    )
  )
    return;
  report.add({
    code,
    severity: "warning",
    message: "open content (XSD 1.1) has no place in the types: what it lets in is kept in $unknown",
    at,
  });
}

// ---------------------------------------------------------------------------------------------------------------
// Simple content
// ---------------------------------------------------------------------------------------------------------------

function withText(
  r: Resolution,
  syntax: ComplexTypeSyntax,
  place: Place,
  content: Route<"simpleContent">,
): ComplexType | undefined {
  const base = baseType(r, content.base, place);
  if (base === undefined) return undefined;
  const text = content.method === "extension" ? extendedText(base) : restrictedText(r, content, base, place);
  if (text === undefined) {
    fail(
      r,
      "no-simple-content",
      "src-ct.2",
      content.method === "extension"
        ? `"${content.base.local}" has no simple content to extend`
        : `"${content.base.local}" has no simple content to restrict`,
      content.base.at,
      base.kind === "complex" && content.method === "restriction" && isMixedEmptiable(base)
        ? { hint: "mixed content can be restricted to text by an xs:simpleType inside xs:restriction" }
        : {},
    );
    return undefined;
  }
  return frame(r, syntax, place, base, content.method, { kind: "simple", type: text });
}

function extendedText(base: TypeDefinition): string | undefined {
  if (base.kind === "simple") return base.id;
  return base.content.kind === "simple" ? base.content.type : undefined;
}

function isMixedEmptiable(base: ComplexType): boolean {
  const { content } = base;
  return (
    content.kind === "elements" &&
    content.mixed &&
    (content.particle === undefined || isEmptiable(content.particle))
  );
}

function restrictedText(
  r: Resolution,
  content: Route<"simpleContent">,
  base: TypeDefinition,
  place: Place,
): string | undefined {
  if (base.kind === "simple") return undefined;
  const isText = base.content.kind === "simple";
  if (!isText && (!isMixedEmptiable(base) || content.inlineBase === undefined)) return undefined;
  let from: SimpleType | undefined;
  if (content.inlineBase !== undefined) {
    const owner = { kind: "type", id: place.id, local: "base" } as const;
    const inline = anonymousType(r, content.inlineBase, place.scope, `${place.id}/$base`, owner);
    from = inline?.kind === "simple" ? inline : undefined;
    if (from !== undefined && base.content.kind === "simple")
      checkTextRestriction(r, from, base.content.type, content);
  } else if (base.content.kind === "simple") {
    const inherited = r.types.get(base.content.type);
    from = inherited?.kind === "simple" ? inherited : undefined;
  }
  if (from === undefined) return undefined;
  if (content.facets.length === 0) return from.id;
  const id = `${place.id}/$value`;
  const type: SimpleType = {
    kind: "simple",
    id,
    namespace: place.scope.namespace,
    owner: { kind: "type", id: place.id, local: "value" },
    base: from.id,
    final: [],
    fingerprint: "",
    ...varietyOf(from),
    ...composeFacets(r, content.facets, from, place.scope),
    span: content.at,
    extent: content.at,
  };
  r.types.set(id, type);
  return id;
}

/** The simple type inside a restriction must derive from the base's (derivation-ok-restriction 5.1.2.1). */
function checkTextRestriction(
  r: Resolution,
  type: SimpleType,
  base: string,
  content: Route<"simpleContent">,
): void {
  let next: TypeDefinition | undefined = type;
  while (next !== undefined && next.id !== base && next.id !== anyTypeId) next = r.types.get(next.base);
  if (next?.id === base || base === anySimpleTypeId) return;
  const target = r.types.get(base);
  if (target?.kind === "simple" && target.variety === "union" && target.members?.includes(type.id) === true)
    return;
  fail(
    r,
    "content-not-a-restriction",
    "derivation-ok-restriction.5.2.2.1",
    "the simple type of the content does not derive from that of the base type",
    content.inlineBase?.at ?? content.at,
  );
}
