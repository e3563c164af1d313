/** Code from the models of the suite: the emission path of `generate`, unformatted, and a strict compiler over batches of it. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createReport } from "../generator/diagnostics.js";
import { bareInput } from "../generator/emit-input.js";
import { emitRelease, packageFiles, runtimeFiles } from "../generator/emit/index.js";
import type { EmitInput, OutputFile } from "../generator/emit/types.js";
import type { Model } from "../generator/model/types.js";
import { showErrors } from "./schemas.js";

/** All that printing needs to know about a model without a service and without a history. */
export const emitInputOf = (model: Model, folder: string): EmitInput =>
  bareInput(model, undefined, { folder, runtimePath: "../runtime/" });

/** A folder in which the code of several models is compiled together. */
export interface Workshop {
  /** Prints the code of a model; a failure is what is wrong already. */
  readonly add: (id: string, model: Model) => string | undefined;
  /** Compiles what was added since the last time: id to the first error. */
  readonly compile: () => ReadonlyMap<string, string>;
  readonly close: () => void;
}

/** Opens a workshop in a temporary folder. */
export function openWorkshop(): Workshop {
  const root = mkdtempSync(join(tmpdir(), "xsd-strata-conformance-"));
  const options = { name: "suite", importExtension: ".js" } as const;
  const write = ({ path, text }: OutputFile): void => {
    const place = join(root, path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  };
  // The compiler options are those of a generated package.
  for (const file of [...packageFiles([], options), ...runtimeFiles([], options)]) write(file);
  const compiler = join(
    dirname(createRequire(import.meta.url).resolve("typescript7/package.json")),
    "bin/tsc",
  );
  const folders = new Map<string, string>();
  return {
    add(id, model) {
      const folder = `s${folders.size}`;
      const report = createReport();
      const files = emitRelease(emitInputOf(model, `${folder}/`), report);
      if (report.hasErrors)
        return showErrors(report.diagnostics.filter(({ severity }) => severity === "error"));
      folders.set(folder, id);
      for (const file of files) if (file.path.endsWith(".ts")) write(file);
      return undefined;
    },
    compile() {
      const errors = new Map<string, string>();
      if (folders.size === 0) return errors;
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [compiler, "-p", root, "--noEmit", "--pretty", "false"],
        { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 },
      );
      for (const line of stdout.split("\n")) {
        const [, folder = "", message = ""] = /^(s\d+)\/(.*: error TS.*)$/u.exec(line) ?? [];
        const id = folders.get(folder);
        if (id !== undefined && !errors.has(id)) errors.set(id, message);
      }
      if (status !== 0 && errors.size === 0) throw new Error(`the compiler has failed: ${stdout}${stderr}`);
      for (const folder of folders.keys()) rmSync(join(root, folder), { recursive: true });
      folders.clear();
      return errors;
    },
    close() {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
