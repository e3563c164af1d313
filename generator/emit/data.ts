/** Descriptors as data: what tables are before they are printed or linked. */
import type { ElementId, TypeId, Wildcard } from "../model/types.js";
import type { ConditionalKey } from "./conditionals.js";

/** A value of a descriptor. */
export type Data =
  string | number | bigint | boolean | readonly Data[] | DataObject | Reference | References | NamespaceName;

/** Keys in the order in which they are printed. */
export interface DataObject {
  readonly [key: string]: Data;
}

/** Another descriptor. */
export type Reference =
  /** The descriptor of a type of the model. */
  | { readonly reference: "type"; readonly id: TypeId }
  /** The polymorphic descriptor of a type: itself, or what `xsi:type` chooses. */
  | { readonly reference: "any"; readonly id: TypeId }
  /** The descriptor of a table of type alternatives. */
  | { readonly reference: "conditional"; readonly key: ConditionalKey }
  /** The descriptor of a global element. */
  | { readonly reference: "element"; readonly id: ElementId }
  /** The function of a module that lists the global attributes a wildcard knows. */
  | { readonly reference: "attributes"; readonly namespace: string; readonly wildcard: Wildcard }
  /** A constant of the runtime: `string`, `longAsNumber`, `anyType`. */
  | { readonly reference: "runtime"; readonly name: string };

/** A function that gives a list of other descriptors. */
export interface References {
  readonly references: readonly Reference[];
  /** Lists with the same key are the same; a module prints one of them once. */
  readonly shared?: string;
}

/** The namespace of a module, which the module names once. */
export interface NamespaceName {
  readonly namespaceName: string;
}

/** One descriptor: the function of the runtime that makes it, and what it makes it of (`templates/runtime/tables.ts`). */
export interface Table {
  readonly kind: "atomic" | "list" | "union" | "struct" | "polymorphic" | "conditional" | "element";
  readonly data: DataObject;
}

/** Whether a reference is a name as it stands: others are asked for when they are used. */
export function isBare({ reference }: Reference): boolean {
  return reference === "runtime" || reference === "attributes";
}

// Tables have the names of elements and attributes as keys, these among them; their values are objects then.

/** Whether data are another descriptor. */
export function isReference(data: Data): data is Reference {
  return typeof valueAt(data, "reference") === "string";
}

/** Whether data are a function that gives other descriptors. */
export function isReferences(data: Data): data is References {
  return Array.isArray(valueAt(data, "references"));
}

/** Whether data are the namespace of a module. */
export function isNamespaceName(data: Data): data is NamespaceName {
  return typeof valueAt(data, "namespaceName") === "string";
}

function valueAt(data: Data, key: string): Data | undefined {
  return typeof data === "object" && Object.hasOwn(data, key) ? (data as DataObject)[key] : undefined;
}

/** An object without the keys whose value is undefined. */
export function dataObject(entries: Readonly<Record<string, Data | undefined>>): DataObject {
  return Object.fromEntries(
    Object.entries(entries).filter((entry): entry is [string, Data] => entry[1] !== undefined),
  );
}
