/** What emitters get and give. */
import type { Report } from "../diagnostics.js";
import type { ElementId, Model, TypeId, Wildcard } from "../model/types.js";
import type { Remark } from "../remark.js";
import type { ConditionalKey } from "./conditionals.js";
import type { Direction, ExceptionInfo, Operation, ScalarRule, Service } from "../service/types.js";

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
  /** What is documented about the exception codes of a service, in the order of the codes. */
  readonly exceptions?: readonly ExceptionInfo[];
  readonly options: EmitOptions;
}

export interface EmitOptions {
  /** Where the files of the release lie in the output folder: `v2.1.0/`; "" for the folder itself. */
  readonly folder: string;
  /** How generated modules import each other: `.js`, `.ts` or nothing. */
  readonly importExtension: ".js" | ".ts" | "";
  /** From a generated module to the runtime: `../runtime/`. */
  readonly runtimePath: string;
  /** Rules of the configuration; they come before those of the service and the general defaults. */
  readonly scalars: readonly ScalarRule[];
  /** Services, operations, types or elements to which the output is pruned; empty: everything. */
  readonly only: readonly string[];
  /** How documents are read and written: by tables, which is the default, or also by code that is printed. */
  readonly codecs?: CodecStyle;
}

/** `tables`: descriptors alone, from which code is made when it pays. `ahead-of-time`: that code too, as a module. */
export type CodecStyle = "tables" | "ahead-of-time";

/** TypeScript names, decided once per release; emitters only look them up. */
export interface Names {
  /** Module of a namespace, without extension: `user`. */
  readonly module: (namespace: string) => string;
  /** The module that declares a name of a namespace, without extension: that of the namespace, or where it is large, a part of it. */
  readonly home: (namespace: string, name: string) => string;
  /** Interface, type alias and descriptor constant of a type: `UserType`. */
  readonly type: (id: TypeId) => string;
  /** The read form, `UserTypeRead`. */
  readonly readType: (id: TypeId) => string;
  /** The union of a type and all that derive from it: `ShapeAny`. */
  readonly anyType: (id: TypeId) => string;
  /** The read form of that union, `ShapeAnyRead`. */
  readonly anyReadType: (id: TypeId) => string;
  /** The union of the tagged items in an array of ordered content (`$content`), `ParagraphItem`; its read form. */
  readonly item: (id: TypeId, property: string) => string;
  readonly readItem: (id: TypeId, property: string) => string;
  /** The constant list of an enumeration's values: `activeTypeValues`. */
  readonly values: (id: TypeId) => string;
  /** The union of the tagged items that may stand where a substitutable element is named, `VehicleMember`; its read form. */
  readonly member: (id: ElementId) => string;
  readonly readMember: (id: ElementId) => string;
  /** The function that lists their descriptors: `vehicleMembers`. */
  readonly memberList: (id: ElementId) => string;
  /** Descriptor constant of a global element: `messageElement`. */
  readonly element: (id: ElementId) => string;
  /** Of what a wildcard lets in, in a module where it stands; undefined where that is too little to be named. */
  readonly wildcard: (namespace: string, wildcard: Wildcard) => WildcardNames | undefined;
  /** The function that lists the global attributes which an attribute wildcard knows; undefined where it knows none. */
  readonly attributeList: (namespace: string, wildcard: Wildcard) => string | undefined;
  /** Of a table of type alternatives: its union `ShapeAlternative`, the read form of that, and where both stand. */
  readonly conditional: (key: ConditionalKey) => ConditionalNames;
  /** Names in a module beside those above: of unions of tagged items, of wildcards. */
  readonly others: (namespace: string) => readonly string[];
  /** Exported constant of an operation: `getUser`. */
  readonly operation: (operation: Operation) => string;
}

/** What a table of type alternatives is called, after the element `local` of a namespace. */
export interface ConditionalNames {
  readonly namespace: string;
  readonly local: string;
  readonly name: string;
  readonly readName: string;
}

/** What a module calls the elements that a wildcard lets in and the schema knows. */
export interface WildcardNames {
  /** The union of tagged items: `OtherElement`. */
  readonly item: string;
  /** Its read form: `OtherElementRead`. */
  readonly readItem: string;
  /** The function that lists the descriptors: `otherElements`. */
  readonly list: string;
}
