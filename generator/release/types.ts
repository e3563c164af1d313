/**
 * What is known about a release beside its schema: the vendor's release notes as data, and its place in the history.
 *
 * One `release.yaml` a release ({@link ReleaseNotes}), one `family.yaml` ({@link FamilyNotes}) and one
 * `exceptions.yaml` ({@link ExceptionCatalogue}) a family of releases; all three have a published JSON Schema.
 */
import type { Span } from "../diagnostics.js";

export type { Remark } from "../remark.js";

/** Which message of an operation is meant. */
export type NoteDirection = "request" | "response" | "both";

/**
 * What a note concerns. Without `in`, a path starts at the request or response type of each operation; with it, at
 * a named type or global element (`prefix:local`).
 */
export interface Target {
  /** Operation names as in the schema (`getUser`, or `user.getUser` where that is ambiguous); `*` alone: all. */
  readonly operations: readonly string[];
  readonly direction: NoteDirection;
  readonly in?: string;
  /** Element names joined by `/`; may end in `/@attribute` or `=enumeration value`. */
  readonly paths: readonly string[];
}

/** What must hold for a note to apply; all conditions of an entry must hold together. */
export interface Condition {
  readonly kind: "feature" | "setting" | "role" | "licence" | "deployment" | "data" | "other";
  /** One of these names is enough. Empty: the text says it all. */
  readonly anyOf: readonly string[];
  /** The value it must have, such as `on`. */
  readonly is?: string;
  readonly text?: string;
}

interface Entry {
  /** JSON pointer into the file, for positions ({@link Noted.positions}). */
  readonly pointer: string;
  readonly when: readonly Condition[];
  /** The release it came with. In release notes their own; in family notes often an older one, or unknown. */
  readonly release?: string;
}

/** What a statement about the schema rests on. */
export type Confidence = "printed" | "named" | "guessed";

/** A documented change of the schema. */
export interface SchemaChange extends Entry, Target {
  readonly change: "added" | "removed" | "changed" | "deprecated";
  /** The component with the prefix of its namespace: `site:isWebexTelephony`, `@id`, `=VALUE`; the name of an operation. */
  readonly element: string;
  /** It is about an operation as a whole, and names no path. */
  readonly ofOperation?: true;
  /** `xsd:boolean`, `com:entryExitToneType`, or `group` for an element with children of its own. */
  readonly type?: string;
  /** The type was read off a printed value, off name and prose only, or guessed. */
  readonly confidence: Confidence;
  /** Where it stands among its siblings. */
  readonly after?: string;
  readonly before?: string;
  readonly occurs?: string;
  /** Values that are documented, of an enumeration or as a sample. */
  readonly values: readonly string[];
  /** Something of it is our guess. */
  readonly guess: boolean;
  /** What of it; empty: not said. */
  readonly guessed: Guess["guessed"];
  readonly text?: string;
}

/** Another behaviour of the service with the same schema. */
export interface BehaviourChange extends Entry, Target {
  readonly text: string;
  /** The precondition is the news: the remark says who or what is required. */
  readonly kind: "behaviour" | "precondition" | "deprecated" | "guess";
}

/** An error code that a service answers with. */
export interface ExceptionNote extends Entry, Target {
  readonly code: string;
  /** What the service prints; may change without notice. */
  readonly reason?: string;
  /** How far `reason` can be trusted to be what is on the wire. */
  readonly reasonFrom?: "quoted" | "translated" | "prose";
  /** What it means, in our words. */
  readonly meaning: string;
  /** What a caller can do. */
  readonly remedy?: string;
}

/** Something that ends: an old version, an address. */
export interface Retirement extends Entry, Target {
  readonly subject: string;
  readonly stage: "announced" | "removed";
  readonly replacement?: string;
  readonly text: string;
}

/** Where the notes are wrong or contradict themselves, and what is right. */
export interface Correction extends Entry, Target {
  readonly kind: "spelling" | "case" | "joined" | "place" | "order" | "value" | "sample" | "wording" | "gap";
  readonly notes: string;
  readonly wire?: string;
  readonly text: string;
}

/** A place in the schema that no source states. */
export interface Guess extends Entry, Target {
  readonly guessed: readonly ("type" | "parent" | "order" | "values" | "content" | "name")[];
  readonly text: string;
}

export interface NoteSource {
  readonly title: string;
  readonly url?: string;
  readonly language?: string;
  readonly text?: string;
}

interface Noted {
  /** Path of the file that says it, as it is shown to the user. */
  readonly file: string;
  /** JSON pointer to the place of that value in the file. */
  readonly positions: ReadonlyMap<string, Span>;
}

/** `release.yaml`. */
export interface ReleaseNotes extends Noted {
  readonly release: string;
  readonly title?: string;
  readonly summary?: string;
  readonly sources: readonly NoteSource[];
  /** The schema of this release was rebuilt from documentation, it is not the vendor's file. */
  readonly reconstructed: boolean;
  /** Whether the vendor offered the schema for download. */
  readonly download: "offered" | "not-offered" | "unknown";
  /** What the notes say about the schema. */
  readonly schema: "changed" | "unchanged" | "unstated";
  readonly changes: readonly SchemaChange[];
  readonly behaviour: readonly BehaviourChange[];
  readonly exceptions: readonly ExceptionNote[];
  readonly retirements: readonly Retirement[];
  readonly corrections: readonly Correction[];
  readonly guesses: readonly Guess[];
}

/** `family.yaml`: what holds for all releases, or came before the first. */
export interface FamilyNotes extends Noted {
  readonly family: string;
  readonly title?: string;
  readonly sources: readonly NoteSource[];
  readonly behaviour: readonly BehaviourChange[];
  readonly retirements: readonly Retirement[];
  readonly corrections: readonly Correction[];
  /** Operations that documentation names and nothing describes. */
  readonly undescribed: readonly UndescribedOperation[];
}

export interface UndescribedOperation extends Entry {
  readonly name: string;
  readonly service?: string;
  readonly text: string;
}

/** `exceptions.yaml`: error codes that no single release of the family brought. */
export interface ExceptionCatalogue extends Noted {
  readonly family: string;
  readonly exceptions: readonly ExceptionNote[];
}

/** Everything that notes say about a family, releases in their order. */
export interface Notes {
  /** Oldest first. */
  readonly releases: readonly ReleaseNotes[];
  readonly family?: FamilyNotes;
  readonly exceptions?: ExceptionCatalogue;
}

/** Unbroken presence of a component, as indices into {@link History.releases}, both inclusive. */
export type Run = readonly [first: number, last: number];

/** When a component was there. */
export interface Lifetime {
  readonly kind:
    "type" | "element" | "attribute" | "value" | "global-element" | "global-attribute" | "operation";
  readonly key: string;
  readonly runs: readonly Run[];
}

/**
 * Which component exists in which release. Keys are those of remarks (a type id, `<type id>/<element>`,
 * `<type id>/@<attribute>`, `<type id>=<value>`, `operation:<service>.<name>`), and `element:{uri}local` and
 * `attribute:{uri}local` for global declarations.
 */
export interface History {
  readonly releases: readonly string[];
  /** By key, in order of first appearance. */
  readonly lifetimes: ReadonlyMap<string, Lifetime>;
  /** What namespaces of a release are called in keys: as in the last release that goes on with them. Those that keep their name are not here. */
  readonly namespaces: readonly ReadonlyMap<string, string>[];
}
