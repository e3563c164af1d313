/** All commands, in the order of the help; only the one that is called is loaded. */
import type { Command } from "./command.js";

/** By name, how to load a command. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  generate: async () => (await import("./generate.js")).generate,
  import: async () => (await import("./import.js")).importCommand,
  inspect: async () => (await import("./inspect.js")).inspect,
  operations: async () => (await import("./operations.js")).operations,
  validate: async () => (await import("./validate.js")).validate,
  sample: async () => (await import("./sample.js")).sample,
  convert: async () => (await import("./convert.js")).convert,
  diff: async () => (await import("./diff.js")).diff,
  history: async () => (await import("./history.js")).history,
  rules: async () => (await import("./rules.js")).rules,
  call: async () => (await import("./call.js")).call,
  mock: async () => (await import("./mock.js")).mock,
  init: async () => (await import("./init.js")).init,
  explain: async () => (await import("./explain.js")).explain,
};
