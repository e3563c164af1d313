/** One generated module: what it refers to is imported, and its declarations are printed in one go. The home of ts-morph. */
import type * as Morph from "ts-morph";
import type { ImportDeclarationStructure, OptionalKind, PropertySignatureStructure } from "ts-morph";
import { lazyPackage } from "../packages.js";
import type { Declaration } from "./declarations.js";
import type { Scope } from "./scope.js";
import { propertyType } from "./texts.js";
import { docComment } from "./docs.js";
import { printString } from "./print.js";

const morph = lazyPackage<typeof Morph>("ts-morph");

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
  /** This module, without extension. */
  readonly module: string;
  /** Modules whose declarations this one gives on. */
  readonly gathers: readonly string[];
  /** Names of the namespace: nothing of another is imported under one of them, or what a descriptor of that name is called. */
  readonly declared: ReadonlySet<string>;
  /** The module that declares a name of a namespace, without extension. */
  readonly homeOf: (namespace: string, name: string) => string;
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
  const { namespace, module, gathers, declared, homeOf, importExtension, runtimePath } = options;
  const imports = new Map<string, Map<string, Import>>();
  const locals = new Set<string>();
  const declarations: Declaration[] = [];
  const texts: string[] = [];
  const unfinished: string[] = [];
  // No name from a schema has a dollar sign.
  const constant = declared.has("ns") ? "ns$" : "ns";
  let hasConstant = false;

  const refer = (path: string, name: string, use: "type" | "value", owner?: string): string => {
    let names = imports.get(path);
    if (names === undefined) imports.set(path, (names = new Map()));
    let known = names.get(name);
    if (known === undefined) {
      // No name from a schema has a dollar sign, so the second choice is always free.
      const isTaken = declared.has(name.replace(/\$$/u, "")) || locals.has(name);
      const local = isTaken && owner !== undefined ? `${owner}$${name}` : name;
      locals.add(local);
      names.set(name, (known = { name, local, isValue: false }));
    }
    if (use === "value") known.isValue = true;
    return known.local;
  };

  return {
    symbol: (other, name, use) => {
      const home = homeOf(other, name);
      if (home === module) return name;
      // A part of the same namespace has no name that this one has.
      const owner = other === namespace ? undefined : home.split("-", 1)[0];
      return refer(`./${home}${importExtension}`, name, use, owner);
    },
    runtime: (name, use) => refer(`${runtimePath}index${importExtension}`, name, use, "runtime"),
    namespaceName: () => {
      hasConstant = true;
      return constant;
    },
    declare: (more) => {
      for (const each of more) declarations.push(each);
    },
    append: (text, final = true) => {
      (final ? texts : unfinished).push(text);
    },
    print: () => {
      const all = gathers.map((part) => `export * from "./${part}${importExtension}";\n`).join("");
      const body = printDeclarations(importStructures(imports), declarations);
      const tables = texts.length === 0 ? "" : `\n${finalStart}\n${texts.join("\n")}${finalEnd}\n`;
      // Before all that is made of it when the module is loaded.
      const first = hasConstant ? `\nconst ${constant} = ${printString(namespace)};\n` : "";
      return (
        all +
        (all === "" || body === "" ? "" : "\n") +
        body +
        first +
        unfinished.map((text) => `\n${text}`).join("") +
        tables
      );
    },
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function importStructures(
  imports: ReadonlyMap<string, ReadonlyMap<string, Import>>,
): ImportDeclarationStructure[] {
  const { StructureKind } = morph();
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

/**
 * Imports are printed as a file, in one call; declarations by the writer and the printer of members alone, since a file of them
 * would be parsed when it is made, which takes longer than all else, and nobody asks for its nodes.
 */
function printDeclarations(
  imports: readonly ImportDeclarationStructure[],
  declarations: readonly Declaration[],
): string {
  const { IndentationText, Project } = morph();
  project ??= new Project({
    useInMemoryFileSystem: true,
    skipFileDependencyResolution: true,
    skipLoadingLibFiles: true,
    manipulationSettings: { indentationText: IndentationText.TwoSpaces },
  });
  const file = project.createSourceFile("module.ts", { statements: [...imports] }, { overwrite: true });
  const head = file.getFullText();
  project.removeSourceFile(file);
  const writer = project.createWriter();
  for (const declaration of declarations) {
    if (head !== "" || writer.getLength() > 0) writer.newLine();
    printDeclaration(declaration, writer);
    writer.newLine();
  }
  return head + writer.toString();
}

function printDeclaration(declaration: Declaration, writer: Morph.CodeBlockWriter): void {
  const { kind, name, docs } = declaration;
  writer.write(`${docComment(docs)}export ${kind} ${name} `);
  if (kind === "type") {
    writer.hangingIndent(() => writer.write(`= ${declaration.type}`)).write(";");
    return;
  }
  writer.hangingIndent(() => writer.write(`extends ${declaration.extends} `));
  const properties = declaration.properties.map((property): OptionalKind<PropertySignatureStructure> => ({
    name: property.name,
    type: propertyType(property),
    hasQuestionToken: property.optional,
    ...(property.docs === "" ? {} : { docs: [docsOf(property.docs)] }),
  }));
  if (properties.length === 0) writer.inlineBlock();
  else morph().Writers.objectType({ properties })(writer);
}

/** ts-morph takes a text that begins with a line break for one of several lines. */
const docsOf = (docs: string): string => (docs.includes("\n") ? `\n${docs}` : docs);
