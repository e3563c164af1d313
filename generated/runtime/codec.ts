// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Reading and writing: by tables at first, by code for what is hot. `decode.ts` and `encode.ts` use tables alone. */
import { compileReaders, compileWriters } from "./compile.js";
import { decode as decodeByTables, decodeResult as decodeResultByTables } from "./decode.js";
import { encode as encodeByTables } from "./encode.js";

/** Reads a document. Throws a `DecodeError` when it is not well-formed or its root is another element. */
export const decode: typeof decodeByTables = (...given: Parameters<typeof decodeByTables>) => {
  compileReaders();
  return decodeByTables(...given);
};

/** Like {@link decode}, and tells what was unknown, missing or wrong. */
export const decodeResult: typeof decodeResultByTables = (...given) => {
  compileReaders();
  return decodeResultByTables(...given);
};

/** Writes a document. Throws an `EncodeError` with all that is wrong with the value. */
export const encode: typeof encodeByTables = (...given: Parameters<typeof encodeByTables>) => {
  compileWriters();
  return encodeByTables(...given);
};
