/** Effective facets: what one step states, laid over what its base has (Part 2, clause 4.3). */
import type { FacetName, FacetSyntax } from "../schema/types.js";
import type { Scope } from "./symbols.js";
import { applicableFacets } from "./builtins.js";
import { checkFacets, type FacetValue } from "./constraints/facets.js";
import { contextOf, fail, type Resolution } from "./resolution.js";
import type { EnumerationValue, Facets, SimpleType } from "./types.js";
import { expandedText, namespacesIn } from "./preset.js";
import { builtinOf, parseValue } from "./values.js";
import { compilePattern } from "../../templates/runtime/pattern.js";
import { collapse } from "../../templates/runtime/lexical.js";

/** What {@link composeFacets} gives: the members of a simple type that facets decide. */
export type Composed = Pick<SimpleType, "facets" | "ownFacets"> & { readonly assertions?: readonly string[] };

/** Lays the facets of a restriction over those of its base; mistakes go to the report and are left out. */
export function composeFacets(
  r: Resolution,
  syntax: readonly FacetSyntax[],
  base: SimpleType,
  scope: Scope,
): Composed {
  const own = readFacets(r, syntax, base);
  checkFacets(r, own, base);
  const patterns = own.filter(({ facet }) => facet === "pattern").map(({ value }) => value);
  const enumeration = enumerationOf(r, syntax, base, scope);
  const single: Partial<Record<FacetName, string>> = {};
  for (const { facet, value } of own) single[facet] = value;
  const inherited = { ...base.facets };
  // A tighter bound of the other kind takes the place of the base's.
  if (single.maxExclusive !== undefined || single.maxInclusive !== undefined) {
    delete inherited.maxInclusive;
    delete inherited.maxExclusive;
  }
  if (single.minExclusive !== undefined || single.minInclusive !== undefined) {
    delete inherited.minInclusive;
    delete inherited.minExclusive;
  }
  const fixed = [
    ...new Set([
      ...(base.facets.fixed ?? []),
      ...own.filter((facet) => facet.fixed).map((facet) => facet.facet as string),
    ]),
  ];
  const facets: Facets = {
    ...inherited,
    ...numbers(single),
    ...(patterns.length === 0 ? {} : { patterns: [...(base.facets.patterns ?? []), patterns] }),
    ...(enumeration.length === 0 ? {} : { enumeration }),
    ...pick(single),
    ...(fixed.length === 0 ? {} : { fixed }),
  };
  const assertions = syntax.filter(({ facet }) => facet === "assertion").map(({ value }) => value);
  for (const { facet, at } of syntax) {
    if (facet !== "assertion") continue;
    r.report.add({
      code: "assertion-not-checked",
      severity: "warning",
      message: "an assertion of XSD 1.1 is kept, but not checked",
      at,
    });
  }
  return {
    facets,
    ownFacets: [
      ...new Set(own.map(({ facet }) => facet as string).concat(enumeration.length > 0 ? "enumeration" : [])),
    ],
    ...(assertions.length === 0 ? {} : { assertions: [...(base.assertions ?? []), ...assertions] }),
  };
}

function numbers(single: Partial<Record<FacetName, string>>): Facets {
  const result: Record<string, number> = {};
  for (const name of ["length", "minLength", "maxLength", "totalDigits", "fractionDigits"] as const) {
    const value = single[name];
    if (value !== undefined) result[name] = Number(value);
  }
  return result;
}

function pick(single: Partial<Record<FacetName, string>>): Facets {
  const result: Record<string, string> = {};
  for (const name of [
    "whiteSpace",
    "maxInclusive",
    "maxExclusive",
    "minInclusive",
    "minExclusive",
    "explicitTimezone",
  ] as const) {
    const value = single[name];
    if (value !== undefined) result[name] = value;
  }
  return result;
}

