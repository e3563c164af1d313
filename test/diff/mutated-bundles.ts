/** Real bundles that tests edit at random. */
import { readFileSync, readdirSync } from "node:fs";
import { readBundle } from "../bundles/bundle.js";

const packages = new URL("../../node_modules/", import.meta.url);

/** The schemas in a folder of a package, by name. */
function filesOf(folder: string, isWanted: (name: string) => boolean): Map<string, string> {
  const url = new URL(folder, packages);
  return new Map(
    readdirSync(url)
      .filter((name) => name.endsWith(".xsd") && isWanted(name))
      .sort()
      .map((name) => [name, readFileSync(new URL(name, url), "utf8")]),
  );
}

/** Real bundles, and which share of the edits each gets: the large one takes most time. */
export const mutatedBundles: readonly {
  readonly name: string;
  readonly share: number;
  readonly read: () => Map<string, string>;
}[] = [
  { name: "Webex 41.12.0", share: 0.2, read: () => readBundle("41.12.0") },
  {
    name: "DMN 1.5",
    share: 0.4,
    read: () => filesOf("@kie-tools/dmn-marshaller/src/schemas/dmn-1_5/", () => true),
  },
  {
    name: "CycloneDX 1.6",
    share: 0.4,
    read: () =>
      filesOf("@cyclonedx/cyclonedx-library/res/schema/", (name) => /^(?:bom-1\.6|spdx)\./u.test(name)),
  },
];
