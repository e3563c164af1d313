/**
 * Creates or changes user accounts from a CSV file: `npx tsx examples/webex/provision-users.ts users.csv`.
 *
 * The first line names the columns: webExId, email, firstName, lastName, active. An account that exists is changed where
 * it differs, so that running it twice does no harm.
 */
import { readFileSync } from "node:fs";
import { argv, exit, stderr, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { createClient, isApiError, user, type Client } from "../../generated/v41.12.0/index.js";
import { toRequest, WebexError } from "../../generated/runtime/webex/index.js";
import { optionsFromEnvironment } from "./options.js";

/** What became of one line. */
export interface Outcome {
  readonly webExId: string;
  readonly result: "created" | "changed" | "unchanged" | "failed";
  readonly reason?: string;
}

/** Brings the accounts of a site in line with a CSV text; one outcome a line, in order. */
export async function provisionUsers(client: Client, csv: string): Promise<Outcome[]> {
  // The client itself limits how many calls are under way.
  return Promise.all(readCsv(csv).map((row) => provision(client, row)));
}

async function provision(client: Client, row: Readonly<Record<string, string>>): Promise<Outcome> {
  const { webExId = "", ...columns } = row;
  const active = user.activeTypeValues.find((value) => value === columns["active"]);
  const wanted = {
    ...(columns["email"] && { email: columns["email"] }),
    ...(columns["firstName"] && { firstName: columns["firstName"] }),
    ...(columns["lastName"] && { lastName: columns["lastName"] }),
    ...(active && { active }),
  };
  try {
    const present = await client.user.getUser({ webExId }).catch((error: unknown) => {
      if (isApiError(error, "030001")) return undefined;
      throw error;
    });
    if (present === undefined) {
      await client.user.createUser({ webExId, ...wanted });
      return { webExId, result: "created" };
    }
    const same = Object.entries(wanted).every(([name, value]) => Reflect.get(present, name) === value);
    if (same) return { webExId, result: "unchanged" };
    // What was read, changed, and checked: what only answers have, and the masked password, are left out.
    await client.user.setUser(toRequest(user.SetUser, { ...present, ...wanted }));
    return { webExId, result: "changed" };
  } catch (error) {
    if (!(error instanceof WebexError)) throw error;
    return { webExId, result: "failed", reason: error.message };
  }
}

/** Rows by column name; fields may be in quotes, with quotes in them doubled. */
export function readCsv(text: string): Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  for (const match of text.replace(/^\uFEFF/u, "").matchAll(/("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/gu)) {
    const [whole, field = "", end] = match;
    if (whole === "") break;
    rows.at(-1)?.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field.trim());
    if (end !== ",") rows.push([]);
  }
  const [header = [], ...lines] = rows.filter((row) => row.some((field) => field !== ""));
  return lines.map((line) => Object.fromEntries(header.map((name, index) => [name, line[index] ?? ""])));
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const [file] = argv.slice(2);
  if (file === undefined) {
    stderr.write("usage: provision-users.ts users.csv\n");
    exit(2);
  }
  const outcomes = await provisionUsers(createClient(optionsFromEnvironment()), readFileSync(file, "utf8"));
  for (const { webExId, result, reason } of outcomes)
    stdout.write(`${result.padEnd(9)} ${webExId}${reason ? `: ${reason}` : ""}\n`);
  if (outcomes.some(({ result }) => result === "failed")) exit(1);
}
