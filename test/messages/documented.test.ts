/**
 * Requests that documentation prints or public programs send, read and written again by the client: the same in
 * canonical form (exclusive C14N) without white space between elements, comments and xsi:schemaLocation. Some are
 * printed in another order than their schema's: those are put in order first, and listed. The order is taken from the
 * XSD files themselves, not from the model that the client is made of.
 */
import { fileURLToPath } from "node:url";
import { XmlC14NMode, XmlDocument, XmlElement, XmlText } from "libxml2-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { liveOperations } from "../../generator/mock/operations.js";
import { linkDescriptors } from "../../generator/descriptors.js";
import { readSchema } from "../../generator/read-schema.js";
import { pathSource } from "../../generator/source.js";
import { decodeResult } from "../../templates/runtime/decode.js";
import type { ElementDescriptor, Struct } from "../../templates/runtime/descriptor.js";
import { encode } from "../../templates/runtime/encode.js";
import {
  call,
  connect,
  writeBody,
  writeMessage,
  type Credentials,
  type Operation,
} from "../../templates/runtime/webex/index.js";
import { elements } from "../bundles/bundle.js";
import {
  bundle,
  component,
  content,
  declarePrefixes,
  operation as typeOfBody,
  present,
  release,
  samples,
  textOf,
  typeOf,
  type Declaration,
} from "../bundles/samples.js";
import { compile, complaints } from "../bundles/validator.js";

/** What is printed or sent and is not so in the interface: where, what, what the interface has, and why we think so. */
const corrections: readonly (readonly [files: RegExp, wrong: RegExp, right: string, why: string])[] = [
  [/^req-ciscoie-/u, /siteId>/gu, "siteID>", "misspelt by a client: every other source writes siteID"],
  [/-SetMeeting/u, /meetingKey>/gu, "meetingkey>", "the schema of this one operation writes meetingkey"],
  [/-CreateMeeting/u, /timezoneID>/gu, "timeZoneID>", "misspelt by a client"],
  [/-LstsummaryMeeting/u, />HOSTNAME</gu, ">HOSTWEBEXID<", "not a value that a list can be sorted by"],
  [/-LstsummaryMeeting/u, />STATUS</gu, ">STARTTIME<", "not a value that a list can be sorted by"],
  [/-qualified-children/u, /<(\/?)use:/gu, "<$1", "a prefix that the request itself does not declare"],
  [/^req-postman-meeting-CreateMeeting/u, />TRUE</gu, ">true<", "xs:boolean has no capitals"],
];

/** Values for holes that not any text can fill. */
const values: Readonly<Record<string, string>> = {
  _MEETING_KEY: "123456789",
  meetingType: "1",
  meetingCenter: "true",
  trainingCenter: "true",
  supportCenter: "true",
  eventCenter: "false",
  salesCenter: "false",
};

let operations: ReadonlyMap<string, Operation> = new Map();
let envelope: ElementDescriptor | undefined;
let prefixes: Readonly<Record<string, string>> = {};
const validator = present ? compile(bundle) : undefined;
afterAll(() => validator?.dispose());

beforeAll(async () => {
  const report = createReport();
  const source = pathSource(fileURLToPath(new URL(`../../xsd/${release}`, import.meta.url)));
  const schema = await readSchema(source, report);
  if (schema?.service === undefined) throw new Error(`${release} cannot be read`);
  const descriptors = await linkDescriptors(schema, source);
  const { model, service } = schema;
  operations = new Map(liveOperations(model, service, descriptors).map((each) => [each.wireType, each]));
  const serv = model.namespaces.find(({ prefix }) => prefix === "serv")?.uri ?? "";
  envelope = descriptors.element(`{${serv}}message`);
  prefixes = Object.fromEntries(
    model.namespaces.filter(({ prefix }) => prefix !== "").map(({ uri, prefix }) => [uri, prefix]),
  );
});

