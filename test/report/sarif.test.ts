/** SARIF as its specification (2.1.0) and code scanning want it. */
import { expect, test } from "vitest";
import { formatSarif } from "../../generator/report/sarif.js";
import { inputOf, shop } from "./family.js";
import { newer, older } from "./hostile/family.js";

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: { readonly startLine: number; readonly startColumn: number };
  };
}

interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: {
      readonly driver: {
        readonly name: string;
        readonly rules: readonly {
          readonly id: string;
          readonly shortDescription: { readonly text: string };
          readonly help: { readonly text: string };
        }[];
      };
    };
    readonly columnKind: string;
    readonly results: readonly {
      readonly ruleId: string;
      readonly ruleIndex: number;
      readonly level: string;
      readonly message: { readonly text: string };
      readonly locations: readonly Location[];
      readonly relatedLocations?: readonly (Location & { readonly id: number })[];
      readonly partialFingerprints: Readonly<Record<string, string>>;
      readonly suppressions?: readonly { readonly kind: string; readonly justification: string }[];
    }[];
  }[];
}

const inputs = [
  (await inputOf(shop[0] ?? older, shop[1] ?? newer)).input,
  (await inputOf(shop[1] ?? older, shop[2] ?? newer)).input,
  (await inputOf(older, newer)).input,
];

test("a run for each comparison, in the order that was asked for", () => {
  const log = JSON.parse(formatSarif(...inputs)) as Log;
  expect(log.version).toBe("2.1.0");
  expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/u);
  expect(log.runs).toHaveLength(inputs.length);
  for (const { tool, columnKind } of log.runs) {
    expect(tool.driver.name).toBe("xsd-strata");
    expect(["utf16CodeUnits", "unicodeCodePoints"]).toContain(columnKind);
  }
});

test.each(inputs.map((input) => [`${input.result.from.id}..${input.result.to.id}`, input] as const))(
  "%s: every result has its rule, a place in the repository, and a fingerprint",
  (_, input) => {
    const [run] = (JSON.parse(formatSarif(input)) as Log).runs;
    const { rules } = run?.tool.driver ?? { rules: [] };
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { shortDescription, help } of rules) {
      expect(shortDescription.text).not.toBe("");
      expect(help.text).not.toBe("");
    }
    const results = run?.results ?? [];
    expect(results).toHaveLength(input.result.changes.length);
    expect(results.length).toBeGreaterThan(0);
    for (const result of results) {
      expect(rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(["none", "note", "warning", "error"]).toContain(result.level);
      expect(result.message.text).not.toBe("");
      // Brackets would be links (clause 3.11.6).
      expect(result.message.text).not.toMatch(/(?<!\\)\[[^\]]*\]\(/u);
      expect(result.locations).toHaveLength(1);
      for (const { physicalLocation } of [...result.locations, ...(result.relatedLocations ?? [])]) {
        const { artifactLocation, region } = physicalLocation;
        // Relative to the root of the repository, and a URI.
        expect(artifactLocation.uri).toMatch(/^(?:[\w.~!$&'()*+,;=@-]|%[0-9A-F]{2})+(?:\/[^\s/\\]+)*$/u);
        expect(region.startLine).toBeGreaterThan(0);
        expect(region.startColumn).toBeGreaterThan(0);
      }
      for (const value of Object.values(result.partialFingerprints)) expect(value).toMatch(/^[0-9a-f]{12}$/u);
    }
    // The same finding is found again by its fingerprint, another one never.
    const prints = results.map(({ partialFingerprints }) => JSON.stringify(partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
  },
);