/** Facets other than enumeration and assertion, their values normalised and lexically right. */
function readFacets(r: Resolution, syntax: readonly FacetSyntax[], base: SimpleType): readonly FacetValue[] {
  const applicable = applicableFacets(base);
  const own: FacetValue[] = [];
  const seen = new Set<FacetName>();
  for (const { facet, value, fixed, at } of syntax) {
    if (facet === "assertion") continue;
    if (!applicable.has(facet)) {
      fail(
        r,
        "facet-not-applicable",
        "cos-applicable-facets",
        `the facet ${facet} does not apply to ${base.variety === "atomic" ? `xs:${builtinOf(base)}` : `a ${base.variety} type`}`,
        at,
      );
      continue;
    }
    if (facet === "enumeration") continue;
    // The reader reports a facet stated twice; the first counts.
    if (seen.has(facet) && facet !== "pattern") continue;
    seen.add(facet);
    const normal = normalValue(facet, value, base, r);
    const plain = facet === "pattern" && "problem" in normal ? withoutNeedlessEscapes(value) : value;
    if (plain !== value && !("problem" in normalValue(facet, plain, base, r))) {
      const escapes = new Set(value.match(anyEscape)?.filter(isNeedless));
      const message = `"${value}" has ${[...escapes].join(" and ")}, which patterns do not know`;
      fail(r, "unknown-escape", "pattern-value", message, at);
      if (r.tolerate.has("unknown-escape")) own.push({ facet, value: plain, fixed, at });
      continue;
    }
    if ("problem" in normal) {
      fail(
        r,
        "invalid-facet-value",
        normal.clause,
        `"${value}" is no value for the facet ${facet}: ${normal.problem}`,
        at,
      );
      continue;
    }
    own.push({ facet, value: normal.text, fixed, at });
  }
  return own;
}

const anyEscape = /\\[^]/gu;

/** Whether a backslash stands before a character that stands for itself. */
const isNeedless = (escape: string): boolean => /^\\[^\p{L}\p{N}\\|.?*+(){}[\]^-]/u.test(escape);

const withoutNeedlessEscapes = (pattern: string): string =>
  pattern.replace(anyEscape, (escape) => (isNeedless(escape) ? escape.slice(1) : escape));

function normalValue(
  facet: FacetName,
  value: string,
  base: SimpleType,
  r: Resolution,
): { readonly text: string } | { readonly problem: string; readonly clause: string } {
  const text = collapse(value, "collapse");
  const clause = `${facet}-value`;
  switch (facet) {
    case "length":
    case "minLength":
    case "maxLength":
    case "fractionDigits":
      return /^(\+?[0-9]+|-0+)$/.test(text)
        ? { text: withoutSign(text) }
        : { problem: "it must be a non-negative integer", clause };
    case "totalDigits":
      return /^\+?0*[1-9][0-9]*$/.test(text)
        ? { text: withoutSign(text) }
        : { problem: "it must be a positive integer", clause };
    case "whiteSpace":
      return text === "preserve" || text === "replace" || text === "collapse"
        ? { text }
        : { problem: "it must be preserve, replace or collapse", clause };
    case "explicitTimezone":
      return text === "required" || text === "prohibited" || text === "optional"
        ? { text }
        : { problem: "it must be required, prohibited or optional", clause };
    case "maxInclusive":
    case "maxExclusive":
    case "minInclusive":
    case "minExclusive": {
      // The value is one of the base's primitive type; how it lies to the base's bounds is checked apart.
      const primitive = r.types.get(base.primitive ?? "") ?? base;
      const plain = primitive.kind === "simple" ? primitive : base;
      const parsed = parseValue(plain, value, contextOf(r));
      return "problem" in parsed
        ? { problem: parsed.problem, clause: `${facet}-valid-restriction` }
        : { text: parsed.normalized };
    }
    case "pattern": {
      const pattern = compilePattern(value, { version: r.version });
      return "problem" in pattern
        ? { problem: `${pattern.problem} (at character ${pattern.at + 1})`, clause: "pattern-value" }
        : { text: value };
    }
    default:
      return { text: value };
  }
}

function withoutSign(text: string): string {
  return text.replace(/^[+-]/, "").replace(/^0+(?=[0-9])/, "");
}

function enumerationOf(
  r: Resolution,
  syntax: readonly FacetSyntax[],
  base: SimpleType,
  scope: Scope,
): readonly EnumerationValue[] {
  const values: EnumerationValue[] = [];
  if (!applicableFacets(base).has("enumeration")) return values;
  for (const { facet, value, at, annotation, namespaces } of syntax) {
    if (facet !== "enumeration") continue;
    const parsed = parseValue(base, value, { ...contextOf(r), namespaces: namespacesIn(namespaces, scope) });
    if ("problem" in parsed) {
      fail(
        r,
        "invalid-enumeration-value",
        "enumeration-valid-restriction",
        `the enumeration value "${value}" is not valid for the base type: ${parsed.problem}`,
        at,
      );
      continue;
    }
    const text = expandedText(parsed.value, parsed.normalized);
    if (base.primitive?.endsWith("}NOTATION") === true && !r.symbols.notations.has(text)) {
      fail(r, "unknown-notation-reference", "enumeration-valid-restriction", `no notation "${value}"`, at);
      continue;
    }
    const documentation = annotation?.documentation;
    values.push({ value: text, ...(documentation === undefined ? {} : { documentation }), span: at });
  }
  return values;
}
