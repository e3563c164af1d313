// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/**
 * The message around requests and answers, with its quirks: requests are written without namespace prefixes although
 * the schemas say qualified; `xsi:type` of a request is no QName; answers choose their prefixes freely.
 */
import { decodeResult, type DecodeOptions } from "../decode.js";
import type { ElementDescriptor, Polymorphic, Struct, TypeCodec } from "../descriptor.js";
import { check, encode, escapeXml } from "../encode.js";
import { DecodeError, type Diagnostic } from "../errors.js";
import { follow, planOf } from "../plan.js";
import { string } from "../scalars.js";
import { XSI_NAMESPACE } from "../scanner.js";
import { element, struct } from "../tables.js";
import type { Settings } from "./client.js";
import type { SecurityContext } from "./credentials.js";
import type { ResponseStatus, SubError } from "./errors.js";
import type { Operation } from "./operation.js";

/** The namespace of the envelope. */
export const serviceNamespace = "http://www.webex.com/schemas/2002/06/service";

/**
 * Writes `bodyContent`: schema order, no prefixes. Throws an `EncodeError` that lists everything that keeps it from being
 * written; without `check` that is only what XML cannot carry.
 */
export function writeBody(operation: Operation, request: unknown, check = true): string {
  const element = encode(operation.request, request, {
    element: "bodyContent",
    qualified: false,
    declaration: false,
    prefixes: { [XSI_NAMESPACE]: "xsi" },
    check,
  });
  // The type is no QName, so it cannot be an xsi:type to the encoder.
  return `<bodyContent xsi:type="${escapeText(operation.wireType, true)}"${element.slice("<bodyContent".length)}`;
}

/**
 * Writes a request around its `bodyContent`. Both namespaces are declared: a site answers 000000 where `xsi` is not.
 * There is no white space between elements.
 */
