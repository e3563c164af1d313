/** One generated module: what it refers to is imported, and its declarations are printed in one go. The home of ts-morph. */
import { createRequire } from "node:module";
import type * as Morph from "ts-morph";
import type {
  ImportDeclarationStructure,
  InterfaceDeclarationStructure,
  TypeAliasDeclarationStructure,
} from "ts-morph";
import type { Declaration, Scope } from "./declarations.js";
import { printString } from "./print.js";

// Imported, it would be read twice: Node looks through all megabytes of it for the names that it exports.
const { IndentationText, Project, StructureKind } = createRequire(import.meta.url)(
  "ts-morph",
) as typeof Morph;

/**
 * Lines around text that is in its final form, as `output/format.ts` knows them: `regionStart` and `regionEnd`.
 */
export const finalStart = "//#final";
export const finalEnd = "//#end";

/** A module being written. Referring to something imports it; nobody writes an import line. */
export interface ModuleWriter extends Scope {
  /** The constant that holds the namespace of the module. */
  readonly namespaceName: () => string;
  /** Adds declarations; they are printed together, in order. */
  readonly declare: (declarations: readonly Declaration[]) => void;
  /** Adds text that follows the declarations, in its final form unless said otherwise. */
  readonly append: (text: string, final?: boolean) => void;
  /** The text of the module, without a header. */
  readonly print: () => string;
}

export interface ModuleOptions {
  /** The namespace whose module this is. */
  readonly namespace: string;
  /** Names that the module itself declares: nothing is imported under one of them, or what a descriptor of that name is called. */
  readonly declared: ReadonlySet<string>;
  /** Module of a namespace, without extension. */
  readonly moduleOf: (namespace: string) => string;
  readonly importExtension: string;
  /** From this module to the runtime: `../runtime/`. */
  readonly runtimePath: string;
}

interface Import {
  readonly name: string;
  readonly local: string;
  isValue: boolean;
}

export function createModule(options: ModuleOptions): ModuleWriter {
  const { namespace, declared, moduleOf, importExtension, runtimePath } = options;
  const imports = new Map<string, Map<string, Import>>();
  const locals = new Set<string>();
  const declarations: Declaration[] = [];
  const texts: string[] = [];
  const unfinished: string[] = [];
  // No name from a schema has a dollar sign.
  const constant = declared.has("ns") ? "ns$" : "ns";
  let hasConstant = false;

  const refer = (path: string, owner: string, name: string, use: "type" | "value"): string => {
    let names = imports.get(path);
    if (names === undefined) imports.set(path, (names = new Map()));
    let known = names.get(name);
    if (known === undefined) {
      // No name from a schema has a dollar sign, so the second choice is always free.
      const isTaken = declared.has(name.replace(/\$$/u, "")) || locals.has(name);
      const local = isTaken ? `${owner}$${name}` : name;
      locals.add(local);
      names.set(name, (known = { name, local, isValue: false }));
    }
    if (use === "value") known.isValue = true;
    return known.local;
  };

  return {
    symbol: (other, name, use) => {
      if (other === namespace) return name;
      const module = moduleOf(other);
      return refer(`./${module}${importExtension}`, module, name, use);
    },
    runtime: (name, use) => refer(`${runtimePath}index${importExtension}`, "runtime", name, use),
    namespaceName: () => {
      hasConstant = true;
      return constant;
    },
    declare: (more) => {
      declarations.push(...more);
    },
    append: (text, final = true) => {
      (final ? texts : unfinished).push(text);
    },
    print: () => {
      const body = printDeclarations(importStructures(imports), declarations);
      const tables = texts.length === 0 ? "" : `\n${finalStart}\n${texts.join("\n")}${finalEnd}\n`;
      // Before all that is made of it when the module is loaded.
      const first = hasConstant ? `\nconst ${constant} = ${printString(namespace)};\n` : "";
      return body + first + unfinished.map((text) => `\n${text}`).join("") + tables;
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function importStructures(
  imports: ReadonlyMap<string, ReadonlyMap<string, Import>>,
): ImportDeclarationStructure[] {
  return [...imports]
    .sort(([a], [b]) => compare(a, b))
    .map(([path, names]) => {
      const sorted = [...names.values()].sort((a, b) => compare(a.name, b.name));
      const isTypeOnly = sorted.every(({ isValue }) => !isValue);
      return {
        kind: StructureKind.ImportDeclaration,
        moduleSpecifier: path,
        isTypeOnly,
        namedImports: sorted.map(({ name, local, isValue }) => ({
          name,
          ...(local === name ? {} : { alias: local }),
          isTypeOnly: !isTypeOnly && !isValue,
        })),
      };
    });
}

let project: Morph.Project | undefined;

/** Structures in one call: each further edit of a ts-morph file would parse it anew. */
function printDeclarations(
  imports: readonly ImportDeclarationStructure[],
  declarations: readonly Declaration[],
): string {
  project ??= new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const file = project.createSourceFile(
    "module.ts",
    {
      statements: [
        ...imports,
        ...declarations.map((each, index) => structureOf(each, declarations[index - 1])),
      ],
    },
    { overwrite: true },
  );
  const text = file.getFullText();
  project.removeSourceFile(file);
  return text;
}

function structureOf(
  declaration: Declaration,
  before: Declaration | undefined,
): InterfaceDeclarationStructure | TypeAliasDeclarationStructure {
  const { name, docs } = declaration;
  const common = {
    name,
    isExported: true,
    ...(docs === "" ? {} : { docs: [docsOf(docs)] }),
    // ts-morph puts a blank line around interfaces only.
    ...(declaration.kind === "type" && before?.kind !== "interface" ? { leadingTrivia: "\n" } : {}),
  };
  if (declaration.kind === "type")
    return { kind: StructureKind.TypeAlias, ...common, type: declaration.type };
  return {
    kind: StructureKind.Interface,
    ...common,
    extends: [declaration.extends],
    properties: declaration.properties.map((property) => ({
      name: property.name,
      type: property.type,
      hasQuestionToken: property.optional,
      ...(property.docs === "" ? {} : { docs: [docsOf(property.docs)] }),
    })),
  };
}

/** ts-morph takes a text that begins with a line break for one of several lines. */
const docsOf = (docs: string): string => (docs.includes("\n") ? `\n${docs}` : docs);
