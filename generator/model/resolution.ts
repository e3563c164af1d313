/** The state of one resolution, and looking up what a name refers to. */
import type { Report, Span } from "../diagnostics.js";
import { maxCompared, suggestionHint } from "../suggestion.js";
import { weigh, type Tolerable } from "../tolerable.js";
import { builtinNamespaces } from "../schema/documents.js";
import type {
  AttributeGroupSyntax,
  AttributeSyntax,
  ComplexTypeSyntax,
  ElementSyntax,
  GroupSyntax,
  IdentityConstraintSyntax,
  NotationSyntax,
  QName,
  QNameRef,
  SchemaDocument,
  SimpleTypeSyntax,
} from "../schema/types.js";
import { declares, wordOfSpace, type Declared, type Scope, type Space, type Symbols } from "./symbols.js";
import { builtinTypes, isBuiltinOf11 } from "./builtins.js";
import {
  idOf,
  XSD_NAMESPACE,
  type AttributeDeclaration,
  type AttributeGroupDefinition,
  type ElementDeclaration,
  type ModelGroupDefinition,
  type SimpleType,
  type TypeDefinition,
  type TypeId,
} from "./types.js";

export type XsdVersion = "1.0" | "1.1";

/** How a release is resolved. */
export interface ResolveOptions {
  /** `lazy`: what a name that is not declared stands for is left open, with a warning. Default `strict`: an error. */
  readonly unresolved?: "strict" | "lazy";
  /** Whose rules are checked. Default: those of 1.1, and what 1.0 alone allows passes. */
  readonly xsdVersion?: XsdVersion;
  /** Errors that are warnings for this schema. Default: none. */
  readonly tolerate?: readonly Tolerable[];
  /** Documents that lie beside a file and are not read, for hints. Default: none. */
  readonly beside?: (file: string) => readonly SchemaDocument[];
}

/** Components built so far, and those being built (to find circles). */
export interface Resolution {
  readonly report: Report;
  readonly symbols: Symbols;
  readonly lazy: boolean;
  readonly version: XsdVersion;
  /** A version was asked for: what only the other one allows is an error. */
  readonly strict: boolean;
  /** Namespaces that are referred to and were not read whole: the first reference that leads nowhere is reported for all. */
  readonly unread: Set<string>;
  readonly tolerate: ReadonlySet<Tolerable>;
  readonly beside: (file: string) => readonly SchemaDocument[];
  readonly types: Map<TypeId, TypeDefinition>;
  readonly elements: Map<string, ElementDeclaration>;
  readonly attributes: Map<string, AttributeDeclaration>;
  readonly groups: Map<string, ModelGroupDefinition>;
  readonly attributeGroups: Map<string, AttributeGroupDefinition>;
  /** Ids of what is being built, with the symbol space in front. */
  readonly pending: Set<string>;
  /** How deep what was built goes: 1 for what needs nothing else. */
  readonly depths: Map<string, number>;
  /** What goes too deep to be built; it was reported. */
  readonly tooDeep: Set<string>;
  /** The depth of what the component that is being built has asked for so far. */
  below: number;
  /** Parts that components have taken from others so far. */
  parts: number;
  /** Names that were compared for hints so far. */
  compared: number;
  /** Redefined groups that do not refer to the original: each must be a restriction of it. */
  readonly redefined: { readonly kind: "group" | "attributeGroup"; readonly id: string }[];
  /** Anonymous types of elements, built when everything named is: their content may lead back to where they stand. */
  readonly deferred: (() => void)[];
  /** Ids given to anonymous types. */
  readonly reserved: Set<TypeId>;
}

/** Adds an error that breaks a clause of the specification; a warning where the user tolerates it. */
export function fail(
  r: Pick<Resolution, "report"> & Partial<Pick<Resolution, "tolerate">>,
  code: string,
  clause: string,
  message: string,
  at: Span,
  more: { readonly hint?: string; readonly related?: readonly { message: string; at: Span }[] } = {},
): void {
  r.report.add(weigh({ code, severity: "error", message, at, clause, ...more }, r.tolerate));
}

/** What a reference into a symbol space that leads nowhere is. */
const codeOfSpace: Readonly<Record<Space, string>> = {
  types: "unknown-type-reference",
  elements: "unknown-element-reference",
  attributes: "unknown-attribute-reference",
  groups: "unknown-group-reference",
  attributeGroups: "unknown-attribute-group-reference",
  notations: "unknown-notation-reference",
  constraints: "unknown-identity-constraint-reference",
};

interface SyntaxOf {
  types: SimpleTypeSyntax | ComplexTypeSyntax;
  elements: ElementSyntax;
  attributes: AttributeSyntax;
  groups: GroupSyntax;
  attributeGroups: AttributeGroupSyntax;
  notations: NotationSyntax;
  constraints: IdentityConstraintSyntax;
}

