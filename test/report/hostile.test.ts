/** What hostile text becomes in each target: recorded in `hostile/`, and looked at for what must never be in it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import { printJson } from "../../generator/escape.js";
import { formatAnnotations } from "../../generator/report/annotations.js";
import {
  formatHistoryJson,
  formatHistoryMarkdown,
  formatHistoryText,
} from "../../generator/report/history.js";
import { formatJson } from "../../generator/report/json.js";
import { formatMarkdown, commentMarker } from "../../generator/report/markdown.js";
import { formatSarif } from "../../generator/report/sarif.js";
import { formatText } from "../../generator/report/text.js";
import { createStyle } from "../../generator/terminal.js";
import { inputOf, siteOf } from "./family.js";
import { newer, older } from "./hostile/family.js";

const { input, result, page } = await inputOf(older, newer);
const history = { releases: [older.id, newer.id], steps: [input] };
const site = await siteOf([
  { ...older, ...(newer.notes && { notes: newer.notes.replace('"1.1"', '"1.0"') }) },
  newer,
]);
const pageOf = (name: string): string =>
  site.files.find(({ path }) => path === `reports/${name}`)?.text ?? "";
const [matrix, first] = [pageOf("index.html"), pageOf("v1.0.html")];
// Style and script are ours and change with the design: they are no part of what is recorded.
const withoutAssets = (text: string): string =>
  text
    .replace(/<style>[\s\S]*?<\/style>/gu, "<style></style>")
    .replace(/<script>[\s\S]*?<\/script>/gu, "<script></script>")
    .replace(/'sha256-[^']*'|&#39;sha256-(?:(?!&#39;).)*&#39;/gu, "hash");
const body = withoutAssets(page);

const targets: Readonly<Record<string, string>> = {
  "page.html": body,
  "report.md": formatMarkdown(input),
  "annotations.txt": formatAnnotations({ ...input }),
  "terminal.txt": formatText(input, createStyle(false), 100),
  "report.sarif": formatSarif(input),
  "report.json": formatJson(input),
  "history.txt": formatHistoryText(history, createStyle(false), 100),
  "history.md": formatHistoryMarkdown(history),
  "history.json": formatHistoryJson(history),
  "matrix.html": withoutAssets(matrix),
  "first.html": withoutAssets(first),
};

const folder = new URL("hostile/expected/", import.meta.url);

test.each(Object.entries(targets))(
  "%s is what is recorded (npm run test:record records anew)",
  (name, text) => {
    const file = fileURLToPath(new URL(`${name}.golden`, folder));
    if (process.env["RECORD"] === "1") {
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, text);
    }
    expect(existsSync(file), `${name} was never recorded`).toBe(true);
    expect(text).toBe(readFileSync(file, "utf8"));
  },
);

const invisible =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

test.each(Object.entries(targets))("%s has nothing that a viewer obeys without showing it", (_, text) => {
  expect(text.replaceAll("&#8203;", "")).not.toMatch(invisible);
});

test("findings about the attack are there: it is shown, not dropped", () => {
  expect(result.changes.map(({ component }) => component.path.at(-1)?.slice(0, 20))).toEqual(
    expect.arrayContaining(["__proto__", "constructor"]),
  );
  // The first release has nothing to compare with: its page has the notes alone.
  for (const [name, text] of Object.entries(targets))
    expect(text, name).toContain(name === "first.html" ? "everyone" : "constructor");
});

test.each([
  ["page", body, page],
  ["matrix", withoutAssets(matrix), matrix],
  ["first page", withoutAssets(first), first],
])("HTML of the %s: no element and no attribute from outside", async (_, body, page) => {
  // Our own markup escapes every > in a value, so a tag ends at the first one.
  const tags = [...body.matchAll(/<([a-z][a-z0-9]*)((?:[^>])*)>/giu)];
  const names = new Set(tags.map(([, name = ""]) => name.toLowerCase()));
  expect(tags.length).toBeGreaterThan(50);
  for (const name of ["img", "iframe", "object", "embed", "link", "base"]) expect(names).not.toContain(name);
  for (const [tag, , attributes = ""] of tags) {
    const bare = attributes.replace(/"[^"]*"/gu, "");
    expect(bare, tag).not.toMatch(/\bon\w+|\bstyle\b|[<']/iu);
    expect(tag).not.toMatch(/(?:href|src)="\s*(?:javascript|data):/iu);
  }
  expect(body.match(/<script/gu)).toHaveLength(2);
  const judge = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      "long-title": "off",
      "no-trailing-whitespace": "off",
      "valid-id": ["error", { relaxed: true }],
      "wcag/h32": "off",
    },
  });
  const { results } = await judge.validateString(page);
  expect(
    results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line} ${message}`)),
  ).toEqual([]);
});

test.each(["report.md", "history.md"])(
  "%s: no markup, mention or link from outside; the marker once",
  (name) => {
    const text = targets[name] ?? "";
    const markers = name === "report.md" ? 1 : 0;
    expect(text.startsWith(commentMarker)).toBe(markers === 1);
    const withoutEntities = text.replace(/&#?\w+;/gu, " ");
    const outsideCode = withoutEntities.replace(/(?<!\\)(`+)(?:(?!\1)[\s\S])*?\1(?!`)/gu, "");
    // A comment is found by what it begins with; inside code the marker is a text like any other.
    expect(outsideCode.split(commentMarker)).toHaveLength(markers + 1);
    expect(outsideCode).not.toMatch(/(?<!\\)\[[^\]]*\]\(/u);
    expect(outsideCode).not.toMatch(
      /@\w|#\d|https?:\/\/|<(?!\/?(?:br|sub|details|summary)>|!-- xsd-strata diff -->)/u,
    );
  },
);

test("annotations: one command a line, each of them ours", () => {
  const lines = (targets["annotations.txt"] ?? "").trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).toMatch(/^::(?:error|warning|notice) [^:]*::/u);
});

test("terminal: at no width a line begins like a workflow command", () => {
  for (let width = 20; width < 160; width++)
    for (const line of [
      ...formatText(input, createStyle(false), width).split("\n"),
      ...formatHistoryText(history, createStyle(false), width).split("\n"),
    ])
      expect(line).not.toMatch(/^\s*(?:::|##\[)/u);
});

test("JSON and SARIF can be read, and say what was there", () => {
  for (const name of ["report.json", "report.sarif", "history.json"]) {
    const value: unknown = JSON.parse(targets[name] ?? "");
    expect(printJson(value)).toBe(targets[name]);
  }
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});
