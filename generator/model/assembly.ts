/**
 * From documents to symbol spaces: which declaration a name means in one release.
 *
 * Follows include, import, redefine and override (Part 1, clause 4.2). A document without target namespace takes
 * that of each document that includes it, so a document is used through a {@link Scope}, once a namespace.
 */
import type { Report, Span } from "../diagnostics.js";
import { addTo } from "../multimap.js";
import type {
  Bundle,
  ComplexTypeSyntax,
  Directive,
  ElementSyntax,
  ParticleSyntax,
  SchemaDocument,
  TopLevel,
} from "../schema/types.js";
import { builtinTypes, XSI_NAMESPACE } from "./builtins.js";
import { builtinDocuments } from "./builtin-documents.js";
import { reportDuplicates, type Duplicate } from "./duplicates.js";
import { spaceOfKind, wordOfSpace, type Declared, type Scope, type Space, type Symbols } from "./symbols.js";
import { meaningOfSyntax } from "./syntax-meaning.js";
import { idOf, XSD_NAMESPACE } from "./types.js";

/** What of a bundle the model needs: how documents refer to each other. */
export type Locations = Pick<Bundle, "files" | "roots" | "resolveLocation">;

interface WorkingScope extends Scope {
  readonly visible: Set<string>;
  readonly included: WorkingScope[];
  readonly own: Declared[];
  redefinitionsDone: boolean;
}

type Table = Map<string, Declared[]>;

/** A document to be read with the declarations of a namespace; `done` is told when all that it leads to is read, too. */
interface Entrance {
  readonly document: SchemaDocument;
  readonly namespace: string;
  readonly done?: (scope: WorkingScope) => void;
}

/** A document whose directives are being followed: those that are left. */
interface Visit {
  readonly scope: WorkingScope;
  readonly left: Iterator<Directive>;
  readonly done: Entrance["done"];
}

/**
 * Builds the symbol spaces of a release; broken directives and double declarations go to the report. Built-in namespaces are
 * there where a document imports them, or when they are `unimported` and to be there all the same.
 */