/** The name that a reference means: in a chameleon, a name without namespace is one of the including schema. */
export function meantName(ref: QName, scope: Scope): QName {
  return scope.chameleon && ref.namespace === ""
    ? { namespace: scope.namespace, local: ref.local }
    : { namespace: ref.namespace, local: ref.local };
}

/** A reference as the schema's author wrote it. */
export function written(ref: QNameRef): string {
  return ref.prefix === "" ? ref.local : `${ref.prefix}:${ref.local}`;
}

/**
 * The id that a reference means (src-resolve): undefined, with a diagnostic, when nothing of that name can be
 * referred to. Built-in types are found too. What is `needed` to build a component is an error even where names may
 * be left open.
 */
export function lookUp(
  r: Resolution,
  space: Space,
  ref: QNameRef,
  scope: Scope,
  needed: "needed" | "may be open" = "may be open",
): string | undefined {
  const name = meantName(ref, scope);
  const id = idOf(name);
  // One string for all references to a component: what is put together for each would be kept and hashed for each.
  const builtin =
    space === "types" && !(r.version === "1.0" && isBuiltinOf11(id)) ? builtinTypes[id]?.id : undefined;
  const known = builtin ?? r.symbols[space].get(id)?.id;
  const [word, code] = [wordOfSpace[space], codeOfSpace[space]];
  if (!scope.visible.has(name.namespace)) {
    const from = name.namespace === "" ? "no namespace" : `the namespace "${name.namespace}"`;
    if (known !== undefined || !(r.lazy || r.tolerate.has("namespace-not-imported"))) {
      fail(
        r,
        "namespace-not-imported",
        "src-resolve.4",
        `the ${word} "${written(ref)}" is of ${from}, which ${scope.document.file} does not import`,
        ref.at,
        {
          hint:
            name.namespace === ""
              ? "add <xs:import/> or give the name a prefix"
              : (hintAtBeside(r, space, name, scope) ?? `add <xs:import namespace="${name.namespace}"/>`),
        },
      );
      return known;
    }
  }
  const isMadeUp = space === "elements" && name.namespace === XSD_NAMESPACE && !isInFile(r, id);
  if (known !== undefined && !isMadeUp) return known;
  if (known !== undefined && !r.lazy) {
    fail(
      r,
      "schema-element-undeclared",
      "src-resolve",
      `"${written(ref)}" is the element <${name.local}> of XML Schema itself, which no file declares`,
      ref.at,
      {
        hint: `write <xs:any namespace="${XSD_NAMESPACE}" processContents="skip"/> in its place, or import a file that declares it`,
      },
    );
    return r.tolerate.has("schema-element-undeclared") ? known : undefined;
  }
  const beside = hintAtBeside(r, space, name, scope);
  let hint = beside ?? hintFor(r, space, ref, name);
  const unread = beside === undefined ? unreadPart(r, name) : undefined;
  if (unread !== undefined && (hint === undefined || r.symbols.incomplete.has(name.namespace))) {
    if (!r.lazy && r.unread.has(name.namespace)) return undefined;
    r.unread.add(name.namespace);
    hint = hint === undefined ? unread : `${unread}; ${hint}`;
  }
  r.report.add({
    code,
    severity: r.lazy && needed === "may be open" ? "warning" : "error",
    message: `no ${word} "${written(ref)}"`,
    at: ref.at,
    clause: "src-resolve",
    ...(hint === undefined ? {} : { hint }),
  });
  return undefined;
}

function isInFile({ symbols }: Resolution, element: string): boolean {
  return symbols.elements.get(element)?.scope.document.file !== "";
}

function hintFor(r: Resolution, space: Space, ref: QNameRef, name: QName): string | undefined {
  const table = r.symbols[space];
  if ((r.compared += table.size) > maxCompared) return undefined;
  const locals: string[] = [];
  const elsewhere: string[] = [];
  for (const declared of table.values()) {
    if (declared.name.namespace === name.namespace) locals.push(declared.name.local);
    else if (declared.name.local === name.local) elsewhere.push(declared.name.namespace);
  }
  if (name.namespace === XSD_NAMESPACE && space === "types") {
    for (const id of Object.keys(builtinTypes)) locals.push(id.slice(XSD_NAMESPACE.length + 2));
  }
  const prefix = ref.prefix === "" ? "" : `${ref.prefix}:`;
  const near = suggestionHint(
    prefix + name.local,
    locals.map((local) => prefix + local),
  );
  if (near !== undefined) return near;
  const [other] = elsewhere;
  if (other !== undefined) {
    return `there is one of this name in ${other === "" ? "no namespace" : `the namespace "${other}"`}`;
  }
  return undefined;
}

