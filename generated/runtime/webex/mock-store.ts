// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What a mock site remembers: users, meetings, events, training sessions, and how operations act on them. */
import type { Field, Member, Struct, Type } from "../descriptor.js";
import { check } from "../encode.js";
import { follow } from "../plan.js";
import { isObject } from "../values.js";
import { chainOf, sampleOf } from "./mock-sample.js";
import type { Operation } from "./operation.js";

/** Something that the site keeps; members as in the requests that made it. */
export type MockRecord = Record<string, unknown>;

/** What an operation does to a collection. */
type Action = "create" | "get" | "set" | "delete" | "list";

interface Kind {
  readonly name: string;
  /** Members that hold the key, in requests and answers, however they are spelt. */
  readonly keys: readonly string[];
  /** Operations, `service.name` to action. */
  readonly operations: Readonly<Record<string, Action>>;
  /** The code of a record that is not there, and of one that is there already. */
  readonly missing: string;
  readonly exists?: string;
}

const sessionOperations = {
  "ep.getSessionInfo": "get",
  "ep.delSession": "delete",
  "ep.lstsummarySession": "list",
} as const;

const kinds: readonly Kind[] = [
  {
    name: "users",
    keys: ["webexid"],
    operations: {
      "user.createUser": "create",
      "user.getUser": "get",
      "user.setUser": "set",
      "user.delUser": "delete",
      "user.lstsummaryUser": "list",
      "user.lstUser": "list",
    },
    missing: "030001",
    exists: "030004",
  },
  {
    name: "meetings",
    keys: ["meetingkey", "sessionkey"],
    operations: {
      "meeting.createMeeting": "create",
      "meeting.getMeeting": "get",
      "meeting.setMeeting": "set",
      "meeting.delMeeting": "delete",
      "meeting.lstsummaryMeeting": "list",
      "meeting.lstMeeting": "list",
      "meeting.gethosturlMeeting": "get",
      "meeting.getjoinurlMeeting": "get",
      ...sessionOperations,
    },
    missing: "060001",
  },
  {
    name: "events",
    keys: ["sessionkey"],
    operations: {
      "event.createEvent": "create",
      "event.getEvent": "get",
      "event.setEvent": "set",
      "event.delEvent": "delete",
      "event.lstsummaryEvent": "list",
      ...sessionOperations,
    },
    missing: "060001",
  },
  {
    name: "trainingSessions",
    keys: ["sessionkey"],
    operations: {
      "trainingsession.createTrainingSession": "create",
      "trainingsession.getTrainingSession": "get",
      "trainingsession.setTrainingSession": "set",
      "trainingsession.delTrainingSession": "delete",
      "trainingsession.lstsummaryTrainingSession": "list",
      "trainingsession.lstTrainingSession": "list",
      ...sessionOperations,
    },
    missing: "060001",
  },
];

/** What came of an operation on the store: an answer, or the code of a failure; with what was decided. */
export type StoreResult =
  | { readonly value: object; readonly decision: string }
  | { readonly exceptionID: string; readonly decision: string };

/** The records of a site. */
export interface MockStore {
  /** Undefined when the operation has nothing to do with what is kept. */
  readonly handle: (
    operation: Operation,
    request: MockRecord,
    caller: string | undefined,
  ) => StoreResult | undefined;
  readonly users: Map<string, MockRecord>;
  readonly meetings: Map<string, MockRecord>;
  readonly events: Map<string, MockRecord>;
  readonly trainingSessions: Map<string, MockRecord>;
}

/** An empty store. Keys are handed out from `seed` on. */
export function createStore(seed: number): MockStore {
  const collections = new Map(kinds.map(({ name }) => [name, new Map<string, MockRecord>()]));
  const of = (name: string): Map<string, MockRecord> =>
    collections.get(name) ?? new Map<string, MockRecord>();
  let next = 100_000_000 + seed * 1000;
  const newKey = (): string => String(++next);
  return {
    users: of("users"),
    meetings: of("meetings"),
    events: of("events"),
    trainingSessions: of("trainingSessions"),
    handle(operation, request, caller) {
      const name = `${operation.service}.${operation.name}`;
      const concerned = kinds.filter((kind) => Object.hasOwn(kind.operations, name));
      const [first] = concerned;
      if (first === undefined) return undefined;
      switch (first.operations[name]) {
        case "create":
          return create(first, of(first.name), operation, request, caller, newKey);
        case "list":
          return list(
            concerned.map((kind) => ({ kind, records: of(kind.name) })),
            operation,
            request,
          );
        case "delete":
          return remove(
            concerned.map((kind) => ({ kind, records: of(kind.name) })),
            operation,
            request,
          );
        default: {
          const keys = keysIn(first, request);
          if (keys.length === 0 && first.operations[name] === "get") return undefined;
          for (const key of keys) {
            for (const kind of concerned) {
              const records = of(kind.name);
              const record = records.get(normal(key));
              if (record === undefined) continue;
              return kind.operations[name] === "set"
                ? set(kind, records, key, record, operation, request)
                : {
                    value: project(operation.response, record),
                    decision: `found ${key} among ${kind.name}`,
                  };
            }
          }
          return { exceptionID: first.missing, decision: `${keys.join(", ")} is not among ${first.name}` };
        }
      }
    },
  };
}

