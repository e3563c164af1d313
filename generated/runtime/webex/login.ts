// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Exchanging credentials for a session ticket (AuthenticateUser). */
import { string } from "../scalars.js";
import { struct } from "../tables.js";
import type { Exchange } from "./client.js";
import type { Credentials, Grant, Ticket } from "./credentials.js";
import { serviceNamespace } from "./envelope.js";
import { WebexMalformedAnswerError } from "./errors.js";
import type { Operation } from "./operation.js";

interface AuthenticateRequest {
  readonly samlResponse?: string;
  readonly accessToken?: string;
}

interface AuthenticateResponse {
  readonly sessionTicket: string;
  /** Seconds. */
  readonly timeToLive?: string;
}

const ns = serviceNamespace + "/user";

/** What a login needs of AuthenticateUser in every release, so that single operations can log in by themselves. */
const operation: Operation<AuthenticateRequest, AuthenticateResponse> = {
  service: "user",
  name: "authenticateUser",
  wireType: "java:com.webex.service.binding.user.AuthenticateUser",
  release: "",
  validate: false,
  // It changes nothing but which tickets there are.
  safe: true,
  request: /*#__PURE__*/ struct({
    name: "authenticateUser",
    ns,
    content: { "samlResponse?": string, "accessToken?": string },
  }),
  response: /*#__PURE__*/ struct({
    name: "authenticateUserResponse",
    ns,
    content: { sessionTicket: string, "createTime?": string, "timeToLive?": string },
  }),
};

/** Calls an operation with a grant of its own. */
export type CallAs = (
  operation: Operation<AuthenticateRequest, AuthenticateResponse>,
  request: AuthenticateRequest,
  grant: Grant,
) => Promise<Exchange<AuthenticateResponse>>;

/** Logs in: a password goes in the header of the request, an access token or SAML response in its body alone. */
export async function authenticateUser(grant: Grant, release: string, callAs: CallAs): Promise<Ticket> {
  const { accessToken, samlResponse, ...header } = grant.credentials as Credentials & AuthenticateRequest;
  const exchange = await callAs(
    operation,
    {
      ...(samlResponse !== undefined && { samlResponse }),
      ...(accessToken !== undefined && { accessToken }),
    },
    { credentials: header as Credentials, secrets: grant.secrets },
  );
  const { sessionTicket, timeToLive: seconds } = exchange.value;
  if (typeof sessionTicket !== "string" || sessionTicket.trim() === "")
    throw new WebexMalformedAnswerError("no session ticket", {
      operation: "user.authenticateUser",
      release,
      attempts: exchange.attempts,
      requestXml: exchange.requestXml,
      responseXml: exchange.responseXml,
    });
  const timeToLive = Number(seconds);
  return {
    sessionTicket,
    timeToLive: timeToLive > 0 ? timeToLive * 1000 : undefined,
  };
}
