#!/usr/bin/env node
/** The command line: parses, calls one command, turns what happened into an exit status. */
import { readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import yargs, { type Argv } from "yargs";
import { isRefusal, refusalReason, refusedAction } from "../refusal.js";
import { suggestionHint } from "../suggestion.js";
import { describeThrown, escapeControls, escapeLine } from "../terminal.js";
import type { Command } from "./command.js";
import { commands } from "./commands.js";
import { createConsole, programName, widthOf, type Console } from "./console.js";
import { exit, type Exit } from "./exit.js";

interface Chosen {
  readonly command: Command;
  readonly args: Readonly<Record<string, unknown>>;
}

/** A command line that cannot be understood. */
class UsageError extends Error {}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Whoever read our output has seen enough (`| head`).
  if (error.code === "EPIPE") process.exit(exit.fine);
  process.stderr.write(`error: the output cannot be written: ${escapeLine(refusalReason(error))}\n`);
  process.exit(exit.usage);
});
// What nobody can read is no reason to stop.
process.stderr.on("error", () => undefined);

/** Runs one command line. */
async function main(args: readonly string[]): Promise<Exit> {
  const program = programName(process.env);
  let console = createConsole(process, args.includes("--quiet") || args.includes("-q"), false);
  try {
    const parsed = await parse(args.length === 0 ? ["--help"] : markPlain(withHelpFlag(args)), program);
    if (parsed.help !== undefined) {
      (args.length === 0 ? process.stderr : process.stdout).write(parsed.help);
      return args.length === 0 ? exit.usage : exit.fine;
    }
    const { chosen } = parsed;
    if (chosen === undefined) return exit.fine;
    console = createConsole(process, chosen.args["quiet"] === true, true);
    const status = await chosen.command.run(chosen.args, console);
    console.progress.clear();
    return status;
  } catch (error) {
    console.progress.clear();
    if (error instanceof UsageError) {
      console.complain(`${error.message}\n`);
      return exit.usage;
    }
    if (isRefusal(error)) {
      const { path, verb } = refusedAction(error);
      const reason = refusalReason(error);
      console.fail(`${console.pathOf(path)} cannot be ${verb}: ${reason}`);
      return verb === "read" ? exit.unreadable : exit.usage;
    }
    console.complain(bugReport(error, args, console));
    return exit.bug;
  }
}

async function parse(
  args: readonly string[],
  program: string,
): Promise<{ readonly chosen?: Chosen | undefined; readonly help?: string }> {
  let chosen: Chosen | undefined;
  const name = nameIn(args) ?? "";
  const asked = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
  if (name !== "" && asked === undefined) throw new UsageError(explainUsage("", args, program, asked));
  const valued = asked && booleanWithValue(args, asked);
  if (valued !== undefined) throw new UsageError(`error: ${escapeLine(valued)} takes no value`);
  const all = asked === undefined && !args.includes("--version");
  const shown = all ? await Promise.all(Object.values(commands).map((load) => load())) : asked ? [asked] : [];
  const isHelp = args.some((arg) => ["--help", "-h", "--version"].includes(arg));
  const parser: Argv = yargs()
    .scriptName(program)
    .locale("en")
    .parserConfiguration({
      // Release ids such as 1.10 are no numbers.
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "dot-notation": false,
      "camel-case-expansion": false,
      "boolean-negation": false,
      // `--entry a.xsd b.xml`: one value a flag, so that a positional may follow.
      "greedy-arrays": false,
    })
    .exitProcess(false)
    .wrap(Math.min(110, widthOf(process.stdout) ?? 100))
    .usage(
      `${program} <command>\n\nVersioned XSD bundles in; TypeScript types, codecs, clients and change reports out.`,
    )
    .option("quiet", {
      type: "boolean",
      alias: "q",
      describe: "Say nothing but results and errors",
      global: true,
      hidden: !isHelp,
    })
    .help("help")
    .alias("help", "h")
    .version(packageVersion())
    .updateStrings({ "Commands:": "Commands:", "Positionals:": "Arguments:" })
    .epilogue(`${program} <command> --help shows its flags and examples.`)
    .strict()
    .demandCommand(1, "")
    .fail((message: string | null, error: Error | undefined) => {
      if (error !== undefined && !(error as { name?: string }).name?.startsWith("YError")) throw error;
      const said = withoutMark(message ?? error?.message ?? "");
      throw new UsageError(explainUsage(said, args, program, asked));
    });
  for (const command of shown) {
    parser.command(
      command.usage,
      command.summary,
      (builder) => declare(builder, command, program, isHelp),
      (argv) => {
        chosen = { command, args: argumentsOf(command, argv) };
      },
    );
  }
  if (!isHelp) {
    await parser.parseAsync([...args]);
    return { chosen };
  }
  let help = "";
  // With a callback yargs prints nothing itself; it also makes the help of every command, which takes its time.
  await parser.parseAsync([...args], {}, (_error: unknown, _argv: unknown, output: string) => {
    help = output;
  });
  if (help === "") return { chosen };
  // Printed here, since yargs would break the lines: what is pasted must be one line.
  const examples = asked === undefined || !help.includes("Options:") ? "" : examplesOf(asked, program);
  // That no argument is an empty list says nothing.
  return { help: `${help.replaceAll(" [default: []]", "").trimEnd()}\n${examples}` };
}

