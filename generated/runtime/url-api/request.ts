// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** From the parameters of a command to a link or a form. */
import type { Command, FormRequest, Moment, Parameter, SimpleParameter, UrlApiRequest } from "./command.js";

/** Where the site is. */
export interface UrlApiSite {
  /** `example` for `https://example.webex.com/example/`. */
  readonly siteName: string;
  /** The site's address, where it is another: `https://meet.example.com/example`. */
  readonly baseUrl?: string;
}

/** Something that is wrong with the parameters of a command. */
export interface UrlApiIssue {
  /** The parameter, `attendees/0/email`. */
  readonly path: string;
  readonly message: string;
}

/** The parameters of a command cannot be sent; `issues` lists everything. Holds no value of a parameter. */
export class UrlApiError extends Error {
  override name = "UrlApiError";
  /** `p.LI` */
  readonly command: string;
  readonly issues: readonly UrlApiIssue[];
  constructor(command: string, issues: readonly UrlApiIssue[]) {
    super(`${command}: ${issues.map(({ path, message }) => `${path}: ${message}`).join("; ")}`);
    this.command = command;
    this.issues = issues;
  }
}

type Values = Readonly<Record<string, unknown>>;

/**
 * The request of a command: a form where a password or another secret is given, else a link. Throws
 * {@link UrlApiError} with all that is wrong with the parameters.
 */
export function requestOf<P, R extends UrlApiRequest>(
  site: UrlApiSite,
  command: Command<P, R>,
  parameters: P,
): R {
  const values = (parameters ?? {}) as Values;
  const pairs: [string, string][] = [];
  const last: [string, string][] = [];
  const issues: UrlApiIssue[] = [];
  let secret = false;
  const known = new Set(command.parameters.map(({ name }) => name));
  for (const name of Object.keys(values)) {
    if (!known.has(name) && values[name] !== undefined)
      issues.push({ path: name, message: `${command.name} has no such parameter${nearest(name, known)}` });
  }
  for (const parameter of command.parameters) {
    const value = Object.hasOwn(values, parameter.name) ? values[parameter.name] : undefined;
    if (value === undefined) {
      if (parameter.required) issues.push({ path: parameter.name, message: "is required" });
      continue;
    }
    if (isEmpty(value) && (parameter.required ?? parameter.oneOf) !== undefined) {
      issues.push({ path: parameter.name, message: "is empty" });
      continue;
    }
    if (parameter.secret) secret = true;
    // The back URL comes last: it is the longest, and holds what looks like parameters.
    const target = parameter.kind === "url" && parameter.code === "BU" ? last : pairs;
    add(parameter, value, parameter.name, target, issues);
  }
  for (const [group, names] of alternatives(command.parameters)) {
    const given = names.filter((name) => values[name] !== undefined);
    if (given.length !== 1) issues.push({ path: group, message: `needs exactly one of ${names.join(", ")}` });
  }
  if (issues.length > 0) throw new UrlApiError(`${command.page}.${command.command}`, issues);
  return pack(addressOf(site, command.page), [["AT", command.command], ...pairs, ...last], secret) as R;
}

/** A command that has no function: for pages and parameters that are not publicly listed. */
export interface OtherCommand {
  /** The page without its ending: `e` for `e.php`. */
  readonly page: string;
  /** The value of `AT`. */
  readonly command: string;
  /** By their codes, in the order in which they are sent. */
  readonly parameters?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Codes of parameters that must not be seen in a URL. */
  readonly secret?: readonly string[];
}

