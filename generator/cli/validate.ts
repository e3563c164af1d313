/** `validate`: checks documents against a schema, every rule of it. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createReport } from "../diagnostics.js";
import { refusalReason } from "../refusal.js";
import { plural } from "../terminal.js";
import { defineCommand, schemaOptions } from "./command.js";
import { exit, type Exit } from "./exit.js";
import { openSchema } from "./schema.js";

export const validate = defineCommand({
  usage: "validate <schema> <files..>",
  summary: "Check XML documents against a schema: content, types, facets, keys",
  details:
    "Prints nothing but one line when all is well. Each issue has its place, its path in the document and the clause of the specification. `-` reads from stdin.",
  positionals: {
    schema: { describe: "A release (`latest`, an id), or a folder, zip or file" },
    files: { describe: "The XML documents", array: true },
  },
  options: {
    format: {
      type: "string",
      choices: ["text", "json"],
      describe: "How to print what is found",
      default: "text",
    },
    ...schemaOptions,
  },
  examples: [["{example} {example}/order.xml", "one line when the document is valid"]],
  async run({ schema: word = "", files = [], format = "text", ...flags }, console) {
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const { decodeSource } = await import("../schema/encoding.js");
    const { readInstance } = await import("../schema/instance.js");
    const { validateDocument } = await import("../validate/document.js");
    const { model, service } = opened.schema;
    const wireTypes = new Map(service?.operations.map(({ wireType, request }) => [wireType, request]));

    let status: Exit = exit.fine;
    let invalid = 0;
    let unread = 0;
    const results: object[] = [];
    // All of stdin is read at once: there is nothing left for a second time.
    const documents = files.filter((file, index) => file !== "-" || files.indexOf("-") === index);
    for (const file of documents) {
      const report = createReport();
      const shown = file === "-" ? "stdin" : file;
      let bytes: Uint8Array;
      try {
        bytes = readFileSync(file === "-" ? 0 : resolve(console.cwd, file));
      } catch (error) {
        const message = `cannot be read: ${refusalReason(error)}`;
        console.fail(`${shown} ${message}`);
        const issue = { code: "unreadable-file", severity: "error", path: "", message };
        results.push({ file: shown, valid: false, issues: [issue] });
        unread++;
        status = exit.unreadable;
        continue;
      }
      const text = decodeSource(shown, bytes, report);
      const root = text === undefined ? undefined : readInstance(shown, text, report);
      if (root === undefined) status = exit.unreadable;
      else {
        const isRequest = text !== undefined && [...wireTypes.keys()].some((type) => text.includes(type));
        validateDocument(model, root, report, {
          typeAlias: (name) => wireTypes.get(name),
          unqualified: isRequest,
        });
      }
      if (format === "json") {
        results.push({
          file: shown,
          valid: !report.hasErrors,
          issues: report.diagnostics.map(({ code, severity, message, clause, expected, hint, at }) => {
            const place = at && report.locate(at);
            const [path = "", ...rest] = message.startsWith("/") ? message.split(": ") : ["", message];
            return {
              code,
              severity,
              path,
              message: rest.join(": "),
              ...(place && { line: place.line, column: place.column }),
              ...(expected !== undefined && { expected }),
              ...(clause !== undefined && { clause }),
              ...(hint !== undefined && { hint }),
            };
          }),
        });
      } else console.show(report);
      if (!report.hasErrors) continue;
      invalid++;
      if (status === exit.fine) status = exit.findings;
    }
    if (format === "json") console.print(`${JSON.stringify(results, null, 2)}\n`);
    else {
      const all = plural(documents.length, "document");
      if (status === exit.fine) console.print(`${all} valid\n`);
      if (invalid > 0) console.note(`${invalid} of ${all} not valid\n`);
      if (unread > 0) console.note(`${unread} of ${all} not read\n`);
    }
    return status;
  },
});
