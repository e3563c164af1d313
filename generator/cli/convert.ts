/** `convert`: runs a document through the very code that is generated for its schema. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { displayName, nameOfId } from "../model/query.js";
import type { ElementDescriptor } from "../../templates/runtime/descriptor.js";
import { refusalReason } from "../refusal.js";
import { escapeLine, plural } from "../terminal.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { exit, type Exit } from "./exit.js";
import { openSchema } from "./schema.js";

export const convert = defineCommand({
  usage: "convert <schema> <file>",
  summary: "Decode an XML document, and print it as JSON or encode it again",
  details: "The result goes to stdout, what is odd about the document to stderr. `-` reads from stdin.",
  positionals: {
    schema: { describe: "A release (`latest`, an id), or a folder, zip or file" },
    file: { describe: "The XML document" },
  },
  options: {
    to: { type: "string", choices: ["json", "xml"], describe: "What to print", default: "json" },
    unknown: {
      type: "string",
      choices: ["keep", "skip"],
      describe: "Keep or leave out what the schema does not know",
      default: "keep",
    },
    validate: { type: "boolean", describe: "Convert a valid document only" },
    ...schemaOptions,
  },
  examples: [
    ["{example} {example}/order.xml", "the document as JSON; no digit is lost"],
    ["{example} {example}/order.xml --to xml", "decoded and encoded again"],
  ],
  async run({ schema: word = "", file = "", to = "json", unknown, validate = false, ...flags }, console) {
    const bytes = readDocument(file, console);
    if (typeof bytes === "number") return bytes;
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const { linkDescriptors } = await import("../descriptors.js");
    const { decodeXmlText } = await import("../../templates/runtime/encoding.js");
    const { rootName } = await import("../../templates/runtime/scanner.js");
    const { decodeResult } = await import("../../templates/runtime/decode.js");
    const { DecodeError, EncodeError, XmlError } = await import("../../templates/runtime/errors.js");
    const { fullValidation, ValidationError } = await import("../../templates/runtime/validation.js");
    const { model, service } = opened.schema;
    const shown = escapeLine(file === "-" ? "stdin" : file);
    const { noteStyle } = console;
    const complain = (place: string, severity: string, code: string, message: string): void => {
      console.complain(
        `${noteStyle.bold(place)} ${severity} ${noteStyle.bold(code)}: ${escapeLine(message)}\n`,
      );
    };
    try {
      const text = decodeXmlText(bytes);
      const name = rootName(text);
      const root = name.startsWith("{") ? name : `{}${name}`;
      if (model.elements[root] === undefined) return unknownRoot(root, model, shown, console);

      const descriptors = await linkDescriptors(opened.schema, opened.source);
      const descriptor: ElementDescriptor = descriptors.element(root);
      const {
        value,
        diagnostics,
        root: beside,
      } = decodeResult(descriptor, text, {
        unknown: unknown === "skip" ? "skip" : "keep",
        unqualified: service === undefined ? "reject" : "accept",
        ...(validate && { validate: fullValidation }),
      });
      for (const { code, path, message, line, column } of diagnostics) {
        complain(
          `${shown}:${line}:${column}`,
          noteStyle.yellow("warning"),
          code,
          `${message} (at ${path || "/"})`,
        );
      }
      if (diagnostics.length > 0) console.note(`${plural(diagnostics.length, "warning")}\n`);
      if (to === "json") {
        const { formatJson } = await import("./json.js");
        console.print(`${formatJson(value)}\n`);
        return exit.fine;
      }
      const { encode } = await import("../../templates/runtime/encode.js");
      const prefixes = Object.fromEntries(
        model.namespaces.filter(({ prefix }) => prefix !== "").map(({ uri, prefix }) => [uri, prefix]),
      );
      const isRequest =
        service?.operations.some(
          ({ wireType }) => text.includes(`"${wireType}"`) || text.includes(`'${wireType}'`),
        ) ?? false;
      // What servers leave out is no reason not to write back what they sent.
      const xml = encode(descriptor, value as never, {
        prefixes,
        check: diagnostics.length === 0,
        ...(isRequest && { qualified: false }),
        ...(beside && { root: beside }),
      });
      console.print(xml.endsWith("\n") ? xml : `${xml}\n`);
      return exit.fine;
    } catch (error) {
      if (error instanceof XmlError) {
        const place = error.line > 0 ? `${shown}:${error.line}:${error.column}` : shown;
        const message = error.message.replace(/ \(line \d+, column \d+\)$/u, "");
        complain(place, noteStyle.red("error"), `xml-${error.code}`, message);
        return exit.unreadable;
      }
      if (error instanceof ValidationError) {
        for (const { code, path, message, line, column } of error.issues)
          complain(
            `${shown}:${line}:${column}`,
            noteStyle.red("error"),
            code,
            `${message} (at ${path || "/"})`,
          );
        console.note(`${shown} is not valid\n`);
        return exit.findings;
      }
      if (error instanceof DecodeError) {
        complain(shown, noteStyle.red("error"), "not-decoded", error.message);
        return exit.unreadable;
      }
      if (error instanceof EncodeError) {
        for (const { code, path, message } of error.issues) {
          complain(shown, noteStyle.red("error"), code, `${message} (at ${path || "/"})`);
        }
        return exit.findings;
      }
      throw error;
    }
  },
});

function readDocument(file: string, console: Console): Uint8Array | Exit {
  try {
    return readFileSync(file === "-" ? 0 : resolve(console.cwd, file));
  } catch (error) {
    console.fail(`${file} cannot be read: ${refusalReason(error)}`);
    return exit.unreadable;
  }
}

function unknownRoot(
  root: string,
  model: Parameters<typeof displayName>[0] & { readonly elements: Readonly<Record<string, unknown>> },
  shown: string,
  console: Console,
): Exit {
  const roots = Object.keys(model.elements);
  const { namespace, local } = nameOfId(root);
  const names = roots.map((id) => displayName(model, id));
  const same = roots.find((id) => nameOfId(id).local === local);
  const known = `known: ${names.slice(0, 10).join(", ")}${names.length > 10 ? ", ..." : ""}`;
  console.fail(
    `the root element of ${shown}, "${local}" in ${namespace === "" ? "no namespace" : `namespace "${namespace}"`}, is no global element of the schema`,
    same !== undefined
      ? `the schema has it in namespace "${nameOfId(same).namespace}"`
      : names.length > 0
        ? known
        : undefined,
  );
  return exit.unreadable;
}
