/** `call`: makes one call of an API from a shell. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { refusalReason } from "../refusal.js";
import { suggestionHint } from "../suggestion.js";
import { escapeLine } from "../terminal.js";
import type { Credentials } from "../../templates/runtime/webex/credentials.js";
import type { Operation } from "../../templates/runtime/webex/operation.js";
import { defineCommand, schemaOptions } from "./command.js";
import type { Console } from "./console.js";
import { exit, type Exit } from "./exit.js";
import { openSchema } from "./schema.js";

/** Where credentials come from: never from arguments, which other users of the machine can see. */
const variables = {
  webExID: "WEBEX_ID",
  email: "WEBEX_EMAIL",
  password: "WEBEX_PASSWORD",
  sessionTicket: "WEBEX_SESSION_TICKET",
  webExAccessToken: "WEBEX_ACCESS_TOKEN",
  accessToken: "WEBEX_CI_ACCESS_TOKEN",
  partnerID: "WEBEX_PARTNER_ID",
} as const;

export const call = defineCommand({
  usage: "call <schema> <operation>",
  summary: "Make one call and print the answer as JSON",
  details: `Credentials come from the environment (${Object.values(variables).join(", ")}), or a password is asked for. A failure of the site is status 1.`,
  positionals: {
    schema: { describe: "A release (`latest`, an id), or a folder, zip or file" },
    operation: { describe: "`getUser` or `user.getUser`" },
  },
  options: {
    site: { type: "string", describe: "The site: `example` for example.webex.com" },
    url: { type: "string", describe: "The whole URL, where it is another" },
    data: { type: "string", describe: "A JSON file with the request; `-` reads from stdin" },
    anonymous: { type: "boolean", describe: "Call without credentials" },
    login: { type: "boolean", describe: "Exchange password or token for a session ticket first" },
    all: { type: "boolean", describe: "Of a list, all pages, one record a line" },
    timeout: { type: "string", describe: "Milliseconds to wait for an answer", default: "60000" },
    "dry-run": { type: "boolean", describe: "Print the request, secrets blotted out, and send nothing" },
    ...schemaOptions,
  },
  examples: [
    ["latest getAPIVersion --site example --anonymous --dry-run", "the request as it would be sent"],
    ["latest getSite --site example", "the answer; asks for a password"],
  ],
  async run(
    { schema: word = "", operation: wanted = "", timeout = "60000", ...flags },
    console,
  ): Promise<Exit> {
    if (!/^\d{1,9}$/u.test(timeout)) {
      console.fail(`--timeout is a number of milliseconds, not "${timeout}"`);
      return exit.usage;
    }
    if (!flags.site && !flags.url) {
      console.fail("which site? give --site, or the whole URL with --url");
      return exit.usage;
    }
    const opened = await openSchema(word, flags, console);
    if (typeof opened === "number") return opened;
    const { serviceOf } = await import("../mock/index.js");
    const service = await serviceOf(opened.schema, opened.source);
    if (service === undefined) {
      console.fail("the schema has no operations");
      return exit.usage;
    }
    const operation = findOperation(service.operations, wanted, console);
    if (operation === undefined) return exit.usage;
    if (flags.all && !operation.list) {
      console.fail(`${operation.service}.${operation.name} is no list`, "leave out --all");
      return exit.usage;
    }
    const request = readRequest(flags.data, console);
    if (request === undefined) return exit.unreadable;
    const credentials = flags.anonymous
      ? ({ anonymous: true } as const)
      : await credentialsFrom(console, flags["dry-run"]);
    if (credentials === undefined) return exit.usage;

    const { connect, exchange } = await import("../../templates/runtime/webex/client.js");
    const { all } = await import("../../templates/runtime/webex/list.js");
    const { WebexConfigurationError, WebexError } = await import("../../templates/runtime/webex/errors.js");
    const { explainFailure } = await import("../../templates/runtime/webex/stranger.js");
    const { formatJson } = await import("./json.js");
    try {
      const options = {
        siteName: flags.site,
        url: flags.url,
        credentials,
        login: flags.login,
        timeout: Number(timeout),
        exceptions: service.exceptions,
        explain: explainFailure,
      };
      if (flags["dry-run"]) {
        console.print(`${await dryRun(options, operation, request)}\n`);
        return exit.fine;
      }
      const connection = connect(options);
      const { list } = operation;
      if (flags.all && list) {
        for await (const record of all(connection, { ...operation, list }, request))
          console.print(`${formatJson(record).replace(/\n\s*/gu, " ")}\n`);
        return exit.fine;
      }
      const { value, diagnostics } = await exchange(connection, operation, request);
      for (const { path, message } of diagnostics)
        console.note(`${console.noteStyle.yellow("warning")}: ${escapeLine(`${path || "/"}: ${message}`)}\n`);
      console.print(`${formatJson(value)}\n`);
      return exit.fine;
    } catch (error) {
      if (error instanceof WebexConfigurationError) {
        console.fail(error.message, error.message.startsWith("credentials ") ? givenBy(console) : undefined);
        return exit.usage;
      }
      if (!(error instanceof WebexError)) throw error;
      console.complain(`${console.noteStyle.red("failed")} (${error.kind}): ${escapeLine(error.message)}\n`);
      if (error.kind === "transport" && usesNoProxy(console))
        console.complain(
          "hint: fetch of Node passes HTTPS_PROXY by unless NODE_USE_ENV_PROXY=1 is set (Node 24)\n",
        );
      return error.kind === "request" ? exit.usage : exit.findings;
    }
  },
});

