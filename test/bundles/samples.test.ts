import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XmlDocument, type XmlElement } from "libxml2-wasm";
import { expect, test } from "vitest";
import { attribute, elements, files, readBundle, type Prefix } from "./bundle.js";
import { compile, complaints, targetNamespace } from "./validator.js";

const folder = fileURLToPath(new URL("../../../shared/webex/samples/", import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`skipped: the collected sample messages are not at ${folder}`);
const samples = present ? readdirSync(folder).filter((name) => name.endsWith(".xml")) : [];

/** What samples carry and the interface does not have: mistakes of clients, and one of the notes. */
const mistakes: Readonly<Record<string, string>> = {
  "securityContext/siteId": "a client's spelling of siteID",
  "createMeeting/schedule/timezoneID": "a client's spelling of timeZoneID",
  "setMeeting/meetingKey": "a client's spelling of meetingkey",
  "createTeleconferenceSession/accessControl/listStatus": "a field of other services",
  "createTeleconferenceSession/accessControl/registration": "a field of other services",
  "lstrecordaccessDetailHistory/recondID": "the notes' spelling of recordID",
};

const packages: Readonly<Record<string, Prefix>> = {
  attendee: "att",
  ep: "ep",
  event: "event",
  history: "history",
  meeting: "meet",
  "meeting.auo": "auo",
  meetingtype: "mtgtype",
  site: "site",
  user: "use",
};

interface Declaration {
  readonly prefix: Prefix;
  readonly element: XmlElement;
}

const bundle = readBundle("41.12.0");
const roots = new Map<Prefix, XmlElement>();
const namespaces = new Map<string, Prefix>();
for (const [prefix, path] of Object.entries(files) as [Prefix, string][]) {
  const text = bundle.get(path) ?? "";
  roots.set(prefix, XmlDocument.fromString(text).root);
  namespaces.set(targetNamespace(text), prefix);
}

function component(qname: string): Declaration | undefined {
  const [prefix, name] = qname.split(":") as [Prefix, string];
  const found = elements(roots.get(prefix) as XmlElement).find(
    (each) => each.name === "complexType" && attribute(each, "name") === name,
  );
  return found && { prefix, element: found };
}

/** The element declarations that a type allows, inherited ones included. */
function content(type: Declaration): Map<string, Declaration> {
  const found = new Map<string, Declaration>();
  const visit = (node: XmlElement): void => {
    for (const child of elements(node)) {
      if (child.name === "extension") {
        const base = component(attribute(child, "base") ?? "");
        if (base) for (const [name, declaration] of content(base)) found.set(name, declaration);
        visit(child);
      } else if (child.name === "element")
        found.set(attribute(child, "name") ?? "", { prefix: type.prefix, element: child });
      else if (child.name !== "annotation") visit(child);
    }
  };
  visit(type.element);
  return found;
}

function typeOf(declaration: Declaration): Declaration | undefined {
  const inner = elements(declaration.element).find((each) => each.name === "complexType");
  if (inner) return { prefix: declaration.prefix, element: inner };
  const name = attribute(declaration.element, "type");
  return name === undefined || name.startsWith("xsd:") ? undefined : component(name);
}

/** The paths below an element that its type does not know; a prefixed element must also be in the right namespace. */
function unknown(element: XmlElement, type: Declaration, path: string): string[] {
  const allowed = content(type);
  return elements(element).flatMap((child) => {
    const here = `${path}/${child.name}`;
    const declaration = allowed.get(child.name);
    if (!declaration) return [here];
    if (child.namespaceUri !== "" && namespaces.get(child.namespaceUri) !== declaration.prefix)
      return [`${here} in ${child.namespaceUri}`];
    const inner = typeOf(declaration);
    if (inner) return unknown(child, inner, here);
    return elements(child).map((each) => `${here}/${each.name}`);
  });
}

/** Samples are kept as found; some leave out the declaration of a prefix. */
function declarePrefixes(text: string): string {
  const body = text.replace(/<!--[\s\S]*?-->/g, "");
  const ns = "http://www.webex.com/schemas/2002/06/service";
  const missing = Object.entries({ serv: ns, use: `${ns}/user` })
    .filter(([prefix]) => body.includes(`<${prefix}:`) && !body.includes(`xmlns:${prefix}=`))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  return body.replace("<serv:message", `<serv:message${missing.join("")}`);
}

function read(name: string): XmlElement {
  return XmlDocument.fromBuffer(
    new TextEncoder().encode(declarePrefixes(readFileSync(folder + name, "latin1"))),
  ).root;
}

function operation(bodyContent: XmlElement): Declaration | undefined {
  const wire = bodyContent.attrs.find((each) => each.name === "type")?.value;
  if (wire === undefined) return undefined;
  const request = /^java:com\.webex\.service\.binding\.(.+)\.(\w)(\w*)$/.exec(wire);
  if (request)
    return component(
      `${packages[request[1] ?? ""] ?? ""}:${(request[2] ?? "").toLowerCase()}${request[3] ?? ""}`,
    );
  return component(wire.replace(/^ns1:/, "site:"));
}

test.runIf(present).each(samples)("the schemas know every element of %s", (name) => {
  const found: string[] = [];
  for (const part of elements(read(name)))
    for (const child of elements(part)) {
      if (child.name === "bodyContent") {
        const type = operation(child);
        expect(type !== undefined || child.attrs.length === 0, "the operation is known").toBe(true);
        if (type) found.push(...unknown(child, type, attribute(type.element, "name") ?? ""));
      } else {
        const type = component(child.name === "response" ? "serv:responseType" : "serv:securityContextType");
        found.push(...unknown(child, type as Declaration, child.name));
      }
    }
  expect(found.filter((path) => !(path in mistakes))).toEqual([]);
});

test.runIf(present)("whole responses of real sites are valid", () => {
  using validator = compile(bundle);
  const whole = samples.filter((name) => name.startsWith("resp-"));
  expect(whole.length).toBeGreaterThan(0);
  for (const name of whole)
    expect(complaints(validator, declarePrefixes(readFileSync(folder + name, "utf8"))), name).toEqual([]);
});
