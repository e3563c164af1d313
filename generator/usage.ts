/**
 * What some TypeScript code mentions, so that a report can be cut down to what concerns it.
 *
 * A scanner of our own: names and texts are all that is asked for, types are not, and code that does not compile
 * with the newer release is what a report is for.
 */
import { readFileSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import type { Change } from "./diff/index.js";
import type { Report } from "./diagnostics.js";

/** Names and texts that occur in code. */
export interface Usage {
  /** Identifiers and the values of string literals, comments left out. */
  readonly names: ReadonlySet<string>;
}

const sourceName = /\.(?:[cm]?[jt]s|[jt]sx)$/u;
const skipped = new Set(["node_modules", "dist", "coverage"]);

/** Scans a folder, a file, or what a tsconfig.json includes; undefined, and reported, when there is no code. */
export function readUsage(
  path: string,
  shown: string,
  generated: readonly string[],
  report: Report,
): Usage | undefined {
  const names = new Set<string>();
  let isCode = false;
  const visit = (each: string): void => {
    const found = statSync(each, { throwIfNoEntry: false });
    if (found === undefined || generated.some((folder) => each === folder)) return;
    if (found.isDirectory()) {
      for (const entry of readdirSync(each, { withFileTypes: true })) {
        if (entry.isSymbolicLink() || skipped.has(entry.name) || entry.name.startsWith(".")) continue;
        visit(join(each, entry.name));
      }
    } else if (sourceName.test(each)) {
      isCode = true;
      for (const name of namesIn(readFileSync(each, "utf8"))) names.add(name);
    }
  };
  for (const root of rootsOf(path)) visit(root);
  if (isCode) return { names };
  report.add({
    code: "no-code",
    severity: "error",
    message: `there is no TypeScript or JavaScript in ${shown}`,
    hint: "give the folder of the code, or its tsconfig.json",
  });
  return undefined;
}

/** A tsconfig.json stands for the folders and files that it includes. */
function rootsOf(path: string): readonly string[] {
  if (
    !/^tsconfig(?:\..+)?\.json$/u.test(basename(path)) ||
    !statSync(path, { throwIfNoEntry: false })?.isFile()
  ) {
    return [path];
  }
  const folder = dirname(path);
  const text = readFileSync(path, "utf8");
  const list = (key: string): readonly string[] => {
    const body = new RegExp(`"${key}"\\s*:\\s*\\[([^\\]]*)\\]`, "u").exec(text)?.[1] ?? "";
    return [...body.matchAll(/"((?:[^"\\]|\\.)*)"/gu)].map((match) => match[1] ?? "");
  };
  // What stands before the first wildcard; more than is meant is no harm.
  const roots = [...list("files"), ...list("include")].map((each) =>
    resolve(folder, each.replace(/(?:^|\/)[^/]*[*?].*$/u, "")),
  );
  const inside = roots.filter((root) => !relative(folder, root).split(sep).includes(".."));
  return inside.length > 0 ? [...new Set(inside)] : [folder];
}

const word = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy;

/** The identifiers and string literals of a source text. */
function namesIn(text: string): ReadonlySet<string> {
  const names = new Set<string>();
  // How many braces are open in each template literal that we are inside of.
  const templates: number[] = [];
  let value = false; // Whether a slash here would divide.
  let at = 0;
  const template = (): void => {
    const start = at;
    for (; at < text.length; at++) {
      if (text[at] === "\\") at++;
      else if (text[at] === "`" || text.startsWith("${", at)) break;
    }
    names.add(text.slice(start, at));
    if (text[at] === "`") {
      at++;
      value = true;
    } else {
      at += 2;
      templates.push(0);
      value = false;
    }
  };
  while (at < text.length) {
    const sign = text[at] ?? "";
    if (text.startsWith("//", at)) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith("/*", at)) {
      const end = text.indexOf("*/", at + 2);
      at = end < 0 ? text.length : end + 2;
    } else if (sign === '"' || sign === "'") {
      const start = ++at;
      while (at < text.length && text[at] !== sign && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
      names.add(text.slice(start, at).replace(/\\(.)/gu, "$1"));
      at++;
      value = true;
    } else if (sign === "`") {
      at++;
      template();
    } else if (sign === "/" && !value) {
      let inClass = false;
      for (at++; at < text.length && text[at] !== "\n" && (inClass || text[at] !== "/"); at++) {
        if (text[at] === "\\") at++;
        else if (text[at] === "[") inClass = true;
        else if (text[at] === "]") inClass = false;
      }
      at++;
      value = true;
    } else if (sign === "}" && templates.at(-1) === 0) {
      templates.pop();
      at++;
      template();
    } else {
      word.lastIndex = at;
      const name = word.exec(text)?.[0];
      if (name !== undefined) {
        names.add(name);
        at += name.length;
        value = !/^(?:return|typeof|case|in|of|do|else|void|delete|throw|new|await|yield)$/u.test(name);
        continue;
      }
      const open = templates.length - 1;
      if (sign === "{" && open >= 0) templates[open] = (templates[open] ?? 0) + 1;
      if (sign === "}" && open >= 0) templates[open] = (templates[open] ?? 0) - 1;
      if (!/\s/u.test(sign)) value = /[)\]}\d]/u.test(sign);
      at++;
    }
  }
  return names;
}

/** Whether a change concerns code: it names the member and where it belongs, or must name what it does not yet. */
export function concerns({ names }: Usage): (change: Change) => boolean {
  const folded = new Set([...names].map((name) => name.toLowerCase()));
  const says = (name: string): boolean => folded.has(name.toLowerCase());
  return (change) => {
    const { component, formerly = component, reach, verdicts, old } = change;
    const here =
      reach.some(({ op }) => op === "*" || says(op)) || says(component.type) || says(formerly.type);
    if (!here) return false;
    const members = [component, formerly].flatMap(({ path }) => {
      const step = path.filter((each) => !/^[#*(]/u.test(each)).at(-1);
      return step === undefined ? [] : [step.replace(/^[=~]|\[\d+\]$/gu, "")];
    });
    // Wildcards, groups, whole types and operations are concerned wherever their owner is.
    if (members.length === 0) return true;
    if (members.some((member) => names.has(member) || names.has(member.replace(/^@/u, "")))) return true;
    // What is new is mentioned nowhere; it concerns who must send it now.
    return old === undefined && verdicts.ts.build === "breaking";
  };
}
