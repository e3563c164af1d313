/** Documents to measure with, made from nothing but a seed; and the descriptors that read them. */
import {
  boolean,
  double,
  int,
  string,
  type Atomic,
  type ElementDescriptor,
  type Field,
  type Polymorphic,
  type SimpleType,
  type Struct,
  polymorphic,
} from "../templates/runtime/index.js";

const base = "http://www.example.com/schemas/";
export const namespaces = {
  serv: base + "service",
  com: base + "common",
  ep: base + "ep",
  site: base + "site",
};
const prefixOf = Object.fromEntries(Object.entries(namespaces).map(([prefix, uri]) => [uri, prefix]));
const xsi = "http://www.w3.org/2001/XMLSchema-instance";

const longAsString: Atomic = { kind: "atomic", builtin: "long", as: "string" };
const status: Atomic = {
  kind: "atomic",
  builtin: "string",
  as: "string",
  values: ["INPROGRESS", "NOT_INPROGRESS"],
};

const fields = (text: string): Field[] =>
  text.split(/\s+/).map((one) => {
    const [name = "", kind] = one.split(":");
    const type: SimpleType =
      { i: int, b: boolean, n: double, k: longAsString, e: status }[kind ?? ""] ?? string;
    return { name, type, min: 0 };
  });

const tracking: Struct = {
  kind: "struct",
  name: `{${namespaces.com}}trackingType`,
  ns: namespaces.com,
  content: fields("code1 code2"),
};
const assist: Struct = {
  kind: "struct",
  name: `{${namespaces.ep}}assistType`,
  ns: namespaces.ep,
  content: fields("assistRequest:b"),
};
const fullAssist: Struct = {
  kind: "struct",
  name: `{${namespaces.ep}}fullAssistType`,
  ns: namespaces.ep,
  base: () => assist,
  content: fields("assistConfirm:b assistMinutes:i"),
};
const anyAssist: Polymorphic = polymorphic({
  base: assist,
  tag: "ep:assistType",
  derived: [["ep:fullAssistType", fullAssist.name, () => fullAssist]],
});
const session: Struct = {
  kind: "struct",
  name: `{${namespaces.ep}}sessionType`,
  ns: namespaces.ep,
  content: [
    ...fields(
      "sessionKey:i confName sessionType:i serviceType hostWebExID hostFirstName hostLastName otherHostWebExID timeZoneID:i timeZone status:e startTime actualStartTime openTime:i duration:i listStatus hostEmail passwordReq:b hostJoined:b participantsJoined:b confID:k registration:b isRecurring:b altHost:b",
    ),
    { name: "tracking", type: tracking, min: 0 },
    { name: "assist", type: anyAssist, min: 0 },
    ...fields("hostType audioStatus isAudioOnly:b size:n createTime description"),
    { name: "keyword", type: string, min: 0, max: Infinity },
  ],
};
const counters: Struct = {
  kind: "struct",
  name: `{${namespaces.serv}}matchingRecordsType`,
  ns: namespaces.serv,
  content: fields("total:i returned:i startFrom:i"),
};
const answer: Struct = {
  kind: "struct",
  name: `{${namespaces.ep}}lstsummarySessionResponse`,
  ns: namespaces.ep,
  content: [
    { name: "matchingRecords", type: counters, min: 0 },
    { name: "session", type: session, min: 0, max: Infinity },
  ],
};
const content: Polymorphic = polymorphic({
  base: { kind: "struct", name: `{${namespaces.serv}}bodyContentType`, ns: namespaces.serv },
  tag: "serv:bodyContentType",
  derived: [["ep:lstsummarySessionResponse", answer.name, () => answer]],
});
const struct = (name: string, content: Field[]): Struct => ({
  kind: "struct",
  name: `{${namespaces.serv}}${name}`,
  ns: namespaces.serv,
  content,
});
const message = struct("message", [
  {
    name: "header",
    type: struct("header", [
      { name: "response", type: struct("response", fields("result gsbStatus")), min: 0 },
    ]),
    min: 0,
  },
  { name: "body", type: struct("body", [{ name: "bodyContent", type: content }]) },
]);

/** The root of all documents here. */
export const messageElement: ElementDescriptor = {
  kind: "element",
  name: `{${namespaces.serv}}message`,
  tag: "serv:message",
  type: message,
};

