/** From names of XML to identifiers of TypeScript. */
import { isKeyword } from "./reserved.js";

// Joiners are seen by nobody, and not every compiler takes them.
const continues = /(?![\u200c\u200d])[\p{ID_Continue}$]/u;
const starts = /[\p{ID_Start}$_]/u;

/** Characters that divide words in an XML name, and do no more. */
const divider = /[\s\-.·:/\\,;]/u;

/** What nearly all names are: no need to look at their characters one by one. */
const plainWord = /^\w+$/;
const plainName = /^[A-Za-z_$][\w$]*$/;
const startsPlainly = /^[A-Za-z]/;
const startsLow = /^[a-z]/;

/**
 * The words of a name: split where a divider stands, each made of identifier characters only. What is neither (an
 * emoji, say) is spelled as its code point, so that two names never become one by losing their difference. So is what
 * lies beyond the first 65,536 code points: compilers do not agree on which of those are letters.
 */
function wordsOf(name: string): string[] {
  if (plainWord.test(name)) return [name];
  const words: string[] = [];
  let word = "";
  for (const character of name) {
    if (divider.test(character)) {
      if (word !== "") words.push(word);
      word = "";
    } else if (character.length === 1 && character !== "$" && continues.test(character)) word += character;
    else word += `u${character.codePointAt(0)?.toString(16).toUpperCase() ?? ""}`;
  }
  if (word !== "") words.push(word);
  return words;
}

/** A word with its first letter in upper case, where that is one letter of identifiers. */
export const upperFirst = (word: string): string => {
  if (startsPlainly.test(word)) return word.charAt(0).toUpperCase() + word.slice(1);
  const first = String.fromCodePoint(word.codePointAt(0) ?? 0);
  const upper = first.toUpperCase();
  // "ß" becomes two letters and some letters no identifier start; those stay as they are.
  return [...upper].length === 1 && starts.test(upper) ? upper + word.slice(first.length) : word;
};

const lower = (letter: string): string => {
  const result = letter.toLowerCase();
  return [...result].length === 1 && starts.test(result) ? result : letter;
};

/** The first letter, or an acronym that the word begins with, up to the capital of the next word. */
const lowerFirst = (word: string): string => {
  if (startsLow.test(word)) return word;
  const [capitals = ""] = /^\p{Lu}{2,}(?!\p{Ll})|^\p{Lu}+(?=\p{Lu})|^./u.exec(word) ?? [];
  const rest = word.slice(capitals.length);
  const isAllCapitals = capitals.length > 1 && !/\p{Ll}/u.test(rest);
  return capitals.replace(/./gu, lower) + (isAllCapitals ? rest.replace(/\p{Lu}/gu, lower) : rest);
};

const startSafely = (name: string): string =>
  name === ""
    ? "_"
    : startsPlainly.test(name) || starts.test(String.fromCodePoint(name.codePointAt(0) ?? 0))
      ? name
      : `_${name}`;

/** `getUser` and `get-user` become `GetUser`; inner capitals stay as written. */
export function pascalCase(name: string): string {
  return startSafely(wordsOf(name).map(upperFirst).join(""));
}

/** `Message` becomes `message`, `x-y` becomes `xY`, `PDFPage` becomes `pdfPage`; inner capitals stay as written. */
export function camelCase(name: string): string {
  return startSafely(
    wordsOf(name)
      .map((word, index) => (index === 0 ? lowerFirst(word) : upperFirst(word)))
      .join(""),
  );
}

/** The name with its dividers as underscores and its case kept: the spelling nearest to the schema. */
export function nearestIdentifier(name: string): string {
  return startSafely(wordsOf(name).join("_"));
}

/** Whether a name can be declared as it is. */
export function isIdentifier(name: string): boolean {
  return isPropertyName(name) && !isKeyword(name);
}

/** Whether a name can stand as a property without quotes; keywords can. */
export function isPropertyName(name: string): boolean {
  if (plainName.test(name)) return true;
  let first = true;
  for (const character of name) {
    if (!(first ? starts : continues).test(character)) return false;
    first = false;
  }
  return !first;
}

/** The descriptor of a type that is no Standard Schema. No name from a schema has a dollar sign. */
export const descriptorName = (type: string): string => `${type}$`;
