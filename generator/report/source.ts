/** What a report needs beside the result of a comparison: where source lines are, and what is known about a release. */
import type { Report, Span } from "../diagnostics.js";
import type { Change, DiffResult, Level, Side } from "../diff/index.js";
import { componentText, findRule } from "../diff/index.js";
import { plural } from "../terminal.js";

/** One comparison, ready to be printed in any format. */
export interface ReportInput {
  readonly result: DiffResult;
  /** Texts of the older and the newer bundle, for lines and columns. */
  readonly texts: {
    readonly old: Pick<Report, "locate" | "textOf">;
    readonly new: Pick<Report, "locate" | "textOf">;
  };
  /** How a file of a bundle is written in this repository: `xsd/2.1.0/common/common.xsd`. */
  readonly paths: { readonly old: (file: string) => string; readonly new: (file: string) => string };
  /** The bundle was rebuilt from documentation: every report says so in its header. */
  readonly reconstructed: boolean;
  /** Sentences about the newer release from its notes. */
  readonly notes?: readonly string[];
  /** Hidden levels are counted, not listed. */
  readonly show: (level: Level) => boolean;
  /** A text report lists no more findings than this; absent: all. */
  readonly most?: number;
}

/** A place in a source file as a report names it. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where a change stands in the files of both sides, for links and messages. */
export function sourceOf(
  change: Change,
  input: ReportInput,
): { readonly old?: SourceLine; readonly new?: SourceLine } {
  const line = (span: Span | undefined, side: "old" | "new"): SourceLine | undefined => {
    const place = span && input.texts[side].locate(span);
    return span && place
      ? { file: input.paths[side](span.file), line: place.line, column: place.column }
      : undefined;
  };
  const [old, current] = [line(change.oldSpan, "old"), line(change.newSpan, "new")];
  return { ...(old && { old }), ...(current && { new: current }) };
}

/** The prefix of a namespace, by the newer side where it has one. */
export function prefixIn(result: DiffResult): (ns: string) => string {
  return (ns) => result.to.prefixes[ns] ?? result.from.prefixes[ns] ?? "";
}

/** A component as readers write it: `meet:enableOptionsType/enableEvent`. */
export function nameOf(change: Change, result: DiffResult): string {
  return componentText(change.component, prefixIn(result)(change.component.ns));
}

export { signOf } from "../diff/index.js";

/** The rest of the line: type, cardinality, place, or what it was and is. Plain text, not escaped. */
export function detailOf(change: Change): string {
  const { old, new: current } = change;
  if (change.component.kind === "note") return noteDetail(change);
  if (change.evidence !== undefined) {
    return `was ${formerName(change)} (${Math.round(change.evidence.score * 100)} % sure: ${change.evidence.reasons.join(", ")})`;
  }
  if (change.rule.startsWith("element.reordered")) return `${standing(old)} → ${standing(current)}`;
  const isOneSided = (old === undefined) !== (current === undefined);
  const one = (side: NonNullable<typeof old>): string => {
    const parts: string[] = [];
    if (side.type !== undefined && !(isAnonymous(side.type) && side.children !== undefined))
      parts.push(shortType(side.type));
    // One branch of a choice is neither required nor behind another.
    const isBranch = change.rule.startsWith("group.choice.branch") && side.min === 1 && side.max === 1;
    if (side.min !== undefined && !isBranch) parts.push(occurrence(side.min, side.max));
    // The name of an enumeration value, or of a member, ends with it; that of a namespace or a file is it.
    const { kind, ns, type, path } = change.component;
    const isNamed =
      ["=", "~"].some((sign) => path.at(-1) === `${sign}${side.value ?? ""}`) ||
      (kind === "namespace" && side.value === ns) ||
      (kind === "file" && side.value === type);
    if (side.value !== undefined && !(isOneSided && isNamed)) parts.push(side.value);
    const beside = side.position?.after ?? side.position?.before;
    if (isBranch && beside !== undefined) parts.push(`beside ${beside}`);
    else if (side.position?.after !== undefined) parts.push(`after ${side.position.after}`);
    else if (side.position?.before !== undefined) parts.push(`before ${side.position.before}`);
    if (side.children !== undefined && side.children > 0)
      parts.push(`with ${plural(side.children, "component")} below`);
    return parts.join(", ");
  };
  if (old !== undefined && current !== undefined) {
    const [was, is] = [one(withoutPlace(old)), one(withoutPlace(current))];
    return was === is ? "" : `${was || "nothing"} → ${is || "nothing"}`;
  }
  const side = current ?? old;
  return side === undefined ? "" : one(side);
}

