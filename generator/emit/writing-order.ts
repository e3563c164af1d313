/** In which order the properties of a type are written. */
import type { ShapeMember } from "../model/shape.js";

/**
 * The properties of content in an order that all branches have: where (a, c) and (b, c) exclude each other, c comes last.
 * `undefined` where that is the order in which they are named first.
 */
export function writingOrder(members: readonly ShapeMember[]): readonly string[] | undefined {
  const all = members.flatMap(propertiesOf);
  const named = [...new Set(all)];
  // Only what several branches share can come too early.
  if (named.length === all.length) return undefined;
  const after = new Map(named.map((property) => [property, new Set<string>()]));
  const follow = (sequence: readonly ShapeMember[]): void => {
    let before: readonly string[] = [];
    for (const member of sequence) {
      const here = propertiesOf(member);
      for (const one of before) for (const property of here) after.get(one)?.add(property);
      if (here.length > 0) before = here;
      if (member.kind === "choice") member.branches.forEach(follow);
    }
  };
  follow(members);
  const sorted: string[] = [];
  const left = new Set(named);
  while (left.size > 0) {
    const waits = (property: string): boolean =>
      [...left].some((one) => one !== property && after.get(one)?.has(property));
    // Branches that contradict each other: the first counts.
    const next = [...left].find((property) => !waits(property)) ?? [...left][0] ?? "";
    left.delete(next);
    sorted.push(next);
  }
  return sorted.every((property, index) => property === named[index]) ? undefined : sorted;
}

function propertiesOf(member: ShapeMember): readonly string[] {
  return member.kind === "choice" ? member.branches.flat().flatMap(propertiesOf) : [member.property];
}
