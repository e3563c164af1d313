/** Descriptors linked in this process: the tables of a release without printing, compiling or importing them. */
import type { Data, Reference, Table } from "./data.js";
import { isBare, isNamespaceName, isReference, isReferences } from "./data.js";
import { planOf } from "./plan.js";
import { anyTable, attributesTable, conditionalTable, elementTable, typeTable } from "./tables.js";
import type { EmitInput } from "./types.js";
import { wildcardKey } from "./wildcards.js";
import type { ElementId, TypeId } from "../model/types.js";
import type { ElementDescriptor, Type } from "../../templates/runtime/descriptor.js";
import { findMisplaced } from "../../templates/runtime/content-model.js";
import { attributed } from "../../templates/runtime/attributes.js";
import { checkChoice } from "../../templates/runtime/choices.js";
import { conditions, inheritance } from "../../templates/runtime/condition.js";
import { compareValues } from "../../templates/runtime/datatypes.js";
import { fractionMapping } from "../../templates/runtime/fractions.js";
import { trackKeys } from "../../templates/runtime/identity.js";
import * as mappings from "../../templates/runtime/mappings.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { polymorphicCodec } from "../../templates/runtime/polymorphic.js";
import * as scalars from "../../templates/runtime/scalars.js";
import { tagging } from "../../templates/runtime/tagging.js";
import { timeMapping } from "../../templates/runtime/times.js";
import {
  atomic,
  conditional,
  element,
  list,
  polymorphic,
  struct,
  union,
} from "../../templates/runtime/tables.js";

/** What tables refer to by name. */
const runtime: Readonly<Record<string, unknown>> = {
  ...scalars,
  attributed,
  checkChoice,
  compareValues,
  conditions,
  findMisplaced,
  fractionMapping,
  inheritance,
  ...mappings,
  matchesPattern,
  polymorphicCodec,
  tagging,
  timeMapping,
  trackKeys,
};

/** What makes descriptors of tables. */
const makers = { atomic, list, union, struct, polymorphic, conditional, element };

/** The descriptors of a release; each is made when it is first asked for, and only once. */
export interface LiveDescriptors {
  /** Throws when the model has no such type. */
  readonly type: (id: TypeId) => Type;
  /** A type or, where `xsi:type` may choose another, the union of it and what derives from it. */
  readonly anyType: (id: TypeId) => Type;
  /** Throws when the model has no such global element. */
  readonly element: (id: ElementId) => ElementDescriptor;
}

/** Links the same data that is printed as generated code (see `tables.ts`). */
export function liveDescriptors(input: EmitInput): LiveDescriptors {
  const plan = planOf(input);
  const made = new Map<string, unknown>();
  const once = (key: string, make: () => unknown): unknown => {
    let known = made.get(key);
    if (known === undefined) made.set(key, (known = make()));
    return known;
  };
  const descriptor = ({ kind, data }: Table): unknown => makers[kind](link(data) as never);
  const resolve = (reference: Reference): unknown => {
    switch (reference.reference) {
      case "type":
        return once(`type ${reference.id}`, () => descriptor(typeTable(plan, reference.id)));
      case "any":
        return once(`any ${reference.id}`, () => descriptor(anyTable(plan, reference.id)));
      case "conditional":
        return once(`conditional ${reference.key}`, () => descriptor(conditionalTable(plan, reference.key)));
      case "element":
        return once(`element ${reference.id}`, () => descriptor(elementTable(plan, reference.id)));
      case "attributes":
        return () =>
          once(`attributes ${wildcardKey(reference.wildcard)}`, () =>
            link(attributesTable(plan, reference.wildcard)),
          );
      case "runtime":
        return builtin(reference.name);
    }
  };
  const link = (data: Data): unknown => {
    if (typeof data !== "object") return data;
    if (isReference(data)) return isBare(data) ? resolve(data) : () => resolve(data);
    if (isReferences(data)) return () => data.references.map(resolve);
    if (isNamespaceName(data)) return data.namespaceName;
    if (Array.isArray(data)) return (data as readonly Data[]).map(link);
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, link(value)]));
  };
  return {
    type: (id) => resolve({ reference: "type", id }) as Type,
    anyType: (id) => resolve({ reference: plan.choosable(id).length > 0 ? "any" : "type", id }) as Type,
    element: (id) => resolve({ reference: "element", id }) as ElementDescriptor,
  };
}

function builtin(name: string): unknown {
  const found = runtime[name];
  if (found === undefined) throw new Error(`the runtime has no ${name}`);
  return found;
}
