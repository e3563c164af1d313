// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Where requests go. */
import { WebexConfigurationError } from "./errors.js";

/** How a site is named: by its host label, or by a full URL. */
export interface Site {
  /** `example` for `example.webex.com`; also sent in every request. */
  readonly siteName?: string | undefined;
  /** The whole URL of the service, where it is not `https://{siteName}.webex.com/WBXService/XMLService`. */
  readonly url?: string | undefined;
}

const path = "/WBXService/XMLService";

/**
 * The URL of a site's XML service. Throws {@link WebexConfigurationError} for a name or URL that cannot be right, for
 * the retired URLs of single versions of the API, and for unencrypted HTTP to anything but the own machine.
 */
export function endpointOf({ siteName, url }: Site): string {
  if (siteName !== undefined && !/^[a-z\d](?:[a-z\d-]*[a-z\d])?$/iu.test(siteName)) {
    const label = /^(?:https?:\/\/)?([a-z\d-]+)\.webex\.com(?:\/|$)/iu.exec(siteName)?.[1];
    throw new WebexConfigurationError(
      `${JSON.stringify(siteName)} is not a site name: ` +
        (label
          ? `did you mean ${JSON.stringify(label)}?`
          : `the site name of example.webex.com is "example"`),
    );
  }
  if (url === undefined) {
    if (siteName === undefined) throw new WebexConfigurationError("siteName or url is needed");
    return `https://${siteName}.webex.com${path}`;
  }
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new WebexConfigurationError("url is not an absolute URL");
  }
  if (parsed.username || parsed.password) throw new WebexConfigurationError("url must not hold credentials");
  const version = /\/xml(\d+(?:\.\d+)*)(?:\/|$)/iu.exec(parsed.pathname)?.[1];
  if (version !== undefined) {
    throw new WebexConfigurationError(`XML API ${version} is retired: use ${parsed.origin}${path} instead`);
  }
  if (parsed.protocol !== "https:" && !(parsed.protocol === "http:" && isLoopback(parsed.hostname)))
    throw new WebexConfigurationError(
      `${parsed.protocol}//${parsed.host} is refused: credentials travel by HTTPS only`,
    );
  return parsed.href;
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "[::1]" || /^127(?:\.\d{1,3}){3}$/u.test(host);
}
