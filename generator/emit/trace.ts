/**
 * Printing a module asks questions about its release: what a type holds, what it is called, since when it is there. All of them
 * are noted with their answers, so that a release which gives the same answers gets the same text without printing it.
 */
import type { Model } from "../model/types.js";
import type { Plan } from "./plan.js";

/** A plan that notes what it is asked. */
export interface TracedPlan {
  readonly plan: Plan;
  /** Whether another release answers all that was asked in the same way. */
  readonly holds: (other: Plan) => boolean;
}

interface Call {
  readonly ask: (plan: Plan) => unknown;
  readonly answer: unknown;
}

/** A plan to print one module with. It has no service: what a module says does not depend on one directly. */
function tracePlan(plan: Plan): TracedPlan {
  const named = new Map<string, Call>();
  const others: Call[] = [];

  const note = <T>(key: string, ask: (plan: Plan) => T): T => {
    const known = named.get(key);
    if (known !== undefined) return known.answer as T;
    const answer = ask(plan);
    named.set(key, { ask, answer });
    return answer;
  };
  /** The functions of a part of the plan, each of which notes its calls. */
  const functions = <T extends object>(label: string, part: (plan: Plan) => T): T => {
    const traced: Record<string, unknown> = {};
    for (const name of Object.keys(part(plan))) {
      type Question = (...args: readonly unknown[]) => unknown;
      const question = (of: Plan): Question => (part(of) as Record<string, Question>)[name] as Question;
      if (typeof question(plan) !== "function") continue;
      traced[name] = (...args: readonly unknown[]): unknown => {
        const ask = (of: Plan): unknown => question(of)(...args);
        const keys = args.map(keyOf);
        if (keys.every((key) => key !== undefined)) return note(`${label}${name} ${keys.join("\0")}`, ask);
        const answer = ask(plan);
        others.push({ ask, answer });
        return answer;
      };
    }
    return traced as T;
  };
  const record = <Name extends keyof Model>(name: Name): Model[Name] => {
    const entry = (key: string): unknown =>
      note(`${name}[${key}`, (of) => (of.model[name] as Readonly<Record<string, unknown>>)[key]);
    return new Proxy(Object.create(null) as object, {
      get: (_, key) => (typeof key === "string" ? entry(key) : undefined),
      has: (_, key) => typeof key === "string" && entry(key) !== undefined,
      ownKeys: () => [...note(`${name}[]`, (of) => Object.keys(of.model[name]))],
      getOwnPropertyDescriptor: (_, key) => {
        const value = typeof key === "string" ? entry(key) : undefined;
        return value === undefined
          ? undefined
          : { value, enumerable: true, configurable: true, writable: true };
      },
    }) as Model[Name];
  };

  const model: Model = {
    get release() {
      return note("release", (of) => of.model.release);
    },
    get namespaces() {
      return note("namespaces", (of) => of.model.namespaces);
    },
    get files(): Model["files"] {
      throw new Error("a module says nothing about files");
    },
    types: record("types"),
    elements: record("elements"),
    attributes: record("attributes"),
    groups: record("groups"),
    attributeGroups: record("attributeGroups"),
    notations: record("notations"),
    substitutions: record("substitutions"),
  };
  const { input } = plan;
  return {
    plan: {
      ...functions("", (of) => of),
      model,
      scalars: functions("scalars.", (of) => of.scalars),
      anyTypes: {
        has: (id: string) => note(`anyTypes ${id}`, (of) => of.anyTypes.has(id)),
      } as unknown as Plan["anyTypes"],
      input: {
        ...functions("input.", (of) => of.input),
        get service(): never {
          throw new Error("a module says nothing about services");
        },
        get exceptions(): never {
          throw new Error("a module says nothing about exceptions");
        },
        model,
        names: functions("names.", (of) => of.input.names),
        // Where the files lie is no part of their text.
        options: note("options", (of) => ({ ...of.input.options, folder: input.options.folder })),
      },
    },
    holds: (other) => {
      for (const { ask, answer } of named.values()) if (!isSame(ask(other), answer)) return false;
      return others.every(({ ask, answer }) => isSame(ask(other), answer));
    },
  };
}

/** What tells an argument from others within one release: a text, a type, or a place of a scalar; undefined for all else. */
function keyOf(arg: unknown): string | undefined {
  if (typeof arg === "string") return arg;
  if (arg === undefined) return "\u0001";
  if (typeof arg !== "object" || arg === null || Array.isArray(arg)) return undefined;
  const { id, kind, declaration, name, key, lexical } = arg as Readonly<Record<string, unknown>>;
  if (typeof id === "string" && (kind === "simple" || kind === "complex")) return `\u0002${id}`;
  if (typeof name !== "string" || kind !== undefined || declaration !== undefined) return undefined;
  return `\u0003${name}\u0001${typeof key === "string" ? key : "\u0001"}\u0001${String(lexical)}`;
}

/** What is never printed: places, and what follows from the rest. */
const silent: ReadonlySet<string> = new Set(["span", "extent", "fingerprint", "files"]);

/** Whether two answers say the same; places in files are no part of it. */
function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSame(item, b[index]));
  }
  const [left, right] = [a as Readonly<Record<string, unknown>>, b as Readonly<Record<string, unknown>>];
  for (const key in left) if (!silent.has(key) && !isSame(left[key], right[key])) return false;
  for (const key in right) if (!(key in left) && !silent.has(key) && right[key] !== undefined) return false;
  return true;
}

/** The texts of modules that were printed, with what was asked for them. */
export interface ModuleMemo {
  /**
   * The text of a module if it would be printed so for this plan, else what `print` makes with the plan that it gets. `parts`
   * says what else the text is made from.
   */
  readonly text: (module: string, parts: string, plan: Plan, print: (plan: Plan) => string) => string;
}

interface Printed {
  readonly text: string;
  readonly parts: string;
  readonly holds: TracedPlan["holds"];
}

/**
 * A memo for one family of releases. It knows the last text of a module; where the family is watched, the one in each release, so
 * that a change in one is cheap.
 */
export function createModuleMemo({ watched = false }: { readonly watched?: boolean } = {}): ModuleMemo {
  const known = new Map<string, Map<string, Printed>>();
  return {
    text(module, parts, plan, print) {
      let texts = known.get(module);
      if (texts === undefined) known.set(module, (texts = new Map()));
      const { release } = plan.model;
      const newest = [...texts.values()].at(-1);
      let printed = [texts.get(release), newest].find((each) => each?.parts === parts && each.holds(plan));
      if (printed === undefined) {
        const { plan: traced, holds } = tracePlan(plan);
        printed = { text: print(traced), parts, holds };
      }
      if (watched) texts.delete(release);
      else texts.clear();
      texts.set(release, printed);
      return printed.text;
    },
  };
}
