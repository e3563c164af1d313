/** Whether a document tells two releases apart, and how well what the other one objects to shows the change. */
import { createReport } from "../../diagnostics.js";
import { leavesOf, typeOf } from "../../model/query.js";
import { idOf, type Model, type TypeId } from "../../model/types.js";
import { validateDocument } from "../../validate/document.js";
import { idAttributes, withTargets } from "./references.js";
import type { Search } from "./releases.js";
import { prepareSpecimen, sizeOf, type Specimen } from "./specimen.js";

/** A document that tells the sides apart, and how well. */
export interface Judged {
  readonly search: Search;
  readonly root: Specimen;
  /** 0: the other side objects to what changed; 1: beside it; 2: elsewhere. */
  readonly rank: number;
  readonly objections: number;
  readonly objection: string;
  readonly size: number;
}

/** Whether a document shows a change better than another: nearer to it, with fewer objections, smaller. */
export function isBetter(a: Judged, b: Judged): boolean {
  return a.rank - b.rank < 0 || (a.rank === b.rank && (a.objections - b.objections || a.size - b.size) < 0);
}

/** Judges a document, with elements for its references where they are missing; undefined: it does not tell the sides apart. */
export function judge(search: Search, root: Specimen): Judged | undefined {
  return judgeAsItIs(search, root) ?? judgeReferring(search, root);
}

function judgeAsItIs(search: Search, root: Specimen): Judged | undefined {
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
  const usual = usualObjections(search, root);
  const rankOf = ({ message, node }: Issue): number => {
    if (usual.has(said(message))) return 2;
    const at = there.nodes[node];
    const isFocus = at !== undefined && focus.has(at);
    if (isFocus && !isBesideMember(search, message)) return 0;
    if (mentions(message, name) && focus.size === 0 && at !== undefined) return 0;
    if (mentions(said(message), name)) return 0;
    return isFocus || (at !== undefined && near.has(at)) ? 1 : 2;
  };
  const ranks = there.issues.map(rankOf);
  const rank = Math.min(...ranks);
  const shown = there.issues[ranks.indexOf(rank)] ?? first;
  return {
    search,
    root,
    rank,
    objections: there.issues.filter(({ message }) => !usual.has(said(message))).length,
    objection: shown.message,
    size: sizeOf(root),
  };
}

/** An objection without its place. */
function said(message: string): string {
  return message.replace(/^\S+: /u, "");
}

/** What the other side objects to in each document with a root, whatever came of the member concerned. */
function usualObjections(search: Search, root: Specimen): ReadonlySet<string> {
  const { model, other, name, usual, sampler, isMember } = search;
  const id = idOf(root.name);
  let known = usual.get(id);
  if (known === undefined) {
    const element = isMember ? model.elements[id] : undefined;
    const plain = element && sampler.nodeOf(element);
    const { issues } = plain === undefined ? { issues: [] } : issuesIn(other, plain, [model, other]);
    known = new Set(issues.flatMap(({ message }) => (mentions(message, name) ? [] : [said(message)])));
    usual.set(id, known);
  }
  return known;
}

/** Whether an objection is to another attribute than the one concerned. */
function isBesideMember({ name, isMember }: Search, message: string): boolean {
  const attribute = /^\S*\/@(\S+): /u.exec(message)?.[1];
  return isMember && attribute !== undefined && !mentions(message, name);
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
    if (issuesIn(model, whole, [model, other]).issues.length === 0) return judgeAsItIs(search, whole);
  }
  return undefined;
}

function mentions(message: string, name: string): boolean {
  const at = message.indexOf(name);
  if (name === "" || at < 0) return false;
  const isPart = (sign: string | undefined): boolean => sign !== undefined && /[\w.-]/u.test(sign);
  return !isPart(message[at - 1]) && !isPart(message[at + name.length]);
}

interface Issue {
  readonly message: string;
  readonly node: number;
  /** An ID that is referred to, and that no element has. */
  readonly missing?: string;
}

/** What a schema objects to in a document, and the nodes that objections name by number. */
export function issuesIn(
  model: Model,
  root: Specimen,
  models: readonly Model[],
): { readonly issues: readonly Issue[]; readonly nodes: readonly Specimen[] } {
  const report = createReport();
  const prepared = prepareSpecimen(root, models);
  validateDocument(model, prepared.root, report, { limit: 8, hints: false });
  return {
    nodes: prepared.nodes,
    issues: report.diagnostics.map(({ code, message, at }) => {
      const missing = code === "dangling-idref" ? /"([^"]*)"$/u.exec(message)?.[1] : undefined;
      return { message, node: at?.start ?? 0, ...(missing !== undefined && { missing }) };
    }),
  };
}

/** Leaves out whatever is not needed to tell the sides apart. */
export function shrink(best: Judged): Judged {
  let current = best;
  for (let cut = current.size > 400 ? Infinity : 0; cut < current.size;) {
    const smaller = without(current.root, cut);
    const judged = smaller && judgeAsItIs(current.search, smaller);
    if (judged !== undefined && !isBetter(current, judged)) current = judged;
    else cut++;
  }
  const untyped = judgeAsItIs(current.search, withoutOwnTypes(current.search.model, current.root));
  return untyped === undefined || isBetter(current, untyped) ? current : untyped;
}

/** A document without each `xsi:type` that names the type which the element has anyway. */
function withoutOwnTypes(model: Model, root: Specimen): Specimen {
  const visit = (node: Specimen, declared: ReadonlyMap<string, TypeId>): Specimen => {
    const own = declared.get(idOf(node.name));
    const { type, ...rest } = node;
    const inner = type ?? own;
    const below = inner === undefined ? new Map<string, TypeId>() : childTypes(model, inner);
    const children = node.children.map((child) => (typeof child === "string" ? child : visit(child, below)));
    return { ...(type === own ? rest : node), children };
  };
  const globals = Object.values(model.elements).map(({ id, type }) => [id, type] as const);
  return visit(root, new Map(globals));
}

/** The types of the elements that a type may hold, by name. */
function childTypes(model: Model, id: TypeId): ReadonlyMap<string, TypeId> {
  const type = typeOf(model, id);
  const particle =
    type?.kind === "complex" && type.content.kind === "elements" ? type.content.particle : undefined;
  const leaves = particle === undefined ? [] : leavesOf(particle);
  return new Map(
    [...leaves].flatMap((leaf) => (leaf.kind === "element" ? [[idOf(leaf.name), leaf.type] as const] : [])),
  );
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
