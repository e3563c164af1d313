/** A comparison as GitHub workflow commands: annotations in the changed files, without a token. */
import { escapeCommand, escapeCommandProperty } from "../escape.js";
import { detailOf, isIgnored, nameOf, shownLevel, sourceOf, titleOf } from "./source.js";
import type { ReportInput } from "./source.js";

/** One command a line; nothing when nothing is found. */
export function formatAnnotations(input: ReportInput): string {
  const { result } = input;
  return result.changes
    .filter((change) => input.show(shownLevel(change)) && !isIgnored(change))
    .map((change) => {
      const level = shownLevel(change);
      const command = level === "breaking" ? "error" : level === "dangerous" ? "warning" : "notice";
      const source = sourceOf(change, input);
      const place = source.new ?? source.old;
      const properties = [
        ...(place === undefined
          ? []
          : [`file=${escapeCommandProperty(place.file)}`, `line=${place.line}`, `col=${place.column}`]),
        `title=${escapeCommandProperty(`${change.rule} (${level})`)}`,
      ];
      const detail = detailOf(change);
      const message = `${nameOf(change, result)}: ${titleOf(change)}${detail === "" ? "" : ` (${detail})`}`;
      return `::${command} ${properties.join(",")}::${escapeCommand(message)}\n`;
    })
    .join("");
}
