/** What notes say beside the schema, in each report: the five ways to disagree, silence, behaviour and codes. */
import { HtmlValidate } from "html-validate";
import { expect, test } from "vitest";
import type { Cache } from "../../generator/output/cache.js";
import type { Change } from "../../generator/diff/index.js";
import { formatHistoryMarkdown, formatHistoryText } from "../../generator/report/history.js";
import { formatJson } from "../../generator/report/json.js";
import { formatMarkdown } from "../../generator/report/markdown.js";
import { renderReleasePage } from "../../generator/report/release-page.js";
import { formatText } from "../../generator/report/text.js";
import { createStyle } from "../../generator/terminal.js";
import { inputOf, siteOf, type SmallRelease } from "./family.js";
import { noted as family, schemaOf } from "./noted-family.js";

const rules = [
  ["note.missing", "s:nowhere", undefined],
  ["note.name-differs", "s:giftWrap", "giftWarp"],
  ["note.release-differs", "s:late", "1.2"],
  ["note.release-differs", "s:early", "1.0"],
  ["note.type-differs", "s:count", "xs:int"],
] as const;

const site = await siteOf(family(true));
const pages = new Map(site.files.map(({ path, text }) => [path, text]));
const page = pages.get("reports/v1.1.html") ?? "";
const section = /<section id="reconciliation">[\s\S]*?<\/section>/u.exec(page)?.[0] ?? "";

test("an official bundle does not claim to be reconstructed; one that restates documentation does", async () => {
  for (const text of pages.values()) expect(text).not.toContain("Reconstructed.");
  const other = await siteOf(family(false));
  for (const { text } of other.files) expect(text).toContain("Reconstructed.");
});

test("the page holds notes and schema against each other", () => {
  expect(section).toContain("1 of 6 documented changes found in the schema.");
  for (const title of [
    "Documented, but not in the schema",
    "Documented under another name",
    "Documented for another release",
    "Documented with another type",
    "In the schema, but not documented",
    "Documented and found",
  ])
    expect(section, title).toContain(title);
  for (const [, element, instead] of rules) {
    const article = section.split("<article").find((part) => part.includes(`<code>${element}</code></h3>`));
    expect(article, element).toBeDefined();
    if (instead !== undefined) expect(article, element).toContain(`<code>${instead}</code>`);
  }
});

test("what no note names is marked on its card, what is named is not", () => {
  const cardOf = (name: string): string =>
    page.split("<article").find((part) => part.includes(`data-search="s:Order/${name} `)) ?? "";
  expect(cardOf("silent")).toContain("not in the notes</span>");
  for (const name of ["found", "giftWarp", "count"]) expect(cardOf(name)).not.toContain("not in the notes");
});

test("the head counts the schema, behaviour, codes and disagreements apart", () => {
  const head = /<ul class="counts">[\s\S]*?<\/ul>/u.exec(page)?.[0].replace(/<[^>]*>/gu, " ") ?? "";
  expect(head.replace(/\s+/gu, " ")).toContain(
    "4 safe 1 behaviour change 1 error code 5 disagreements with the notes",
  );
  expect(head).not.toContain("dangerous");
});

test("a type that changed is drawn with the findings about the schema, not with the silence of notes as well", () => {
  const captions = [...page.matchAll(/<figcaption>(.*?)<\/figcaption>/gu)].map(([, text = ""]) =>
    text.replace(/<[^>]*>/gu, ""),
  );
  expect(captions).toEqual(["s:Order 4 findings"]);
});

test("the matrix has a row for each disagreement, which leads to it", () => {
  const index = pages.get("reports/index.html") ?? "";
  expect(index).toContain("Notes and schema disagree");
  const row = index.split("<tr").find((part) => part.includes("s:nowhere")) ?? "";
  const href = /v1\.1\.html#([0-9a-f]{12})/u.exec(row)?.[1] ?? "none";
  expect(section).toContain(`id="${href}"`);
});

test("a page whose notes name other releases is made again when one of those changes", async () => {
  const entries = new Map<string, string>();
  let written = 0;
  const store: Cache = {
    get: (kind, key) => entries.get(`${kind} ${key}`),
    put(kind, key, text) {
      if (kind === "report") written++;
      entries.set(`${kind} ${key}`, text);
    },
  };
  const keys = ["a", "b", "c"];
  expect(await siteOf(family(true), store, keys)).toEqual(site);
  written = 0;
  expect(await siteOf(family(true), store, keys)).toEqual(site);
  expect(written).toBe(0);
  // Without 1.2's element, no release has what the notes of 1.1 call late.
  const changed = family(true).map((release) =>
    release.id === "1.2" ? { ...release, schema: family(true)[1]?.schema ?? "" } : release,
  );
  const again = await siteOf(changed, store, ["a", "b", "other"]);
  expect(again).toEqual(await siteOf(changed));
  expect(written).toBe(2);
});

const compared = await inputOf(family(true)[0] as SmallRelease, family(true)[1] as SmallRelease, [
  family(true)[2] as SmallRelease,
]);
const { input, result } = compared;

test.each(rules)("%s: %s in text, Markdown and JSON", (rule, element, instead) => {
  const found = result.changes.filter(
    (each: Change) => each.rule === rule && each.component.type === `1.1: ${element}`,
  );
  expect(found).toHaveLength(1);
  expect(found[0]?.new?.value).toBe(instead);
  const text = formatText(input, createStyle(false), 100);
  expect(text).toContain(`  ~ ${element}\n`);
  expect(text.indexOf("notes and schema disagree")).toBeLessThan(text.indexOf(`  ~ ${element}\n`));
  expect(formatMarkdown(input)).toContain(`| \`${element}\` |`);
  expect(formatJson(input)).toContain(`"rule": "${rule}"`);
});

