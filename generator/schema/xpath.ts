/** The XPath subset of identity constraints (XML Schema Part 1, clause 3.11.6). */
import { endOfName, isNCName } from "./names.js";

/** What is wrong with the XPath of `xs:selector` or `xs:field`; undefined when nothing is. */
export function judgeXPath(
  xpath: string,
  kind: "selector" | "field",
  namespaces: ReadonlyMap<string, string>,
): string | undefined {
  let wrong: string | undefined;
  walk(xpath, kind, {
    name(name) {
      const prefix = prefixOf(name);
      if (prefix !== undefined && !namespaces.has(prefix)) wrong ??= `the prefix "${prefix}" is not declared`;
    },
    wrong(message) {
      wrong ??= message;
    },
  });
  return wrong;
}

/** The XPath with a prefix before each element name that has none (`xpathDefaultNamespace` of XSD 1.1). */
export function prefixNames(xpath: string, kind: "selector" | "field", prefix: string): string {
  const places: number[] = [];
  walk(xpath, kind, {
    name(name, at, attribute) {
      if (!attribute && !name.includes(":") && name !== "*") places.push(at);
    },
    wrong() {
      // Judged elsewhere.
    },
  });
  let result = xpath;
  for (const at of places.reverse()) result = `${result.slice(0, at)}${prefix}:${result.slice(at)}`;
  return result;
}

function prefixOf(name: string): string | undefined {
  const colon = name.indexOf(":");
  return colon === -1 ? undefined : name.slice(0, colon);
}

interface Visitor {
  readonly name: (name: string, at: number, attribute: boolean) => void;
  readonly wrong: (message: string) => void;
}

type Token = { readonly text: string; readonly at: number };

/** Path ( '|' Path )* ; Path ::= ('.//')? Step ( '/' Step )*, and for a field the last step may be an attribute. */
function walk(xpath: string, kind: "selector" | "field", visit: Visitor): void {
  const tokens = tokenize(xpath, visit);
  if (tokens === undefined) return;
  let next = 0;
  const peek = (ahead = 0): string | undefined => tokens[next + ahead]?.text;
  const accept = (text: string): boolean => {
    if (peek() !== text) return false;
    next++;
    return true;
  };
  const acceptAxis = (axis: string): boolean => {
    if (peek() !== axis || peek(1) !== "::") return false;
    next += 2;
    return true;
  };
  const nameTest = (attribute: boolean): boolean => {
    const token = tokens[next];
    if (token === undefined || !/^[^./|@:]/u.test(token.text)) return false;
    next++;
    visit.name(token.text, token.at, attribute);
    return true;
  };
  /** Undefined: no step; true: an attribute, after which the path ends. */
  const step = (): boolean | undefined => {
    if (accept(".")) return false;
    if (accept("@") || acceptAxis("attribute")) {
      if (kind === "selector") visit.wrong("a selector must not name attributes");
      return nameTest(true) ? true : undefined;
    }
    acceptAxis("child");
    return nameTest(false) ? false : undefined;
  };
  do {
    if (peek() === "." && peek(1) === "//") next += 2;
    let attribute = step();
    while (attribute === false && accept("/")) attribute = step();
    if (attribute === undefined) {
      visit.wrong(
        next >= tokens.length ? "a step is missing at the end" : `"${peek() ?? ""}" is not expected there`,
      );
      return;
    }
  } while (accept("|"));
  if (next < tokens.length) visit.wrong(`"${peek() ?? ""}" is not expected there`);
}

function tokenize(xpath: string, visit: Visitor): Token[] | undefined {
  const tokens: Token[] = [];
  let at = 0;
  while (at < xpath.length) {
    const rest = xpath.slice(at, at + 2);
    const space = /^[\t\n\r ]/u.test(rest);
    if (space) {
      at++;
      continue;
    }
    if (rest === "//" || rest === "::") {
      tokens.push({ text: rest, at });
      at += 2;
      continue;
    }
    if (/^[./|@*]/u.test(rest)) {
      tokens.push({ text: rest.charAt(0), at });
      at++;
      continue;
    }
    // "child::a" is read by endOfName as one name, since ":" is a name character of XML.
    let end = endOfName(xpath, at);
    const axis = xpath.indexOf("::", at);
    if (axis !== -1 && axis < end) end = axis;
    let text = xpath.slice(at, end);
    if (text.endsWith(":") && xpath[end] === "*" && isNCName(text.slice(0, -1))) {
      end++;
      text += "*";
    } else if (text === "" || !text.split(":").every(isNCName) || text.split(":").length > 2) {
      visit.wrong(`"${text === "" ? xpath.charAt(at) : text}" is not a name`);
      return undefined;
    }
    tokens.push({ text, at });
    at = end;
  }
  return tokens;
}
