// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * A site to test against: it checks every request against its descriptors, keeps users and meetings, answers with data
 * that fits the schema, and plays failures, quirks and faults when told to. Without a socket; `fetch` of it goes into
 * `connect` or `createClient`, and the command `mock` serves it over HTTP.
 */
import type { Struct } from "../descriptor.js";
import { check } from "../encode.js";
import { lineOf, XmlError } from "../errors.js";
import { follow } from "../plan.js";
import type { Answer, Arrival, RawAnswer } from "./mock-answer.js";
import { fetchOf, rawAnswer } from "./mock-answer.js";
import type { Context } from "./mock-message.js";
import { peekRequest, readRequest, writeAnswer } from "./mock-message.js";
import { sampleOf } from "./mock-sample.js";
import type { MockRecord, MockStore, StoreResult } from "./mock-store.js";
import { createStore, fieldsOf, page, project } from "./mock-store.js";
import { redactXml } from "./redact.js";
import type { ExceptionInfo, ResponseStatus, SubError } from "./errors.js";
import { serviceNamespace } from "./envelope.js";
import type { Operation } from "./operation.js";
import type { Fetch } from "./transport.js";

/** How a site is set up; only its operations are needed. */
export interface MockSiteOptions {
  /** The operations that it knows: the generated module `operations`, or a list. */
  readonly operations: Readonly<Record<string, unknown>> | readonly Operation[];
  /** Its name; requests for another are refused. Absent: any. */
  readonly siteName?: string;
  /** What GetAPIVersion tells, `1.2.3`. Absent: the release of the operations. */
  readonly release?: string;
  /** Users at the start, beside `admin` (password `admin-secret`), who may do everything, and `host` (password `host-secret`). */
  readonly users?: readonly MockRecord[];
  /** Tokens that are accepted as `accessToken` or `webExAccessToken`. Absent: any that is not empty. */
  readonly tokens?: readonly string[];
  /** Seconds for which a session ticket is good. Default 5,400. */
  readonly timeToLive?: number;
  /** Records in lists of things that the site does not keep. Default 3. */
  readonly records?: number;
  /** Other seeds give other data. Default 1. */
  readonly seed?: number;
  /** Reasons of exception codes; the generated `exceptions`. */
  readonly exceptions?: readonly ExceptionInfo[];
  /** What is to go wrong, first to last; see {@link MockSite.play}. */
  readonly scenario?: readonly MockStep[];
}

const faults = ["cut", "cut-body", "slow-body", "hang", "html", "garbage"] as const;

/** Something that goes wrong, or only looks odd. */
export interface MockStep {
  /** `GetUser`, `getUser`, `user.getUser`; absent: any operation. */
  readonly operation?: string;
  /** Not before so many calls that it could apply to have passed. */
  readonly after?: number;
  /** For how many calls. Default 1; 0 is for ever. */
  readonly times?: number;
  /** A FAILURE with this code. */
  readonly exceptionID?: string;
  /** Instead of the documented reason. */
  readonly reason?: string;
  readonly subErrors?: readonly SubError[];
  readonly gsbStatus?: "PRIMARY" | "BACKUP";
  /** How the transport fails. */
  readonly fault?: (typeof faults)[number];
  /** An HTTP status other than 200, with a page for people. */
  readonly status?: number;
  /** Milliseconds before the answer. */
  readonly latency?: number;
  /** `ISO-8859-1` or `UTF-16`: of the bytes and of the declaration. */
  readonly encoding?: "UTF-8" | "ISO-8859-1" | "UTF-16";
  /** All namespaces but the envelope's go by `ns1`, `ns2` ... */
  readonly numberedPrefixes?: boolean;
  /** Content that the schema requires and sites are known to omit is left out. */
  readonly omit?: boolean;
  /** An answer without its content; a failure without `bodyContent`. */
  readonly emptyBody?: boolean;
  /** Elements that the schema does not know, as from a newer release. */
  readonly unknown?: boolean;
}

/** A call that was made. */
export interface MockCall {
  /** `user.getUser`; undefined when the request named no known operation. */
  readonly operation: string | undefined;
  readonly request: MockRecord;
  /** The caller's Webex id, where one was accepted. */
  readonly caller: string | undefined;
  /** The request as received, secrets blotted out. */
  readonly requestXml: string;
  /** Undefined when the connection failed on purpose. */
  readonly responseXml: string | undefined;
  readonly exceptionID: string | undefined;
  /** Why the answer is what it is, in order. */
  readonly decisions: readonly string[];
}

