/** The site and the account that the examples use, from the environment. */
import { env } from "node:process";
import type { ClientOptions } from "../../generated/v41.12.0/index.js";

/** WEBEX_SITE, or WEBEX_URL for another address; WEBEX_ID and WEBEX_PASSWORD. */
export function optionsFromEnvironment(): ClientOptions {
  const {
    WEBEX_SITE: siteName = "example",
    WEBEX_URL: url,
    WEBEX_ID: webExID,
    WEBEX_PASSWORD: password,
  } = env;
  if (!webExID || !password) throw new Error("set WEBEX_ID and WEBEX_PASSWORD, and WEBEX_SITE or WEBEX_URL");
  return { siteName, url, credentials: { webExID, password }, login: true };
}
