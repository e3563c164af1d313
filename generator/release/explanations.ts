/** What the diagnostics about release notes, release ids and checked files mean, for `xsd-strata explain`. */
import type { Explanations } from "../diagnostics.js";

/** By diagnostic code. */
export const explanations: Explanations = {
  "duplicate-exception-code": {
    meaning:
      "The same error code is described twice, so that one of the two descriptions will be forgotten when something changes.",
    remedy:
      "Keep the code in the release.yaml of the release that brought it, or in exceptions.yaml when no release did.",
  },
  "empty-release-range": {
    meaning: "A range of releases is written correctly, but no release lies in it.",
    remedy: "Compare the range with the releases that there are; in `A - B` the older one stands first.",
  },
  "invalid-release-range": {
    meaning: "A range of releases is not complete, for instance `1.6 -` or `>=` without a release.",
    remedy: "Write `1.6 - latest`, `>=1.6`, `>=1.6 <1.9`, `1.x`, one release, or `latest`.",
  },
  "invalid-yaml": {
    meaning: "The file is not YAML 1.2, or has the same key twice.",
    remedy:
      "Indent with spaces. Put text with a colon and a space, or with a leading special character, in quotes.",
  },
  "missing-key": {
    meaning: "A key that the JSON Schema of the file requires is missing.",
    remedy: "Add it; the schema describes each key, and editors complete it where the file names its schema.",
  },
  "note-path-mismatch": {
    meaning:
      "An entry about a component has a path that ends in another name. A path is whole: it includes the component itself.",
    remedy: "Repair the path or the name of the component.",
  },
  "release-id-mismatch": {
    meaning: "The notes name another release than the folder in which they lie.",
    remedy: "Repair the release id in the file, or move the file.",
  },
  "unclear-condition": {
    meaning: "A condition under `when` names two things at once, or nothing.",
    remedy:
      "Conditions that must hold together are items of their own; names of which one is enough are a list.",
  },
  "unknown-key": {
    meaning: "The JSON Schema of the file knows no such key at this place.",
    remedy: "Correct the spelling, or move the key to where it belongs.",
  },
  "unknown-note-operation": {
    meaning: "The notes of a release name an operation that its schema does not have.",
    remedy:
      "Write the name as the schema does, case included. If the notes of the vendor have it wrong, say so under `corrections`.",
  },
  "unknown-note-path": {
    meaning:
      "The notes of a release name an element, attribute or value that its schema does not have at this place. The notes may be wrong, or the schema may lack what they announce.",
    remedy:
      "Compare with the schema by `xsd-strata inspect`. If the notes of the vendor have it wrong, say so under `corrections`.",
  },
  "unknown-note-root": {
    meaning: "`in` names a type or global element that the schema does not have.",
    remedy: "Write prefix:name with the prefix that the schemas use.",
  },
  "unknown-release": {
    meaning: "There is no release of this id, and no release whose id begins so.",
    remedy: "Use an id that exists, or `latest`.",
  },
  "unknown-value": {
    meaning: "The key takes one of a fixed list of values, and this is none of them.",
    remedy: "Choose one of the values that the message lists.",
  },
  "wrong-form": {
    meaning:
      "The value is of the right type, but not of the form, length or number that the JSON Schema asks for.",
  },
  "wrong-type": {
    meaning: "The value has another type than the JSON Schema asks for; often a number where text is meant.",
    remedy:
      "Put release ids and codes in quotes: unquoted, YAML reads 1.10 as the number 1.1 and 010106 as 10106.",
  },
  "yaml-limit": {
    meaning: "The file is nested too deep, or aliases make it too large.",
    remedy: "Write it out flat.",
  },
};
