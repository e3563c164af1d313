/** Source listings: two versions side by side, marked line by line; XML coloured by its tokens. */
import { html } from "./html.js";
import type { Html } from "./html.js";

/** Two figures; lines that came or went are marked with a sign and a colour. */
export function sideBySide(
  before: string | undefined,
  after: string | undefined,
  captions: { readonly old: string; readonly new: string },
  highlight: (line: string) => Html | string = (line) => line,
): readonly Html[] {
  const old = linesOf(before);
  const current = linesOf(after);
  const kept = commonLines(old, current);
  const figure = (caption: string, lines: readonly string[], mark: string, side: 0 | 1): Html | undefined =>
    lines.length === 0
      ? undefined
      : html`<figure>
          <figcaption>${caption}</figcaption>
          <pre tabindex="0" aria-label="${caption}"><code>${lines.map(
            (line, index) =>
              html`<span class="line ${kept.some((pair) => pair[side] === index) ? "same" : mark}"
                >${highlight(line)}</span
              >`,
          )}</code></pre>
        </figure>`;
  return [figure(captions.old, old, "gone", 0), figure(captions.new, current, "come", 1)].filter(
    (part) => part !== undefined,
  );
}

/** Lines without the indentation that they share. */
function linesOf(text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const lines = text.replace(/\r\n?/gu, "\n").split("\n");
  const indents = lines
    .slice(1)
    .filter((line) => line.trim() !== "")
    .map((line) => /^[ \t]*/u.exec(line)?.[0].length ?? 0);
  const shared = indents.length === 0 ? 0 : Math.min(...indents);
  return lines.map((line, index) => (index === 0 ? line.trimStart() : line.slice(shared)));
}

/** Index pairs of a longest common subsequence; snippets are short, so the square table is fine. */
function commonLines(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const limit = 400;
  if (a.length > limit || b.length > limit) return [];
  const table = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const row = table[i];
      if (row === undefined) continue;
      row[j] =
        a[i]?.trim() === b[j]?.trim()
          ? (table[i + 1]?.[j + 1] ?? 0) + 1
          : Math.max(table[i + 1]?.[j] ?? 0, row[j + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i]?.trim() === b[j]?.trim()) pairs.push([i++, j++]);
    else if ((table[i + 1]?.[j] ?? 0) >= (table[i]?.[j + 1] ?? 0)) i++;
    else j++;
  }
  return pairs;
}

/** One line of XML with its tags, attributes and values marked. */
export function highlightXml(line: string): Html {
  const pieces: (Html | string)[] = [];
  const token = /(<!--.*?(?:-->|$))|(<\/?[\w:.-]+|\/?>)|([\w:.-]+)(?==)|("[^"]*"|'[^']*')/gu;
  let end = 0;
  for (const match of line.matchAll(token)) {
    pieces.push(line.slice(end, match.index));
    const [text, comment, tag, attribute] = match;
    const kind =
      comment !== undefined
        ? "comment"
        : tag !== undefined
          ? "tag"
          : attribute !== undefined
            ? "attribute"
            : "value";
    pieces.push(html`<span class="token-${kind}">${text}</span>`);
    end = match.index + text.length;
  }
  pieces.push(line.slice(end));
  return html`${pieces}`;
}