/** What a handler knows. */
export interface MockContext {
  readonly operation: Operation;
  readonly caller: string | undefined;
  readonly store: MockStore;
  /** A value of the response type with these members, and made-up ones for what else is required. */
  readonly answer: (members: MockRecord) => Record<string, unknown>;
  /** Throws: the site answers with this failure. */
  readonly fail: (exceptionID: string, reason?: string) => never;
}

/** An answer of one's own; undefined leaves the answer to the site. */
export type MockHandler = (
  request: any,
  context: MockContext,
) => object | undefined | Promise<object | undefined>;

/** A request before the site has looked at it. */
export interface MockMessage extends Arrival {
  /** As received: it holds what the caller keeps secret. */
  readonly text: string;
  /** `user.getUser`; undefined when it names no known operation. */
  readonly operation: string | undefined;
}

/** Answers in place of the site, before it checks anything; undefined leaves the request to it. */
export type MockInterceptor = (
  message: MockMessage,
) => RawAnswer | undefined | Promise<RawAnswer | undefined>;

/** A site without a socket. */
export interface MockSite {
  readonly fetch: Fetch;
  /** Answers one request; for servers. */
  readonly answer: (text: string, arrival?: Arrival) => Promise<Answer>;
  /** Lets a function answer raw: what was captured from a site, or what no site should send. It replaces the one before. */
  readonly intercept: (interceptor: MockInterceptor | undefined) => void;
  /** Answers an operation (`GetUser`, `user.getUser`) by a function, or with a fixed value. */
  readonly on: (operation: string, handler: MockHandler | object) => void;
  /**
   * Adds to what is to go wrong. Of the steps that apply to a call, all take effect, the first one wins. Throws a TypeError for an
   * operation or fault that does not exist.
   */
  readonly play: (...steps: MockStep[]) => void;
  /** The calls, first to last. */
  readonly calls: readonly MockCall[];
  readonly store: MockStore;
  /** Forgets calls, handlers, steps, tickets, and all that was changed. */
  readonly reset: () => void;
  /** Ends all session tickets. */
  readonly expireTickets: () => void;
}

/** Makes a site. Throws a TypeError when `operations` holds none, or not one that a step is for. */
export function createMockSite(options: MockSiteOptions): MockSite {
  const operations = (
    Array.isArray(options.operations) ? (options.operations as unknown[]) : Object.values(options.operations)
  ).filter(isOperation);
  if (operations.length === 0) throw new TypeError("operations holds no operation");
  const site: State = {
    options,
    byWireType: new Map(operations.map((operation) => [operation.wireType, operation])),
    reasons: new Map(
      (options.exceptions ?? []).map(({ code, reason, meaning }) => [code, reason ?? meaning]),
    ),
    calls: [],
    handlers: new Map(),
    interceptor: undefined,
    steps: [],
    tickets: new Map(),
    issued: 0,
    store: createStore(options.seed ?? 1),
  };
  const operationOf = (name: string): Operation => {
    const known = operations.find((one) => isCalled(one, name));
    if (known === undefined) throw new TypeError(`the site has no operation ${name}`);
    return known;
  };
  const prepare = (step: MockStep): Step => {
    if (step.operation !== undefined) operationOf(step.operation);
    if (step.fault !== undefined && !faults.includes(step.fault))
      throw new TypeError(`the site has no fault ${String(step.fault)}: there are ${faults.join(", ")}`);
    return stepOf(step);
  };
  const reset = (): void => {
    site.calls.length = 0;
    site.handlers.clear();
    site.interceptor = undefined;
    site.tickets.clear();
    site.issued = 0;
    site.store = createStore(options.seed ?? 1);
    for (const user of [...defaultUsers, ...(options.users ?? [])]) {
      const id = String(user["webExId"]);
      site.store.users.set(id.toLowerCase(), { active: "ACTIVATED", ...user });
    }
    site.steps = (options.scenario ?? []).map(prepare);
  };
  reset();
  const answer = (text: string, arrival: Arrival = unknownArrival()): Promise<Answer> =>
    answerTo(site, text, arrival);
  return {
    fetch: fetchOf(answer),
    answer,
    on(operation, handler) {
      site.handlers.set(
        operationOf(operation).wireType,
        typeof handler === "function" ? (handler as MockHandler) : () => handler,
      );
    },
    intercept(interceptor) {
      site.interceptor = interceptor;
    },
    play(...steps) {
      site.steps.push(...steps.map(prepare));
    },
    calls: site.calls,
    get store() {
      return site.store;
    },
    reset,
    expireTickets() {
      site.tickets.clear();
    },
  };
}

