/** Prints a decision table, and makes one from nothing. */
import { model } from "../dmn1_6/index.js";
import { decode, encode } from "../runtime/index.js";

export function run(xml: string): readonly string[] {
  const lines: string[] = [];
  for (const element of decode(model.definitionsElement, xml).drgElement ?? []) {
    if (element.$name !== "decision") continue;
    const { expression, ...decision } = element.$value;
    lines.push(`${decision["@name"]}: ${expression?.$name ?? "no logic"}`);
    if (expression?.$name !== "decisionTable") continue;
    const table: model.TDecisionTable = expression.$value;
    lines.push(
      `${table["@hitPolicy"] ?? "UNIQUE"} of ${table.input?.map(({ inputExpression }) => inputExpression.text).join(", ") ?? ""}`,
    );
    for (const { inputEntry = [], outputEntry } of table.rule ?? [])
      lines.push(
        `${inputEntry.map(({ text }) => text).join(" & ")} => ${outputEntry.map(({ text }) => text ?? "").join()}`,
      );
  }
  const made: model.TDefinitions = {
    "@name": "Made",
    "@namespace": "urn:made",
    drgElement: [
      {
        $name: "decision",
        $value: {
          "@name": "Answer",
          expression: {
            $name: "decisionTable",
            $value: {
              "@hitPolicy": "COLLECT",
              "@aggregation": "MAX",
              output: [{}],
              rule: [{ outputEntry: [{ text: "42" }] }],
            },
          },
        },
      },
    ],
  };
  lines.push(
    encode(model.definitionsElement, made, {
      declaration: false,
      prefixes: { "https://www.omg.org/spec/DMN/20240513/MODEL/": "" },
    }),
  );
  return lines;
}

// @ts-expect-error no such policy
export const policy: model.THitPolicy = "LAST";
