/**
 * How alike two names are, from 0 to 1: letter by letter, or word by word where one abbreviates the other. What is below `least` may
 * be told as 0: then most pairs of many need no more than a look at their letters.
 */
export function nameLikeness(a: string, b: string, least = 0): number {
  const [small, other] = [a.toLowerCase(), b.toLowerCase()];
  if (small === other) return 1;
  const letters = mostSimilar(small, other) < least ? 0 : similarity(small, other);
  return Math.max(letters, wordLikeness(wordsOf(a), wordsOf(b)));
}

const counts = new Int32Array(128);

/** What `similarity` is at most, by the letters alone: a step adds, takes or changes one of them. */
function mostSimilar(a: string, b: string): number {
  counts.fill(0);
  const count = (text: string, step: 1 | -1): void => {
    for (let at = 0; at < text.length; at++) {
      const letter = text.charCodeAt(at) % counts.length;
      counts[letter] = (counts[letter] ?? 0) + step;
    }
  };
  count(a, 1);
  count(b, -1);
  let [left, right] = [0, 0];
  for (const surplus of counts) {
    if (surplus > 0) left += surplus;
    else right -= surplus;
  }
  return 1 - Math.max(left, right) / Math.max(a.length, b.length);
}

/** The words of a name, in lower case. */
export const wordsOf = (name: string): readonly string[] =>
  (name.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\p{N}+/gu) ?? []).map((word) => word.toLowerCase());

/** Words of both names; those that begin one another (`app`, `application`) count a little less than the same ones. */
function wordLikeness(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  let alike = 0;
  for (const word of a) {
    const same = left.indexOf(word);
    const at =
      same >= 0 ? same : left.findIndex((each) => abbreviates(word, each) || abbreviates(each, word));
    if (at < 0) continue;
    left.splice(at, 1);
    alike += same >= 0 ? 1 : 0.85;
  }
  return alike === 0 ? 0 : (2 * alike) / (a.length + b.length);
}

const abbreviates = (short: string, long: string): boolean => short.length >= 3 && long.startsWith(short);

const maxName = 500;

/** 1 minus the edit distance over the longer length; swapped neighbours count once. */
export function similarity(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  if (longest === 0) return 1;
  // Names that are this long are no names that somebody has chosen.
  if (longest > maxName) return a === b ? 1 : 0;
  let previous: number[] = [];
  let current = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const before = previous;
    previous = current;
    current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      current[j] = least;
    }
  }
  return 1 - (current[b.length] ?? longest) / longest;
}