const defaultUsers: readonly MockRecord[] = [
  {
    webExId: "admin",
    password: "admin-secret",
    firstName: "Site",
    lastName: "Admin",
    email: "admin@example.com",
    privilege: { siteAdmin: true, host: true },
  },
  {
    webExId: "host",
    password: "host-secret",
    firstName: "Meeting",
    lastName: "Host",
    email: "host@example.com",
    privilege: { host: true },
  },
];

interface Step {
  readonly step: MockStep;
  /** Calls to let pass, and to apply to. */
  wait: number;
  left: number;
}

interface State {
  readonly options: MockSiteOptions;
  readonly byWireType: ReadonlyMap<string, Operation>;
  readonly reasons: ReadonlyMap<string, string>;
  readonly calls: MockCall[];
  readonly handlers: Map<string, MockHandler>;
  interceptor: MockInterceptor | undefined;
  steps: Step[];
  /** Ticket to who has it, and until when. */
  readonly tickets: Map<string, { readonly user: string; readonly until: number }>;
  issued: number;
  store: MockStore;
}

function stepOf(step: MockStep): Step {
  const { after = 0, times = 1 } = step;
  return { step, wait: after, left: times === 0 ? Infinity : times };
}

function isOperation(value: unknown): value is Operation {
  return typeof value === "object" && value !== null && "wireType" in value && "request" in value;
}

function isCalled({ service, name, wireType }: Operation, called: string): boolean {
  return called === `${service}.${name}` || called === name || wireType.endsWith(`.${called}`);
}

class Refusal extends Error {
  readonly exceptionID: string;
  readonly reason: string | undefined;
  constructor(exceptionID: string, reason: string | undefined) {
    super(reason);
    this.exceptionID = exceptionID;
    this.reason = reason;
  }
}

/** What became of a request, before it is written. */
interface Outcome {
  readonly operation: Operation | undefined;
  readonly request: MockRecord;
  readonly caller: string | undefined;
  readonly value?: object;
  readonly exceptionID?: string;
  readonly reason?: string | undefined;
}

const unknownArrival = (): Arrival => ({ headers: {}, signal: new AbortController().signal });

async function answerTo(site: State, text: string, arrival: Arrival): Promise<Answer> {
  const decisions: string[] = [];
  const peeked = peek(site, text, decisions);
  const operation = peeked?.operation;
  const name = operation && `${operation.service}.${operation.name}`;
  let outcome: Outcome = { operation, request: {}, caller: undefined };
  let step: MockStep = {};
  const raw = await site.interceptor?.({ ...arrival, text, operation: name });
  if (raw !== undefined) decisions.push("answered raw");
  else if (peeked === undefined) outcome = { ...outcome, exceptionID: "000000" };
  else {
    step = takeSteps(site, peeked.operation, decisions);
    try {
      outcome = await outcomeOf(site, peeked.operation, text, peeked.context, step, decisions);
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      decisions.push(`the request is no message: ${error.message}`);
      outcome = { operation: undefined, request: {}, caller: undefined, exceptionID: "000000" };
    }
  }
  const answer = raw ? rawAnswer(raw, decisions) : render(site, outcome, step, decisions);
  site.calls.push({
    operation: outcome.operation && `${outcome.operation.service}.${outcome.operation.name}`,
    request: outcome.request,
    caller: outcome.caller,
    get requestXml() {
      return redactXml(text, []);
    },
    get responseXml() {
      return answer.fault === "cut" || answer.fault === "hang" ? undefined : redactXml(answer.text, []);
    },
    exceptionID: outcome.exceptionID,
    decisions,
  });
  return answer;
}

