/** What `xs:annotation` holds. */
import { XSD_NAMESPACE } from "./element.js";
import type { Annotation, XmlElement } from "./types.js";

/** Joins annotations; undefined when they hold nothing. `source` is the document that they stand in. */
export function readAnnotation(annotations: readonly XmlElement[], source: string): Annotation | undefined {
  if (annotations.length === 0) return undefined;
  const documentation: string[] = [];
  const appinfo: string[] = [];
  for (const annotation of annotations) {
    for (const child of annotation.children) {
      if (!("name" in child) || child.name.namespace !== XSD_NAMESPACE) continue;
      if (child.name.local === "documentation") {
        const text = textOf(child);
        if (/\S/u.test(text)) documentation.push(text);
      } else if (child.name.local === "appinfo") {
        const text = innerXml(child, source);
        if (/\S/u.test(text)) appinfo.push(text);
      }
    }
  }
  if (documentation.length === 0 && appinfo.length === 0) return undefined;
  return {
    ...(documentation.length === 0 ? {} : { documentation: documentation.join("\n\n") }),
    ...(appinfo.length === 0 ? {} : { appinfo }),
  };
}

/** Elements of HTML and DocBook, by what stands before their text and behind it. */
const markup: ReadonlyMap<string, readonly [before: string, after: string]> = new Map(
  (
    [
      ["p div blockquote section h1 h2 h3 h4 h5 h6 table ul ol dl dt dd", ["\n\n", "\n\n"]],
      ["para simpara formalpara itemizedlist orderedlist title", ["\n\n", "\n\n"]],
      ["li listitem", ["\n- ", ""]],
      ["br", ["\n", ""]],
      ["tr row", ["\n", ""]],
      ["td th entry", [" ", ""]],
      ["code tt literal", ["`", "`"]],
      ["pre programlisting", ["\n```\n", "\n```\n"]],
    ] as const
  ).flatMap(([names, around]) => names.split(" ").map((name) => [name, around] as const)),
);

/** All text inside an element; of markup in it only what divides words and paragraphs, and what is code, is kept. */
function textOf(element: XmlElement, listed = false): string {
  return element.children
    .map((child) => {
      if (!("name" in child)) return child.text;
      const { local } = child.name;
      const [before, after] = markup.get(local) ?? ["", ""];
      const text = textOf(child, /^(?:li|listitem)$/u.test(local));
      if (before === "`" && (text.includes("`") || text.trim() === "")) return text;
      // The first paragraph of a list item stands beside its mark.
      if (listed && before === "\n\n") return ` ${text} `;
      return before.includes("```")
        ? before + text.replace(/^\s*\n|\s+$/gu, "") + after
        : before + text + after;
    })
    .join("");
}

/** What stands between the tags, as written. */
function innerXml(element: XmlElement, source: string): string {
  const outer = source.slice(element.at.end, element.extent.end);
  const end = outer.lastIndexOf("</");
  return end === -1 ? "" : outer.slice(0, end);
}