/** Stands before what begins with a dash and is no flag: no argument of a process holds it. */
const plainMark = "\u0000";

/** Marks a lonely dash, which is stdin, and all that follows `--`: the parser would lose the one and not see the other. */
function markPlain(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  const flagged = end < 0 ? args : args.slice(0, end);
  const plain = end < 0 ? [] : args.slice(end + 1);
  return [
    ...flagged.map((arg) => (arg === "-" ? plainMark + arg : arg)),
    ...plain.map((arg) => (arg.startsWith("-") ? plainMark + arg : arg)),
  ];
}

const withoutMark = (value: string): string => value.replaceAll(plainMark, "");

/** `help generate` is `generate --help`. */
const withHelpFlag = (args: readonly string[]): readonly string[] =>
  args[0] === "help" ? [...args.slice(1), "--help"] : args;

/** The word that names a command. */
const nameIn = (args: readonly string[]): string | undefined => args.find((arg) => !arg.startsWith("-"));

function examplesOf(command: Command, program: string): string {
  const lines = command.examples.map(([args, does]) => {
    const line = `${program} ${nameOf(command)} ${args}`.replaceAll("{example}", examplePath()).trimEnd();
    return `  # ${does}\n  ${line}\n`;
  });
  return `\nExamples:\n${lines.join("")}`;
}

/** Tells yargs what a command takes, and what its help says: yargs lays that out in every run, which is the longer the more there is. */
function declare(builder: Argv, command: Command, program: string, isHelp: boolean): Argv {
  const { usage, summary, details } = command;
  let result = isHelp
    ? builder.usage(`${program} ${usage}\n\n${summary}.${details === undefined ? "" : ` ${details}`}`)
    : builder;
  for (const [key, { describe, array }] of Object.entries(command.positionals)) {
    result = result.positional(key, { type: "string", describe, ...(array && { array }) });
  }
  for (const [key, option] of Object.entries(command.options)) {
    const { type, describe, alias, choices, array } = option;
    result = result.option(key, {
      type,
      describe,
      hidden: !isHelp,
      ...(alias !== undefined && { alias }),
      ...(choices !== undefined && { choices }),
      ...(array && { array }),
      ...(option.default !== undefined && { defaultDescription: option.default }),
      ...(type === "string" && { requiresArg: true }),
    });
  }
  return result.epilogue("");
}

const nameOf = (command: Command): string => command.usage.split(" ")[0] ?? "";

/** What a command gets: every declared name, with a value of the declared kind. */
function argumentsOf(command: Command, argv: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const args: Record<string, unknown> = { quiet: argv["quiet"] === true };
  const textsOf = (key: string): string[] =>
    [argv[key] ?? []].flat().map((value) => withoutMark(String(value)));
  for (const [key, { array }] of Object.entries(command.positionals)) {
    const texts = textsOf(key);
    if (texts.includes("")) throw new UsageError(`error: <${key}> is empty`);
    args[key] = array ? texts : texts[0];
  }
  for (const [key, { type, array }] of Object.entries(command.options)) {
    if (type === "boolean") {
      args[key] = [argv[key]].flat().at(-1) === true;
      continue;
    }
    const texts = textsOf(key);
    if (!array && texts.length > 1) throw new UsageError(`error: --${key} is given ${texts.length} times`);
    if (texts.includes("")) throw new UsageError(`error: --${key} needs a value after it`);
    args[key] = array ? texts : texts[0];
  }
  return args;
}

