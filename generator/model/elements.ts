/** Element declarations, their types, identity constraints and alternatives (Part 1, clauses 3.3 and 3.11). */
import type { DerivationMethod, ElementSyntax, QNameRef } from "../schema/types.js";
import type { Scope } from "./symbols.js";
import { documented } from "./attributes.js";
import { valueConstraint } from "./preset.js";
import { anyTypeId } from "./builtins.js";
import { declaredAs, fail, guarded, lookUp, type Resolution } from "./resolution.js";
import { deferredType, referredType } from "./type-definitions.js";
import {
  idOf,
  type Alternative,
  type ElementDeclaration,
  type IdentityConstraint,
  type TypeDefinition,
  type TypeId,
} from "./types.js";

/** A global element. */
export function elementById(r: Resolution, id: string): ElementDeclaration | undefined {
  const declared = declaredAs(r, "elements", id);
  if (declared === undefined) return r.elements.get(id);
  const { syntax, scope, name } = declared;
  return guarded<ElementDeclaration>(
    r,
    `element ${id}`,
    syntax.at,
    r.elements.get(id),
    () => {
      const heads = headsOf(r, syntax.substitutionGroup, scope);
      const owner = { kind: "element", id, local: name.local } as const;
      const path = `{${name.namespace}}element::${name.local}`;
      const declaration: ElementDeclaration = {
        id,
        name,
        type: typeOfElement(r, syntax, scope, path, owner) ?? typeOfHead(r, heads) ?? anyTypeId,
        nillable: syntax.nillable,
        abstract: syntax.abstract,
        ...valueConstraint(syntax, scope),
        block: blockOf(syntax, scope),
        final: (syntax.final ?? scope.document.finalDefault).filter(
          (method) => method === "extension" || method === "restriction",
        ),
        substitutionHeads: heads,
        constraints: constraintsOf(r, syntax, scope),
        ...alternativesOf(r, syntax, scope, path),
        ...documented(syntax),
        span: syntax.at,
        extent: syntax.extent,
        fingerprint: "",
      };
      r.elements.set(id, declaration);
      return declaration;
    },
    () => {
      fail(
        r,
        "circular-substitution-group",
        "e-props-correct.6",
        `the element "${name.local}" is in its own substitution group`,
        syntax.at,
      );
      return undefined;
    },
  );
}

function headsOf(r: Resolution, refs: readonly QNameRef[], scope: Scope): readonly string[] {
  return refs.map((ref) => lookUp(r, "elements", ref, scope)).filter((id) => id !== undefined);
}

/** Without a type of its own, an element has that of its first head (clause 3.3.2). */
function typeOfHead(r: Resolution, heads: readonly string[]): TypeId | undefined {
  const [first] = heads;
  return first === undefined ? undefined : elementById(r, first)?.type;
}

/** The type that an element states; an inline one is built later. */
export function typeOfElement(
  r: Resolution,
  syntax: Pick<ElementSyntax, "type" | "inlineType">,
  scope: Scope,
  path: string,
  owner: NonNullable<TypeDefinition["owner"]>,
): TypeId | undefined {
  if (syntax.inlineType !== undefined) return deferredType(r, syntax.inlineType, scope, path, owner);
  return syntax.type === undefined ? undefined : referredType(r, syntax.type, scope);
}

/** One list for all that have nothing of a kind. */
const none: readonly never[] = [];

/** What `block` says, the document's default included. */
export function blockOf(syntax: Pick<ElementSyntax, "block">, scope: Scope): readonly DerivationMethod[] {
  const block = syntax.block ?? scope.document.blockDefault;
  if (block.length === 0) return none;
  return block.filter(
    (method) => method === "extension" || method === "restriction" || method === "substitution",
  );
}

