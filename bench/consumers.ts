/**
 * What the newest generated release costs the programs that use it: bytes in a bundle, and time and memory of the type checker.
 * `npx tsx bench/consumers.ts [rounds]`.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { median } from "./harness.js";
import { publish, type Row } from "./results.js";

const [rounds = 3] = process.argv.slice(2).map(Number);
const generated = resolve(import.meta.dirname, "../generated");
const releases = readdirSync(generated)
  .filter((name) => /^v\d/u.test(name))
  .sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
const newest = releases.at(-1) ?? "";

/** A program that makes calls; what it imports is what a bundler keeps. */
const calling = (operations: readonly (readonly [name: string, request: string])[]): string =>
  `import { call, connect } from "${generated}/runtime/webex/index.ts";\n` +
  `import { ${operations.map(([name]) => name).join(", ")} } from "${generated}/${newest}/operations.ts";\n` +
  `const connection = connect({ siteName: "example", credentials: { webExID: "a", password: "b" } });\n` +
  operations.map(([name, request]) => `console.log(await call(connection, ${name}, ${request}));\n`).join("");

/** A program that reads and writes what an operation sends, by tables, and makes no calls. */
const reading = (operation: string): string =>
  `import { decode } from "${generated}/runtime/decode.ts";\n` +
  `import { encode } from "${generated}/runtime/encode.ts";\n` +
  `import { ${operation} } from "${generated}/${newest}/operations.ts";\n` +
  `export const write = (value) => encode(${operation}.request, value, { element: "bodyContent" });\n` +
  `export const read = (xml) => decode(${operation}.response, xml);\n`;

/** A program that has an operation, and does nothing with it. */
const tables = (operation: string): string =>
  `export { ${operation} } from "${generated}/${newest}/operations.ts";`;

const programs: readonly (readonly [name: string, source: string])[] = [
  ["tables of one operation", tables("getUser")],
  [
    "decode and encode by tables",
    `export { decode } from "${generated}/runtime/decode.ts";\nexport { encode } from "${generated}/runtime/encode.ts";`,
  ],
  ["one operation, without the client", reading("getUser")],
  ["decode alone", `export { decode } from "${generated}/runtime/index.ts";`],
  ["decode and encode alone", `export { decode, encode } from "${generated}/runtime/index.ts";`],
  ["one operation", calling([["getUser", `{ webExId: "a" }`]])],
  [
    "two operations",
    calling([
      ["getUser", `{ webExId: "a" }`],
      ["delUser", `{ webExId: ["a"] }`],
    ]),
  ],
  ["the whole client", `export { createClient } from "${generated}/${newest}/client.ts";`],
];
const options = {
  bundle: true,
  minify: true,
  write: false,
  platform: "browser",
  format: "esm",
  target: "es2022",
  logLevel: "error",
} as const;
/** Kilobytes, as they are and gzipped. */
const sizesOf = (bytes: Uint8Array = new Uint8Array()): readonly number[] => [
  bytes.length / 1000,
  gzipSync(bytes, { level: 9 }).length / 1000,
];
const bundled = await Promise.all(
  programs.map(async ([name, contents]) => {
    const { outputFiles } = await build({
      ...options,
      stdin: { contents, resolveDir: generated, loader: "ts" },
    });
    return { name, values: sizesOf(outputFiles[0]?.contents) };
  }),
);

/** The median of the programs that each have one of all operations. */
async function medianOf(detail: string, programOf: (operation: string) => string): Promise<Row> {
  const operations = Object.keys(
    (await import(`${generated}/${newest}/operations.ts`)) as Readonly<Record<string, unknown>>,
  );
  const folder = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
  try {
    const entryPoints = operations.map((operation) => join(folder, `${operation}.ts`));
    entryPoints.forEach((file, at) => {
      writeFileSync(file, programOf(operations[at] ?? ""));
    });
    const { outputFiles } = await build({ ...options, entryPoints, outdir: folder });
    const sizes = outputFiles.map(({ contents }) => sizesOf(contents));
    return {
      name: `median operation${detail}`,
      values: [0, 1].map((column) => median(sizes.map((row) => row[column] ?? NaN))),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const medians = [
  await medianOf(", tables", tables),
  await medianOf(", without the client", reading),
  await medianOf("", (operation) => calling([[operation, "{}"]])),
];

const least = bundled.find(({ name }) => name === "one operation")?.values ?? [];
publish({
  title: "bundle",
  about: `Bytes that a program brings with it, minified by esbuild, with everything that it needs; release ${newest.slice(1)}. One operation is getUser, the median that of all operations.`,
  columns: ["kB", "gzip kB"],
  rows: [
    ...bundled,
    ...medians,
    {
      name: "a further operation",
      values: (bundled.find(({ name }) => name === "two operations")?.values ?? []).map(
        (value, at) => value - (least[at] ?? NaN),
      ),
    },
  ],
});

const folder = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
try {
  const compilers = {
    "tsc 6": resolve("node_modules/typescript/lib/tsc.js"),
    "tsc 7": resolve("node_modules/typescript7/bin/tsc"),
  };
  const projects: readonly (readonly [name: string, releases: readonly string[]])[] = [
    // What TypeScript takes for its own libraries.
    ["nothing", []],
    ["one release", [newest]],
    ["all releases", releases],
  ];
  const rows = projects.flatMap(([name, used]) => {
    const project = join(folder, name.replaceAll(" ", "-"));
    mkdirSync(project);
    writeFileSync(
      join(project, "main.ts"),
      used
        .map((release, at) => `import * as r${at} from "${generated}/${release}/index.js";\nvoid r${at};\n`)
        .join("") || "export {};\n",
    );
    writeFileSync(
      join(project, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
          module: "nodenext",
          target: "es2022",
          lib: ["es2022", "dom"],
          types: [],
        },
        files: ["main.ts"],
      }),
    );
    return Object.entries(compilers).map(([compiler, file]) => {
      const runs = Array.from({ length: rounds }, () => {
        const start = performance.now();
        const { status, stdout } = spawnSync(
          process.execPath,
          [file, "-p", project, "--extendedDiagnostics"],
          { encoding: "utf8" },
        );
        if (status !== 0) throw new Error(stdout);
        const memory = /Memory used:\s*(\d+)K/u.exec(stdout)?.[1];
        return { time: (performance.now() - start) / 1000, memory: Number(memory) / 1000 };
      });
      return {
        name: `${name}, ${compiler}`,
        values: [median(runs.map(({ time }) => time)), median(runs.map(({ memory }) => memory))],
      };
    });
  });
  publish({
    title: "type check",
    about: `A strict project that imports generated releases (${releases.length} in all), whole process, ${rounds} rounds.`,
    columns: ["s", "MB", "x nothing"],
    rows: rows.map(({ name, values }) => {
      const compiler = name.slice(name.indexOf(","));
      const nothing = rows.find((row) => row.name === `nothing${compiler}`)?.values[0] ?? NaN;
      return { name, values: [...values, (values[0] ?? NaN) / nothing] };
    }),
  });
} finally {
  rmSync(folder, { recursive: true });
}
