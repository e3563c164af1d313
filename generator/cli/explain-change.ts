/** `explain` for rules and findings of `diff`. */
import { createReport } from "../diagnostics.js";
import type { Change, DiffResult, Rule } from "../diff/index.js";
import { findRule, verdictsOfRule } from "../diff/index.js";
import { escapeLine, wrap } from "../terminal.js";
import type { Console } from "./console.js";
import { exit, type Exit } from "./exit.js";
import { openProject, pathIn } from "./schema.js";

/** Prints what a rule means, and whom it hits. */
export function explainRule(rule: Rule, json: boolean, console: Console): Exit {
  const verdicts = verdictsOfRule(rule);
  if (json) {
    console.print(`${JSON.stringify({ ...rule, verdicts }, undefined, 2)}\n`);
    return exit.fine;
  }
  const { style } = console;
  const lines: readonly (readonly [string, string])[] = [
    ["effect", effects[rule.effect]],
    ["old requests, new server", verdicts.request],
    ["new answers, validating client", verdicts.strict],
    ["new answers, tolerant client", verdicts.tolerant],
    ["code that reads", verdicts.read],
    ["code that builds", verdicts.build],
    ["code that lists everything", verdicts.meta],
    ["the reverse change", rule.inverse],
  ];
  const widest = Math.max(...lines.map(([label]) => label.length));
  console.print(`${style.bold(rule.id)}: ${rule.title}\n\n${wrap(rule.explanation, console.width)}\n\n`);
  for (const [label, text] of lines) console.print(`  ${label.padEnd(widest)}  ${text}\n`);
  return exit.fine;
}

const effects: Readonly<Record<Rule["effect"], string>> = {
  equal: "equal: the same documents are valid",
  widening: "widening: more documents are valid",
  narrowing: "narrowing: fewer documents are valid",
  overlap: "overlap: some documents became valid, others invalid",
  disjoint: "disjoint: no document is valid on both sides",
  unknown: "unknown: it cannot be decided",
  "by-case": "by case: the comparison decides",
};

/** Finds a finding among neighbouring releases of the configured families, and tells all about it. */
export async function explainFinding(id: string, json: boolean, console: Console): Promise<Exit> {
  const project = await openProject(console, "optional");
  if (typeof project === "number") return project;
  const { releasesOf } = await import("../source.js");
  const { compareHistory, readSide, reportInput, withBreaks } = await import("../comparison.js");
  for (const family of project?.families.values() ?? []) {
    const sources = releasesOf(family, createReport());
    const sides: Awaited<ReturnType<typeof readSide>>[] = [];
    for (const source of sources) {
      console.progress.say(`reading ${source.release}`);
      const report = createReport();
      const side = await readSide(source, report);
      if (side === undefined) {
        console.show(report, pathIn(source, console));
        return exit.unreadable;
      }
      sides.push(side);
    }
    console.progress.clear();
    const known = sides.filter((side) => side !== undefined);
    const results = await compareHistory(known, { policy: { preset: "source" }, docs: true });
    for (const [index, result] of results.entries()) {
      const found = result.changes.find((each) => each.id === id);
      const [before, after] = [known[index], known[index + 1]];
      if (found === undefined || before === undefined || after === undefined) continue;
      const shown = await withBreaks({ ...result, changes: [found] }, before, after);
      const change = shown.changes[0] ?? found;
      const input = reportInput(shown, before, after, {
        pathIn: (source) => pathIn(source, console),
        show: () => true,
      });
      const { changeJson } = await import("../report/json.js");
      if (json) console.print(`${JSON.stringify(changeJson(change, input), undefined, 2)}\n`);
      else await printFinding(change, result, input, console);
      return exit.fine;
    }
  }
  console.fail(
    `no finding between neighbouring releases has the id ${id}`,
    `\`${console.program} diff <old> <new>\` prints the ids of other comparisons with all that is known of them`,
  );
  return exit.usage;
}

async function printFinding(
  change: Change,
  result: DiffResult,
  input: import("../report/source.js").ReportInput,
  console: Console,
): Promise<void> {
  const { detailOf, nameOf, prefixIn, sourceOf } = await import("../report/source.js");
  const { suppressionFor } = await import("../diff/index.js");
  const { actionOf } = await import("../report/action.js");
  const { style } = console;
  const rule = findRule(change.rule);
  const source = sourceOf(change, input);
  const detail = detailOf(change);
  const say = (text: string): void => {
    console.print(`${text}\n`);
  };
  say(`${style.bold(escapeLine(nameOf(change, result)))}  ${escapeLine(detail)}`);
  say(
    `${escapeLine(result.from.id)} → ${escapeLine(result.to.id)}: ${rule?.title ?? change.rule} (${change.rule}, ${change.level})`,
  );
  say(`\n${wrap(rule?.explanation ?? "", console.width)}\n`);
  say(
    `  effect     ${effects[change.effect]}${change.effect === "disjoint" && change.conditional ? ", where it is used" : ""}`,
  );
  say(`  requests   ${change.verdicts.request.wire}`);
  say(
    `  answers    ${change.verdicts.response.strict} (validating), ${change.verdicts.response.tolerant} (tolerant)`,
  );
  say(
    `  code       reads: ${change.verdicts.ts.read}, builds: ${change.verdicts.ts.build}, lists: ${change.verdicts.ts.meta}`,
  );
  for (const side of ["old", "new"] as const) {
    const place = source[side];
    if (place !== undefined) say(`  ${side}        ${escapeLine(place.file)}:${place.line}:${place.column}`);
  }
  const action = actionOf(change, result);
  if (action !== undefined) say(`\nto do: ${escapeLine(action)}`);
  if (change.reach.length > 0) {
    say("\nreached by");
    for (const { op, dir, path } of change.reach)
      say(`  ${escapeLine(op)} ${dir}  ${style.dim(escapeLine(path))}`);
  }
  const { witnessLines } = await import("../report/witness.js");
  const shows = witnessLines(change, result);
  if (shows.length > 0) say("");
  for (const line of shows) say(escapeLine(line));
  say(`\nto accept it, add to a file for --ignore, with a reason:`);
  say(`  ${escapeLine(JSON.stringify(suppressionFor(change, prefixIn(result))))}`);
}
