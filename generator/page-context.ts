/** What report pages show beside the findings: source and TypeScript of both sides, documentation, services, diagrams. */
import type { Span } from "./diagnostics.js";
import type { Change, DiffResult } from "./diff/index.js";
import { shownInput, type CodeRules } from "./emit-input.js";
import { declarationsOf, type Declaration } from "./emit/declarations.js";
import type { Scope } from "./emit/scope.js";
import { planOf } from "./emit/plan.js";
import type { EmitInput, Names } from "./emit/types.js";
import { memberAt, typeOf } from "./model/query.js";
import type { Model, TypeId } from "./model/types.js";
import { addTo } from "./multimap.js";
import { excerptOf, linesOf, type Excerpt, type Excerpts } from "./report/excerpt.js";
import type { PageContext } from "./report/release-page.js";
import { partsOf } from "./report/parts.js";
import type { ReportInput } from "./report/source.js";
import { touchedTypes } from "./report/type-tree.js";
import type { Service } from "./service/types.js";

/** One side of a page: a schema that was read. */
export interface PageSide {
  readonly model: Model;
  readonly service?: Service;
  /** What its code was generated from, where it was: names are decided once. */
  readonly input?: EmitInput;
}

const plain: CodeRules = { scalars: [], only: [] };

/** All that a page of this comparison shows beside it. */
export function pageContext(
  before: PageSide,
  after: PageSide,
  input: ReportInput,
  options: CodeRules = plain,
): Pick<PageContext, "excerpts" | "documentation" | "services" | "types"> {
  const { result } = input;
  const [old, current] = [codeOf(before, options), codeOf(after, options)];
  const services = serviceNames(before, after, options);
  return {
    services,
    types: touchedTypes(before.model, after.model, partsOf(result).schema),
    documentation: (change) => documentationOf(after.model, change) ?? documentationOf(before.model, change),
    excerpts: (change) => [
      schemaExcerpts(before.model, after.model, change, input),
      ...typescriptExcerpts(old, current, change, result),
    ],
  };
}

/** The services that own or reach what changed: modules of namespaces, and services of operations. */
export function serviceNames(
  before: PageSide,
  after: PageSide,
  options: CodeRules = plain,
): (change: Change) => readonly string[] {
  // What is about a file, a note, or a namespace of neither side belongs to no module.
  const modules = new Map(
    [before, after].flatMap((side) =>
      side.model.namespaces.map(({ uri }) => [uri, codeOf(side, options).names.module(uri)] as const),
    ),
  );
  const serviceOf = new Map(
    [...(before.service?.operations ?? []), ...(after.service?.operations ?? [])].map(
      ({ name, service }) => [name.toLowerCase(), service] as const,
    ),
  );
  return ({ component, reach }) => {
    const module =
      component.kind === "note" || component.kind === "file" ? undefined : modules.get(component.ns);
    const found = new Set(module === undefined ? [] : [module]);
    for (const { op } of reach) {
      const service = serviceOf.get(op.toLowerCase());
      if (service !== undefined) found.add(service);
    }
    return [...found];
  };
}

// ---------------------------------------------------------------------------------------------------------------
// Schema
// ---------------------------------------------------------------------------------------------------------------

/** The type that declares what changed: the innermost one that holds the member, or the type itself. */
function ownerIn(model: Model, key: string): TypeId | undefined {
  if (!key.startsWith("{")) return undefined;
  const start = key.indexOf("}") + 1;
  // An element with a type in place has the key of that type; what declares it is the type around it.
  for (let id = key; ;) {
    const cut = Math.max(id.lastIndexOf("/"), id.lastIndexOf("="), id.lastIndexOf("#"));
    if (cut < start) return model.types[id] === undefined ? undefined : id;
    id = id.slice(0, cut);
    if (model.types[id] !== undefined) return id;
  }
}

function schemaExcerpts(before: Model, after: Model, change: Change, input: ReportInput): Excerpts {
  const side = (which: "old" | "new"): Excerpt | undefined => {
    const [model, extent, span] =
      which === "old"
        ? ([before, change.oldExtent, change.oldSpan] as const)
        : ([after, change.newExtent, change.newSpan] as const);
    const focus = extent ?? span;
    const owner = ownerIn(model, change.key);
    const whole = owner === undefined || owner === change.key ? undefined : model.types[owner]?.extent;
    const shown: Span | undefined =
      whole !== undefined && (focus === undefined || contains(whole, focus)) ? whole : focus;
    const text = shown && input.texts[which].textOf(shown.file);
    if (shown === undefined || text === undefined) return undefined;
    const title = `${input.paths[which](shown.file)}`;
    return excerptOf(text, title, shown, shown === focus ? undefined : focus);
  };
  const [old, current] = [side("old"), side("new")];
  return { language: "xml", ...(old && { old }), ...(current && { new: current }) };
}

