/** Runs the real program as a process of its own. */
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const tsx = pathToFileURL(join(root, "node_modules/tsx/dist/esm/index.mjs")).href;

/** The program and its first arguments. */
export const program = [process.execPath, "--import", tsx, join(root, "generator/cli/main.ts")] as const;

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

/** Runs `xsd-strata` with arguments; colours off, no cache outside of the folder, unless `env` says otherwise. */
export function strata(
  args: readonly string[],
  { cwd = root, env = {}, input }: RunOptions = {},
): Promise<Run> {
  return new Promise((settle, fail) => {
    const [node, ...before] = program;
    const child = spawn(node, [...before, ...args], {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", HOME: cwd, STRATA_CACHE: "off", ...env },
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", fail);
    child.on("close", (status) => {
      settle({ status, stdout, stderr });
    });
    child.stdin.end(input ?? "");
  });
}

/** A folder of its own for a test, with some files in it. */
export function createFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): {
  readonly path: string;
  readonly write: (files: Readonly<Record<string, string | Uint8Array>>) => void;
  readonly read: (path: string) => string;
  /** Paths of all files, sorted. */
  readonly list: (folder?: string) => string[];
  readonly remove: () => void;
} {
  const path = mkdtempSync(join(tmpdir(), "strata-cli-"));
  const write = (more: Readonly<Record<string, string | Uint8Array>>): void => {
    for (const [name, content] of Object.entries(more)) {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    }
  };
  write(files);
  return {
    path,
    write,
    read: (name) => readFileSync(join(path, name), "utf8"),
    list: (folder = "") =>
      readdirSync(join(path, folder), { recursive: true, withFileTypes: true })
        .filter((each) => each.isFile())
        .map((each) =>
          join(each.parentPath, each.name)
            .slice(path.length + 1)
            .replaceAll("\\", "/"),
        )
        .sort(),
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A schema document in the namespace `urn:t`. */
export function xsd(body: string): string {
  return `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t" elementFormDefault="qualified">\n${body}\n</xs:schema>\n`;
}
