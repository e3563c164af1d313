/** The surroundings of a command: where it prints, where it runs. Results go to stdout, all else to stderr. */
import { relative, sep } from "node:path";
import type { Report } from "../diagnostics.js";
import {
  createProgress,
  createStyle,
  escapeLine,
  formatReport,
  isColoured,
  type Progress,
  type Style,
} from "../terminal.js";

export interface Console {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How this program is called here: `xsd-strata`, `npx xsd-strata`, or `npm run -s strata --`. */
  readonly program: string;
  readonly quiet: boolean;
  /** Decoration for stdout. */
  readonly style: Style;
  /** Decoration for stderr. */
  readonly noteStyle: Style;
  /** Columns of stdout; 100 when it is no terminal. */
  readonly width: number;
  readonly progress: Progress;
  /** A result: to stdout. */
  print(text: string): void;
  /** A remark to stderr; not said when quiet. */
  note(text: string): void;
  /** A complaint to stderr. */
  complain(text: string): void;
  /** An error that is no finding about a schema, and what to do about it, to stderr; text from outside may stand in both. */
  fail(message: string, hint?: string): void;
  /** The findings of a report to stderr; when quiet, only if there is an error. `path` turns a file of the report into what is shown. */
  show(report: Report, path?: (file: string) => string): void;
  /** A path as it is shown: relative to where the user is when that is shorter. */
  pathOf(path: string): string;
}

/** The console of a process. */
export function createConsole(process: NodeJS.Process, quiet: boolean, progress: boolean): Console {
  const { stdout, stderr, env } = process;
  const cwd = process.cwd();
  const noteStyle = createStyle(isColoured(stderr, env));
  const shown = env["CI"] !== undefined ? "lines" : env["TERM"] !== "dumb";
  const line = createProgress(stderr, progress && !quiet && shown);
  const program = programName(env);
  const toStderr = (text: string): void => {
    line.clear();
    stderr.write(text);
  };
  const self: Console = {
    cwd,
    env,
    program,
    quiet,
    style: createStyle(isColoured(stdout, env)),
    noteStyle,
    width: Math.max(40, widthOf(stdout) ?? 100),
    progress: line,
    print(text) {
      line.clear();
      stdout.write(text);
    },
    note(text) {
      if (!quiet) toStderr(text);
    },
    complain: toStderr,
    fail(message, hint) {
      toStderr(`error: ${escapeLine(message)}\n${hint === undefined ? "" : `hint: ${escapeLine(hint)}\n`}`);
    },
    show(report, path = (file) => file) {
      if (quiet && !report.hasErrors) return;
      const width = widthOf(stderr) ?? 110;
      const diagnostics = report.diagnostics.map((finding) =>
        finding.hint === undefined ? finding : { ...finding, hint: asCalled(finding.hint, program) },
      );
      const text = formatReport(
        { ...report, diagnostics },
        { style: noteStyle, path, width, explain: `${program} explain` },
      );
      if (text !== "") toStderr(text);
    },
    pathOf(path) {
      const short = relative(cwd, path);
      return (short === "" ? "." : short.startsWith(`..${sep}..`) ? path : short).split(sep).join("/");
    },
  };
  return self;
}

/** A text that names commands of ours, with these as the user calls them: who wrote the text cannot know that. */
export const asCalled = (text: string, program: string): string =>
  text.replaceAll("`xsd-strata ", `\`${program} `);

/** How wide a terminal is; undefined for what is none, or does not say. */
export const widthOf = ({ isTTY, columns }: NodeJS.WriteStream): number | undefined =>
  isTTY && columns > 0 ? columns : undefined;

/** How the user called this program, so that a command we print works when pasted. */
export function programName(env: Readonly<Record<string, string | undefined>>): string {
  const script = env["npm_lifecycle_event"];
  if (env["npm_package_name"] === "xsd-strata" && (script === "strata" || script === "start"))
    return "npm run -s strata --";
  // By a package manager it was found where a shell does not look.
  const manager = /^(npm|pnpm|yarn|bun)\//u.exec(env["npm_config_user_agent"] ?? "")?.[1];
  const runners: Readonly<Record<string, string>> = {
    npm: "npx ",
    pnpm: "pnpm ",
    yarn: "yarn ",
    bun: "bunx ",
  };
  return `${runners[manager ?? ""] ?? ""}xsd-strata`;
}
