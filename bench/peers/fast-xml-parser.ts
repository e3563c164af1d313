import { XMLParser } from "fast-xml-parser";
import type { ElementDescriptor, Struct } from "../../templates/runtime/index.js";
import { converter, localName, type Reader, type Tree } from "./conversion.js";

/** fast-xml-parser without value parsing (ids begin with zeros), then a conversion by the schema. */
export function fastXmlParser(root: ElementDescriptor): Reader {
  const parser = new XMLParser({
    ignoreAttributes: false,
    removeNSPrefix: true,
    parseTagValue: false,
    trimValues: false,
    processEntities: { enabled: true, maxTotalExpansions: Infinity, maxExpandedLength: Infinity } as never,
  });
  const convert = converter((tree) => tree["@_type"]);
  return (xml) => convert(root.type as Struct, (parser.parse(xml) as Tree)[localName(root.name)]);
}
