/** Colours for source text: tokens by one regular expression a language, cut at line ends. */

export type TokenKind = "comment" | "tag" | "attribute" | "value" | "keyword" | "type" | "text";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

interface Language {
  readonly pattern: RegExp;
  /** The kinds of the pattern's groups, in order. */
  readonly kinds: readonly TokenKind[];
}

const languages: Readonly<Record<"xml" | "typescript", Language>> = {
  xml: {
    pattern:
      /(<!--[\s\S]*?(?:-->|$(?![\s\S])))|(<[/?!]?[\p{L}\p{N}_:.-]*|[/?]?>)|([\p{L}_][\p{L}\p{N}_:.-]*)(?=\s*=\s*["'])|("[^"<]*"|'[^'<]*')/gu,
    kinds: ["comment", "tag", "attribute", "value"],
  },
  typescript: {
    pattern:
      /(\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|\/\/[^\n]*)|("(?:[^"\\\n]|\\.)*")|\b(export|interface|type|extends|readonly|const)\b|\b(string|number|boolean|bigint|null|never|undefined|unknown|Uint8Array)\b/gu,
    kinds: ["comment", "value", "keyword", "type"],
  },
};

/** The tokens of each line. Their texts, put together, are the lines. */
export function highlightLines(
  lines: readonly string[],
  language: "xml" | "typescript",
): readonly (readonly Token[])[] {
  const { pattern, kinds } = languages[language];
  const text = lines.join("\n");
  const result: Token[][] = [[]];
  const add = (kind: TokenKind, part: string): void => {
    part.split("\n").forEach((piece, index) => {
      if (index > 0) result.push([]);
      if (piece !== "") result.at(-1)?.push({ kind, text: piece });
    });
  };
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    add("text", text.slice(end, match.index));
    const group = match.slice(1).findIndex((part) => part !== undefined);
    add(kinds[group] ?? "text", match[0]);
    end = match.index + match[0].length;
  }
  add("text", text.slice(end));
  return result;
}
