import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XmlDocument, XmlElement } from "libxml2-wasm";

const root = fileURLToPath(new URL("../../xsd/", import.meta.url));

/** The releases that the repository carries, oldest first. */
export const releases = [
  "41.1.0",
  "41.2.0",
  "41.3.0",
  "41.4.0",
  "41.5.0",
  "41.6.0",
  "41.6.3",
  "41.7.0",
  "41.8.0",
  "41.9.0",
  "41.10.0",
  "41.11.0",
  "41.12.0",
] as const;

/** Whether the schemas of a release were put there by `xsd-strata import`. */
export function isImported(release: string): boolean {
  const note = `${root}${release}/SOURCE.md`;
  return existsSync(note) && readFileSync(note, "utf8").includes("Imported with `xsd-strata import`");
}

/** The releases that are ours. What somebody imported in their place says what the vendor says, so tests leave it alone. */
export const reconstructed: readonly string[] = releases.filter((release) => !isImported(release));

/** Releases that are ours, as is the one before: what they add is known. */
export const comparable: readonly string[] = releases.filter((release, index) => {
  const before = releases[index - 1];
  return !isImported(release) && (before === undefined || !isImported(before));
});

const replaced = folders().filter(isImported);
if (replaced.length > 0) {
  console.warn(
    `skipped for ${replaced.join(", ")}: SOURCE.md says that it was imported, and these tests are about the reconstruction`,
  );
}

/** The vendor's layout, each file with the prefix that the schemas use for its namespace. */
export const files = {
  com: "common/common.xsd",
  serv: "service/service.xsd",
  att: "service/attendee/attendee.xsd",
  ep: "service/ep/ep.xsd",
  event: "service/event/event.xsd",
  history: "service/history/history.xsd",
  meet: "service/meeting/meeting.xsd",
  auo: "service/meeting/teleconferenceonly.xsd",
  mtgtype: "service/meetingtype/meetingtype.xsd",
  sales: "service/sales/sales.xsd",
  sess: "service/session/session.xsd",
  site: "service/site/site.xsd",
  sc: "service/supportsession/supportsession.xsd",
  qtiasi: "service/training/training_ims_qtiasiv1p2.xsd",
  qti: "service/training/training_ims_qtiresv1p2.xsd",
  train: "service/training/trainingsession.xsd",
  use: "service/user/user.xsd",
} as const;

/** A prefix that the schemas use. */
export type Prefix = keyof typeof files;

/** The names of the release folders in `xsd/`. */
export function folders(): string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
    .map((entry) => entry.name);
}

/** The schema files of a release by their path in its folder. */
export function readBundle(release: string): Map<string, string> {
  const folder = `${root}${release}/`;
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".xsd"))
    .sort();
  return new Map(paths.map((path) => [path, readFileSync(folder + path, "utf8")]));
}

/** The element children of a node. */
export function elements(parent: XmlElement): XmlElement[] {
  const found: XmlElement[] = [];
  for (let node = parent.firstChild; node !== null; node = node.next)
    if (node instanceof XmlElement) found.push(node);
  return found;
}

/** The value of an attribute without a namespace. */
export function attribute(element: XmlElement, name: string): string | undefined {
  return element.attrs.find((attr) => attr.name === name && attr.prefix === "")?.value;
}

/** One node of a schema document: where it is, what it is and what it says. */
export interface Line {
  /** Names of the enclosing named components, joined by `/`. */
  readonly path: string;
  readonly name: string;
  readonly text: string;
}

/** A schema document as lines in document order, so that two documents compare node by node. */
export function flatten(source: string): Line[] {
  using document = XmlDocument.fromString(source);
  const lines: Line[] = [];
  const visit = (element: XmlElement, path: string): void => {
    const name = attribute(element, "name") ?? attribute(element, "ref");
    const here = name === undefined ? path : path === "" ? name : `${path}/${name}`;
    const attributes = element.attrs.map((attr) => `${attr.name}="${attr.value}"`).join(" ");
    const text = element.name === "documentation" ? ` ${element.content.trim()}` : "";
    lines.push({ path: here, name: element.name, text: `${here} <${element.name} ${attributes}>${text}` });
    for (const child of elements(element)) visit(child, here);
  };
  visit(document.root, "");
  return lines;
}
