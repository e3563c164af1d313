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

/** All text inside an element; markup in it is dropped, its text is kept. */
function textOf(element: XmlElement): string {
  return element.children.map((child) => ("name" in child ? textOf(child) : child.text)).join("");
}

/** What stands between the tags, as written. */
function innerXml(element: XmlElement, source: string): string {
  const outer = source.slice(element.at.end, element.extent.end);
  const end = outer.lastIndexOf("</");
  return end === -1 ? "" : outer.slice(0, end);
}
