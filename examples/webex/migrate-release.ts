/**
 * Moves a program from the client of one release to that of a newer one, with the site's own release in view:
 * `npx tsx examples/webex/migrate-release.ts`.
 *
 * Both clients can be used side by side, operation by operation. Nothing that the older one knows is gone from the newer
 * one; what a site does not know yet is refused before it is sent.
 */
import { argv, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { createClient as createOldClient } from "../../generated/v41.2.0/index.js";
import { createClient as createNewClient, type ClientOptions } from "../../generated/v41.12.0/index.js";
import { additions } from "../../generated/v41.12.0/additions.js";
import { compareReleases, olderSite } from "../../generated/runtime/webex/index.js";
import { optionsFromEnvironment } from "./options.js";

const oldRelease = "41.2.0";

/** What a program that uses these operations should know before it moves. */
export interface Migration {
  /** The release that the site tells, as far as it does. */
  readonly site: string | undefined;
  /** What the newer release brought to the operations in use. */
  readonly gained: readonly string[];
  /** Of these, what the site does not know yet. */
  readonly notYet: readonly string[];
  /** Fields that both clients read alike in the answer to the same call. */
  readonly same: readonly string[];
}

/** Compares the two clients for a user of `operations`, over one call that both make. */
export async function planMigration(
  options: ClientOptions,
  operations: readonly string[],
  webExId: string,
): Promise<Migration> {
  const report = await createNewClient(options).checkVersion();
  const inUse = additions.filter(
    (addition) =>
      compareReleases(addition.release, oldRelease) > 0 &&
      addition.operations.some((name) => operations.includes(name)),
  );
  const describe = ({ release, path, operations: of }: (typeof additions)[number]): string =>
    `${release} ${path ?? of.join(", ")}`;
  const before = createOldClient(options);
  // Fields that are newer than the site are refused with their path, instead of by the site.
  const after = createNewClient({
    ...options,
    ...(report.siteRelease !== undefined && { checks: [olderSite(report.siteRelease, additions)] }),
  });
  const request = { webExId };
  const [old, current] = await Promise.all([before.user.getUser(request), after.user.getUser(request)]);
  const same = Object.entries(old)
    .filter(([name, value]) => JSON.stringify(Reflect.get(current, name)) === JSON.stringify(value))
    .map(([name]) => name);
  return {
    site: report.siteRelease,
    gained: inUse.map(describe),
    notYet: report.missing.filter((one) => inUse.includes(one)).map(describe),
    same,
  };
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const webExId = process.env["WEBEX_ID"] ?? "";
  const { site, gained, notYet, same } = await planMigration(
    optionsFromEnvironment(),
    ["user.getUser", "user.setUser", "ep.lstsummarySession"],
    webExId,
  );
  stdout.write(`the site runs ${site ?? "a release that it does not tell"}\n`);
  stdout.write(`the newer client gains:\n${gained.map((line) => `  ${line}\n`).join("")}`);
  if (notYet.length > 0)
    stdout.write(`the site does not know yet:\n${notYet.map((line) => `  ${line}\n`).join("")}`);
  stdout.write(`read alike by both: ${same.join(", ")}\n`);
}
