/**
 * Tests of conditional type assignment (`xs:alternative`; Part 1 of XSD 1.1, clause 3.12.6).
 *
 * The specification requires a small part of XPath 2.0: attributes, literals, casts, comparisons, `and`, `or`, `not`. What lies in
 * it becomes a tree. All other XPath 2.0 is followed too, so that what is no XPath can be told from what is only not evaluated.
 */
import type { Comparator, Condition, Operand } from "../../templates/runtime/descriptor.js";
import { XSD_NAMESPACE } from "./element.js";
import { endOfName, isNCName } from "./names.js";

/** What a test says: a tree that can be evaluated, why it cannot be, or what is wrong with it. */
export type Test =
  | { readonly condition: Condition }
  /** XPath that goes beyond the part that is evaluated. */
  | { readonly beyond: string }
  /** No XPath 2.0, or a name that means nothing there. */
  | { readonly wrong: string };

/** The names that a test may use. */
export interface TestContext {
  readonly namespaces: ReadonlyMap<string, string>;
  /** What `xpathDefaultNamespace` says: the namespace of types without a prefix. */
  readonly defaultNamespace: string;
}

const FUNCTIONS = "http://www.w3.org/2005/xpath-functions";
const maxLength = 10_000;
const maxDepth = 100;

/** Reads a test. Never throws; work is bounded by limits on length and depth. */
export function readTest(text: string, context: TestContext): Test {
  if (text.length > maxLength) return { wrong: `it is longer than ${String(maxLength)} characters` };
  const reader = new TestReader(text, context);
  const condition = reader.read();
  if (reader.wrong !== undefined) return { wrong: reader.wrong };
  return condition === undefined
    ? { beyond: reader.beyond ?? "an expression that is no test" }
    : { condition };
}

/** A tree, or undefined for an expression beyond what is evaluated. */
type Read = Condition | undefined;

function isOperand(read: Condition): read is Operand {
  return typeof read === "string" || /^(?:@|cast|integer|decimal|double)$/u.test(read[0]);
}

/** Atomic types that a value may be cast to; names and lists of names need more than a text. */
const castable: ReadonlySet<string> = new Set(
  (
    "string normalizedString token language Name NCName NMTOKEN ID IDREF ENTITY boolean decimal integer " +
    "nonPositiveInteger negativeInteger long int short byte nonNegativeInteger unsignedLong unsignedInt unsignedShort " +
    "unsignedByte positiveInteger float double duration yearMonthDuration dayTimeDuration dateTime dateTimeStamp time date " +
    "gYearMonth gYear gMonthDay gDay gMonth hexBinary base64Binary anyURI"
  ).split(" "),
);

/** Types of XPath that are known, and not evaluated. */
const otherTypes: ReadonlySet<string> = new Set(["QName", "untypedAtomic", "NOTATION", "anyAtomicType"]);

/** The functions of XPath 2.0 (XQuery 1.0 and XPath 2.0 Functions and Operators). */
const functions: ReadonlySet<string> = new Set(
  (
    "QName abs adjust-date-to-timezone adjust-dateTime-to-timezone adjust-time-to-timezone avg base-uri boolean ceiling " +
    "codepoint-equal codepoints-to-string collection compare concat contains count current-date current-dateTime " +
    "current-time data dateTime day-from-date day-from-dateTime days-from-duration deep-equal default-collation " +
    "distinct-values doc doc-available document-uri empty encode-for-uri ends-with error escape-html-uri exactly-one exists " +
    "false floor hours-from-dateTime hours-from-duration hours-from-time id idref implicit-timezone in-scope-prefixes " +
    "index-of insert-before iri-to-uri lang last local-name local-name-from-QName lower-case matches max min " +
    "minutes-from-dateTime minutes-from-duration minutes-from-time month-from-date month-from-dateTime " +
    "months-from-duration name namespace-uri namespace-uri-for-prefix namespace-uri-from-QName nilled node-name " +
    "normalize-space normalize-unicode not number one-or-more position prefix-from-QName remove replace resolve-QName " +
    "resolve-uri reverse root round round-half-to-even seconds-from-dateTime seconds-from-duration seconds-from-time " +
    "starts-with static-base-uri string string-join string-length string-to-codepoints subsequence substring " +
    "substring-after substring-before sum timezone-from-date timezone-from-dateTime timezone-from-time tokenize trace " +
    "translate true unordered upper-case year-from-date year-from-dateTime years-from-duration zero-or-one"
  ).split(" "),
);

