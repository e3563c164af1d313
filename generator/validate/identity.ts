/**
 * Identity constraints (clause 3.11): `xs:unique`, `xs:key`, `xs:keyref`.
 *
 * They are followed while elements open and close, so the document is walked once.
 */
import type { Span } from "../diagnostics.js";
import { simpleContentOf } from "../model/query.js";
import type { IdentityConstraint, TypeDefinition } from "../model/types.js";
import type { Value } from "../model/values.js";
import type { XmlElement } from "../schema/types.js";
import type { AttributeValues } from "./attributes.js";
import { Table, type Row } from "./keys.js";
import { matchesPath, matchesTest, pathsOf } from "./paths.js";
import { issue, type Run } from "./run.js";

/** The identity constraints of one document. */
export interface Identity {
  /** An element opens, the last of the run's path. */
  readonly open: (constraints: readonly IdentityConstraint[]) => Opened;
  /** Whether some constraint is in force, so that values are asked for. */
  readonly isInForce: () => boolean;
  /** The element closes: its values are given to fields, what is complete is checked. */
  readonly close: (
    opened: Opened,
    type: TypeDefinition,
    attributes: AttributeValues,
    value: Value | undefined,
    nillable: boolean,
  ) => void;
}

/** What began with an element. */
interface Opened {
  readonly watches: readonly Watch[];
  readonly selections: readonly (readonly [Watch, Selection])[];
}

/** An identity constraint in force: the element it belongs to is open. */
interface Watch {
  readonly constraint: IdentityConstraint;
  /** How many elements were open when it began, its own among them. */
  readonly depth: number;
  readonly table: Table;
  readonly selections: Selection[];
}

/** A selected element whose fields are being gathered. */
interface Selection {
  readonly depth: number;
  readonly at: number;
  readonly span: Span;
  readonly values: (Value | undefined)[];
  readonly twice: boolean[];
}

const nothing: Opened = { watches: [], selections: [] };