/** What was renamed or moved, as it was called; with its owner where that is another one now. */
function formerName({ component, formerly, old }: Change): string {
  if (formerly === undefined) return old?.value ?? "";
  const [was, is] = [formerly, component].map(({ kind, ns, type, path }) =>
    JSON.stringify([kind, ns, type, path.slice(0, -1)]),
  );
  const isMember = component.path.length > 0 && formerly.path.length > 0;
  return isMember && was !== is ? [formerly.type, ...formerly.path].join("/") : (old?.value ?? "");
}

/** Between which neighbours something stands. */
function standing(side: Side | undefined): string {
  const { after, before } = side?.position ?? {};
  if (after === undefined) return before === undefined ? "alone" : `first, before ${before}`;
  return before === undefined ? `last, after ${after}` : `between ${after} and ${before}`;
}

/** What notes say, and what the schema has instead. */
function noteDetail({ rule, old, new: current, note }: Change): string {
  const place = rule.startsWith("note.") && old?.value !== undefined ? `documented at ${old.value}` : "";
  const instead =
    rule.startsWith("note.") && current?.value !== undefined ? `the schema has ${current.value}` : "";
  return [place, instead, note ?? ""].filter((part) => part !== "").join("; ");
}

function withoutPlace({ type, min, max, value }: Side): Side {
  return {
    ...(type !== undefined && { type }),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(value !== undefined && { value }),
  };
}

const isAnonymous = (type: string): boolean => type === "(anonymous)";

function shortType(type: string): string {
  if (isAnonymous(type)) return "a type of its own";
  return type.startsWith("{") ? type.slice(type.indexOf("}") + 1) : type;
}

function occurrence(min: number, max: number | "unbounded" | undefined): string {
  if (max === undefined || max === 1) return min === 0 ? "optional" : "required";
  return `${min}..${max === "unbounded" ? "*" : max}`;
}

/** The level that a change counts as. */
export function shownLevel(change: Change): Level {
  return change.suppressed?.as ?? change.level;
}

/** Whether a suppression leaves a change out altogether. */
export function isIgnored(change: Change): boolean {
  return change.suppressed !== undefined && change.suppressed.as === undefined;
}

/** Levels, the worst first. */
export const levelOrder: readonly Level[] = ["breaking", "dangerous", "safe", "docs", "info"];

/**
 * Operations that a change reaches, in words: `GetUser response, SetUser request`. Where notes name some of them, those
 * come first, and the others are said to be beyond the notes.
 */
export function reachText(change: Change, most: number): string {
  const named = change.reach.filter(({ documented }) => documented === true);
  const others = change.reach.filter(({ documented }) => documented !== true);
  const list = (entries: Change["reach"], room: number): string => {
    const shown = entries
      .slice(0, room)
      .map(({ op, dir }) => `${op === "*" ? "every operation's" : op} ${dir}`)
      .join(", ");
    return entries.length > room ? `${shown} and ${entries.length - room} more` : shown;
  };
  if (named.length === 0) return list(others, most);
  if (others.length === 0) return list(named, most);
  const room = Math.min(named.length, Math.max(1, most - 1));
  return `${list(named, room)}; beyond the notes: ${list(others, Math.max(1, most - room))}`;
}

/** Why it matters, from the rule. */
export function whyOf(change: Change): string {
  return findRule(change.rule)?.explanation ?? "";
}

/** What a change is called: the title of its rule. */
export function titleOf(change: Change): string {
  return findRule(change.rule)?.title ?? change.rule;
}
