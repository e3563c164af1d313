/** `explain`: what a diagnostic, a rule or a finding means and what to do about it. */
import { suggestionHint } from "../suggestion.js";
import { wrap } from "../terminal.js";
import { defineCommand } from "./command.js";
import { asCalled } from "./console.js";
import { exit } from "./exit.js";

export const explain = defineCommand({
  usage: "explain [code]",
  summary: "Explain a diagnostic code, a rule of `diff` or a finding, or list all codes",
  positionals: { code: { describe: "A code, a rule id, or the id of a finding; all codes when absent" } },
  options: {
    format: { type: "string", choices: ["text", "json"], describe: "How to print it", default: "text" },
  },
  examples: [
    ["unknown-type-reference", "what it means and what to do"],
    ["element.added.required", "a rule of `diff`"],
    ["", "the list of all codes"],
  ],
  async run({ code, format }, console) {
    const { allExplanations } = await import("../explanations.js");
    const explanations = allExplanations();
    if (code === undefined) {
      if (format === "json") {
        console.print(`${JSON.stringify(Object.fromEntries(explanations), undefined, 2)}\n`);
        return exit.fine;
      }
      const widest = Math.max(0, ...[...explanations.keys()].map((key) => key.length));
      for (const [key, { meaning }] of explanations) {
        const room = Math.max(20, console.width - widest - 2);
        const [first = ""] = meaning.split(/(?<=\.) /u);
        const short = first.length > room ? `${first.slice(0, room - 3)}...` : first;
        console.print(`${console.style.bold(key.padEnd(widest))}  ${short}\n`);
      }
      return exit.fine;
    }
    const found = explanations.get(code);
    if (found === undefined) {
      const { explainFinding, explainRule } = await import("./explain-change.js");
      const { findRule, rules } = await import("../diff/index.js");
      const rule = findRule(code);
      if (rule !== undefined) return explainRule(rule, format === "json", console);
      if (/^[0-9a-f]{12}$/u.test(code)) return explainFinding(code, format === "json", console);
      console.fail(
        `no diagnostic and no rule is called "${code}"`,
        suggestionHint(code, [...explanations.keys(), ...rules.map(({ id }) => id)]) ??
          `\`${console.program} explain\` lists all codes`,
      );
      return exit.usage;
    }
    if (format === "json") console.print(`${JSON.stringify({ code, ...found }, undefined, 2)}\n`);
    else {
      console.print(`${console.style.bold(code)}\n\n${wrap(found.meaning, console.width)}\n`);
      if (found.remedy !== undefined) {
        console.print(
          `\n${console.style.bold("What to do")}\n${wrap(asCalled(found.remedy, console.program), console.width)}\n`,
        );
      }
    }
    return exit.fine;
  },
});
