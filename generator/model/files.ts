/** The files of a release, with what schema documents say that is no component. */
import type { Directive, SchemaDocument, SourceFile } from "../schema/types.js";
import type { FileInfo, FileReference } from "./types.js";

/** All files in path order, those that are schema documents with their version and references. */
export function filesOf(
  files: readonly SourceFile[],
  documents: readonly SchemaDocument[],
): readonly FileInfo[] {
  const byFile = new Map(documents.map((document) => [document.file, document]));
  return files
    .map(({ path, digest }): FileInfo => {
      const document = byFile.get(path);
      const references = document?.directives.flatMap(referenceOf) ?? [];
      return {
        path,
        digest,
        ...(document?.version !== undefined && { version: { text: document.version, span: document.at } }),
        ...(references.length > 0 && { references }),
      };
    })
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** A redefinition is no reference: what it means is in the components. */
function referenceOf(directive: Directive): readonly FileReference[] {
  const { kind, location, at: span } = directive;
  if (kind === "include") return [{ kind, location, span }];
  if (kind !== "import") return [];
  return [{ kind, namespace: directive.namespace ?? "", ...(location !== undefined && { location }), span }];
}
