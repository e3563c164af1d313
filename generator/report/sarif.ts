/** A comparison as SARIF 2.1.0, for code scanning. */
import { rules } from "../diff/index.js";
import type { Change } from "../diff/index.js";
import { escapeSarif, printJson } from "../escape.js";
import { detailOf, isIgnored, nameOf, reachText, shownLevel, sourceOf, titleOf } from "./source.js";
import type { ReportInput, SourceLine } from "./source.js";

/** JSON text of a SARIF log with one run for each comparison. */
export function formatSarif(...inputs: readonly ReportInput[]): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: inputs.map(runOf),
  };
  return printJson(log);
}

function runOf(input: ReportInput): object {
  const { from, to, changes } = input.result;
  const used = new Set(changes.map((change) => change.rule));
  const table = rules.filter(({ id }) => used.has(id));
  const indexes = new Map(table.map(({ id }, index) => [id, index]));
  return {
    tool: {
      driver: {
        name: "xsd-strata",
        rules: table.map((rule) => ({
          id: rule.id,
          shortDescription: { text: rule.title },
          fullDescription: { text: rule.explanation },
          help: { text: `${rule.explanation}\n\nxsd-strata explain ${rule.id}` },
          properties: { tags: rule.tags },
        })),
      },
    },
    automationDetails: { id: `${from.id}..${to.id}/` },
    columnKind: "utf16CodeUnits",
    results: changes
      .filter((change) => input.show(shownLevel(change)))
      .map((change) => resultOf(change, indexes.get(change.rule) ?? -1, input)),
  };
}

function resultOf(change: Change, ruleIndex: number, input: ReportInput): object {
  const source = sourceOf(change, input);
  const place = source.new ?? source.old ?? elsewhere(change, input);
  const other = source.new === undefined ? undefined : source.old;
  const detail = detailOf(change);
  const reach = reachText(change, 8);
  const text = `${nameOf(change, input.result)}: ${titleOf(change)}${detail === "" ? "" : ` (${detail})`}${reach === "" ? "" : `. Reaches ${reach}`}`;
  const level = shownLevel(change);
  return {
    ruleId: change.rule,
    ruleIndex,
    level: level === "breaking" ? "error" : level === "dangerous" ? "warning" : "note",
    message: { text: escapeSarif(text) },
    locations: [locationOf(place)],
    ...(other && { relatedLocations: [{ id: 1, message: { text: "before" }, ...locationOf(other) }] }),
    partialFingerprints: { "xsdStrata/v1": change.id },
    ...(isIgnored(change) && {
      suppressions: [{ kind: "external", justification: change.suppressed?.reason ?? "" }],
    }),
  };
}

/** Code scanning takes no result without a place: what notes tell is in their file, all else in the schema as a whole. */
function elsewhere({ component }: Change, { result, paths }: ReportInput): SourceLine {
  const file = component.kind === "note" ? "release.yaml" : (result.to.files[0]?.path ?? "");
  return { file: paths.new(file), line: 1, column: 1 };
}

function locationOf({ file, line, column }: SourceLine): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split("/").map(encodeURIComponent).join("/") },
      region: { startLine: line, startColumn: column },
    },
  };
}