/** The request of a command that has no function. Throws {@link UrlApiError}. */
export function otherRequestOf(
  site: UrlApiSite,
  { page, command, parameters = {}, secret = [] }: OtherCommand,
): UrlApiRequest {
  const issues: UrlApiIssue[] = [];
  if (!/^[a-z][a-z\d]*$/iu.test(page)) issues.push({ path: "page", message: "is a word: e for e.php" });
  if (!/^[a-z\d]+$/iu.test(command)) issues.push({ path: "command", message: "is a word" });
  const pairs: [string, string][] = [["AT", command]];
  for (const [code, value] of Object.entries(parameters)) {
    if (!/^\w+$/u.test(code) || code === "AT")
      issues.push({ path: code, message: "is no code of a parameter" });
    if (value !== undefined)
      pairs.push([code, typeof value === "boolean" ? (value ? "1" : "0") : String(value)]);
  }
  if (issues.length > 0) throw new UrlApiError(`${page}.${command}`, issues);
  // Passwords and partner ids never go into a URL, whatever the command.
  const hidden = new Set([...secret, "PW", "NPW", "PID"].map((code) => code.toUpperCase()));
  return pack(
    addressOf(site, page),
    pairs,
    pairs.some(([code]) => hidden.has(code.toUpperCase())),
  );
}

function addressOf({ siteName, baseUrl }: UrlApiSite, page: string): string {
  if (!/^[a-z\d](?:[a-z\d_-]*[a-z\d])?$/iu.test(siteName))
    throw new UrlApiError(page, [{ path: "siteName", message: "is the first part of the site's host name" }]);
  const base = baseUrl ?? `https://${siteName}.webex.com/${siteName}`;
  let parsed: URL | undefined;
  try {
    parsed = new URL(base);
  } catch {
    // Judged below.
  }
  if (parsed === undefined || !isSafe(parsed) || parsed.search !== "" || parsed.hash !== "")
    throw new UrlApiError(page, [
      { path: "baseUrl", message: "is an https URL without a query and without credentials" },
    ]);
  // As a name of a site is written: hosts are the same in lower case.
  return `${baseUrl === undefined ? base : parsed.href.replace(/\/+$/u, "")}/${page}.php`;
}

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  return (
    !username &&
    !password &&
    (protocol === "https:" ||
      (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname)))
  );
}

function pack(url: string, pairs: readonly (readonly [string, string])[], secret: boolean): UrlApiRequest {
  if (!secret) {
    const query = pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
    return { method: "GET", url: `${url}?${query}` };
  }
  const body = pairs
    .map(([name, value]) => `${encode(name)}=${encode(value).replace(/%20/gu, "+")}`)
    .join("&");
  // Hidden from logs: what is not enumerable is neither printed nor turned into JSON.
  return Object.defineProperties({ method: "POST", url } as FormRequest, {
    fields: { value: pairs },
    body: { value: body },
  });
}