/** What a request names, without a look at its content. */
function peek(
  site: State,
  text: string,
  decisions: string[],
): { readonly operation: Operation; readonly context: Context } | undefined {
  try {
    const { wireType, context } = peekRequest(text);
    const operation = wireType === undefined ? undefined : site.byWireType.get(wireType);
    if (operation !== undefined) {
      decisions.push(`${operation.service}.${operation.name}, by xsi:type`);
      return { operation, context };
    }
    decisions.push(`no operation goes by ${wireType ?? "a bodyContent without xsi:type"}`);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    decisions.push(`the request is no message: ${error.message}`);
  }
  return undefined;
}

function takeSteps(site: State, operation: Operation, decisions: string[]): MockStep {
  const applied: MockStep[] = [];
  for (const one of site.steps) {
    if (one.step.operation !== undefined && !isCalled(operation, one.step.operation)) continue;
    if (one.left <= 0) continue;
    if (one.wait > 0) {
      one.wait--;
      continue;
    }
    one.left--;
    applied.push(one.step);
    decisions.push(`told to play ${JSON.stringify(one.step)}`);
  }
  site.steps = site.steps.filter(({ left }) => left > 0);
  // The first step that says something about a matter decides it.
  return Object.assign({}, ...applied.reverse()) as MockStep;
}

async function outcomeOf(
  site: State,
  operation: Operation,
  text: string,
  context: Context,
  step: MockStep,
  decisions: string[],
): Promise<Outcome> {
  const { request, diagnostics } = readRequest(operation, text);
  const refused = (exceptionID: string, reason?: string): Outcome => ({
    operation,
    request,
    caller: undefined,
    exceptionID,
    reason,
  });
  if (step.exceptionID !== undefined) return refused(step.exceptionID, step.reason);
  if (diagnostics.length > 0) {
    const reason = diagnostics.map(lineOf).join("; ");
    decisions.push(`the request does not fit its type: ${reason}`);
    return refused("999999", reason);
  }
  const access = accessOf(site, operation, context, request, decisions);
  if ("exceptionID" in access) return refused(access.exceptionID);
  const { caller } = access;
  try {
    const made = await valueOf(site, operation, request, caller, decisions);
    return { operation, request, caller, ...made };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    decisions.push(`a handler answered ${error.exceptionID}`);
    return { operation, request, caller, exceptionID: error.exceptionID, reason: error.reason };
  }
}

/** Operations that need no identity. */
const anonymousOperations: ReadonlySet<string> = /*#__PURE__*/ new Set([
  "ep.getAPIVersion",
  "ep.getSessionInfo",
  "user.getUserCard",
]);

/** Operations for administrators of the site. */
const adminOperations: ReadonlySet<string> = /*#__PURE__*/ new Set([
  "user.createUser",
  "user.delUser",
  "user.lstUser",
  "user.lstsummaryUser",
  "site.setSite",
]);

/** Who calls, or the code of a refusal. */
function accessOf(
  site: State,
  operation: Operation,
  context: Context,
  request: MockRecord,
  decisions: string[],
): { readonly caller: string | undefined } | { readonly exceptionID: string } {
  const name = `${operation.service}.${operation.name}`;
  const { users } = site.store;
  if (
    site.options.siteName !== undefined &&
    context.siteName !== undefined &&
    context.siteName !== site.options.siteName
  ) {
    decisions.push(`the site is ${site.options.siteName}, not ${context.siteName}`);
    return { exceptionID: "000001" };
  }
  const user =
    context.webExID === undefined
      ? [...users.values()].find(({ email }) => email !== undefined && email === context.email)
      : users.get(context.webExID.toLowerCase());
  const id = user === undefined ? undefined : String(user["webExId"]);
  const allowed = (caller: string | undefined): ReturnType<typeof accessOf> => {
    const known = caller === undefined ? undefined : users.get(caller.toLowerCase());
    const privilege = known?.["privilege"] as { readonly siteAdmin?: boolean } | undefined;
    if (adminOperations.has(name) && privilege?.siteAdmin !== true) {
      decisions.push(`${caller ?? "nobody"} is no administrator`);
      return { exceptionID: "000001" };
    }
    if (caller !== undefined) decisions.push(`called by ${caller}`);
    return { caller };
  };
  const tokens = site.options.tokens;
  const token = context.webExAccessToken ?? context.accessToken ?? tokenIn(name, request);
  if (context.password !== undefined) {
    if (user !== undefined && user["password"] === context.password) return allowed(id);
    decisions.push(user ? "wrong password" : "no such user");
    return { exceptionID: "030002" };
  }
  if (context.sessionTicket !== undefined) {
    const ticket = site.tickets.get(context.sessionTicket);
    if (ticket && ticket.until > Date.now() && ticket.user === (id ?? ticket.user))
      return allowed(ticket.user);
    decisions.push(ticket ? "the ticket has ended, or is another's" : "no such ticket");
    return { exceptionID: "030047" };
  }
  if (token !== undefined) {
    if (token !== "" && (tokens === undefined || tokens.includes(token))) return allowed(id ?? "admin");
    decisions.push("no such token");
    return { exceptionID: "030002" };
  }
  if (anonymousOperations.has(name)) {
    decisions.push("needs no identity");
    return { caller: undefined };
  }
  decisions.push("no credentials");
  // The list of sessions does not tell a stranger that it may not be seen.
  return { exceptionID: name === "ep.lstsummarySession" ? "000015" : "000001" };
}

