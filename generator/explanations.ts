/**
 * What each diagnostic means, for `xsd-strata explain`. A room that has much to tell keeps its own table
 * (`explanations.ts` beside its code, `export const explanations: Explanations`) and is listed here.
 */
import type { Explanation, Explanations } from "./diagnostics.js";
import { explanations as ofModel } from "./model/explanations.js";
import { explanations as ofOutput } from "./output/explanations.js";
import { explanations as ofRelease } from "./release/explanations.js";
import { explanations as ofSchema } from "./schema/explanations.js";
import { explanations as ofDocuments } from "./validate/explanations.js";

/** Of the configuration, the choice of releases, and the stages between the rooms. */
const own: Explanations = {
  "absent-component": {
    meaning:
      "--only, or `only` in the configuration, names a service, operation, type or element that some of the releases do not have. Nothing is generated for it there.",
    remedy: "Nothing to do where it came later or went; else look at how those releases call it.",
  },
  "config-ambiguous": {
    meaning: "A folder holds a configuration in JSON and one in TypeScript, and only one can be meant.",
    remedy: "Delete one of them.",
  },
  "config-duplicate-key": {
    meaning: "A key stands twice in one object. JSON readers silently take the last one.",
    remedy: "Delete one of the two.",
  },
  "config-missing-file": {
    meaning: "The configuration names a file that does not exist. Paths are relative to the configuration.",
    remedy: "Repair the path.",
  },
  "config-missing-source": {
    meaning:
      "The folder that a family has as its source does not exist. It holds one folder of XSD files per release.",
    remedy: "Repair the path, or make the folder with `xsd-strata import <zip|folder> --as <release>`.",
  },
  "config-overlap": {
    meaning:
      "An output folder lies in a source folder, or two families write to the same place, so that one would take files of the other for its own.",
    remedy: "Give each family an output folder of its own, apart from all sources.",
  },
  "config-regular-expression": {
    meaning: "A regular expression in a scalar rule is not one that JavaScript accepts (with the flag u).",
    remedy: "Escape characters with a meaning of their own; in JSON a backslash is written twice.",
  },
  "config-syntax": {
    meaning: "The configuration is not JSON. Comments and a comma after the last item are allowed.",
    remedy: "Repair it at the place that is shown.",
  },
  "config-unreadable": {
    meaning: "The configuration cannot be read or, if it is TypeScript, throws when it is run.",
    remedy: "The message says what the system or the program said.",
  },
  "config-without-export": {
    meaning: "A configuration in TypeScript exports neither `config` nor a default.",
    remedy: "Write `export const config: Config = { families: { ... } }`.",
  },
  "emitter-failed": {
    meaning:
      "An emitter has thrown, or gives something else than files, or a file that is no code. Nothing is written then.",
    remedy: "Repair the emitter. It gets a model and gives files; see `Emitter` in the API.",
  },
  "emitter-unreadable": {
    meaning:
      "A module that the configuration names as an emitter cannot be imported, or exports no function.",
    remedy: "Export a function named `emit`, or a default.",
  },
  "family-without-releases": {
    meaning:
      "The source of a family holds no folder with an .xsd file in it, so there is nothing to generate.",
    remedy:
      "Put each release into a folder of its own, or import one: `xsd-strata import <zip|folder> --as <release>`.",
  },
  "no-code": {
    meaning: "`--used-by` names a folder or a tsconfig.json under which no TypeScript or JavaScript stands.",
    remedy: "Give the folder of the code that imports the generated package, or its tsconfig.json.",
  },
  "nothing-declared": {
    meaning:
      "One side of a comparison declares no type, element, attribute or group. Two sides of nothing would look like no changes.",
    remedy: "Give the folder or the file of a schema; `xsd-strata inspect` shows what was read.",
  },
  "numbered-name": {
    meaning:
      "All names that would say what an anonymous type is, or how a type is called, are taken in its module, so it got a number. A later release may number it differently.",
    remedy: "Give the type a name of its own in the schema.",
  },
  "out-for-several-families": {
    meaning:
      "--out names one folder, but the configuration has several families, each with an output of its own.",
    remedy: "Choose one family with --family.",
  },
  "release-ambiguous": {
    meaning: "Several families of the configuration have a release of that name.",
    remedy: "Write the family before it: `family/release`.",
  },
  "release-is-link": {
    meaning:
      "A symbolic link in the folder of releases leads out of it. Releases are folders, so that each is what a checkout holds.",
    remedy: "Put the folder in its place, or name the folder that it leads to as the source of a family.",
  },
  "release-is-word": {
    meaning:
      "A folder among numbered releases has a name that begins with a word. It is read as a release, older than all numbered ones, so what it holds counts as there from the beginning.",
    remedy: "Name the folder by its version; move a folder that is no release out of the source.",
  },
  "release-without-schemas": {
    meaning:
      "A folder among the releases is called like one, and holds no file whose name ends in .xsd or .wsdl. It is not read.",
    remedy: "Put the XSD files of the release there, unpacked, or move the folder out of the source.",
  },
  "release-is-zip": {
    meaning: "A zip lies among the releases. Releases are folders, so it is not read.",
    remedy: "`xsd-strata import <zip> --as <release>` makes a release of it; then delete the zip.",
  },
  "releases-clash": {
    meaning:
      "Two releases would be written to one output folder: a leading `v`, case and characters that paths do not have make no difference there.",
    remedy: "Rename or remove one of the two folders of schemas.",
  },
  "releases-equal": {
    meaning:
      "Two releases have the same version, such as 1.2 and 1.2.0. Both are generated, ordered by name.",
    remedy: "Remove one of the two folders, unless both are meant.",
  },
  "revision-not-found": {
    meaning:
      "What was given as `git:<revision>:<path>` is no revision or no path that git knows in this repository.",
    remedy: "`git log -- <path>` lists the revisions; a shallow clone does not have them all.",
  },
  "scalar-rule": {
    meaning:
      "A rule under `scalars` cannot be followed: it names nothing that the schema has, or a representation that would lose values.",
    remedy: "Compare its type, path and name with the schema: `xsd-strata inspect` shows it.",
  },
  "schema-not-found": {
    meaning: "What was named is neither a file or folder nor a release of the configuration.",
    remedy: "Give a path, a release id, `latest` or `earliest`.",
  },
  "service-not-found": {
    meaning: "A service convention was asked for by name, but the schema does not follow it.",
    remedy: "Leave --service out, so that the convention is detected, or give `none`.",
  },
  "unknown-component": {
    meaning:
      "--only, or `only` in the configuration, names a service, operation, type or element that none of the releases has.",
    remedy: "`xsd-strata operations` and `xsd-strata inspect` list what there is.",
  },
  "unknown-family": {
    meaning: "The configuration has no family of that name.",
    remedy: "Use one that it has; `families` lists them.",
  },
};

/** All that can be explained, by code in code-unit order. */
export function allExplanations(): ReadonlyMap<string, Explanation> {
  const entries = [own, ofModel, ofOutput, ofRelease, ofSchema, ofDocuments].flatMap((table) =>
    Object.entries(table),
  );
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}
