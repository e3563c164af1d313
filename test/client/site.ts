/** The mock site over real HTTP, told what to answer; and operations written by hand. */
import { afterAll, beforeAll, beforeEach } from "vitest";
import { serveMockSite } from "../../generator/mock/server.js";
import type { Struct } from "../../templates/runtime/descriptor.js";
import { boolean, integerAsNumber, longAsString, string } from "../../templates/runtime/scalars.js";
import type { RawAnswer } from "../../templates/runtime/webex/mock-answer.js";
import type { ConnectOptions } from "../../templates/runtime/webex/client.js";
import { createMockSite } from "../../templates/runtime/webex/mock.js";
import { validateRequest } from "../../templates/runtime/webex/index.js";
import type { ListOperation, Operation } from "../../templates/runtime/webex/operation.js";

const serv = "http://www.webex.com/schemas/2002/06/service";
export const com = "http://www.webex.com/schemas/2002/06/common";
export const use = `${serv}/user`;
const ep = `${serv}/ep`;

/** What arrived. */
export interface Received {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Local name of the operation, `GetUser`. */
  readonly operation: string;
  /** Fires when the client has gone. */
  readonly signal: AbortSignal;
}

export type Handler = (received: Received) => RawAnswer | Promise<RawAnswer>;

export interface TestSite {
  readonly url: string;
  readonly received: Received[];
  handler: Handler;
  /** The most requests that were under way at once. */
  readonly peak: () => number;
  readonly close: () => Promise<void>;
}

/** A mock site of which every request is answered by `handler`; `start` serves it. */
function createSite(handler: Handler): { readonly site: TestSite; readonly start: () => Promise<void> } {
  let open = 0;
  let peak = 0;
  let served = { url: "", close: (): Promise<void> => Promise.resolve() };
  const received: Received[] = [];
  const mock = createMockSite({ operations: [getUser, setUser, createUser, lstsummarySession] });
  mock.intercept(async ({ text, headers, signal }) => {
    peak = Math.max(peak, ++open);
    const operation = /xsi:type="[\w.:]*\.(\w+)"/u.exec(text)?.[1] ?? "";
    const one = { body: text, headers, operation, signal };
    received.push(one);
    try {
      return await site.handler(one);
    } finally {
      open--;
    }
  });
  const site: TestSite = {
    get url() {
      return served.url;
    },
    received,
    handler,
    peak: () => peak,
    close: () => served.close(),
  };
  return {
    site,
    async start() {
      served = await serveMockSite(mock);
    },
  };
}

/** Serves a mock site of which every request is answered by `handler`. */
export async function startSite(handler: Handler): Promise<TestSite> {
  const { site, start } = createSite(handler);
  await start();
  return site;
}

/** A site for all tests of a file; each begins with nothing received. */
export function useSite(handler: Handler = () => silence): TestSite {
  const { site, start } = createSite(handler);
  beforeAll(start);
  afterAll(() => site.close());
  beforeEach(() => {
    site.received.length = 0;
  });
  return site;
}

/** Options of a client for this site. */
export function optionsFor(
  { url }: Pick<TestSite, "url">,
  more: Partial<ConnectOptions> = {},
): ConnectOptions {
  return {
    siteName: "example",
    url,
    credentials: { webExID: "admin", sessionTicket: "t1cket" },
    retry: { baseDelay: 1, rateLimitDelay: 30 },
    random: () => 0.5,
    ...more,
  };
}

/** No answer, ever. */
export const silence: RawAnswer = { fault: "hang" };

/** The connection ends before the answer. */
export const cut: RawAnswer = { fault: "cut" };

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

/** An answer with this text or these bytes. */
export function answerXml(body: string | Uint8Array, contentType = "text/xml;charset=UTF-8"): RawAnswer {
  return { headers: { "content-type": contentType }, body };
}

/** The beginning of an answer, then nothing more; or the end of the connection, after so many milliseconds. */
export function beginning(body: string, cutAfter?: number): RawAnswer {
  const wait = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => void setTimeout(resolve, milliseconds).unref());
  return {
    headers: { "content-type": "text/xml" },
    body: (async function* () {
      yield body;
      await wait(cutAfter ?? 60_000);
      throw new Error("cut");
    })(),
  };
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
  validate: validateRequest,
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
  validate: validateRequest,
  request: SetUser,
  response: { kind: "struct", name: `{${use}}setUserResponse`, ns: use, base: body },
};
export const createUser: Operation<CreateUserRequest, { userId?: string }> = {
  service: "user",
  name: "createUser",
  wireType: "java:com.webex.service.binding.user.CreateUser",
  release: "0.0.1",
  validate: validateRequest,
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
  validate: validateRequest,
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
