/** What all releases of an output folder share: the runtime and the npm package around them. */
import { fillTemplate, listTemplates, readTemplate } from "../output/template.js";
import type { EmitOptions, OutputFile } from "./types.js";

/** The runtime as source: the files of `templates/runtime/` and of the folders that conventions need. */
export function runtimeFiles(
  conventions: readonly string[],
  { importExtension }: Pick<EmitOptions, "importExtension">,
): readonly OutputFile[] {
  const folders = ["runtime", ...[...new Set(conventions)].sort().map((folder) => `runtime/${folder}`)];
  return folders.flatMap((folder) =>
    listTemplates(folder)
      .filter((name) => name.endsWith(".ts"))
      .map((name) => ({
        path: `${folder}/${name}`,
        text: runtimeHeader + withExtension(readTemplate(`${folder}/${name}`), importExtension),
        final: true,
      })),
  );
}

const runtimeHeader =
  "// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.\n/* eslint-disable */\n\n";

/** Relative imports end in `.js` in our sources. */
function withExtension(text: string, extension: string): string {
  if (extension === ".js") return text;
  return text.replace(/((?:\bfrom|\bimport)\s*\(?\s*"\.{1,2}\/[^"\n]*?)\.js"/gu, `$1${extension}"`);
}

/** A release that the package offers. */
export interface PackagedRelease {
  readonly release: string;
  /** Its folder, without a slash at the end: `v2.1.0`. */
  readonly folder: string;
  /** What the release is about, for the README: `Webex Meetings XML API`. */
  readonly title?: string;
}

export interface PackageOptions {
  /** The name of the npm package. */
  readonly name: string;
  readonly version?: string;
  readonly description?: string;
  readonly license?: string;
  readonly importExtension: EmitOptions["importExtension"];
  /** Further modules that are entry points: `runtime/webex/index` for `<name>/runtime/webex`, `runtime/webex/mock`. */
  readonly entries?: readonly string[];
}

/**
 * `package.json`, `tsconfig.json` and `README.md` around the releases, given oldest first: one subpath a release, named in
 * full, `latest` for the last, and below them their modules. Built with tsc when it is packed, it needs nothing else at run time.
 */
export function packageFiles(
  releases: readonly PackagedRelease[],
  options: PackageOptions,
): readonly OutputFile[] {
  const latest = releases.at(-1);
  // The modules of a release are subpaths too: some bundlers keep all of a module that an index passes on as a namespace.
  const entry = (name: string, folder: string): readonly (readonly [subpath: string, file: string])[] => [
    [`./${name}`, `./dist/${folder}/index.js`],
    [`./${name}/*`, `./dist/${folder}/*.js`],
  ];
  const exports: Readonly<Record<string, string>> = {
    ...Object.fromEntries(releases.flatMap(({ folder }) => entry(folder, folder))),
    ...(latest !== undefined && Object.fromEntries(entry("latest", latest.folder))),
    "./runtime": "./dist/runtime/index.js",
    "./runtime/decode": "./dist/runtime/decode.js",
    "./runtime/encode": "./dist/runtime/encode.js",
    ...Object.fromEntries(
      (options.entries ?? []).map((module) => [
        `./${module.replace(/\/index$/u, "")}`,
        `./dist/${module}.js`,
      ]),
    ),
  };
  const manifest = {
    name: options.name,
    version: options.version ?? "0.0.0",
    description: options.description ?? `Types, codecs and clients generated from XML Schema by xsd-strata`,
    ...(options.license !== undefined && { license: options.license }),
    type: "module",
    sideEffects: false,
    engines: { node: ">=20.19" },
    exports: {
      ...exports,
      "./package.json": "./package.json",
    },
    // For TypeScript that does not look at `exports`: `moduleResolution` "node10", which "module": "commonjs" meant up to 5.9.
    typesVersions: {
      "*": Object.fromEntries(
        Object.entries(exports).map(([subpath, file]) => [
          subpath.slice("./".length),
          [file.replace(/\.js$/u, ".d.ts")],
        ]),
      ),
    },
    files: ["dist", "README.md"],
    scripts: { build: "tsc -p tsconfig.json", prepack: "npm run build" },
    devDependencies: { typescript: ">=5.9" },
  };
  const json = (path: string, value: unknown): OutputFile => ({
    path,
    text: `${JSON.stringify(value, null, 2)}\n`,
    final: true,
  });
  return [
    json("package.json", manifest),
    json("tsconfig.json", compilerConfig(options.importExtension)),
    {
      path: "README.md",
      text: fillTemplate("package-readme", {
        name: options.name,
        description: manifest.description,
        releases: releases.map(({ release, folder, title }) => ({ release, folder, title })),
        latest,
      }),
      final: true,
    },
  ];
}

/** Compiles the output by itself, with nothing installed but a compiler. */
function compilerConfig(importExtension: EmitOptions["importExtension"]): unknown {
  return {
    compilerOptions: {
      target: "es2022",
      lib: ["es2022", "dom", "dom.iterable"],
      types: [],
      ...(importExtension === ""
        ? { module: "esnext", moduleResolution: "bundler" }
        : { module: "nodenext", moduleResolution: "nodenext" }),
      ...(importExtension === ".ts" && { rewriteRelativeImportExtensions: true }),
      moduleDetection: "force",
      verbatimModuleSyntax: true,
      isolatedModules: true,
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      skipLibCheck: true,
      declaration: true,
      rootDir: ".",
      outDir: "dist",
    },
    include: ["**/*.ts"],
    exclude: ["dist", "node_modules"],
  };
}