/** A file beside the one that refers, which is not read and declares what is meant, as a hint. */
function hintAtBeside(r: Resolution, space: Space, name: QName, { document }: Scope): string | undefined {
  const own = document.targetNamespace ?? "";
  // What has no target namespace takes that of who includes it.
  const isMeant = ({ targetNamespace = "" }: SchemaDocument): boolean =>
    targetNamespace === name.namespace || (targetNamespace === "" && own === name.namespace);
  const found = r.beside(document.file).find((each) => isMeant(each) && declares(each, space, name.local));
  if (found === undefined) return undefined;
  const file = found.file.slice(found.file.lastIndexOf("/") + 1);
  const directive =
    name.namespace === own
      ? `<xs:include schemaLocation="${file}"/>`
      : `<xs:import namespace="${name.namespace}" schemaLocation="${file}"/>`;
  return `${found.file} declares it and is not read: add ${directive}, or read the folder of both`;
}

/** What of a namespace was not read, as a hint: a file that is named, or all of it. */
function unreadPart({ symbols }: Resolution, { namespace }: QName): string | undefined {
  if (builtinNamespaces.has(namespace)) return undefined;
  if (symbols.scopes.some((scope) => scope.namespace === namespace)) {
    const file = symbols.incomplete.get(namespace);
    return file === undefined ? undefined : `"${file}", where it may be declared, was not read (told once)`;
  }
  if (namespace === "") return undefined;
  return `no schema of the namespace "${namespace}" was read (told once): name its file in a schemaLocation, or map the namespace to it with --catalog`;
}

/** The declaration behind an id that {@link lookUp} gave; undefined for a built-in type. */
export function declaredAs<S extends Space>(
  r: Resolution,
  space: S,
  id: string,
): Declared<SyntaxOf[S]> | undefined {
  return r.symbols[space].get(id) as Declared<SyntaxOf[S]> | undefined;
}

/** Deeper than any schema derives, refers or nests; half of what the call stack has room for. */
const maxDepth = 250;

/**
 * Finds a component by its key, or builds it unless it is being built already: then `circle` says what is wrong. What stands on
 * too many others, each on the next, is an error: the call stack of all that follows it would not suffice.
 */
export function guarded<T extends object>(
  r: Resolution,
  key: string,
  at: Span,
  known: T | undefined,
  build: () => T | undefined,
  circle: () => undefined,
): T | undefined {
  if (r.tooDeep.has(key)) return undefined;
  if (known !== undefined) {
    r.below = Math.max(r.below, r.depths.get(key) ?? 0);
    return known;
  }
  if (r.pending.has(key)) return circle();
  if (isTooLarge(r)) return undefined;
  /** One of a chain is told for all. */
  const refuse = (keys: Iterable<string>): undefined => {
    const message = `definitions stand on each other more than ${String(maxDepth)} deep`;
    if (r.tooDeep.size === 0) r.report.add({ code: "content-limit", severity: "error", message, at });
    for (const each of keys) r.tooDeep.add(each);
  };
  if (r.pending.size >= 2 * maxDepth) return refuse([...r.pending, key]);
  const outer = r.below;
  r.below = 0;
  r.pending.add(key);
  try {
    const built = build();
    const depth = r.below + 1;
    r.depths.set(key, depth);
    r.below = Math.max(outer, depth);
    return depth > maxDepth ? refuse([key]) : built;
  } finally {
    r.pending.delete(key);
  }
}

/** Particles, attributes and members, counted in each place that groups, bases, unions and substitution groups bring them to. */
const maxParts = 2_000_000;

/** Counts parts that a component takes from others; false once they are more than the limit: nothing further is built then. */
export function countParts(r: Resolution, count: number, at: Span): boolean {
  const wasFine = !isTooLarge(r);
  r.parts += count;
  if (wasFine && isTooLarge(r)) {
    const message = `groups, bases, unions and substitution groups bring more than ${String(maxParts)} parts to other places`;
    r.report.add({ code: "content-limit", severity: "error", message, at });
  }
  return !isTooLarge(r);
}

/** Whether what was built has so many parts that nothing more is to be done with it; it was reported. */
export const isTooLarge = (r: Resolution): boolean => r.parts > maxParts;

/** What values need to be read while types are being built. */
export function contextOf(r: Resolution): {
  readonly simpleType: (id: string) => SimpleType | undefined;
  readonly version: XsdVersion;
} {
  return {
    simpleType: (id) => {
      const type = r.types.get(id);
      return type?.kind === "simple" ? type : undefined;
    },
    version: r.version,
  };
}