function tokenIn(name: string, request: MockRecord): string | undefined {
  if (name !== "user.authenticateUser") return undefined;
  const token = request["accessToken"] ?? request["samlResponse"];
  return typeof token === "string" ? token : undefined;
}

async function valueOf(
  site: State,
  operation: Operation,
  request: MockRecord,
  caller: string | undefined,
  decisions: string[],
): Promise<{ readonly value: object } | { readonly exceptionID: string }> {
  const answer = (members: MockRecord): Record<string, unknown> => project(operation.response, members);
  const handler = site.handlers.get(operation.wireType);
  if (handler) {
    const value = await handler(request, {
      operation,
      caller,
      store: site.store,
      answer,
      fail(exceptionID, reason) {
        throw new Refusal(exceptionID, reason);
      },
    });
    if (value !== undefined) {
      const wrong = check(operation.response, value);
      decisions.push(
        wrong.length === 0
          ? "answered by a handler"
          : `answered by a handler, not as the schema says: ${wrong.map(lineOf).join("; ")}`,
      );
      return { value };
    }
  }
  const own = ownAnswer(site, operation, caller, answer);
  if (own) {
    decisions.push(own.decision);
    return own;
  }
  const kept = site.store.handle(operation, request, caller);
  const result: StoreResult = kept ?? madeUp(site, operation, request);
  decisions.push(result.decision);
  return result;
}

/** Operations about the site and its sessions. */
function ownAnswer(
  site: State,
  operation: Operation,
  caller: string | undefined,
  answer: (members: MockRecord) => object,
): { readonly value: object; readonly decision: string } | undefined {
  switch (`${operation.service}.${operation.name}`) {
    case "user.authenticateUser": {
      const timeToLive = site.options.timeToLive ?? 5400;
      const sessionTicket = `TICKET-${site.options.seed ?? 1}-${++site.issued}`;
      const now = Date.now();
      site.tickets.set(sessionTicket, { user: caller ?? "admin", until: now + timeToLive * 1000 });
      return {
        value: answer({ sessionTicket, createTime: now, timeToLive }),
        decision: `ticket ${site.issued} issued for ${timeToLive} s`,
      };
    }
    case "user.getLoginTicket":
      return {
        value: answer({ ticket: `LOGIN-${site.options.seed ?? 1}-${++site.issued}` }),
        decision: "login ticket issued",
      };
    case "ep.getAPIVersion": {
      const release = site.options.release ?? operation.release;
      return {
        value: answer({
          apiVersion: `WebEx XML API V${release}`,
          release,
          trainReleaseVersion: `T${release.split(".")[0] ?? ""}L`,
          trainReleaseOrder: "400",
        }),
        decision: `runs ${release}`,
      };
    }
    default:
      return undefined;
  }
}