/** XSD 1.1 alternatives; where a test goes beyond what is evaluated, all of the element are only kept. */
export function alternativesOf(
  r: Resolution,
  syntax: ElementSyntax,
  scope: Scope,
  path: string,
): { readonly alternatives?: readonly Alternative[] } {
  if (syntax.alternatives.length === 0) return {};
  const alternatives = syntax.alternatives.map((alternative, index): Alternative => {
    const { test, condition, beyond, at } = alternative;
    const local = `alternative${index + 1}`;
    const owner = { kind: "element", id: path, local } as const;
    const type =
      alternative.inlineType !== undefined
        ? deferredType(r, alternative.inlineType, scope, `${path}/$${local}`, owner)
        : alternative.type && referredType(r, alternative.type, scope);
    if (test === undefined && index < syntax.alternatives.length - 1) {
      fail(
        r,
        "alternative-without-test",
        "src-element.5",
        `only the last alternative of "${syntax.name ?? ""}" can be without a test`,
        at,
      );
    }
    if (beyond !== undefined) {
      r.report.add({
        code: "alternative-not-evaluated",
        severity: "warning",
        message: `the test "${test ?? ""}" on "${syntax.name ?? ""}" goes beyond what is evaluated (${beyond}), so its type stays as declared`,
        at,
        clause: "Structures 3.12.6",
      });
    }
    return {
      ...(test === undefined ? {} : { test }),
      ...(condition === undefined ? {} : { condition }),
      type: type ?? anyTypeId,
    };
  });
  return { alternatives };
}

/** The identity constraints of an element. */
export function constraintsOf(
  r: Resolution,
  syntax: ElementSyntax,
  scope: Scope,
): readonly IdentityConstraint[] {
  if (syntax.constraints.length === 0) return none;
  return syntax.constraints.flatMap((given): readonly IdentityConstraint[] => {
    let constraint = given;
    let name = given.name === undefined ? undefined : { namespace: scope.namespace, local: given.name };
    let from = scope;
    if (given.ref !== undefined) {
      // XSD 1.1: the same constraint again.
      const id = lookUp(r, "constraints", given.ref, scope);
      const declared = id === undefined ? undefined : declaredAs(r, "constraints", id);
      if (declared === undefined) return [];
      if (declared.syntax.kind !== given.kind) {
        fail(
          r,
          "identity-constraint-kind",
          "src-identity-constraint.5",
          `"${given.ref.local}" is a ${declared.syntax.kind}, not a ${given.kind}`,
          given.ref.at,
          { related: [{ message: "the constraint referred to", at: declared.syntax.at }] },
        );
      }
      constraint = declared.syntax;
      name = declared.name;
      from = declared.scope;
    }
    if (name === undefined) return [];
    let refer: string | undefined;
    if (constraint.refer !== undefined) {
      refer = lookUp(r, "constraints", constraint.refer, from);
      const target = refer === undefined ? undefined : declaredAs(r, "constraints", refer);
      if (target !== undefined && target.syntax.kind === "keyref") {
        fail(
          r,
          "keyref-to-keyref",
          "src-resolve",
          `"${constraint.refer.local}" is a keyref; a keyref refers to a key or unique`,
          constraint.refer.at,
        );
      } else if (target !== undefined && target.syntax.fields.length !== constraint.fields.length) {
        fail(
          r,
          "keyref-field-count",
          "c-props-correct.2",
          `the keyref "${name.local}" has ${constraint.fields.length} fields, "${constraint.refer.local}" has ${target.syntax.fields.length}`,
          constraint.at,
          { related: [{ message: "the constraint referred to", at: target.syntax.at }] },
        );
      }
    }
    return [
      {
        kind: constraint.kind,
        id: idOf(name),
        name,
        ...(refer === undefined ? {} : { refer }),
        selector: constraint.selector,
        fields: constraint.fields,
        prefixes: [...constraint.namespaces].filter(([prefix]) => prefix !== ""),
        ...documented(constraint),
        span: constraint.at,
        extent: constraint.extent,
      },
    ];
  });
}
