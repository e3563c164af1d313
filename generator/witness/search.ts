/**
 * Witnesses: for a change that breaks on the wire, a smallest document that is valid on one side and not on the other.
 *
 * Documents are made around the declaration concerned, simplest first, and the validator judges each against both
 * schemas. Of those that tell the sides apart, the one is taken where the other side objects to nothing but the change.
 */
import { createReport } from "../diagnostics.js";
import type { Change, DiffResult } from "../diff/index.js";
import { createContentLanguage, type Letter as Word } from "../diff/content-language.js";
import { matchNamespaces } from "../diff/namespaces.js";
import { normalise } from "../diff/normal.js";
import { accepts, compareSorts, samplesOf } from "../diff/values.js";
import { anyTypeId, isBuiltin } from "../model/builtins.js";
import {
  derivedTypes,
  leavesOf,
  nameOfId,
  selectableTypes,
  simpleTypeOf,
  substitutesOf,
  typeOf,
  usesType,
  wildcardAdmits,
} from "../model/query.js";
import type {
  AttributeUse,
  ComplexType,
  ElementParticle,
  IdentityConstraint,
  Model,
  Particle,
  QName,
  SimpleType,
  TypeId,
  Wildcard,
} from "../model/types.js";
import { validateDocument } from "../validate/document.js";
import { far, waysInto, type Access, type Ways } from "./access.js";
import { freeNamespace, holds, type Leaf, type Letter, type Sampler } from "./sampler.js";
import { idAttributes, withTargets } from "./references.js";
import { prepareSpecimen, printSpecimen, sizeOf, type Body, type Specimen } from "./specimen.js";

/** A document that one side accepts and the other does not. */
export interface DocumentWitness {
  readonly xml: string;
  readonly validIn: "old" | "new";
  /** What the other side objects to. */
  readonly objection: string;
}

/** Why there is no document. */
export interface NoWitness {
  readonly none: string;
}

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

/** So many documents are tried for one change. */
const most = 600;

/** For a comparison as a whole; a hundred changes need a tenth of it. */
const effort = 200_000;

/** Whether a change breaks somebody on the wire, so that a document can show it. */
export function wantsWitness({ effect, reach, verdicts }: Change): boolean {
  const { request, response } = verdicts;
  return effect !== "equal" && reach.length > 0 && (request.wire !== "safe" || response.strict !== "safe");
}

/** Finds a witness for a change that wants one. */
export function findWitness(change: Change, releases: Releases): DocumentWitness | NoWitness {
  if (/assertion|^type\.alternative/u.test(change.rule)) {
    return { none: "conditions in XPath are kept and compared, and not evaluated" };
  }
  if (change.component.kind === "note") return { none: "no schema tells of it" };
  const sides: readonly ("old" | "new")[] =
    change.effect === "widening" ? ["new"] : change.effect === "narrowing" ? ["old"] : ["old", "new"];
  if (change.rule === "namespace.changed") return namespaceWitness(change, releases);
  if (releases.effort.left <= 0) return { none: "so many findings come before it that none was looked for" };
  let best: Judged | undefined;
  let tried = 0;
  for (const side of sides) {
    const search = searchOn(side, change, releases);
    for (const root of candidates(search, change)) {
      if (tried++ >= most * sides.length || releases.effort.left <= 0) break;
      const judged = judge(search, root) ?? judgeReferring(search, root);
      if (judged === undefined) continue;
      if (best === undefined || isBetter(judged, best)) best = judged;
      if (judged.rank === 0 && judged.objections === 1) break;
    }
    if (best !== undefined && best.rank < 2) break;
  }
  const [side] = sides;
  if (
    best === undefined &&
    side !== undefined &&
    isWithoutCarrier(searchOn(side, change, releases), change)
  ) {
    return { none: `no element of the ${side === "old" ? "older" : "newer"} release has what it tells by` };
  }
  if (best === undefined && change.effect === "unknown") {
    return { none: "whether any document is concerned cannot be decided" };
  }
  if (best === undefined) {
    return {
      none: tried === 0 ? "no document of the schema holds it" : `none was found among ${tried} documents`,
    };
  }
  const { root, search, objection } = shrink(best);
  const shown = search.side === "old" ? inNamespaces(root, releases) : root;
  return { xml: printSpecimen(shown, [search.model, search.other]), validIn: search.side, objection };
}

/** Any document of a namespace is valid under one of its names only. */
function namespaceWitness(change: Change, releases: Releases): DocumentWitness | NoWitness {
  const search = searchOn("old", change, releases);
  for (const root of candidates(search, change)) {
    if (issuesIn(search.model, root, [search.model]).issues.length > 0) continue;
    const shown = inNamespaces(root, releases);
    const [issue] = issuesIn(search.other, shown, [search.other]).issues;
    if (issue === undefined) continue;
    return {
      xml: printSpecimen(shown, [search.model, search.other]),
      validIn: "old",
      objection: issue.message,
    };
  }
  return { none: "no document of the schema holds it" };
}