/** Percent-encodes all but the unreserved characters (RFC 3986, clause 2.3). */
function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, "\uFFFD")).replace(
    /[!'()*]/gu,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function add(
  parameter: Parameter,
  value: unknown,
  path: string,
  pairs: [string, string][],
  issues: UrlApiIssue[],
): void {
  switch (parameter.kind) {
    case "mask": {
      const names = Array.isArray(value) ? (value as unknown[]) : [value];
      let mask = 0;
      for (const name of names) {
        const bit =
          typeof name === "string" && Object.hasOwn(parameter.bits, name) ? parameter.bits[name] : undefined;
        if (bit === undefined)
          issues.push({ path, message: `is a list of ${Object.keys(parameter.bits).join(", ")}` });
        else mask |= 1 << bit;
      }
      pairs.push([parameter.code, String(mask)]);
      return;
    }
    case "moment": {
      const parts = momentParts(value, parameter.codes.length);
      if (parts === undefined)
        issues.push({
          path,
          message: `is ${parameter.codes.length > 3 ? "{ year, month, day, hour, minute }" : "{ year, month, day }"} of a day that exists`,
        });
      else parameter.codes.forEach((code, index) => pairs.push([code, String(parts[index])]));
      return;
    }
    case "items":
      addItems(parameter, value, path, pairs, issues);
      return;
    default:
      addSimple(parameter, value, path, parameter.code, pairs, issues);
  }
}

function addItems(
  { code, fields, max = Infinity }: Extract<Parameter, { readonly kind: "items" }>,
  value: unknown,
  path: string,
  pairs: [string, string][],
  issues: UrlApiIssue[],
): void {
  if (!Array.isArray(value)) {
    issues.push({ path, message: "is a list" });
    return;
  }
  if (value.length > max) issues.push({ path, message: `has at most ${max} items` });
  value.forEach((item: unknown, index) => {
    const number = index + 1;
    if (code !== undefined) {
      addSimple(
        { kind: "text", name: "", code },
        item,
        `${path}/${index}`,
        `${code}${number}`,
        pairs,
        issues,
      );
      return;
    }
    const values = (typeof item === "object" && item !== null ? item : {}) as Values;
    const known = new Set((fields ?? []).map(({ name }) => name));
    for (const name of Object.keys(values))
      if (!known.has(name))
        issues.push({ path: `${path}/${index}/${name}`, message: `is not known${nearest(name, known)}` });
    for (const field of fields ?? []) {
      const part = Object.hasOwn(values, field.name) ? values[field.name] : undefined;
      const at = `${path}/${index}/${field.name}`;
      if (part === undefined) {
        if (field.required) issues.push({ path: at, message: "is required" });
      } else if (field.required && isEmpty(part)) issues.push({ path: at, message: "is empty" });
      else addSimple(field, part, at, `${field.code}${number}`, pairs, issues);
    }
  });
}

function addSimple(
  { kind, values, code }: SimpleParameter,
  value: unknown,
  path: string,
  name: string,
  pairs: [string, string][],
  issues: UrlApiIssue[],
): void {
  switch (kind) {
    case "flag":
      if (typeof value === "boolean") pairs.push([name, value ? "1" : "0"]);
      else issues.push({ path, message: "is true or false" });
      return;
    case "integer":
      if (typeof value === "number" && Number.isSafeInteger(value)) pairs.push([name, String(value)]);
      else issues.push({ path, message: "is a whole number" });
      return;
    case "url":
      if (typeof value === "string" && isWebAddress(value)) pairs.push([name, value]);
      else
        issues.push({
          path,
          message: `is an absolute http or https URL${code === "BU" ? " of your own site" : ""}`,
        });
      return;
    case "text":
      if (typeof value !== "string") issues.push({ path, message: "is a text" });
      else if (values && !values.includes(value))
        issues.push({ path, message: `is one of ${values.join(", ")}` });
      else pairs.push([name, value]);
  }
}

function isEmpty(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.length === 0);
}

function isWebAddress(text: string): boolean {
  try {
    const { protocol } = new URL(text);
    return protocol === "https:" || protocol === "http:";
  } catch {
    return false;
  }
}

/** Year, month, day, hour and minute; undefined when there is no such day or time. */
function momentParts(value: unknown, count: number): readonly number[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { year, month, day, hour = 0, minute = 0 } = value as Moment;
  const parts = [year, month, day, hour, minute];
  if (!parts.every(Number.isInteger)) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    year >= 1000 && year <= 9999 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 ? parts.slice(0, count) : undefined;
}

function alternatives(parameters: readonly Parameter[]): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const { name, oneOf } of parameters) {
    if (oneOf === undefined) continue;
    const group = groups.get(oneOf);
    if (group) group.push(name);
    else groups.set(oneOf, [name]);
  }
  return groups;
}

function nearest(name: string, known: ReadonlySet<string>): string {
  const plain = name.toLowerCase().replace(/[^a-z\d]/gu, "");
  for (const candidate of known) if (candidate.toLowerCase() === plain) return `: did you mean ${candidate}?`;
  return "";
}

/**
 * A form as HTML, for a page that sends the user's browser on; with `submit` it sends itself. Do not log it: it holds the
 * secrets.
 */
export function formOf(request: FormRequest, submit: boolean = false): string {
  const inputs = request.fields
    .map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`)
    .join("");
  const id = "xsd-strata-form";
  const script = submit ? `<script>document.getElementById("${id}").submit()</script>` : "";
  const button = `<button type="submit">Continue</button>`;
  return `<form id="${id}" method="post" action="${escape(request.url)}">${inputs}${button}</form>${script}`;
}

function escape(text: string): string {
  return text
    .replace(/&/gu, "&amp;")
    .replace(/</gu, "&lt;")
    .replace(/>/gu, "&gt;")
    .replace(/"/gu, "&quot;")
    .replace(/'/gu, "&#39;");
}
