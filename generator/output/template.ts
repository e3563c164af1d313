/** Fills the templates. The home of handlebars. */
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type Handlebars from "handlebars";
import { codeMarkdown, escapeHtml, escapeMarkdown } from "../escape.js";
import { lazyPackage } from "../packages.js";

/** Beside `generator/` in a clone, beside `dist/` in the installed package. */
const folder = ((): string => {
  const above = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
  const candidates = [join(above, "templates"), join(above, "..", "templates")];
  const found = candidates.find((candidate) => existsSync(join(candidate, "module.hbs")));
  if (found === undefined) throw new Error(`no templates in ${candidates.join(" or ")}`);
  return found;
})();

/** The package as one file: its folder of small ones takes three times as long to read. */
const handlebarsPackage = lazyPackage<typeof Handlebars>("handlebars/dist/handlebars.js");

// Nothing is escaped by itself: each target has a helper of its own, and data that is code already needs none.
const helpers: Readonly<Record<string, (value: unknown) => string>> = {
  /** A text in a line of a `//` or block comment of TypeScript. */
  comment: (value) => String(value).replace(breaks, " ").replace(/\*\//gu, "* /"),
  /** A JSON value, which is a TypeScript literal too. */
  json: (value) =>
    JSON.stringify(value).replace(/[\u2028\u2029]/gu, (mark) => (mark === "\u2028" ? "\\u2028" : "\\u2029")),
  /** A text in a line, cell or heading of Markdown. */
  markdown: (value) => escapeMarkdown(String(value)),
  /** A text as inline code of Markdown. */
  inlineCode: (value) => codeMarkdown(String(value)),
  /** A text in an element or a quoted attribute of HTML. */
  html: (value) => escapeHtml(String(value)),
};
const breaks = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/gu;

let handlebars: typeof Handlebars | undefined;

function createHandlebars(): typeof Handlebars {
  const own = handlebarsPackage().create();
  for (const [name, helper] of Object.entries(helpers))
    own.registerHelper(name, (value: unknown) => helper(value));
  return own;
}

const compiled = new Map<string, (data: unknown) => string>();

/**
 * Fills `templates/<name>.hbs`. A value that the template names and `data` has not is a mistake of ours and throws; `{{#if}}`
 * may ask for what is absent.
 */
export function fillTemplate(name: string, data: unknown): string {
  let fill = compiled.get(name);
  if (fill === undefined) {
    const known = Object.fromEntries(Object.keys(helpers).map((helper) => [helper, true]));
    handlebars ??= createHandlebars();
    fill = handlebars.compile(readTemplate(`${name}.hbs`), {
      noEscape: true,
      strict: true,
      knownHelpers: known,
      knownHelpersOnly: true,
    });
    compiled.set(name, fill);
  }
  return fill(data);
}

/** The text of a file of the templates folder. */
export function readTemplate(path: string): string {
  return readFileSync(join(folder, path), "utf8").replace(/\r\n/gu, "\n");
}

/** The files directly in a folder of the templates folder, in code unit order. */
export function listTemplates(path: string): readonly string[] {
  return readdirSync(join(folder, path), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name)
    .sort();
}