/** A document of the older side under its own namespaces. */
function inNamespaces(root: Specimen, { moved: uris, original }: Releases): Specimen {
  if (uris.size === 0) return root;
  const uriOf = (uri: string): string => uris.get(uri) ?? uri;
  const convert = (node: Specimen, isQualified: (node: Specimen) => boolean): Specimen => {
    // What had no namespace before still has none, whichever its schema has.
    const name = (each: QName, qualified: boolean): QName =>
      each.namespace === "" && !qualified ? each : { ...each, namespace: uriOf(each.namespace) };
    const { namespace, local } = node.type === undefined ? { namespace: "", local: "" } : nameOfId(node.type);
    return {
      ...node,
      name: name(node.name, isQualified(node)),
      ...(node.type !== undefined && { type: `{${uriOf(namespace)}}${local}` }),
      attributes: node.attributes.map((each) => ({ ...each, name: name(each.name, false) })),
      children: node.children.map((child) =>
        typeof child === "string" ? child : convert(child, isQualified),
      ),
    };
  };
  const all = convert(root, () => true);
  if (!uris.has("")) return all;
  const isGlobal = ({ name }: Specimen): boolean =>
    original.elements[`{${uriOf("")}}${name.local}`] !== undefined;
  const forms = [all, convert(root, isGlobal), convert(root, (node) => node === root)];
  return forms.find((form) => issuesIn(original, form, [original]).issues.length === 0) ?? all;
}

interface Search {
  readonly side: "old" | "new";
  readonly model: Model;
  readonly other: Model;
  readonly ways: Ways;
  readonly sampler: Sampler;
  /** The local name of what changed, as the validator would say it. */
  readonly name: string;
  /** How an id of the newer side is called here, and on the other side. */
  readonly here: (id: string) => string;
  readonly there: (id: string) => string;
  readonly releases: Releases;
}

function searchOn(side: "old" | "new", change: Change, releases: Releases): Search {
  const { before, after, renamed } = releases;
  const back = new Map([...renamed].map(([oldId, newId]) => [newId, oldId]));
  const toOld = (id: string): string => {
    for (const [newId, oldId] of back) {
      if (id === newId || (id.startsWith(newId) && "/=#".includes(id[newId.length] ?? " ")))
        return oldId + id.slice(newId.length);
    }
    return id;
  };
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
    here: side === "old" ? toOld : same,
    there: side === "old" ? same : toOld,
    releases,
  };
}

// ---------------------------------------------------------------------------------------------- judging

interface Judged {
  readonly search: Search;
  readonly root: Specimen;
  /** 0: the other side objects to what changed; 1: beside it; 2: elsewhere. */
  readonly rank: number;
  readonly objections: number;
  readonly objection: string;
  readonly size: number;
}

function isBetter(a: Judged, b: Judged): boolean {
  return a.rank - b.rank < 0 || (a.rank === b.rank && (a.objections - b.objections || a.size - b.size) < 0);
}

/** Leaves out whatever is not needed to tell the sides apart. */
function shrink(best: Judged): Judged {
  let current = best;
  for (let cut = current.size > 400 ? Infinity : 0; cut < current.size;) {
    const smaller = without(current.root, cut);
    const judged = smaller && judge(current.search, smaller);
    if (judged !== undefined && !isBetter(current, judged)) current = judged;
    else cut++;
  }
  return current;
}

/** A document without its n-th attribute or element below the root. */
function without(root: Specimen, index: number): Specimen | undefined {
  let left = index;
  let cut = false;
  const visit = (node: Specimen): Specimen => {
    const attributes = node.attributes.filter(() => {
      if (cut || left-- !== 0) return true;
      cut = true;
      return false;
    });
    const children = node.children.flatMap((child) => {
      if (cut || typeof child === "string") return [child];
      if (left-- === 0) {
        cut = true;
        return [];
      }
      return [visit(child)];
    });
    return { ...node, attributes, children };
  };
  const result = visit(root);
  return cut ? result : undefined;
}

interface Issue {
  readonly message: string;
  readonly node: number;
  /** An ID that is referred to, and that no element has. */
  readonly missing?: string;
}

function issuesIn(
  model: Model,
  root: Specimen,
  models: readonly Model[],
): { readonly issues: readonly Issue[]; readonly nodes: readonly Specimen[] } {
  const report = createReport();
  const prepared = prepareSpecimen(root, models);
  validateDocument(model, prepared.root, report, { limit: 8 });
  return {
    nodes: prepared.nodes,
    issues: report.diagnostics.map(({ code, message, at }) => {
      const missing = code === "dangling-idref" ? /"([^"]*)"$/u.exec(message)?.[1] : undefined;
      return { message, node: at?.start ?? 0, ...(missing !== undefined && { missing }) };
    }),
  };
}

/** A document that tells the sides apart; undefined for one that does not. */
function judge(search: Search, root: Specimen): Judged | undefined {
  const { model, other, name } = search;
  const models = [model, other];
  search.releases.effort.left -= sizeOf(root);
  const there = issuesIn(other, root, models);
  const [first] = there.issues;
  if (first === undefined) return undefined;
  if (issuesIn(model, root, models).issues.length > 0) return undefined;
  const focus = new Set<Specimen>();
  const near = new Set<Specimen>();
  const mark = (node: Specimen, inside: boolean): void => {
    const within = inside || node.focus === true;
    if (within) focus.add(node);
    for (const child of node.children) {
      if (typeof child === "string") continue;
      if (child.focus === true) near.add(node);
      mark(child, within);
    }
  };
  mark(root, false);
  const rankOf = ({ message, node }: Issue): number => {
    const at = there.nodes[node];
    if (at !== undefined && (focus.has(at) || (mentions(message, name) && focus.size === 0))) return 0;
    if (mentions(message.replace(/^\S+: /u, ""), name)) return 0;
    return at !== undefined && near.has(at) ? 1 : 2;
  };
  const ranks = there.issues.map(rankOf);
  const rank = Math.min(...ranks);
  const shown = there.issues[ranks.indexOf(rank)] ?? first;
  return {
    search,
    root,
    rank,
    objections: there.issues.length,
    objection: shown.message,
    size: sizeOf(root),
  };
}

