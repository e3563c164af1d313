import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

const filesOf = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

/** Every release that `xsd/` carries or its notes name, by the id without a service pack. */
const ids = new Set([
  ...readdirSync(join(root, "xsd")).filter((name) => /^\d/u.test(name)),
  ...filesOf("xsd")
    .filter((path) => path.endsWith(".yaml"))
    .flatMap((path) =>
      [...readFileSync(path, "utf8").matchAll(/\brelease: "([\d.]+)/gu)].map(([, id]) => id ?? ""),
    ),
]);

const escaped = [...ids].map((id) => id.replaceAll(".", "\\.")).join("|");
// Ids as they are written in full, and whatever looks like a train of the family: `41.6`, `>=41.6`, `41.x`.
const release = new RegExp(`(?<![\\d.])(?:(?:${escaped})(?![\\d]|\\.\\d)|(?:39|4\\d)\\.(?:\\d|x\\b))`, "gu");

test.each([
  ["xsd/41.12.0/common", true],
  ["`41.6 - latest`", true],
  [">=41.6", true],
  ["v41.x", true],
  ["/xml10.0.0/XMLService", true],
  ["42.1.0", true],
  ["1.41.6", false],
  ["clause 3.4.1", false],
  ["RFC 9110, clause 10.2.3", false],
  ["10.0.0.1", false],
  ["0.41.5", false],
] as const)("%s names a release: %s", (text, named) => {
  expect(text.match(release) !== null).toBe(named);
});

test("the generator, the templates and the schemas of our files know no release", () => {
  expect(ids.size).toBeGreaterThan(20);
  const found = ["generator", "templates", "schemas"].flatMap(filesOf).flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) =>
        line.match(release) === null ? [] : [`${path.slice(root.length + 1)}:${index + 1} ${line.trim()}`],
      ),
  );
  expect(found).toEqual([]);
});
