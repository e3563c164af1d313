/** `##defined` and `##definedSibling` of XSD 1.1 wildcards: the names that they stand for, once all is declared. */
import { leavesOf, substitutesOf, wildcardAdmits } from "./query.js";
import { idOf, type ComplexType, type Content, type Model, type Particle, type Wildcard } from "./types.js";

const DEFINED = "##defined";
const DEFINED_SIBLING = "##definedSibling";

/** The model with every keyword in the wildcards of its complex types replaced by names (Part 1 of 1.1, clause 3.10.4). */
export function expandExcludedNames(model: Model): Model {
  const changed: Record<string, ComplexType> = {};
  for (const type of Object.values(model.types)) {
    if (type.kind !== "complex") continue;
    const next = expanded(model, type);
    if (next !== type) changed[type.id] = next;
  }
  if (Object.keys(changed).length === 0) return model;
  const types = Object.create(null) as Record<string, Model["types"][string]>;
  for (const [id, type] of Object.entries(model.types)) types[id] = changed[id] ?? type;
  return { ...model, types };
}

function expanded(model: Model, type: ComplexType): ComplexType {
  const { anyAttribute } = type;
  const attributes =
    anyAttribute === undefined ? undefined : without(anyAttribute, () => Object.keys(model.attributes));
  const content = expandedContent(model, type.content);
  if (attributes === anyAttribute && content === type.content) return type;
  return { ...type, ...(attributes && { anyAttribute: attributes }), content };
}

function expandedContent(model: Model, content: Content): Content {
  if (content.kind !== "elements") return content;
  const { particle, own, open } = content;
  const leaves = leavesOf(particle);
  const wildcards = leaves.flatMap((leaf) => (leaf.kind === "any" ? [leaf.wildcard] : []));
  if (![...wildcards, ...(open ? [open.wildcard] : [])].some(hasKeyword)) return content;
  const siblings = leaves.flatMap((leaf) =>
    leaf.kind === "any"
      ? []
      : [idOf(leaf.name), ...(leaf.ref === undefined ? [] : substitutesOf(model, leaf.ref))],
  );
  const replace = (wildcard: Wildcard): Wildcard =>
    without(wildcard, (word) => (word === DEFINED ? Object.keys(model.elements) : siblings));
  // One particle may stand in both `particle` and `own`.
  const done = new Map<Particle, Particle>();
  const visit = (part: Particle): Particle => {
    let result = done.get(part);
    if (result === undefined) {
      if (part.kind === "any") result = { ...part, wildcard: replace(part.wildcard) };
      else if (part.kind === "element") result = part;
      else result = { ...part, particles: part.particles.map(visit) };
      done.set(part, result);
    }
    return result;
  };
  return {
    ...content,
    ...(particle && { particle: visit(particle) }),
    ...(own && { own: visit(own) }),
    ...(open && { open: { ...open, wildcard: replace(open.wildcard) } }),
  };
}

function hasKeyword({ notNames }: Wildcard): boolean {
  return notNames?.some((name) => name === DEFINED || name === DEFINED_SIBLING) === true;
}

/** Names take the place of keywords, as far as the wildcard would let them in. */
function without(wildcard: Wildcard, namesOf: (keyword: string) => readonly string[]): Wildcard {
  if (!hasKeyword(wildcard)) return wildcard;
  const { notNames = [], ...rest } = wildcard;
  const names = notNames.flatMap((name) =>
    name === DEFINED || name === DEFINED_SIBLING
      ? namesOf(name).filter((id) => wildcardAdmits(rest, id))
      : [name],
  );
  return { ...rest, ...(names.length > 0 && { notNames: [...new Set(names)] }) };
}
