/** Candidates as programs of their own: one bundle each, so that loading and memory are theirs alone. */
import { join } from "node:path";
import { build } from "esbuild";

/** A reader of the documents of this folder, as the source that makes it. */
export const readers: Readonly<Record<string, string>> = {
  decode: `import { decode } from "../templates/runtime/index.js"; const read = (xml) => decode(messageElement, xml);`,
  "fast-xml-parser + conversion": `import { fastXmlParser } from "./peers/fast-xml-parser.js"; const read = fastXmlParser(messageElement);`,
  "saxes + generated code": `import { saxes } from "./peers/saxes.js"; const read = saxes(messageElement);`,
  "xml2js + conversion": `import { xml2js } from "./peers/xml2js.js"; const read = xml2js(messageElement);`,
};

export interface Program {
  readonly name: string;
  /** To be run by Node; its argument is a document. */
  readonly file: string;
}

/** Bundles each reader with a `main` that may use `read`, `messageElement` and `readFileSync`. */
export async function bundlePrograms(
  folder: string,
  main: string,
  names = Object.keys(readers),
): Promise<Program[]> {
  return await Promise.all(
    names.map(async (name, index) => {
      const file = join(folder, `${index}.mjs`);
      await build({
        stdin: {
          contents: `import { readFileSync } from "node:fs"; import { messageElement } from "./documents.js"; ${readers[name] ?? ""}\n${main}`,
          resolveDir: import.meta.dirname,
          loader: "ts",
        },
        bundle: true,
        platform: "node",
        format: "esm",
        target: "node20",
        outfile: file,
        // What is written in CommonJS asks for built-in modules.
        banner: {
          js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
        },
        logLevel: "error",
      });
      return { name, file };
    }),
  );
}
