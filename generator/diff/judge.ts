/**
 * From facts to judgements: one law for the wire, the rule's row for readers and for TypeScript, a policy for
 * the level.
 *
 * The law: an old request stays valid when nothing was taken away (equal, widening); an answer stays readable for a
 * validating reader when nothing was added (equal, narrowing).
 */
import { createHash } from "node:crypto";
import { findRule } from "./rules.js";
import type {
  Change,
  ComponentPath,
  Effect,
  Fact,
  Level,
  Reach,
  Rule,
  Side,
  SourceVerdicts,
  Verdict,
} from "./types.js";

/** Which verdicts decide the level of a change. */
export type Preset = "wire" | "wire-strict" | "source" | "source-strict" | "all" | "lenient-server";

export const presets: readonly Preset[] = [
  "wire",
  "wire-strict",
  "source",
  "source-strict",
  "all",
  "lenient-server",
];

export interface Policy {
  readonly preset: Preset;
  /** Overrules the reader that the preset assumes. */
  readonly reader?: "tolerant" | "strict";
}

type Verdicts = Change["verdicts"];

/** Old requests with a new server: fine as long as nothing was taken away. */
export const byRequest: Readonly<Record<Effect, Verdict>> = {
  equal: "safe",
  widening: "safe",
  narrowing: "breaking",
  overlap: "breaking",
  disjoint: "breaking",
  unknown: "dangerous",
};

/** New answers with an old, validating client: fine as long as nothing was added. */
export const byStrictResponse: Readonly<Record<Effect, Verdict>> = {
  ...byRequest,
  widening: "breaking",
  narrowing: "safe",
};

/**
 * The law for the wire. Where a message means something else than before (`valueChange`), nobody may rely on its being valid.
 */
export function wireVerdicts(
  effect: Effect,
  valueChange: boolean,
): { readonly request: Verdict; readonly strict: Verdict } {
  const consumed = valueChange ? "dangerous" : "safe";
  return {
    request: worst(byRequest[effect], consumed),
    strict: worst(byStrictResponse[effect], consumed),
  };
}

/** All verdicts of a rule, where nothing but the rule is known. */
export function verdictsOfRule(
  rule: Rule,
): Readonly<Record<"request" | "strict" | "tolerant" | "read" | "build" | "meta", Verdict | "by-case">> {
  const { effect, valueChange = false, tolerant, read, build, meta } = rule;
  const wire =
    effect === "by-case" ? ({ request: effect, strict: effect } as const) : wireVerdicts(effect, valueChange);
  return { ...wire, tolerant, read, build, meta };
}

/** Judges one fact where it is reached. */
export function judge(
  fact: Fact,
  reach: readonly Reach[],
  policy: Policy,
  context: { readonly guess?: boolean; readonly since?: string } = {},
): Change {
  const verdicts = verdictsOf(fact, directionsOf(reach));
  return {
    ...fact,
    id: changeId(fact),
    verdicts,
    level: levelOf(fact, verdicts, policy),
    reach,
    ...(context.since !== undefined && { since: context.since }),
    ...(context.guess === true && { guess: true }),
  };
}

interface Directions {
  readonly request: boolean;
  readonly response: boolean;
}

/** Without operations every type may travel both ways. */
function directionsOf(reach: readonly Reach[]): Directions {
  return {
    request: reach.some(({ dir }) => dir === "request"),
    response: reach.some(({ dir }) => dir === "response"),
  };
}

