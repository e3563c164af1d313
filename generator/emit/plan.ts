/** Decisions about one release that declarations and tables share: what is kept, which forms a type has, how scalars travel. */
import { createReport, type Report } from "../diagnostics.js";
import { anyTypeId, isBuiltin } from "../model/builtins.js";
import { knownElements, selectableTypes, simpleTypeOf, typeOf } from "../model/query.js";
import { fieldsOf, shapeOf, type ShapeField, type ShapeMember } from "../model/shape.js";
import type { ElementId, Model, SimpleType, TypeId, Wildcard } from "../model/types.js";
import { addTo } from "../multimap.js";
import type { Operation } from "../service/types.js";
import { conditionalOf, conditionalPlaces, conditionalTypes, inheritableNames } from "./conditionals.js";
import { keptComponents } from "./kept.js";
import { membersAt } from "./paths.js";
import { createScalars, type Place, type Scalars } from "./scalars.js";
import type { EmitInput } from "./types.js";

/** Whether a form says what may be written (closed), or what may have been read (open). */
export type Mode = "write" | "read";

export interface Plan {
  readonly input: EmitInput;
  readonly model: Model;
  readonly scalars: Scalars;
  /** Whether a type is part of the output; pruning leaves others out. */
  readonly keeps: (id: TypeId) => boolean;
  /** Whether the type has a read form beside the plain one. */
  readonly hasReadForm: (id: TypeId) => boolean;
  /** Whether the union of a type and what derives from it has one. */
  readonly anyHasReadForm: (id: TypeId) => boolean;
  /** What the only form of a type says. */
  readonly onlyMode: (id: TypeId) => Mode;
  /** Whether a required member may be missing on the wire. */
  readonly isOmitted: (key: string) => boolean;
  /** Derived types that `xsi:type` may choose where a complex type is declared; none for those of a slot. */
  readonly choosable: (id: TypeId) => readonly TypeId[];
  /** The same at one field or element, whose declaration may block some. */
  readonly choosableAt: (place: {
    readonly type: TypeId;
    readonly declaration: Pick<ShapeField["declaration"], "block">;
  }) => readonly TypeId[];
  /** Whether a field's type is written as the union of a type and all that derive from it. */
  readonly isAny: (field: ShapeField) => boolean;
  /** Whether conditions on elements may see an attribute of this local name from further out. */
  readonly isInherited: (local: string) => boolean;
  /** Types whose union is used somewhere. */
  readonly anyTypes: ReadonlySet<TypeId>;
  /** Global elements a wildcard knows and the output has. */
  readonly known: (wildcard: Wildcard) => readonly ElementId[];
  readonly keepsElement: (id: ElementId) => boolean;
  /** Of operations that were asked for, these alone; pruned to others, the output has those whose types it has. */
  readonly keepsOperation: (operation: Operation) => boolean;
  /** Those of the elements that may stand in a document. */
  readonly standIns: (substitutes: readonly ElementId[]) => readonly ElementId[];
}

/** Whether a simple type has a declaration of its own: named ones, and anonymous enumerations. Others stand inline. */
export function isDeclared(type: SimpleType): boolean {
  return !isBuiltin(type.id) && (type.name !== undefined || type.facets.enumeration !== undefined);
}

const plans = new WeakMap<EmitInput, Plan>();

/** The plan of a release; made once an input. Mistakes in rules are reported then. */
export function planOf(input: EmitInput, report: Report = createReport()): Plan {
  let plan = plans.get(input);
  if (plan === undefined) plans.set(input, (plan = makePlan(input, report)));
  return plan;
}

function makePlan(input: EmitInput, report: Report): Plan {
  const { model, service, options } = input;
  const slots = new Set(service?.slots ?? []);
  const scalars = createScalars(model, options.scalars, service, report);
  const kept = keptComponents(input);
  const keeps = (id: TypeId): boolean => kept === undefined || kept.types.has(id);
  const keepsElement = memoised((id: ElementId): boolean => {
    const element = model.elements[id];
    if (element === undefined) return false;
    const key = conditionalOf(element);
    const own = [element.type, ...(key === undefined ? [] : conditionalTypes(key))].filter(
      (type) => !isBuiltin(type),
    );
    // An element of a built-in type belongs to nobody: it stays where something that stays refers to it.
    return own.length > 0 ? own.every(keeps) : kept === undefined || kept.elements.has(id);
  });
  const omitted = new Set((service?.omitted ?? []).flatMap((path) => [...membersAt(model, path)]));
  const isOmitted = (key: string): boolean => omitted.has(key);

  const choosable = memoised((id: TypeId) => {
    const type = typeOf(model, id);
    if (type?.kind !== "complex" || id === anyTypeId || slots.has(id)) return [];
    return selectableTypes(model, id, type.block).filter(
      (derived) => isConcrete(model, derived) && keeps(derived),
    );
  });
  const choosableAt: Plan["choosableAt"] = ({ type, declaration: { block } }) => {
    const all = choosable(type);
    if (all.length === 0 || block.length === 0) return all;
    const allowed = new Set(selectableTypes(model, type, block));
    return all.filter((id) => allowed.has(id));
  };
  const isAny = (field: ShapeField): boolean =>
    conditionalOf(field.declaration) === undefined && choosableAt(field).length > 0;
  const known = memoised((wildcard: Wildcard) => knownElements(model, wildcard).filter(keepsElement));

  const anyTypes = new Set<TypeId>();
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex" || !keeps(type.id)) continue;
    for (const field of fieldsOf(shapeOf(model, type.id).members)) if (isAny(field)) anyTypes.add(field.type);
  }
  for (const element of Object.values(model.elements)) {
    const isPlain = conditionalOf(element) === undefined;
    if (isPlain && keepsElement(element.id) && choosable(element.type).length > 0) anyTypes.add(element.type);
  }
  for (const key of conditionalPlaces(model).keys())
    for (const id of conditionalTypes(key)) if (keeps(id) && choosable(id).length > 0) anyTypes.add(id);
  const inheritable = inheritableNames(model);

  const open = openTypes({ model, isOmitted, choosable, known, anyTypes });
  const hasReadForm = (id: TypeId): boolean => open.has(id) && input.direction(id) === "both";
  const onlyMode = (id: TypeId): Mode => (input.direction(id) === "response" ? "read" : "write");
  // What is read may always name a type that is not known here.
  const anyHasReadForm = (id: TypeId): boolean => input.direction(id) === "both";
  return {
    input,
    model,
    scalars,
    keeps,
    keepsElement,
    keepsOperation: (operation) =>
      keeps(operation.request) &&
      keeps(operation.response) &&
      (kept === undefined || kept.operations.size === 0 || kept.operations.has(operation)),
    standIns: memoised((substitutes: readonly ElementId[]) =>
      substitutes.filter((id) => keepsElement(id) && model.elements[id]?.abstract === false),
    ),
    hasReadForm,
    anyHasReadForm,
    onlyMode,
    isOmitted,
    choosable,
    choosableAt,
    isAny,
    isInherited: (local) => inheritable.has(local),
    anyTypes,
    known,
  };
}

