/**
 * What a person sees in a terminal: colours, source frames, progress. Text from outside passes through
 * {@link escapeControls} before it is printed, so that a schema cannot move the cursor or hide a line.
 */
import { inspect } from "node:util";
import { sortDiagnostics, type Diagnostic, type Report, type Severity, type Span } from "./diagnostics.js";

/** Text decoration; every function returns its text unchanged where colours are off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly cyan: (text: string) => string;
}

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const satisfies Record<keyof Style, readonly [number, number]>;

/** The decoration of a stream: coloured or plain. */
export function createStyle(coloured: boolean): Style {
  const paint = (name: keyof Style) => {
    const [on, off] = codes[name];
    return coloured ? (text: string) => `\u001b[${on}m${text}\u001b[${off}m` : (text: string) => text;
  };
  return {
    bold: paint("bold"),
    dim: paint("dim"),
    red: paint("red"),
    green: paint("green"),
    yellow: paint("yellow"),
    cyan: paint("cyan"),
  };
}

/** Whether a stream gets colours: NO_COLOR forbids, FORCE_COLOR demands, otherwise a capable terminal does. */
export function isColoured(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env["NO_COLOR"] !== undefined && env["NO_COLOR"] !== "") return false;
  const force = env["FORCE_COLOR"];
  if (force !== undefined) return force !== "0" && force !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

// C0 and C1 controls, DEL, line separators, and the characters that reorder or hide text (bidirectional
// controls, zero width, tag characters). Tab and newline are judged by the caller's need.
const controls =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const lineControls = new RegExp(`${controls.source}|[\\t\\n]`, "gu");

const visible = (character: string): string =>
  `\\u{${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}}`;

/** Makes control characters visible as `\u{001B}`; tabs and newlines stay. */
export function escapeControls(text: string): string {
  return text.replace(controls, visible);
}

/** {@link escapeControls} for one line: tabs and newlines become a space. */
export function escapeLine(text: string): string {
  return text.replace(lineControls, (character) =>
    character === "\t" || character === "\n" ? " " : visible(character),
  );
}