const normal = (key: string): string => key.toLowerCase();

/** The keys that a request names, whatever their spelling; several where it takes several. */
function keysIn({ keys }: Kind, request: MockRecord): readonly string[] {
  return Object.entries(request)
    .filter(([name]) => keys.includes(name.toLowerCase()))
    .flatMap(([, value]) => (Array.isArray(value) ? (value as unknown[]) : [value]))
    .filter((value) => value !== undefined && value !== "")
    .map(String);
}

function create(
  kind: Kind,
  records: Map<string, MockRecord>,
  operation: Operation,
  request: MockRecord,
  caller: string | undefined,
  newKey: () => string,
): StoreResult {
  const [given] = kind.name === "users" ? keysIn(kind, request) : [];
  const key = given ?? newKey();
  if (records.has(normal(key)) && kind.exists !== undefined)
    return { exceptionID: kind.exists, decision: `${key} is among ${kind.name} already` };
  const email = request["email"];
  if (
    kind.name === "users" &&
    typeof email === "string" &&
    [...records.values()].some((one) => one["email"] === email)
  )
    return { exceptionID: "030005", decision: `${email} belongs to another of ${kind.name}` };
  const record: MockRecord = {
    ...request,
    ...(kind.name === "users"
      ? { userId: newKey(), active: request["active"] ?? "ACTIVATED" }
      : { hostWebExID: request["hostWebExID"] ?? caller, status: "NOT_INPROGRESS" }),
    ...keyMembers(kind, key),
  };
  records.set(normal(key), record);
  return { value: project(operation.response, record), decision: `made ${key} among ${kind.name}` };
}

/** A key under all the names that answers may ask for it by. */
function keyMembers(kind: Kind, key: string): MockRecord {
  return kind.name === "users"
    ? { webExId: key }
    : { meetingKey: key, meetingkey: key, sessionKey: key, sessionkey: key };
}

function set(
  kind: Kind,
  records: Map<string, MockRecord>,
  key: string,
  record: MockRecord,
  operation: Operation,
  request: MockRecord,
): StoreResult {
  const { newWebExId, ...changes } = request;
  const changed = { ...merge(record, changes), ...keyMembers(kind, key) };
  const renamed = typeof newWebExId === "string" && newWebExId !== "" ? newWebExId : key;
  if (normal(renamed) !== normal(key)) {
    if (records.has(normal(renamed)))
      return {
        exceptionID: kind.exists ?? kind.missing,
        decision: `${renamed} is among ${kind.name} already`,
      };
    records.delete(normal(key));
    Object.assign(changed, keyMembers(kind, renamed));
  }
  records.set(normal(renamed), changed);
  return { value: project(operation.response, changed), decision: `changed ${key} among ${kind.name}` };
}

/** Members of the change replace those of the record; structures are merged, lists are replaced. */
function merge(record: MockRecord, change: MockRecord): MockRecord {
  const result: MockRecord = { ...record };
  for (const [name, value] of Object.entries(change)) {
    const old = Object.hasOwn(record, name) ? record[name] : undefined;
    result[name] = isObject(old) && isObject(value) ? merge(old, value) : value;
  }
  return result;
}

interface Collection {
  readonly kind: Kind;
  readonly records: Map<string, MockRecord>;
}

function remove(collections: readonly Collection[], operation: Operation, request: MockRecord): StoreResult {
  const [first] = collections;
  const keys = first ? keysIn(first.kind, request) : [];
  const removed = keys.map((key) => {
    const holder = collections.find(({ records }) => records.has(normal(key)));
    const record = holder?.records.get(normal(key));
    holder?.records.delete(normal(key));
    return { key, record };
  });
  const found = removed.filter(({ record }) => record !== undefined);
  if (first === undefined || found.length === 0)
    return {
      exceptionID: first?.kind.missing ?? "060001",
      decision: `nothing to delete: ${keys.join(", ")}`,
    };
  const decision = `deleted ${found.map(({ key }) => key).join(", ")}`;
  const value = project(operation.response, found[0]?.record ?? {});
  // Users are deleted in bulk, and the answer says how each went.
  if (first.kind.name === "users") {
    value["user"] = removed.map(({ key, record }) => ({
      webExId: key,
      status: record ? "SUCCESS" : "FAILURE",
    }));
  }
  return { value, decision };
}

