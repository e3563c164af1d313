/** A site for tests: a real HTTP server on the loopback interface, and operations written by hand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Struct } from "../../templates/runtime/descriptor.js";
import { boolean, integerAsNumber, longAsString, string } from "../../templates/runtime/scalars.js";
import type { ListOperation, Operation } from "../../templates/runtime/webex/operation.js";

export const serv = "http://www.webex.com/schemas/2002/06/service";
export const com = "http://www.webex.com/schemas/2002/06/common";
export const use = `${serv}/user`;
export const ep = `${serv}/ep`;

/** What arrived. */
export interface Received {
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
  /** Local name of the operation, `GetUser`. */
  readonly operation: string;
}

export type Handler = (received: Received, response: ServerResponse, count: number) => unknown;

export interface TestSite {
  readonly url: string;
  readonly received: Received[];
  handler: Handler;
  /** The most requests that were under way at once. */
  readonly peak: () => number;
  readonly server: Server;
  readonly close: () => Promise<void>;
}

/** Starts a site; every request is given to `handler`. */
export async function startSite(handler: Handler): Promise<TestSite> {
  let open = 0;
  let peak = 0;
  const received: Received[] = [];
  const server = createServer((request, response) => {
    open++;
    peak = Math.max(peak, open);
    response.on("close", () => open--);
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const one = {
        body,
        headers: request.headers,
        operation: /xsi:type="[\w.:]*\.(\w+)"/u.exec(body)?.[1] ?? "",
      };
      received.push(one);
      site.handler(one, response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const site: TestSite = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/WBXService/XMLService`,
    received,
    handler,
    peak: () => peak,
    server,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return site;
}

/** A successful answer; `content` goes into bodyContent. */
export function success(type: string, content: string, gsb = "PRIMARY", declaration = "UTF-8"): string {
  return (
    `<?xml version="1.0" encoding="${declaration}"?>\n` +
    `<serv:message xmlns:serv="${serv}" xmlns:com="${com}" xmlns:use="${use}" xmlns:ep="${ep}"><serv:header><serv:response>` +
    `<serv:result>SUCCESS</serv:result><serv:gsbStatus>${gsb}</serv:gsbStatus></serv:response></serv:header>` +
    `<serv:body><serv:bodyContent xsi:type="${type}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
    `${content}</serv:bodyContent></serv:body></serv:message>`
  );
}

/** A failure; `more` goes behind the exception id. */
export function failure(
  exceptionID: string,
  reason: string,
  more = "",
  body = "<serv:bodyContent/>",
): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<serv:message xmlns:serv="${serv}"><serv:header><serv:response>` +
    `<serv:result>FAILURE</serv:result><serv:reason>${reason}</serv:reason><serv:gsbStatus>BACKUP</serv:gsbStatus>` +
    `<serv:exceptionID>${exceptionID}</serv:exceptionID>${more}</serv:response></serv:header>` +
    `<serv:body>${body}</serv:body></serv:message>`
  );
}

export function sendXml(
  response: ServerResponse,
  xml: string | Uint8Array,
  contentType = "text/xml;charset=UTF-8",
): void {
  response.writeHead(200, { "content-type": contentType });
  response.end(xml);
}

interface Phones {
  phone?: string;
  PIN?: string;
}
interface GetUserRequest {
  webExId: string;
}
interface User {
  firstName?: string;
  lastName?: string;
  webExId: string;
  phones?: Phones;
  email?: string;
  password?: string;
  active?: "ACTIVATED" | "DEACTIVATED";
}
interface UserRead extends Omit<User, "active"> {
  active?: "ACTIVATED" | "DEACTIVATED" | (string & Record<never, never>);
}
interface UserInstance extends User {
  userId?: string;
}
interface UserInstanceRead extends UserRead {
  userId?: string;
}
interface GetUserAnswer extends UserInstanceRead {
  passwordDaysLeft?: number;
  freeAccount?: boolean;
}
interface SetUserRequest extends UserInstance {
  newWebExId?: string;
}
interface CreateUserRequest extends User {
  sendWelcome?: boolean;
}

const body: Struct = { kind: "struct", name: `{${serv}}bodyContentType`, ns: serv };
const phonesBase: Struct<Phones> = {
  kind: "struct",
  name: `{${com}}phonesType`,
  ns: com,
  content: [{ name: "phone", type: string, min: 0 }],
};
const phones: Struct<Phones> = {
  kind: "struct",
  name: `{${use}}userPhonesType`,
  ns: use,
  base: phonesBase,
  content: [{ name: "PIN", type: string, min: 0 }],
};
const activeType = {
  kind: "atomic",
  builtin: "string",
  as: "string",
  values: ["ACTIVATED", "DEACTIVATED"],
} as const;
const userType: Struct<User, UserRead> = {
  kind: "struct",
  name: `{${use}}userType`,
  ns: use,
  base: body,
  content: [
    { name: "firstName", type: string, min: 0 },
    { name: "lastName", type: string, min: 0 },
    { name: "webExId", type: string },
    { name: "phones", type: phones, min: 0 },
    { name: "email", type: string, min: 0 },
    { name: "password", type: { ...string, facets: { maxLength: 60 } }, min: 0 },
    { name: "active", type: activeType, min: 0 },
  ],
};
const userInstanceType: Struct<UserInstance, UserInstanceRead> = {
  kind: "struct",
  name: `{${use}}userInstanceType`,
  ns: use,
  base: userType,
  content: [{ name: "userId", type: longAsString, min: 0 }],
};

export const SetUser: Struct<SetUserRequest> = {
  kind: "struct",
  name: `{${use}}setUser`,
  ns: use,
  base: userInstanceType,
  content: [{ name: "newWebExId", type: string, min: 0 }],
};
export const GetUserResponse: Struct<unknown, GetUserAnswer> = {
  kind: "struct",
  name: `{${use}}getUserResponse`,
  ns: use,
  base: userInstanceType,
  content: [
    { name: "passwordDaysLeft", type: integerAsNumber, min: 0 },
    { name: "freeAccount", type: boolean, min: 0 },
  ],
};

export const getUser: Operation<GetUserRequest, GetUserAnswer> = {
  service: "user",
  name: "getUser",
  wireType: "java:com.webex.service.binding.user.GetUser",
  release: "0.0.1",
  safe: true,
  request: {
    kind: "struct",
    name: `{${use}}getUser`,
    ns: use,
    base: body,
    content: [{ name: "webExId", type: string }],
  },
  response: GetUserResponse,
};
export const setUser: Operation<SetUserRequest, object> = {
  service: "user",
  name: "setUser",
  wireType: "java:com.webex.service.binding.user.SetUser",
  release: "0.0.1",
  request: SetUser,
  response: { kind: "struct", name: `{${use}}setUserResponse`, ns: use, base: body },
};
export const createUser: Operation<CreateUserRequest, { userId?: string }> = {
  service: "user",
  name: "createUser",
  wireType: "java:com.webex.service.binding.user.CreateUser",
  release: "0.0.1",
  deprecated: "for the test",
  request: {
    kind: "struct",
    name: `{${use}}createUser`,
    ns: use,
    base: userType,
    content: [{ name: "sendWelcome", type: boolean, min: 0 }],
  },
  response: {
    kind: "struct",
    name: `{${use}}createUserResponse`,
    ns: use,
    base: body,
    content: [{ name: "userId", type: longAsString, min: 0 }],
  },
};

interface Session {
  sessionKey: string;
  confName: string;
}
interface LstRequest {
  listControl?: { startFrom?: number; maximumNum?: number };
  hostWebExID?: string;
}
interface LstAnswer {
  matchingRecords?: { total: number; returned: number; startFrom: number };
  session?: readonly Session[];
}
export const lstsummarySession: ListOperation<LstRequest, LstAnswer, "session"> = {
  service: "ep",
  name: "lstsummarySession",
  wireType: "java:com.webex.service.binding.ep.LstsummarySession",
  release: "0.0.1",
  safe: true,
  list: { records: "session", counters: "matchingRecords", control: "listControl" },
  request: {
    kind: "struct",
    name: `{${ep}}lstsummarySession`,
    ns: ep,
    base: body,
    content: [
      {
        name: "listControl",
        min: 0,
        type: {
          kind: "struct",
          name: `{${serv}}lstControlType`,
          ns: serv,
          content: [
            { name: "startFrom", type: integerAsNumber, min: 0 },
            { name: "maximumNum", type: integerAsNumber, min: 0 },
          ],
        },
      },
      { name: "hostWebExID", type: string, min: 0 },
    ],
  },
  response: {
    kind: "struct",
    name: `{${ep}}lstsummarySessionResponse`,
    ns: ep,
    base: body,
    content: [
      {
        name: "matchingRecords",
        min: 0,
        type: {
          kind: "struct",
          name: `{${serv}}matchingRecordsType`,
          ns: serv,
          content: [
            { name: "total", type: integerAsNumber },
            { name: "returned", type: integerAsNumber },
            { name: "startFrom", type: integerAsNumber },
          ],
        },
      },
      {
        name: "session",
        min: 0,
        max: Infinity,
        type: {
          kind: "struct",
          name: `{${ep}}sessionSummaryInstanceType`,
          ns: ep,
          content: [
            { name: "sessionKey", type: longAsString },
            { name: "confName", type: string },
          ],
        },
      },
    ],
  },
};

/** One page of sessions numbered from `first`. */
export function sessionPage(
  first: number,
  count: number,
  total: number,
  returned = count,
  startFrom = first,
): string {
  const sessions = Array.from(
    { length: count },
    (_, index) =>
      `<ep:session><ep:sessionKey>${first + index}</ep:sessionKey><ep:confName>S${first + index}</ep:confName></ep:session>`,
  );
  return success(
    "ep:lstsummarySessionResponse",
    `<ep:matchingRecords><serv:total>${total}</serv:total><serv:returned>${returned}</serv:returned>` +
      `<serv:startFrom>${startFrom}</serv:startFrom></ep:matchingRecords>${sessions.join("")}`,
  );
}