export function assemble(
  documents: readonly SchemaDocument[],
  locations: Locations,
  report: Report,
  unimported: Iterable<string> = [],
): Symbols {
  const byPath = new Map(documents.map((document) => [document.file, document]));
  const scopes = new Map<string, WorkingScope>();
  const tables: Record<Space, Table> = {
    types: new Map(),
    elements: new Map(),
    attributes: new Map(),
    groups: new Map(),
    attributeGroups: new Map(),
    notations: new Map(),
    constraints: new Map(),
  };
  const redefinitions: { scope: WorkingScope; target: WorkingScope; directive: Directive }[] = [];
  const incomplete = new Map<string, string>();

  const targetOf = (directive: Directive, from: string): SchemaDocument | undefined => {
    const request = {
      ...(directive.location === undefined ? {} : { location: directive.location }),
      ...(directive.kind === "import" && directive.namespace !== undefined
        ? { namespace: directive.namespace }
        : {}),
    };
    const path = locations.resolveLocation(request, from);
    return path === undefined ? undefined : byPath.get(path);
  };

  // Includes may lead through more documents than calls can be nested.
  const enter = ({ document, namespace, done }: Entrance, visits: Visit[]): void => {
    const key = `${namespace} ${document.file}`;
    const known = scopes.get(key);
    if (known !== undefined) return done?.(known);
    const scope: WorkingScope = {
      document,
      namespace,
      chameleon: document.targetNamespace === undefined && namespace !== "",
      visible: new Set([namespace, XSD_NAMESPACE, XSI_NAMESPACE]),
      included: [],
      own: [],
      redefinitionsDone: false,
    };
    scopes.set(key, scope);
    for (const component of document.components) declare(scope, component);
    visits.push({ scope, left: document.directives.values(), done });
  };

  /** Enters a document and all that it leads to, each once, those that a directive names before the next directive. */
  const read = (document: SchemaDocument): void => {
    const visits: Visit[] = [];
    enter({ document, namespace: document.targetNamespace ?? "" }, visits);
    for (let visit; (visit = visits.at(-1)) !== undefined;) {
      const { done, value } = visit.left.next();
      if (done !== true) {
        const next = follow(visit.scope, value);
        if (next !== undefined) enter(next, visits);
      } else {
        visits.pop();
        visit.done?.(visit.scope);
      }
    }
  };

  const declare = (scope: WorkingScope, syntax: TopLevel): void => {
    if (syntax.name === undefined) return;
    // The reader lets only those pass that are built in.
    const builtin = scope.namespace === XSI_NAMESPACE && syntax.kind === "attribute";
    if (builtin && !builtinDocuments.includes(scope.document)) return;
    const name = { namespace: scope.namespace, local: syntax.name };
    const declared: Declared = { syntax, scope, id: idOf(name), name };
    scope.own.push(declared);
    put(tables[spaceOfKind[syntax.kind]], declared);
  };

  /** The document that a directive leads to, if there is one. */
  const follow = (scope: WorkingScope, directive: Directive): Entrance | undefined => {
    const { document, namespace } = scope;
    const target = targetOf(directive, document.file);
    if (directive.kind === "import") {
      const imported = directive.namespace ?? "";
      // What is wrong with a directive itself, the reader has said.
      if (imported === (document.targetNamespace ?? "")) return undefined;
      scope.visible.add(imported);
      if (target === undefined) return unread(imported, directive);
      if ((target.targetNamespace ?? "") !== imported) return undefined;
      return { document: target, namespace: imported };
    }
    if (target === undefined) return unread(namespace, directive);
    if (target.targetNamespace !== undefined && target.targetNamespace !== document.targetNamespace)
      return undefined;
    return {
      document: target,
      namespace,
      done(included) {
        scope.included.push(included);
        if (directive.kind !== "include") redefinitions.push({ scope, target: included, directive });
      },
    };
  };

  const unread = (namespace: string, { location }: Directive): undefined => {
    if (location !== undefined && !incomplete.has(namespace)) incomplete.set(namespace, location);
  };

  for (const root of rootsOf(documents, locations, targetOf)) read(root);
  const wanted = new Set([...scopes.values()].flatMap((scope) => [...scope.visible]));
  for (const namespace of [XSI_NAMESPACE, ...unimported]) wanted.add(namespace);
  const declaredNamespaces = new Set(
    [...scopes.values()].filter((scope) => scope.own.length > 0).map((scope) => scope.namespace),
  );
  for (const document of builtinDocuments) {
    const namespace = document.targetNamespace ?? "";
    if (wanted.has(namespace) && !declaredNamespaces.has(namespace)) read(document);
  }

  applyRedefinitions(redefinitions, tables, report);
  declareConstraints([...scopes.values()], tables);

  const duplicates: Duplicate[] = [];
  // `spaceOfKind` put each declaration into the table of its kind.
  const space = <S extends Space>(name: S): Symbols[S] =>
    settle(name, tables[name], duplicates) as Symbols[S];
  const symbols: Symbols = {
    types: space("types"),
    elements: space("elements"),
    attributes: space("attributes"),
    groups: space("groups"),
    attributeGroups: space("attributeGroups"),
    notations: space("notations"),
    constraints: space("constraints"),
    scopes: [...scopes.values()],
    incomplete,
  };
  reportDuplicates(duplicates, symbols.scopes, report);
  return symbols;
}

function put(table: Table, declared: Declared): void {
  addTo(table, declared.id, declared);
}

/**
 * The documents to start from. Where every file is a root, those that only make sense inside another
 * (chameleons) are left to the documents that include them.
 */
