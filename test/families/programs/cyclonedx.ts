/** Lists what an SBOM holds. */
import { bom } from "../cyclonedx1_7/index.js";
import { decode } from "../runtime/index.js";

/** Where elements of other namespaces may stand between, the order is kept: what is meant must be picked. */
function componentsOf(components: bom.ComponentsType | undefined): readonly bom.Component[] {
  return (components?.$content ?? []).flatMap((item) =>
    "$name" in item && item.$name === "component" ? [item.$value] : [],
  );
}

function list(components: bom.ComponentsType | undefined, depth = 0): readonly string[] {
  return componentsOf(components).flatMap((component) => [
    `${"  ".repeat(depth)}${component["@type"]} ${component.name} ${component.version ?? ""}`,
    ...list(component.components, depth + 1),
  ]);
}

export function run(xml: string): readonly string[] {
  const { components, vulnerabilities, metadata, ...rest } = decode(bom.bomElement, xml);
  const lines = [
    `version ${String(rest["@version"] ?? 1n)} of ${metadata?.timestamp ?? ""}`,
    ...list(components),
  ];
  for (const item of vulnerabilities?.$content ?? []) {
    if (!("$name" in item) || item.$name !== "vulnerability") continue;
    const { id, ratings } = item.$value;
    lines.push(
      `${id ?? ""}: ${ratings?.rating?.map(({ score, severity }) => `${score ?? ""} ${severity ?? ""}`).join() ?? ""}`,
    );
  }
  return lines;
}

// @ts-expect-error the algorithm is required
export const hash: bom.HashType = { $value: "00" };