/** Judges a document with elements for its references, where nothing else is missing. */
function judgeReferring(search: Search, root: Specimen): Judged | undefined {
  const { model, other, releases } = search;
  if (idAttributes(model).length === 0) return undefined;
  const { issues } = issuesIn(model, root, [model, other]);
  const dangling = new Set(issues.flatMap(({ missing }) => missing ?? []));
  if (dangling.size === 0 || issues.some(({ missing }) => missing === undefined)) return undefined;
  for (const whole of withTargets(model, root, dangling)) {
    releases.effort.left -= sizeOf(whole);
    if (issuesIn(model, whole, [model, other]).issues.length === 0) return judge(search, whole);
  }
  return undefined;
}

function mentions(message: string, name: string): boolean {
  const at = message.indexOf(name);
  if (name === "" || at < 0) return false;
  const isPart = (sign: string | undefined): boolean => sign !== undefined && /[\w.-]/u.test(sign);
  return !isPart(message[at - 1]) && !isPart(message[at + name.length]);
}

// ---------------------------------------------------------------------------------------------- where to look

/** Documents about a change, the simplest first. */
function* candidates(search: Search, change: Change): Generator<Specimen> {
  const { key, rule } = change;
  const { model, ways, sampler } = search;
  if (/^\{[^}]*\}$/u.test(key)) {
    const uri = key.slice(1, -1);
    yield* documentsOfNamespace(search, uri);
  } else if (key.startsWith("operation:")) {
    const named = search.side === "old" ? change.old?.value : change.new?.value;
    const operation = search.releases.operations[search.side].find(
      ({ service, name }) => key === `operation:${service}.${name}` || named === `${service}.${name}`,
    );
    for (const id of operation === undefined ? [] : [operation.request, operation.response]) {
      yield* placed(ways, id, sampler.bodyOf(id));
    }
  } else if (key.startsWith("attribute:")) {
    const id = key.slice("attribute:".length);
    for (const access of ways.reached) {
      const type = typeOf(model, access.type);
      if (type?.kind !== "complex") continue;
      const use = type.attributes.find(({ ref }) => ref === id);
      if (use !== undefined) yield* attributeDocuments(search, access, type, use);
      else if (type.anyAttribute !== undefined && wildcardAdmits(type.anyAttribute, id)) {
        yield* wildAttributes(search, access, type.anyAttribute);
      }
    }
  } else if (key.startsWith("element:")) {
    yield* documentsOfElement(search, change);
  } else {
    const readings = readingsOf(search, key);
    const member = /^(?:element|group|attribute|wildcard|substitution)\./u.test(rule);
    const ordered = [...readings].sort((a, b) =>
      member
        ? Number(a.member === "") - Number(b.member === "")
        : Number(b.member === "") - Number(a.member === ""),
    );
    for (const { owner, member: step } of ordered) yield* documentsOfType(search, change, owner, step);
  }
}

