/**
 * Witnesses: for a change that breaks on the wire, a smallest document that is valid on one side and not on the other.
 *
 * Documents are made around the declaration concerned, simplest first, and the validator judges each against both
 * schemas. Of those that tell the sides apart, the one is taken where the other side objects to nothing but the change.
 */
import type { Change } from "../../diff/index.js";
import { nameOfId } from "../../model/query.js";
import type { QName } from "../../model/types.js";
import { candidates } from "./candidates.js";
import { isWithoutCarrier } from "./constraints.js";
import { isBetter, issuesIn, judge, type Judged, shrink } from "./judgement.js";
import { type Releases, searchOn } from "./releases.js";
import { printSpecimen, type Specimen } from "./specimen.js";

/** A document that one side accepts and the other does not. */
export interface DocumentWitness {
  readonly xml: string;
  readonly validIn: "old" | "new";
  /** What the other side objects to. */
  readonly objection: string;
}

/** Why there is no document. */
export interface NoWitness {
  readonly none: string;
}

/** So many documents are tried for one change. */
const most = 600;

/** Whether a change breaks somebody on the wire, so that a document can show it. */
export function wantsWitness({ effect, reach, verdicts }: Change): boolean {
  const { request, response } = verdicts;
  return effect !== "equal" && reach.length > 0 && (request.wire !== "safe" || response.strict !== "safe");
}

/** Finds a witness for a change that wants one. */
export function findWitness(change: Change, releases: Releases): DocumentWitness | NoWitness {
  if (/assertion|^type\.alternative/u.test(change.rule)) {
    return { none: "conditions in XPath are kept and compared, and not evaluated" };
  }
  if (change.component.kind === "note") return { none: "no schema tells of it" };
  const sides: readonly ("old" | "new")[] =
    change.effect === "widening" ? ["new"] : change.effect === "narrowing" ? ["old"] : ["old", "new"];
  if (change.rule === "namespace.changed") return namespaceWitness(change, releases);
  if (releases.effort.left <= 0) return { none: "so many findings come before it that none was looked for" };
  let best: Judged | undefined;
  let tried = 0;
  for (const side of sides) {
    const search = searchOn(side, change, releases);
    for (const root of candidates(search, change)) {
      if (tried++ >= most * sides.length || releases.effort.left <= 0) break;
      const judged = judge(search, root);
      if (judged === undefined) continue;
      if (best === undefined || isBetter(judged, best)) best = judged;
      if (judged.rank === 0 && judged.objections === 1) break;
    }
    if (best !== undefined && best.rank < 2) break;
  }
  const [side] = sides;
  if (
    best === undefined &&
    side !== undefined &&
    isWithoutCarrier(searchOn(side, change, releases), change)
  ) {
    return { none: `no element of the ${side === "old" ? "older" : "newer"} release has what it tells by` };
  }
  if (best === undefined && change.effect === "unknown") {
    return { none: "whether any document is concerned cannot be decided" };
  }
  if (best === undefined) {
    return {
      none: tried === 0 ? "no document of the schema holds it" : `none was found among ${tried} documents`,
    };
  }
  const { root, search, objection } = shrink(best);
  const shown = search.side === "old" ? inNamespaces(root, releases) : root;
  return { xml: printSpecimen(shown, [search.model, search.other]), validIn: search.side, objection };
}

/** Any document of a namespace is valid under one of its names only. */
function namespaceWitness(change: Change, releases: Releases): DocumentWitness | NoWitness {
  const search = searchOn("old", change, releases);
  for (const root of candidates(search, change)) {
    if (issuesIn(search.model, root, [search.model]).issues.length > 0) continue;
    const shown = inNamespaces(root, releases);
    const [issue] = issuesIn(search.other, shown, [search.other]).issues;
    if (issue === undefined) continue;
    return {
      xml: printSpecimen(shown, [search.model, search.other]),
      validIn: "old",
      objection: issue.message,
    };
  }
  return { none: "no document of the schema holds it" };
}

/** A document of the older side under its own namespaces. */
function inNamespaces(root: Specimen, { moved: uris, original }: Releases): Specimen {
  if (uris.size === 0) return root;
  const uriOf = (uri: string): string => uris.get(uri) ?? uri;
  const convert = (node: Specimen, isQualified: (node: Specimen) => boolean): Specimen => {
    // What had no namespace before still has none, whichever its schema has.
    const name = (each: QName, qualified: boolean): QName =>
      each.namespace === "" && !qualified ? each : { ...each, namespace: uriOf(each.namespace) };
    const { namespace, local } = node.type === undefined ? { namespace: "", local: "" } : nameOfId(node.type);
    return {
      ...node,
      name: name(node.name, isQualified(node)),
      ...(node.type !== undefined && { type: `{${uriOf(namespace)}}${local}` }),
      attributes: node.attributes.map((each) => ({ ...each, name: name(each.name, false) })),
      children: node.children.map((child) =>
        typeof child === "string" ? child : convert(child, isQualified),
      ),
    };
  };
  const all = convert(root, () => true);
  if (!uris.has("")) return all;
  const isGlobal = ({ name }: Specimen): boolean =>
    original.elements[`{${uriOf("")}}${name.local}`] !== undefined;
  const forms = [all, convert(root, isGlobal), convert(root, (node) => node === root)];
  return forms.find((form) => issuesIn(original, form, [original]).issues.length === 0) ?? all;
}
