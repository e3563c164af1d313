/** What is known about types and members, as the text of their comments. */
import type { Builtin } from "../../templates/runtime/descriptor.js";
import { isBuiltin } from "../model/builtins.js";
import { typeOf } from "../model/query.js";
import type { Facets, SimpleType, TypeDefinition, TypeId } from "../model/types.js";
import { describeLimits, tsdoc, type DocParts } from "./docs.js";
import { simpleType, type Plan } from "./plan.js";
import { builtinOf, type Place } from "./scalars.js";
import type { At } from "./scope.js";
import { presetText } from "./values.js";

/** What stands above the declaration of a type. */
export function typeDocs(at: At, type: TypeDefinition): string {
  const { input } = at.plan;
  const notes: string[] = [];
  if (at.mode === "read" && at.plan.hasReadForm(type.id) && type.kind === "complex") {
    notes.push(`\`${input.names.type(type.id)}\` as it is read.`);
  }
  const typeSince = input.since(type.id);
  const values =
    type.kind === "simple"
      ? (type.facets.enumeration ?? []).flatMap(({ value, documentation }) => {
          const own = input.since(`${type.id}=${value}`);
          // What came with its type says nothing by saying so again.
          const since = own === typeSince ? undefined : own;
          if (documentation === undefined && since === undefined) return [];
          return [
            { value, ...(documentation && { text: documentation }), ...(since !== undefined && { since }) },
          ];
        })
      : [];
  // What a global element says is all that is said about its anonymous type.
  const owner = type.owner?.kind === "element" ? at.plan.model.elements[type.owner.id] : undefined;
  return tsdoc({
    summary: type.documentation ?? owner?.documentation,
    limits: type.kind === "simple" ? limitsOf(at.plan, type.id) : [],
    values,
    notes,
    remarks: input.remarks(type.id),
    since: typeSince,
  });
}

/** What stands above a property. */
export function memberDocs(at: At, owner: TypeId, key: string, parts: DocParts): string {
  const { input } = at.plan;
  const since = input.since(key);
  return tsdoc({
    ...parts,
    remarks: input.remarks(key),
    since: since === input.since(owner) ? undefined : since,
  });
}

/** A default or fixed value as it stands at a place. */
export function presetAt(plan: Plan, id: TypeId, place: Place, text: string | undefined): string | undefined {
  return typeOf(plan.model, id)?.kind === "simple"
    ? presetText(plan, simpleType(plan.model, id), place, text)
    : text;
}

/** What a simple type allows at a place beyond what TypeScript says of it: which texts, and what its facets leave of them. */
export function limitsOf(plan: Plan, id: TypeId, place?: Place): readonly string[] {
  const type = typeOf(plan.model, id);
  if (type?.kind !== "simple" || type.facets.enumeration !== undefined) return [];
  const form = formOf(plan, type, place);
  return [...(form === undefined ? [] : [form]), ...(isBuiltin(id) ? [] : ownLimits(plan, type))];
}

/** Texts that stand for something else, and how they are written. */
const forms: Readonly<Partial<Record<Builtin, readonly [what: string, example: string]>>> = {
  decimal: ["A decimal number", "12.50"],
  dateTime: ["A date and time", "2021-06-15T10:00:00Z"],
  dateTimeStamp: ["A date and time", "2021-06-15T10:00:00Z"],
  date: ["A date", "2021-06-15"],
  time: ["A time of day", "10:00:00"],
  gYearMonth: ["A month of a year", "2021-06"],
  gYear: ["A year", "2021"],
  gMonthDay: ["A day of each year", "--06-15"],
  gMonth: ["A month of each year", "--06"],
  gDay: ["A day of each month", "---15"],
  duration: ["A duration", "PT1H30M"],
  dayTimeDuration: ["A duration", "PT1H30M"],
  yearMonthDuration: ["A duration", "P1Y6M"],
};

/** `A date like \`2021-06-15\`.` for what is a string to TypeScript. */
function formOf(plan: Plan, type: SimpleType, place: Place | undefined): string | undefined {
  if (type.variety !== "atomic" || plan.scalars.representation(type, place) !== "string") return undefined;
  const [what, example] = forms[builtinOf(type)] ?? [];
  if (what === undefined || example === undefined) return undefined;
  const { patterns, fractionDigits = 2, explicitTimezone: zone } = type.facets;
  const usual = type.builtin === undefined ? undefined : simpleType(plan.model, type.builtin).facets.patterns;
  // What the facets ask for is said beside it; an example must not contradict them.
  if (patterns?.length !== usual?.length || isBeyond(type, Number(example))) return `${what}.`;
  const shown =
    builtinOf(type) === "decimal"
      ? (["12", "12.5"][fractionDigits] ?? example)
      : zone === "required" && !example.endsWith("Z")
        ? `${example}Z`
        : zone === "prohibited"
          ? example.replace("Z", "")
          : example;
  return `${what} like \u0001${shown}\u0001.`;
}

/** Whether a number is out of the bounds of a type; NaN never is. */
function isBeyond({ facets }: SimpleType, number: number): boolean {
  const { minInclusive, minExclusive = minInclusive, maxInclusive, maxExclusive = maxInclusive } = facets;
  return number < Number(minExclusive) || number > Number(maxExclusive);
}

/** What the facets allow, beyond what the built-in type does. */
function ownLimits(plan: Plan, type: SimpleType): readonly string[] {
  const builtin: Facets = type.builtin === undefined ? {} : simpleType(plan.model, type.builtin).facets;
  const inherited = new Set((builtin.patterns ?? []).map((alternatives) => alternatives.join("\0")));
  const { patterns, ...rest } = type.facets;
  const own: Facets = Object.fromEntries(
    Object.entries(rest).filter(
      ([name, value]) => (builtin as Readonly<Record<string, unknown>>)[name] !== value,
    ),
  );
  // Of a count with one end of its own the other end is told, too: for TypeScript it is any number.
  const { minInclusive, minExclusive, maxInclusive, maxExclusive } = own;
  const ends = {
    ...((maxInclusive ?? maxExclusive) !== undefined &&
      minExclusive === undefined &&
      isNearZero(builtin.minInclusive) && { minInclusive: builtin.minInclusive }),
    ...((minInclusive ?? minExclusive) !== undefined &&
      maxExclusive === undefined &&
      isNearZero(builtin.maxInclusive) && { maxInclusive: builtin.maxInclusive }),
  };
  const left = patterns?.filter((alternatives) => !inherited.has(alternatives.join("\0")));
  const isBinary = /^(?:hex|base64)Binary$/u.test(builtinOf(type));
  const unit = type.variety !== "atomic" ? "item" : isBinary ? "byte" : "character";
  return describeLimits({ ...ends, ...own, ...(left && { patterns: left }) }, unit);
}

/** Whether a bound is one that a reader has in mind, as of `xs:positiveInteger`; those of `xs:int` are of the machine. */
function isNearZero(bound: string | undefined): bound is string {
  return bound !== undefined && /^(?:-1|0|1)$/u.test(bound);
}