/** An answer out of thin air. */
function madeUp(site: State, operation: Operation, request: MockRecord): StoreResult {
  const seed = site.options.seed ?? 1;
  const { records } = operation.list ?? {};
  if (records === undefined)
    return {
      value: project(operation.response, sampleOf(operation.response, { seed })),
      decision: "made up",
    };
  return page(
    operation,
    request,
    site.options.records ?? 3,
    (index) => {
      const [record] = (sampleOf<Record<string, unknown>>(operation.response, { seed: seed + index })[
        records
      ] ?? []) as readonly MockRecord[];
      return record ?? {};
    },
    "made up",
  );
}

/** Prefixes that sites use; the namespace of the service `site` really goes by `ns1`. */
const prefixes: Readonly<Record<string, string>> = /*#__PURE__*/ Object.fromEntries(
  Object.entries({
    attendee: "att",
    event: "event",
    ep: "ep",
    history: "history",
    meeting: "meet",
    "meeting/auo": "auo",
    meetingtype: "mtgtype",
    sales: "sales",
    session: "sess",
    site: "ns1",
    supportsession: "sc",
    trainingsession: "train",
    user: "use",
  }).map(([path, prefix]) => [`${serviceNamespace}/${path}`, prefix]),
);

function render(site: State, outcome: Outcome, step: MockStep, decisions: string[]): Answer {
  const { operation, exceptionID } = outcome;
  const encoding = step.encoding ?? "UTF-8";
  const common = {
    status: step.status ?? 200,
    encoding,
    latency: step.latency ?? 0,
    ...(step.fault !== undefined && { fault: step.fault }),
    decisions,
  };
  if (step.status !== undefined || step.fault === "html") {
    const text = `<!DOCTYPE html>\n<html><head><title>Error</title></head><body><p>Something went wrong.<br></body></html>\n`;
    return { ...common, text, contentType: "text/html; charset=UTF-8" };
  }
  const status: ResponseStatus = {
    result: exceptionID === undefined ? "SUCCESS" : "FAILURE",
    ...(exceptionID !== undefined && {
      reason: outcome.reason ?? step.reason ?? site.reasons.get(exceptionID) ?? "no reason is documented",
    }),
    gsbStatus: step.gsbStatus ?? "PRIMARY",
    ...(exceptionID !== undefined && { exceptionID }),
    subErrors: step.subErrors ?? [],
  };
  const value = exceptionID === undefined ? twisted(outcome, step) : undefined;
  const shape: Operation = operation ?? ({ response: nothing } as unknown as Operation);
  const text = writeAnswer(shape, status, value, {
    encoding,
    prefixes: step.numberedPrefixes
      ? {}
      : { "http://www.webex.com/schemas/2002/06/common": "com", ...prefixes },
    emptyBody: step.emptyBody ?? false,
  });
  return { ...common, text, contentType: encoding === "UTF-8" ? "text/xml;charset=UTF-8" : "text/xml" };
}

const nothing = { kind: "struct", name: "nothing", ns: "" } as const;

/** The value with the quirks that were asked for. */
function twisted(
  { operation, value = {} }: Outcome,
  { omit, emptyBody, unknown }: MockStep,
): object | undefined {
  if (emptyBody) return undefined;
  if (operation === undefined) return value;
  const result = omit
    ? withoutOmitted(operation.response, value as Record<string, unknown>)
    : { ...(value as Record<string, unknown>) };
  if (unknown) {
    const node = { name: `{${operation.response.ns}}newerElement`, children: ["from a newer release"] };
    result["$unknown"] = [{ node }, ...((result["$unknown"] as unknown[] | undefined) ?? [])];
  }
  return result;
}

/**
 * Leaves out what sites are known to leave out: members that the descriptors mark, and the content of optional
 * structures, which come as empty elements although something in them is required.
 */
function withoutOmitted(type: Struct, value: Record<string, unknown>): Record<string, unknown> {
  const result = { ...value };
  for (const field of fieldsOf(type)) {
    const property = field.property ?? field.name;
    const inner = follow(field.type);
    const part = result[property];
    if (field.omitted) Reflect.deleteProperty(result, property);
    else if (inner.kind === "struct" && typeof part === "object" && part !== null && !Array.isArray(part)) {
      const hollow = field.min === 0 && fieldsOf(inner).some(({ min = 1 }) => min > 0);
      result[property] = hollow ? {} : withoutOmitted(inner, part as Record<string, unknown>);
    }
  }
  return result;
}
