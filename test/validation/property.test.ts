/** Random schemas: their samples are valid for libxml2 and come back equal; what `validate` says, documents confirm. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeResult, encode } from "../../templates/runtime/index.js";
import { sampleOf } from "../../templates/runtime/sample.js";
import { validate } from "../../templates/runtime/validate.js";
import { schemas } from "./random.js";
import { judgesOf, namespace } from "./schemas.js";

// FUZZ=20 FUZZ_SEED=1 looks further.
const seed = Number(process.env["FUZZ_SEED"] ?? 41_120);
const times = Number(process.env["FUZZ"] ?? 1);

/** Another value, changed in one place. */
function mutate(value: unknown, pick: number, what: number): unknown {
  const places: (readonly [holder: Record<string, unknown>, key: string])[] = [];
  const copy = structuredClone(value);
  const visit = (one: unknown): void => {
    if (typeof one !== "object" || one === null || one instanceof Uint8Array) return;
    for (const key of Object.keys(one)) {
      places.push([one as Record<string, unknown>, key]);
      visit((one as Record<string, unknown>)[key]);
    }
  };
  visit(copy);
  const [holder, key] = places[pick % Math.max(1, places.length)] ?? [];
  if (holder === undefined || key === undefined) return copy;
  const old = holder[key];
  const others: readonly unknown[] = [
    undefined,
    null,
    Array.isArray(old) ? old.slice(1) : [old],
    Array.isArray(old) ? [...(old as unknown[]), ...(old as unknown[])] : old,
    typeof old === "string" ? `${old}x` : typeof old === "number" ? old * 100 : old,
    typeof old === "string" ? "" : typeof old === "number" ? 0.5 : "text",
  ];
  const next = others[what % others.length];
  if (next === undefined && !Array.isArray(holder)) Reflect.deleteProperty(holder, key);
  else if (next === undefined) (holder as unknown as unknown[]).splice(Number(key), 1);
  else holder[key] = next;
  return copy;
}

test(
  `samples of random schemas survive; mutated values are judged alike (seed ${String(seed)})`,
  { timeout: 120_000 },
  () => {
    const seen = { valid: 0, independent: 0, refused: 0, invalid: 0 };
    fc.assert(
      fc.property(
        schemas,
        fc.array(fc.tuple(fc.nat(), fc.nat(5)), { minLength: 6, maxLength: 6 }),
        (schema, changes) => {
          const judges = judgesOf(schema);
          const descriptor = judges.descriptors.element(`{${namespace}}r`);
          const values = (["minimal", "full"] as const).flatMap((mode) =>
            [1, 2, 3].map((at) => sampleOf<unknown>(descriptor, { mode, seed: at })),
          );
          for (const value of values) {
            expect(validate(descriptor, value)).toEqual([]);
            const xml = encode(descriptor, value as never);
            expect([xml, judges.document(xml).map(({ message }) => message)]).toEqual([xml, []]);
            // libxml2 loses its way in groups that repeat within each other and may be empty.
            const isPlain = (schema.match(/<xs:(?:sequence|choice) [^>]*Occurs/gu) ?? []).length <= 1;
            if (isPlain) seen.independent++;
            expect([xml, (isPlain && judges.independent?.(xml)) || []]).toEqual([xml, []]);
            const again = decodeResult(descriptor, xml);
            expect(again.diagnostics).toEqual([]);
            expect(validate(descriptor, again.value)).toEqual([]);
            expect(encode(descriptor, again.value as never)).toBe(xml);
            seen.valid++;
          }
          changes.forEach(([pick, what], index) => {
            const value = mutate(values[index % values.length], pick, what);
            const issues = validate(descriptor, value);
            let xml: string;
            try {
              xml = encode(descriptor, value as never);
            } catch {
              // What cannot be written is invalid.
              expect([value, issues.length > 0]).toEqual([value, true]);
              seen.refused++;
              return;
            }
            const told = judges.document(xml).map(({ message }) => message);
            expect([xml, told.length > 0, told]).toEqual([xml, issues.length > 0, told]);
            if (issues.length > 0) seen.invalid++;
          });
        },
      ),
      { seed, numRuns: 60 * times },
    );
    console.log(`seed ${String(seed)}:`, seen);
    expect(seen.independent).toBeGreaterThan(50);
    expect(seen.refused).toBeGreaterThan(50);
    expect(seen.invalid).toBeGreaterThan(20);
  },
);
