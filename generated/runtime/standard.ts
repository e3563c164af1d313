// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Descriptors as Standard Schemas (standardschema.dev, version 1): any library that takes one takes a generated type. */
import type { Root } from "./decode.js";
import type { Described, Struct, Type, Writable } from "./descriptor.js";
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

/** A complex type that is a Standard Schema too. */
export interface StructSchema<W, R = W> extends Struct<W, R>, StandardSchema<W> {}

/**
 * Makes a descriptor a Standard Schema: adds `~standard`, made when it is first asked for. Generated types are that already, the
 * descriptors that they and others are made of (`UserType$`) are not, so that what only reads and writes brings no validator; nor
 * are elements.
 */
// Most types are complex: their two arguments are taken as they stand, where `D` would be taken apart.
export function schema<W, R>(descriptor: Struct<W, R>): StructSchema<W, R>;
export function schema<D extends Described<any>>(descriptor: D): D & StandardSchema<Writable<D>>;
export function schema(descriptor: object): object {
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
