/**
 * Changes between two releases: facts (what differs, and what that does to the set of valid documents)
 * and judgements (whom it breaks). Reports see these types and nothing else of this room.
 */
import type { Span } from "../diagnostics.js";
import type { Model } from "../model/types.js";
import type { ReleaseNotes } from "../release/types.js";
import type { Operation } from "../service/types.js";

/** What a change does to the set of valid documents, old to new. */
export type Effect = "equal" | "widening" | "narrowing" | "overlap" | "disjoint" | "unknown";

/** How bad a change is for one kind of user. */
export type Verdict = "safe" | "dangerous" | "breaking" | "none";

/** The worst verdict over the axes that a policy looks at; `docs` and `info` are quieter than `safe`. */
export type Level = "breaking" | "dangerous" | "safe" | "docs" | "info";

/** Where a change is: the declaration, not each place that reaches it. */
export interface ComponentPath {
  readonly ns: string;
  /** Local name of the owning named type, or of the global element, attribute or group; "" for the namespace itself. */
  readonly type: string;
  /**
   * Element names from the type down (`name[2]` for the second of a name), `@name` for an attribute, `=value` for an
   * enumeration value, `*` for a wildcard, `#name` for an identity constraint, `~name` for a substitute.
   */
  readonly path: readonly string[];
  /** What `type` names when it is no type. */
  readonly kind?:
    "element" | "attribute" | "group" | "operation" | "namespace" | "notation" | "file" | "note";
}

/** One side of a change, in words and numbers that a report can show. */
export interface Side {
  readonly type?: string;
  readonly min?: number;
  readonly max?: number | "unbounded";
  readonly value?: string;
  readonly position?: Position;
  /** How many components lie below, when they are not listed. */
  readonly children?: number;
}

/** Where a child stands among its siblings. */
export interface Position {
  readonly after?: string;
  readonly before?: string;
  readonly index: number;
  readonly last: boolean;
}

/** One difference between two matched components. No opinion yet. */
export interface Fact {
  readonly rule: RuleId;
  readonly component: ComponentPath;
  /** The key in model terms (`<type id>/<element>`), for history and remarks. */
  readonly key: string;
  /** Keys of further owners that have the component by a group. */
  readonly alsoAt?: readonly string[];
  readonly old?: Side;
  readonly new?: Side;
  readonly effect: Effect;
  /** Some document is valid on both sides and means another value. */
  readonly valueChange: boolean;
  /** Whether only documents that use the content concerned are affected. */
  readonly conditional: boolean;
  readonly oldSpan?: Span;
  readonly newSpan?: Span;
  readonly oldExtent?: Span;
  readonly newExtent?: Span;
  /** For a rename or move: where it was. */
  readonly formerly?: ComponentPath;
  /** For a rename or move: the keys under which documents must have it, in the old and in the new release. */
  readonly demandedAt?: { readonly old?: string; readonly new?: string };
  /** For a proposed rename or move: how sure, from 0 to 1, and why. */
  readonly evidence?: { readonly score: number; readonly reasons: readonly string[] };
  /** What release notes say; words, no part of the meaning. */
  readonly note?: string;
  /** Whom it reaches, where no declaration tells. */
  readonly reaches?: readonly Reach[];
  /** Verdicts on TypeScript code where the rule's row leaves them to the case. */
  readonly source?: Partial<SourceVerdicts>;
  /** For a tolerant reader, where the rule's row leaves it to the case. */
  readonly tolerant?: Verdict;
}

export interface SourceVerdicts {
  /** Code that reads values. */
  readonly read: Verdict;
  /** Code that builds values. */
  readonly build: Verdict;
  /** Code about the type itself: `Record<keyof T, ...>`, exhaustive switches. */
  readonly meta: Verdict;
}