/** Begins to follow the identity constraints of a document. */
export function createIdentity(run: Run): Identity {
  const watches: Watch[] = [];
  /** Key tables of finished elements, for keyrefs further out: innermost last. */
  const scopes: (Map<string, Table> | undefined)[] = [];

  return {
    isInForce: () => watches.length > 0,
    open(constraints) {
      scopes.push(undefined);
      if (constraints.length === 0 && watches.length === 0) return nothing;
      const { path } = run;
      const own = constraints.map((constraint): Watch => ({
        constraint,
        depth: path.length,
        table: new Table(),
        selections: [],
      }));
      watches.push(...own);
      return { watches: own, selections: select(path.at(-1) as XmlElement) };
    },
    close(opened, type, attributes, value, nillable) {
      if (watches.length === 0 && scopes.at(-1) === undefined) {
        scopes.pop();
        return;
      }
      const element = run.path.at(-1) as XmlElement;
      const hasText = simpleContentOf(run.model, type) !== undefined;
      collect(element, attributes, value, hasText, nillable);
      for (const [watch, selection] of opened.selections) finishSelection(watch, selection);
      watches.length -= opened.watches.length;
      finishScope(element, opened.watches);
    },
  };

  /** Opens selections for constraints whose selector leads to this element. */
  function select(element: XmlElement): readonly (readonly [Watch, Selection])[] {
    const started: [Watch, Selection][] = [];
    for (const watch of watches) {
      const below = run.path.slice(watch.depth);
      const { selector, fields } = pathsOf(watch.constraint);
      if (!selector.some((path) => matchesPath(path, below))) continue;
      const selection: Selection = {
        depth: run.path.length,
        at: element.at.start,
        span: element.at,
        values: fields.map(() => undefined),
        twice: fields.map(() => false),
      };
      watch.selections.push(selection);
      started.push([watch, selection]);
    }
    return started;
  }

  /** Gives the values of a finished element and of its attributes to the fields that lead to them. */
  function collect(
    element: XmlElement,
    attributes: AttributeValues,
    value: Value | undefined,
    hasText: boolean,
    nillable: boolean,
  ): void {
    for (const watch of watches) {
      if (watch.selections.length === 0) continue;
      const { fields } = pathsOf(watch.constraint);
      for (const selection of watch.selections) {
        if (selection.depth > run.path.length) continue;
        const below = run.path.slice(selection.depth);
        fields.forEach((paths, index) => {
          const seen = new Set<string>();
          const give = (node: string, found: Value | undefined): void => {
            // Alternatives of one path may lead to the same node: a node-set holds it once.
            if (found === undefined || seen.has(node)) return;
            seen.add(node);
            if (selection.values[index] !== undefined) selection.twice[index] = true;
            selection.values[index] = found;
          };
          for (const path of paths) {
            if (!matchesPath(path, below)) continue;
            const { attribute } = path;
            if (attribute === undefined) {
              if (!hasText) {
                issue(
                  run,
                  element.at,
                  "field-without-value",
                  `a field of "${watch.constraint.name.local}" leads to an element without simple content`,
                  "cvc-identity-constraint.3",
                );
              }
              if (nillable && value !== undefined && !seen.has("") && watch.constraint.kind === "key") {
                issue(
                  run,
                  element.at,
                  "incomplete-key",
                  `a field of the key "${watch.constraint.name.local}" leads to a nillable element`,
                  "cvc-identity-constraint.4.2.3",
                );
              }
              give("", value);
            } else
              for (const [id, entry] of attributes)
                if (matchesTest(attribute, entry.name)) give(id, entry.value);
          }
        });
      }
    }
  }

  /** Checks a selected element whose fields are known, and keeps its row. */
  function finishSelection(watch: Watch, selection: Selection): void {
    watch.selections.splice(watch.selections.indexOf(selection), 1);
    const { constraint, table } = watch;
    const name = constraint.name.local;
    if (selection.twice.includes(true)) {
      issue(
        run,
        selection.span,
        "field-twice",
        `a field of "${name}" finds more than one value`,
        "cvc-identity-constraint.3",
      );
      return;
    }
    const row: Row = { values: [...selection.values], at: selection.at };
    if (row.values.includes(undefined)) {
      if (constraint.kind === "key") {
        issue(
          run,
          selection.span,
          "incomplete-key",
          `a field of the key "${name}" is absent`,
          "cvc-identity-constraint.4.2.1",
        );
      }
      return;
    }
    if (constraint.kind !== "keyref" && table.find(row) !== undefined) {
      issue(
        run,
        selection.span,
        "repeated-key",
        `the values of "${name}" stand here a second time: ${showRow(row)}`,
        `cvc-identity-constraint.4.${constraint.kind === "key" ? "2.2" : "1"}`,
      );
      return;
    }
    table.add(row);
  }

  /** Closes an element: its keys become visible further out, its keyrefs are looked up. */
  function finishScope(element: XmlElement, finished: readonly Watch[]): void {
    const inherited = scopes.pop();
    if (inherited === undefined && finished.length === 0) return;
    const scope = inherited ?? new Map<string, Table>();
    for (const { constraint, table } of finished) {
      if (constraint.kind === "keyref") continue;
      const inner = scope.get(constraint.id);
      // What the element itself has goes before what its children bring.
      if (inner !== undefined)
        for (const row of inner.all()) if (table.find(row) === undefined) table.add(row);
      scope.set(constraint.id, table);
    }
    for (const { constraint, table } of finished) {
      if (constraint.kind !== "keyref" || constraint.refer === undefined) continue;
      const keys = scope.get(constraint.refer);
      for (const row of table.all()) {
        const key = keys?.find(row);
        if (key !== undefined && key.ambiguous !== true) continue;
        issue(
          run,
          { ...element.at, start: row.at },
          "dangling-keyref",
          key === undefined
            ? `the keyref "${constraint.name.local}" finds no key: ${showRow(row)}`
            : `the keyref "${constraint.name.local}" finds its key in more than one place: ${showRow(row)}`,
          "cvc-identity-constraint.4.3",
        );
      }
    }
    // Node tables go upwards, as far as a keyref further out may ask for them.
    for (const [id, table] of scope) {
      if (scopes.length === 0 || !watches.some(({ constraint }) => constraint.refer === id)) continue;
      const outer = scopes.at(-1) ?? new Map<string, Table>();
      scopes[scopes.length - 1] = outer;
      const there = outer.get(id) ?? new Table();
      outer.set(id, there);
      for (const row of table.all()) {
        const same = there.find(row);
        // Where two children bring the same key, it is no longer unambiguous (clause 3.11.5).
        if (same === undefined) there.add({ ...row });
        else same.ambiguous = true;
      }
    }
  }
}

function showRow({ values }: Row): string {
  return values.map((value) => (value?.kind === "atomic" ? `"${value.text}"` : "(list)")).join(", ");
}
