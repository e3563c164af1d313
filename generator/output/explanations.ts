/** What the diagnostics about the output folder mean, for `xsd-strata explain`. */
import type { Explanations } from "../diagnostics.js";

/** By diagnostic code. */
export const explanations: Explanations = {
  "output-blocked": {
    meaning:
      "A folder lies in the output where a generated file belongs. Folders are never deleted to make room.",
    remedy: "Move the folder away.",
  },
  "output-edited": {
    meaning:
      "A generated file differs from what was written there, so somebody has edited it, and generating again would lose the edit.",
    remedy:
      "Undo the edit and put what it was for into the configuration, an emitter or a wrapper of your own. --force gives the edit up.",
  },
  "output-edited-leftover": {
    meaning:
      "A file that is no longer generated was edited by hand. Only files that are as they were written are ever deleted, so it stays, and is no longer counted as generated.",
    remedy: "Delete it, or move it out of the output folder.",
  },
  "output-folder-busy": {
    meaning:
      "Files are staged in the output folder: another run is about to move them into place, or was stopped before it could. A stopped run is undone by the next one when that is safe.",
    remedy:
      "Wait for the other run. If there is none, delete the staging folder: what is in it can be generated again.",
  },
  "output-folder-not-ours": {
    meaning:
      "The output folder holds files but no manifest of generated files, so it belongs to somebody else. Nothing is ever written to such a folder, not even with --force.",
    remedy:
      "Choose a new or an empty folder. If the folder was generated and only its manifest is lost, restore the manifest or delete the folder.",
  },
  "output-foreign-file": {
    meaning: "Where a generated file belongs lies a file that was not generated.",
    remedy: "Move it away. --force replaces it.",
  },
  "output-manifest-broken": {
    meaning:
      "The manifest in the output folder cannot be read: it is damaged (by a merge, perhaps), of another format, or names files outside of the folder.",
    remedy: "Restore it from version control, or delete the output folder and generate it anew.",
  },
  "output-not-a-folder": {
    meaning: "The output folder that was named is a file, or would lie in one.",
    remedy: "Choose another name.",
  },
  "output-path-clash": {
    meaning:
      "Two generated files have paths that are equal, or differ in upper and lower case only. On many systems one of them would replace the other.",
    remedy: "Give them different names; in emitters of your own, use a folder of your own.",
  },
  "output-path-unsafe": {
    meaning:
      "An emitter gave a path that is absolute, leaves the output folder, or has characters that not every system allows.",
    remedy: "Emitters give paths relative to the output folder, with / between their parts.",
  },
  "output-symbolic-link": {
    meaning:
      "The output folder, or something in it, is a symbolic link. Writing through it would change files somewhere else.",
    remedy: "Remove the link, or name the folder that it points to.",
  },
};
