// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Which release a site runs, and what that means for a client generated from another. */
import type { Struct } from "../descriptor.js";
import { boolean, string } from "../scalars.js";
import type { CallOptions, Connection } from "./client.js";
import { call } from "./client.js";
import type { Operation } from "./operation.js";

/** What a site says about itself (GetAPIVersion; needs no credentials). */
export interface SiteVersion {
  /** `WebEx XML API V1.2.3`. */
  readonly apiVersion: string;
  readonly release?: string;
  /** `T12L`: the train of the site's software. */
  readonly trainReleaseVersion?: string;
  readonly trainReleaseOrder?: string;
}

/** Something that came with a release. */
export interface Addition {
  readonly release: string;
  /** Operations that send or receive it: `user.getUser`. */
  readonly operations: readonly string[];
  /** Where it is: `getUserResponse/freeAccount`; a whole operation has no path. */
  readonly path?: string;
}

/** How a site compares to the release that a client was generated from. */
export interface VersionReport {
  readonly site: SiteVersion;
  /** The release that the site's answer tells, as far as it does: `1`, `1.2.3`. */
  readonly siteRelease: string | undefined;
  readonly generated: string;
  /** `unknown` when the answer tells no release, `same` when it agrees as far as it tells one. */
  readonly relation: "older" | "same" | "newer" | "unknown";
  /** What the client knows and an older site does not: fields it will not answer with, or may refuse. */
  readonly missing: readonly Addition[];
}

const ns = "http://www.webex.com/schemas/2002/06/service/ep";

/** What is needed of GetAPIVersion in every release. */
const operation: Operation<{ readonly returnTrainReleaseVersion?: boolean }, SiteVersion> = {
  service: "ep",
  name: "getAPIVersion",
  wireType: "java:com.webex.service.binding.ep.GetAPIVersion",
  release: "",
  validate: false,
  safe: true,
  request: {
    kind: "struct",
    name: `{${ns}}getAPIVersion`,
    ns,
    content: [{ name: "returnTrainReleaseVersion", type: boolean, min: 0 }],
  } satisfies Struct,
  response: {
    kind: "struct",
    name: `{${ns}}getAPIVersionResponse`,
    ns,
    content: [
      { name: "apiVersion", type: string },
      { name: "release", type: string, min: 0 },
      { name: "trainReleaseVersion", type: string, min: 0 },
      { name: "trainReleaseOrder", type: string, min: 0 },
    ],
  } satisfies Struct,
};

/** Asks a site for its version and compares. Rejects with a `WebexError`. */
export async function checkVersion(
  connection: Connection,
  generated: string,
  additions: readonly Addition[] = [],
  options: CallOptions = {},
): Promise<VersionReport> {
  const site = await call(
    connection,
    operation,
    { returnTrainReleaseVersion: true },
    { credentials: { anonymous: true }, ...options },
  );
  const siteRelease = releaseOf(site);
  const order = siteRelease === undefined ? undefined : compareReleases(siteRelease, generated);
  return {
    site,
    siteRelease,
    generated,
    relation: order === undefined ? "unknown" : order < 0 ? "older" : order > 0 ? "newer" : "same",
    missing:
      siteRelease === undefined
        ? []
        : additions.filter(({ release }) => compareReleases(siteRelease, release) < 0),
  };
}

/** The `release` of the answer where it is a number, else the number of the train (`T12L` is 12). */
function releaseOf({ release, trainReleaseVersion }: SiteVersion): string | undefined {
  return (
    /\d+(?:\.\d+)+/u.exec(release ?? "")?.[0] ?? /^\D{0,3}(\d{2,})/u.exec(trainReleaseVersion ?? "")?.[1]
  );
}

/** Compares two releases number by number, as far as the shorter one goes. */
export function compareReleases(a: string, b: string): number {
  const left = a.split(".");
  const right = b.split(".");
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = Number(left[i]) - Number(right[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}