function rootsOf(
  documents: readonly SchemaDocument[],
  locations: Locations,
  targetOf: (directive: Directive, from: string) => SchemaDocument | undefined,
): readonly SchemaDocument[] {
  const rootPaths = new Set(locations.roots);
  const roots = documents.filter((document) => rootPaths.has(document.file));
  if (roots.length < documents.length || documents.length === 1) return roots;
  const adopted = new Set<SchemaDocument>();
  for (const document of documents) {
    for (const directive of document.directives) {
      if (directive.kind === "import") continue;
      const target = targetOf(directive, document.file);
      if (target === undefined || target === document || target.targetNamespace !== undefined) continue;
      if (document.targetNamespace !== undefined) adopted.add(target);
    }
  }
  // What an adopted document includes is reached through it, with its namespace.
  const queue = [...adopted];
  for (let document = queue.pop(); document !== undefined; document = queue.pop()) {
    for (const directive of document.directives) {
      const target = directive.kind === "import" ? undefined : targetOf(directive, document.file);
      if (target === undefined || target.targetNamespace !== undefined || adopted.has(target)) continue;
      adopted.add(target);
      queue.push(target);
    }
  }
  return roots.filter((document) => !adopted.has(document));
}

// ---------------------------------------------------------------------------------------------------------------
// redefine and override
// ---------------------------------------------------------------------------------------------------------------

function applyRedefinitions(
  given: readonly { scope: WorkingScope; target: WorkingScope; directive: Directive }[],
  tables: Record<Space, Table>,
  report: Report,
): void {
  const perScope = new Map<WorkingScope, (typeof given)[number][]>();
  for (const entry of given) {
    addTo(perScope, entry.scope, entry);
  }
  // The redefinitions inside a redefined schema come first: what they give is what is redefined again.
  const apply = (scope: WorkingScope): void => {
    if (scope.redefinitionsDone) return;
    scope.redefinitionsDone = true;
    for (const included of scope.included) apply(included);
    for (const { target, directive } of perScope.get(scope) ?? []) {
      if (directive.kind === "redefine") redefine(scope, target, directive, tables, report);
      if (directive.kind === "override") override(scope, target, directive, tables);
    }
  };
  for (const { scope } of given) apply(scope);
  for (const { scope, target, directive } of given) {
    if (directive.kind !== "redefine" || !redefines(perScope, target, scope)) continue;
    report.add({
      code: "circular-redefinition",
      severity: "error",
      message: `${scope.document.file} redefines ${target.document.file}, which redefines it in turn`,
      at: directive.at,
      clause: "src-redefine",
    });
  }
}

/** Whether one document redefines another, directly or over others. */
function redefines(
  perScope: ReadonlyMap<WorkingScope, readonly { target: WorkingScope; directive: Directive }[]>,
  from: WorkingScope,
  to: WorkingScope,
): boolean {
  const seen = new Set<WorkingScope>([from]);
  for (const scope of seen) {
    for (const { target, directive } of perScope.get(scope) ?? []) {
      if (directive.kind === "redefine") seen.add(target);
    }
  }
  return seen.has(to);
}

function closureOf(scope: WorkingScope): ReadonlySet<Scope> {
  const closure = new Set<WorkingScope>([scope]);
  for (const each of closure) for (const included of each.included) closure.add(included);
  return closure;
}

function redefine(
  scope: WorkingScope,
  target: WorkingScope,
  directive: Extract<Directive, { kind: "redefine" | "override" }>,
  tables: Record<Space, Table>,
  report: Report,
): void {
  const closure = closureOf(target);
  const inThisDirective = new Set<Declared>();
  for (const syntax of directive.components) {
    if (syntax.name === undefined) continue;
    const space = spaceOfKind[syntax.kind];
    const name = { namespace: scope.namespace, local: syntax.name };
    const id = idOf(name);
    const list = tables[space].get(id) ?? [];
    const index = list.findIndex((declared) => closure.has(declared.scope) && !inThisDirective.has(declared));
    const original = list[index];
    if (original === undefined || original.syntax.kind !== syntax.kind) {
      report.add({
        code: "nothing-to-redefine",
        severity: "error",
        message: `${target.document.file} has no ${syntax.kind} "${syntax.name}" to redefine`,
        at: syntax.at,
        clause: "src-redefine",
      });
      continue;
    }
    const redefined: Declared = { syntax, scope, id, name, original };
    inThisDirective.add(redefined);
    list.splice(index, 1, redefined);
  }
}