test("the text tells the kinds apart, and says each thing once", () => {
  const text = formatText(input, createStyle(false), 100);
  expect(text).toContain(
    "1.0 → 1.1: 4 safe, 1 behaviour change, 1 error code, 5 disagreements with the notes (minor)",
  );
  expect(text).toContain("release notes: 1 of 6 documented changes found in the schema");
  expect(text).toMatch(/s:Order\/silent .*\[not in the notes\]/u);
  expect(text).not.toMatch(/s:Order\/found .*\[not in the notes\]/u);
  expect(text.match(/s:Order\/silent/gu)).toHaveLength(1);
  expect(text).toContain("  ~ all operations  Orders are counted.");
  expect(text).toContain("  + 000042  There is no paper.");
  expect(text.trimEnd().split("\n").at(-1)).toMatch(/^next: xsd-strata explain [a-z.-]+$/iu);
});

test("nothing found is one line", async () => {
  const same = await inputOf(
    { id: "1.0", schema: schemaOf(["id"]) },
    { id: "1.1", schema: schemaOf(["id"]) },
  );
  expect(formatText({ ...same.input, reconstructed: true }, createStyle(false), 100)).toBe(
    "1.0 → 1.1: no changes\n",
  );
});

test.each([40, 60, 80, 100, 140])("at a width of %i no line is wider, names apart", (width) => {
  for (const line of formatText(input, createStyle(false), width).split("\n")) {
    if (line.startsWith("to accept it") || line.startsWith("next: ")) continue;
    const longest = Math.max(
      ...line
        .trim()
        .split(" ")
        .map((word) => word.length),
    );
    expect(line.length, line).toBeLessThanOrEqual(Math.max(width, longest + 34));
  }
});

test("a history tells the same, and its matrix holds components only", () => {
  const history = { releases: ["1.0", "1.1"], steps: [input] };
  const text = formatHistoryText(history, createStyle(false), 100);
  expect(text).toMatch(/~ notes {5}s:nowhere {2}documented, but not in the schema/u);
  expect(text).toMatch(/~ behaviour all operations {2}Orders are counted\./u);
  expect(text).toContain("4 components in 2 releases");
  expect(text).not.toMatch(/^1\.1: /mu);
  const markdown = formatHistoryMarkdown(history);
  expect(markdown).toContain("In the schema, but in no note: `s:Order/silent`.");
  expect(markdown).toContain("| `s:giftWrap` | documented under another name");
});

const witnessed = {
  ...input,
  result: {
    ...result,
    changes: result.changes.map((each: Change) =>
      each.key.endsWith("/found")
        ? {
            ...each,
            level: "breaking" as const,
            witness: {
              xml: '<order xmlns="urn:shop">\n  <found>`</found>\n</order>',
              validIn: "new" as const,
              objection: "no element <found> here",
              code: [{ use: "build" as const, source: 'const order: Order = { id: "<1>" };' }],
            },
          }
        : each,
    ),
  },
};

test("a witness is shown in text, Markdown and on the page, as what it is", async () => {
  expect(formatText(witnessed, createStyle(false), 100)).toContain(
    'valid in 1.1, not in 1.0:\n        <order xmlns="urn:shop">\n          <found>`</found>\n        </order>',
  );
  const markdown = formatMarkdown(witnessed);
  expect(markdown).toContain("Example for s:Order/found: valid in 1.1, not in 1.0");
  expect(markdown).toContain('```xml\n<order xmlns="urn:shop">\n  <found>`</found>\n</order>\n```');
  const html = renderReleasePage(witnessed, {});
  expect(html).toContain(
    "A document that is valid in 1.1 and not in 1.0: <q>no element &lt;found&gt; here</q>",
  );
  expect(html).toContain("Code that builds: it compiles with 1.0 and not with 1.1");
  expect(html).toContain("&quot;&lt;1&gt;&quot;");
  const judge = new HtmlValidate({
    extends: ["html-validate:recommended"],
    rules: {
      "require-sri": "off",
      "long-title": "off",
      "no-trailing-whitespace": "off",
      "valid-id": ["error", { relaxed: true }],
      "wcag/h32": "off",
    },
  });
  for (const text of [html, ...pages.values()]) {
    const { results } = await judge.validateString(text);
    expect(
      results.flatMap(({ messages }) => messages.map(({ line, message }) => `${line} ${message}`)),
    ).toEqual([]);
  }
});

test("links of pages with disagreements lead somewhere, and every id is there once", () => {
  for (const [path, text] of pages) {
    const ids = [...text.matchAll(/\sid="([^"]*)"/gu)].map((match) => match[1]);
    expect(ids, path).toHaveLength(new Set(ids).size);
    for (const [, href = ""] of text.matchAll(/href="([^"]*)"/gu)) {
      const [file, hash] = href.split("#");
      const target = file === "" ? text : pages.get(`reports/${file ?? ""}`);
      expect(target, `${path}: ${href}`).toBeDefined();
      if (hash !== undefined) expect(target, `${path}: ${href}`).toContain(` id="${hash}"`);
    }
  }
});
