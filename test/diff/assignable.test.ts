/** Verdicts on TypeScript code, held against what the compiler says of the types of both sides. */
import { expect, test } from "vitest";
import type { Change } from "../../generator/diff/index.js";
import { compile, emit, textOf } from "./compiled.js";
import { mutatedBundles } from "./mutated-bundles.js";
import { createMutator, placeText, random } from "./mutations.js";
import { diffModels, modelOf, schemaPairs, turned } from "./schema.js";

/** Where code breaks and no verdict says so. */
const deliberate: Readonly<Record<string, string>> = {
  "element.added.optional+redistributed": "a base that nothing uses by itself: what derives from it stays",
  "none.moved-to-base": "as above",
  "none.moved-to-base, backwards": "as above",
};

/** Whether code that reads goes on, property by property, and code that builds. */
const judge = `
type Keys<T> = T extends readonly unknown[] ? never : T extends object ? keyof T : never;
type Get<T, K> = T extends unknown ? (K extends keyof T ? T[K] : undefined) : never;
type Properties<T, K extends PropertyKey> = { [P in K]: Get<T, P> };
type Taken<From, By> = [From] extends [By] ? true : false;
type Kept<From, By> = [Exclude<Keys<From>, Keys<By>>] extends [never] ? true : false;
export type Read<Old, New> = Kept<Old, New> extends false ? false
  : [Keys<Old>] extends [never] ? Taken<New, Old>
  : Taken<Properties<New, Keys<Old>>, Properties<Old, Keys<Old>>>;
export type Build<Old, New> = Kept<Old, New> extends false ? false : Taken<Old, New>;
`;

/** Modules of a folder by path, and the types that each exports. */
function typesIn(files: ReadonlyMap<string, string>, folder: string): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [path, text] of files) {
    if (!path.startsWith(`/c/${folder}/`)) continue;
    const names = Array.from(text.matchAll(/^export (?:interface|type) (\w+)/gmu), ([, name = ""]) => name);
    if (names.length > 0) found.set(path.slice(`/c/${folder}/`.length).replace(/\.ts$/u, ".js"), names);
  }
  return found;
}

/** A module of which each line after the first is an error where a type that both folders have breaks a use of it. */
function judging(files: ReadonlyMap<string, string>, old: string, current: string): string {
  const now = typesIn(files, current);
  const lines = [`import type { Build, Read } from "./judge.js";`];
  for (const [path, names] of typesIn(files, old))
    for (const name of names)
      if (now.get(path)?.includes(name) === true) {
        const [was, is] = [old, current].map((folder) => `import("./${folder}/${path}").${name}`);
        for (const use of ["Read", "Build"])
          lines.push(`export const ${use}_${lines.length}_${name}: ${use}<${was}, ${is}> = true;`);
      }
  return lines.join("\n");
}

interface Judged {
  readonly label: string;
  readonly changes: readonly Change[];
  /** The path of the module that judges. */
  readonly path: string;
}

/** What breaks, though the changes say that it is safe. */
function untold(files: Map<string, string>, judged: readonly Judged[]): readonly string[] {
  files.set("/c/package.json", '{ "type": "module" }');
  files.set("/c/judge.ts", judge);
  const errors = compile(files);
  return judged.flatMap(({ label, changes, path }) => {
    const broken = (errors.get(path) ?? []).map((error) => {
      const text = error.file?.text.slice(error.start ?? 0) ?? "";
      return /^(Read|Build)_\d+_(\w+)/u.exec(text)?.slice(1) ?? ["Read", textOf(error)];
    });
    return (["Read", "Build"] as const).flatMap((use) => {
      const types = broken.filter(([each]) => each === use).map(([, name]) => name);
      // What no message reaches has no verdict.
      const told = changes.some(({ verdicts: { ts } }) => (use === "Read" ? ts.read : ts.build) !== "safe");
      const rules = changes.map(({ rule }) => rule).join(" ");
      return types.length === 0 || told ? [] : [`${label}: ${use} ${types.join(" ")} (told: ${rules})`];
    });
  });
}

test("what the compiler refuses is told: all pairs of rules", { timeout: 600_000 }, async () => {
  const files = new Map<string, string>();
  const judged: Judged[] = [];
  for (const [index, pair] of schemaPairs().entries()) {
    const [old, current] = [await modelOf({ "s.xsd": pair.old }), await modelOf({ "s.xsd": pair.current })];
    const [a, b] = [`a${index}`, `b${index}`] as const;
    emit(old, `${a}/`, files);
    emit(current, `${b}/`, files);
    files.set(`/c/judge_${a}.ts`, judging(files, a, b));
    files.set(`/c/judge_${b}.ts`, judging(files, b, a));
    const { changes } = diffModels(old, current, pair.options);
    const back = diffModels(current, old, turned(pair.options));
    judged.push(
      { label: pair.name, changes, path: `/c/judge_${a}.ts` },
      { label: `${pair.name}, backwards`, changes: back.changes, path: `/c/judge_${b}.ts` },
    );
  }
  expect(judged.length).toBeGreaterThan(400);
  const found = untold(files, judged).filter((line) => deliberate[line.replace(/: .*$/u, "")] === undefined);
  expect(found).toEqual([]);
});

const edits = Number(process.env["MUTATIONS"] ?? 12);
const seed = Number(process.env["SEED"] ?? 17);

// Those of Webex take minutes to compile, and what is read is open there.
test.each(mutatedBundles.filter(({ name }) => !name.startsWith("Webex")))(
  `what the compiler refuses is told: ${edits} edits of $name (seed ${seed})`,
  { timeout: 7_200_000 },
  async ({ read }) => {
    const original = read();
    const model = await modelOf(Object.fromEntries(original));
    const { kinds, mutate } = createMutator(original, model);
    const next = random(seed);
    const found: string[] = [];
    for (let tried = 0, made = 0; made < edits && tried < edits * 4;) {
      const files = new Map<string, string>();
      emit(model, "a/", files);
      const judged: Judged[] = [];
      // Some at a time, for the compiler's memory.
      for (const end = Math.min(made + 20, edits); made < end && tried < edits * 4; tried++) {
        const mutation = mutate(kinds[Math.floor(next() * kinds.length)] ?? "", next);
        if (mutation === undefined) continue;
        const mutant = await modelOf(Object.fromEntries(mutation.files));
        const folder = `b${made++}`;
        emit(mutant, `${folder}/`, files);
        for (const isBack of [false, true]) {
          const { changes } = isBack ? diffModels(mutant, model) : diffModels(model, mutant);
          const path = `/c/judge_${folder}_${String(isBack)}.ts`;
          files.set(path, isBack ? judging(files, folder, "a") : judging(files, "a", folder));
          const at = changes.map(({ component }) => placeText(component)).join(" ");
          judged.push({ label: `${mutation.kind}${isBack ? ", backwards" : ""}, ${at}`, changes, path });
        }
      }
      found.push(...untold(files, judged));
    }
    expect(found).toEqual([]);
  },
);