function memoised<Key, Value>(make: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>();
  return (key) => {
    let value = known.get(key);
    if (value === undefined) known.set(key, (value = make(key)));
    return value;
  };
}

const isConcrete = (model: Model, id: TypeId): boolean => {
  const type = typeOf(model, id);
  return type?.kind !== "complex" || !type.abstract;
};

/** The place of a field, for rules about scalars. */
export function placeOf(field: ShapeField): Place {
  return { name: field.name.local, key: field.key };
}

type OpenContext = Pick<Plan, "model" | "isOmitted" | "choosable" | "known" | "anyTypes">;

/** Types that say more when read than may be written: an open enumeration or an omitted member, in them or below them. */
function openTypes(context: OpenContext): ReadonlySet<TypeId> {
  const { model, isOmitted, choosable, known, anyTypes } = context;
  const users = new Map<TypeId, TypeId[]>();
  const open = new Set<TypeId>();
  const queue: TypeId[] = [];
  const mark = (id: TypeId): void => {
    if (open.has(id)) return;
    open.add(id);
    queue.push(id);
  };
  const use = (user: TypeId, used: TypeId): void => {
    addTo(users, used, user);
  };
  const useElement = (user: TypeId, id: ElementId): void => {
    const element = model.elements[id];
    if (element !== undefined) useDeclared(user, element);
  };
  /** A node for all that may stand in a place, which many types may refer to. */
  const oneOf = memoised((substitutes: readonly ElementId[]): TypeId => {
    const node = `one of ${substitutes.join(" ")}`;
    for (const id of substitutes) useElement(node, id);
    return node;
  });
  const useDeclared = (user: TypeId, declaration: Parameters<typeof conditionalOf>[0]): void => {
    const key = conditionalOf(declaration);
    if (key === undefined) return useDerived(user, declaration.type);
    // What is read may name a type that is not known here.
    mark(user);
    for (const id of conditionalTypes(key)) useDerived(user, id);
  };
  const useDerived = (user: TypeId, used: TypeId): void => {
    use(user, used);
    if (anyTypes.has(used)) for (const derived of choosable(used)) use(user, derived);
  };
  const visit = (user: TypeId, members: readonly ShapeMember[]): void => {
    for (const member of members) {
      switch (member.kind) {
        case "field":
          useDeclared(user, { ...member.declaration, type: member.type });
          if (anyTypes.has(member.type) && choosable(member.type).length > 0) mark(user);
          if (member.substitutes !== undefined) use(user, oneOf(member.substitutes));
          if (member.min > 0 && isOmitted(member.key)) mark(user);
          break;
        case "choice":
          for (const branch of member.branches) visit(user, branch);
          break;
        case "slot":
          visit(user, member.items);
          break;
        case "any":
          use(user, oneOf(known(member.wildcard)));
          break;
      }
    }
  };
  for (const type of Object.values(model.types)) {
    if (type.kind === "simple") {
      if (isOpenEnumeration(type)) mark(type.id);
      if (type.item !== undefined) use(type.id, type.item);
      for (const member of type.members ?? []) use(type.id, member);
      continue;
    }
    const shape = shapeOf(model, type.id);
    visit(type.id, shape.members);
    for (const { use: attribute } of shape.attributes) use(type.id, attribute.type);
    // What is inherited is open where the base is.
    if (shape.base !== undefined) use(type.id, shape.base);
    if (type.content.kind === "simple") use(type.id, type.content.type);
  }
  for (let id = queue.pop(); id !== undefined; id = queue.pop())
    for (const user of users.get(id) ?? []) mark(user);
  return open;
}

const isOpenEnumeration = (type: SimpleType): boolean =>
  type.facets.enumeration !== undefined && type.variety !== "list";

/** The operations that are part of the output. */
export const keptOperations = ({ input, keepsOperation }: Plan): readonly Operation[] =>
  (input.service?.operations ?? []).filter(keepsOperation);

/** The simple type that an id stands for; a reference to nothing is a mistake of the model. */
export function simpleType(model: Model, id: TypeId): SimpleType {
  const type = simpleTypeOf(model, id);
  if (type === undefined) throw new Error(`${id} is not a simple type of this model`);
  return type;
}
