/** What `only` leaves of a release: names that users say, what they mean, and what that reaches. */
import { displayName, elementsIn, nameOfId, reachedTypes, typesOfElement } from "../model/query.js";
import type { ElementId, Model, TypeId } from "../model/types.js";
import type { EmitInput } from "./types.js";

type Named = Pick<EmitInput, "model" | "service">;
type Operations = NonNullable<EmitInput["service"]>["operations"];

/** What is left of a release. */
interface Kept {
  /** Those that were asked for. */
  readonly operations: ReadonlySet<Operations[number]>;
  readonly types: ReadonlySet<TypeId>;
  /** Global elements that were asked for, and those that the types refer to. */
  readonly elements: ReadonlySet<ElementId>;
}

/** What `only` reaches; undefined: everything. What a release does not have reaches nothing in it. */
export function keptComponents(input: EmitInput): Kept | undefined {
  const { model, service, options } = input;
  if (options.only.length === 0) return undefined;
  const meant = options.only.map((wish) => meantBy(wish, input));
  const operations = meant.flatMap((each) => each.operations);
  const elements = meant.flatMap((each) => each.elements);
  const roots = [
    ...operations.flatMap(({ request, response }) => [request, response]),
    ...meant.flatMap((each) => each.types),
    ...elements.flatMap((id) => model.elements[id] ?? []).flatMap(typesOfElement),
  ];
  const types = new Set(reachedTypes(model, roots, { slots: service?.slots ?? [] }).keys());
  return {
    operations: new Set(operations),
    types,
    elements: new Set([...elements, ...[...types].flatMap((id) => elementsIn(model, id))]),
  };
}

/** What a name of `only` means in a release. */
interface Meant {
  readonly operations: Operations;
  readonly types: readonly TypeId[];
  readonly elements: readonly ElementId[];
}

function meantBy(wish: string, { model, service }: Named): Meant {
  const operations = service?.operations ?? [];
  const exact: Meant = {
    operations: operations.filter((operation) => operationNames(operation).includes(wish)),
    types: namedTypes(model).filter((id) => componentNames(model, id).includes(wish)),
    elements: Object.keys(model.elements).filter((id) => componentNames(model, id).includes(wish)),
  };
  if (!isNothing(exact)) return exact;
  // Reports and documents of the wire write the operation `getUser` as `GetUser`.
  const plain = wish.toLowerCase();
  return {
    ...exact,
    operations: operations.filter((each) =>
      operationNames(each).some((name) => name.toLowerCase() === plain),
    ),
  };
}

const isNothing = ({ operations, types, elements }: Meant): boolean =>
  operations.length === 0 && types.length === 0 && elements.length === 0;

/** The names of `only` that mean nothing in a release. */
export const absentNames = (only: readonly string[], named: Named): readonly string[] =>
  only.filter((wish) => isNothing(meantBy(wish, named)));

/** All names by which `only` knows what a release has. */
export function prunableNames({ model, service }: Named): readonly string[] {
  return [
    ...(service?.operations ?? []).flatMap(operationNames),
    ...namedTypes(model).flatMap((id) => componentNames(model, id)),
    ...Object.keys(model.elements).flatMap((id) => componentNames(model, id)),
  ];
}

const operationNames = ({ service, name }: { readonly service: string; readonly name: string }): string[] => [
  service,
  name,
  `${service}.${name}`,
];

const namedTypes = ({ types }: Model): TypeId[] =>
  Object.keys(types).filter((id) => types[id]?.name !== undefined);

const componentNames = (model: Model, id: TypeId | ElementId): string[] => [
  nameOfId(id).local,
  displayName(model, id),
  id,
];
