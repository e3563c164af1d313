import { expect, test } from "vitest";
import { movedNamespaces } from "../../generator/diff/index.js";
import type { Model } from "../../generator/model/types.js";
import { addedIn, computeHistory, existsIn, sinceOf, sinceTable } from "../../generator/release/history.js";
import { enumeration, model, NS, struct } from "./hand-made.js";

const T = `{${NS}}boxType`;
const E = `{${NS}}colour`;
const S = `{${NS}}sub`;

const models = [
  model("1.0", [struct(T, ["a", "gone"], { attributes: ["id"] }), enumeration(E, ["RED", "BLUE"])], {
    box: T,
  }),
  model("1.1", [struct(T, ["a", "b"], { attributes: ["id", "lang"] }), enumeration(E, ["RED"])], { box: T }),
  model("1.2", [struct(T, ["a", "b"], { attributes: ["id", "lang"] }), enumeration(E, ["RED", "BLUE"])], {
    box: T,
    crate: T,
  }),
  model("1.3", [struct(T, ["a", "b"], { attributes: ["id", "lang"] }), struct(S, ["c"])], { box: T }),
];

const history = computeHistory(models, ({ release }) =>
  release === "1.0" ? [] : [{ service: "box", name: "getBox" }],
);

test.each<[string, [number, number][], string | undefined]>([
  [T, [[0, 3]], undefined],
  [`${T}/a`, [[0, 3]], undefined],
  [`${T}/gone`, [[0, 0]], undefined],
  [`${T}/b`, [[1, 3]], "1.1"],
  [`${T}/@id`, [[0, 3]], undefined],
  [`${T}/@lang`, [[1, 3]], "1.1"],
  [E, [[0, 2]], undefined],
  [`${E}=RED`, [[0, 2]], undefined],
  [
    `${E}=BLUE`,
    [
      [0, 0],
      [2, 2],
    ],
    undefined,
  ],
  [S, [[3, 3]], "1.3"],
  [`${S}/c`, [[3, 3]], "1.3"],
  [`element:{${NS}}box`, [[0, 3]], undefined],
  [`element:{${NS}}crate`, [[2, 2]], undefined],
  ["operation:box.getBox", [[1, 3]], "1.1"],
  [`${T}/never`, [], undefined],
])("%s lives as it should", (key, runs, since) => {
  expect(history.lifetimes.get(key)?.runs ?? []).toEqual(runs);
  expect(sinceOf(history, key, "1.3")).toBe(since);
});

test("a component that comes back counts from its return", () => {
  expect(sinceOf(history, `${E}=BLUE`, "1.2")).toBe("1.2");
  expect(sinceOf(history, `${E}=BLUE`, "1.0")).toBeUndefined();
  expect(["1.0", "1.1", "1.2", "1.3"].map((release) => existsIn(history, `${E}=BLUE`, release))).toEqual([
    true,
    false,
    true,
    false,
  ]);
});

test("tells what each release brought", () => {
  const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key);
  expect(keys(addedIn(history, "1.0"))).toEqual([]);
  expect(keys(addedIn(history, "1.1"))).toEqual([`${T}/b`, `${T}/@lang`, "operation:box.getBox"]);
  expect(keys(addedIn(history, "1.2"))).toEqual([`${E}=BLUE`, `element:{${NS}}crate`]);
});

test("namespaces that are called after their version go on", () => {
  const inVersion = (index: number, version: number): Model =>
    JSON.parse(JSON.stringify(models[index]).replaceAll(NS, `urn:box:v${version}`)) as Model;
  // The namespace is another one in the second and in the last release.
  const versions = [1, 2, 2, 3];
  const versioned = versions.map((version, index) => inVersion(index, version));
  const moved = computeHistory(versioned, () => [], movedNamespaces);
  const releases = ["1.0", "1.1", "1.2", "1.3"];
  const own = (key: string, index: number): string => key.replaceAll(NS, `urn:box:v${versions[index] ?? 0}`);
  for (const [index, release] of releases.entries()) {
    for (const key of [...history.lifetimes.keys()].filter((one) => !one.startsWith("operation:"))) {
      expect([key, sinceOf(moved, own(key, index), release)]).toEqual([key, sinceOf(history, key, release)]);
      expect(existsIn(moved, own(key, index), release)).toBe(existsIn(history, key, release));
      expect(sinceTable(moved, release).get(own(key, index))).toBe(sinceTable(history, release).get(key));
    }
    expect(addedIn(moved, release).map(({ key }) => key)).toEqual(
      addedIn(history, release)
        .filter(({ kind }) => kind !== "operation")
        .map(({ key }) => own(key, index)),
    );
  }
});

test("agrees with a plain look at every model", () => {
  const present = (index: number): Set<string> => {
    const one = models[index];
    return new Set(one ? [...computeHistory([one]).lifetimes.keys()] : []);
  };
  for (const [key, { runs, kind }] of history.lifetimes) {
    if (kind === "operation") continue;
    models.forEach((_, index) => {
      expect(present(index).has(key), `${key} in ${index}`).toBe(
        runs.some(([first, last]) => first <= index && index <= last),
      );
    });
  }
});

test("a type whose fingerprint is unchanged is not looked at again", () => {
  const [first] = models;
  if (!first) throw new Error("no model");
  const type = first.types[T];
  let looks = 0;
  const watched = (release: string) => ({
    ...first,
    release,
    types: {
      [T]: new Proxy(type as object, {
        get(target, property, receiver) {
          if (property === "content") looks++;
          return Reflect.get(target, property, receiver) as unknown;
        },
      }),
    },
  });
  computeHistory([watched("1")] as never);
  const once = looks;
  looks = 0;
  computeHistory(Array.from({ length: 13 }, (_, index) => watched(String(index))) as never);
  expect(once).toBeGreaterThan(0);
  expect(looks).toBe(once);
});
