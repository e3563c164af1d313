/** Messages that were collected elsewhere, and what the newest release of the bundles says about them, read with libxml2 alone. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XmlDocument, type XmlElement } from "libxml2-wasm";
import { attribute, elements, files, readBundle, reconstructed, type Prefix } from "./bundle.js";
import { targetNamespace } from "./validator.js";

const folder = fileURLToPath(new URL("../../../shared/webex/samples/", import.meta.url));
const there = existsSync(folder);
if (!there) console.warn(`skipped: the collected sample messages are not at ${folder}`);
/** Whether they are there, and a release of ours to hold them against. */
export const present = there && reconstructed.length > 0;
/** Names of the files. */
export const samples = present ? readdirSync(folder).filter((name) => name.endsWith(".xml")) : [];

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

/** An element or type declaration, with the prefix of its file. */
export interface Declaration {
  readonly prefix: Prefix;
  readonly element: XmlElement;
}

const kept: XmlDocument[] = [];

/** The root of a document that lives as long as this module: an element alone does not keep its tree. */
function keep(document: XmlDocument): XmlElement {
  kept.push(document);
  return document.root;
}

/** The newest release that is ours. */
export const release = reconstructed.at(-1) ?? "";
export const bundle = release === "" ? new Map<string, string>() : readBundle(release);
const roots = new Map<Prefix, XmlElement>();
/** The prefix of each namespace. */
export const namespaces = new Map<string, Prefix>();
for (const [prefix, path] of Object.entries(files) as [Prefix, string][]) {
  const text = bundle.get(path) ?? "<none/>";
  roots.set(prefix, keep(XmlDocument.fromString(text)));
  namespaces.set(targetNamespace(text), prefix);
}

/** A named complex type: `use:getUser`. */
export function component(qname: string): Declaration | undefined {
  const [prefix, name] = qname.split(":") as [Prefix, string];
  const found = elements(roots.get(prefix) as XmlElement).find(
    (each) => each.name === "complexType" && attribute(each, "name") === name,
  );
  return found && { prefix, element: found };
}

/** The element declarations that a type allows, inherited ones included. */
export function content(type: Declaration): Map<string, Declaration> {
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

/** The complex type of an element. */
export function typeOf(declaration: Declaration): Declaration | undefined {
  const inner = elements(declaration.element).find((each) => each.name === "complexType");
  if (inner) return { prefix: declaration.prefix, element: inner };
  const name = attribute(declaration.element, "type");
  return name === undefined || name.startsWith("xsd:") ? undefined : component(name);
}

/** Samples are kept as found; some leave out the declaration of a prefix. */
export function declarePrefixes(text: string): string {
  const body = text.replace(/<!--[\s\S]*?-->/g, "");
  const ns = "http://www.webex.com/schemas/2002/06/service";
  const missing = Object.entries({ serv: ns, use: `${ns}/user` })
    .filter(([prefix]) => body.includes(`<${prefix}:`) && !body.includes(`xmlns:${prefix}=`))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`);
  return body.replace("<serv:message", `<serv:message${missing.join("")}`);
}

/** A sample as a tree. */
export function read(name: string): XmlElement {
  return keep(XmlDocument.fromBuffer(new TextEncoder().encode(declarePrefixes(textOf(name)))));
}

/** The type of a bodyContent. */
export function operation(bodyContent: XmlElement): Declaration | undefined {
  const wire = bodyContent.attrs.find((each) => each.name === "type")?.value;
  if (wire === undefined) return undefined;
  const request = /^java:com\.webex\.service\.binding\.(.+)\.(\w)(\w*)$/.exec(wire);
  if (request)
    return component(
      `${packages[request[1] ?? ""] ?? ""}:${(request[2] ?? "").toLowerCase()}${request[3] ?? ""}`,
    );
  return component(wire.replace(/^ns1:/, "site:"));
}

/** The text of a sample; all of them are ASCII but for names in UTF-8. */
export function textOf(name: string): string {
  return readFileSync(folder + name, "utf8");
}
