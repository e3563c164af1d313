/** What releases added, seen from the operations that carry it. */
import { memberKey } from "../model/query.js";
import type { Model, Particle, TypeId } from "../model/types.js";
import type { Addition, Service } from "./types.js";

/**
 * Every operation, and every member of a request or response, that a release brought; in order of operation and place.
 * What stands inside an added member is not told again. `since` is asked by member key, as in `EmitInput.since`.
 */
export function additionsOf(
  model: Model,
  service: Service,
  since: (key: string) => string | undefined,
): readonly Addition[] {
  const additions: Addition[] = [];
  const addedBelow = createMemberFinder(model, since);
  for (const { service: owner, name, request, response } of service.operations) {
    const operations = [`${owner}.${name}`];
    const release = since(`operation:${owner}.${name}`);
    if (release !== undefined) {
      additions.push({ release, operations });
      continue;
    }
    for (const root of [request, response]) {
      const found = addedBelow(root, model.types[root]?.name?.local ?? name);
      additions.push(...found.map((added) => ({ ...added, operations })));
    }
  }
  return additions;
}

type Member = Parameters<typeof memberKey>[1];

type Found = Required<Pick<Addition, "release" | "path">>;

/** Finds the members of a type, and those within them, that a release brought; `path` is that of the type. */
function createMemberFinder(
  model: Model,
  since: (key: string) => string | undefined,
): (root: TypeId, path: string) => readonly Found[] {
  const touched = touchedTypes(model, since);
  return (root, rootPath) => {
    const found: Found[] = [];
    const open = new Set<TypeId>();
    const collect = (id: TypeId, path: string): void => {
      const type = model.types[id];
      // A type within itself would only repeat what was told further up.
      if (type?.kind !== "complex" || open.has(id) || !touched.has(id)) return;
      open.add(id);
      const declared = declaringTypes(model, id);
      const sinceMember = (member: Member): string | undefined => {
        for (const owner of declared) {
          const release = since(memberKey(owner, member));
          if (release !== undefined) return release;
        }
        return undefined;
      };
      for (const use of type.attributes) {
        const release = sinceMember(use);
        if (release !== undefined) found.push({ release, path: `${path}/@${use.name.local}` });
      }
      const visit = (particle: Particle): void => {
        if (particle.kind === "any") return;
        if (particle.kind !== "element") {
          for (const part of particle.particles) visit(part);
          return;
        }
        const inner = `${path}/${particle.name.local}`;
        const release = sinceMember(particle);
        if (release === undefined) collect(particle.type, inner);
        else found.push({ release, path: inner });
      };
      if (type.content.kind === "elements" && type.content.particle) visit(type.content.particle);
      open.delete(id);
    };
    collect(root, rootPath);
    return found;
  };
}

/** Types with an added member in them or anywhere below: the others, recursive ones among them, need no visit. */
function touchedTypes(model: Model, since: (key: string) => string | undefined): ReadonlySet<TypeId> {
  const users = new Map<TypeId, TypeId[]>();
  const queue: TypeId[] = [];
  const uses = (user: TypeId, used: TypeId): void => {
    const list = users.get(used);
    if (list) list.push(user);
    else users.set(used, [user]);
  };
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex") continue;
    const members: Member[] = [...type.attributes];
    const visit = (particle: Particle): void => {
      if (particle.kind === "any") return;
      if (particle.kind !== "element") {
        for (const part of particle.particles) visit(part);
        return;
      }
      members.push(particle);
      uses(type.id, particle.type);
    };
    if (type.content.kind === "elements" && type.content.particle) visit(type.content.particle);
    const owners = declaringTypes(model, type.id);
    if (members.some((member) => owners.some((owner) => since(memberKey(owner, member)) !== undefined)))
      queue.push(type.id);
  }
  const touched = new Set(queue);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const user of users.get(id) ?? []) {
      if (touched.has(user)) continue;
      touched.add(user);
      queue.push(user);
    }
  }
  return touched;
}

/** A type and its bases: members are keyed by the type that declares them. */
function declaringTypes(model: Model, id: TypeId): readonly TypeId[] {
  const chain = new Set<TypeId>();
  for (let at = id; model.types[at] && !chain.has(at); at = model.types[at]?.base ?? at) chain.add(at);
  return [...chain];
}