const xsi = "http://www.w3.org/2001/XMLSchema-instance";
const escape = (text: string): string =>
  text.replace(/[&<"\r]/gu, (character) => `&#${character.charCodeAt(0)};`);

const texts = (element: XmlElement): string => {
  let text = "";
  for (let node = element.firstChild; node !== null; node = node.next)
    if (node instanceof XmlText) text += node.content;
  return text;
};

/** Puts the children of an element in the order of its type; what the type does not know stays where it is. */
function inOrder(
  children: readonly XmlElement[],
  allowed: ReadonlyMap<string, Declaration> | undefined,
): readonly XmlElement[] {
  if (allowed === undefined) return children;
  const names = [...allowed.keys()];
  const known = children.filter(({ name }) => names.includes(name));
  const sorted = known.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
  let next = 0;
  return children.map((child) => (names.includes(child.name) ? (sorted[next++] ?? child) : child));
}

/** Writes an element without what does not count; with `sort`, its children in the order of the schema. */
function rebuild(element: XmlElement, type: Declaration | undefined, sort: boolean): string {
  const named = element.prefix === "" ? element.name : `${element.prefix}:${element.name}`;
  const attributes = element.attrs
    .filter(({ name, namespaceUri }) => !(name === "schemaLocation" && namespaceUri === xsi))
    .map(({ name, prefix, value }) => ` ${prefix === "" ? name : `${prefix}:${name}`}="${escape(value)}"`);
  const spaces = Object.entries(element.nsDeclarations).map(
    ([prefix, uri]) => ` xmlns${prefix === "" ? "" : `:${prefix}`}="${escape(uri)}"`,
  );
  const children = elements(element);
  const allowed = type && content(type);
  const ordered = sort ? inOrder(children, allowed) : children;
  const inner = ordered.map((child) => {
    const declaration = allowed?.get(child.name);
    return rebuild(
      child,
      child.name === "bodyContent" ? typeOfBody(child) : declaration && typeOf(declaration),
      sort,
    );
  });
  const text = texts(element);
  return `<${named}${spaces.join("")}${attributes.join("")}>${text.trim() === "" ? "" : escape(text)}${inner.join("")}</${named}>`;
}

function canonical(text: string, sort: boolean): string {
  using document = XmlDocument.fromString(text);
  using plain = XmlDocument.fromString(rebuild(document.root, component("serv:messageType"), sort));
  return plain.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 });
}

const documented = samples.filter((name) => /(?:^|-)req-/u.test(name));

/** A request as it was found, made well-formed and cleared of the mistakes that are listed. */
function correct(name: string): string {
  // Where a program or a document leaves a hole, any value will do.
  let text = declarePrefixes(textOf(name))
    .replace(/(<siteName>)[^<]*[^a-z\d<-][^<]*(?=<)/iu, "$1example")
    .replace(/\{\{?(\w+)\}\}?/gu, (_, hole: string) => values[hole] ?? hole);
  for (const [files, wrong, right] of corrections) {
    if (files.test(name)) text = text.replace(wrong, right);
  }
  return text;
}

const secrets = ["password", "sessionTicket", "webExAccessToken", "accessToken"];
const contextOrder = [...(contentOf("serv:securityContextType")?.keys() ?? [])];
type SecurityContext = Parameters<typeof writeMessage>[0];

function contentOf(qname: string): ReadonlyMap<string, Declaration> | undefined {
  const type = component(qname);
  return type && content(type);
}

