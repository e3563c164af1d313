/** Documents for people to read: white space where it means nothing. */

/**
 * Puts each element on a line of its own, unless there is text beside it. For texts that `encode` has written: no comments, and
 * no `>` in attributes.
 */
export function indentXml(text: string): string {
  const tokens = text.split(/(<[^>]*>)/u).filter((token) => token !== "");
  /** By the index of a start tag: text stands directly in the element. */
  const mixed = new Set<number>();
  const open: number[] = [];
  tokens.forEach((token, index) => {
    if (token.startsWith("</")) open.pop();
    else if (!token.startsWith("<")) {
      if (open.length > 0) mixed.add(open.at(-1) ?? 0);
    } else if (!token.startsWith("<?") && !token.endsWith("/>")) open.push(index);
  });
  let result = "";
  let inText = 0;
  const around: { readonly isMixed: boolean }[] = [];
  const line = (depth: number): string =>
    inText > 0 ? "" : `${result === "" || result.endsWith("\n") ? "" : "\n"}${"  ".repeat(depth)}`;
  tokens.forEach((token, index) => {
    if (token.startsWith("<?")) result += token;
    else if (token.startsWith("</")) {
      const { isMixed } = around.pop() ?? { isMixed: false };
      const isEmpty = /^<[^/].*[^/]>$|^<[^/]>$/su.test(tokens[index - 1] ?? "");
      result += (isMixed || isEmpty ? "" : line(around.length)) + token;
      if (isMixed) inText--;
    } else if (!token.startsWith("<")) {
      if (around.length > 0) result += token;
    } else {
      result += line(around.length) + token;
      if (token.endsWith("/>")) return;
      const isMixed = mixed.has(index);
      if (isMixed) inText++;
      around.push({ isMixed });
    }
  });
  return `${result}\n`;
}
