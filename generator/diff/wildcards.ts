/** Set algebra over what wildcards let in (clause 3.10.6). */
import { admitsNamespace, wildcardAdmits } from "../model/query.js";
import type { Wildcard } from "../model/types.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";

type Namespaces = Wildcard["namespaces"];
type Names = Pick<Wildcard, "namespaces" | "notNames">;

function contains(outer: Names, inner: Names): boolean {
  return (
    containsNamespaces(outer.namespaces, inner.namespaces) &&
    (outer.notNames ?? []).every((name) => !wildcardAdmits(inner, name))
  );
}

function containsNamespaces(outer: Namespaces, inner: Namespaces): boolean {
  if (outer.kind === "any") return true;
  if (inner.kind === "any") return outer.kind === "not" && outer.uris.length === 0;
  if (inner.kind === "in") return inner.uris.every((uri) => admitsNamespace({ namespaces: outer }, uri));
  // The complement of a finite set is infinite, so only another complement holds it.
  return outer.kind === "not" && outer.uris.every((uri) => !admitsNamespace({ namespaces: inner }, uri));
}

/** Which names a wildcard lets in, as its attributes say it. */
function namesText({ namespaces, notNames = [] }: Names, { component }: Place): string {
  const words = (uris: readonly string[]): string =>
    uris.map((uri) => (uri === "" ? "##local" : uri)).join(" ");
  const isOther = (uris: readonly string[]): boolean =>
    uris.length === 2 && uris.includes("") && uris.includes(component.ns);
  const admitted =
    namespaces.kind === "any"
      ? "##any"
      : namespaces.kind === "in"
        ? words(namespaces.uris)
        : isOther(namespaces.uris)
          ? "##other"
          : `##any but ${words(namespaces.uris)}`;
  return notNames.length === 0 ? admitted : `${admitted} but ${notNames.join(" ")}`;
}

/** What a wildcard leaves out by name; what only one release declares is told as declared, not again at each wildcard. */
function withKnownNames(wildcard: Wildcard, { before, after }: Comparison): Names {
  const { namespaces, notNames = [] } = wildcard;
  const isOfBoth = (name: string): boolean =>
    (before.elements[name] === undefined) === (after.elements[name] === undefined) &&
    (before.attributes[name] === undefined) === (after.attributes[name] === undefined);
  const names = notNames.filter(isOfBoth);
  return { namespaces, ...(names.length > 0 && { notNames: names }) };
}

/** Names and checking of two wildcards at one place. */
export function compareWildcards(
  comparison: Comparison,
  before: Wildcard,
  after: Wildcard,
  place: Place,
): void {
  const [old, current] = [withKnownNames(before, comparison), withKnownNames(after, comparison)];
  const [grew, shrank] = [contains(current, old), contains(old, current)];
  if (!grew || !shrank) {
    const rule = grew ? "widened" : shrank ? "narrowed" : "changed";
    comparison.add(
      `wildcard.namespace.${rule}`,
      place,
      valueSides(namesText(old, place), namesText(current, place)),
    );
  }
  if (before.process !== after.process) {
    const order = ["strict", "lax", "skip"];
    const relaxed = order.indexOf(after.process) > order.indexOf(before.process);
    comparison.add(
      relaxed ? "wildcard.process.relaxed" : "wildcard.process.tightened",
      place,
      valueSides(before.process, after.process),
    );
  }
}
