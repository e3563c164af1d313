/** Where a comparison stands, and what it may do there. */
import type { Span } from "../diagnostics.js";
import { XSD_NAMESPACE } from "../model/types.js";
import type { Model, SimpleType, TypeDefinition, TypeId } from "../model/types.js";
import type { Structure } from "./structure.js";
import type { ComponentPath, Effect, Fact, RuleId, Side } from "./types.js";

/** A declaration on one or both sides. */
export interface Place {
  readonly component: ComponentPath;
  readonly key: string;
  /** Documents without this declaration exist, so what happens below it concerns some messages only. */
  readonly optional?: boolean;
  readonly oldSpan?: Span;
  readonly newSpan?: Span;
  readonly oldExtent?: Span;
  readonly newExtent?: Span;
  /** What an effect is once it has passed through a list or union around the place. */
  readonly lift?: (effect: Effect) => Effect;
}

/** Two models being compared. */
export interface Comparison {
  readonly before: Model;
  readonly after: Model;
  readonly structure: Structure;
  readonly add: (rule: RuleId, place: Place, details?: FactDetails) => void;
  readonly compareTypeUse: (oldId: TypeId, newId: TypeId, place: Place) => void;
  /** What that would tell, for who tells it otherwise. */
  readonly factsOfTypeUse: (oldId: TypeId, newId: TypeId, place: Place) => readonly Fact[];
  /** What is written in another way and means the same is to be told, too. */
  readonly thorough: boolean;
  /** Documentation is to be compared, even where nothing else differs. */
  readonly docs: boolean;
  /** Does nothing unless documentation is to be compared. */
  readonly compareDocumentation: (old: Documented, current: Documented, place: Place) => void;
  readonly meaningOf: Structure["meaningOf"];
  /** The TypeScript type of a simple type, as text. */
  readonly scalarOf: (side: "old" | "new", type: SimpleType) => string;
  /** Whether what is read of an enumeration may be any value of its type: where operations tell reading from building. */
  readonly readsOpen: boolean;
}

/** A declaration that people may be told something about. */
export interface Documented {
  readonly documentation?: string;
  readonly span: Span;
}

/** Whether a type was declared in place, without a name. */
export function isAnonymous(type: TypeDefinition): boolean {
  return type.name === undefined;
}

/** The component that an id names: `{ns}owner/a/b` is the path a, b in the type owner. */
export function componentOf(id: string): ComponentPath {
  const brace = id.indexOf("}");
  const [first = "", ...path] = id.slice(brace + 1).split("/");
  const [, kind, name] = /^(element|attribute|group)::(.*)$/su.exec(first) ?? [];
  return {
    ns: id.slice(1, brace),
    type: name ?? first,
    path,
    ...(kind !== undefined && { kind: kind as NonNullable<ComponentPath["kind"]> }),
  };
}

/** What a comparison says beside rule and place; absent: as the row of the rule says. */
export interface FactDetails {
  readonly old?: Side;
  readonly new?: Side;
  readonly effect?: Effect;
  readonly valueChange?: boolean;
  readonly source?: NonNullable<Fact["source"]>;
  readonly tolerant?: NonNullable<Fact["tolerant"]>;
  readonly formerly?: ComponentPath;
  /** Keys of further declarations whose users it concerns. */
  readonly alsoAt?: readonly string[];
}

/** Old and new value as the sides of a fact. */
export function valueSides(
  before: string | undefined,
  after: string | undefined,
): { readonly old?: Side; readonly new?: Side } {
  return {
    ...(before !== undefined && { old: { value: before } }),
    ...(after !== undefined && { new: { value: after } }),
  };
}

/** A type id as reports show it: `xs:boolean`, the local name, or a word for what has none. */
export function displayType(id: string): string {
  const brace = id.indexOf("}");
  const local = id.slice(brace + 1);
  if (id.slice(1, brace) === XSD_NAMESPACE) return `xs:${local}`;
  return /[/:]/u.test(local) ? "(anonymous)" : local;
}