/** A message for a command line that yargs does not accept, with the nearest name that exists. */
function explainUsage(
  message: string,
  args: readonly string[],
  program: string,
  command: Command | undefined,
): string {
  const word = nameIn(args);
  const help = `${program}${command === undefined ? "" : ` ${nameOf(command)}`} --help`;
  const lines: string[] = [];
  if (command === undefined && word !== undefined) {
    const names = Object.keys(commands);
    const [begun, ...others] = names.filter((name) => name.startsWith(word));
    const shortened = begun !== undefined && others.length === 0 ? `did you mean "${begun}"?` : undefined;
    lines.push(`error: there is no command "${escapeLine(word)}"`);
    lines.push(...hintLines(suggestionHint(word, names) ?? shortened));
  } else if (command === undefined) lines.push("error: a command is missing");
  else {
    for (const flag of strangeFlags(args, command)) {
      lines.push(`error: ${nameOf(command)} has no flag ${escapeLine(flag)}`);
      const known = [...Object.keys(command.options), ...generalFlags];
      lines.push(...hintLines(suggestionHint(flag.replace(/^-+/u, ""), known, (name) => `--${name}`)));
    }
    const unknown = /^Unknown (?:arguments?|commands?): (.*)$/su.exec(message)?.[1]?.split(", ") ?? [];
    for (const name of unknown) {
      if (args.some((arg) => withoutMark(arg) === name))
        lines.push(`error: "${escapeLine(name)}" is one argument too many`);
    }
  }
  if (lines.length === 0) lines.push(...explainValues(message, command));
  lines.push(`see: ${help}`);
  return lines.join("\n");
}

const hintLines = (hint: string | undefined): string[] => (hint === undefined ? [] : [`hint: ${hint}`]);

const generalFlags = ["quiet", "help", "version"];

/** Flags on a command line that the command does not have, with their dashes. */
function strangeFlags(args: readonly string[], { options }: Command): string[] {
  const aliases = Object.values(options).flatMap(({ alias }) => alias ?? []);
  const known = new Set([...Object.keys(options), ...aliases, ...generalFlags, "q", "h"]);
  const flags = args.flatMap((arg) => /^(?:--[^=]+|-[^-\d=](?==|$))/su.exec(arg)?.[0] ?? []);
  return [...new Set(flags)].filter((flag) => !known.has(flag.replace(/^--?/u, "")));
}

/** A flag that is there or not, but was given a value: `--check=no` must not be taken for `--check`, nor for its absence. */
function booleanWithValue(args: readonly string[], { options }: Command): string | undefined {
  const booleans = new Set([
    ...["quiet", "q", "help", "h", "version"],
    ...Object.entries(options).flatMap(([name, { type, alias }]) =>
      type === "boolean" ? [name, ...(alias === undefined ? [] : [alias])] : [],
    ),
  ]);
  const end = args.indexOf("--");
  return (end < 0 ? args : args.slice(0, end))
    .map((arg) => /^(--?([^=]+))=/su.exec(arg) ?? [])
    .find(([, , name = ""]) => booleans.has(name))?.[1];
}

/** What yargs says about values, in our words. */
function explainValues(message: string, command: Command | undefined): string[] {
  const choices = [...message.matchAll(/Argument: ([^,]+), Given: (.*), Choices: (.*)/gu)];
  if (choices.length > 0) {
    return choices.flatMap(([, name = "", given = "", known = ""]) => {
      const choices = command?.options[name]?.choices ?? [];
      return [
        `error: ${escapeLine(given)} is no value of --${name}; known: ${known}`,
        ...hintLines(suggestionHint(given.replace(/^"|"$/gu, ""), choices, (near) => near)),
      ];
    });
  }
  const lonely = /^Not enough arguments following: (.*)$/su.exec(message);
  if (lonely?.[1] !== undefined) return [`error: --${escapeLine(lonely[1])} needs a value after it`];
  if (message.startsWith("Not enough non-option arguments")) {
    const missing = command?.usage.match(/<[^>]+>/gu)?.join(" ") ?? "an argument";
    return [`error: ${command === undefined ? "" : `${nameOf(command)} needs `}${missing}`];
  }
  return [`error: ${escapeControls(message.trim())}`];
}

function bugReport(error: unknown, args: readonly string[], console: Console): string {
  const summary = error instanceof Error ? `${error.name}: ${error.message}` : describeThrown(error);
  const lines = [
    `xsd-strata has failed: ${escapeControls(summary)}`,
    "This is a mistake in xsd-strata, not in your input. Please report it with these lines:",
    `  xsd-strata ${packageVersion()}, node ${process.version}, ${process.platform} ${process.arch}`,
    `  command: ${escapeLine([console.program, ...args].join(" "))}`,
  ];
  if (console.env["DEBUG"]) lines.push(escapeControls(describeThrown(error)));
  else lines.push("  and the output of the same command with DEBUG=1 set, which adds where it happened");
  return `${lines.join("\n")}\n`;
}

/** The folder of our package, in a clone and installed. */
function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    try {
      const { name } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { name?: string };
      if (name === "xsd-strata") return folder;
    } catch {
      if (folder === dirname(folder)) return folder;
    }
  }
}

function packageVersion(): string {
  const text = readFileSync(join(packageRoot(), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** The example schema that the help refers to, as the user would name it. */
function examplePath(): string {
  return (
    relative(process.cwd(), join(packageRoot(), "examples", "order"))
      .split(sep)
      .join("/") || "."
  );
}

process.exitCode = await main(process.argv.slice(2));
