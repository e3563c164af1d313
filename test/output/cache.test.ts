import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
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

test("where it lies", () => {
  expect(cacheFolder(folder, { STRATA_CACHE: "off" })).toBeUndefined();
  expect(cacheFolder(folder, { STRATA_CACHE: "/elsewhere" })).toBe("/elsewhere");
  expect(cacheFolder(folder, {})).toBe(join(folder, ".strata-cache"));
  expect(cacheFolder(undefined, { XDG_CACHE_HOME: "/cache" })).toBe(join("/cache", "xsd-strata"));
});
