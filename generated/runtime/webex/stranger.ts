// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** What came where a message should be. */

/** How many words of theirs are quoted, in UTF-16 code units. */
const longest = 120;

/**
 * A text that is no answer, in a few words: `an HTML page that says "Sign in"`. Secrets must be blotted out of it before:
 * a part of one could not be found any more.
 */
export function describeStranger(text: string): string {
  // What matters stands at the beginning, and looking takes time in proportion to what is looked at.
  const start = text.slice(0, 8192).trim();
  if (start === "") return "nothing";
  const said = (words: string | undefined): string => {
    const line = (words ?? "").replace(/\s+/gu, " ").trim();
    const short = line.length > longest ? `${line.slice(0, longest)}...` : line;
    return short && ` that says ${JSON.stringify(short)}`;
  };
  const within = (name: string): string | undefined =>
    new RegExp(`<(?:[^\\s<>/:]+:)?(?:${name})(?:\\s[^<>]*)?>([^<]*)`, "iu").exec(start)?.[1];
  const root = /^(?:<[?!][^>]*>\s*)*<(?:[^\s<>/:!?]+:)?([^\s<>/:!?]+)(?=[\s/>])/u.exec(start)?.[1];
  if (/^<!doctype html/iu.test(start) || /^html$/iu.test(root ?? ""))
    return `an HTML page${said(within("title") ?? within("h1"))}`;
  if (root === "Envelope") return `a SOAP message${said(within("faultstring|Text"))}`;
  if (root === "message") return `a message${said(within("reason"))}`;
  if (root !== undefined) return `XML with the root element ${root}`;
  if (start.startsWith("<")) return "XML";
  return /^[{[]/u.test(start) ? `JSON${said(start)}` : `text${said(start)}`;
}

/** What to do about an HTTP status other than 200. */
export function adviceFor(status: number): string {
  if (status === 404 || status === 405 || status === 410) return "is siteName or url right?";
  if (status === 401 || status === 403)
    return "what stands before the API, such as a proxy, wants something else than these credentials";
  if (status === 408 || status === 429 || status >= 500) return "it may pass: try again later";
  return "";
}