const axes: ReadonlySet<string> = new Set(
  (
    "child descendant attribute self descendant-or-self following-sibling following namespace parent ancestor " +
    "preceding-sibling preceding ancestor-or-self"
  ).split(" "),
);

/** Tests of kinds of nodes, which look like functions. */
const nodeKinds: ReadonlySet<string> = new Set(
  (
    "node text comment processing-instruction document-node element attribute schema-element schema-attribute item " +
    "empty-sequence"
  ).split(" "),
);

/** A name and a parenthesis; one with a colon begins a comment. */
const opening = /[\w-]+\s*\((?!:)/uy;

/** One pass over a text, by recursive descent along the grammar of XPath 2.0 (appendix A.1). */
class TestReader {
  /** The first that is wrong; from then on the text is taken to be at its end. */
  wrong: string | undefined;
  /** The first that goes beyond what is evaluated. */
  beyond: string | undefined;
  private at = 0;
  private depth = 0;
  /** Those that `for`, `some` and `every` bind around the present place. */
  private readonly variables: string[] = [];
  private readonly text: string;
  private readonly context: TestContext;

  constructor(text: string, context: TestContext) {
    this.text = text;
    this.context = context;
  }

  read(): Read {
    const condition = this.expression();
    this.skip();
    if (this.at < this.text.length) this.unexpected();
    return condition;
  }

  // --- texts ------------------------------------------------------------------------------------------------------

  private fail(message: string): undefined {
    this.wrong ??= message;
    this.at = this.text.length;
    return undefined;
  }

  private unexpected(): undefined {
    this.skip();
    const rest = this.text.slice(this.at);
    if (rest === "") return this.fail("it ends too early");
    const end = endOfName(rest, 0);
    return this.fail(`"${end > 0 ? rest.slice(0, end) : rest.charAt(0)}" is not expected there`);
  }

  private outside(what: string): undefined {
    this.beyond ??= what;
    return undefined;
  }

  /** White space and comments, which may be nested. */
  private skip(): void {
    for (let open = 0; this.at < this.text.length;) {
      const two = this.text.slice(this.at, this.at + 2);
      if (two === "(:") open++;
      else if (two === ":)" && open > 0) open--;
      else if (open > 0 || /^[\t\n\r ]/u.test(two)) {
        this.at++;
        if (this.at === this.text.length && open > 0) this.fail("a comment is not closed");
        continue;
      } else return;
      this.at += 2;
      if (this.at >= this.text.length && open > 0) this.fail("a comment is not closed");
    }
  }

  private accept(symbol: string): boolean {
    this.skip();
    if (!this.text.startsWith(symbol, this.at)) return false;
    this.at += symbol.length;
    return true;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) this.unexpected();
  }

  /** A keyword, where an operator or a clause may begin. */
  private acceptWord(...words: readonly string[]): boolean {
    this.skip();
    const start = this.at;
    for (const word of words) {
      this.skip();
      const end = endOfName(this.text, this.at);
      if (this.text.slice(this.at, end) !== word) {
        this.at = start;
        return false;
      }
      this.at = end;
    }
    return true;
  }

  private oneOf<Symbol extends string>(...symbols: readonly Symbol[]): Symbol | undefined {
    return symbols.find((symbol) => (/^\w/u.test(symbol) ? this.acceptWord(symbol) : this.accept(symbol)));
  }

  private lookingAt(pattern: RegExp): boolean {
    this.skip();
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  /** A QName as it is written; with `wild` also `*`, `p:*` and `*:local`. */
  private name(wild = false): { readonly prefix?: string; readonly local: string } | undefined {
    this.skip();
    const part = (): string | undefined => {
      if (wild && this.text.charAt(this.at) === "*") {
        this.at++;
        return "*";
      }
      let end = endOfName(this.text, this.at);
      const colon = this.text.slice(this.at, end).indexOf(":");
      if (colon !== -1) end = this.at + colon;
      const found = this.text.slice(this.at, end);
      if (!isNCName(found)) return undefined;
      this.at = end;
      return found;
    };
    const first = part();
    if (first === undefined) return this.unexpected();
    // "::" ends the name of an axis.
    if (this.text.charAt(this.at) !== ":" || this.text.charAt(this.at + 1) === ":") return { local: first };
    this.at++;
    const local = part();
    if (local === undefined || (first === "*" && local === "*")) return this.unexpected();
    return { prefix: first, local };
  }

  private namespaceOf(prefix: string): string | undefined {
    const uri =
      this.context.namespaces.get(prefix) ??
      (prefix === "xml" ? "http://www.w3.org/XML/1998/namespace" : undefined);
    return uri ?? this.fail(`the prefix "${prefix}" is not declared`);
  }

  // --- expressions ------------------------------------------------------------------------------------------------

  /** Expr: one or several with commas. */
  private expression(): Read {
    const first = this.single();
    let several = false;
    while (this.accept(",")) {
      several = true;
      this.single();
    }
    return several ? this.outside("a sequence") : first;
  }

  private single(): Read {
    if (++this.depth > maxDepth) return this.fail(`it is nested more than ${String(maxDepth)} levels deep`);
    const read = this.lookingAt(/(?:for|some|every)\s*\$/uy)
      ? this.binding()
      : this.lookingAt(/if\s*\(/uy)
        ? this.conditional()
        : this.or();
    this.depth--;
    return read;
  }

  private binding(): Read {
    const word = this.oneOf("for", "some", "every") ?? "for";
    const known = this.variables.length;
    do {
      this.expect("$");
      const name = this.name()?.local ?? "";
      if (!this.acceptWord("in")) this.unexpected();
      this.single();
      this.variables.push(name);
    } while (this.accept(","));
    if (!this.acceptWord(word === "for" ? "return" : "satisfies")) this.unexpected();
    this.single();
    this.variables.length = known;
    return this.outside(`"${word}"`);
  }

  private conditional(): Read {
    this.acceptWord("if");
    this.expect("(");
    this.expression();
    this.expect(")");
    if (!this.acceptWord("then")) this.unexpected();
    this.single();
    if (!this.acceptWord("else")) this.unexpected();
    this.single();
    return this.outside('"if"');
  }

  private or(): Read {
    return this.chain("or", () => this.chain("and", () => this.comparison()));
  }

  private chain(operator: "or" | "and", operand: () => Read): Read {
    const first = operand();
    const all = [first];
    while (this.acceptWord(operator)) all.push(operand());
    const known = all.filter((one) => one !== undefined);
    return all.length === 1 ? first : known.length === all.length ? [operator, ...known] : undefined;
  }

  private comparison(): Read {
    const left = this.range();
    const general: Comparator | undefined = this.lookingAt(/<<|>>/uy)
      ? undefined
      : this.oneOf("=", "!=", "<=", "<", ">=", ">");
    if (general !== undefined) {
      const right = this.range();
      if (left === undefined || right === undefined) return undefined;
      if (!isOperand(left) || !isOperand(right)) return this.outside("a comparison of truth values");
      return [general, left, right];
    }
    const other = this.oneOf("eq", "ne", "lt", "le", "gt", "ge", "is", "<<", ">>");
    if (other === undefined) return left;
    this.range();
    return this.outside(`the operator "${other}"`);
  }

  private range(): Read {
    return this.operators([
      ["to"],
      ["+", "-"],
      ["*", "div", "idiv", "mod"],
      ["union", "|"],
      ["intersect", "except"],
    ]);
  }

  /** Binary operators, those that bind least first. */
  private operators([loosest, ...tighter]: readonly (readonly string[])[]): Read {
    if (loosest === undefined) return this.typed();
    let read = this.operators(tighter);
    for (let operator; (operator = this.oneOf(...loosest)) !== undefined;) {
      this.operators(tighter);
      read = this.outside(`the operator "${operator}"`);
    }
    return read;
  }

  /** `instance of`, `treat as`, `castable as`, `cast as`: the last binds most. */
  private typed(): Read {
    let read = this.unary();
    if (this.acceptWord("cast", "as")) read = this.cast(read);
    if (this.acceptWord("castable", "as")) {
      this.atomicType();
      this.accept("?");
      read = this.outside('"castable as"');
    }
    for (const word of ["treat", "instance"] as const) {
      if (!this.acceptWord(word, word === "treat" ? "as" : "of")) continue;
      this.sequenceType();
      read = this.outside(word === "treat" ? '"treat as"' : '"instance of"');
    }
    return read;
  }

  private cast(read: Read): Read {
    const type = this.atomicType();
    const optional = this.accept("?");
    if (read === undefined || type === undefined) return undefined;
    return isOperand(read) ? castTo(type, read, optional) : this.outside("a cast of a truth value");
  }

  private unary(): Read {
    let minus = false;
    let signs = false;
    for (let sign; (sign = this.oneOf("+", "-")) !== undefined; signs = true)
      minus = minus !== (sign === "-");
    const read = this.path();
    if (!signs || read === undefined) return read;
    if (typeof read === "string" || !/^(?:integer|decimal|double)$/u.test(read[0]))
      return this.outside("a sign that is not that of a number");
    return [read[0] as "integer", minus ? `-${String(read[1])}` : String(read[1])];
  }

  // --- types ------------------------------------------------------------------------------------------------------

  /** The built-in atomic type that is named; no other is known when a type is chosen. Undefined: one that is not evaluated. */
  private atomicType(): string | undefined {
    const name = this.name();
    if (name === undefined) return undefined;
    const shown = name.prefix === undefined ? name.local : `${name.prefix}:${name.local}`;
    const uri = name.prefix === undefined ? this.context.defaultNamespace : this.namespaceOf(name.prefix);
    if (uri === undefined) return undefined;
    if (uri === XSD_NAMESPACE && castable.has(name.local)) return name.local;
    if (uri === XSD_NAMESPACE && otherTypes.has(name.local)) return this.outside(`the type ${shown}`);
    return this.fail(`"${shown}" is not a built-in atomic type, and others are not known there`);
  }

  private sequenceType(): void {
    if (this.lookingAt(opening)) this.kindTest();
    else this.atomicType();
    this.oneOf("?", "*", "+");
  }

  /** `element(*, xs:untyped)` and its like; what stands inside is only a list of names and strings. */
  private kindTest(): void {
    const name = this.name();
    if (name !== undefined && (name.prefix !== undefined || !nodeKinds.has(name.local)))
      this.fail(`"${name.local}" is not a kind of node`);
    this.expect("(");
    while (!this.accept(")")) {
      if (this.wrong !== undefined) return;
      if (this.lookingAt(/["']/uy)) this.stringLiteral();
      else if (this.lookingAt(opening)) this.kindTest();
      else this.name(true);
      this.accept("?");
      this.accept(",");
    }
  }

  // --- paths and values -------------------------------------------------------------------------------------------

  private path(): Read {
    let read: Read;
    let steps = false;
    if (this.oneOf("//", "/") !== undefined) {
      steps = true;
      if (!this.lookingAt(/[\p{L}_@.*("'$\d]/uy)) return this.outside("a path");
    }
    for (;;) {
      read = this.step();
      if (this.wrong !== undefined) return undefined;
      if (this.oneOf("//", "/") === undefined) break;
      steps = true;
    }
    return steps ? this.outside("a path") : read;
  }

  private step(): Read {
    let read = this.primary();
    while (this.accept("[")) {
      this.expression();
      this.expect("]");
      read = this.outside("a predicate");
    }
    return read;
  }

  private primary(): Read {
    this.skip();
    if (this.lookingAt(/["']/uy)) return this.stringLiteral();
    if (this.lookingAt(/\.?\d/uy)) return this.number();
    if (this.accept("@")) return this.attribute();
    if (this.accept("..") || this.accept(".")) return this.outside("the element itself");
    if (this.accept("(")) {
      if (this.accept(")")) return this.outside("an empty sequence");
      const read = this.expression();
      this.expect(")");
      return read;
    }
    if (this.accept("$")) {
      const name = this.name()?.local ?? "";
      return this.variables.includes(name)
        ? this.outside("a variable")
        : this.fail(`the variable "$${name}" is not declared`);
    }
    return this.named();
  }

  /** What begins with a name: an axis, the call of a function, or a child element. */
  private named(): Read {
    if (this.lookingAt(/[\w-]+\s*::/uy)) {
      const axis = this.name()?.local ?? "";
      if (!axes.has(axis)) return this.fail(`"${axis}" is not an axis`);
      this.expect("::");
      if (this.lookingAt(opening)) {
        this.kindTest();
        return this.outside(`the axis "${axis}"`);
      }
      if (axis === "attribute") return this.attribute();
      this.elementName();
      return this.outside(`the axis "${axis}"`);
    }
    if (this.lookingAt(/[\w.:-]+\s*\((?!:)/uy)) {
      const start = this.at;
      const name = this.name();
      if (name === undefined) return undefined;
      if (name.prefix === undefined && nodeKinds.has(name.local)) {
        this.at = start;
        this.kindTest();
        return this.outside("a test of nodes");
      }
      return this.call(name);
    }
    this.elementName();
    return this.outside("a child element, which is not there when a type is chosen");
  }

  private elementName(): void {
    const name = this.name(true);
    if (name?.prefix !== undefined && name.prefix !== "*") this.namespaceOf(name.prefix);
  }

  private attribute(): Read {
    if (this.lookingAt(opening)) {
      this.kindTest();
      return this.outside("a test of nodes");
    }
    const name = this.name(true);
    if (name === undefined) return undefined;
    if (name.prefix === undefined) return ["@", name.local];
    if (name.prefix === "*") return ["@", `*:${name.local}`];
    const uri = this.namespaceOf(name.prefix);
    return uri === undefined ? undefined : ["@", `{${uri}}${name.local}`];
  }

  private call({ prefix, local }: { readonly prefix?: string; readonly local: string }): Read {
    const uri = prefix === undefined ? FUNCTIONS : this.namespaceOf(prefix);
    if (uri === undefined) return undefined;
    const shown = prefix === undefined ? local : `${prefix}:${local}`;
    const isConstructor = uri === XSD_NAMESPACE && (castable.has(local) || otherTypes.has(local));
    if (!isConstructor && !(uri === FUNCTIONS && functions.has(local)))
      return this.fail(`there is no function ${shown}()`);
    const given = this.callArguments();
    const [argument] = given;
    const is = (name: string, count: number): boolean => {
      if (uri !== FUNCTIONS || local !== name) return false;
      if (given.length !== count)
        this.fail(`${shown}() takes ${count === 0 ? "no argument" : "one argument"}`);
      return true;
    };
    if (isConstructor) {
      if (given.length !== 1) return this.fail(`${shown}() takes one argument`);
      if (!castable.has(local)) return this.outside(`the type ${shown}`);
      if (argument === undefined) return undefined;
      return isOperand(argument) ? castTo(local, argument, true) : this.outside("a cast of a truth value");
    }
    // A string literal that is not empty holds.
    if (is("true", 0)) return "true";
    if (is("false", 0)) return "";
    if (is("not", 1)) return argument === undefined ? undefined : ["not", argument];
    if (is("boolean", 1)) return argument === undefined ? undefined : ["not", ["not", argument]];
    if (argument?.[0] === "@" && typeof argument !== "string") {
      if (is("exists", 1)) return argument;
      if (is("empty", 1)) return ["not", argument];
    }
    return this.outside(`the function ${shown}()`);
  }

  private callArguments(): Read[] {
    const given: Read[] = [];
    this.expect("(");
    if (this.accept(")")) return given;
    do given.push(this.single());
    while (this.accept(","));
    this.expect(")");
    return given;
  }

  private stringLiteral(): Read {
    this.skip();
    const quote = this.text.charAt(this.at);
    let result = "";
    for (let from = this.at + 1; ;) {
      const end = this.text.indexOf(quote, from);
      if (end === -1) return this.fail("a string is not closed");
      result += this.text.slice(from, end);
      // A quote that is written twice stands for itself.
      if (this.text.charAt(end + 1) !== quote) {
        this.at = end + 1;
        return result;
      }
      result += quote;
      from = end + 2;
    }
  }

  private number(): Read {
    const pattern = /(?:\.\d+|\d+(\.\d*)?)([eE][+-]?\d+)?/uy;
    pattern.lastIndex = this.at;
    const [digits = "", , exponent] = pattern.exec(this.text) ?? [];
    this.at += digits.length;
    if (/^[\p{L}_]/u.test(this.text.slice(this.at, this.at + 2))) return this.unexpected();
    return [exponent !== undefined ? "double" : digits.includes(".") ? "decimal" : "integer", digits];
  }
}

function castTo(type: string, operand: Operand, optional: boolean): Operand {
  const builtin = type as Extract<Operand, readonly ["cast", ...unknown[]]>[1];
  return optional ? ["cast", builtin, operand, "?"] : ["cast", builtin, operand];
}