export function writeMessage(context: SecurityContext, bodyContent: string): string {
  const header = context.map(([name, value]) => `<${name}>${escapeText(value)}</${name}>`).join("");
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<serv:message xmlns:serv="${serviceNamespace}" xmlns:xsi="${XSI_NAMESPACE}">` +
    `<header><securityContext>${header}</securityContext></header>` +
    `<body>${bodyContent}</body></serv:message>`
  );
}

function escapeText(text: string, attribute = false): string {
  return escapeXml(text, attribute, () => undefined);
}

interface ResponseElement extends Omit<ResponseStatus, "subErrors"> {
  readonly subErrors?: { readonly subError?: readonly Partial<SubError>[] };
}

const ns = serviceNamespace;

const subError: Struct<SubError> = /*#__PURE__*/ struct({
  name: "subErrorType",
  ns,
  content: { "exceptionID?": string, "reason?": string, "value?": string },
});

const subErrors: Struct = /*#__PURE__*/ struct({
  name: "responseType/subErrors",
  ns,
  content: { "subError*": subError },
});

const response: Struct<ResponseElement> = /*#__PURE__*/ struct({
  name: "responseType",
  ns,
  content: {
    "result?": string,
    "reason?": string,
    "gsbStatus?": string,
    "exceptionID?": string,
    "subErrors?": subErrors,
    "value?": string,
  },
});

const header: Struct = /*#__PURE__*/ struct({
  name: "messageType/header",
  ns,
  content: { "response*": response },
});

/** `$type` is "" for the operation's own type, else the name that the answer gives. */
interface Content {
  readonly $type?: string;
}

interface Message {
  readonly header?: { readonly response?: readonly ResponseElement[] };
  readonly body?: { readonly bodyContent?: readonly Content[] };
}

/** Reads an answer as the type of its operation, whatever it names. */
const bodyCodec: TypeCodec = {
  read({ base }: Polymorphic, source, { report, scanner: { attributes, offset }, struct, typeName }) {
    const answer = follow(base) as Struct;
    const raw = attributes.find(({ uri, local }) => local === "type" && uri === XSI_NAMESPACE)?.value;
    const given = raw === undefined ? "" : typeName(raw);
    const isKnown = raw === undefined || raw === answer.name || given === answer.name;
    if (!isKnown) report("unknown-type", `unknown type ${given}, read as `, offset());
    return struct(planOf(answer), source, isKnown ? "" : given, !isKnown && !given.startsWith("{"));
  },
  write: () => "",
};

/** The envelope with the answers of one operation in it. */
function messageOf(answer: Struct): ElementDescriptor<never, Message> {
  // Polymorphic, although there is nothing to choose: so the type that the answer names is told.
  const bodyContent: Polymorphic = {
    kind: "polymorphic",
    base: answer,
    tag: "",
    derived: [],
    codec: bodyCodec,
  };
  const body = struct({ name: "messageType/body", ns, content: { "bodyContent*": bodyContent } });
  const type = struct<never, Message>({
    name: "messageType",
    ns,
    content: { "header?": header, "body?": body },
  });
  return element({ name: "message", ns, type });
}

const messages = /*#__PURE__*/ new WeakMap<Struct, ElementDescriptor<never, Message>>();

/** What an answer says. */
export interface Reading {
  readonly responses: readonly ResponseStatus[];
  /** The content of the first `bodyContent`; an empty object where there is none. */
  readonly value: unknown;
  /** How many `bodyContent` there are. */
  readonly bodies: number;
  /** Findings; paths begin at the value, or with `/header` or `/body` for those about the envelope. */
  readonly diagnostics: readonly Diagnostic[];
  /** The type that the answer says it has, where that is not the operation's. */
  readonly wrongType: string | undefined;
  /** What validation finds in the value, where it is asked for. */
  readonly invalid: readonly Diagnostic[];
  /** Those of the findings that tell of a value that is not of its type. */
  readonly wrong: readonly Diagnostic[];
}

const valuePath = "/body/bodyContent/0";

/** Reads an answer. Throws a `DecodeError`, an `XmlError` when it is no message at all. */
export function readAnswer(
  operation: Operation,
  text: string,
  options: Pick<DecodeOptions, "unknown" | "origin" | "validate">,
): Reading {
  let descriptor = messages.get(operation.response);
  if (descriptor === undefined)
    messages.set(operation.response, (descriptor = messageOf(operation.response)));
  const how = { ...options, unqualified: "accept" } as const;
  let invalid: readonly Diagnostic[] = [];
  let result;
  try {
    result = decodeResult(descriptor, text, how);
  } catch (error) {
    // By its name: a program that does not ask for validation is to be without it.
    if (!(error instanceof DecodeError) || error.name !== "ValidationError") throw error;
    const { validate: _, ...lenient } = how;
    result = decodeResult(descriptor, text, lenient);
    // The envelope here is less than that of the schema, so only the value is held against its type.
    invalid = error.diagnostics.flatMap((one) =>
      one.path.startsWith(valuePath) ? [{ ...one, path: one.path.slice(valuePath.length) }] : [],
    );
  }
  const { value: message } = result;
  const bodies = message.body?.bodyContent ?? [];
  const { $type: given = "", ...value } = bodies[0] ?? {};
  // Documentation prints some types with a capital first letter, and a prefix may be undeclared.
  const agrees = given === "" || sameButFirstLetter(localOf(given), localOf(operation.response.name));
  const diagnostics = result.diagnostics.flatMap((one) => {
    if (!one.path.startsWith(valuePath)) return [one];
    const path = one.path.slice(valuePath.length);
    return agrees && one.code === "unknown-type" && path === "" ? [] : [{ ...one, path }];
  });
  return {
    responses: (message.header?.response ?? []).map(statusOf),
    value,
    bodies: bodies.length,
    diagnostics,
    wrongType: agrees ? undefined : given,
    invalid,
    // From the last on: an item that is removed moves those behind it.
    wrong: [...diagnostics]
      .reverse()
      .filter((one) => one.code === "invalid-value" && !mend(value, one))
      .reverse(),
  };
}

/** How {@link readAnswer} works for these options. */
export function readingOf({
  unknown,
  validateAnswers: validate,
}: Settings): Parameters<typeof readAnswer>[2] {
  return { unknown, ...(validate && { validate }) };
}

/** The findings that the options make an error. */
export function fatalIn(
  { diagnostics, wrong }: Reading,
  { missing, invalid }: Settings,
): readonly Diagnostic[] {
  return [
    ...(missing === "throw" ? diagnostics.filter(({ code }) => code.startsWith("missing-")) : []),
    ...(invalid === "throw" ? wrong : []),
  ];
}

/** What is to be said of a successful answer with no `bodyContent`, or with several; it has no place in the text. */
export function bodyFindings(operation: Operation, bodies: number): readonly Diagnostic[] {
  const nowhere = { line: 0, column: 0 };
  if (bodies > 1) {
    const message = `only the first of ${bodies} bodyContent is read`;
    return [{ code: "too-many", path: "/body/bodyContent", message, ...nowhere }];
  }
  const absent = bodies === 0 ? check(operation.response, {}) : [];
  return absent.flatMap((one) => (one.code.startsWith("missing-") ? [{ ...one, ...nowhere }] : []));
}

/**
 * Sites write an empty element for what they do not know, where a number or boolean should be, which is no value and not a
 * wrong one; and programs write booleans in capitals. Tells whether there is no wrong value any more.
 */
function mend(value: object, { path, message }: Diagnostic): boolean {
  const steps = path.split("/").slice(1);
  const last = steps.pop() ?? "";
  let owner: any = value;
  for (const step of steps) owner = owner?.[step];
  const text: unknown = owner?.[last];
  if (typeof text !== "string") return text === undefined;
  if (/^\s*(?:true|false)\s*$/iu.test(text) && message.endsWith("boolean")) owner[last] = /t/iu.test(text);
  else if (text.trim() !== "") return false;
  else if (Array.isArray(owner)) owner.splice(Number(last), 1);
  else Reflect.deleteProperty(owner as object, last);
  return true;
}

/** The local part of `{uri}local`, `prefix:local` or `java:package.local`. */
function localOf(name: string): string {
  return name.replace(/^.*[}:.]/u, "");
}

function sameButFirstLetter(a: string, b: string): boolean {
  return a.slice(1) === b.slice(1) && a.charAt(0).toLowerCase() === b.charAt(0).toLowerCase();
}

function statusOf({ result = "", subErrors: parts, ...rest }: ResponseElement): ResponseStatus {
  return {
    ...rest,
    result: result.trim(),
    ...(rest.exceptionID !== undefined && { exceptionID: rest.exceptionID.trim() }),
    subErrors: (parts?.subError ?? []).map(({ exceptionID = "", reason = "", value }) => ({
      exceptionID,
      reason,
      ...(value !== undefined && { value }),
    })),
  };
}
