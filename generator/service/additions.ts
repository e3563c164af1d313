/** What releases added, seen from the operations that carry it. */
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
  for (const { service: owner, name, request, response } of service.operations) {
    const operations = [`${owner}.${name}`];
    const release = since(`operation:${owner}.${name}`);
    if (release !== undefined) {
      additions.push({ release, operations });
      continue;
    }
    for (const root of [request, response]) {
      const local = model.types[root]?.name?.local ?? name;
      collect(model, root, local, since, new Set(), (path, added) => {
        additions.push({ release: added, operations, path });
      });
    }
  }
  return additions;
}

function collect(
  model: Model,
  id: TypeId,
  path: string,
  since: (key: string) => string | undefined,
  open: Set<TypeId>,
  found: (path: string, release: string) => void,
): void {
  const type = model.types[id];
  // A type within itself would only repeat what was told further up.
  if (type?.kind !== "complex" || open.has(id)) return;
  open.add(id);
  const declared = declaringTypes(model, id);
  const sinceMember = (member: string): string | undefined => {
    for (const owner of declared) {
      const release = since(`${owner}/${member}`);
      if (release !== undefined) return release;
    }
    return undefined;
  };
  for (const { name } of type.attributes) {
    const release = sinceMember(`@${name.local}`);
    if (release !== undefined) found(`${path}/@${name.local}`, release);
  }
  const visit = (particle: Particle): void => {
    if (particle.kind === "any") return;
    if (particle.kind !== "element") {
      for (const part of particle.particles) visit(part);
      return;
    }
    const inner = `${path}/${particle.name.local}`;
    const release = sinceMember(particle.name.local);
    if (release === undefined) collect(model, particle.type, inner, since, open, found);
    else found(inner, release);
  };
  if (type.content.kind === "elements" && type.content.particle) visit(type.content.particle);
  open.delete(id);
}

/** A type and its bases: members are keyed by the type that declares them. */
function declaringTypes(model: Model, id: TypeId): readonly TypeId[] {
  const chain = new Set<TypeId>();
  for (let at = id; model.types[at] && !chain.has(at); at = model.types[at]?.base ?? at) chain.add(at);
  return [...chain];
}
