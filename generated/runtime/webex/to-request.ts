// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** From what was read to what can be sent. */
import type { Member, Struct, Type } from "../descriptor.js";
import { check } from "../encode.js";
import { EncodeError } from "../errors.js";
import { follow } from "../plan.js";
import { isSecretName } from "./redact.js";

/** A value as it was read, for a type to be written: open enumerations, members that may be absent, further members. */
export type AsRead<T> = T extends readonly (infer U)[]
  ? readonly AsRead<U>[]
  : T extends string
    ? string
    : T extends Uint8Array
      ? T
      : T extends object
        ? { readonly [K in keyof T]?: AsRead<T[K]> | undefined }
        : T;

/**
 * Makes a request of a value that was read: `toRequest(SetUser, { ...user, email })`. What the request type does not
 * have is left out, at every level, and so are passwords that a site has masked with asterisks. Throws an `EncodeError`
 * when the rest cannot be sent: a value outside an enumeration, something required that is missing.
 */
export function toRequest<W>(type: Struct<W>, value: AsRead<W>): W {
  const narrowed = narrow(type, value);
  const issues = check(type, narrowed);
  if (issues.length > 0) throw new EncodeError(issues);
  return narrowed as W;
}

function narrow(type: Type, value: unknown): unknown {
  if (type.kind !== "struct" || typeof value !== "object" || value === null) return value;
  const source = value as Readonly<Record<string, unknown>>;
  const kept: [string, unknown][] = [];
  const keep = (property: string, inner: Type | undefined): void => {
    const part = source[property];
    if (part === undefined || !Object.hasOwn(source, property)) return;
    if (isSecretName(property) && typeof part === "string" && /^\*+$/u.test(part)) return;
    if (inner === undefined) kept.push([property, part]);
    else
      kept.push([
        property,
        Array.isArray(part) ? part.map((item) => narrow(inner, item)) : narrow(inner, part),
      ]);
  };
  const visit = (member: Member): void => {
    if ("choice" in member) for (const branch of member.choice) branch.forEach(visit);
    else if ("slot" in member) keep(member.slot, undefined);
    else if ("any" in member) keep(member.any, undefined);
    else keep(member.property ?? member.name, member.substitutes ? undefined : follow(member.type));
  };
  for (let step: Struct | undefined = type; step; step = step.base && follow(step.base)) {
    for (const { name, property } of step.attributes ?? []) keep(property ?? `@${name}`, undefined);
    if (step.anyAttribute) keep("$anyAttribute", undefined);
    if (step.text) keep("$value", undefined);
    for (const member of step.content ?? []) visit(member);
  }
  return Object.fromEntries(kept);
}
