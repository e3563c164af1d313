/** Texts as values of simple types (clause cvc-simple-type), and the IDs and references among them (clause cvc-id). */
import type { Span } from "../diagnostics.js";
import { shortened } from "../escape.js";
import { simpleTypeOf } from "../model/query.js";
import type { SimpleType } from "../model/types.js";
import { builtinOf, isSameValue, parseValue, type Value, type ValueContext } from "../model/values.js";
import { matchesPattern } from "../../templates/runtime/pattern.js";
import { quickTest, type QuickTest } from "../../templates/runtime/quick.js";
import type { XmlElement } from "../schema/types.js";
import { issue, type Node, type Run } from "./run.js";

/** The values of one document. */
export interface Values {
  /**
   * The value of a text; undefined: it has none, which is reported. Prefixes are those of the element around it; without one, the
   * text is of the schema, where names are in expanded form.
   */
  readonly read: (
    type: SimpleType,
    text: string,
    node: Node,
    clause: string,
    around?: XmlElement,
  ) => Value | undefined;
  /** Whether a text is valid at a glance and no ID or reference: most are. */
  readonly isPlain: (type: SimpleType, text: string) => boolean;
  /** The value of a default of the schema for an attribute that an element lacks. */
  readonly preset: (type: SimpleType, text: string, element: XmlElement) => Value | undefined;
  /** Whether a value is the fixed one that the schema asks for. */
  readonly isFixed: (type: SimpleType, fixed: string, value: Value) => boolean;
  /** Reports references that lead nowhere, at the end of the document. */
  readonly finish: () => void;
}

/** Begins to read the values of a document. */
export function createValues(run: Run): Values {
  const version = run.options.version ?? "1.0";
  const simpleType = (id: string): SimpleType | undefined => simpleTypeOf(run.model, id);
  const ofSchema: ValueContext = { simpleType, version };
  const ids = new Map<string, Span>();
  const references: { readonly id: string; readonly at: Span; readonly path: readonly Node[] }[] = [];

  /**
   * IDs are unique, IDREFs lead somewhere. XSD 1.1 lets an element have several, and the same one twice: `binding` is what the ID
   * names.
   */
  const note = (value: Value, node: Node, isDefault = false): void => {
    if (value.kind === "list") {
      for (const item of value.items) note(item, node, isDefault);
    } else if (value.builtin === "ID") {
      const { at } = node;
      const binding = isDefault ? at : bindingOf(run, at);
      const other = ids.get(value.text);
      if (other === undefined) ids.set(value.text, binding);
      else if (other.start !== binding.start) {
        issue(run, at, "repeated-id", `the ID "${value.text}" is taken already`, "cvc-id.2");
      }
    } else if (value.builtin === "IDREF") {
      references.push({ id: value.text, at: node.at, path: [...run.path] });
    }
  };

  return {
    read(type, text, node, clause, around) {
      const context =
        around === undefined ? ofSchema : { simpleType, version, namespaces: around.namespaces };
      const parsed = parseValue(type, text, context);
      if ("problem" in parsed) {
        const name = type.name === undefined ? "its type" : `"${type.name.local}"`;
        issue(
          run,
          node.at,
          "invalid-value",
          `"${shortened(text, 60, "…")}" is not a value of ${name}: ${parsed.problem}`,
          parsed.clause || clause,
          { expects: valueExpected(type, name, parsed.clause) },
        );
        return undefined;
      }
      note(parsed.value, node);
      return parsed.value;
    },
    isPlain: (type, text) => quickTestOf(type)?.(text) === true,
    preset(type, text, element) {
      const parsed = parseValue(type, text, ofSchema);
      if ("problem" in parsed) return undefined;
      note(parsed.value, element, true);
      return parsed.value;
    },
    isFixed(type, fixed, value) {
      const parsed = parseValue(type, fixed, ofSchema);
      // What is no value of a type that xsi:type names is none that the element may have.
      return !("problem" in parsed) && isSameValue(parsed.value, value);
    },
    finish() {
      for (const { id, at, path } of references) {
        if (ids.has(id)) continue;
        issue(run, at, "dangling-idref", `no element has the ID "${id}"`, "cvc-id.1", { path });
      }
    },
  };
}

/** An ID attribute names its element, in XSD 1.1 an ID element names its parent (Part 1 of 1.1, clause 3.17.5.2). */
function bindingOf({ path, options }: Run, at: Span): Span {
  if (options.version !== "1.1") return at;
  const top = path.at(-1);
  if (top === undefined) return at;
  return (path.at(-2) ?? top).at;
}

/** `null`: there is none for the type. */
const quickTests = new WeakMap<SimpleType, QuickTest | null>();

function quickTestOf(type: SimpleType): QuickTest | undefined {
  let test = quickTests.get(type);
  if (test === undefined) {
    const { facets, variety } = type;
    const listed = facets.enumeration?.map(({ value }) => value);
    test = variety === "atomic" ? (quickTest(builtinOf(type), facets, listed, matchesPattern) ?? null) : null;
    quickTests.set(type, test);
  }
  return test ?? undefined;
}

/** What a type asks of a value: the facet that is broken, where it is its own. */
function valueExpected({ facets }: SimpleType, name: string, clause: string): string {
  const facet = /^cvc-(\w+)-valid$/u.exec(clause)?.[1] ?? "";
  if (facet === "pattern" && facets.patterns !== undefined)
    return `a match of ${facets.patterns.map((step) => step.join(" or ")).join(" and ")}`;
  if (facet === "enumeration" && facets.enumeration !== undefined) {
    const values = facets.enumeration.slice(0, 8).map(({ value }) => `"${value}"`);
    return `one of ${values.join(", ")}${facets.enumeration.length > 8 ? ", ..." : ""}`;
  }
  const bound = Object.hasOwn(facets, facet) ? facets[facet as "maxLength"] : undefined;
  return bound === undefined ? `a value of ${name}` : `${facet} ${String(bound)}`;
}
