// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Operations as functions of a client. */
import { compileReaders, compileWriters } from "../compile.js";
import type { CallOptions, Connection } from "./client.js";
import { call, exchange } from "./client.js";
import { all, pages } from "./list.js";
import { stream } from "./stream.js";
import type { ListMethod, ListOperation, Method, Operation } from "./operation.js";

/** An operation as a function that needs its request alone. */
export function method<Q, S>(connection: Connection, operation: Operation<Q, S>): Method<Q, S> {
  // A client of all operations is no small program; one that calls a few by `call` stays small and uses tables.
  compileReaders();
  compileWriters();
  // A request that may be left out is one with nothing in it.
  const bound = (request?: Q, options?: CallOptions): Promise<S> =>
    call(connection, operation, (request ?? {}) as Q, options);
  return Object.assign(bound, {
    exchange: (request?: Q, options?: CallOptions) =>
      exchange(connection, operation, (request ?? {}) as Q, options),
  }) as Method<Q, S>;
}

/** A list operation as a function of a page, with `all`, `pages` and `stream`. */
export function listMethod<Q, S, K extends keyof S>(
  connection: Connection,
  operation: ListOperation<Q, S, K>,
): ListMethod<Q, S, K> {
  return Object.assign(method<Q, S>(connection, operation), {
    all: (request?: Q, options?: CallOptions) =>
      all<Q, S, K>(connection, operation, (request ?? {}) as Q, options),
    pages: (request?: Q, options?: CallOptions) =>
      pages<Q, S>(connection, operation, (request ?? {}) as Q, options),
    stream: (request?: Q, options?: CallOptions) =>
      stream<Q, S, K>(connection, operation, (request ?? {}) as Q, options),
  }) as unknown as ListMethod<Q, S, K>;
}