const contains = (outer: Span, inner: Span): boolean =>
  outer.file === inner.file && outer.start <= inner.start && inner.end <= outer.end;

function documentationOf(model: Model, { key }: Change): string | undefined {
  if (key.startsWith("element:")) return model.elements[key.slice("element:".length)]?.documentation;
  const member = memberAt(model, key);
  if (member?.documentation !== undefined) return member.documentation;
  const equals = key.lastIndexOf("=");
  const type = typeOf(model, equals > key.indexOf("}") ? key.slice(0, equals) : key);
  if (type?.kind === "simple" && equals > key.indexOf("}")) {
    return type.facets.enumeration?.find(({ value }) => value === key.slice(equals + 1))?.documentation;
  }
  return type?.documentation;
}

// ---------------------------------------------------------------------------------------------------------------
// TypeScript
// ---------------------------------------------------------------------------------------------------------------

/** Declarations of a release, without comments, printed when they are asked for. */
interface Code {
  readonly model: Model;
  readonly names: Names;
  readonly print: (id: TypeId) => readonly string[];
  /** Types that are declared inside what a key names. */
  readonly inside: (key: string) => readonly TypeId[];
}

const known = new WeakMap<EmitInput, Code>();

function codeOf({ model, service, input }: PageSide, rules: CodeRules): Code {
  const used = input ?? shownInput(model, service, rules);
  let code = known.get(used);
  if (code === undefined) {
    // Names alone: nobody compiles an excerpt, and a reader knows where a type comes from.
    const scope: Scope = { symbol: (_, name) => name, runtime: (name) => name };
    const print = (id: TypeId): readonly string[] =>
      declarationsOf(planOf(used), scope, id).flatMap(declarationLines);
    known.set(used, (code = { model, names: used.names, print, inside: insideOf(model) }));
  }
  return code;
}

/** The types that bear a key, or one that goes on behind it, in the order of the model; sorted when they are asked for first. */
function insideOf(model: Model): Code["inside"] {
  let found: Map<string, TypeId[]> | undefined;
  return (key) => {
    if (found === undefined) {
      found = new Map();
      for (const id of Object.keys(model.types)) {
        for (let end = id.indexOf("}"); end >= 0 && end < id.length;) {
          const next = id.indexOf("/", end + 1);
          end = next < 0 ? id.length : next;
          const outer = id.slice(0, end);
          addTo(found, outer, id);
        }
      }
    }
    return found.get(key) ?? [];
  };
}

function declarationLines(declaration: Declaration): readonly string[] {
  if (declaration.kind === "type")
    return linesOf(`export type ${declaration.name} = ${withoutComments(declaration.type)};`);
  return [
    `export interface ${declaration.name} extends ${declaration.extends} {`,
    ...declaration.properties.flatMap(({ name, optional, type }) =>
      linesOf(`  ${name}${optional ? "?" : ""}: ${withoutComments(type)};`),
    ),
    "}",
  ];
}

// The declaration printer comments members of unions in place.
function withoutComments(text: string): string {
  return text.replace(/[ \t]*\/\*\*(?:(?!\*\/)[\s\S])*\*\/[ \t]*\n?/gu, "");
}

/** The declaration that holds the member on both sides; then what declares the content of a member with a type in place. */
function typescriptExcerpts(old: Code, current: Code, change: Change, result: DiffResult): Excerpts[] {
  const title = (release: string): string => `TypeScript of ${release}`;
  const owner = (code: Code, release: string): Excerpt | undefined => {
    const id = ownerIn(code.model, change.key);
    const lines = id === undefined ? [] : code.print(id);
    const focus = focusOf(lines, change);
    return lines.length === 0 ? undefined : { title: title(release), lines, ...(focus && { focus }) };
  };
  const below = (code: Code, release: string): Excerpt | undefined => {
    if (ownerIn(code.model, change.key) === change.key) return undefined;
    const lines = code.inside(change.key).flatMap((id) => code.print(id));
    return lines.length === 0 ? undefined : { title: title(release), lines };
  };
  return [owner, below].flatMap((of): Excerpts[] => {
    const [before, after] = [of(old, result.from.id), of(current, result.to.id)];
    const same = before?.lines.join("\n") === after?.lines.join("\n");
    return same
      ? []
      : [{ language: "typescript", ...(before && { old: before }), ...(after && { new: after }) }];
  });
}

/** The lines of the property that is named like the member. */
function focusOf(lines: readonly string[], { key }: Change): Excerpt["focus"] {
  const member = key.slice(key.lastIndexOf("/") + 1);
  if (key.lastIndexOf("/") < key.indexOf("}")) return undefined;
  const found = lines.flatMap((line, index) => {
    const name = /^\s*"?([^"?:\s]+)"?\??:/u.exec(line)?.[1];
    return name === member ? [[index, index] as const] : [];
  });
  return found.length === 0 ? undefined : found;
}
