import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { liveDescriptors } from "../../generator/emit/live.js";
import { planOf } from "../../generator/emit/plan.js";
import { caseNames, casesFolder, readCase, recordedCase } from "../cases.js";

/** The first path at which two descriptors differ, references followed; undefined when they are the same. */
function difference(
  a: unknown,
  b: unknown,
  path: string,
  seen: Map<unknown, Set<unknown>>,
): string | undefined {
  // Functions of the runtime that a descriptor brings along.
  if (a === b) return undefined;
  if (typeof a === "function" && typeof b === "function") {
    return difference((a as () => unknown)(), (b as () => unknown)(), `${path}()`, seen);
  }
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) {
    return Object.is(a, b) ? undefined : `${path}: ${String(a)} is not ${String(b)}`;
  }
  const known = seen.get(a) ?? new Set();
  if (known.has(b)) return undefined;
  seen.set(a, known.add(b));
  const keys = Object.keys(a);
  if (keys.join() !== Object.keys(b).join())
    return `${path}: {${keys.join()}} is not {${Object.keys(b).join()}}`;
  for (const key of keys) {
    const found = difference(
      (a as Record<string, unknown>)[key],
      (b as Record<string, unknown>)[key],
      `${path}.${key}`,
      seen,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

const printed = caseNames.filter((name) => recordedCase(name).has("expected/index.ts"));

test.each(printed)("%s: descriptors linked in the process are those that are printed", async (name) => {
  const report = createReport();
  const input = await readCase(name, report);
  if (input === undefined) throw new Error("the case has errors");
  const plan = planOf(input, report);
  const live = liveDescriptors(input);
  const { model, names } = input;
  const modules = new Map<string, Readonly<Record<string, unknown>>>();
  const exported = async (namespace: string, constant: string): Promise<unknown> => {
    const module = names.module(namespace);
    const path = join(casesFolder, name, "expected", `${module}.ts`);
    if (!modules.has(module)) {
      modules.set(module, (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>);
    }
    return modules.get(module)?.[constant];
  };
  const seen = new Map<unknown, Set<unknown>>();
  let compared = 0;
  const compare = async (what: string, made: unknown, namespace: string, constant: string): Promise<void> => {
    expect(difference(made, await exported(namespace, constant), what, seen)).toBeUndefined();
    compared++;
  };
  for (const type of Object.values(model.types)) {
    if (type.name === undefined || !plan.keeps(type.id)) continue;
    await compare(type.id, live.type(type.id), type.namespace, names.type(type.id));
    if (plan.anyTypes.has(type.id)) {
      await compare(type.id, live.anyType(type.id), type.namespace, names.anyType(type.id));
    }
  }
  for (const element of Object.values(model.elements)) {
    if (!plan.keepsElement(element.id)) continue;
    await compare(element.id, live.element(element.id), element.name.namespace, names.element(element.id));
  }
  expect(compared).toBeGreaterThan(0);
});
