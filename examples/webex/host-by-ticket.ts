/**
 * Sends a host to a meeting without asking for a password: the XML API gives a ticket, the URL API signs the browser in by
 * it and goes on to the meeting. `npx tsx examples/webex/host-by-ticket.ts 123456789 https://portal.example.com/back`.
 */
import { argv, exit, stderr, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { createClient, type Client } from "../../generated/v41.12.0/index.js";
import { createUrlApi, parseBackUrl } from "../../generated/url-api/index.js";
import { optionsFromEnvironment } from "./options.js";

/**
 * The link for the host's browser. `backUrl` is a page of the portal: the browser comes back to it with the answer, which
 * {@link explainBackUrl} reads. A ticket is for one sign-in, so make the link when it is clicked.
 */
export async function hostLink(
  client: Client,
  siteName: string,
  webExID: string,
  meetingKey: string,
  backUrl: string,
): Promise<string> {
  const { ticket } = await client.user.getLoginTicket();
  const site = createUrlApi({ siteName });
  const meeting = site.hostMeeting({ meetingKey, backUrl });
  return site.login({ webExID, ticket, backUrl: meeting.url }).url;
}

/** What to tell the host when the browser is back; undefined when all went well. */
export function explainBackUrl(url: string): string | undefined {
  const answer = parseBackUrl(url);
  if (answer === undefined) return "The site did not answer.";
  if (answer.ok) return undefined;
  // A session ends after 30 minutes without use: the way in is a new ticket.
  if (answer.reason === "AccessDenied") return "Your session has ended. Please start again.";
  return answer.meaning ?? `The meeting could not be started (${answer.reason}).`;
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const [meetingKey, backUrl] = argv.slice(2);
  if (meetingKey === undefined || backUrl === undefined) {
    stderr.write("usage: host-by-ticket.ts <meeting key> <back URL>\n");
    exit(2);
  }
  const options = optionsFromEnvironment();
  const webExID = process.env["WEBEX_ID"] ?? "";
  stdout.write(
    `${await hostLink(createClient(options), options.siteName ?? "", webExID, meetingKey, backUrl)}\n`,
  );
}
