/** What emitters get and give. */
import type { Report } from "../diagnostics.js";
import type { Model, TypeId, ElementId } from "../model/types.js";
import type { Remark } from "../remark.js";
import type { Direction, Operation, ScalarRule, Service } from "../service/types.js";

export type { Remark } from "../remark.js";

/** A file to be written: `path` is relative to the output folder, with `/`. */
export interface OutputFile {
  readonly path: string;
  readonly text: string;
  /** Already in its final form: the formatter leaves it alone. */
  readonly final?: boolean;
}

/** A function from a model to files; more of them can be named in the configuration. */
export type Emitter = (input: EmitInput, report: Report) => readonly OutputFile[];

/** All that is known about one release when code is printed. */
export interface EmitInput {
  readonly model: Model;
  readonly service?: Service;
  /** Which directions reach a type; `none` throughout when there are no operations. */
  readonly direction: (type: TypeId) => Direction;
  readonly names: Names;
  /**
   * The release that brought a component, by member key: a type id, `<type id>/<element>` or `<type id>/@<attribute>`,
   * `<type id>=<enumeration value>`, or `operation:<service>.<name>`. Undefined: since the first known release, or no history.
   */
  readonly since: (key: string) => string | undefined;
  /** Remarks from release notes, by the same keys. */
  readonly remarks: (key: string) => readonly Remark[];
  readonly options: EmitOptions;
}

export interface EmitOptions {
  /** How generated modules import each other: `.js`, `.ts` or nothing. */
  readonly importExtension: ".js" | ".ts" | "";
  /** From a generated module to the runtime: `../runtime/`. */
  readonly runtimePath: string;
  /** Rules of the configuration; they come before those of the service and the general defaults. */
  readonly scalars: readonly ScalarRule[];
  /** Services, operations or types to which the output is pruned; empty: everything. */
  readonly only: readonly string[];
}

/** TypeScript names, decided once per release; emitters only look them up. */
export interface Names {
  /** Module of a namespace, without extension: `user`. */
  readonly module: (namespace: string) => string;
  /** Interface, type alias and descriptor constant of a type: `UserType`. */
  readonly type: (id: TypeId) => string;
  /** The read form, `UserTypeRead`. */
  readonly readType: (id: TypeId) => string;
  /** The union of a type and all that derive from it: `ShapeAny`. */
  readonly anyType: (id: TypeId) => string;
  /** Descriptor constant of a global element: `messageElement`. */
  readonly element: (id: ElementId) => string;
  /** Exported constant of an operation: `getUser`. */
  readonly operation: (operation: Operation) => string;
}
