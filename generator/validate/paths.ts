/** Selectors and fields of identity constraints: the restricted XPaths of clause 3.11.6, read and followed. */
import type { IdentityConstraint, QName } from "../model/types.js";

/** One alternative of a selector or field: `.//a/b/@c`. */
interface XPath {
  /** Begins with `.//`: matches at any depth. */
  readonly anywhere: boolean;
  readonly steps: readonly Test[];
  readonly attribute?: Test;
}

/** A name test: undefined parts match anything. */
interface Test {
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

/** Whether a name passes a test. */
export function matchesTest(test: Test, name: QName): boolean {
  return (
    (test.namespace === undefined || test.namespace === name.namespace) &&
    (test.local === undefined || test.local === name.local)
  );
}

/** Whether the elements below the context, outermost first, lead along the path. */
export function matchesPath(path: XPath, below: readonly { readonly name: QName }[]): boolean {
  const { steps } = path;
  if (path.anywhere ? below.length < steps.length : below.length !== steps.length) return false;
  const offset = below.length - steps.length;
  return steps.every((test, index) => {
    const element = below[offset + index];
    return element !== undefined && matchesTest(test, element.name);
  });
}