function override(
  scope: WorkingScope,
  target: WorkingScope,
  directive: Extract<Directive, { kind: "redefine" | "override" }>,
  tables: Record<Space, Table>,
): void {
  const closure = closureOf(target);
  for (const syntax of directive.components) {
    if (syntax.name === undefined) continue;
    const list = tables[spaceOfKind[syntax.kind]].get(
      idOf({ namespace: scope.namespace, local: syntax.name }),
    );
    list?.forEach((declared, index) => {
      // Defaults such as elementFormDefault stay those of the overridden document (Part 1 of 1.1, appendix F.2).
      if (!closure.has(declared.scope)) return;
      const visible = new Set([...declared.scope.visible, ...scope.visible]);
      list.splice(index, 1, { ...declared, syntax, scope: { ...declared.scope, visible } });
    });
  }
}

// ---------------------------------------------------------------------------------------------------------------
// One declaration a name
// ---------------------------------------------------------------------------------------------------------------

/** Identity constraints are declared inside elements, yet named globally (clause 3.11.2). */
function declareConstraints(scopes: readonly WorkingScope[], tables: Record<Space, Table>): void {
  let within = "";
  const add = (scope: Scope, element: ElementSyntax): void => {
    for (const syntax of element.constraints) {
      if (syntax.name === undefined) continue;
      const name = { namespace: scope.namespace, local: syntax.name };
      put(tables.constraints, { syntax: syntax as never, scope, id: idOf(name), name, within });
    }
    if (element.inlineType?.kind === "complexType") inType(scope, element.inlineType);
  };
  const inType = (scope: Scope, type: ComplexTypeSyntax): void => {
    if (type.content.kind !== "simpleContent") inParticle(scope, type.content.particle);
  };
  const inParticle = (scope: Scope, particle: ParticleSyntax | undefined): void => {
    if (particle === undefined) return;
    if (particle.kind === "element") add(scope, particle);
    if (particle.kind === "sequence" || particle.kind === "choice" || particle.kind === "all") {
      for (const part of particle.particles) inParticle(scope, part);
    }
  };
  const inTop = (scope: Scope, syntax: TopLevel): void => {
    within = `${syntax.kind} ${idOf({ namespace: scope.namespace, local: syntax.name ?? "" })}`;
    if (syntax.kind === "element") add(scope, syntax);
    if (syntax.kind === "complexType") inType(scope, syntax);
    if (syntax.kind === "group") inParticle(scope, syntax.particle);
  };
  for (const scope of scopes) {
    for (const { syntax } of scope.own) inTop(scope, syntax);
    for (const directive of scope.document.directives) {
      if (directive.kind !== "redefine" && directive.kind !== "override") continue;
      for (const syntax of directive.components) inTop(scope, syntax);
    }
  }
}

/** Leaves one declaration a name: the same thing said twice is one, two different things are `duplicates`. */
function settle(space: Space, table: Table, duplicates: Duplicate[]): ReadonlyMap<string, Declared> {
  const settled = new Map<string, Declared>();
  for (const [id, list] of table) {
    if (space === "types" && id in builtinTypes) continue;
    const [first, ...others] = list;
    if (first === undefined) continue;
    settled.set(id, first);
    for (const other of others) {
      const sameFile = other.scope.document.file === first.scope.document.file;
      if (sameFile && isSamePlace(other.syntax.at, first.syntax.at)) continue;
      // An identity constraint that another element repeats is a second one.
      const isOne = !sameFile && other.within === first.within;
      if (isOne && meaningOfSyntax(other) === meaningOfSyntax(first)) continue;
      duplicates.push({ word: wordOfSpace[space], first, other });
    }
  }
  return settled;
}

function isSamePlace(a: Span, b: Span): boolean {
  return a.file === b.file && a.start === b.start;
}