/** What a key may mean: a member of a type, or the type itself. */
function readingsOf(
  { here, model }: Search,
  key: string,
): readonly { readonly owner: TypeId; readonly member: string }[] {
  const id = here(key);
  const found: { owner: TypeId; member: string }[] = [];
  if (model.types[id] !== undefined) found.push({ owner: id, member: "" });
  const start = id.indexOf("}") + 1;
  for (let cut = id.length - 1; cut > start; cut--) {
    if (!"/=#".includes(id[cut] ?? " ")) continue;
    const owner = id.slice(0, cut);
    if (model.types[owner] === undefined) continue;
    found.push({ owner, member: id.slice(cut).replace(/#.*$/su, "") });
    break;
  }
  return found;
}

function* placed(
  ways: Ways,
  id: TypeId,
  body: Body | undefined,
  extra: Partial<Specimen> = {},
): Generator<Specimen> {
  const access = ways.to(id);
  if (access === undefined || body === undefined) return;
  const root = ways.around(access, { ...body, ...extra });
  if (root !== undefined) yield root;
}

function* documentsOfNamespace(search: Search, uri: string): Generator<Specimen> {
  const { ways, model, sampler } = search;
  const inside = ways.reached.filter(({ element, type }) => {
    const known = typeOf(model, type);
    return element.name.namespace === uri || known?.namespace === uri;
  });
  for (const access of inside.slice(0, 100)) yield* aroundEach(ways, access, [sampler.bodyOf(access.type)]);
  for (const access of inside.slice(0, 100)) {
    const type = typeOf(model, access.type);
    if (type?.kind === "complex") yield* aroundEach(ways, access, [bodyOfAll(search, type, 1)]);
  }
}

function* aroundEach(
  ways: Ways,
  access: Access,
  bodies: Iterable<(Body & Partial<Specimen>) | undefined>,
): Generator<Specimen> {
  for (const body of bodies) {
    const root = body && ways.around(access, body);
    if (root !== undefined) yield root;
  }
}

/** Documents with a global element: as their root, where it is referred to, in place of its head. */
function* documentsOfElement(search: Search, change: Change): Generator<Specimen> {
  const { model, ways, sampler } = search;
  const [, key = "", rest = ""] = /^element:(\{[^}]*\}[^~#]*)([~#].*)?$/su.exec(change.key) ?? [];
  const { formerly } = change;
  const id = search.side === "old" && formerly?.kind === "element" ? `{${formerly.ns}}${formerly.type}` : key;
  const element = model.elements[id];
  const member = rest.startsWith("~") ? model.elements[rest.slice(1)] : undefined;
  const shown = member ?? element;
  if (shown === undefined) return;
  const node = sampler.nodeOf(shown);
  const nodes: Specimen[] = node === undefined ? [] : [{ ...node, focus: true }];
  if (member === undefined) {
    const leaf = { ...shown, kind: "element", ref: id, min: 1, max: 1, form: "qualified" } as const;
    for (const each of formsOf(search, leaf, otherLeaf(search, id))) nodes.push({ ...each, focus: true });
  }
  const constraint = /^#\{?/u.test(rest) ? constraintOf(search, id, rest.slice(1)) : undefined;
  if (constraint !== undefined) yield* documentsOfConstraint(search, constraint);
  if (member === undefined && !shown.abstract) yield* nodes;
  const holders: (readonly [Access, ComplexType, Leaf])[] = [];
  for (const access of ways.reached) {
    const type = typeOf(model, access.type);
    if (type?.kind !== "complex" || type.content.kind !== "elements") continue;
    for (const leaf of leavesOf(type.content.particle)) {
      const fits =
        leaf.kind === "any"
          ? wildcardAdmits(leaf.wildcard, id)
          : leaf.ref === id || (leaf.ref !== undefined && substitutesOf(model, leaf.ref).includes(id));
      if (fits) holders.push([access, type, leaf]);
    }
  }
  for (const [access, type, leaf] of holders.slice(0, 8)) {
    for (const each of nodes) yield* aroundEach(ways, access, [bodyHolding(search, type, leaf, 1, each)]);
  }
}

function constraintOf({ model, other }: Search, id: string, name: string): IdentityConstraint | undefined {
  const local = name.slice(name.indexOf("}") + 1);
  return [model, other]
    .flatMap((each) => each.elements[id]?.constraints ?? [])
    .find((each) => each.name.local === local);
}

/** Whether a change is about an identity constraint by an attribute that no element of this side has. */
function isWithoutCarrier(search: Search, { key }: Change): boolean {
  const [, id = "", name = ""] = /^element:(\{[^}]*\}[^~#]*)#(.*)$/su.exec(key) ?? [];
  const names = attributeFields(constraintOf(search, id, name));
  return (
    names.length > 0 &&
    search.ways.reached.every(({ type }) => {
      const known = typeOf(search.model, type);
      return known?.kind !== "complex" || known.attributes.every((use) => !names.includes(use.name.local));
    })
  );
}

/** Names of attributes that an identity constraint tells by. */
function attributeFields(constraint: IdentityConstraint | undefined): readonly string[] {
  return (constraint?.fields ?? []).flatMap(
    (field) => /^\s*@(?:[\w.-]+:)?([\w.-]+)\s*$/u.exec(field)?.[1] ?? [],
  );
}

/** Documents where an attribute that an identity constraint tells by is there once, twice with one value, or nowhere. */
function* documentsOfConstraint(search: Search, constraint: IdentityConstraint): Generator<Specimen> {
  const { model, sampler, ways } = search;
  const names = attributeFields(constraint);
  if (names.length === 0) return;
  let carriers = 0;
  for (const access of ways.reached) {
    const type = typeOf(model, access.type);
    const least = sampler.bodyOf(access.type);
    if (type?.kind !== "complex" || least === undefined || carriers > 12) continue;
    const uses = type.attributes.filter(({ name }) => names.includes(name.local));
    if (uses.length === 0) continue;
    carriers++;
    const told = uses.flatMap(({ name, fixed, type: used }) => {
      const value = fixed ?? sampler.textOf(used);
      return value === undefined ? [] : [{ name, value }];
    });
    const others = least.attributes.filter(({ name }) => !names.includes(name.local));
    const body = { ...least, attributes: [...others, ...told], focus: true };
    yield* doubled(search, access, body);
    yield* aroundEach(ways, access, [body, { ...least, attributes: others, focus: true }]);
  }
}

/** Documents where an element, or one around it, stands twice. */
function* doubled({ model, sampler, ways }: Search, access: Access, body: Body): Generator<Specimen> {
  const nodeOf = ({ element, chosen, type }: Access, inside: Body): Specimen => ({
    name: element.name,
    ...(chosen && { type }),
    ...inside,
  });
  let node = nodeOf(access, body);
  for (let { parent } = access; parent !== undefined; parent = parent.access.parent) {
    const { leaf, access: outer } = parent;
    const type = typeOf(model, outer.type);
    if (type?.kind !== "complex" || type.content.kind !== "elements") return;
    const word = sampler.wordHolding(type.content.particle, new Map([[leaf, 1]]));
    const at = word?.findIndex((letter) => letter.leaf === leaf) ?? -1;
    if (word === undefined || at < 0) return;
    const letter = { leaf, node };
    const two = sampler.bodyWith(outer.type, [...word.slice(0, at), letter, letter, ...word.slice(at + 1)]);
    yield* aroundEach(ways, outer, [two]);
    const one = sampler.bodyWith(outer.type, [...word.slice(0, at), letter, ...word.slice(at + 1)]);
    if (one === undefined) return;
    node = nodeOf(outer, one);
  }
}

function otherLeaf({ other }: Search, id: string): ElementParticle | undefined {
  const element = other.elements[id];
  return element && { ...element, kind: "element", ref: id, min: 1, max: 1, form: "qualified" };
}

/** Documents with a type: with one of its members, or with all that it may hold. */
function* documentsOfType(
  search: Search,
  change: Change,
  owner: TypeId,
  member: string,
): Generator<Specimen> {
  const type = typeOf(search.model, owner);
  if (type === undefined) return;
  if (type.kind === "simple") {
    yield* documentsOfValues(search, change, type, member.startsWith("=") ? member.slice(1) : undefined);
    yield* standIns(search, owner);
    return;
  }
  // What extends the type holds the same.
  const holders = [owner, ...derivedTypes(search.model, owner)]
    .flatMap((id) => {
      const access = search.ways.to(id);
      return access === undefined ? [] : [access];
    })
    .sort((a, b) => a.length - b.length)
    .slice(0, 4);
  const own = search.ways.to(owner);
  // The type itself, unless only an odd document holds it, and an ordinary one what derives from it.
  const isOdd = own !== undefined && own.length - (holders[0]?.length ?? 0) > far / 2;
  const ordered = own === undefined || isOdd ? holders : [own, ...holders.filter((each) => each !== own)];
  for (const access of ordered.slice(0, 3)) {
    const holder = typeOf(search.model, access.type);
    if (holder?.kind === "complex") yield* documentsOfHolder(search, change, access, holder, member);
  }
  yield* standIns(search, owner);
  for (const access of ordered.slice(0, 2)) {
    const holder = typeOf(search.model, access.type);
    if (holder?.kind === "complex") yield* aroundEach(search.ways, access, bodiesOf(search, holder));
  }
}

/** Types named by `xsi:type`: the type in place of its bases, what derives from it in its place, and itself. */
function* standIns(search: Search, owner: TypeId): Generator<Specimen> {
  const { model, ways, sampler } = search;
  const at = function* (place: TypeId, chosen: TypeId): Generator<Specimen> {
    const known = typeOf(model, chosen);
    if (known?.kind === "complex" && known.abstract) return;
    if (known?.name !== undefined)
      yield* placed(ways, place, sampler.bodyOf(chosen), { type: chosen, focus: true });
  };
  yield* at(owner, owner);
  for (const id of selectableTypes(model, owner).slice(0, 30)) yield* at(owner, id);
  const seen = new Set<TypeId>([owner]);
  for (
    let base = typeOf(model, owner)?.base;
    base !== undefined && !seen.has(base);
    base = typeOf(model, base)?.base
  ) {
    seen.add(base);
    yield* at(base, owner);
  }
}

// ---------------------------------------------------------------------------------------------- one member of a type

function* documentsOfHolder(
  search: Search,
  change: Change,
  access: Access,
  type: ComplexType,
  member: string,
): Generator<Specimen> {
  const { sampler, ways } = search;
  const emit = (bodies: Iterable<(Body & Partial<Specimen>) | undefined>): Generator<Specimen> =>
    aroundEach(ways, access, bodies);
  if (member.startsWith("/@")) {
    if (member === "/@*") {
      if (type.anyAttribute !== undefined) yield* wildAttributes(search, access, type.anyAttribute);
      const there = typeOf(search.other, search.there(access.type));
      if (there?.kind === "complex" && there.anyAttribute !== undefined)
        yield* wildAttributes(search, access, there.anyAttribute);
    }
    yield* emit([sampler.bodyOf(type.id)]);
    const local = member.slice(2);
    const uses = type.attributes.filter(({ name }) => name.local === local);
    for (const use of uses) yield* attributeDocuments(search, access, type, use);
    const twin = typeOf(search.other, search.there(access.type));
    if (uses.length === 0 && type.anyAttribute !== undefined && twin?.kind === "complex") {
      const names = twin.attributes.map(({ name }) => name).filter((name) => name.local === local);
      yield* wildAttributes(search, access, type.anyAttribute, names);
    }
    return;
  }
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  const focus = focusIn(search, change, particle, member);
  if (focus === undefined) {
    const least = sampler.bodyOf(type.id);
    yield* emit([least && { ...least, focus: true }]);
    if (/\/\*/u.test(member) || change.rule.startsWith("opencontent")) yield* emit(strangers(search, type));
    if (type.content.kind === "elements") {
      yield* emit([least && { ...least, children: ["text", ...least.children], focus: true }]);
    }
    yield* emit(wordsApart(search, type));
    return;
  }
  // Without it, with it, and with it as often as one side allows and the other does not.
  yield* emit([bodyHolding(search, type, focus, 0), sampler.bodyOf(type.id)]);
  const plain = bodyHolding(search, type, focus, 1);
  yield* emit([plain]);
  const bounds = [change.old, change.new].flatMap((side) => {
    const [min = 1, max = 1] = [side?.min, side?.max];
    return [min - 1, min, min + 1, ...(max === "unbounded" ? [] : [max, max + 1])];
  });
  for (const times of new Set(bounds.filter((bound) => bound > 1 && bound <= 5000))) {
    yield* emit([bodyHolding(search, type, focus, times)]);
  }
  if (focus.kind === "element") {
    for (const node of formsOf(search, focus, leafThere(search, change, type, focus))) {
      yield* emit([bodyHolding(search, type, focus, 1, { ...node, focus: true })]);
    }
  } else if (focus.kind === "any") yield* emit(strangersAt(search, type, focus));
  for (const leaf of leavesOf(particle)) {
    if (leaf === focus) continue;
    const word = sampler.wordHolding(
      particle,
      new Map<Particle, number>([
        [focus, 1],
        [leaf, 1],
      ]),
    );
    yield* emit([word && sampler.bodyWith(type.id, marked(sampler, word, focus))]);
  }
  yield* emit(wordsApart(search, type));
}

/** The particle that a change is about, on this side. */
function focusIn(
  { side, name }: Search,
  change: Change,
  particle: Particle | undefined,
  member: string,
): Particle | undefined {
  if (particle === undefined) return undefined;
  const span = side === "old" ? change.oldSpan : change.newSpan;
  const all: Particle[] = [];
  const visit = (each: Particle): void => {
    all.push(each);
    if (each.kind !== "element" && each.kind !== "any") each.particles.forEach(visit);
  };
  visit(particle);
  const exact = all.find(
    (each) => span !== undefined && each.span.file === span.file && each.span.start === span.start,
  );
  if (exact !== undefined) return exact === particle && member === "" ? undefined : exact;
  if (member === "") return undefined;
  const local = member.slice(1);
  return all.find((each) => each.kind === "element" && [local, name].includes(each.name.local));
}

function leafThere(
  search: Search,
  change: Change,
  type: ComplexType,
  focus: ElementParticle,
): ElementParticle | undefined {
  const there = typeOf(search.other, search.there(type.id));
  if (there?.kind !== "complex" || there.content.kind !== "elements") return undefined;
  const span = search.side === "old" ? change.newSpan : change.oldSpan;
  const leaves = leavesOf(there.content.particle).filter((leaf) => leaf.kind === "element");
  return (
    leaves.find(
      (leaf) => span !== undefined && leaf.span.file === span.file && leaf.span.start === span.start,
    ) ?? leaves.find((leaf) => leaf.name.local === focus.name.local)
  );
}

/** A body with a part so many times. */
function bodyHolding(
  { sampler }: Search,
  type: ComplexType,
  part: Particle,
  times: number,
  node?: Specimen,
): Body | undefined {
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  const word = sampler.wordHolding(particle, new Map([[part, times]]));
  if (word === undefined) return undefined;
  let placed = node === undefined;
  const letters = marked(sampler, word, part).map((letter) => {
    if (placed || letter.leaf !== part || node === undefined) return letter;
    placed = true;
    return { leaf: letter.leaf, node };
  });
  return sampler.bodyWith(type.id, letters);
}

/** Marks what stands for a part, so that objections to it are recognised. */
function marked(sampler: Sampler, word: readonly Letter[], part: Particle): readonly Letter[] {
  return word.map((letter) => {
    if (!holds(part, letter.leaf)) return letter;
    const node = letter.node ?? sampler.nodeAt(letter.leaf);
    return node === undefined ? letter : { leaf: letter.leaf, node: { ...node, focus: true } };
  });
}

/** Forms that an element may have: texts, nil, empty, other types, and what its own type may hold. */
function* formsOf(
  search: Search,
  leaf: ElementParticle,
  there: ElementParticle | undefined,
): Generator<Specimen> {
  const { model, sampler } = search;
  const { name } = leaf;
  const type = typeOf(model, leaf.type);
  if (type === undefined) return;
  const bare = { name, attributes: [], children: [] };
  const required = sampler.bodyOf(leaf.type)?.attributes ?? [];
  yield { ...bare, attributes: required };
  yield { ...bare, attributes: required, nil: true };
  const simple = simpleIn(model, type);
  if (simple !== undefined) {
    const otherType = there && typeOf(search.other, there.type);
    const constants = [leaf.fixed, leaf.default, there?.fixed, there?.default];
    const found = new Set<string>(constants.filter((text) => text !== undefined));
    for (const text of textsApart(search, simple, otherType && simpleIn(search.other, otherType)))
      found.add(text);
    for (const text of found) yield { ...bare, attributes: required, children: [text] };
  }
  for (const id of substitutesOf(model, leaf.ref ?? "").slice(0, 20)) {
    const substitute = model.elements[id];
    const node = substitute && sampler.nodeOf(substitute);
    if (node !== undefined) yield node;
  }
  for (const id of selectableTypes(model, leaf.type).slice(0, 30)) {
    const body = sampler.bodyOf(id);
    if (body !== undefined) yield { name, type: id, ...body };
  }
  if (leaf.type === anyTypeId) {
    yield { ...bare, children: ["text"] };
    yield { ...bare, children: [{ name: { namespace: "", local: "other" }, attributes: [], children: [] }] };
  }
  if (type.kind === "complex" && !isBuiltin(type.id)) {
    for (const body of bodiesOf(search, type)) if (body !== undefined) yield { name, ...body };
  }
}

function simpleIn(model: Model, type: SimpleType | ComplexType): SimpleType | undefined {
  if (type.kind === "simple") return type;
  return type.content.kind === "simple" ? simpleTypeOf(model, type.content.type) : undefined;
}

/** All that a type may hold, one thing at a time, then all at once. */
function* bodiesOf(search: Search, type: ComplexType): Generator<(Body & Partial<Specimen>) | undefined> {
  const { sampler } = search;
  yield sampler.bodyOf(type.id);
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  yield* wordsApart(search, type);
  const leaves = leavesOf(particle);
  for (const leaf of leaves) yield bodyHolding(search, type, leaf, 1);
  for (const leaf of leaves)
    yield bodyHolding(search, type, leaf, leaf.max === "unbounded" ? 2 : Math.min(leaf.max, 50));
  const least = sampler.bodyOf(type.id);
  if (least !== undefined) {
    for (const use of type.attributes) {
      const value = use.fixed ?? sampler.textOf(use.type);
      if (!use.required && value !== undefined)
        yield { ...least, attributes: [...least.attributes, { name: use.name, value }] };
    }
    const content = simpleIn(search.model, type);
    for (const text of content === undefined ? [] : textsApart(search, content, undefined)) {
      yield { ...least, children: [text] };
    }
    if (content === undefined) yield { ...least, children: ["text", ...least.children] };
  }
  yield* strangers(search, type);
  for (const times of [1, 2]) yield bodyOfAll(search, type, times);
}

function bodyOfAll({ sampler }: Search, type: ComplexType, times: number): Body | undefined {
  const particle = type.content.kind === "elements" ? type.content.particle : undefined;
  const body = sampler.bodyWith(type.id, sampler.wordOfAll(particle, times).slice(0, 400));
  if (body === undefined) return undefined;
  const present = new Set(body.attributes.map(({ name }) => `{${name.namespace}}${name.local}`));
  const more = type.attributes.flatMap(({ name, fixed, type: used }) => {
    const value = fixed ?? sampler.textOf(used);
    return value === undefined || present.has(`{${name.namespace}}${name.local}`) ? [] : [{ name, value }];
  });
  return { ...body, attributes: [...body.attributes, ...more] };
}

/** Children in an order that one side accepts and the other does not. */
function* wordsApart(search: Search, type: ComplexType): Generator<Body | undefined> {
  const { before, after } = search.releases;
  const there = typeOf(search.other, search.there(type.id));
  if (there?.kind !== "complex" || there.content.kind === "simple" || type.content.kind === "simple") return;
  const part = (complex: ComplexType): ReturnType<typeof normalise> =>
    complex.content.kind === "elements" ? normalise(complex.content.particle) : undefined;
  const [old, current] = search.side === "old" ? [part(type), part(there)] : [part(there), part(type)];
  if (old === undefined && current === undefined) return;
  const language = createContentLanguage(before, after, old, current);
  const relation = language.compare({ part: old, side: "old" }, { part: current, side: "new" });
  const word = search.side === "old" ? relation.onlyOld : relation.onlyNew;
  if (word !== undefined) yield spelled(search, type, word);
}

function spelled({ model, sampler }: Search, type: ComplexType, word: readonly Word[]): Body | undefined {
  const leaves = leavesOf(type.content.kind === "elements" ? type.content.particle : undefined);
  const [anywhere] = leaves;
  const letters: Letter[] = [];
  for (const letter of word) {
    const id = "name" in letter ? letter.name : `{${letter.namespace}}other`;
    const own = leaves.find(
      (leaf) => leaf.kind === "element" && `{${leaf.name.namespace}}${leaf.name.local}` === id,
    );
    const substitute = model.elements[id];
    const node =
      own === undefined
        ? substitute === undefined
          ? { name: nameOfId(id), attributes: [], children: [] }
          : sampler.nodeOf(substitute)
        : sampler.nodeAt(own);
    const leaf = own ?? anywhere;
    if (node === undefined || leaf === undefined) return undefined;
    letters.push({ leaf, node });
  }
  return sampler.bodyWith(type.id, letters);
}

// ---------------------------------------------------------------------------------------------- strangers

/** Elements that nobody declared, or that somebody else did, where wildcards let them in. */
function* strangers(search: Search, type: ComplexType): Generator<Body | undefined> {
  if (type.content.kind !== "elements") return;
  for (const leaf of leavesOf(type.content.particle)) {
    if (leaf.kind === "any") yield* strangersAt(search, type, leaf);
  }
  const { sampler } = search;
  const least = sampler.bodyOf(type.id);
  if (type.content.open === undefined || least === undefined) return;
  for (const node of strangersFor(search, type.content.open.wildcard)) {
    yield { ...least, children: [...least.children, node] };
    yield { ...least, children: [node, ...least.children] };
  }
}

function* strangersAt(search: Search, type: ComplexType, leaf: Leaf): Generator<Body | undefined> {
  if (leaf.kind !== "any") return;
  for (const node of strangersFor(search, leaf.wildcard)) {
    yield bodyHolding(search, type, leaf, 1, { ...node, focus: true });
  }
}

function namespacesAround({ model, other }: Search): readonly string[] {
  const known = [...model.namespaces, ...other.namespaces].map(({ uri }) => uri);
  const named = new Set<string>();
  for (const each of [model, other]) {
    for (const type of Object.values(each.types)) {
      if (type.kind !== "complex") continue;
      const wildcards = type.content.kind === "elements" ? leavesOf(type.content.particle) : [];
      const all = [
        ...wildcards.flatMap((leaf) => (leaf.kind === "any" ? [leaf.wildcard] : [])),
        ...(type.anyAttribute === undefined ? [] : [type.anyAttribute]),
      ];
      for (const { namespaces } of all)
        if (namespaces.kind !== "any") for (const uri of namespaces.uris) named.add(uri);
    }
  }
  return [...new Set([freeNamespace(model), ...named, "", ...known])];
}

function* strangersFor(search: Search, wildcard: Wildcard): Generator<Specimen> {
  const { model, other, sampler } = search;
  const bare = (name: QName): Specimen => ({ name, attributes: [], children: [], focus: true });
  for (const namespace of namespacesAround(search)) {
    const name = { namespace, local: "other" };
    if (wildcardAdmits(wildcard, `{${namespace}}other`)) yield bare(name);
  }
  for (const each of [model, other]) {
    for (const element of Object.values(each.elements).slice(0, 200)) {
      if (!wildcardAdmits(wildcard, element.id)) continue;
      const node = each === model ? sampler.nodeOf(element) : waysInto(other).sampler.nodeOf(element);
      if (node !== undefined) yield { ...node, focus: true };
      yield bare(element.name);
      yield { ...bare(element.name), children: ["text"] };
      yield { ...bare(element.name), children: [bare({ namespace: "", local: "other" })] };
    }
  }
}

function* wildAttributes(
  search: Search,
  access: Access,
  wildcard: Wildcard,
  wanted: readonly QName[] = [],
): Generator<Specimen> {
  const { sampler, ways, model, other } = search;
  const least = sampler.bodyOf(access.type);
  if (least === undefined) return;
  const with_ = (name: QName, value: string): Specimen | undefined =>
    ways.around(access, { ...least, attributes: [...least.attributes, { name, value }], focus: true });
  const names: (readonly [QName, readonly string[]])[] = wanted.map((name) => [name, ["a", "", "a b"]]);
  for (const namespace of namespacesAround(search)) names.push([{ namespace, local: "other" }, ["a"]]);
  for (const each of [model, other]) {
    for (const { name, type } of Object.values(each.attributes)) {
      const text = waysInto(each).sampler.textOf(type);
      names.push([name, [...(text === undefined ? [] : [text]), "", "a b", "%"]]);
    }
  }
  for (const [name, values] of names) {
    if (!wildcardAdmits(wildcard, `{${name.namespace}}${name.local}`)) continue;
    for (const value of values) {
      const root = with_(name, value);
      if (root !== undefined) yield root;
    }
  }
}

// ---------------------------------------------------------------------------------------------- values

function* attributeDocuments(
  search: Search,
  access: Access,
  type: ComplexType,
  use: AttributeUse,
): Generator<Specimen> {
  const { sampler, ways, model, other } = search;
  const least = sampler.bodyOf(type.id);
  if (least === undefined) return;
  const others = least.attributes.filter(
    ({ name }) => name.local !== use.name.local || name.namespace !== use.name.namespace,
  );
  const there = typeOf(other, search.there(type.id));
  const twin =
    there?.kind === "complex"
      ? there.attributes.find(({ name }) => name.local === use.name.local)
      : undefined;
  const simple = simpleTypeOf(model, use.type);
  const texts = new Set<string>();
  const text = use.fixed ?? sampler.textOf(use.type);
  if (text !== undefined) texts.add(text);
  for (const constant of [use.default, twin?.fixed, twin?.default])
    if (constant !== undefined) texts.add(constant);
  if (simple !== undefined) {
    const otherType = twin && simpleTypeOf(other, twin.type);
    for (const each of textsApart(search, simple, otherType)) texts.add(each);
  }
  yield* aroundEach(ways, access, [{ ...least, attributes: others, focus: true }]);
  for (const value of texts) {
    yield* aroundEach(ways, access, [
      { ...least, attributes: [...others, { name: use.name, value }], focus: true },
    ]);
  }
}

/** Texts that a type of this side accepts, first those that the other side refuses. */
function textsApart(search: Search, type: SimpleType, there: SimpleType | undefined): readonly string[] {
  const { model, other, side } = search;
  const sort = { model, type };
  const found: string[] = [];
  if (there !== undefined) {
    const [old, current] =
      side === "old" ? [sort, { model: other, type: there }] : [{ model: other, type: there }, sort];
    const relation = compareSorts(old, current);
    const apart = side === "old" ? relation.onlyOld : relation.onlyNew;
    if (apart !== undefined) found.push(apart);
    found.push(...samplesOf({ model: other, type: there }));
  }
  found.push(...samplesOf(sort));
  return [...new Set(found)].filter((text) => accepts(sort, text)).slice(0, 120);
}

/** Documents that hold a value of a simple type, wherever it is used. */
function* documentsOfValues(
  search: Search,
  change: Change,
  type: SimpleType,
  value: string | undefined,
): Generator<Specimen> {
  const { model, other, ways, sampler, there } = search;
  const twin = simpleTypeOf(other, there(type.id));
  const texts = [...(value === undefined ? [] : [value]), ...textsApart(search, type, twin)];
  const changed = change.formerly?.path.at(-1);
  if (changed?.startsWith("=") === true && search.side === "old") texts.unshift(changed.slice(1));
  const uses = (id: TypeId): boolean => usesType(model, id, type.id);
  let carriers = 0;
  for (const access of ways.reached) {
    const holder = typeOf(model, access.type);
    if (holder === undefined || carriers > 12) break;
    const simple = simpleIn(model, holder);
    if (simple !== undefined && uses(simple.id)) {
      carriers++;
      const attributes = sampler.bodyOf(access.type)?.attributes ?? [];
      const extra = textsApart(search, simple, undefined);
      for (const text of new Set([...texts, ...extra])) {
        if (accepts({ model, type: simple }, text))
          yield* aroundEach(ways, access, [{ attributes, children: [text], focus: true }]);
      }
    }
    if (holder.kind !== "complex") continue;
    for (const use of holder.attributes) {
      const used = simpleTypeOf(model, use.type);
      if (used === undefined || !uses(used.id)) continue;
      carriers++;
      const least = sampler.bodyOf(holder.id);
      if (least === undefined) continue;
      const others = least.attributes.filter(({ name }) => name.local !== use.name.local);
      for (const text of texts) {
        if (!accepts({ model, type: used }, text)) continue;
        const attributes = [...others, { name: use.name, value: text }];
        yield* aroundEach(ways, access, [{ ...least, attributes, focus: true }]);
      }
    }
  }
}
