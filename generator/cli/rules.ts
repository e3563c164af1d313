/** `rules`: the table by which changes are judged. */
import { defineCommand } from "./command.js";
import { exit } from "./exit.js";

export const rules = defineCommand({
  usage: "rules [prefix]",
  summary: "List the rules of `diff` with their effects and verdicts",
  details:
    "The effect is on the set of valid documents. `old requests` and `strict` follow from it: taking away breaks requests, adding breaks readers that validate.",
  positionals: { prefix: { describe: "Only rules whose id begins so: `element`, `facet.range`" } },
  options: {
    format: { type: "string", choices: ["text", "json"], describe: "How to print it", default: "text" },
    json: { type: "boolean", describe: "The same as --format json" },
  },
  examples: [
    ["", "all rules"],
    ["element.occurs", "some of them"],
    ["--json", "the table for a program"],
  ],
  async run({ prefix, format, json }, console) {
    const { rules: all, verdictsOfRule } = await import("../diff/index.js");
    const chosen = all.filter(
      ({ id }) => prefix === undefined || id === prefix || id.startsWith(`${prefix}.`),
    );
    if (chosen.length === 0) {
      const { suggestionHint } = await import("../suggestion.js");
      const known = new Set(all.flatMap(({ id, tags }) => [id, tags[0] ?? ""]));
      console.fail(`no rule begins with "${prefix ?? ""}"`, suggestionHint(prefix ?? "", known));
      return exit.usage;
    }
    if (json || format === "json") {
      const rows = chosen.map((rule) => {
        const { request, strict, tolerant, ...ts } = verdictsOfRule(rule);
        return {
          id: rule.id,
          title: rule.title,
          effect: rule.effect,
          valueChange: rule.valueChange ?? false,
          verdicts: { request, response: { strict, tolerant }, ts },
          inverse: rule.inverse,
          refactoring: rule.refactoring ?? false,
          tags: rule.tags,
          explanation: rule.explanation,
        };
      });
      console.print(`${JSON.stringify({ format: 1, rules: rows }, undefined, 2)}\n`);
      return exit.fine;
    }
    const { style } = console;
    const short: Readonly<Record<string, string>> = {
      safe: "ok",
      dangerous: "risk",
      breaking: "BREAK",
      none: "-",
      "by-case": "case",
    };
    const columns = ["old requests", "strict", "tolerant", "read", "build", "lists"];
    const widest = Math.max(...chosen.map(({ id }) => id.length));
    const line = (id: string, effect: string, cells: readonly string[]): string =>
      `${id.padEnd(widest)}  ${effect.padEnd(9)}  ${cells.map((cell, index) => cell.padEnd((columns[index] ?? "").length)).join("  ")}`;
    console.print(`${style.bold(line("rule", "effect", columns).trimEnd())}\n`);
    for (const rule of chosen) {
      const cells = Object.values(verdictsOfRule(rule)).map((verdict) => short[verdict] ?? verdict);
      console.print(`${line(rule.id, rule.effect, cells).trimEnd()}\n`);
    }
    console.print(`\n${style.dim(`${console.program} explain ${chosen[0]?.id ?? ""} tells more`)}\n`);
    return exit.fine;
  },
});
