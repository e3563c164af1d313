/** Normal forms of identifiers for comparing them in a catalog (OASIS XML Catalogs 1.1, clauses 6.2 to 6.4). */

/** URI references: what a URI must not hold is percent-encoded; `urn:publicid:` is left as it is. */
export function normalizeUri(uri: string): string {
  return uri.trim().replace(/[\0- "<>\\^`{|}\u007f-\u{10ffff}]/gu, (character) => {
    try {
      return encodeURIComponent(character);
    } catch {
      return character;
    }
  });
}

/** Public identifiers: white space collapsed; one in the form of a URN is unwrapped. */
export function normalizePublicId(publicId: string): string {
  const id = publicId.trim().replace(/[\t\n\r ]+/gu, " ");
  if (!id.startsWith("urn:publicid:")) return id;
  const wrapped = id.slice("urn:publicid:".length);
  return wrapped.replace(/\+|::|:|;|%2B|%3A|%2F|%3B|%27|%3F|%23|%25/giu, (found) => {
    switch (found.toUpperCase()) {
      case "+":
        return " ";
      case ":":
        return "//";
      case ";":
        return "::";
      case "::":
        return "////";
      default:
        return decodeURIComponent(found);
    }
  });
}