function verdictsOf(fact: Fact, directions: Directions): Verdicts {
  const rule = findRule(fact.rule);
  if (rule === undefined) throw new Error(`no rule "${fact.rule}" in the table`);
  const wire = wireVerdicts(fact.effect, fact.valueChange);
  const own = (column: keyof SourceVerdicts): Verdict =>
    fact.source?.[column] ?? (rule[column] === "by-case" ? "dangerous" : rule[column]);
  const tolerant = fact.tolerant ?? (rule.tolerant === "by-case" ? "dangerous" : rule.tolerant);
  return {
    request: { wire: directions.request ? wire.request : "none" },
    response: {
      strict: directions.response ? wire.strict : "none",
      tolerant: directions.response ? worst(tolerant, fact.valueChange ? "dangerous" : "safe") : "none",
    },
    ts: {
      read: directions.response || rule.exported === true ? own("read") : "none",
      build: directions.request || rule.exported === true ? own("build") : "none",
      meta: directions.request || directions.response || rule.exported === true ? own("meta") : "none",
    },
  };
}

const ranks: Readonly<Record<Verdict, number>> = { none: 0, safe: 1, dangerous: 2, breaking: 3 };

/** The worse of several verdicts. */
export function worst(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (ranks[a] >= ranks[b] ? a : b), "none");
}

/** How a policy reads answers. */
export function readerOf({ preset, reader }: Policy): "tolerant" | "strict" {
  return reader ?? (preset === "wire-strict" || preset === "all" ? "strict" : "tolerant");
}

function levelOf(fact: Fact, verdicts: Verdicts, policy: Policy): Level {
  const rule = findRule(fact.rule);
  if (rule?.tags[0] === "doc") return "docs";
  if (rule?.refactoring === true) return "info";
  if (rule?.level !== undefined) return rule.level;
  const { preset } = policy;
  const reader = readerOf(policy);
  const { request, response, ts } = verdicts;
  const wire = [
    preset === "lenient-server" && request.wire === "breaking" ? "dangerous" : request.wire,
    response[reader],
  ] as const;
  const source = preset === "wire" || preset === "wire-strict" ? [] : [ts.read, ts.build];
  const meta = preset === "source-strict" || preset === "all" ? [ts.meta] : [];
  const verdict = worst(...wire, ...source, ...meta);
  return verdict === "none" ? "info" : verdict;
}

/** Twelve hexadecimal digits that stay when lines move and words change. */
function changeId(fact: Fact): string {
  const meaning = [fact.rule, fact.component, identityOf(fact.old), identityOf(fact.new)];
  return createHash("sha256").update(JSON.stringify(meaning)).digest("hex").slice(0, 12);
}

/** A side without its position and its count of children, which other changes move. */
function identityOf(side: Side | undefined): unknown {
  if (side === undefined) return null;
  return [side.type ?? null, side.min ?? null, side.max ?? null, side.value ?? null];
}

/** A component as one line: `meet:enableOptionsType/enableEvent` with the given prefix, `element(meet:root)/a`. */
export function componentText(component: ComponentPath, prefix: string): string {
  const { kind, type, path } = component;
  if (kind === "namespace") return `namespace ${component.ns}`;
  if (kind === "file" || kind === "note") return type;
  const name = prefix === "" ? type : `${prefix}:${type}`;
  const head = kind === undefined || kind === "operation" ? name : `${kind}(${name})`;
  return [head, ...path].join("/").replace(/\/([=~#])/gu, "$1");
}

/** The class of the step between two releases in SemVer's terms, for the generated package. */
export function semverOf(changes: readonly Change[]): "major" | "minor" | "patch" | "none" {
  const counted = changes.filter(
    (change) => change.suppressed === undefined || change.suppressed.as !== undefined,
  );
  if (counted.length === 0) return "none";
  const breaks = counted.some(
    ({ verdicts, suppressed }) =>
      suppressed?.as === undefined &&
      [verdicts.request.wire, verdicts.ts.read, verdicts.ts.build].includes("breaking"),
  );
  if (breaks) return "major";
  // Notes change nothing in the package but what it says, except that a code joins those that it knows.
  const adds = counted.some(
    ({ level, component, rule }) =>
      level !== "docs" && level !== "info" && (component.kind !== "note" || rule === "errorcode.added"),
  );
  return adds ? "minor" : "patch";
}
