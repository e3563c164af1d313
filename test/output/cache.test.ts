import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { cacheFolder, cacheKey, openCache, programDigest } from "../../generator/output/cache.js";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "strata-cache-"));
});

afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

const key = cacheKey("a");

test("what was put is there for the next process", () => {
  openCache(folder).put("kind", key, "text\nwith lines\n");
  expect(openCache(folder).get("kind", key)).toBe("text\nwith lines\n");
  expect(openCache(folder).get("other", key)).toBeUndefined();
  expect(readdirSync(join(folder, "kind"))).toEqual([key]);
});

test("a folder that it makes is none for a repository; one that was there is left alone", () => {
  openCache(folder).put("kind", key, "text");
  expect(readdirSync(folder)).toEqual(["kind"]);
  openCache(join(folder, "made")).put("kind", key, "text");
  expect(readFileSync(join(folder, "made/.gitignore"), "utf8")).toBe("*\n");
});

test.each([
  ["empty", () => ""],
  ["cut off", (text: string) => text.slice(0, -1)],
  ["changed", (text: string) => text.replace("text", "tixt")],
])("an entry that is %s is as if it were not there", (_name, damage) => {
  const cache = openCache(folder);
  cache.put("kind", key, "text");
  const path = join(folder, "kind", key);
  writeFileSync(path, damage(readFileSync(path, "utf8")));
  expect(cache.get("kind", key)).toBeUndefined();
});

test("a folder that cannot be written to is no error", () => {
  const cache = openCache(join(folder, "file"));
  writeFileSync(join(folder, "file"), "");
  cache.put("kind", key, "text");
  expect(cache.get("kind", key)).toBeUndefined();
});

test("it does not grow without end", () => {
  const first = openCache(folder);
  for (let index = 0; index < 4001; index++) first.put("kind", cacheKey(String(index)), "");
  openCache(folder).put("kind", key, "text");
  expect(readdirSync(join(folder, "kind")).length).toBeLessThan(2100);
  expect(openCache(folder).get("kind", key)).toBe("text");
});

test("keys tell their parts apart", () => {
  expect(cacheKey("ab", "c")).not.toBe(cacheKey("a", "bc"));
  expect(cacheKey("a", "")).not.toBe(cacheKey("a"));
  expect(cacheKey("a", "b")).toBe(cacheKey("a", "b"));
});

test("the program has a digest that does not change by itself", () => {
  expect(programDigest()).toMatch(/^[0-9a-f]{64}$/u);
  expect(programDigest()).toBe(programDigest());
});

test("what cannot be put whole leaves nothing behind", () => {
  const cache = openCache(folder);
  cache.put("kind", key, "text");
  const other = cacheKey("b");
  mkdirSync(join(folder, "kind", other, "in-the-way"), { recursive: true });
  cache.put("kind", other, "text");
  expect(readdirSync(join(folder, "kind")).sort()).toEqual([key, other].sort());
});

test("processes of one number on two machines, and links, do not meet in a file that is not whole yet", () => {
  const victim = join(folder, "victim");
  writeFileSync(victim, "mine");
  const cache = openCache(folder);
  cache.put("kind", cacheKey("b"), "text");
  symlinkSync(victim, join(folder, "kind", `${key}.${process.pid}`));
  cache.put("kind", key, "text");
  expect(readFileSync(victim, "utf8")).toBe("mine");
  expect(cache.get("kind", key)).toBe("text");
});

test("a folder for caches that is empty or relative counts as not named", () => {
  const usual = cacheFolder(undefined, {});
  expect(cacheFolder(undefined, { XDG_CACHE_HOME: "" })).toBe(usual);
  expect(cacheFolder(undefined, { XDG_CACHE_HOME: "caches" })).toBe(usual);
});

test("a user without a home has no cache", async () => {
  vi.resetModules();
  vi.doMock("node:os", () => ({
    homedir: () => {
      throw new Error("uv_os_homedir returned ENOENT");
    },
  }));
  const fresh = await import("../../generator/output/cache.js");
  expect(fresh.cacheFolder(undefined, {})).toBeUndefined();
  expect(fresh.cacheFolder(undefined, { XDG_CACHE_HOME: "/cache" })).toBe(join("/cache", "xsd-strata"));
  vi.doUnmock("node:os");
});

test("where it lies", () => {
  expect(cacheFolder(folder, { STRATA_CACHE: "off" })).toBeUndefined();
  expect(cacheFolder(folder, { STRATA_CACHE: "/elsewhere" })).toBe("/elsewhere");
  expect(cacheFolder(folder, {})).toBe(join(folder, ".strata-cache"));
  expect(cacheFolder(undefined, { XDG_CACHE_HOME: "/cache" })).toBe(join("/cache", "xsd-strata"));
});
