/** Descriptors as Standard Schemas (standardschema.dev, version 1): any library that takes one takes a generated type. */
import type { Root } from "./decode.js";
import type {
  Atomic,
  Conditional,
  ElementDescriptor,
  List,
  Polymorphic,
  Struct,
  Type,
  Union,
} from "./descriptor.js";
import {
  atomicOf,
  conditionalOf,
  elementOf,
  listOf,
  polymorphicOf,
  structOf,
  unionOf,
  type AtomicTable,
  type ConditionalTable,
  type ElementTable,
  type ListTable,
  type PolymorphicTable,
  type StructTable,
  type UnionTable,
} from "./tables.js";
import { validate, type ValidationIssue } from "./validate.js";

/** The interface of the specification; `I` is what is taken, `O` what comes out. */
export interface StandardSchema<I = unknown, O = I> {
  readonly "~standard": StandardProps<I, O>;
}

/** What stands behind `~standard`. */
export interface StandardProps<I = unknown, O = I> {
  readonly version: 1;
  readonly vendor: "xsd-strata";
  /** Never throws, never waits; the value that is valid is given back as it is. */
  readonly validate: (value: unknown) => StandardResult<O>;
  /** For types alone. */
  readonly types?: { readonly input: I; readonly output: O };
}

/** A value, or what is wrong with it. */
export type StandardResult<O> =
  { readonly value: O; readonly issues?: undefined } | { readonly issues: readonly StandardIssue[] };

/** One finding; `path` holds keys and indexes. */
export interface StandardIssue extends Pick<ValidationIssue, "code" | "message" | "expected" | "clause"> {
  readonly path: readonly (string | number)[];
}

/** Generated constants: a descriptor that is a Standard Schema as well. */
export interface AtomicSchema<W = any, R = W> extends Atomic<W, R>, StandardSchema<W> {}
export interface ListSchema<W = any, R = W> extends List<W, R>, StandardSchema<W> {}
export interface UnionSchema<W = any, R = W> extends Union<W, R>, StandardSchema<W> {}
export interface StructSchema<W = any, R = W> extends Struct<W, R>, StandardSchema<W> {}
export interface PolymorphicSchema<W = any, R = W> extends Polymorphic<W, R>, StandardSchema<W> {}
export interface ConditionalSchema<W = any, R = W> extends Conditional<W, R>, StandardSchema<W> {}
export interface ElementSchema<W = any, R = W> extends ElementDescriptor<W, R>, StandardSchema<W> {}

/** What {@link struct} and the others do: adds `~standard`, made when it is first asked for. */
function carry(descriptor: object): any {
  return Object.defineProperty(descriptor, "~standard", { get: makeProps, configurable: true });
}

function makeProps(this: Root | Type): StandardProps {
  const props: StandardProps = {
    version: 1,
    vendor: "xsd-strata",
    validate: (value) => {
      const issues = validate(this, value);
      return issues.length === 0
        ? { value }
        : {
            issues: issues.map(({ code, message, expected, clause, steps }) => ({
              code,
              message,
              expected,
              clause,
              path: steps,
            })),
          };
    },
  };
  Object.defineProperty(this, "~standard", { value: props });
  return props;
}

/** Generated code calls these; a bundler drops the call with the constant. */
export const atomic = <W, R>(table: AtomicTable): AtomicSchema<W, R> => carry(atomicOf(table));
export const list = <W, R>(table: ListTable): ListSchema<W, R> => carry(listOf(table));
export const union = <W, R>(table: UnionTable): UnionSchema<W, R> => carry(unionOf(table));
export const struct = <W, R>(table: StructTable): StructSchema<W, R> => carry(structOf(table));
export const polymorphic = <W, R>(table: PolymorphicTable): PolymorphicSchema<W, R> =>
  carry(polymorphicOf(table));
export const conditional = <W, R>(table: ConditionalTable): ConditionalSchema<W, R> =>
  carry(conditionalOf(table));
export const element = <W, R>(table: ElementTable): ElementSchema<W, R> => carry(elementOf(table));