// Ideographs, syllables, full-width forms and emoji take two columns, but for the half-width forms among them; marks and the joining
// letters of Korean stand on the character before.
const wide =
  /(?![\uff61-\uffdc])[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const attached = /[\p{Mn}\p{Me}\u1160-\u11ff]/u;

/** The columns that a text takes on a terminal. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += attached.test(character) ? 0 : wide.test(character) ? 2 : 1;
  return columns;
}

/** An index that does not part the two halves of a character: that of the first one. */
function wholeAt(text: string, index: number): number {
  return /^[\udc00-\udfff]/u.test(text.charAt(index)) && index > 0 ? index - 1 : index;
}

const painted = (style: Style, severity: Severity): string =>
  severity === "error"
    ? style.red("error")
    : severity === "warning"
      ? style.yellow("warning")
      : style.cyan("info");

/** How diagnostics are shown. */
export interface FrameOptions {
  readonly style: Style;
  /** The path to print for a file of the report (spans name files relative to their bundle). */
  readonly path?: (file: string) => string;
  /** Columns of the terminal; source lines are cut to it. */
  readonly width?: number;
}

/** One finding, with the source line it is about: several lines without a final newline. */
export function formatDiagnostic(diagnostic: Diagnostic, report: Report, options: FrameOptions): string {
  const { style } = options;
  const { severity, code, at } = diagnostic;
  const head = `${painted(style, severity)} ${style.bold(code)}: ${escapeLine(diagnostic.message)}`;
  const lines = at === undefined ? [head] : [`${formatPlace(at, report, options)} ${head}`];
  if (at !== undefined) lines.push(...formatFrame(at, report, options));
  for (const other of diagnostic.related ?? []) {
    lines.push(`  ${formatPlace(other.at, report, options)} ${escapeLine(other.message)}`);
    lines.push(...formatFrame(other.at, report, options));
  }
  if (diagnostic.hint !== undefined) lines.push(`  ${style.green("hint:")} ${escapeLine(diagnostic.hint)}`);
  if (diagnostic.clause !== undefined) lines.push(style.dim(`  rule: ${escapeLine(diagnostic.clause)}`));
  return lines.join("\n");
}

/** `file:line:column`, clickable in editors; the file alone when its text is not known. */
function formatPlace(at: Span, report: Report, options: Pick<FrameOptions, "style" | "path">): string {
  const place = report.locate(at);
  const path = escapeLine(options.path?.(at.file) ?? at.file);
  return options.style.bold(place === undefined ? path : `${path}:${place.line}:${place.column}`);
}

/** The source line and a caret under the place; nothing when the text is not known. */
function formatFrame(at: Span, report: Report, { style, width = 110 }: FrameOptions): string[] {
  const place = report.locate(at);
  if (place === undefined || place.lineText.trim() === "") return [];
  const gutter = `  ${String(place.line).padStart(4)} | `;
  const room = Math.max(30, width - gutter.length);
  const characters = place.lineText;
  let from = 0;
  // A long line is shown as the part around the place.
  if (characters.length > room) {
    const start = Math.min(place.column - 1 - Math.floor(room / 3), characters.length - room);
    from = wholeAt(characters, Math.max(0, start));
  }
  const end = wholeAt(characters, from + room);
  const length = Math.max(1, Math.min(at.end, at.start + characters.length) - at.start);
  const part = (start: number, stop: number): string => escapeLine(maskedSlice(characters, start, stop));
  const before = part(from, place.column - 1);
  const marked = part(place.column - 1, Math.min(place.column - 1 + length, end));
  const after = part(place.column - 1 + length, end);
  const dots = from > 0 ? "..." : "";
  const caret =
    " ".repeat(dots.length + columnsOf(before)) + "^" + "~".repeat(Math.max(0, columnsOf(marked) - 1));
  return [
    style.dim(gutter) + dots + before + marked + after,
    style.dim(`${" ".repeat(gutter.length - 2)}| `) + style.red(caret),
  ];
}

/** Characters of a user and password; longer ones are not looked for. */
const maxCredentials = 500;

/** A part of a line, with stars for the user and password of a URL: logs are read by more people than schemas are. */
function maskedSlice(line: string, start: number, end: number): string {
  // Lines may have megabytes and a finding at each character: what stands far away is not looked at.
  const from = Math.max(0, start - maxCredentials);
  const near = line.slice(from, end + maxCredentials);
  return near
    .replace(/(?<=\/\/)[^/?#\s"'@]+(?=@)/gu, (credentials) => "*".repeat(credentials.length))
    .slice(start - from, Math.max(start, end) - from);
}

/** All findings of a report, in file order, with a closing line that counts them; "" when there are none. */
export function formatReport(report: Report, options: FrameOptions & { readonly explain?: string }): string {
  const sorted = sortDiagnostics(report.diagnostics);
  if (sorted.length === 0) return "";
  const { style } = options;
  const blocks = sorted.map((diagnostic) => formatDiagnostic(diagnostic, report, options));
  const count = (severity: Severity) => sorted.filter((each) => each.severity === severity).length;
  const counted = [
    plural(count("error"), "error"),
    plural(count("warning"), "warning"),
    plural(count("info"), "remark"),
  ].filter((text) => !text.startsWith("0 "));
  const first = sorted.find(({ severity }) => severity === "error") ?? sorted[0];
  const explain =
    options.explain !== undefined && first !== undefined
      ? style.dim(` (${options.explain} ${first.code} tells more)`)
      : "";
  return `${blocks.join("\n")}\n${style.bold(counted.join(", "))}${explain}\n`;
}

/** `1 file`, `2 files`, `3 entries`. */
export function plural(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  return `${formatCount(count)} ${noun.endsWith("y") ? `${noun.slice(0, -1)}ies` : `${noun}s`}`;
}

/** `12,345`: the same in every locale. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}

/** `0.42 s`, `830 ms`. */
export function formatDuration(milliseconds: number): string {
  return milliseconds >= 995
    ? `${(milliseconds / 1000).toFixed(milliseconds < 9_950 ? 2 : 1)} s`
    : `${milliseconds.toFixed(0)} ms`;
}

/** A line on a terminal that says what goes on, rewritten in place. */
export interface Progress {
  /** Says what is being done now. */
  say(text: string): void;
  /** Takes the line away; what is printed next begins on a clean line. */
  clear(): void;
}

interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/**
 * A progress line on a terminal, from 300 ms on; silent elsewhere. As `lines`, for logs of continuous integration: plain lines, at most
 * one a second, terminal or not.
 */
export function createProgress(
  stream: ProgressStream,
  enabled: boolean | "lines",
  now = () => performance.now(),
): Progress {
  const start = now();
  if (enabled === "lines") {
    let last = start;
    return {
      say(text) {
        if (now() - last < 1000) return;
        last = now();
        stream.write(`${escapeLine(text)}\n`);
      },
      clear: () => undefined,
    };
  }
  if (!enabled || stream.isTTY !== true) return { say: () => undefined, clear: () => undefined };
  let shown = false;
  return {
    say(text) {
      if (now() - start < 300) return;
      const line = escapeLine(text).slice(0, Math.max(10, (stream.columns ?? 80) - 1));
      stream.write(`\r\u001b[2K${line}`);
      shown = true;
    },
    clear() {
      if (shown) stream.write("\r\u001b[2K");
      shown = false;
    },
  };
}

/** An argument as a shell takes it, in a command that we print. */
export function quoteArgument(text: string): string {
  return /^[\w@%+=:,./-]+$/u.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** What is known of a thrown value, for a report of our own mistake. */
export function describeThrown(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : inspect(thrown);
}

/** Text in lines of so many columns, and of no more than 100, which is as much as is easy to read. */
export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/u)) {
    if (line !== "" && line.length + 1 + word.length > Math.min(width, 100)) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line].join("\n");
}
