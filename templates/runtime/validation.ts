/**
 * Validation in the pass that reads: `decode(element, xml, { validate: fullValidation })` gives the value of a valid document only.
 *
 * What is usual is proved while it is read: order and number of elements, types that `xsi:type` chooses, attributes, texts with all
 * their facets, IDs. Whatever is not proved makes the document doubtful: then, and only then, all of it is looked at once more by
 * `validateDocument`, which has the last word and explains what is wrong.
 */
import { findMisplaced } from "./content-model.js";
import type { Checks, Validation } from "./decode.js";
import type { Type } from "./descriptor.js";
import { DecodeError } from "./errors.js";
import { checkWritten, validateDocument, type DocumentIssue } from "./document.js";
import { factsOf, quickTestOf, wildcardOf } from "./facts.js";
import { isSameText } from "./facets.js";
import { collapse } from "./forms.js";
import { ATOMIC, attributesOf, expand, follow, isSimple, kindOf, planOf } from "./plan.js";
import { XML_NAMESPACE, XSI_NAMESPACE } from "./scanner.js";

/** A document is well-formed, but not valid. */
export class ValidationError extends DecodeError {
  override name = "ValidationError";
  /** All that is wrong, in document order. */
  readonly issues: readonly DocumentIssue[];
  constructor(issues: readonly DocumentIssue[]) {
    const lines = issues
      .slice(0, 20)
      .map(
        ({ path, line, column, message }) => `${path || "/"} (line ${line}, column ${column}): ${message}`,
      );
    super(lines.join("\n") + (issues.length > 20 ? `\nand ${issues.length - 20} more` : ""), issues);
    this.issues = issues;
  }
}

const begin: Validation["begin"] = (s) => {
  let doubtful = false;
  const ids = new Set<string>();
  const references: string[] = [];
  const doubt = (): void => {
    doubtful = true;
  };
  const note = (builtin: string, text: string): void => {
    if (builtin === "ID") {
      if (ids.size === ids.add(text).size) doubtful = true;
    } else if (builtin === "IDREF") references.push(text);
  };
  const text: Checks["text"] = (type, written, lookup, fixed) => {
    if (doubtful || (fixed === undefined && quickTestOf(type)?.(written) === true)) return;
    if (
      checkWritten(type, written, lookup, note) !== undefined ||
      (fixed !== undefined && !isSameText(type, written, fixed, lookup))
    )
      doubtful = true;
  };
  return {
    kindOf: (entry) => {
      const kind = kindOf(entry);
      if (entry.element?.constraints) return 0;
      return kind > 0 && entry.type?.facets ? ATOMIC : kind;
    },
    isOrdered: (plan) => factsOf(plan).isOrdered,
    doubt,
    text,
    element(type, source) {
      if (source?.constraints || (source && "abstract" in source && source.abstract)) doubtful = true;
      if (source?.fixed !== undefined && !isSimple(type) && !(type.kind === "struct" && planOf(type).text))
        doubtful = true;
      for (const { uri, local, value } of s.attributes) {
        if (uri !== XSI_NAMESPACE || /^(?:noNamespaceS|s)chemaLocation$/.test(local)) continue;
        if (local === "type") {
          if (type.kind !== "struct" && type.kind !== "polymorphic") doubtful = true;
        } else if (
          local !== "nil" ||
          !source?.nillable ||
          !isPlainNil(value, type) ||
          source.fixed !== undefined
        )
          doubtful = true;
      }
    },
    struct(plan) {
      const { isDoubtful, isEmpty: mustBeEmpty } = factsOf(plan);
      if (isDoubtful || (mustBeEmpty && !s.isEmpty())) doubtful = true;
    },
    attribute(plan, { uri, local, value }, lookup) {
      const wildcard = wildcardOf(plan, uri, local);
      if (wildcard === undefined || wildcard.process === "skip") return;
      const known = attributesOf(wildcard).get(expand(uri, local));
      if (known) {
        const type = follow(known.type);
        // One ID at most may come this way.
        if (type.kind === "atomic" && type.builtin === "ID") doubtful = true;
        text(type, value, lookup, known.fixed);
      } else if (wildcard.process === "strict" && uri !== XML_NAMESPACE) doubtful = true;
    },
    content(plan, names) {
      if (doubtful) return;
      if (findMisplaced(factsOf(plan).content, "", names)) doubtful = true;
    },
    finish(root, document, options, isOdd) {
      if (root.kind === "element" && root.abstract) doubtful = true;
      const isMissing = references.some((id) => !ids.has(id));
      // These functions may be kept longer than what they were told.
      ids.clear();
      references.length = 0;
      if (!doubtful && !isOdd && !isMissing) return;
      const issues = validateDocument(root, document, options);
      if (issues.length > 0) throw new ValidationError(issues);
    },
  };

  /** Is this nil as it mostly is: alone, and the element empty? */
  function isPlainNil(value: string, type: Type): boolean {
    const nil = collapse(value);
    if (nil === "false" || nil === "0") return true;
    const base = type.kind === "polymorphic" ? follow(type.base) : type;
    return (
      (nil === "true" || nil === "1") &&
      s.isEmpty() &&
      s.attributes.length === 1 &&
      (isSimple(base) ||
        (base.kind === "struct" && !base.abstract && !planOf(base).attributes.some((one) => one.required)))
    );
  }
};

/** What the option `validate` of `decode` takes. */
export const fullValidation: Validation = { begin };
