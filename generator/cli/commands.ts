/** All commands, in the order of the help. Their heavy parts are imported when they run. */
import type { Command } from "./command.js";
import { convert } from "./convert.js";
import { diff } from "./diff.js";
import { explain } from "./explain.js";
import { generate } from "./generate.js";
import { importCommand } from "./import.js";
import { init } from "./init.js";
import { inspect } from "./inspect.js";
import { operations } from "./operations.js";

export const commands: readonly Command[] = [
  generate,
  importCommand,
  inspect,
  operations,
  convert,
  diff,
  init,
  explain,
];
