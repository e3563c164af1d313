/** The generated releases as modules, for tests. */
import { existsSync, readdirSync } from "node:fs";
import { compareReleases } from "../../generator/release/order.js";
import type { Operation } from "../../templates/runtime/webex/index.js";

const root = new URL("../../generated/", import.meta.url);

/** Ids of the generated releases, oldest first. */
export const releases: readonly string[] = existsSync(root)
  ? readdirSync(root)
      .filter((name) => /^v\d/u.test(name))
      .map((name) => name.slice(1))
      .sort(compareReleases)
  : [];

/** A generated module, `user` or `operations`. */
export async function load(release: string, module: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import(new URL(`v${release}/${module}.ts`, root).href)) as Record<string, unknown>;
}

/** The operations of a release by `<service>.<name>`. */
export async function operationsOf(release: string): Promise<ReadonlyMap<string, Operation>> {
  const module = await load(release, "operations");
  const found = new Map<string, Operation>();
  for (const value of Object.values(module)) {
    if (typeof value === "object" && value !== null && "wireType" in value) {
      const operation = value as Operation;
      found.set(`${operation.service}.${operation.name}`, operation);
    }
  }
  return found;
}