/** A fact, judged and placed. */
export interface Change extends Fact {
  /** Twelve hexadecimal digits from rule, component and both sides: stable under moved lines and reworded texts. */
  readonly id: string;
  readonly level: Level;
  readonly verdicts: {
    readonly request: { readonly wire: Verdict };
    readonly response: { readonly strict: Verdict; readonly tolerant: Verdict };
    readonly ts: SourceVerdicts;
  };
  /** Operations reached, shortest path each; without operations the global elements. */
  readonly reach: readonly Reach[];
  readonly since?: string;
  readonly guess?: boolean;
  readonly suppressed?: { readonly reason: string; readonly as?: Level };
  /** Shows what breaks; absent where nothing does, or where nobody asked. */
  readonly witness?: Witness;
}

/** What shows that a change breaks something: a document for the wire, code for TypeScript. */
export interface Witness {
  /** A smallest document that one side accepts and the other does not. */
  readonly xml?: string;
  readonly validIn?: "old" | "new";
  /** What the other side objects to, as the validator says it. */
  readonly objection?: string;
  /** Why there is no document. */
  readonly none?: string;
  readonly code?: readonly CodeWitness[];
}

/** A module that compiles against the older release and not against the newer one. */
export interface CodeWitness {
  /** What kind of code it is: it reads values, builds them, or lists all that a type has. */
  readonly use: "read" | "build" | "list";
  /** TypeScript; imports are relative to the folder of a release. */
  readonly source: string;
}

export interface Reach {
  /** `*`: the envelope around every operation. */
  readonly op: string;
  readonly dir: "request" | "response";
  readonly path: string;
  /** The release notes name this operation and direction for the change; absent when no notes do. */
  readonly documented?: boolean;
}

/** Hierarchical and dotted: a suppression may name a prefix. The table in rules.ts lists them all. */
export type RuleId = string;

/** One row of the rule table. */
export interface Rule {
  readonly id: RuleId;
  /** One line: what changed. */
  readonly title: string;
  /** The local effect, or `by-case` where the comparison decides. */
  readonly effect: Effect | "by-case";
  /** For a reader that ignores what it does not know (T1 to T10 in the documentation). */
  readonly tolerant: Verdict | "by-case";
  readonly read: Verdict | "by-case";
  readonly build: Verdict | "by-case";
  readonly meta: Verdict | "by-case";
  /** The rule that the reverse change gives. */
  readonly inverse: RuleId;
  /** A change in what the same bytes mean. */
  readonly valueChange?: true;
  /** About a name that code imports: it concerns code even where no message reaches it. */
  readonly exported?: true;
  /** What no document shows: the level, whatever the policy. */
  readonly level?: Level;
  /** Nothing in the meaning: always of the level `info`. */
  readonly refactoring?: true;
  readonly tags: readonly string[];
  /** Why it matters, who is hit, what to do: two to four sentences. */
  readonly explanation: string;
}

/** A release as notes are held against it. */
export interface NotedRelease {
  readonly model: Model;
  readonly operations: readonly Operation[];
}

/** How one documented change fared. */
export interface ReconciledNote {
  /** The release whose notes say it. */
  readonly release: string;
  /** As the notes write it: `site:isWebexTelephony`. */
  readonly element: string;
  readonly outcome:
    "found" | "missing" | "name-differs" | "place-differs" | "release-differs" | "type-differs";
  /** What the schema has instead. */
  readonly instead?: string;
  /** Ids of the findings that it documents. */
  readonly findings: readonly string[];
}

export interface Reconciliation {
  readonly notes: readonly ReconciledNote[];
  /** Facts to be judged with the others. */
  readonly facts: readonly Fact[];
  /** Whether notes name an operation and direction for a change. */
  readonly isDocumented: (change: Pick<Change, "id" | "rule">, op: string, dir: Reach["dir"]) => boolean;
}

/** What to hold against what. */
export interface ReconcileInput {
  readonly before: NotedRelease;
  readonly after: NotedRelease;
  /** Judged changes of the schema, with their reach. */
  readonly changes: readonly Change[];
  /** Notes of the releases after the older up to the newer. */
  readonly notes: readonly ReleaseNotes[];
  /** Further releases of the family, for telling which one has what is not here. */
  readonly others?: readonly NotedRelease[];
}
