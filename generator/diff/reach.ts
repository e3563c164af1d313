/** Which operations and directions reach a component, each by its shortest path. */
import type { Model, Particle, TypeId } from "../model/types.js";
import { XSD_NAMESPACE } from "../model/types.js";
import type { Operation } from "../service/types.js";
import type { Reach } from "./types.js";

/** An element, attribute or item of one type that uses another. */
interface Use {
  readonly owner: TypeId;
  /** The name in between; empty for list items, union members and simple content. */
  readonly step: string;
}

interface Graph {
  readonly uses: ReadonlyMap<TypeId, readonly Use[]>;
  readonly derived: ReadonlyMap<TypeId, readonly TypeId[]>;
}

/** Finds the operations that reach a component, by the key of the component. Results are kept per type. */
export interface ReachFinder {
  readonly reachOf: (key: string, path: readonly string[]) => readonly Reach[];
}

/**
 * A finder for one side. `slots` are types whose derived types are chosen by operation: no derived type stands in
 * for them elsewhere. Without operations the global elements are what is reached, in both directions.
 */
export function createReachFinder(
  model: Model,
  operations: readonly Operation[],
  slots: readonly TypeId[],
): ReachFinder {
  const graph = graphOf(model);
  const roots = rootsOf(model, operations);
  const memo = new Map<TypeId, readonly Reach[]>();

  const reachOfType = (id: TypeId): readonly Reach[] => {
    const known = memo.get(id);
    if (known !== undefined) return known;
    // Two ways to be at a type: its content holds the component (so do its extensions), or a derived type may
    // stand in for it by xsi:type (which says nothing of its other extensions).
    const holds = new Map<TypeId, string>([[id, ""]]);
    const stands = new Map<TypeId, string>();
    let frontier: (readonly [type: TypeId, held: boolean])[] = [[id, true]];
    while (frontier.length > 0) {
      const next: (readonly [TypeId, boolean])[] = [];
      const reach = (type: TypeId, held: boolean, path: string): void => {
        const paths = held ? holds : stands;
        if (holds.has(type) || paths.has(type)) return;
        paths.set(type, path);
        next.push([type, held]);
      };
      for (const [type, held] of frontier) {
        const tail = (held ? holds : stands).get(type) ?? "";
        if (held) for (const extension of graph.derived.get(type) ?? []) reach(extension, true, tail);
        for (const { owner, step } of graph.uses.get(type) ?? []) {
          reach(owner, true, step === "" ? tail : tail === "" ? step : `${step}/${tail}`);
        }
        const base = model.types[type]?.base;
        if (base !== undefined && model.types[base] !== undefined && !slots.includes(base))
          reach(base, false, tail);
      }
      frontier = next;
    }
    const found: Reach[] = [];
    for (const { type, op, dir } of roots) {
      const path = holds.get(type) ?? stands.get(type);
      if (path !== undefined) found.push({ op, dir, path });
    }
    memo.set(id, found);
    return found;
  };

  return {
    reachOf(key, path) {
      const member = path.at(-1) ?? "";
      const owner = ownerType(model, key);
      if (owner === undefined) return operationReach(key, operations);
      const inside = owner.own ? "" : member.replace(/^[=~].*$/u, "");
      return reachOfType(owner.id).map((reach) => ({
        ...reach,
        path: [reach.path, inside].filter((part) => part !== "").join("/"),
      }));
    },
  };
}

function operationReach(key: string, operations: readonly Operation[]): readonly Reach[] {
  const operation = operations.find(({ service, name }) => key === `operation:${service}.${name}`);
  if (operation === undefined) return [];
  return (["request", "response"] as const).map((dir) => ({ op: operationName(operation), dir, path: "" }));
}

/** The type that declares what a key names. `own`: the key is the type itself. */
function ownerType(model: Model, key: string): { readonly id: TypeId; readonly own: boolean } | undefined {
  if (key.startsWith("operation:")) return undefined;
  if (key.startsWith("element:")) {
    const element = model.elements[key.slice("element:".length).replace(/~.*$/u, "")];
    return element === undefined ? undefined : { id: element.type, own: true };
  }
  if (model.types[key] !== undefined) return { id: key, own: true };
  const member = key.slice(key.indexOf("}") + 1);
  const cut = Math.max(member.lastIndexOf("/"), member.lastIndexOf("="), member.lastIndexOf("#"));
  if (cut < 0) return undefined;
  const id = key.slice(0, key.indexOf("}") + 1 + cut);
  if (model.types[id] !== undefined) return { id, own: member[cut] !== "/" };
  return ownerType(model, id);
}

function operationName({ name }: Operation): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

interface Root {
  readonly type: TypeId;
  readonly op: string;
  readonly dir: "request" | "response";
}

function rootsOf(model: Model, operations: readonly Operation[]): readonly Root[] {
  if (operations.length > 0) {
    return operations.flatMap((operation) => [
      { type: operation.request, op: operationName(operation), dir: "request" as const },
      { type: operation.response, op: operationName(operation), dir: "response" as const },
    ]);
  }
  return Object.values(model.elements).flatMap((element) => [
    { type: element.type, op: element.name.local, dir: "request" as const },
    { type: element.type, op: element.name.local, dir: "response" as const },
  ]);
}

function graphOf(model: Model): Graph {
  const uses = new Map<TypeId, Use[]>();
  const derived = new Map<TypeId, TypeId[]>();
  const add = <T>(map: Map<TypeId, T[]>, key: TypeId, value: T): void => {
    if (key.startsWith(`{${XSD_NAMESPACE}}`)) return;
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else list.push(value);
  };
  for (const type of Object.values(model.types)) {
    add(derived, type.base, type.id);
    const use = (used: TypeId, step: string): void => add(uses, used, { owner: type.id, step });
    if (type.kind === "simple") {
      if (type.item !== undefined) use(type.item, "");
      for (const member of type.members ?? []) use(member, "");
      continue;
    }
    for (const attribute of type.attributes) use(attribute.type, `@${attribute.name.local}`);
    if (type.content.kind === "simple") use(type.content.type, "");
    if (type.content.kind !== "elements") continue;
    visit(type.content.particle, (element) => {
      use(element.type, element.name.local);
      for (const member of element.ref === undefined ? [] : (model.substitutions[element.ref] ?? [])) {
        const declaration = model.elements[member];
        if (declaration !== undefined) use(declaration.type, declaration.name.local);
      }
    });
  }
  return { uses, derived };
}

function visit(
  particle: Particle | undefined,
  use: (element: Particle & { readonly kind: "element" }) => void,
): void {
  if (particle === undefined || particle.kind === "any") return;
  if (particle.kind === "element") use(particle);
  else for (const child of particle.particles) visit(child, use);
}
