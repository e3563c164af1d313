/** From the changes of a comparison to the trees of the types that they touch. */
import type { Change } from "../diff/index.js";
import { displayName, memberKey, ownElements, typeOf } from "../model/query.js";
import type { Model, Particle, TypeId } from "../model/types.js";
import { addTo } from "../multimap.js";
import type { DiagramNode } from "./diagram.js";

/** A named type with everything that changed in it. */
export interface TouchedType {
  /** `prefix:local`. */
  readonly name: string;
  readonly changes: readonly Change[];
  readonly tree: DiagramNode;
}

/** Siblings that did not change and are shown on either side of one that did. */
const neighbours = 1;
/** More nodes than this in a group are cut even if all are new. */
const mostSiblings = 24;

/** The types that changes touch, in the order of the newer model; global declarations without a type are left out. */
export function touchedTypes(
  before: Model,
  after: Model,
  changes: readonly Change[],
): readonly TouchedType[] {
  const groups = new Map<TypeId, Change[]>();
  for (const change of changes) {
    const { ns, type } = change.component;
    const id = `{${ns}}${type}`;
    if (type === "" || change.key.startsWith("operation:") || change.key.startsWith("element:")) continue;
    if (typeOf(after, id) === undefined && typeOf(before, id) === undefined) continue;
    addTo(groups, id, change);
  }
  const order = new Map(
    [...Object.keys(before.types), ...Object.keys(after.types)].map((id, index) => [id, index]),
  );
  return [...groups]
    .sort(([a], [b]) => (order.get(a) ?? 0) - (order.get(b) ?? 0))
    .map(([id, list]) => ({
      name: displayName(after.types[id] === undefined ? before : after, id),
      changes: list,
      tree: treeOf(before, after, id, list),
    }));
}

function treeOf(before: Model, after: Model, id: TypeId, changes: readonly Change[]): DiagramNode {
  const marks = new Map<string, Change>();
  for (const change of changes) if (!marks.has(change.key)) marks.set(change.key, change);
  const context: Context = { before, after, marks };
  const type = typeOf(after, id) ?? typeOf(before, id);
  const own = marks.get(id);
  return {
    kind: "type",
    label: displayName(after.types[id] === undefined ? before : after, id),
    ...markOf(own),
    children: type === undefined ? [] : childrenOf(context, id, 0),
  };
}

interface Context {
  readonly before: Model;
  readonly after: Model;
  readonly marks: ReadonlyMap<string, Change>;
}

function markOf(change: Change | undefined): Pick<DiagramNode, "mark" | "href"> {
  if (change === undefined) return {};
  const mark =
    change.old === undefined && change.oldSpan === undefined
      ? "come"
      : change.new === undefined && change.newSpan === undefined
        ? "gone"
        : "changed";
  return { mark, href: `#${change.id}` };
}

/** How deep a type that is new as a whole is drawn. */
const deepest = 2;

function childrenOf(context: Context, id: TypeId, below: number): readonly DiagramNode[] {
  const { after, before, marks } = context;
  const model = after.types[id] === undefined ? before : after;
  const type = model.types[id];
  if (type === undefined) return [];
  if (type.kind === "simple") {
    const gone = [...marks]
      .filter(([key, change]) => key.startsWith(`${id}=`) && change.new === undefined)
      .map(([key]) => key.slice(id.length + 1));
    const values = [...(type.facets.enumeration ?? []).map(({ value }) => value), ...gone];
    return shorten(
      [...new Set(values)].map((value) => ({
        kind: "value",
        label: `"${value}"`,
        ...markOf(marks.get(`${id}=${value}`)),
        children: [],
      })),
    );
  }
  const nodes: DiagramNode[] = [];
  for (const use of type.attributes) {
    const key = memberKey(use.declaredIn, use);
    if (use.declaredIn !== id) continue;
    nodes.push({
      kind: "attribute",
      label: `@${use.name.local}`,
      detail: shortName(model, use.type),
      ...(!use.required && { optional: true }),
      ...markOf(marks.get(key)),
      children: [],
    });
  }
  if (type.content.kind === "elements") {
    const { own, particle } = type.content;
    const shown = type.derivation === "extension" ? own : particle;
    const inherited = type.derivation === "extension" && model.types[type.base] !== undefined;
    if (inherited) nodes.unshift(moreNode(`everything of ${displayName(model, type.base)}`));
    if (shown !== undefined) nodes.push(...particleNodes({ ...context, after: model }, id, shown, below));
  }
  return [...nodes, ...goneNodes(context, id, model)];
}

