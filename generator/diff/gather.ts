/** Brings facts to their declarations: what a group holds is told once, whoever uses the group. */
import type { Span } from "../diagnostics.js";
import { ownElements } from "../model/query.js";
import type { Model } from "../model/types.js";
import type { ComponentPath, Fact } from "./types.js";

/** Facts at their declarations, each once, sorted by namespace, owner and place in the source. */
export function gatherFacts(facts: readonly Fact[], before: Model, after: Model): readonly Fact[] {
  const groups = { old: groupsOf(before), new: groupsOf(after) };
  const gathered = new Map<string, Fact>();
  for (const fact of facts) {
    const at = atDeclaration(fact, groups);
    const key = identity(at);
    const known = gathered.get(key);
    if (known === undefined) gathered.set(key, at);
    else if (known.key !== at.key && known.alsoAt?.includes(at.key) !== true) {
      gathered.set(key, {
        ...known,
        conditional: known.conditional && at.conditional,
        alsoAt: [...(known.alsoAt ?? []), at.key],
      });
    }
  }
  return gatherForms([...gathered.values()], after).sort(byPlace);
}

/** All local elements of a namespace in another form: somebody changed the default of the schema. */
function gatherForms(facts: readonly Fact[], after: Model): Fact[] {
  const rule = "element.form.changed";
  const changed = facts.filter((fact) => fact.rule === rule);
  const replaced = new Set<Fact>();
  const defaults: Fact[] = [];
  for (const uri of new Set(changed.map(({ component }) => component.ns))) {
    const group = changed.filter(({ component }) => component.ns === uri);
    const [first] = group;
    const form = first?.new?.value;
    if (first === undefined || group.length < 3 || group.some((fact) => fact.new?.value !== form)) continue;
    const own = Object.values(after.types).filter(({ namespace }) => namespace === uri);
    if (own.some((type) => localForms(after, type.id).some((each) => each !== form))) continue;
    for (const fact of group) replaced.add(fact);
    const { old, new: current } = first;
    defaults.push({
      rule: "schema.form-default.changed",
      component: { ns: uri, type: "", path: [], kind: "namespace" },
      key: `{${uri}}`,
      ...(old && { old }),
      new: { ...current, children: group.length },
      effect: group.some(({ effect }) => effect === "disjoint") ? "disjoint" : "overlap",
      valueChange: false,
      conditional: group.every(({ conditional }) => conditional),
    });
  }
  return [...facts.filter((fact) => !replaced.has(fact)), ...defaults];
}

function localForms(model: Model, id: string): readonly string[] {
  return ownElements(model, id)
    .filter(({ ref }) => ref === undefined)
    .map(({ form }) => form);
}

interface Group {
  readonly component: ComponentPath;
  readonly extent: Span;
}

function groupsOf(model: Model): ReadonlyMap<string, readonly Group[]> {
  const byFile = new Map<string, Group[]>();
  for (const { name, extent } of [...Object.values(model.groups), ...Object.values(model.attributeGroups)]) {
    const group: Group = {
      component: { ns: name.namespace, type: name.local, path: [], kind: "group" },
      extent,
    };
    const list = byFile.get(extent.file);
    if (list === undefined) byFile.set(extent.file, [group]);
    else list.push(group);
  }
  return byFile;
}

/** A declaration that stands in a named group belongs to the group, not to the types that it is expanded into. */
function atDeclaration(
  fact: Fact,
  groups: Readonly<Record<"old" | "new", ReadonlyMap<string, readonly Group[]>>>,
): Fact {
  const { component, newSpan, oldSpan } = fact;
  if (component.kind !== undefined && component.kind !== "element") return fact;
  const [span, side] = newSpan === undefined ? [oldSpan, "old" as const] : [newSpan, "new" as const];
  if (span === undefined) return fact;
  const group = groups[side]
    .get(span.file)
    ?.find(({ extent }) => extent.start <= span.start && span.end <= extent.end);
  // A component whose own name is inside: only its last steps are of the group.
  const last = component.path.at(-1);
  if (group === undefined) return fact;
  const steps = last === undefined ? [] : last.startsWith("=") ? component.path.slice(-2) : [last];
  return { ...fact, component: { ...group.component, path: steps } };
}

function identity({ rule, component, oldSpan, newSpan, old, new: current }: Fact): string {
  const place = (span: Span | undefined): unknown => span && [span.file, span.start];
  const side = (value: Fact["old"]): unknown => value && [value.type, value.min, value.max, value.value];
  return JSON.stringify([rule, component, place(oldSpan), place(newSpan), side(old), side(current)]);
}

function byPlace(a: Fact, b: Fact): number {
  return (
    compareText(a.component.ns, b.component.ns) ||
    compareText(placeOf(a).file, placeOf(b).file) ||
    placeOf(a).start - placeOf(b).start ||
    compareText(pathOf(a), pathOf(b)) ||
    compareText(a.rule, b.rule) ||
    compareText(identity(a), identity(b))
  );
}

function placeOf({ newSpan, oldSpan }: Fact): { readonly file: string; readonly start: number } {
  return newSpan ?? oldSpan ?? { file: "", start: 0 };
}

function pathOf({ component }: Fact): string {
  return [component.kind ?? "", component.type, ...component.path].join("/");
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