function list(collections: readonly Collection[], operation: Operation, request: MockRecord): StoreResult {
  const all = collections.flatMap(({ records }) => [...records.values()]);
  const matching = all.filter((record) => matches(record, request));
  return page(operation, request, matching.length, (index) => matching[index] ?? {}, "kept");
}

/** Texts in a request are filters, where records have a member of that name. */
function matches(record: MockRecord, request: MockRecord): boolean {
  const leaves = leavesOf(record);
  return Object.entries(request).every(([name, wanted]) => {
    if (typeof wanted !== "string" || !leaves.has(name)) return true;
    const value = leaves.get(name);
    return typeof value === "string" && value.toLowerCase().includes(wanted.toLowerCase());
  });
}

/** One page of a list of `total` records. */
export function page(
  operation: Operation,
  request: MockRecord,
  total: number,
  recordAt: (index: number) => MockRecord,
  what: string,
): StoreResult {
  const { records = "", counters, control } = operation.list ?? {};
  const asked = (control === undefined ? {} : (request[control] ?? {})) as Partial<
    Record<"startFrom" | "maximumNum", number>
  >;
  const startFrom = Math.max(1, Number(asked.startFrom ?? 1));
  const end = Math.min(total, startFrom - 1 + Math.max(0, Number(asked.maximumNum ?? 50)));
  const indexes = Array.from(
    { length: Math.max(0, end - startFrom + 1) },
    (_, index) => startFrom - 1 + index,
  );
  const decision = `${indexes.length} of ${total} records ${what}, from ${startFrom}`;
  if (indexes.length === 0) return { exceptionID: "000015", decision };
  const field = fieldsOf(operation.response).find(({ property, name }) => (property ?? name) === records);
  const type = field && follow(field.type);
  return {
    value: {
      ...sampleOf(operation.response, { mode: "minimal" }),
      [records]: indexes.map((index) => {
        const record = recordAt(index);
        return type?.kind === "struct" ? project(type, record, index + 1) : record;
      }),
      ...(counters !== undefined && { [counters]: { total, returned: indexes.length, startFrom } }),
    },
    decision,
  };
}

/**
 * A value of a type with what a record knows: members of the same name, at the same place or anywhere in the record;
 * what is required besides is made up.
 */
export function project(type: Struct, record: MockRecord, seed: number = 1): Record<string, unknown> {
  const leaves = leavesOf(record);
  const value = sampleOf(type, { mode: "minimal", seed }) as Record<string, unknown>;
  for (const field of fieldsOf(type)) {
    const property = field.property ?? field.name;
    const known = Object.hasOwn(record, property) ? record[property] : leaves.get(property);
    if (known === undefined) continue;
    const before = value[property];
    value[property] = fit(follow(field.type), field, known, seed);
    const wrong = check(type, value).some(
      ({ path }) => path === `/${property}` || path.startsWith(`/${property}/`),
    );
    if (!wrong) continue;
    if (before === undefined) Reflect.deleteProperty(value, property);
    else value[property] = before;
  }
  if (typeof value["password"] === "string") value["password"] = "******";
  return value;
}

function fit(type: Type, { max = 1 }: Field, known: unknown, seed: number): unknown {
  const one = (item: unknown): unknown =>
    type.kind === "struct" && isObject(item) ? { ...project(type, item, seed) } : item;
  if (max <= 1) return one(known);
  return Array.isArray(known) ? known.map(one) : [one(known)];
}

/** The members of a type that are elements, inherited ones first. */
export function fieldsOf(type: Struct): readonly Field[] {
  const fields: Field[] = [];
  const visit = (member: Member): void => {
    if ("choice" in member) for (const branch of member.choice) branch.forEach(visit);
    else if ("type" in member) fields.push(member);
  };
  for (const step of chainOf(type)) step.content?.forEach(visit);
  return fields;
}

/** Simple values of a record by name, from any depth; outer ones come before inner ones. */
function leavesOf(record: MockRecord): ReadonlyMap<string, unknown> {
  const leaves = new Map<string, unknown>();
  const queue: MockRecord[] = [record];
  for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
    for (const [name, value] of Object.entries(part)) {
      if (isObject(value)) queue.push(value);
      else if (!leaves.has(name)) leaves.set(name, value);
    }
  }
  // What a session begins with is a date to the meeting and a time to the list.
  const start = leaves.get("startDate") ?? leaves.get("startTime");
  if (start !== undefined) {
    leaves.set("startDate", start);
    leaves.set("startTime", start);
  }
  const name = leaves.get("confName") ?? leaves.get("sessionName") ?? leaves.get("eventName");
  for (const alias of ["confName", "sessionName", "eventName"])
    if (name !== undefined && !leaves.has(alias)) leaves.set(alias, name);
  return leaves;
}
