/** Which operations and directions reach a component, each by its shortest path. */
import { nameOfId, typeOf } from "../model/query.js";
import type { Model, Particle, TypeId } from "../model/types.js";
import { XSD_NAMESPACE } from "../model/types.js";
import { addTo } from "../multimap.js";
import type { Operation } from "../service/types.js";
import type { Reach } from "./types.js";

/** A type, `element:<id>` for a global element, `attribute:<id>` for a global attribute. */
type Node = string;

/** One component that uses another. */
interface Use {
  readonly owner: Node;
  /** The name in between; empty for list items, union members, simple content, and the type of an element. */
  readonly step: string;
  /** No instance of the owner is without it. */
  readonly must: boolean;
}

interface Graph {
  readonly uses: ReadonlyMap<Node, readonly Use[]>;
  readonly derived: ReadonlyMap<TypeId, readonly TypeId[]>;
}

/** What reaches a component. */
export interface Reached {
  readonly reach: readonly Reach[];
  /** Some operation has it in every message. */
  readonly always: boolean;
}

/** Finds the operations that reach a component, by the key of the component. Results are kept per type. */
export interface ReachFinder {
  readonly reachOf: (key: string) => Reached;
}

const nothing: Reached = { reach: [], always: false };

/**
 * A finder for one side. `slots` are types whose derived types are chosen by operation: no derived type stands in
 * for them elsewhere. Without operations the global elements are what is reached, in both directions; where there is
 * none either, types are there for other schemas, and each stands for itself. With operations, what only a global
 * element reaches belongs to the envelope around all of them: `op` is `*`.
 */
