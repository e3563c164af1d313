/** Blots out secrets in everything that is shown: by the names of elements, and by the values that were sent. */

/** What stands in place of a secret. */
const blot = "******";

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

/** Text without the given values, in any of the spellings they may have in XML, HTML, JSON or a URL. */
export function redactText(text: string, secrets: Iterable<string>): string {
  return redactorOf(secrets)(text);
}

/** The same for many texts: what secrets look like is found out once. */
export function redactorOf(secrets: Iterable<string>): (text: string) => string {
  const patterns = patternsOf(secrets);
  return (text) => patterns.reduce((result, pattern) => result.replace(pattern, blot), text);
}

/** Longest first, so that one secret within another does not leave a rest. */
function patternsOf(secrets: Iterable<string>): readonly RegExp[] {
  return [...new Set(secrets)]
    .filter((secret) => secret !== "" && secret !== blot)
    .sort((a, b) => b.length - a.length)
    .map((secret) => new RegExp(secret.replace(/[^a-z\d]/giu, spellingsOf), "gu"));
}

/**
 * A pattern of a character as it is, behind a backslash, as a reference whatever its kind, in percent-encoding and as one in
 * JSON. At no place does more than one of these lead on, so that looking takes time in proportion to the text.
 */
function spellingsOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = 1 + [0x7f, 0x7ff, 0xffff].filter((most) => code > most).length;
  const space = /\s/u.test(character) ? "|\\+|\\\\[nrt]" : "";
  // Some minifiers do not take `\u` before a substitution.
  const point = `\\u{${code.toString(16)}}`;
  return String.raw`(?:&(?:amp;)*[#\w]+;|%26(?:%23)?\w+%3[bB]|(?:%\w\w){${bytes}}|(?:\\u\w{4}){${character.length}}|\\?${point}${space})`;
}

/** The secret strings within a value, by the names of the properties that hold them. */
export function secretsIn(value: unknown): readonly string[] {
  const found: string[] = [];
  // A value that refers to itself, or is deeper than a stack, is refused only later.
  const seen = new Set<unknown>();
  const queue: [part: unknown, secret: boolean][] = [[value, false]];
  for (let next = queue.pop(); next; next = queue.pop()) {
    const [part, secret] = next;
    if (typeof part === "string" || typeof part === "number" || typeof part === "bigint") {
      if (secret) found.push(String(part));
    } else if (typeof part === "object" && part !== null && !ArrayBuffer.isView(part) && !seen.has(part)) {
      seen.add(part);
      const isList = Array.isArray(part);
      for (const [name, inner] of Object.entries(part).reverse())
        queue.push([inner, secret || (!isList && isSecretName(name))]);
    }
  }
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
  const { code } = cause as { readonly code?: unknown };
  return typeof code === "string" ? Object.assign(copy, { code: redactText(code, known) }) : copy;
}

/**
 * Whether any of the values stands in a thing or what it refers to, as far as an inspector or JSON would look. What cannot
 * be looked through does: computed members that throw, and what is neither an error nor a plain object or list.
 */
function holds(thing: unknown, secrets: readonly string[]): boolean {
  const patterns = patternsOf(secrets);
  if (patterns.length === 0) return false;
  // It grows while it is walked through.
  const parts = new Set([thing]);
  try {
    for (const part of parts) {
      if (typeof part === "string" ? patterns.some((one) => part.search(one) >= 0) : parts.size > 10_000)
        return true;
      if (typeof part !== "object" || part === null) continue;
      const isError = part instanceof Error;
      if (isError) parts.add((part as { toJSON?: () => unknown }).toJSON?.());
      let from: object | null = part;
      do {
        for (const key of Reflect.ownKeys(from)) parts.add(Reflect.get(part, key));
        from = Reflect.getPrototypeOf(from);
      } while (isError && from && !isBasic(from));
      if (!isError && from && !isBasic(from) && !Array.isArray(part)) return true;
    }
  } catch {
    return true;
  }
  return false;
}

/** Whether this is what all objects inherit from. */
function isBasic(prototype: object): boolean {
  return Object.hasOwn(prototype, "hasOwnProperty");
}
