// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Choices: branches that exclude each other. */
import type { CheckChoice } from "./descriptor.js";
import { checkPresence, type Part, type PresenceReport, type Rule } from "./plan.js";

/** Checks which of the branches of a choice is there, and whether as a whole. */
export const checkChoice: CheckChoice = ({ branches = [], min }, count, report) => {
  const sets = branches.map((branch) => new Set(branch.flatMap(partsOf)));
  const present = [...new Set(sets.flatMap((set) => [...set]))].filter((part) => count(part) > 0);
  if (present.length === 0 && min === 0) return;
  // The branch that explains what is there with the least complaints is the one that was meant.
  let best: Parameters<PresenceReport>[] | undefined;
  for (const [k, branch] of branches.entries()) {
    if (present.some((part) => !sets[k]?.has(part))) continue;
    const found: Parameters<PresenceReport>[] = [];
    checkPresence(branch, count, (...what) => found.push(what));
    if (!best || found.length < best.length) best = found;
  }
  const names = present.map((part) => part.property);
  if (branches.length === 0) best = [["choice", "", "nothing fits here"]];
  else if (!best) best = [["choice", names[1] ?? "", `${names.join(" and ")} exclude each other`]];
  else if (names.length === 0 && best.length > 0) {
    const first = sets.flatMap((set) => [...set].slice(0, 1).map((part) => part.property));
    best = [["missing-element", first[0] ?? "", `one of ${first.join(", ")} is required`]];
  }
  for (const what of best) report(...what);
};

function partsOf({ part, branches }: Rule): Part[] {
  return part ? [part] : (branches ?? []).flat().flatMap(partsOf);
}
