/** Takes a document through decoding and encoding with the descriptors of its schema, and compares. */
import { createReport } from "../generator/diagnostics.js";
import { liveDescriptors, type LiveDescriptors } from "../generator/emit/live.js";
import { anyTypeId, XSI_NAMESPACE } from "../generator/model/builtins.js";
import { nameOfId, typeOf } from "../generator/model/query.js";
import { idOf, type Model, type QName } from "../generator/model/types.js";
import type { XmlElement } from "../generator/schema/types.js";
import { parseXml } from "../generator/schema/xml.js";
import { decodeResult, type Root } from "../templates/runtime/decode.js";
import { encode } from "../templates/runtime/encode.js";
import { anyType } from "../templates/runtime/scalars.js";
import { polymorphic } from "../templates/runtime/tables.js";
import { differenceOf, type ComparisonContext } from "./comparison.js";
import { emitInputOf } from "./emission.js";

const descriptors = new WeakMap<Model, LiveDescriptors>();

/** The first difference between a document and what is written of it after it was read; undefined when there is none. */
export function roundTripDifference(
  text: string,
  tree: XmlElement,
  context: ComparisonContext,
): string | undefined {
  const { model } = context;
  let live = descriptors.get(model);
  if (live === undefined) descriptors.set(model, (live = liveDescriptors(emitInputOf(model, ""))));
  const root = rootOf(model, live, tree);
  if (root === undefined) return "no descriptor for the root element";
  const { value, root: beside } = decodeResult(root, text);
  const written = encode(root, value as never, {
    element: expandedName(tree),
    ...(beside && { root: beside }),
  });
  const report = createReport();
  const again = parseXml("written.xml", written, report);
  if (again === undefined)
    return `what was written is not well-formed: ${report.diagnostics[0]?.message ?? ""}`;
  return differenceOf(tree, again, context);
}

/** The descriptor of the root: its declaration, or else the type that `xsi:type` names. */
function rootOf(model: Model, live: LiveDescriptors, tree: XmlElement): Root | undefined {
  const id = idOf(tree.name);
  if (model.elements[id] !== undefined) return live.element(id);
  const attribute = tree.attributes.find(
    ({ name }) => name.namespace === XSI_NAMESPACE && name.local === "type",
  );
  if (attribute === undefined) return undefined;
  const [local = "", prefix = ""] = attribute.value.trim().split(":").reverse();
  const type = idOf({ namespace: tree.namespaces.get(prefix) ?? "", local });
  if (typeOf(model, type) === undefined) return undefined;
  // What is not declared may be anything; xsi:type says what it is.
  const name = namespaceName(nameOfId(type));
  const chosen = type === anyTypeId ? [] : [[local, name, live.type(type)] as const];
  return {
    kind: "element",
    name: expandedName(tree),
    tag: tree.name.local,
    type: chosen.length === 0 ? anyType : polymorphic({ base: anyType, tag: "anyType", derived: chosen }),
  };
}

function expandedName({ name }: XmlElement): string {
  return namespaceName(name);
}

function namespaceName({ namespace, local }: QName): string {
  return namespace === "" ? local : `{${namespace}}${local}`;
}
