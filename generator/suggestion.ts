/** "Did you mean": one judgement of nearness for types, keys, flags, operations and releases. */

/**
 * The candidate that was most likely meant by `word`, or undefined when none is near.
 *
 * A difference in case or separators alone wins over any other; then the smallest edit distance (insertion,
 * deletion, substitution, transposition of neighbours) of at most a third of the word. Ties go to the earlier candidate.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  const plain = withoutStyle(word);
  let best: string | undefined;
  let sameLetters: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    if (candidate === word) continue;
    const plainCandidate = withoutStyle(candidate);
    if (plain !== "" && plainCandidate === plain) {
      if (candidate.toLowerCase() === word.toLowerCase()) return candidate;
      sameLetters ??= candidate;
    }
    // Below three letters any two words are near.
    if (sameLetters !== undefined || word.length < 3) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase(), bestDistance - 1);
    if (distance < bestDistance) {
      bestDistance = distance;
      best = candidate;
    }
  }
  return sameLetters ?? best;
}

/** Pairs of names that one reading compares for hints: for thousands of mistakes among thousands of names it would not end. */
export const maxCompared = 1_000_000;

/** `did you mean "x"?`, ready to be a hint; undefined when nothing is near. `write` says how a name is written. */
export function suggestionHint(
  word: string,
  candidates: Iterable<string>,
  write: (name: string) => string = (name) => `"${name}"`,
): string | undefined {
  const found = suggest(word, candidates);
  return found === undefined ? undefined : `did you mean ${write(found)}?`;
}

function withoutStyle(word: string): string {
  return word.toLowerCase().replace(/[-_.:\s]/gu, "");
}

/** Optimal string alignment distance; anything above `limit` is returned as `limit + 1`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const substitution = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, (beforePrevious[j - 2] ?? 0) + 1);
      }
      current.push(distance);
      smallest = Math.min(smallest, distance);
    }
    if (smallest > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
}
