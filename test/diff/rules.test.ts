import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Change } from "../../generator/diff/index.js";
import { findRule, rules } from "../../generator/diff/index.js";
import { inverseEffect } from "../../generator/diff/effects.js";
import { diffModels, modelOf, schemaPairs, turned, type SchemaPair } from "./schema.js";

const pairs = schemaPairs();

/** What a pair shows, for a person to judge: recorded with RECORD=1. */
function recordOf(changes: readonly Change[]): object[] {
  return changes.map(({ rule, component, effect, valueChange, conditional, verdicts, level }) => ({
    rule,
    at: `${component.kind === undefined ? "" : `${component.kind} `}${[component.type, ...component.path].join("/")}`,
    effect,
    ...(valueChange && { valueChange }),
    ...(conditional && { conditional }),
    request: verdicts.request.wire,
    response: verdicts.response,
    ts: verdicts.ts,
    level,
  }));
}

async function compareBothWays(
  pair: SchemaPair,
): Promise<{ readonly forward: readonly Change[]; readonly backward: readonly Change[] }> {
  const [old, current] = [await modelOf({ "s.xsd": pair.old }), await modelOf({ "s.xsd": pair.current })];
  return {
    forward: diffModels(old, current, pair.options).changes,
    backward: diffModels(current, old, turned(pair.options)).changes,
  };
}

const seen = new Set<string>();

test.each(pairs)("$name", async (pair) => {
  const { forward, backward } = await compareBothWays(pair);
  for (const { rule } of [...forward, ...backward]) seen.add(rule);
  expect(forward.map(({ rule }) => rule)).toEqual(pair.rules);

  const recorded = { forward: recordOf(forward), backward: recordOf(backward) };
  if (process.env["RECORD"] !== undefined || !existsSync(pair.expected)) {
    if (process.env["CI"] !== undefined) throw new Error(`${pair.name} has no expectation`);
    writeFileSync(pair.expected, `${JSON.stringify(recorded, undefined, 2)}\n`);
  }
  expect(recorded).toEqual(JSON.parse(readFileSync(pair.expected, "utf8")));
});

test.each(pairs)("$name, read backwards, is its inverse", async (pair) => {
  const { forward, backward } = await compareBothWays(pair);
  const where = ({ component }: Change): string =>
    pair.rules[0] === "namespace.changed" ? "" : JSON.stringify({ ...component, path: component.path });
  const lines = (changes: readonly Change[], turn: (change: Change) => string): string[] =>
    changes.map(turn).sort();
  expect(
    lines(backward, (change) => `${change.rule} ${where(change)} ${change.effect} ${change.conditional}`),
  ).toEqual(
    lines(forward, (change) => {
      const at = change.formerly === undefined ? where(change) : JSON.stringify(change.formerly);
      return `${findRule(change.rule)?.inverse ?? ""} ${at} ${inverseEffect(change.effect)} ${change.conditional}`;
    }),
  );
});

test.each(pairs)("$name, compared with itself, has not changed", async (pair) => {
  const model = await modelOf({ "s.xsd": pair.current });
  const again = await modelOf({ "s.xsd": pair.current });
  expect(diffModels(model, again, { docs: true }).changes).toEqual([]);
});

test("every rule has a pair, or a test of its own", () => {
  const elsewhere =
    /^(?:operation|behaviour|errorcode|export|note|file|schema\.include|namespace\.(?:added|removed))/u;
  expect(rules.map(({ id }) => id).filter((id) => !seen.has(id) && !elsewhere.test(id))).toEqual([]);
});
