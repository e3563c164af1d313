/** The table of rules, held against the table of the specification, where that lies beside the repository. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  byRequest,
  byStrictResponse,
  rules,
  verdictsOfRule,
  type Effect,
  type Rule,
} from "../../generator/diff/index.js";

const file = new URL("../../../shared/design/change-reports.md", import.meta.url);
if (!existsSync(file))
  console.log("skipped: the specification of change reports is not beside the repository");

const columns = ["effect", "request", "strict", "tolerant", "read", "build", "meta"] as const;

/** What differs on purpose: the specification leaves a choice, and ours is what generated code shows. */
const deliberate: Readonly<Record<string, string>> = {
  "element.fixed.added build": "generated types do not narrow to a fixed value; the runtime checks it",
  "element.fixed.changed build": "as above",
  "element.fixed.changed read": "as above",
  "element.fixed.removed read": "as above",
  "attribute.fixed.added build": "as above",
  "attribute.fixed.changed build": "as above",
  "attribute.fixed.removed build": "as above",
  "attribute.fixed.added tolerant": "a reader of the older release takes any value, also the fixed one",
  "attribute.form.changed read": "the prefix is part of the property's name",
  "attribute.form.changed build": "as above",
  "attribute.form.changed meta": "as above",
  "group.optional-pair-split read": "the pair was a union of two forms, which becomes one",
  "wildcard.removed read": "the property $any is gone",
  "mixed.added tolerant": "text is lost",
  "mixed.added read": "content becomes a list of items",
  "mixed.added build": "as above",
  "simple.variety.list-to-atomic tolerant": "dangerous anyway, because values mean something else",
  "type.base.changed tolerant": "the name is that of table E; table F's is type.base.replaced",
  "type.abstract.removed build": "what was abstract may be built now",
  "substitution.member.added tolerant": "content is skipped",
  "substitution.member.head-changed tolerant": "as above",
};

const effects: Readonly<Record<string, Effect>> = {
  "=": "equal",
  "<": "widening",
  ">": "narrowing",
  x: "overlap",
  "0": "disjoint",
  "?": "unknown",
};
const verdicts: Readonly<Record<string, string>> = { ok: "safe", BRK: "breaking", dng: "dangerous" };

/** Ids of the specification that no rule has, and what stands for them. */
const absent: Readonly<Record<string, string>> = {
  "element.occurs.to-zero": "treated as removed: element.removed.*",
  "attribute.use.prohibited": "as removed: attribute.removed.*",
  "simple.base.*": "table E: type.base.*",
  "schema.redefine": "by expansion: what the redefined components are is compared",
  "schema.override.*": "by expansion: what the overriding components are is compared",
  "schema.upa-violation": "no change: a diagnostic of the bundle that has it (ambiguous content)",
  "schema.invalid": "no change: diagnostics and exit code 3",
  "service.auth.*": "as tables A to D, under their ids, reached by every operation (`*`)",
  "service.header.*": "as tables A to D, under their ids, reached by every operation (`*`)",
};

