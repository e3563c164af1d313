/**
 * What a service convention adds to a model: operations, and rules about how values travel.
 *
 * A convention (Webex is one) is a {@link ServiceConvention}; everything after it, emitters and reports
 * included, sees only the data it returns.
 */
import type { Model, TypeId } from "../model/types.js";

/** One call of a remote API. */
export interface Operation {
  /** The service it belongs to, as users name it: `user`. */
  readonly service: string;
  /** Its name as in the schema: `getUser`. */
  readonly name: string;
  readonly request: TypeId;
  readonly response: TypeId;
  /** What stands in `xsi:type` of a request: `java:com.webex.service.binding.user.GetUser`. */
  readonly wireType: string;
  /** Has no effect on the server, so it may be tried again. */
  readonly safe: boolean;
  /** The response is a list. */
  readonly list?: ListInfo;
  readonly documentation?: string;
}

/** Where a list operation keeps its parts; it comes in pages when `counters` and `control` are there. */
export interface ListInfo {
  /** The member of the response that repeats. */
  readonly records: string;
  /** The member of the response with `total`, `returned` and `startFrom`. */
  readonly counters?: string;
  /** The member of the request with `startFrom` and `maximumNum`. */
  readonly control?: string;
}

/** One rule about how a scalar is represented; the first rule that matches wins. */
export interface ScalarRule {
  /** Built-in type (`xs:long`), type (`{uri}local` or `prefix:local`), or absent for any. */
  readonly type?: string;
  /** A path of element names below a type, `GetUserResponse/userId`, `*` and `**` allowed, or absent for any. */
  readonly path?: string;
  /** A regular expression that the name of the element or attribute must match. */
  readonly name?: string;
  readonly as: "string" | "number" | "bigint" | "boolean";
}

/** What a convention knows about a model. */
export interface Service {
  /** Id of the convention: `webex`. */
  readonly convention: string;
  /** In order of service, then schema order. */
  readonly operations: readonly Operation[];
  /** Types whose derived types are chosen by operation: no union of all of them is emitted. */
  readonly slots: readonly TypeId[];
  readonly scalars: readonly ScalarRule[];
  /** Required by the schema, yet known to be omitted by servers: `{uri}type/element`, or `*` + `/element`. */
  readonly omitted: readonly string[];
  /** The name of a module, by namespace URI, where the prefix is not what users say. */
  readonly modules: Readonly<Record<string, string>>;
  /** The folder of `templates/runtime/` that the client needs: `webex`. */
  readonly runtime: string;
  /** What the API is called, without a release: `Webex Meetings XML API`. */
  readonly title: string;
  /** A call to show first, `request` as TypeScript; absent when the model lacks the operations to show. */
  readonly example?: { readonly service: string; readonly name: string; readonly request: string };
}

/** What is documented about a code that a failure carries. */
export interface ExceptionInfo {
  readonly code: string;
  readonly reason?: string;
  readonly meaning: string;
  /** `user.getUser`; absent: any operation. */
  readonly operations?: readonly string[];
  readonly release?: string;
}

/** Something that a release added, as an operation sees it. */
export interface Addition {
  readonly release: string;
  /** `user.getUser` */
  readonly operations: readonly string[];
  /** From the request or response type: `getUserResponse/freeAccount`. Absent: the operation itself. */
  readonly path?: string;
}

/** Recognises a family and describes it; undefined when the model does not follow the convention. */
export interface ServiceConvention {
  readonly id: string;
  /** What a schema must have to be recognised, for people. */
  readonly sign: string;
  readonly describe: (model: Model) => Service | undefined;
}

/** Which directions reach a type. */
export type Direction = "request" | "response" | "both" | "none";
