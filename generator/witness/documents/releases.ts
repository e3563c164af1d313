/** Two releases as they were compared, and either of them as the side on which documents are sought. */
import type { Change, DiffResult } from "../../diff/index.js";
import { matchNamespaces } from "../../diff/namespaces.js";
import type { Model, TypeId } from "../../model/types.js";
import { type Ways, waysInto } from "./access.js";
import type { Sampler } from "./sampler.js";

/** One release. */
export interface Side {
  readonly model: Model;
  readonly operations: readonly {
    readonly service: string;
    readonly name: string;
    readonly request: TypeId;
    readonly response: TypeId;
  }[];
  /** Types whose derived types are chosen by operation. */
  readonly slots: readonly TypeId[];
}

/** Two releases, as they were compared. */
export interface Releases {
  readonly before: Model;
  readonly after: Model;
  readonly operations: {
    readonly old: Side["operations"];
    readonly new: Side["operations"];
  };
  /** Old type ids by new ones, where the name changed. */
  readonly renamed: ReadonlyMap<TypeId, TypeId>;
  /** Namespaces that go on under another name: the new one and the old. */
  readonly moved: ReadonlyMap<string, string>;
  /** The older side under its own names. */
  readonly original: Model;
  /** How much may still be spent on all searches together, in elements and attributes that are validated. */
  readonly effort: { left: number };
}

/** For a comparison as a whole; a hundred changes need a tenth of it. */
const effort = 200_000;

/** What a search needs to know of a comparison. */
export function releasesOf(
  result: Pick<DiffResult, "changes" | "renamed">,
  before: Side,
  after: Side,
): Releases {
  const moved = result.changes.flatMap(({ rule, component, old }) =>
    rule === "namespace.changed" && old?.value !== undefined ? [[component.ns, old.value] as const] : [],
  );
  for (const { model, operations, slots } of [before, after]) {
    if (model === before.model && moved.length > 0) continue;
    waysInto(model, { slots, bodies: operations.flatMap(({ request, response }) => [request, response]) });
  }
  // Where a namespace has another name, the older side is compared under the newer name, and shown under its own.
  const mapped =
    moved.length === 0
      ? before.model
      : matchNamespaces({ model: before.model, operations: [] }, { model: after.model, operations: [] })
          .before;
  return {
    before: mapped,
    original: before.model,
    after: after.model,
    operations: { old: before.operations, new: after.operations },
    renamed: new Map(result.renamed),
    moved: new Map(moved),
    effort: { left: effort },
  };
}

/** A search for documents that one side accepts and the other does not. */
export interface Search {
  readonly side: "old" | "new";
  readonly model: Model;
  readonly other: Model;
  readonly ways: Ways;
  readonly sampler: Sampler;
  /** The local name of what changed, as the validator would say it. */
  readonly name: string;
  /** The change is about something in a type or an element, not about all of it. */
  readonly isMember: boolean;
  /** What the other side objects to in plain documents, by their root: found as it is asked for. */
  readonly usual: Map<string, ReadonlySet<string>>;
  /** How an id of the newer side is called here, and on the other side. */
  readonly here: (id: string) => string;
  readonly there: (id: string) => string;
  readonly releases: Releases;
}

/** The search on one side; what is called otherwise there is looked for under its own name. */
export function searchOn(side: "old" | "new", change: Change, releases: Releases): Search {
  const { before, after, renamed } = releases;
  const back = new Map([...renamed].map(([oldId, newId]) => [newId, oldId]));
  const toOld = (id: string): string => renamedId(id, back);
  const same = (id: string): string => id;
  const [model, other] = side === "old" ? [before, after] : [after, before];
  const ways = waysInto(model);
  const { component, formerly } = change;
  const path = (side === "old" ? (formerly ?? component) : component).path;
  const step = path.at(-1)?.replace(/^[@~#=]|\[\d+\]$/gu, "") ?? component.type;
  return {
    side,
    model,
    other,
    ways,
    sampler: ways.sampler,
    name: step,
    isMember: path.length > 0,
    usual: new Map(),
    here: side === "old" ? toOld : same,
    there: side === "old" ? same : toOld,
    releases,
  };
}

/** How an id, or that of something in it, is called under other names. */
export function renamedId(id: string, names: ReadonlyMap<TypeId, TypeId>): string {
  for (const [from, to] of names) {
    if (id === from || (id.startsWith(from) && "/=#".includes(id[from.length] ?? " ")))
      return to + id.slice(from.length);
  }
  return id;
}
