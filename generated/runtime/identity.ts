// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** `xs:unique`, `xs:key` and `xs:keyref` over typed values (clause 3.11); see `track` of {@link IdentityConstraint}. */
import { equalValues, primitiveOf } from "./datatypes.js";
import type { ExpandedName, IdentityConstraint, KeyReport, KeyTracker, KeyValue } from "./descriptor.js";
import { split } from "./plan.js";

/** One alternative of a selector or field; in a test, `undefined` matches anything. */
interface Path {
  readonly anywhere: boolean;
  readonly steps: readonly Test[];
  readonly attribute: Test | undefined;
}

type Test = (name: ExpandedName) => boolean;
type Steps = readonly (string | number)[];

/** A selected element and its fields. */
interface Row {
  readonly steps: Steps;
  readonly depth: number;
  readonly fields: (readonly KeyValue[] | undefined)[];
  /** A field finds more than one value; of a key, more than one child has it. */
  isAmbiguous: boolean;
}

/** Rows by a coarse key: equal rows have equal keys. */
type Table = Map<string, Row[]>;

/** A constraint in force: its element is open. */
interface Watch {
  readonly constraint: IdentityConstraint;
  readonly depth: number;
  readonly table: Table;
  readonly selected: Row[];
}

const parsed = /*#__PURE__*/ new WeakMap<
  IdentityConstraint,
  { readonly selector: readonly Path[]; readonly fields: readonly (readonly Path[])[] }
>();

/** Follows identity constraints through one value. */
export function trackKeys(report: KeyReport): KeyTracker {
  const names: ExpandedName[] = [];
  const watches: Watch[] = [];
  const scopes: {
    readonly own: Watch[];
    readonly steps: Steps;
    readonly tables: Map<ExpandedName, Table>;
  }[] = [];

  /** Gives a value to the fields that lead to the present node. */
  const give = (
    attribute: ExpandedName | undefined,
    values: readonly KeyValue[] | undefined,
    isSimple = true,
    nillable = false,
  ) => {
    for (const { constraint, selected } of watches) {
      const { fields } = pathsOf(constraint);
      for (const row of selected) {
        const below = names.slice(row.depth);
        fields.forEach((paths, index) => {
          const leads = paths.some(
            (path) =>
              leadsTo(path, below) &&
              (attribute === undefined ? !path.attribute : path.attribute?.(attribute)),
          );
          if (!leads) return;
          if (!isSimple) {
            report(
              "ambiguous-key",
              "cvc-identity-constraint.3",
              "simple content",
              `a field of ${constraint.name} leads to an element without simple content`,
              row.steps,
            );
          }
          if (values === undefined) return;
          if (nillable && constraint.kind === "key") {
            report(
              "incomplete-key",
              "cvc-identity-constraint.4.2.3",
              "an element that is not nillable",
              `a field of the key ${constraint.name} leads to a nillable element`,
              row.steps,
            );
          }
          if (row.fields[index]) row.isAmbiguous = true;
          row.fields[index] = values;
        });
      }
    }
  };

  const finish = ({ constraint, table, selected }: Watch, row: Row): void => {
    selected.splice(selected.indexOf(row), 1);
    const { name, kind } = constraint;
    const isKey = kind === "key";
    if (row.isAmbiguous) {
      report(
        "ambiguous-key",
        "cvc-identity-constraint.3",
        "one value",
        `a field of ${name} finds more than one value`,
        row.steps,
      );
    } else if (row.fields.some((one) => one === undefined)) {
      if (isKey) {
        report(
          "incomplete-key",
          "cvc-identity-constraint.4.2.1",
          "all fields of the key",
          `a field of the key ${name} is absent`,
          row.steps,
        );
      }
    } else if (kind !== "keyref" && find(table, row)) {
      report(
        "repeated-key",
        `cvc-identity-constraint.4.${isKey ? "2.2" : "1"}`,
        "values that occur once",
        `the values of ${name} stand here a second time: ${show(row)}`,
        row.steps,
      );
    } else add(table, row);
  };

  return {
    open(name, constraints, steps) {
      // The outermost element with constraints is where all paths begin.
      if (scopes.length > 0) names.push(name);
      const own = constraints.map((constraint): Watch => ({
        constraint,
        depth: names.length,
        table: new Map(),
        selected: [],
      }));
      watches.push(...own);
      scopes.push({ own, steps: [...steps], tables: new Map() });
      for (const { constraint, depth, selected } of watches) {
        const { selector, fields } = pathsOf(constraint);
        const below = names.slice(depth);
        if (selector.some((path) => leadsTo(path, below))) {
          const row = { depth: names.length, steps: [...steps], isAmbiguous: false };
          selected.push({ ...row, fields: fields.map(() => undefined) });
        }
      }
    },
    attribute: give,
    close(values, isSimple, nillable) {
      give(undefined, values, isSimple, nillable);
      for (const watch of watches)
        for (const row of [...watch.selected]) if (row.depth === names.length) finish(watch, row);
      const scope = scopes.pop();
      names.pop();
      if (!scope) return;
      const { own, tables } = scope;
      watches.length -= own.length;
      for (const { constraint, table } of own) {
        if (constraint.kind === "keyref") continue;
        // What the element itself has goes before what its children bring.
        for (const row of rowsOf(tables.get(constraint.name))) if (!find(table, row)) add(table, row);
        tables.set(constraint.name, table);
      }
      for (const { constraint, table } of own) {
        if (constraint.kind !== "keyref" || constraint.refer === undefined) continue;
        const keys = tables.get(constraint.refer);
        for (const row of rowsOf(table)) {
          const key = keys && find(keys, row);
          if (key && !key.isAmbiguous) continue;
          report(
            "dangling-key",
            "cvc-identity-constraint.4.3",
            `values of ${constraint.refer}`,
            `the keyref ${constraint.name} ${key ? "finds its key in more than one place" : "finds no key"}: ${show(row)}`,
            row.steps,
          );
        }
      }
      const outer = scopes.at(-1);
      if (outer) for (const [name, table] of tables) giveOutwards(outer.tables, name, table);
    },
  };
}

