// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Messages as a site sees them: requests are read, answers are written. */
import { decodeResult } from "../decode.js";
import type { ElementDescriptor, Polymorphic, Struct } from "../descriptor.js";
import { encode } from "../encode.js";
import type { Diagnostic } from "../errors.js";
import { anyType, string } from "../scalars.js";
import { polymorphic } from "../tables.js";
import { validate } from "../validate.js";
import { serviceNamespace } from "./envelope.js";
import type { ResponseStatus } from "./errors.js";
import type { Operation } from "./operation.js";

const part = (name: string, content: Struct["content"], base?: Struct): Struct => ({
  kind: "struct",
  name: `{${serviceNamespace}}${name}`,
  ns: serviceNamespace,
  ...(base && { base }),
  ...(content && { content }),
});

const optional = { type: string, min: 0 } as const;

/** Members of a security context that this site understands; others are let through. */
export interface Context {
  readonly webExID?: string;
  readonly password?: string;
  readonly siteID?: string;
  readonly siteName?: string;
  readonly partnerID?: string;
  readonly email?: string;
  readonly sessionTicket?: string;
  readonly webExAccessToken?: string;
  readonly accessToken?: string;
}

const securityContext = part(
  "securityContextType",
  [
    "webExID",
    "password",
    "siteID",
    "siteName",
    "partnerID",
    "email",
    "sessionTicket",
    "webExAccessToken",
    "accessToken",
  ].map((name) => ({ name, ...optional })),
);

interface RequestMessage {
  readonly header?: { readonly securityContext?: Context };
  readonly body?: { readonly bodyContent?: readonly { readonly $type?: string }[] };
}

function requestMessage(body: Polymorphic): ElementDescriptor<any, RequestMessage> {
  const type: Struct = part("messageType", [
    {
      name: "header",
      min: 0,
      type: part("header", [{ name: "securityContext", type: securityContext, min: 0 }]),
    },
    {
      name: "body",
      min: 0,
      type: part("body", [{ name: "bodyContent", type: body, min: 0, max: Infinity }]),
    },
  ]);
  return { kind: "element", name: `{${serviceNamespace}}message`, tag: "message", type };
}

const anyMessage = requestMessage(polymorphic({ base: anyType, tag: "", derived: [] }));

/** The type that a request names, and who sends it. Throws an `XmlError` for what is no message. */
export function peekRequest(text: string): {
  readonly wireType: string | undefined;
  readonly context: Context;
} {
  const { value } = decodeResult(anyMessage, text, { unqualified: "accept" });
  const [content] = value.body?.bodyContent ?? [];
  return { wireType: content?.$type, context: value.header?.securityContext ?? {} };
}

const messages = /*#__PURE__*/ new WeakMap<Struct, ElementDescriptor<any, RequestMessage>>();

const bodyPath = "/body/bodyContent/0";

/** The request of a known operation, and everything that is wrong with it. */
export function readRequest(
  operation: Operation,
  text: string,
): {
  readonly request: Record<string, unknown>;
  readonly diagnostics: readonly Pick<Diagnostic, "path" | "message">[];
} {
  let descriptor = messages.get(operation.request);
  if (descriptor === undefined) {
    descriptor = requestMessage(polymorphic({ base: operation.request, tag: "", derived: [] }));
    messages.set(operation.request, descriptor);
  }
  const { value, diagnostics } = decodeResult(descriptor, text, { unqualified: "accept" });
  const { $type: _, ...request } = (value.body?.bodyContent?.[0] ?? {}) as Record<string, unknown>;
  const found = diagnostics
    .filter(({ code, path }) => path.startsWith(bodyPath) && !(code === "unknown-type" && path === bodyPath))
    .map((one) => ({ ...one, path: one.path.slice(bodyPath.length) }));
  if (found.length > 0) return { request, diagnostics: found };
  // What can be read may still break a limit of its type. The Java name of the type is kept as unknown.
  const issues = validate(operation.request, request).filter(({ path }) => !path.startsWith("/$unknown/"));
  return { request, diagnostics: issues };
}

const empty = part("bodyContentType", undefined);
const subError = part("subErrorType", [
  { name: "exceptionID", type: string },
  { name: "reason", type: string },
  { name: "value", ...optional },
]);
const response = part("responseType", [
  { name: "result", type: string },
  { name: "reason", ...optional },
  { name: "gsbStatus", ...optional },
  { name: "exceptionID", ...optional },
  {
    name: "subErrors",
    min: 0,
    type: part("subErrors", [{ name: "subError", type: subError, max: Infinity }]),
  },
  { name: "value", ...optional },
]);

/** How an answer looks, besides what it says. */
export interface AnswerStyle {
  /** The encoding that the XML declaration names. */
  readonly encoding: string;
  /** Namespace to prefix. */
  readonly prefixes: Readonly<Record<string, string>>;
  /** A failure has no `bodyContent` at all, instead of an empty one. */
  readonly emptyBody: boolean;
}

const answers = /*#__PURE__*/ new WeakMap<Struct, ElementDescriptor>();

function answerMessage({ response: answer }: Operation): ElementDescriptor {
  let message = answers.get(answer);
  if (message === undefined) {
    const body: Polymorphic = polymorphic({
      base: empty,
      tag: "",
      derived: [["answer", answer.name, answer]],
    });
    message = {
      kind: "element",
      name: `{${serviceNamespace}}message`,
      tag: "message",
      type: part("messageType", [
        { name: "header", type: part("header", [{ name: "response", type: response, max: Infinity }]) },
        { name: "body", type: part("body", [{ name: "bodyContent", type: body, min: 0, max: Infinity }]) },
      ]),
    };
    answers.set(answer, message);
  }
  return message;
}

/** Writes an answer. Values are not checked: a mock may be told to answer badly. */
export function writeAnswer(
  operation: Operation,
  status: ResponseStatus,
  value: object | undefined,
  style: AnswerStyle,
): string {
  const { subErrors, ...plain } = status;
  const content = value === undefined ? {} : { $type: "answer", ...value };
  return encode(
    answerMessage(operation),
    {
      header: {
        response: [{ ...plain, ...(subErrors.length > 0 && { subErrors: { subError: subErrors } }) }],
      },
      body: value === undefined && style.emptyBody ? {} : { bodyContent: [content] },
    },
    {
      check: false,
      declaration: style.encoding,
      prefixes: {
        [serviceNamespace]: "serv",
        "http://www.w3.org/2001/XMLSchema-instance": "xsi",
        ...style.prefixes,
      },
    },
  );
}
