/** Where the files of a bundle lie: a folder or a zip, by paths relative to its root, with `/`. */
import { readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import type { Report } from "../diagnostics.js";
import { refusalReason } from "../refusal.js";
import { isOutside } from "./path.js";
import { maxLength } from "./encoding.js";

/** Schema files that a folder may hold. */
const maxListed = 20_000;

export interface Store {
  /** What is left out of all paths, because all files share it; ends in `/`. */
  readonly shared?: string;
  /** The paths of all .xsd and .wsdl files, in code-unit order. */
  readonly list: () => Promise<readonly string[]>;
  /** The bytes of a file; undefined when there is none of exactly this name, or when reading it is not allowed. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
}

/**
 * A folder. Links are followed only to what lies inside of it, but for the one file that the user has named;
 * `node_modules` and hidden folders are not looked into.
 */
export function folderStore(root: string, report: Report, named?: string): Store {
  const listings = new Map<string, ReadonlySet<string>>();
  const namesIn = (folder: string): ReadonlySet<string> => {
    let names = listings.get(folder);
    if (names === undefined) listings.set(folder, (names = new Set(attempt(() => readdirSync(folder)))));
    return names;
  };
  let realRoot: string | undefined;

  // Many small files: each wait for another thread would take longer than the reading.
  const readNow = (path: string): Uint8Array | undefined => {
    if (isOutside(path) || path === "") return undefined;
    // A file system that does not tell upper from lower case must not make a bundle work that fails elsewhere.
    let folder = root;
    for (const part of path.split("/")) {
      if (!namesIn(folder).has(part)) return undefined;
      folder = join(folder, part);
    }
    const real = attempt(() => realpathSync.native(folder));
    if (real === undefined) {
      report.add({
        code: "unreadable-file",
        severity: "warning",
        message: `${path} cannot be read: the link leads nowhere, or the name is no text`,
      });
      return undefined;
    }
    realRoot ??= realpathSync.native(root).replace(/[/\\]$/u, "");
    if (path !== named && !real.startsWith(`${realRoot}${sep}`)) {
      report.add({
        code: "link-outside-bundle",
        severity: "warning",
        message: `${path} is a link to a place outside the bundle, and is not read`,
        hint: "put the file itself there",
      });
      return undefined;
    }
    const found = statSync(real);
    if (!found.isFile()) return undefined;
    if (found.size > maxLength) {
      report.add({
        code: "document-too-large",
        severity: "error",
        message: `${path} has ${String(found.size)} bytes; ${String(maxLength)} are allowed`,
      });
      return undefined;
    }
    try {
      return readFileSync(real);
    } catch (error) {
      reportUnreadable(path, error, report, path);
      return undefined;
    }
  };
  const read = (path: string): Promise<Uint8Array | undefined> =>
    new Promise((settle) => {
      settle(readNow(path));
    });

  const list = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    const pending = [""];
    for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
      const entries = await readdir(join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
        reportUnreadable(folder === "" ? root : folder, error, report);
        return [];
      });
      for (const entry of entries) {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) {
          if (entry.name !== "node_modules" && !entry.name.startsWith(".")) pending.push(path);
        } else if (isSchemaName(entry.name)) found.push(path);
      }
      if (found.length > maxListed) {
        report.add({
          code: "bundle-too-large",
          severity: "error",
          message: `the folder holds more than ${String(maxListed)} schema files`,
          hint: "give the folder of one release",
        });
        return [];
      }
    }
    return found.sort(byCodeUnit);
  };
  return { list, read };
}

/** Says that a file or folder cannot be read. `at`: its path in the bundle, by which messages tell where it lies. */
export function reportUnreadable(shown: string, error: unknown, report: Report, at?: string): void {
  report.add({
    code: "unreadable-file",
    severity: "error",
    message: `${shown} cannot be read: ${refusalReason(error)}`,
    ...(at !== undefined && { at: { file: at, start: 0, end: 0 } }),
  });
}

/** What could be done; undefined when the file system refuses. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** A zip that was read. The folder that all its schemas share is left out of the paths. */
export function zipStore(files: ReadonlyMap<string, Uint8Array>): Store {
  const schemas = [...files.keys()].filter((path) => isSchemaName(path.slice(path.lastIndexOf("/") + 1)));
  let shared = schemas[0] === undefined ? "" : `${dirname(schemas[0])}/`;
  while (shared !== "" && !schemas.every((path) => path.startsWith(shared))) {
    shared = shared.slice(0, shared.lastIndexOf("/", shared.length - 2) + 1);
  }
  if (shared === "./") shared = "";
  return {
    shared,
    list: () => Promise.resolve(schemas.map((path) => path.slice(shared.length)).sort(byCodeUnit)),
    read: (path) => Promise.resolve(files.get(`${shared}${path}`)),
  };
}

/** Files that were read already, such as those of a revision. */
export function memoryStore(files: ReadonlyMap<string, Uint8Array>): Store {
  const schemas = [...files.keys()].filter((path) => isSchemaName(path.slice(path.lastIndexOf("/") + 1)));
  return {
    list: () => Promise.resolve(schemas.sort(byCodeUnit)),
    read: (path) => Promise.resolve(files.get(path)),
  };
}

/** Whether a file of this name holds a schema, or some in a WSDL document; `._x.xsd` is what macOS keeps about one. */
export function isSchemaName(name: string): boolean {
  return /\.(?:xsd|wsdl)$/iu.test(name) && !name.startsWith("._");
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
