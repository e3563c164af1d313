import { Parser, processors } from "xml2js";
import type { ElementDescriptor, Struct } from "../../templates/runtime/index.js";
import { converter, localName, type Reader, type Tree } from "./conversion.js";

/** xml2js, then the same conversion. */
export function xml2js(root: ElementDescriptor): Reader {
  const { stripPrefix } = processors;
  const convert = converter((tree) => (tree["$"] as Tree | undefined)?.["type"]);
  return (xml) => {
    let result: unknown;
    new Parser({
      explicitArray: false,
      tagNameProcessors: [stripPrefix],
      attrNameProcessors: [stripPrefix],
    }).parseString(xml, (error: Error | null, tree: Tree) => {
      if (error) throw error;
      result = convert(root.type as Struct, tree[localName(root.name)]);
    });
    return result;
  };
}
