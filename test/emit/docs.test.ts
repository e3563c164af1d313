import fc from "fast-check";
import ts from "typescript";
import { expect, test } from "vitest";
import { describeLimits, escapeDoc, tsdoc } from "../../generator/emit/docs.js";

const seed = 20_260_812;

test.each([
  ["end of comment", "a */ b", "a *\\/ b"],
  ["tag", "see @param x", "see \\@param x"],
  ["address", "mail me@example.com", "mail me@example.com"],
  ["inline tag", "{@link x}", "\\{\\@link x\\}"],
  ["HTML", "<script> 1 < 2", "\\<script> 1 < 2"],
  ["line separators", "a\u2028b\u2029c", "a b c"],
  ["controls", "a\u0000b\u009fc", "a b c"],
  ["reversed text", "a\u202eb", "a b"],
  ["lone surrogate", "a\ud800b", "a\ufffdb"],
  ["code", "use `{x} */`", "use `{x} *\\/`"],
  ["tag in code", "use `{@x}`", 'use "\\{\\@x\\}"'],
  ["code that holds a backtick", "use ``a `b` c``", "use `a 'b' c`"],
  ["a fence on one line", "```ts code ```", "`ts code`"],
  ["code of two texts", "`a` or `b`", "`a` or `b`"],
  ["lone backtick", "a ` b", "a \\` b"],
  ["template", "${x} {{y}}", "$\\{x\\} \\{\\{y\\}\\}"],
])("%s is text", (_name, given, want) => {
  expect(escapeDoc(given)).toBe(want);
});

test("paragraphs, list items and long lines", () => {
  const summary = `  First   line\n  goes on.\n\n  ${"word ".repeat(30)}\n\n - one\n - two`;
  expect(tsdoc({ summary }, 40)).toBe(
    [
      "First line goes on.",
      "",
      ...Array.from({ length: 3 }, () => "word word word word word word word word"),
      "word word word word word word",
      "",
      "- one",
      "- two",
    ].join("\n"),
  );
});

test("numbered items and blocks of code", () => {
  const code = "    <a>\n      b\n    </a>";
  expect(tsdoc({ summary: `Do\n1. this\n2. that\n\n    \`\`\`xml\n${code}\n    \`\`\`\nDone.` })).toBe(
    "Do\n1. this\n2. that\n\n```xml\n<a>\n  b\n</a>\n```\n\nDone.",
  );
});

test("codes as a schema lists them, each on its line", () => {
  const lines = [
    "How it is issued",
    "1 - normal;",
    "2-of a series",
    "03 = corrected",
    "4 \u2013 returned",
    "5 or more",
  ];
  expect(tsdoc({ summary: lines.join("\n  ") })).toBe(`${lines.slice(0, 5).join("\n")} ${lines[5] ?? ""}`);
});

test.each(["@param x", "a */ b", "{@link x}"])("code with %s is text", (line) => {
  expect(tsdoc({ summary: "```\n" + line + "\n```" })).toBe(escapeDoc(line));
});

test("spaces in code stay, and no line ends between them", () => {
  const fixed = "a  b   c";
  expect(tsdoc({ notes: [`Always \u0001${fixed}\u0001.`] }, 10)).toBe(`Always\n\`${fixed}\`.`);
});

test("all parts in their order", () => {
  expect(
    tsdoc({
      summary: "What it is.",
      limits: ["At most 5 characters."],
      notes: ["At least 1 item."],
      values: [{ value: "A", text: "first", since: "2" }, { value: "" }],
      remarks: [
        { kind: "behaviour", text: "Means more.", release: "3" },
        { kind: "precondition", text: "Always true.", release: "" },
        { kind: "guess", text: "the type.", release: "3" },
        { kind: "deprecated", text: "Use B.", release: "4" },
      ],
      default: "x",
      since: "2",
    }),
  ).toBe(
    [
      "What it is.",
      "",
      "@remarks",
      "At most 5 characters. At least 1 item.",
      "",
      "Since 3: Means more.",
      "",
      "Always true.",
      "",
      "Not documented, reconstructed: the type.",
      "",
      "- `A`: first (since 2)",
      '- ""',
      "",
      "@default `x`",
      "@since 2",
      "@deprecated Since 4: Use B.",
    ].join("\n"),
  );
});

test.each([
  ["DEPRECATED - DO NOT USE. Use `x`.", true],
  ["Deprecated: use x", true],
  ["deprecated in version 2.0", true],
  ["[Deprecated] The name.", true],
  ["(deprecated)", true],
  ["Deprecated", true],
  ["Deprecated elements are listed here.", false],
  ["Whether it is deprecated.", false],
  ["Deprecation: none", false],
])("%j says deprecated: %s", (summary, want) => {
  expect(tsdoc({ summary }).endsWith("\n\n@deprecated")).toBe(want);
  const remarks = [{ kind: "deprecated", text: "Use y.", release: "2" }] as const;
  expect(tsdoc({ summary, remarks }).match(/@deprecated.*/gu)).toEqual(["@deprecated Since 2: Use y."]);
});

test("nothing to say is nothing", () => {
  expect(tsdoc({})).toBe("");
  expect(tsdoc({ summary: " \n " })).toBe("");
});

test.each<[limits: Parameters<typeof describeLimits>[0], want: string, unit?: "byte" | "item"]>([
  [{ maxLength: 1 }, "At most 1 character."],
  [{ minLength: 2, maxLength: 5 }, "2 to 5 characters."],
  [{ minLength: 5, maxLength: 5 }, "Exactly 5 characters."],
  [{ minInclusive: "0", maxInclusive: "9" }, "From 0 to 9."],
  [{ minExclusive: "0" }, "More than 0."],
  [{ length: 4 }, "Exactly 4 bytes.", "byte"],
  [{ minLength: 1 }, "At least 1 item.", "item"],
])("limits %j", (facets, want, unit) => {
  expect(describeLimits(facets, unit ?? "character").join(" ")).toBe(want);
});

test("no text ends the comment or makes a tag of its own", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "*/",
          "/*",
          "@deprecated",
          "{@link",
          "}",
          "`",
          "\\",
          "\n",
          "\n\n",
          "<b>",
          "a",
          " ",
          "*",
          "/",
          "- ",
        ),
        { maxLength: 20 },
      )
      .map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(text, text, (summary, value) => {
      const docs = tsdoc({
        summary,
        default: value,
        values: [{ value, text: summary }],
        since: summary === "" ? undefined : value,
      });
      const source = `/**\n${docs}\n */\nexport type T = 1;\n`;
      const file = ts.createSourceFile("x.ts", source, ts.ScriptTarget.ES2022, true);
      expect(file.statements).toHaveLength(1);
      const [statement] = file.statements;
      expect(statement?.kind).toBe(ts.SyntaxKind.TypeAliasDeclaration);
      const tags =
        statement === undefined ? [] : ts.getJSDocTags(statement).map(({ tagName }) => tagName.text);
      expect(tags.filter((tag) => !["default", "since", "remarks"].includes(tag))).toEqual([]);
    }),
    { seed, numRuns: 3000 },
  );
});
