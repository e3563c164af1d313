/**
 * Readers and writers as code, for hosts that forbid code from strings: printed by the compiler that a program with the
 * default tables runs when it is hot.
 */
import type { Report } from "../diagnostics.js";
import { printReader } from "../../templates/runtime/readers.js";
import { printWriter } from "../../templates/runtime/writers.js";
import { fillTemplate } from "../output/template.js";
import { descriptorName } from "./identifiers.js";
import { liveDescriptors } from "./live.js";
import { modulesOf } from "./modules.js";
import { planOf } from "./plan.js";
import { printString } from "./print.js";
import type { EmitInput, OutputFile } from "./types.js";

/** Emits `codecs.ts` where the options ask for it. */
export function emitCodecs(input: EmitInput, report: Report): readonly OutputFile[] {
  const { names, options, model } = input;
  if (options.codecs !== "ahead-of-time") return [];
  const live = liveDescriptors(input);
  const imports: string[] = [];
  const calls: string[] = [];
  for (const { namespace, types } of modulesOf(planOf(input, report))) {
    const module = names.module(namespace.uri);
    const before = calls.length;
    for (const { id, kind } of types) {
      const struct = kind === "complex" ? live.type(id) : undefined;
      if (struct?.kind !== "struct") continue;
      const parts = printMaker("read", printReader(struct)) + printMaker("write", printWriter(struct));
      calls.push(
        `  setCodec(${module}.${descriptorName(names.type(id))}, {${parts === "" ? "" : `\n${parts}  `}});\n`,
      );
    }
    if (calls.length > before)
      imports.push(`import * as ${module} from ${printString(`./${module}${options.importExtension}`)};\n`);
  }
  const runtime = printString(`${options.runtimePath}index${options.importExtension}`);
  const text = [
    fillTemplate("module", { release: model.release }).trimEnd(),
    "\n\n// Straight-line code, which has no use for types.\n// @ts-nocheck\n\n",
    `import { setCodec } from ${runtime};\n`,
    ...imports,
    "\n/** Has documents read and written by the code below, and none made from strings; to be called once, at the start. */\n",
    "export function useCodecs(): void {\n",
    ...calls,
    "}\n",
  ].join("");
  return [{ path: `${options.folder}codecs.ts`, text, final: true }];
}

/** A method of a codec; names and values of the schema are in the source as JSON only. */
function printMaker(name: string, source: string): string {
  if (source === "") return "";
  let depth = 3;
  const lines = source.split("\n").map((line) => {
    const closes = line.startsWith("}");
    const indented = "  ".repeat(closes ? --depth : depth) + line;
    if (!closes && line.endsWith("{")) depth++;
    return `${indented}\n`;
  });
  return `    ${name}(host, entries) {\n${lines.join("")}    },\n`;
}
