/** `operations`: what a schema lets one call. */
import { defineCommand, schemaOptions } from "./command.js";
import { exit } from "./exit.js";
import { openSchema } from "./schema.js";

export const operations = defineCommand({
  usage: "operations <schema>",
  summary: "List the operations of a release or schema",
  positionals: { schema: { describe: "A release (`latest`, an id), or a folder, zip or file" } },
  options: {
    ...schemaOptions,
    format: { type: "string", choices: ["text", "json"], describe: "How to print them", default: "text" },
  },
  examples: [
    ["latest", "all operations of the newest release"],
    ["latest --format json", "the same for a program"],
  ],
  async run({ schema: word = "", format, ...flags }, console) {
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const { displayName } = await import("../model/query.js");
    const { model, service } = opened.schema;
    const rows = (service?.operations ?? []).map(({ service, name, request, response, wireType }) => ({
      service,
      name,
      request: displayName(model, request),
      response: displayName(model, response),
      wireType,
    }));
    if (format === "json") {
      console.print(`${JSON.stringify({ operations: rows }, undefined, 2)}\n`);
      return exit.fine;
    }
    if (rows.length === 0) {
      console.note("no operations: the schema follows no convention that is known (see --service)\n");
      return exit.fine;
    }
    const { escapeLine } = await import("../terminal.js");
    const names = rows.map((row) => escapeLine(`${row.service}.${row.name}`));
    const widest = Math.max(...names.map((name) => name.length));
    const requests = Math.max(...rows.map(({ request }) => escapeLine(request).length));
    rows.forEach(({ request, response }, index) => {
      const name = names[index] ?? "";
      console.print(
        `${console.style.bold(name)}${" ".repeat(widest - name.length)}  ${escapeLine(request).padEnd(requests)}  ${escapeLine(response)}\n`,
      );
    });
    return exit.fine;
  },
});