/** What the older model had, and the newer one has not. */
function goneNodes({ before, marks }: Context, id: TypeId, model: Model): readonly DiagramNode[] {
  if (model === before) return [];
  return ownElements(before, id).flatMap((element) => {
    const change = marks.get(memberKey(id, element));
    if (change === undefined || markOf(change).mark !== "gone") return [];
    return [elementNode(before, element, change, [])];
  });
}

function particleNodes(
  context: Context,
  owner: TypeId,
  particle: Particle,
  below: number,
): readonly DiagramNode[] {
  const { after, marks } = context;
  if (particle.kind === "any")
    return [{ kind: "wildcard", label: "any element", ...occurs(particle), children: [] }];
  if (particle.kind !== "element") {
    // A group that occurs once in a group of its kind says nothing.
    const parts = particle.particles.flatMap((part) =>
      part.kind === particle.kind && part.min === 1 && part.max === 1 ? part.particles : [part],
    );
    const children = parts.flatMap((part) => particleNodes(context, owner, part, below));
    return [{ kind: "group", label: particle.kind, ...occurs(particle), children: shorten(children) }];
  }
  const change = marks.get(memberKey(owner, particle));
  const anonymous =
    after.types[particle.type]?.name === undefined && after.types[particle.type] !== undefined;
  const opened =
    anonymous &&
    ((change !== undefined && below < deepest) ||
      [...marks.keys()].some(
        (key) => key.startsWith(`${particle.type}/`) || key.startsWith(`${particle.type}=`),
      ));
  const children = opened ? childrenOf(context, particle.type, change === undefined ? below : below + 1) : [];
  return [elementNode(after, particle, change, children)];
}

function elementNode(
  model: Model,
  particle: Particle & { readonly kind: "element" },
  change: Change | undefined,
  children: readonly DiagramNode[],
): DiagramNode {
  const type = model.types[particle.type];
  const anonymous = type !== undefined && type.name === undefined;
  return {
    kind: "element",
    label: particle.name.local,
    ...(!anonymous && { detail: shortName(model, particle.type) }),
    ...occurs(particle),
    ...markOf(change),
    children,
  };
}

function occurs({ min, max }: Pick<Particle, "min" | "max">): Pick<DiagramNode, "occurs" | "optional"> {
  const many = max === "unbounded" || max > 1;
  return {
    ...(many && { occurs: `${min}..${max === "unbounded" ? "∞" : max}` }),
    ...(min === 0 && { optional: true }),
  };
}

function shortName(model: Model, id: TypeId): string {
  if (model.types[id] === undefined) return `xs:${id.slice(id.indexOf("}") + 1)}`;
  return model.types[id].name === undefined ? "(in place)" : displayName(model, id);
}

const moreNode = (label: string): DiagramNode => ({ kind: "more", label, children: [] });

/** Siblings far from any change are counted instead of drawn. */
function shorten(nodes: readonly DiagramNode[]): readonly DiagramNode[] {
  const matters = (node: DiagramNode): boolean => node.mark !== undefined || node.children.some(matters);
  const keep = new Set<number>();
  nodes.forEach((node, index) => {
    if (!matters(node) || keep.size >= mostSiblings) return;
    for (let near = index - neighbours; near <= index + neighbours; near++) keep.add(near);
  });
  // One node is as short as the note that it is left out.
  nodes.forEach((_, index) => {
    if (keep.has(index - 1) && keep.has(index + 1)) keep.add(index);
  });
  if (keep.size === 0 && nodes.length <= 6) return nodes;
  const result: DiagramNode[] = [];
  let hidden = 0;
  const close = (): void => {
    if (hidden > 0) result.push(moreNode(`⋯ ${hidden} more`));
    hidden = 0;
  };
  nodes.forEach((node, index) => {
    if (keep.has(index)) {
      close();
      result.push(node);
    } else hidden++;
  });
  close();
  return result;
}