function findOperation(
  operations: readonly Operation[],
  wanted: string,
  console: Console,
): Operation | undefined {
  const found = operations.filter(
    ({ service, name, wireType }) =>
      wanted === name || wanted === `${service}.${name}` || wireType.endsWith(`.${wanted}`),
  );
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    const names = found.map(({ service, name }) => `${service}.${name}`).join(" or ");
    console.fail(`"${wanted}" is ambiguous: say ${names}`);
    return undefined;
  }
  const known = operations.flatMap(({ service, name }) => [name, `${service}.${name}`]);
  console.fail(`there is no operation "${wanted}"`, suggestionHint(wanted, known));
  return undefined;
}

function readRequest(path: string | undefined, console: Console): Record<string, unknown> | undefined {
  if (path === undefined) return {};
  const shown = path === "-" ? "stdin" : path;
  let text: string;
  try {
    text = readFileSync(path === "-" ? 0 : resolve(console.cwd, path), "utf8");
  } catch (error) {
    console.fail(`${shown} cannot be read: ${refusalReason(error)}`);
    return undefined;
  }
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/u, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
    console.fail(`${shown} must hold a JSON object`);
  } catch (error) {
    // Engines quote what stands around the mistake, which may be a password.
    const message = (error as Error).message.replace(/, (?:\.\.\.)?".*$/su, "");
    console.fail(`${shown} is no JSON: ${message}`);
  }
  return undefined;
}

/** Credentials from the environment, a missing password from the terminal; undefined after telling what is missing. */
async function credentialsFrom(console: Console, dryRun: boolean): Promise<Credentials | undefined> {
  const given = Object.fromEntries(
    Object.entries(variables).flatMap(([name, variable]) => {
      const value = console.env[variable];
      return value === undefined || value === "" ? [] : [[name, value]];
    }),
  );
  const secrets = ["password", "sessionTicket", "webExAccessToken", "accessToken"];
  if (secrets.some((name) => name in given)) return given as unknown as Credentials;
  const who = given["webExID"] ?? given["email"];
  if (dryRun) return { ...given, webExID: who ?? "admin", password: "******" } as Credentials;
  if (who !== undefined && process.stdin.isTTY) {
    const password = await askHidden(`Password of ${escapeLine(who)}: `);
    if (password !== undefined) return { ...given, password } as Credentials;
    return undefined;
  }
  console.fail(
    `no credentials: set ${variables.webExID} and ${variables.password}, ${variables.sessionTicket} or ${variables.webExAccessToken}, or say --anonymous`,
  );
  return undefined;
}

/** Which variables the credentials came from. */
function givenBy({ env }: Console): string {
  return `set in the environment: ${Object.values(variables)
    .filter((variable) => env[variable])
    .join(", ")}`;
}

/** Whether a proxy is named that Node does not use by itself. */
function usesNoProxy({ env }: Console): boolean {
  return Boolean(env["HTTPS_PROXY"] ?? env["https_proxy"]) && env["NODE_USE_ENV_PROXY"] !== "1";
}

/** Asks on the terminal without showing what is typed; undefined when the user gives up. */
function askHidden(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  stderr.write(question);
  stdin.setRawMode(true);
  stdin.setEncoding("utf8");
  stdin.resume();
  return new Promise((settle) => {
    let text = "";
    const done = (answer: string | undefined): void => {
      stdin.off("data", read);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write("\n");
      settle(answer);
    };
    const read = (typed: string): void => {
      for (const key of typed) {
        if (key === "\r" || key === "\n" || key === "\u0004") {
          done(text);
          return;
        }
        if (key === "\u0003") {
          done(undefined);
          return;
        }
        if (key === "\u007f" || key === "\b") text = [...text].slice(0, -1).join("");
        else if (key >= " ") text += key;
      }
    };
    stdin.on("data", read);
  });
}

/** The request as it would be sent, secrets blotted out. */
async function dryRun(
  options: Parameters<typeof import("../../templates/runtime/webex/client.js").connect>[0],
  operation: Operation,
  request: Record<string, unknown>,
): Promise<string> {
  const { connect, exchange } = await import("../../templates/runtime/webex/client.js");
  const { WebexTransportError } = await import("../../templates/runtime/webex/errors.js");
  // Everything up to the network, and there it ends.
  const connection = connect({
    ...options,
    login: false,
    retry: false,
    fetch: () => Promise.reject(new Error("not sent")),
  });
  try {
    await exchange(connection, operation, request);
  } catch (error) {
    if (error instanceof WebexTransportError && error.requestXml !== undefined) return error.requestXml;
    throw error;
  }
  throw new Error("a request that was not sent was answered");
}