/** Ids of a first cell: `a.b.added` / `.removed` are two, and so are `a.min-raised/lowered`. */
function idsOf(cell: string): readonly string[] {
  const ids: string[] = [];
  for (const [, raw = ""] of cell.matchAll(/`([^`]+)`/gu)) {
    const parts = raw.split("/").map((part) => part.trim());
    parts.forEach((part, index) => {
      const last = ids.at(-1) ?? "";
      const steps = last.split(".");
      const [, stem] = /^(.*-)[^-.]+$/u.exec(last) ?? [];
      if (part.startsWith(".")) {
        const tail = part.slice(1).split(".");
        const known = steps.indexOf(tail[0] ?? "");
        ids.push([...steps.slice(0, known < 0 ? steps.length - tail.length : known), ...tail].join("."));
      } else if (index > 0)
        ids.push(stem === undefined ? [...steps.slice(0, -1), part].join(".") : stem + part);
      else if (part.includes(".")) ids.push(part); // Else the name of a facet.
    });
  }
  return ids;
}

/** What a rule says in one column; undefined where each case tells. */
function saidBy(rule: Rule, column: (typeof columns)[number]): string | undefined {
  const consumed = (verdict: string): string =>
    rule.valueChange === true && verdict === "safe" ? "dangerous" : verdict;
  const law = column === "request" ? byRequest : column === "strict" ? byStrictResponse : undefined;
  if (law !== undefined) return rule.effect === "by-case" ? undefined : consumed(law[rule.effect]);
  const said = column === "effect" ? rule.effect : rule[column as "tolerant" | "read" | "build" | "meta"];
  return said === "by-case" ? undefined : said;
}

test.skipIf(!existsSync(file))("ids, effects and verdicts are those of the specification", () => {
  const text = readFileSync(file, "utf8");
  const table = text.slice(text.indexOf("### 2.4"), text.indexOf("### 2.5"));
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const [different, compared]: [string[], Set<string>] = [[], new Set()];
  for (const line of table.split("\n").filter((each) => each.startsWith("| `"))) {
    const cells = line
      .split(/(?<!\\)\|/u)
      .slice(1, -1)
      .map((cell) => cell.trim());
    if (cells.length < 9) continue;
    const ids = idsOf(cells[0] ?? "");
    ids.forEach((id, index) => {
      const rule = known.get(id);
      if (rule === undefined) return;
      compared.add(id);
      columns.forEach((column, at) => {
        const cell = cells[at + 2] ?? "";
        const parts =
          column === "effect"
            ? [...cell.matchAll(/`([=<>x0?])`/gu)].map(([, sign]) => sign ?? "")
            : cell.split(" / ");
        const one = parts.length === ids.length ? parts[index] : parts.length === 1 ? parts[0] : undefined;
        const wanted =
          column === "effect"
            ? effects[one ?? ""]
            : verdicts[/^\**(ok|BRK|dng)\b/u.exec(one ?? "")?.[1] ?? ""];
        const said = saidBy(rule, column);
        if (wanted === undefined || said === undefined || wanted === said) return;
        // Parts that are told apart by circumstances are judged case by case.
        if (cell.includes("/") && parts.length !== ids.length) return;
        different.push(`${id} ${column}`);
      });
    });
  }
  expect(compared.size).toBeGreaterThan(90);
  expect(different.sort()).toEqual(Object.keys(deliberate).sort());
});

test.skipIf(!existsSync(file))("each id of the specification is a rule, or has a reason", () => {
  const text = readFileSync(file, "utf8");
  const table = text.slice(text.indexOf("### 2.4"), text.indexOf("### 2.5"));
  const cells = table
    .split("\n")
    .map(
      (line) =>
        (/^\|/u.test(line) ? line.split("|")[1] : /^Rule ids: (.*?\.)(?:\s|$)/u.exec(line)?.[1]) ?? "",
    );
  const ids = new Set(cells.flatMap(idsOf));
  const isRule = (id: string): boolean =>
    rules.some((rule) => (id.endsWith("*") ? rule.id.startsWith(id.slice(0, -1)) : rule.id === id));
  expect(ids.size).toBeGreaterThan(140);
  expect([...ids].filter((id) => !isRule(id)).sort()).toEqual(Object.keys(absent).sort());
});

test("each rule is its inverse's inverse, and explains itself in sentences", () => {
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  for (const { id, inverse, title, explanation } of rules) {
    expect({ id, back: known.get(inverse)?.inverse }).toEqual({ id, back: id });
    expect(title, id).toMatch(/^\p{Ll}.*[^.]$|^[A-Z]/u);
    expect(explanation, id).toMatch(/^.{20,}[.!]$/su);
  }
});

test("where values change their meaning, no message is safe", () => {
  const changing = rules.filter(({ valueChange }) => valueChange === true);
  expect(changing.length).toBeGreaterThan(1);
  for (const rule of changing) {
    const { request, strict } = verdictsOfRule(rule);
    expect([request, strict], rule.id).not.toContain("safe");
  }
});