/** Where two children bring the same key, it is no longer unambiguous (clause 3.11.5). */
function giveOutwards(tables: Map<ExpandedName, Table>, name: ExpandedName, table: Table): void {
  let there = tables.get(name);
  if (!there) tables.set(name, (there = new Map()));
  for (const row of rowsOf(table)) {
    const same = find(there, row);
    if (same) same.isAmbiguous = true;
    else add(there, { ...row });
  }
}

const rowsOf = (table: Table = new Map()): readonly Row[] => [...table.values()].flat();

function add(table: Table, row: Row): void {
  const key = keyOf(row);
  const rows = table.get(key);
  if (rows) rows.push(row);
  else table.set(key, [row]);
}

function find(table: Table, row: Row): Row | undefined {
  return table.get(keyOf(row))?.find(({ fields }) =>
    fields.every((values = [], index) => {
      const others = row.fields[index] ?? [];
      return (
        values.length === others.length &&
        values.every(([builtin, text], at) => {
          const [type, other] = others[at] as KeyValue;
          return primitiveOf(builtin) === primitiveOf(type) && equalValues(builtin, text, other);
        })
      );
    }),
  );
}

/** What has many forms for one value is compared one by one. */
function keyOf({ fields }: Row): string {
  return JSON.stringify(
    fields.map((values) =>
      values?.map(([builtin, text]) => {
        const primitive = primitiveOf(builtin);
        if (primitive === "string" || primitive === "anyURI" || primitive === "QName") return text;
        // Equal decimals are equal once rounded.
        return primitive === "decimal" ? String(Number(text)) : primitive;
      }),
    ),
  );
}

function show({ fields }: Row): string {
  return fields.map((values) => JSON.stringify((values ?? []).map(([, text]) => text).join(" "))).join(", ");
}

/** The paths of a constraint, read once. */
export function pathsOf(constraint: IdentityConstraint): {
  readonly selector: readonly Path[];
  readonly fields: readonly (readonly Path[])[];
} {
  let paths = parsed.get(constraint);
  if (!paths) {
    paths = { selector: readPath(constraint.selector), fields: constraint.fields.map(readPath) };
    parsed.set(constraint, paths);
  }
  return paths;
}

/** The restricted XPath of clause 3.11.6; a namespace in braces may hold any character. */
function readPath(text: string): Path[] {
  const alternatives: Path[] = [];
  let anywhere = false;
  let steps: Test[] = [];
  let attribute: Test | undefined;
  const end = (): void => {
    alternatives.push({ anywhere, steps, attribute });
    [anywhere, steps, attribute] = [false, [], undefined];
  };
  const token = /\.\/\/|\||\/|\.|(child::|@|attribute::)?((?:\{[^]*?\}(?=[\p{L}_*]))?[^/|{}]+)/gu;
  for (const [word, axis, name] of text.replace(/\s+/g, "").matchAll(token)) {
    if (word === ".//") anywhere = true;
    else if (word === "|") end();
    else if (name !== undefined && name !== ".") {
      const test = testOf(name);
      if (axis !== undefined && axis !== "child::") attribute = test;
      else steps.push(test);
    }
  }
  end();
  return alternatives;
}

function testOf(name: string): Test {
  if (name === "*") return () => true;
  const [uri, local] = split(name);
  return local === "*" ? (other) => split(other)[0] === uri : (other) => other === name;
}

/** Do elements, outermost first, lead along a path? */
export function leadsTo({ anywhere, steps }: Path, names: readonly ExpandedName[]): boolean {
  const offset = names.length - steps.length;
  return (anywhere ? offset >= 0 : offset === 0) && steps.every((test, k) => test(names[offset + k] ?? ""));
}
