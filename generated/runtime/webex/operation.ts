// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What generated code says about one operation, and the functions a client offers for it. */
import type { Struct } from "../descriptor.js";
import type { CallOptions, Exchange } from "./client.js";
import type { RequestIssue } from "./errors.js";

/** One call of the XML API. `Q` is the request, `S` the response as read. */
export interface Operation<Q = any, S = any> {
  /** The service it belongs to: `user`. */
  readonly service: string;
  /** Its name as in the schema: `getUser`. */
  readonly name: string;
  /** `xsi:type` of a request, sent to the letter: `java:com.webex.service.binding.user.GetUser`. */
  readonly wireType: string;
  readonly request: Struct<Q>;
  readonly response: Struct<any, S>;
  /**
   * Holds a request against its schema: `validateRequest` of the runtime, or `validatePlain` where that is enough. `false` where
   * writing a request looks at all that its schema says: so a bundle holds the least that validates its requests.
   */
  readonly validate: ((type: Struct, request: unknown) => readonly RequestIssue[]) | false;
  /** The release whose schemas this was generated from; "" for that of the connection. */
  readonly release: string;
  /** It reads and changes nothing, so it may be sent again. */
  readonly safe?: true;
  readonly list?: OperationList;
  /** Why it should not be used any more. */
  readonly deprecated?: string;
}

/** Where a list operation keeps its parts. */
export interface OperationList {
  /** The member of the response that repeats. */
  readonly records: string;
  /** The member of the response with `total`, `returned` and `startFrom`. */
  readonly counters?: string;
  /** The member of the request with `startFrom` and `maximumNum`. */
  readonly control?: string;
}

/** An operation whose answer is a list; `K` is the member of the response that holds the records. */
export interface ListOperation<Q = any, S = any, K extends keyof S = any> extends Operation<Q, S> {
  readonly list: OperationList & { readonly records: K & string };
}

/** One record of a list response. */
export type RecordOf<S, K extends keyof S> = NonNullable<S[K]> extends readonly (infer T)[] ? T : never;

/** The request may be left out where nothing in it is required. */
export type Arguments<Q> = object extends Q
  ? [request?: Q, options?: CallOptions]
  : [request: Q, options?: CallOptions];

/** An operation as a function of a client. Rejects with a `WebexError`. */
export interface Method<Q, S> {
  (...args: Arguments<Q>): Promise<S>;
  /** The same call with everything around its value: XML of both sides, status, findings. */
  exchange(...args: Arguments<Q>): Promise<Exchange<S>>;
}

/**
 * A list operation as a function of a client; by itself it gives one page. Where the site fails with 000015, nothing found, the list
 * is empty.
 */
export interface ListMethod<Q, S, K extends keyof S> extends Method<Q, S> {
  /** Every record of every page, one page in memory at a time. Rejects with a `WebexError`. */
  all(...args: Arguments<Q>): AsyncGenerator<RecordOf<S, K>, void, undefined>;
  /** Every page. */
  pages(...args: Arguments<Q>): AsyncGenerator<S, void, undefined>;
  /** The records of one answer while it arrives, however long it is, in bounded memory. */
  stream(...args: Arguments<Q>): AsyncGenerator<RecordOf<S, K>, void, undefined>;
}
