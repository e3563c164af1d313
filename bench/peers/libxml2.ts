import { XmlDocument } from "libxml2-wasm";
import type { Reader } from "./conversion.js";

/** libxml2 as WebAssembly: a document is built and thrown away; nothing is read out of it. */
export function libxml2(): Reader {
  return (xml) => {
    using document = XmlDocument.fromString(xml);
    return document.root.name.length;
  };
}
