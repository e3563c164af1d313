/** `mock`: serves a site to test against. */
import { resolve } from "node:path";
import type { MockSiteOptions, MockStep } from "../mock/index.js";
import { createReport } from "../diagnostics.js";
import { refusalReason } from "../refusal.js";
import { escapeLine } from "../terminal.js";
import { suggestionHint } from "../suggestion.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { exit, type Exit } from "./exit.js";
import { openSchema } from "./schema.js";

export const mock = defineCommand({
  usage: "mock <schema>",
  summary: "Serve a site that validates requests, keeps users and meetings, and fails when told to",
  details:
    "Listens on 127.0.0.1 until Ctrl+C; the URL goes to stdout. Sign in as admin (password admin-secret) or host (host-secret).",
  positionals: { schema: { describe: "A release (`latest`, an id), or a folder, zip or file" } },
  options: {
    port: { type: "string", describe: "Where to listen; any free port when absent" },
    scenario: { type: "string", describe: "A JSON file with users and with what is to go wrong" },
    latency: { type: "string", describe: "Milliseconds before each answer", default: "0" },
    fail: {
      type: "string",
      array: true,
      describe: "`GetUser=030001`: fail an operation with a code, always (repeatable)",
    },
    explain: { type: "boolean", describe: "Say for each call why the answer is what it is" },
    ...schemaOptions,
  },
  examples: [
    ["latest --port 8080", "a site at http://127.0.0.1:8080/WBXService/XMLService"],
    ["latest --fail GetUser=030001 --explain", "a site that knows no user, and says so"],
  ],
  async run(
    { schema: word = "", port = "0", scenario, latency = "0", fail, explain, ...flags },
    console,
  ): Promise<Exit> {
    const wrong = [
      /^\d{1,5}$/u.test(port) && Number(port) < 65_536
        ? undefined
        : `--port is a number below 65536, not "${port}"`,
      /^\d{1,7}$/u.test(latency) ? undefined : `--latency is a number of milliseconds, not "${latency}"`,
    ].filter((message) => message !== undefined);
    for (const message of wrong) console.fail(message);
    if (wrong.length > 0) return exit.usage;
    const told = await readScenario(scenario, console);
    if (typeof told === "number") return told;
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const { serveMockSite, serviceOf } = await import("../mock/index.js");
    const service = await serviceOf(opened.schema, opened.source);
    if (service === undefined) {
      console.fail("the schema has no operations, so there is nothing to serve");
      return exit.usage;
    }
    const known = new Set(
      service.operations.flatMap(({ service: owner, name, wireType }) => [
        `${owner}.${name}`,
        name,
        wireType.slice(wireType.lastIndexOf(".") + 1),
      ]),
    );
    const steps = stepsOf(fail, told.scenario ?? [], known, console);
    if (steps === undefined) return exit.usage;
    const { createMockSite } = await import("../../templates/runtime/webex/mock.js");
    const site = createMockSite({
      ...service,
      release: opened.schema.model.release,
      ...told,
      scenario: steps,
    });
    const serving = serveMockSite(site, {
      port: Number(port),
      latency: Number(latency),
      onCall({ decisions }) {
        if (explain) console.note(`${decisions.map(escapeLine).join("\n  ")}\n`);
      },
    });
    const served = await serving.catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).syscall !== "listen") throw error;
      console.fail(
        `port ${port}: ${refusalReason(error)}`,
        "give another with --port, or none for any that is free",
      );
    });
    if (served === undefined) return exit.usage;
    console.print(`${served.url}\n`);
    console.note(
      `${service.operations.length} operations of ${escapeLine(opened.schema.model.release)}; sign in as admin (admin-secret); Ctrl+C ends\n`,
    );
    await new Promise<void>((stop) => {
      process.once("SIGINT", stop);
      process.once("SIGTERM", stop);
    });
    await served.close();
    return exit.fine;
  },
});

/** `--fail` as steps, and those of the scenario; undefined after mistakes, which are told. */
function stepsOf(
  failures: readonly string[],
  scenario: readonly MockStep[],
  known: ReadonlySet<string>,
  console: Console,
): readonly MockStep[] | undefined {
  const steps: MockStep[] = [];
  let sound = true;
  for (const each of failures) {
    const [, operation, exceptionID = ""] = /^([\w.]+)=(\d{6})$/u.exec(each) ?? [];
    if (operation !== undefined) steps.push({ operation, exceptionID, times: 0 });
    else {
      console.fail(`--fail takes operation=code, GetUser=030001, not "${each}"`);
      sound = false;
    }
  }
  steps.push(...scenario);
  for (const { operation } of steps) {
    if (operation === undefined || known.has(operation)) continue;
    console.fail(`there is no operation "${operation}"`, suggestionHint(operation, known));
    sound = false;
  }
  return sound ? steps : undefined;
}

interface ScenarioFile extends Omit<MockSiteOptions, "operations" | "exceptions" | "scenario"> {
  readonly $schema?: string;
  readonly steps?: readonly MockStep[];
}

/** The scenario as options of a site; mistakes in it are shown in place. */
async function readScenario(
  path: string | undefined,
  console: Console,
): Promise<Omit<MockSiteOptions, "operations"> | Exit> {
  if (path === undefined) return {};
  const file = resolve(console.cwd, path);
  const report = createReport();
  const { readSettings } = await import("../config.js");
  const scenario = (await readSettings(file, console.pathOf(file), "mock-scenario.schema.json", report)) as
    ScenarioFile | undefined;
  console.show(report);
  if (scenario === undefined || report.hasErrors) return exit.usage;
  const { steps = [], $schema: _, ...options } = scenario;
  return { ...options, scenario: steps };
}
