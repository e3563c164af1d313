/** Compares identity constraints: which parts of a document must differ from each other, or refer to each other. */
import { nameOfId } from "../model/query.js";
import type { IdentityConstraint, Model, Particle } from "../model/types.js";
import { valueSides } from "./place.js";
import type { Comparison, Place } from "./place.js";
import type { Effect } from "./types.js";

/** Compares identity constraints: by name, and by what they say where only the name is another. */
export function compareConstraints(
  comparison: Comparison,
  old: { readonly constraints: readonly IdentityConstraint[] },
  current: { readonly constraints: readonly IdentityConstraint[] },
  at: Place,
): void {
  const [before, after] = [comparison.before, comparison.after];
  const former = new Map(old.constraints.map((constraint) => [constraint.id, constraint]));
  const placeOf = (constraint: IdentityConstraint, spans: Partial<Place>): Place => ({
    ...at,
    component: { ...at.component, path: [...at.component.path, `#${constraint.name.local}`] },
    key: `${at.key}#${constraint.name.local}`,
    ...spans,
  });
  const come: IdentityConstraint[] = [];
  for (const constraint of current.constraints) {
    const previous = former.get(constraint.id);
    former.delete(constraint.id);
    if (previous === undefined) come.push(constraint);
    else if (meaningOf(before, previous) !== meaningOf(after, constraint)) {
      comparison.add(
        "element.identity.changed",
        placeOf(constraint, { oldSpan: previous.span, newSpan: constraint.span }),
        {
          ...valueSides(wordsOf(previous), wordsOf(constraint)),
          effect: effectOfConstraints(comparison, previous, constraint),
        },
      );
    }
  }
  for (const constraint of come) {
    // No document sees what a constraint is called.
    const twin = [...former.values()].find(
      (each) => meaningOf(before, each) === meaningOf(after, constraint),
    );
    if (twin !== undefined) former.delete(twin.id);
    else {
      comparison.add("element.identity.added", placeOf(constraint, { newSpan: constraint.span }), {
        new: { value: wordsOf(constraint) },
      });
    }
  }
  for (const constraint of former.values()) {
    comparison.add("element.identity.removed", placeOf(constraint, { oldSpan: constraint.span }), {
      old: { value: wordsOf(constraint) },
    });
  }
}

function wordsOf({ kind, selector, fields, refer }: IdentityConstraint): string {
  return `${kind} ${selector} (${fields.join(", ")})${refer === undefined ? "" : ` of ${nameOfId(refer).local}`}`;
}

/** Equal for constraints that say the same, whatever prefixes and white space their paths are written with. */
function meaningOf(model: Model, constraint: IdentityConstraint): string {
  const { kind, refer } = constraint;
  const target = refer === undefined ? undefined : constraintsOf(model).get(refer);
  return JSON.stringify([
    kind,
    pathsOf(constraint, constraint.selector),
    constraint.fields.map((field) => pathsOf(constraint, field)),
    target === undefined ? refer : meaningOf(model, { ...target, kind: "unique" }),
  ]);
}

/** The branches of a path, sorted, with namespaces for prefixes and the short forms of the axes. */
function pathsOf({ prefixes }: IdentityConstraint, xpath: string): readonly string[] {
  const uris = new Map(prefixes);
  const branches = xpath.split("|").map((branch) =>
    branch
      .replace(/\s+/gu, "")
      .replaceAll("child::", "")
      .replaceAll("attribute::", "@")
      .replace(/^(?:\.\/(?!\/))+/u, "")
      .replace(/([^/@.:]+):/gu, (whole, prefix: string) => {
        const uri = uris.get(prefix);
        return uri === undefined ? whole : `{${uri}}`;
      }),
  );
  return [...new Set(branches)].sort();
}

const known = new WeakMap<Model, ReadonlyMap<string, IdentityConstraint>>();

/** All constraints of a model by id, wherever they stand. */
function constraintsOf(model: Model): ReadonlyMap<string, IdentityConstraint> {
  let all = known.get(model);
  if (all === undefined) {
    const found = Object.values(model.elements).flatMap((element) => element.constraints);
    const visit = (particle: Particle | undefined): void => {
      if (particle === undefined || particle.kind === "any") return;
      if (particle.kind === "element") found.push(...particle.constraints);
      else particle.particles.forEach(visit);
    };
    for (const type of Object.values(model.types)) {
      if (type.kind === "complex" && type.content.kind === "elements") visit(type.content.particle);
    }
    all = new Map(found.map((constraint) => [constraint.id, constraint]));
    known.set(model, all);
  }
  return all;
}

/** What is known without asking documents: what is looked at, and whether fields may be absent. */
function effectOfConstraints(
  { before, after }: Comparison,
  old: IdentityConstraint,
  current: IdentityConstraint,
): Effect {
  const isReferred = (model: Model, id: string): boolean =>
    [...constraintsOf(model).values()].some(({ refer }) => refer === id);
  const parts = (model: Model, constraint: IdentityConstraint): string =>
    meaningOf(model, { ...constraint, kind: "unique", selector: "." });
  if (parts(before, old) !== parts(after, current) && [old, current].some(({ kind }) => kind === "keyref"))
    return "unknown";
  if ((old.kind === "keyref") !== (current.kind === "keyref")) return "unknown";
  // What is a key decides what references to it find; those that came or went are told of by themselves.
  if (isReferred(before, old.id) && isReferred(after, current.id)) return "unknown";
  if (demands(current, old)) return "narrowing";
  return demands(old, current) ? "widening" : "unknown";
}

/** Whether what meets one constraint meets the other: it looks at as much, and fewer fields tell its finds apart. */
function demands(stricter: IdentityConstraint, other: IdentityConstraint): boolean {
  const selected = pathsOf(stricter, stricter.selector);
  const fieldsOf = (constraint: IdentityConstraint): readonly string[] =>
    constraint.fields.map((field) => pathsOf(constraint, field).join("|"));
  const [fields, others] = [fieldsOf(stricter), fieldsOf(other)];
  // A key wants each of its fields to be there.
  const present = other.kind !== "key" || (stricter.kind === "key" && fields.length === others.length);
  return (
    present &&
    pathsOf(other, other.selector).every((path) => selected.includes(path)) &&
    fields.every((field) => others.includes(field))
  );
}
