/** The Webex Meetings XML API, recognised by its namespaces and the shape of its envelope, whatever the release. */
import type { ComplexType, ElementParticle, Model, Particle, TypeId } from "../model/types.js";
import { idOf } from "../model/types.js";
import type { ListInfo, Operation, Service, ServiceConvention } from "./types.js";
import {
  envelopeNamespace,
  examples,
  listName,
  modules,
  omitted,
  packages,
  safeName,
  scalars,
  wirePrefix,
} from "./webex-rules.js";

/**
 * The convention `webex`: an operation is a complex type `x` with an `xResponse` beside it in the same namespace, both
 * derived from `bodyContentType`; a request names itself in `xsi:type` by a Java class name.
 */
export const webex: ServiceConvention = {
  id: "webex",
  sign: "a namespace http://www.webex.com/schemas/<year>/<month>/service with an element message and a type bodyContentType",
  describe,
};

function describe(model: Model): Service | undefined {
  const envelope = model.namespaces.find(
    ({ uri }) =>
      envelopeNamespace.test(uri) &&
      model.elements[idOf({ namespace: uri, local: "message" })] !== undefined &&
      complexType(model, idOf({ namespace: uri, local: "bodyContentType" })) !== undefined,
  )?.uri;
  if (envelope === undefined) return undefined;
  const operations = operationsOf(model, envelope);
  const example = examples.find(({ service, name }) =>
    operations.some((operation) => operation.service === service && operation.name === name),
  );
  return {
    convention: webex.id,
    operations,
    slots: derivedFrom(model),
    scalars,
    omitted: omitted.map((path) => expand(path, envelope, model)),
    modules: Object.fromEntries(model.namespaces.map(({ uri }) => [uri, moduleOf(uri)])),
    runtime: "webex",
    title: "Webex Meetings XML API",
    ...(example && { example }),
  };
}

function operationsOf(model: Model, envelope: string): readonly Operation[] {
  const body = idOf({ namespace: envelope, local: "bodyContentType" });
  const operations: Operation[] = [];
  for (const request of Object.values(model.types)) {
    if (request.kind !== "complex" || request.name === undefined) continue;
    const { namespace, local } = request.name;
    const response = complexType(model, idOf({ namespace, local: `${local}Response` }));
    if (response === undefined) continue;
    if (!derives(model, request.id, body) || !derives(model, response.id, body)) continue;
    const path = pathBelow(namespace, envelope);
    const list = listName.test(local) ? listOf(model, request, response, envelope) : undefined;
    operations.push({
      service: path.at(-1) ?? "service",
      name: local,
      request: request.id,
      response: response.id,
      wireType: [...path.map((part) => packages[part] ?? part), capitalized(local)].reduce(
        (type, part, index) => type + (index > 0 ? "." : "") + part,
        wirePrefix,
      ),
      safe: safeName.test(local),
      ...(list && { list }),
      ...(request.documentation !== undefined && { documentation: request.documentation }),
    });
  }
  // The sort is stable: schema order within a service.
  return operations.sort((a, b) => (a.service < b.service ? -1 : a.service > b.service ? 1 : 0));
}

/** A response with exactly one repeating member is a list of it. */
function listOf(
  model: Model,
  request: ComplexType,
  response: ComplexType,
  envelope: string,
): ListInfo | undefined {
  const members = membersOf(response);
  const repeating = members.filter(({ repeats }) => repeats);
  const records = repeating[0]?.element.name.local;
  if (records === undefined || repeating.length > 1) return undefined;
  const counters = members.find(({ element }) =>
    isNamed(model, element.type, envelope, "matchingRecordsType"),
  );
  const control = membersOf(request).find(({ element }) => element.name.local === "listControl");
  return {
    records,
    ...(counters && { counters: counters.element.name.local }),
    ...(control && { control: control.element.name.local }),
  };
}

interface MemberOfType {
  readonly element: ElementParticle;
  readonly repeats: boolean;
}

/** The child elements of a type, inherited ones included, with whether there may be more than one of each. */
function membersOf(type: ComplexType): readonly MemberOfType[] {
  const members: MemberOfType[] = [];
  const visit = (particle: Particle, repeated: boolean): void => {
    const repeats = repeated || particle.max === "unbounded" || particle.max > 1;
    if (particle.kind === "element") members.push({ element: particle, repeats });
    else if (particle.kind !== "any") for (const part of particle.particles) visit(part, repeats);
  };
  if (type.content.kind === "elements" && type.content.particle) visit(type.content.particle, false);
  return members;
}

/** In this family `xsi:type` selects operations and nothing else: no type has a union of all that derive from it. */
function derivedFrom(model: Model): readonly TypeId[] {
  const bases = new Set<TypeId>();
  for (const type of Object.values(model.types)) if (model.types[type.base]) bases.add(type.base);
  return Object.keys(model.types).filter((id) => bases.has(id));
}

function derives(model: Model, type: TypeId, ancestor: TypeId): boolean {
  const seen = new Set<TypeId>();
  for (let id = type; !seen.has(id); seen.add(id), id = model.types[id]?.base ?? id)
    if (id === ancestor) return true;
  return false;
}

function isNamed(model: Model, id: TypeId, namespace: string, local: string): boolean {
  return derives(model, id, idOf({ namespace, local }));
}

function complexType(model: Model, id: TypeId): ComplexType | undefined {
  const type = model.types[id];
  return type?.kind === "complex" ? type : undefined;
}

/** `.../service/meeting/auo` below `.../service` is `["meeting", "auo"]`, whatever the year and month of either. */
function pathBelow(namespace: string, envelope: string): readonly string[] {
  const [path, start] = [undated(namespace), `${undated(envelope)}/`];
  return path.startsWith(start) ? path.slice(start.length).split("/") : [];
}

function undated(namespace: string): string {
  return namespace.replace(/(?<=\/schemas)\/\d{4}\/\d{2}(?=\/)/u, "");
}

function moduleOf(namespace: string): string {
  const last = namespace.replace(/\/+$/u, "").split("/").at(-1) ?? "";
  return modules[last] ?? last;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function expand(path: string, envelope: string, { namespaces }: Model): string {
  const colon = path.indexOf(":");
  if (colon < 0) return path;
  const module = path.slice(0, colon);
  const usual = module === "service" ? envelope : `${envelope}/${module}`;
  const own = namespaces.find(({ uri }) => undated(uri) === undated(usual))?.uri ?? usual;
  return `{${own}}${path.slice(colon + 1)}`;
}
