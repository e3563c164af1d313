// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.

/** Blots out secrets in everything that is shown: by the names of elements, and by the values that were sent. */

/** What stands in place of a secret. */
export const blot = "******";

/**
 * Elements whose text lets somebody in: passwords, tickets, tokens, partner ids, PINs, host keys, and the URLs that a host
 * can start a meeting or sign in with.
 */
const secretName =
  /(?:password|passcode|ticket|token|secret|pin|partnerid|parterid|hostkey|accesscode|passwordhintanswer|samlresponse|hostmeetingurl|userloginurl)$/iu;

/** Whether text under this element or property name is secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/** Start tag of a leaf, and its text up to the next markup or the end of a text that was cut off. */
const leaf =
  /<((?:[^\s<>/:]+:)?([^\s<>/:!?]+)[^<>]*)>((?:[^<]|<!\[CDATA\[(?:[^\]]|\](?!\]>))*(?:\]\]>|$))+)/gu;

/** XML, or what should be XML, without secrets. `secrets` are values to blot out wherever they stand. */
export function redactXml(xml: string, secrets: Iterable<string>): string {
  return redactText(
    xml.replace(leaf, (whole, tag: string, name: string, text: string) => {
      if (tag.endsWith("/") || !isSecretName(name)) return whole;
      const trimmed = text.trim();
      return trimmed === "" || trimmed === "true" || trimmed === "false" ? whole : `<${tag}>${blot}`;
    }),
    secrets,
  );
}

/** Text without the given values, in any of the spellings they may have in XML, JSON or a URL. */
export function redactText(text: string, secrets: Iterable<string>): string {
  // Longest first, so that one secret within another does not leave a rest.
  const spellings = [...secrets].flatMap(spellingsOf).sort((a, b) => b.length - a.length);
  return spellings.reduce((result, secret) => result.split(secret).join(blot), text);
}

function spellingsOf(secret: string): readonly string[] {
  if (secret === "" || secret === blot) return [];
  const xml = secret.replace(/&/gu, "&amp;").replace(/</gu, "&lt;");
  return [
    ...new Set([
      secret,
      xml,
      xml.replace(/>/gu, "&gt;"),
      xml.replace(/>/gu, "&gt;").replace(/"/gu, "&quot;").replace(/'/gu, "&apos;"),
      xml.replace(/>/gu, "&gt;").replace(/"/gu, "&quot;").replace(/'/gu, "&#39;"),
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(toWellFormed(secret)),
    ]),
  ];
}

function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** The secret strings within a value, by the names of the properties that hold them. */
export function secretsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  const visit = (part: unknown, secret: boolean): void => {
    if (typeof part === "string" || typeof part === "number" || typeof part === "bigint") {
      if (secret) found.push(String(part));
    } else if (Array.isArray(part)) {
      for (const item of part) visit(item, secret);
    } else if (typeof part === "object" && part !== null) {
      for (const [name, inner] of Object.entries(part)) visit(inner, secret || isSecretName(name));
    }
  };
  visit(value, false);
  return found;
}

/** An error without secrets, to be kept as a cause: itself when it holds none, else a copy of its words. */
export function redactCause(cause: unknown, secrets: Iterable<string>): unknown {
  const known = [...secrets];
  if (typeof cause === "string") return redactText(cause, known);
  if (!(cause instanceof Error)) return holds(cause, known) ? undefined : cause;
  if (!holds(cause, known)) return cause;
  const copy = new Error(redactText(cause.message, known));
  copy.name = cause.name;
  copy.stack = redactText(cause.stack ?? "", known);
  return copy;
}

/** Whether any of the values stands in a thing or what it refers to, as far as an inspector would look. */
function holds(thing: unknown, secrets: readonly string[]): boolean {
  const spellings = secrets.flatMap(spellingsOf);
  if (spellings.length === 0) return false;
  const seen = new Set<object>();
  const queue: unknown[] = [thing];
  for (let at = 0; at < queue.length && at < 10_000; at++) {
    const part = queue[at];
    if (typeof part === "string" && spellings.some((secret) => part.includes(secret))) return true;
    if ((typeof part !== "object" && typeof part !== "function") || part === null || seen.has(part)) continue;
    seen.add(part);
    for (const key of Reflect.ownKeys(part)) {
      const descriptor = Reflect.getOwnPropertyDescriptor(part, key);
      if (descriptor && "value" in descriptor) queue.push(descriptor.value);
    }
  }
  return false;
}
