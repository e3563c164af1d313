/** Substitution groups (Part 1, clauses 3.3.4 and 3.3.6). */
import { addTo } from "../multimap.js";
import type { Resolution } from "./resolution.js";
import { countParts, fail } from "./resolution.js";
import { anyTypeId } from "./builtins.js";
import type { DerivationMethod, ElementDeclaration, ElementId, TypeDefinition, TypeId } from "./types.js";

/**
 * Head to all elements that may stand for it: transitive, without abstract ones and those that `block` shuts out
 * (cos-equiv-derived-ok-rec). Circles and members whose types do not fit are reported.
 */
export function substitutionsOf(
  r: Resolution,
  elements: Readonly<Record<ElementId, ElementDeclaration>>,
): Readonly<Record<ElementId, readonly ElementId[]>> {
  for (const element of Object.values(elements)) checkAffiliation(r, element, elements);
  return substitutionGroups(r, elements, (member) => !member.abstract);
}

/** The same without leaving abstract elements out: XSD 1.1 counts them where content must not be ambiguous. */
export function substitutionGroups(
  r: Resolution,
  elements: Readonly<Record<ElementId, ElementDeclaration>>,
  isWanted: (member: ElementDeclaration) => boolean = () => true,
): Readonly<Record<ElementId, readonly ElementId[]>> {
  const direct = new Map<ElementId, ElementDeclaration[]>();
  for (const element of Object.values(elements)) {
    for (const head of element.substitutionHeads) {
      addTo(direct, head, element);
    }
  }
  const result = Object.create(null) as Record<ElementId, readonly ElementId[]>;
  for (const id of Object.keys(elements)) {
    const head = elements[id];
    if (head === undefined || !direct.has(id)) continue;
    const members = new Set<ElementDeclaration>();
    const pending = [...(direct.get(id) ?? [])].reverse();
    for (let member = pending.pop(); member !== undefined; member = pending.pop()) {
      if (member.id === id || members.has(member)) continue;
      members.add(member);
      for (const next of (direct.get(member.id) ?? []).toReversed()) pending.push(next);
    }
    if (!countParts(r, members.size, head.span)) break;
    const allowed = [...members].filter((member) => isWanted(member) && maySubstitute(r, member, head));
    if (allowed.length > 0) result[id] = allowed.map((member) => member.id);
  }
  return result;
}

function maySubstitute(r: Resolution, member: ElementDeclaration, head: ElementDeclaration): boolean {
  if (head.block.includes("substitution")) return false;
  const derivation = derivationBetween(r, member.type, head.type);
  // Types that do not fit are an error already.
  if (derivation === undefined) return false;
  const blocked = new Set<DerivationMethod>([...head.block, ...derivation.blocked]);
  return derivation.methods.every((method) => !blocked.has(method));
}

/** How a type comes from another: the methods, and what the types on the way prohibit. */
function derivationBetween(
  r: Resolution,
  from: TypeId,
  to: TypeId,
):
  | { readonly methods: readonly DerivationMethod[]; readonly blocked: readonly DerivationMethod[] }
  | undefined {
  const methods: DerivationMethod[] = [];
  const blocked: DerivationMethod[] = [];
  const seen = new Set<TypeId>();
  let type = r.types.get(from);
  while (type !== undefined && !seen.has(type.id)) {
    if (type.kind === "complex" && type.id !== from) blocked.push(...type.block);
    if (type.id === to) return { methods, blocked };
    const target = r.types.get(to);
    if (isUnionMember(target, type)) return { methods: [...methods, "restriction"], blocked };
    seen.add(type.id);
    methods.push(type.kind === "complex" ? type.derivation : "restriction");
    type = r.types.get(type.base);
  }
  return to === anyTypeId ? { methods, blocked } : undefined;
}

function isUnionMember(union: TypeDefinition | undefined, type: TypeDefinition): boolean {
  return union?.kind === "simple" && union.variety === "union" && union.members?.includes(type.id) === true;
}

function checkAffiliation(
  r: Resolution,
  element: ElementDeclaration,
  elements: Readonly<Record<ElementId, ElementDeclaration>>,
): void {
  for (const id of element.substitutionHeads) {
    const head = elements[id];
    if (head === undefined) continue;
    if (isCircular(r, element, elements)) {
      fail(
        r,
        "circular-substitution-group",
        "e-props-correct.6",
        `the element "${element.name.local}" is in its own substitution group`,
        element.span,
      );
      return;
    }
    const derivation = derivationBetween(r, element.type, head.type);
    if (derivation !== undefined && derivation.methods.every((method) => !head.final.includes(method)))
      continue;
    fail(
      r,
      "substitution-type-mismatch",
      "e-props-correct.4",
      derivation === undefined
        ? `the type of "${element.name.local}" does not derive from that of its substitution group's head "${head.name.local}"`
        : `the head "${head.name.local}" is final for the way the type of "${element.name.local}" derives`,
      element.span,
      { related: [{ message: "the head", at: head.span }] },
    );
  }
}

function isCircular(
  r: Resolution,
  element: ElementDeclaration,
  elements: Readonly<Record<ElementId, ElementDeclaration>>,
): boolean {
  const seen = new Set<ElementId>();
  const queue = [...element.substitutionHeads];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    if (id === element.id) return true;
    if (seen.has(id)) continue;
    if (!countParts(r, 1, element.span)) return false;
    seen.add(id);
    queue.push(...(elements[id]?.substitutionHeads ?? []));
  }
  return false;
}
