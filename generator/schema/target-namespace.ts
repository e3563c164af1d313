/** The target namespace of a document from its first tag alone: a folder may hold hundreds of large schemas. */

/**
 * The value of `targetNamespace` on the root element; "" where a schema has none. Undefined when the first tag does not tell: the
 * document has a DOCTYPE, or what stands there is no schema that is easy to read.
 */
export function sniffTargetNamespace(text: string): string | undefined {
  const at = firstTag(text);
  const tag = /<(?:[\w.-]+:)?schema(?=[\s/>])/uy;
  tag.lastIndex = at;
  if (!tag.test(text)) return undefined;
  const attribute = /\s+([^\s=<>"'/]+)\s*=\s*(?:"([^"<&]*)"|'([^'<&]*)')/uy;
  let next = tag.lastIndex;
  let namespace = "";
  for (;;) {
    attribute.lastIndex = next;
    const [, name, double, single] = attribute.exec(text) ?? [];
    if (name === undefined) break;
    if (name === "targetNamespace") namespace = (double ?? single ?? "").trim();
    next = attribute.lastIndex;
  }
  return /^\s*\/?>/u.test(text.slice(next, next + 80)) ? namespace : undefined;
}

/** Where the first thing stands that is no comment and no processing instruction: the first tag, or a DOCTYPE. */
export function firstTag(text: string): number {
  let at = text.startsWith("\ufeff") ? 1 : 0;
  for (;;) {
    while (/\s/u.test(text.charAt(at))) at++;
    const end = text.startsWith("<?", at) ? "?>" : text.startsWith("<!--", at) ? "-->" : undefined;
    if (end === undefined) return at;
    const found = text.indexOf(end, at + 2);
    if (found < 0) return text.length;
    at = found + end.length;
  }
}
