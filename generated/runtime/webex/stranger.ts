// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What came where a message should be. */
import type { XmlErrorCode } from "../errors.js";

/** Why a text could not be read. */
export interface Unreadable {
  readonly code: XmlErrorCode;
  readonly message: string;
}

/** The message of a failure: an HTTP status other than 200, or else a text that is no answer. The text is free of secrets. */
export type Explain = (status: number, text: string, problem?: Unreadable) => string;

/** Says what came instead of an answer, and what to do. */
export const explainFailure: Explain = (status, text, problem) => {
  const stranger = describeStranger(text);
  if (!problem) {
    const advice = adviceFor(status);
    return `HTTP ${status} with ${stranger}${advice && `: ${advice}`}`;
  }
  const { code, message } = problem;
  const isCutOff = /^(syntax|encoding)$/u.test(code) && !/<\/(?:[^\s<>/:]+:)?message\s*>\s*$/u.test(text);
  return stranger.startsWith("XML of message") || stranger === "XML"
    ? `the answer cannot be read${isCutOff ? ", it may be cut off" : ""}: ${message}`
    : `the answer is ${stranger}, no message of the XML API: are siteName and url right, and does a proxy or a maintenance page answer? ${message}`;
};

/** How many words of theirs are quoted, in UTF-16 code units. */
const longest = 120;

/**
 * A text that is no answer, in a few words: `an HTML page that says "Sign in"`. Secrets must be blotted out of it before:
 * a part of one could not be found any more.
 */
function describeStranger(text: string): string {
  // What matters stands at the beginning, and looking takes time in proportion to what is looked at.
  const start = text.slice(0, 8192);
  const root = /^\s*(?:<[?!][^>]*>\s*)*<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)(?=[\s/>])/u.exec(start)?.[1];
  const words = start
    .replace(/<(script|style)\b[^]*?<\/\1>|<[^>]*>?|\s+/giu, " ")
    .replace(/ +/gu, " ")
    .trim();
  const short = words.length > longest ? `${words.slice(0, longest)}...` : words;
  const isPage = /^html$/iu.test(root ?? "") || /^\s*<!doctype html/iu.test(start);
  const kind = isPage
    ? "an HTML page"
    : root === undefined
      ? /^\s*</u.test(start)
        ? "XML"
        : "text"
      : `XML of ${root}`;
  return start.trim() === "" ? "nothing" : kind + (short && ` that says ${JSON.stringify(short)}`);
}

/** What to do about an HTTP status other than 200. */
function adviceFor(status: number): string {
  if (status === 0) return "a redirection, perhaps, which is not followed: are siteName and url right?";
  if (status === 404 || status === 405 || status === 410) return "is siteName or url right?";
  if (status === 401 || status === 403)
    return "what stands before the API, such as a proxy, wants something else than these credentials";
  if (status === 408 || status === 429 || status >= 500) return "it may pass: try again later";
  return "";
}
