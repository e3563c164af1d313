import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { serveMockSite, type ServedSite } from "../../generator/mock/server.js";
import { operations } from "../../generated/v41.12.0/index.js";
import { createMockSite } from "../../generated/runtime/webex/mock.js";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "strata-bundle-"));
let served: ServedSite;
beforeAll(async () => {
  served = await serveMockSite(createMockSite({ operations }));
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true });
});

const generated = JSON.stringify(join(root, "generated"));

/** A program that makes one call and prints the answer. */
const program = (): string => `
import { call, connect } from ${generated.slice(0, -1)}/runtime/webex/index.ts";
import { getUser } from ${generated.slice(0, -1)}/v41.12.0/operations.ts";
const connection = connect({
  siteName: "example",
  url: ${JSON.stringify(served.url)},
  credentials: { webExID: "admin", password: "admin-secret" },
});
const user = await call(connection, getUser, { webExId: "host" });
console.log(user.webExId, user.email);
`;

async function bundle(source: string, format: "esm" | "iife"): Promise<string> {
  const result = await build({
    stdin: { contents: source, resolveDir: root, loader: "ts" },
    bundle: true,
    write: false,
    minify: true,
    platform: "browser",
    format,
    target: "es2022",
    logLevel: "silent",
    // Sources import each other as they will be called when they are compiled.
    resolveExtensions: [".ts"],
  });
  expect(result.warnings).toEqual([]);
  return result.outputFiles[0]?.text ?? "";
}

test("for a browser: no built-in of a host is needed, and one operation brings no other", async () => {
  const text = await bundle(program(), "esm");
  expect(/["'`]node:|\brequire\(/u.test(text)).toBe(false);
  expect(text.includes("java:com.webex.service.binding.user.GetUser")).toBe(true);
  expect(/binding\.(?!user\.(?:GetUser|AuthenticateUser)")/u.exec(text)).toBeNull();
  expect(text.includes("trainingsession")).toBe(false);
  console.log(`one operation, minified: ${(text.length / 1024).toFixed(1)} kB`);
  expect(text.length).toBeLessThan(80_000);
});

test("the bundle runs where there is nothing but what browsers have", async () => {
  const body =
    program().replace(/^const connection/mu, "export const done = (async () => {\nconst connection") +
    "})();";
  const text = (await bundle(body, "iife")).replace(/^"use strict";/u, "");
  const lines: string[] = [];
  const context = {
    AbortController,
    DOMException,
    Headers,
    TextDecoder,
    URL,
    clearTimeout,
    console: { log: (...parts: unknown[]) => lines.push(parts.join(" ")) },
    fetch,
    setTimeout,
  };
  Object.assign(context, { globalThis: context });
  runInNewContext(text, context);
  await expect.poll(() => lines, { timeout: 10_000 }).toEqual(["host host@example.com"]);
});

/** Programs beside this Node; `npm run hosts` installs them, apart because they are large. */
const hosts = join(root, "test/hosts/node_modules");
const executable = (host: string): string | undefined => {
  if (host === "node") return process.execPath;
  const [scope, file] =
    host === "bun" ? ["@oven", "bin/bun"] : host === "deno" ? ["@deno", "deno"] : ["", "bin/node"];
  const folders =
    scope === "" ? [host] : existsSync(join(hosts, scope)) ? readdirSync(join(hosts, scope)) : [];
  return folders.map((name) => join(hosts, scope, name, file)).find((path) => existsSync(path));
};

for (const [host, args] of [
  ["node", []],
  ["node22", []],
  ["node24", []],
  ["deno", ["run", "--allow-net", "--quiet"]],
  ["bun", ["run"]],
] as const) {
  const path = executable(host);
  const missing = path === undefined ? " (skipped: not installed; `npm run hosts` installs it)" : "";
  test.skipIf(path === undefined)(`one call under ${host}${missing}`, async () => {
    const file = join(folder, `${host}.mjs`);
    writeFileSync(file, await bundle(program(), "esm"));
    const output = await new Promise<string>((settle) => {
      const child = spawn(path ?? "", [...args, file], {
        env: { PATH: process.env["PATH"] ?? "", HOME: folder },
      });
      let text = "";
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding("utf8").on("data", (more: string) => (text += more));
      child.on("error", (error) => {
        settle(String(error));
      });
      child.on("close", () => {
        settle(text);
      });
    });
    expect(output).toBe("host host@example.com\n");
  });
}
