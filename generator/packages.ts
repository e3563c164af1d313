/** Packages that many runs do without, read when they are first used: reading some takes longer than all that is done with them. */
import { createRequire } from "node:module";

// Imported, a package would be read twice: Node looks through all of its text for the names that it exports.
const load = createRequire(import.meta.url);

/** How to come by what a package exports, which is loaded by the first call. */
export function lazyPackage<Exports>(name: string): () => Exports {
  let known: Exports | undefined;
  return () => (known ??= load(name) as Exports);
}