/** What the client sends for what a request says. */
async function resend(text: string): Promise<string> {
  using document = XmlDocument.fromString(text);
  const body = document.get("/*/*[local-name()='body']/*[local-name()='bodyContent']");
  if (!(body instanceof XmlElement)) throw new Error("no bodyContent");
  const wireType = body.attrs.find((each) => each.name === "type")?.value ?? "";
  const operation = operations.get(wireType);
  if (operation === undefined) throw new Error(`no operation ${wireType}`);
  const context = new Map(
    document
      .find("/*/*[local-name()='header']/*[local-name()='securityContext']/*")
      .map((each) => [(each as XmlElement).name, (each as XmlElement).content]),
  );
  const { value } = decodeResult(
    operation.request as Struct,
    `<bodyContent xmlns:xsi="${xsi}"${Object.entries(body.namespaces)
      .map(([prefix, uri]) => (prefix === "xsi" ? "" : ` xmlns${prefix && ":"}${prefix}="${uri}"`))
      .join("")}>${elements(body)
      .map((each) => rebuild(each, undefined, false))
      .join("")}</bodyContent>`,
    { unknown: "keep", unqualified: "accept" },
  );
  if (secrets.every((name) => !context.has(name)) && context.has("webExID")) {
    // AuthenticateUser has its secret in the body, where credentials cannot put it.
    const header = [...context].toSorted(([a], [b]) => contextOrder.indexOf(a) - contextOrder.indexOf(b));
    return writeMessage(header as unknown as SecurityContext, writeBody(operation, value));
  }
  let sent: string | undefined;
  const { siteName, ...credentials } = Object.fromEntries(context);
  const connection = connect({
    siteName,
    ...(siteName === undefined && { url: "https://example.webex.com/WBXService/XMLService" }),
    credentials: (Object.keys(credentials).length === 0 ? { anonymous: true } : credentials) as Credentials,
    fetch: (_url, init) => {
      sent = String(init?.body);
      return Promise.reject(new Error("sent"));
    },
    retry: false,
  });
  try {
    await call(connection, operation, value);
  } catch (error) {
    if (sent === undefined) throw error;
  }
  return sent ?? "";
}

/** Up to a place where two texts differ, so that a failure can be read. */
function difference(theirs: string, ours: string): string {
  let at = 0;
  while (at < theirs.length && theirs[at] === ours[at]) at++;
  const around = (text: string): string => text.slice(Math.max(0, at - 60), at + 120);
  return `\n  theirs: ${around(theirs)}\n  ours:   ${around(ours)}`;
}

test.runIf(present)("each documented request is what the client sends", async () => {
  const sorted: string[] = [];
  const wrong: string[] = [];
  for (const name of documented) {
    const text = correct(name);
    const ours = canonical(await resend(text), false);
    const theirs = canonical(text, true);
    if (ours !== theirs) wrong.push(name + difference(theirs, ours));
    else if (canonical(text, false) !== ours) sorted.push(name);
  }
  expect(wrong).toEqual([]);
  const corrected = corrections.flatMap(([files, wrongly, right, why]) => {
    const found = documented.filter(
      (name) => files.test(name) && declarePrefixes(textOf(name)).search(wrongly) >= 0,
    );
    expect(found, `${String(wrongly)} is not in the samples any more`).not.toEqual([]);
    return [`${String(wrongly)} read as ${right}: ${why}`, ...found.map((name) => `  ${name}`)];
  });
  console.log(
    [
      `${documented.length} documented requests equal ours; corrected before:`,
      ...corrected.map((line) => `  ${line}`),
      `put in the order of the schema before (${sorted.length}):`,
      ...sorted.map((name) => `  ${name}`),
    ].join("\n"),
  );
  expect(documented.length).toBeGreaterThan(40);
});

test.runIf(present).each(samples)("%s is the same after decoding, encoding and decoding", (name) => {
  if (envelope === undefined) throw new Error("no envelope");
  const text = declarePrefixes(textOf(name));
  const options = { unknown: "keep", unqualified: "accept" } as const;
  const first = decodeResult(envelope, text, options);
  const isRequest = documented.includes(name);
  const written = encode(envelope, first.value as never, {
    prefixes,
    check: false,
    ...(isRequest && { qualified: false }),
  });
  expect(decodeResult(envelope, written, options).value).toEqual(first.value);
  if (!isRequest && validator && complaints(validator, text).length === 0) {
    valid.push(name);
    expect(complaints(validator, written)).toEqual([]);
  }
});

const valid: string[] = [];

test.runIf(present)("whole responses stayed valid", () => {
  console.log(`valid before and after: ${valid.join(", ")}`);
  expect(valid.length).toBeGreaterThan(0);
});
