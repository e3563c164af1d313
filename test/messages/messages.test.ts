import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { XmlDocument, XmlElement, XmlText, type XsdValidator } from "libxml2-wasm";
import { afterAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { loadNotes } from "../../generator/release/notes.js";
import { isImported, readBundle, releases } from "../bundles/bundle.js";
import { compile } from "../bundles/validator.js";
import { bytesOf, messageFolder, messages, type Message } from "./messages.js";

const root = fileURLToPath(new URL("../../xsd", import.meta.url));
const notes = loadNotes(root, releases, createReport(), "xsd");
const validators = new Map<string, XsdValidator>();

function validatorOf(release: string): XsdValidator {
  let validator = validators.get(release);
  if (validator === undefined) validators.set(release, (validator = compile(readBundle(release))));
  return validator;
}

afterAll(() => {
  for (const validator of validators.values()) validator.dispose();
});

function complaints(message: Message, release: string): readonly string[] {
  using document = XmlDocument.fromBuffer(bytesOf(message));
  try {
    validatorOf(release).validate(document);
    return [];
  } catch (error) {
    const { details } = error as { readonly details?: readonly { readonly message: string }[] };
    if (details === undefined) throw error;
    return details.map((detail) => detail.message.trim());
  }
}

const known: readonly string[] = releases;

test("the manifest and the folder list the same files", () => {
  const files = readdirSync(messageFolder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".xml"));
  expect(messages.map(({ file }) => file).sort()).toEqual(files.sort());
  for (const message of messages) {
    expect(known, message.file).toContain(message.release);
    expect(message.valid || (message.why ?? "") !== "", `${message.file} says why it is not valid`).toBe(
      true,
    );
  }
});

/** Messages against schemas of ours; those that somebody imported in their place may be of another mind. */
const judged = messages.filter(({ release }) => !isImported(release));

test.each(judged.filter(({ valid }) => valid))("$file is valid in $release", (message) => {
  expect(complaints(message, message.release)).toEqual([]);
});

test.each(judged.filter(({ valid }) => !valid))("$file is not: $why", (message) => {
  expect(complaints(message, message.release).length).toBeGreaterThan(0);
});

const previous = (release: string): string => known[known.indexOf(release) - 1] ?? "";

test.each(judged.filter(({ since, release }) => since === true && !isImported(previous(release))))(
  "$file was not valid before $release",
  (message) => {
    const [complaint = ""] = complaints(message, previous(message.release));
    const element = /^Element '(?:\{[^}]*\})?([^']+)': This element is not expected/u.exec(complaint)?.[1];
    const added = notes.releases
      .find(({ release }) => release === message.release)
      ?.changes.map((change) => change.element.replace(/^.*:/u, ""));
    expect(added, complaint).toContain(element);
  },
);

test("a valid message stays valid in every later release", () => {
  const broken: string[] = [];
  for (const message of messages) {
    if (!message.valid) continue;
    for (const release of known.slice(known.indexOf(message.release) + 1)) {
      if (isImported(release)) continue;
      if (complaints(message, release).length > 0) broken.push(`${message.file} in ${release}`);
    }
  }
  expect(broken).toEqual([]);
});

/** Local names and texts: what a message says when namespaces are left out. */
function plain(element: XmlElement): unknown {
  const children: unknown[] = [];
  for (let node = element.firstChild; node !== null; node = node.next) {
    if (node instanceof XmlElement) children.push(plain(node));
    else if (node instanceof XmlText && node.content.trim() !== "") children.push(node.content);
  }
  return { [element.name]: children };
}

test.each(messages.filter(({ twin }) => twin !== undefined))("$file says what $twin says", (message) => {
  const read = (file: string): unknown => {
    using document = XmlDocument.fromBuffer(bytesOf({ file }));
    return plain(document.root);
  };
  expect(read(message.file)).toEqual(read(message.twin ?? ""));
});

test.each(messages.filter(({ form }) => form === "wire"))(
  "$file names its operation as sites expect",
  (message) => {
    using document = XmlDocument.fromBuffer(bytesOf(message));
    const body = document.get("/*/body/bodyContent");
    if (!(body instanceof XmlElement)) throw new Error("no bodyContent");
    const wire = body.attrs.find(({ name }) => name === "type")?.value ?? "";
    const [service = "", operation = ""] = message.operation.split(".");
    const packages: Readonly<Record<string, string>> = { auo: "meeting.auo", trainingsession: "training" };
    expect(wire).toBe(
      `java:com.webex.service.binding.${packages[service] ?? service}.${operation.charAt(0).toUpperCase()}${operation.slice(1)}`,
    );
  },
);

test.each(messages.filter(({ direction }) => direction === "response"))(
  "$file has the outcome it names",
  (message) => {
    using document = XmlDocument.fromBuffer(bytesOf(message));
    const text = (name: string): string | undefined =>
      document.get(`/*/*[local-name()='header']/*[local-name()='response']/*[local-name()='${name}']`)
        ?.content;
    expect(text("result")).toBe(message.outcome);
    expect(text("exceptionID")).toBe(message.exceptionID);
  },
);

test("every service has messages, and every addition of 41.x has one", () => {
  const count = new Map<string, number>();
  for (const { operation } of messages) {
    const service = operation.split(".")[0] ?? "";
    count.set(service, (count.get(service) ?? 0) + 1);
  }
  for (const service of [
    "attendee",
    "auo",
    "ep",
    "event",
    "history",
    "meeting",
    "meetingtype",
    "sales",
    "site",
    "supportsession",
    "trainingsession",
    "user",
  ]) {
    expect(count.get(service) ?? 0, service).toBeGreaterThanOrEqual(2);
  }
  const added = messages
    .filter(({ since }) => since === true)
    .map(({ release, operation }) => `${release} ${operation}`);
  expect([...new Set(added)].sort()).toEqual(
    [
      "41.2.0 ep.lstsummarySession",
      "41.2.0 site.getSite",
      "41.2.0 user.getUser",
      "41.3.0 ep.getSessionInfo",
      "41.3.0 ep.lstsummarySession",
      "41.3.0 meeting.getMeeting",
      "41.3.0 site.getSite",
      "41.4.0 site.getSite",
      "41.5.0 site.getSite",
      "41.5.0 user.getUser",
      "41.5.0 user.setUser",
      "41.6.0 user.getUser",
      "41.6.3 site.getSite",
      "41.7.0 site.getSite",
      "41.11.0 history.lstrecordaccessHistory",
      "41.11.0 user.getUser",
      "41.12.0 meetingtype.lstMeetingType",
    ].sort(),
  );
  const codes = new Set(messages.map(({ exceptionID }) => exceptionID));
  for (const code of ["110064", "030117", "030118", "030119", "030120", "060068", "010106"]) {
    expect(codes, code).toContain(code);
  }
});
