/** What a command is: data for the parser and the help, and a function that does the work. */
import { tolerable } from "../tolerable.js";
import type { Console } from "./console.js";
import type { Exit } from "./exit.js";

/** A flag. */
export interface Option {
  readonly type: "boolean" | "string";
  /** May be given several times. */
  readonly array?: true;
  readonly choices?: readonly string[];
  readonly describe: string;
  readonly alias?: string;
  /** Shown in the help. */
  readonly default?: string;
}

/** An argument without a name. */
export interface Positional {
  readonly describe: string;
  readonly array?: true;
}

type OptionValue<O extends Option> = O extends { readonly array: true }
  ? readonly string[]
  : O extends { readonly type: "boolean" }
    ? boolean
    : string | undefined;

type PositionalValue<P extends Positional> = P extends { readonly array: true }
  ? readonly string[]
  : string | undefined;

/** The arguments of a command, by the names of its flags and positionals. */
export type Arguments<
  P extends Readonly<Record<string, Positional>>,
  O extends Readonly<Record<string, Option>>,
> = { readonly [K in keyof P]: PositionalValue<P[K]> } & { readonly [K in keyof O]: OptionValue<O[K]> };

/** A command as the parser sees it. */
export interface Command {
  /** Name and positionals in yargs' notation: `inspect <schema> [component]`. */
  readonly usage: string;
  readonly summary: string;
  /** What the summary has no room for. */
  readonly details?: string;
  readonly positionals: Readonly<Record<string, Positional>>;
  readonly options: Readonly<Record<string, Option>>;
  /** Arguments that work when pasted, and what they do; `{example}` is the folder of the example that we ship. */
  readonly examples: readonly (readonly [args: string, does: string])[];
  readonly run: (args: Readonly<Record<string, unknown>>, console: Console) => Promise<Exit>;
}

/** Describes a command; the arguments that `run` gets are typed by what was declared. */
export function defineCommand<
  const P extends Readonly<Record<string, Positional>>,
  const O extends Readonly<Record<string, Option>>,
>(
  command: Omit<Command, "positionals" | "options" | "run"> & {
    readonly positionals: P;
    readonly options: O;
    readonly run: (args: Arguments<P, O>, console: Console) => Promise<Exit>;
  },
): Command {
  // The parser fills what was declared, see `argumentsOf` in main.ts.
  return command as Command;
}

/** Flags of every command that takes a schema. */
export const schemaOptions = {
  service: {
    type: "string",
    choices: ["webex", "none"],
    describe: "The convention by which types are operations (detected by default)",
  },
  entry: {
    type: "string",
    array: true,
    describe: "Read this file of the bundle and what it reaches, not every file (repeatable)",
  },
  catalog: { type: "string", describe: "An XML catalog that maps URLs and namespaces to files" },
  "allow-network": { type: "boolean", describe: "Fetch schemas by URL that no catalog maps" },
  tolerate: {
    type: "string",
    array: true,
    choices: tolerable,
    describe: "Take this error in a schema as a warning and go on (repeatable)",
  },
} as const satisfies Readonly<Record<string, Option>>;