/** Draws numbers that are the same everywhere. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return Math.floor((state / 0x80000000) * below);
  };
}

const words =
  "Weekly Sync Review Team Project Alpha Budget & Planning Quarterly Onboarding Customer Success Q&A Roadmap Zürich Design".split(
    " ",
  );

/** Fields whose values have a form of their own. */
const usualValues: Readonly<Record<string, (random: (below: number) => number) => string>> = {
  timeZone: () => "GMT-08:00, Pacific (San Jose)",
  serviceType: (random) => ["MeetingCenter", "EventCenter", "TrainingCenter"][random(3)] as string,
  hostWebExID: (random) => `user${random(99999)}`,
  otherHostWebExID: (random) => `user${random(99999)}`,
  hostFirstName: (random) => ["Ann", "Bob", "Carla", "Dmitri"][random(4)] as string,
  hostLastName: (random) => ["Smith", "Müller", "Jones", "Okafor"][random(4)] as string,
  hostEmail: (random) => `user${random(99999)}@example.com`,
  listStatus: () => "PUBLIC",
  hostType: () => "HOST",
  audioStatus: () => "NONE",
};

/** How a document is written; what it says is the same. */
export interface Style {
  /** White space between elements. */
  readonly indented?: boolean;
  /** Characters beyond Latin-1, which make the text two bytes wide. */
  readonly wide?: boolean;
}

/** An answer with so many sessions, about 1.5 kB each; 2 % of the elements are missing. */
export function listDocument(sessions: number, style: Style = {}): string {
  const random = createRandom(7);
  const escape = (text: string) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
  const phrase = (length: number) =>
    Array.from({ length }, () => words[random(words.length)]).join(" ") + (style.wide ? " 会议" : "");
  const two = (n: number) => String(n).padStart(2, "0");
  const leaf = (name: string, type: SimpleType): string => {
    if (type === boolean) return random(2) ? "true" : "false";
    if (type === int) return String(random(name === "sessionKey" ? 900_000_000 : 100_000));
    if (type === double) return (random(1_000_000) / 1000).toFixed(3);
    if (type === longAsString) return `1589415${random(1_000_000)}0${random(1_000)}`;
    if (type === status) return "NOT_INPROGRESS";
    if (name.endsWith("Time"))
      return `${two(1 + random(12))}/${two(1 + random(28))}/20${two(10 + random(15))} ${two(random(24))}:${two(random(60))}:${two(random(60))}`;
    const usual = usualValues[name]?.(random);
    if (usual !== undefined) return usual;
    if (name === "description" && random(4) === 0) return `<![CDATA[<p>${phrase(4)}</p>]]>`;
    return escape(phrase(name === "description" ? 5 : 1 + random(3)));
  };
  const newline = (depth: number) => (style.indented ? "\n" + "  ".repeat(depth) : "");
  const element = (
    uri: string,
    name: string,
    attributes: string,
    inner: string,
    depth: number,
    leafy: boolean,
  ): string =>
    `${newline(depth)}<${prefixOf[uri]}:${name}${attributes}>${inner}${leafy ? "" : newline(depth)}</${prefixOf[uri]}:${name}>`;
  const write = (type: Struct, depth: number): string => {
    const own = type.base ? write((type.base as () => Struct)(), depth) : "";
    return own + (type.content ?? []).map((member) => writeField(member as Field, type.ns, depth)).join("");
  };
  const writeField = (field: Field, ns: string, depth: number): string => {
    if (random(50) === 0) return "";
    const type = (typeof field.type === "function" ? field.type() : field.type) as
      SimpleType | Struct | Polymorphic;
    const times = field.name === "keyword" ? 1 + random(3) : 1;
    return Array.from({ length: times }, () => {
      if (type.kind === "polymorphic") {
        const full = random(2) === 1;
        return element(
          ns,
          field.name,
          full ? ' xsi:type="ep:fullAssistType"' : "",
          write(full ? fullAssist : assist, depth + 1),
          depth,
          false,
        );
      }
      return type.kind === "struct"
        ? element(ns, field.name, "", write(type, depth + 1), depth, false)
        : element(ns, field.name, "", leaf(field.name, type), depth, true);
    }).join("");
  };
  const list = Array.from({ length: sessions }, () =>
    element(namespaces.ep, "session", "", write(session, 5), 4, false),
  ).join("");
  const declarations = Object.entries(namespaces)
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join("");
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<serv:message${declarations}>` +
    `<serv:header><serv:response><serv:result>SUCCESS</serv:result><serv:gsbStatus>PRIMARY</serv:gsbStatus></serv:response></serv:header>` +
    `<serv:body><serv:bodyContent xsi:type="ep:lstsummarySessionResponse" xmlns:xsi="${xsi}">` +
    `<ep:matchingRecords><serv:total>${sessions}</serv:total><serv:returned>${sessions}</serv:returned><serv:startFrom>1</serv:startFrom></ep:matchingRecords>` +
    `${list}${newline(3)}</serv:bodyContent></serv:body></serv:message>`
  );
}

/** What a conversion of an untyped tree must know: a struct's fields with their types, by name. */
export { answer, anyAssist, fullAssist, session };
