// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Optional looks at requests, for rules that a schema cannot state; see `ConnectOptions.checks`. */
import type { Issue } from "../errors.js";
import type { RequestCheck } from "./client.js";
import type { Operation } from "./operation.js";
import type { Addition } from "./version.js";
import { compareReleases } from "./version.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * Sites managed in Control Hub (see the release notes): a new user's `webExId` must equal the e-mail address; `password` and
 * `active` of CreateUser, `password` and `newWebExId` of SetUser are ignored by the site, so sending them is a mistake.
 */
export function controlHubUsers(): RequestCheck {
  return ({ service, name }, request) => {
    if (service !== "user" || (name !== "createUser" && name !== "setUser")) return [];
    const fields = request as Fields;
    const issues: Issue[] = (name === "createUser" ? ["password", "active"] : ["password", "newWebExId"])
      .filter((field) => fields[field] !== undefined)
      .map((field) => ({
        code: "unknown-property",
        path: `/${field}`,
        message: `${field} is ignored on a site managed in Control Hub`,
      }));
    const { webExId, email } = fields;
    if (name === "createUser" && typeof email === "string" && !sameAddress(webExId, email)) {
      issues.push({
        code: "invalid-value",
        path: "/webExId",
        message: "must equal email on a site managed in Control Hub",
      });
    }
    if (
      typeof webExId === "string" &&
      !webExId.includes("@") &&
      email === undefined &&
      name === "createUser"
    ) {
      issues.push({
        code: "invalid-value",
        path: "/webExId",
        message: "must be an e-mail address on a site managed in Control Hub",
      });
    }
    return issues;
  };
}

function sameAddress(a: unknown, b: string): boolean {
  return typeof a === "string" && a.toLowerCase() === b.toLowerCase();
}

/** Operations that fail with 010106 where the site option EnableClassicEvent is off. */
const classicEvents: ReadonlySet<string> = /*#__PURE__*/ new Set([
  "createEvent",
  "setEvent",
  "getEvent",
  "lstsummaryEvent",
  "lstrecordedEvent",
  "lstsummaryProgram",
  "uploadEventImage",
]);

/** Sites where classic events are disabled: the operations on them are refused before they are sent. */
export function noClassicEvents(): RequestCheck {
  return ({ service, name }) =>
    service === "event" && classicEvents.has(name)
      ? [
          {
            code: "unknown-type",
            path: "",
            message: "classic events are disabled on this site: it would answer 010106",
          },
        ]
      : [];
}

/** A site that is older than the generated client: fields and operations that it cannot know are refused. */
export function olderSite(siteRelease: string, additions: readonly Addition[]): RequestCheck {
  const unknown = additions.filter(({ release }) => compareReleases(siteRelease, release) < 0);
  return (operation, request) =>
    unknown
      .filter(({ operations }) => operations.includes(`${operation.service}.${operation.name}`))
      .flatMap(({ path, release }) => uses(operation, request, path, release));
}

function uses(
  { name }: Operation,
  request: unknown,
  path: string | undefined,
  release: string,
): readonly Issue[] {
  if (path === undefined)
    return [{ code: "unknown-type", path: "", message: `${name} came with ${release}, after this site` }];
  const [root, ...steps] = path.split("/");
  if (root !== name) return [];
  const found: Issue[] = [];
  const visit = (value: unknown, at: number, pointer: string): void => {
    if (Array.isArray(value)) {
      value.forEach((item, index) => {
        visit(item, at, `${pointer}/${index}`);
      });
      return;
    }
    const step = steps[at];
    if (value === undefined) return;
    if (step === undefined) {
      found.push({
        code: "unknown-property",
        path: pointer,
        message: `came with ${release}, after this site`,
      });
    } else if (typeof value === "object" && value !== null && Object.hasOwn(value, step)) {
      visit((value as Fields)[step], at + 1, `${pointer}/${step}`);
    }
  };
  visit(request, 0, "");
  return found;
}
