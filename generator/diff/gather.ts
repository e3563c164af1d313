/** Brings facts to their declarations: what a group holds is told once, whoever uses the group. */
import type { Span } from "../diagnostics.js";
import { ownElements } from "../model/query.js";
import type { Model, TypeDefinition } from "../model/types.js";
import { addTo } from "../multimap.js";
import { findRule } from "./rules.js";
import type { ComponentPath, Fact, SourceVerdicts } from "./types.js";

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
  return gatherDefaults([...gathered.values()], { before, after }).sort(byPlace);
}

/** What a default of a schema document brings to all its declarations: told once, at the namespace. */
interface Default {
  readonly rule: string;
  /** What the rule becomes. */
  readonly gathered: string;
  /** What the finding says of a single declaration, as it is said of all. */
  readonly word: (value: string) => string;
  /** Whether all declarations of a namespace are now (or were) as the value says. */
  readonly all: (models: Models, uri: string, values: readonly string[]) => boolean;
}

interface Models {
  readonly before: Model;
  readonly after: Model;
}

const sets = (name: "block" | "final", action: "added" | "removed"): Default => ({
  rule: `type.${name}.${action}`,
  gathered: `type.${name}.${action}`,
  word: (value) => value,
  all: ({ before, after }, uri, values) => {
    const model = action === "added" ? after : before;
    const own = typesIn(model, uri).filter((type) => type.kind === "complex" && type.name !== undefined);
    return (
      own.length > 0 &&
      own.every((type) => values.every((each) => each === "substitution" || setOf(type, name).includes(each)))
    );
  },
});

const defaults: readonly Default[] = [
  {
    rule: "element.form.changed",
    gathered: "schema.form-default.changed",
    word: (value) => value,
    all: ({ after }, uri, [value]) =>
      typesIn(after, uri).every((type) => localForms(after, type.id).every((form) => form === value)),
  },
  {
    rule: "attribute.form.changed",
    gathered: "schema.form-default.changed",
    word: (value) => `attributes ${value}`,
    all: ({ after }, uri, [value]) =>
      typesIn(after, uri)
        .flatMap((type) => (type.kind === "complex" ? type.attributes : []))
        .filter(({ ref, declaredIn }) => ref === undefined && declaredIn.startsWith(`{${uri}}`))
        .every(({ name }) => (name.namespace === "") === (value === "unqualified")),
  },
  ...(["block", "final"] as const).flatMap((name) => [sets(name, "added"), sets(name, "removed")]),
];

function gatherDefaults(facts: readonly Fact[], models: Models): Fact[] {
  return defaults.reduce<Fact[]>((list, each) => gatherDefault(list, each, models), [...facts]);
}

function gatherDefault(facts: Fact[], { rule, gathered, word, all }: Default, models: Models): Fact[] {
  const changed = facts.filter((fact) => fact.rule === rule && fact.component.kind !== "namespace");
  const replaced = new Set<Fact>();
  const found: Fact[] = [];
  for (const uri of new Set(changed.map(({ component }) => component.ns))) {
    const group = changed.filter(({ component }) => component.ns === uri);
    const [first] = group;
    if (first === undefined || group.length < 3) continue;
    // Elements can be blocked in more ways than types: the most that is said is the default.
    const said = ({ old, new: current }: Fact): readonly string[] =>
      ((current ?? old)?.value ?? "").split(" ");
    const fullest = group.reduce(
      (most, fact) => (said(fact).length > said(most).length ? fact : most),
      first,
    );
    const values = said(fullest);
    if (group.some((fact) => said(fact).some((each) => !values.includes(each)))) continue;
    if (!all(models, uri, values)) continue;
    const { old, new: current } = fullest;
    for (const fact of group) replaced.add(fact);
    const effects = group.map(({ effect }) => effect);
    found.push({
      rule: gathered,
      component: { ns: uri, type: "", path: [], kind: "namespace" },
      key: `{${uri}}`,
      ...(old && {
        old: {
          ...old,
          ...(old.value !== undefined && { value: word(old.value) }),
          ...(current === undefined && { children: group.length }),
        },
      }),
      ...(current && { new: { ...current, value: word(current.value ?? ""), children: group.length } }),
      effect: effects.includes("disjoint")
        ? "disjoint"
        : (effects.find((effect) => effect !== "equal") ?? "equal"),
      valueChange: false,
      conditional: group.every(({ conditional }) => conditional),
      ...(gathered !== rule && { source: sourceOf(rule) }),
    });
  }
  return [...facts.filter((fact) => !replaced.has(fact)), ...found];
}

/** What each of many findings does to code is what they do as one. */
function sourceOf(id: string): Partial<SourceVerdicts> {
  const { read = "by-case", build = "by-case", meta = "by-case" } = findRule(id) ?? {};
  return Object.fromEntries(
    Object.entries({ read, build, meta }).filter(([, verdict]) => verdict !== "by-case"),
  );
}

function typesIn(model: Model, uri: string): readonly TypeDefinition[] {
  return Object.values(model.types).filter(({ namespace }) => namespace === uri);
}

function setOf(type: TypeDefinition, name: "block" | "final"): readonly string[] {
  return name === "final" ? type.final : type.kind === "complex" ? type.block : [];
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
    addTo(byFile, extent.file, group);
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