export function createReachFinder(
  model: Model,
  operations: readonly Operation[],
  slots: readonly TypeId[],
): ReachFinder {
  const graph = graphOf(model);
  const roots = rootsOf(model, operations);
  const memo = new Map<Node, Reached>();

  const climb = (
    start: readonly Node[],
    onlyMust: boolean,
  ): { readonly holds: ReadonlyMap<Node, string>; readonly stands: ReadonlyMap<Node, string> } => {
    // Two ways to be at a type: its content holds the component (so do its extensions), or a derived type may
    // stand in for it by xsi:type (which says nothing of its other extensions).
    const holds = new Map<Node, string>(start.map((node) => [node, ""]));
    const stands = new Map<Node, string>();
    let frontier: (readonly [node: Node, held: boolean])[] = start.map((node) => [node, true]);
    while (frontier.length > 0) {
      const next: (readonly [Node, boolean])[] = [];
      const reach = (node: Node, held: boolean, path: string): void => {
        const paths = held ? holds : stands;
        if (holds.has(node) || paths.has(node)) return;
        paths.set(node, path);
        next.push([node, held]);
      };
      for (const [node, held] of frontier) {
        const tail = (held ? holds : stands).get(node) ?? "";
        if (held) for (const extension of graph.derived.get(node) ?? []) reach(extension, true, tail);
        for (const { owner, step, must } of graph.uses.get(node) ?? []) {
          if (onlyMust && !must) continue;
          reach(owner, true, step === "" ? tail : tail === "" ? step : `${step}/${tail}`);
        }
        const base = model.types[node]?.base;
        if (!onlyMust && base !== undefined && model.types[base] !== undefined && !slots.includes(base)) {
          reach(base, false, tail);
        }
      }
      frontier = next;
    }
    return { holds, stands };
  };

  const reachFrom = (start: readonly Node[]): Reached => {
    const { holds, stands } = climb(start, false);
    const must = climb(start, true).holds;
    const reach: Reach[] = [];
    let always = false;
    for (const { node, op, dir, envelope } of roots) {
      // The shortest of the envelopes is enough, and none is needed where operations lead there themselves.
      if (envelope && reach.some((entry) => entry.op !== "*" || entry.dir === dir)) continue;
      const path = holds.get(node) ?? stands.get(node);
      if (path === undefined) continue;
      reach.push({
        op,
        dir,
        path: envelope && node.startsWith("element:") ? prefixed(model, node, path) : path,
      });
      if (must.has(node)) always = true;
    }
    return { reach, always };
  };
  const reachOfNode = (node: Node): Reached => {
    let known = memo.get(node);
    if (known === undefined) memo.set(node, (known = reachFrom([node])));
    return known;
  };

  const orItself = (id: TypeId, reached: Reached): Reached => {
    if (roots.length > 0) return reached;
    const op = nameOfId(id).local;
    return {
      always: true,
      reach: [
        { op, dir: "request", path: "" },
        { op, dir: "response", path: "" },
      ],
    };
  };

  return {
    reachOf(key) {
      if (key.startsWith("operation:")) return operationReach(key, operations);
      if (key.startsWith("attribute:")) return reachOfNode(key);
      if (key.startsWith("element:")) return reachOfNode(key.replace(/[~#](?=\{).*$|#[^}]*$/u, ""));
      if (/^\{[^}]*\}$/u.test(key)) {
        const uri = key.slice(1, -1);
        const inside = Object.values(model.types).filter(({ namespace }) => namespace === uri);
        return reachFrom([
          ...inside.map(({ id }) => id),
          ...Object.keys(model.elements)
            .filter((id) => id.startsWith(key))
            .map((id) => `element:${id}`),
        ]);
      }
      const owner = ownerOf(model, key);
      if (owner === undefined) return nothing;
      const { reach, always } = orItself(owner.id, reachOfNode(owner.id));
      return {
        always,
        reach: reach.map((entry) => ({
          ...entry,
          path: [entry.path, owner.member].filter((part) => part !== "").join("/"),
        })),
      };
    },
  };
}

function prefixed(model: Model, node: Node, path: string): string {
  const name = model.elements[node.slice("element:".length)]?.name.local ?? "";
  return path === "" ? name : `${name}/${path}`;
}

function operationReach(key: string, operations: readonly Operation[]): Reached {
  const operation = operations.find(({ service, name }) => key === `operation:${service}.${name}`);
  if (operation === undefined) return nothing;
  return {
    always: true,
    reach: (["request", "response"] as const).map((dir) => ({ op: operationName(operation), dir, path: "" })),
  };
}

/** The type that declares what a key names, and the name of the member in it. */
function ownerOf(model: Model, key: string): { readonly id: TypeId; readonly member: string } | undefined {
  if (model.types[key] !== undefined) return { id: key, member: "" };
  const name = key.slice(key.indexOf("}") + 1);
  for (let cut = name.length - 1; cut > 0; cut--) {
    const sign = name[cut] ?? "";
    if (!"/=#".includes(sign)) continue;
    const id = key.slice(0, key.indexOf("}") + 1 + cut);
    if (model.types[id] === undefined) continue;
    const member = sign === "/" ? name.slice(cut + 1).replace(/[=#].*$|\{[^}]*\}/gsu, "") : "";
    return { id, member };
  }
  return undefined;
}

/** An operation as reports name it. */
export function operationName({ name }: Pick<Operation, "name">): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface Root {
  readonly node: Node;
  readonly op: string;
  readonly dir: "request" | "response";
  readonly envelope?: boolean;
}

function rootsOf(model: Model, operations: readonly Operation[]): readonly Root[] {
  const elements = Object.values(model.elements).filter(({ abstract }) => !abstract);
  const both = (node: Node, op: string, envelope: boolean): readonly Root[] => [
    { node, op, dir: "request", envelope },
    { node, op, dir: "response", envelope },
  ];
  if (operations.length === 0) {
    return elements.flatMap(({ id, name }) => both(`element:${id}`, name.local, false));
  }
  return [
    ...operations.flatMap((operation) => [
      { node: operation.request, op: operationName(operation), dir: "request" as const },
      { node: operation.response, op: operationName(operation), dir: "response" as const },
    ]),
    ...elements.flatMap(({ id }) => both(`element:${id}`, "*", true)),
  ];
}

const builtin = `{${XSD_NAMESPACE}}`;

/** In a history each release is the newer one, then the older one. */
const graphs = new WeakMap<Model, Graph>();

function graphOf(model: Model): Graph {
  let graph = graphs.get(model);
  if (graph === undefined) graphs.set(model, (graph = buildGraph(model)));
  return graph;
}

function buildGraph(model: Model): Graph {
  const uses = new Map<Node, Use[]>();
  const derived = new Map<TypeId, TypeId[]>();
  const add = <T>(map: Map<Node, T[]>, key: Node, value: T): void => {
    if (key.startsWith(builtin)) return;
    addTo(map, key, value);
  };
  for (const type of Object.values(model.types)) {
    if (inheritsContent(model, type.id)) add(derived, type.base, type.id);
    const use = (used: Node, step: string, must: boolean): void =>
      add(uses, used, { owner: type.id, step, must });
    if (type.kind === "simple") {
      if (type.item !== undefined) use(type.item, "", true);
      for (const member of type.members ?? []) use(member, "", false);
      continue;
    }
    for (const attribute of type.attributes) {
      const step = `@${attribute.name.local}`;
      if (attribute.ref !== undefined) use(`attribute:${attribute.ref}`, step, attribute.required);
      use(attribute.type, step, attribute.required);
    }
    if (type.content.kind === "simple") use(type.content.type, "", true);
    if (type.content.kind !== "elements") continue;
    visit(type.content.particle, true, (element, must) => {
      const { local } = element.name;
      if (element.ref === undefined) {
        use(element.type, local, must);
        for (const alternative of element.alternatives ?? []) use(alternative.type, local, false);
        return;
      }
      const members = model.substitutions[element.ref] ?? [];
      use(`element:${element.ref}`, local, must && members.length === 0);
      for (const member of members) {
        use(`element:${member}`, model.elements[member]?.name.local ?? local, false);
      }
    });
  }
  for (const { id, type, alternatives = [] } of Object.values(model.elements)) {
    const use = (used: TypeId, must: boolean): void =>
      add(uses, used, { owner: `element:${id}`, step: "", must });
    use(type, alternatives.length === 0);
    for (const alternative of alternatives) use(alternative.type, false);
  }
  return { uses, derived };
}

/** Whether a change in the base type changes this one: an extension has its content, a simple type its facets. */
function inheritsContent(model: Model, id: TypeId): boolean {
  const type = typeOf(model, id);
  return type?.kind === "simple" || (type?.kind === "complex" && type.derivation === "extension");
}

function visit(
  particle: Particle | undefined,
  must: boolean,
  use: (element: Particle & { readonly kind: "element" }, must: boolean) => void,
): void {
  if (particle === undefined || particle.kind === "any" || particle.max === 0) return;
  const stays = must && particle.min > 0;
  if (particle.kind === "element") use(particle, stays);
  else {
    const chosen = particle.kind === "choice" && particle.particles.length > 1;
    for (const child of particle.particles) visit(child, stays && !chosen, use);
  }
}
