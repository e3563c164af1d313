/**
 * Identity constraints (clause 3.11): `xs:unique`, `xs:key`, `xs:keyref`.
 *
 * Selectors and fields are the restricted XPaths of the clause. They are followed while elements open and close, so
 * the document is walked once.
 */
import type { IdentityConstraint, QName } from "../model/types.js";
import { isSameValue, type Value } from "../model/values.js";

/** One alternative of a selector or field: `.//a/b/@c`. */
export interface XPath {
  /** Begins with `.//`: matches at any depth. */
  readonly anywhere: boolean;
  readonly steps: readonly Test[];
  readonly attribute?: Test;
}

/** A name test: undefined parts match anything. */
export interface Test {
  readonly namespace?: string;
  readonly local?: string;
}

const parsed = new WeakMap<
  IdentityConstraint,
  { readonly selector: readonly XPath[]; readonly fields: readonly (readonly XPath[])[] }
>();

/** The XPaths of a constraint. */
export function pathsOf(constraint: IdentityConstraint): {
  readonly selector: readonly XPath[];
  readonly fields: readonly (readonly XPath[])[];
} {
  let paths = parsed.get(constraint);
  if (paths === undefined) {
    const prefixes = new Map(constraint.prefixes);
    paths = {
      selector: parseXPath(constraint.selector, prefixes),
      fields: constraint.fields.map((field) => parseXPath(field, prefixes)),
    };
    parsed.set(constraint, paths);
  }
  return paths;
}

function parseXPath(text: string, prefixes: ReadonlyMap<string, string>): readonly XPath[] {
  return text.split("|").map((alternative) => {
    let rest = alternative.replace(/\s+/gu, "");
    const anywhere = rest.startsWith(".//");
    if (anywhere) rest = rest.slice(3);
    const steps: Test[] = [];
    let attribute: Test | undefined;
    for (const step of rest.split("/")) {
      if (step === "." || step === "") continue;
      const name = step.replace(/^(?:child::|@|attribute::)/u, "");
      const test = testOf(name, prefixes);
      if (/^(?:@|attribute::)/u.test(step)) attribute = test;
      else steps.push(test);
    }
    return { anywhere, steps, ...(attribute && { attribute }) };
  });
}

function testOf(name: string, prefixes: ReadonlyMap<string, string>): Test {
  if (name === "*") return {};
  const colon = name.indexOf(":");
  if (colon < 0) return { namespace: "", local: name };
  const namespace = prefixes.get(name.slice(0, colon)) ?? "";
  const local = name.slice(colon + 1);
  return local === "*" ? { namespace } : { namespace, local };
}

export function matchesTest(test: Test, name: QName): boolean {
  return (
    (test.namespace === undefined || test.namespace === name.namespace) &&
    (test.local === undefined || test.local === name.local)
  );
}

/** Whether the elements below the context, outermost first, lead along the path. */
export function matchesPath(path: XPath, names: readonly QName[]): boolean {
  const { steps } = path;
  if (path.anywhere ? names.length < steps.length : names.length !== steps.length) return false;
  const offset = names.length - steps.length;
  return steps.every((test, index) => {
    const name = names[offset + index];
    return name !== undefined && matchesTest(test, name);
  });
}

/** A row of key values, one a field; undefined where the field is absent. */
export interface Row {
  readonly values: readonly (Value | undefined)[];
  /** Where the selected element begins. */
  readonly at: number;
}

/** Rows of one constraint within one element, found by a key of their values. */
export class Table {
  readonly rows = new Map<string, Row[]>();

  add(row: Row): void {
    const key = keyOf(row);
    const list = this.rows.get(key);
    if (list === undefined) this.rows.set(key, [row]);
    else list.push(row);
  }

  find(row: Row): Row | undefined {
    return this.rows.get(keyOf(row))?.find((other) => isSameRow(other, row));
  }
}

/** A coarse key: equal values have equal keys, since only what cannot differ in form goes into it. */
function keyOf({ values }: Row): string {
  return JSON.stringify(
    values.map((value) => {
      if (value?.kind !== "atomic") return value === undefined ? null : "list";
      return /^(?:string|normalizedString|token|NCName|Name|ID|IDREF|NMTOKEN|anyURI|QName|language)$/u.test(
        value.builtin,
      )
        ? value.text
        : "value";
    }),
  );
}

function isSameRow(a: Row, b: Row): boolean {
  return a.values.every((value, index) => {
    const other = b.values[index];
    return value !== undefined && other !== undefined && isSameValue(value, other);
  });
}
