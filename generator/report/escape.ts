/**
 * Text from schemas, notes and messages is data in every target. One function a target; nothing else builds
 * output from outside text.
 */

// What hides, reorders or moves text in any viewer: shown as \u{XXXX} everywhere.
const invisible =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

function showInvisible(text: string): string {
  return text.replace(invisible, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u{${code.toString(16).toUpperCase().padStart(4, "0")}}`;
  });
}

/** For element content and quoted attribute values of HTML. */
export function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return showInvisible(text).replace(/[&<>"']/gu, (character) => entities[character] ?? character);
}

/** For one line of Markdown outside code: no markup, no HTML, no mention, no automatic link, no table cell end. */
export function escapeMarkdown(text: string): string {
  return showInvisible(text)
    .replace(/\s+/gu, " ")
    .replace(/[\\`*_{}[\]<>()#+\-.!|~&@:]/gu, (character) =>
      character === "<"
        ? "&lt;"
        : character === ">"
          ? "&gt;"
          : character === "&"
            ? "&amp;"
            : character === "@"
              ? "&#64;"
              : character === ":"
                ? "&#58;"
                : `\\${character}`,
    );
}

/** As inline code in Markdown: a fence longer than any run of backticks inside. */
export function codeMarkdown(text: string): string {
  const clean = showInvisible(text).replace(/\s+/gu, " ").replaceAll("|", "\\|");
  const longest = Math.max(0, ...(clean.match(/`+/gu) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = clean.startsWith("`") || clean.endsWith("`") || clean === "" ? " " : "";
  return `${fence}${pad}${clean}${pad}${fence}`;
}

/** The message of a GitHub workflow command (`::error ::message`). */
export function escapeCommand(text: string): string {
  return showInvisible(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

/** A property of a GitHub workflow command. */
export function escapeCommandProperty(text: string): string {
  return escapeCommand(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** One line for a terminal or a plain text file. */
export function escapePlain(text: string): string {
  return showInvisible(text.replace(/[\t\n\r]+/gu, " "));
}
