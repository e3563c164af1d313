/** Attribute declarations, uses, groups and their wildcards (Part 1, clauses 3.2, 3.4.2, 3.5, 3.6). */
import type { Span } from "../diagnostics.js";
import { inheritedConstraint, valueConstraint, type ValueConstraint } from "./preset.js";
import type { AttributesSyntax, AttributeSyntax, QNameRef, SimpleTypeSyntax } from "../schema/types.js";
import type { Declared, Scope } from "./symbols.js";
import { anySimpleTypeId } from "./builtins.js";
import { isSameConstraintValue } from "./constraints/value-constraints.js";
import { countParts, declaredAs, fail, guarded, lookUp, meantName, type Resolution } from "./resolution.js";
import { anonymousType, referredSimpleType } from "./type-definitions.js";
import {
  idOf,
  type AttributeDeclaration,
  type AttributeGroupDefinition,
  type AttributeUse,
  type QName,
  type TypeDefinition,
  type TypeId,
  type Wildcard,
} from "./types.js";
import { intersectWildcards, isExpressible10, wildcardFrom } from "./wildcard.js";

/** Attributes as one place states them: uses, names it prohibits, and the complete wildcard. */
export interface AttributeSet {
  readonly uses: readonly AttributeUse[];
  readonly prohibited: ReadonlySet<string>;
  readonly wildcard?: Wildcard;
}

interface Owner {
  readonly id: string;
  readonly scope: Scope;
  readonly restricts?: boolean;
  /** Inside a redefinition: the group of the same name that it may refer to. */
  readonly original?: Declared<AttributesSyntax> | undefined;
  readonly originalId?: string;
}

/** A global attribute. */
export function attributeById(r: Resolution, id: string): AttributeDeclaration | undefined {
  const known = r.attributes.get(id);
  if (known !== undefined) return known;
  const declared = declaredAs(r, "attributes", id);
  if (declared === undefined) return undefined;
  const { syntax, scope, name } = declared;
  const owner = { kind: "attribute", id, local: name.local } as const;
  const declaration: AttributeDeclaration = {
    id,
    name,
    type: typeOfAttribute(r, syntax, scope, `{${name.namespace}}attribute::${name.local}`, owner),
    ...valueConstraint(syntax, scope),
    ...(syntax.inheritable === true ? { inheritable: true as const } : {}),
    ...documented(syntax),
    span: syntax.at,
    extent: syntax.extent,
  };
  r.attributes.set(id, declaration);
  return declaration;
}

/** An attribute group with everything it refers to. */
export function attributeGroupById(r: Resolution, id: string): AttributeGroupDefinition | undefined {
  const declared = declaredAs(r, "attributeGroups", id);
  return declared === undefined ? undefined : attributeGroupFrom(r, declared, id);
}

function attributeGroupFrom(
  r: Resolution,
  declared: Declared<import("../schema/types.js").AttributeGroupSyntax>,
  id: string,
): AttributeGroupDefinition | undefined {
  const { syntax, scope, name, original } = declared;
  return guarded<AttributeGroupDefinition>(
    r,
    `attributeGroup ${id}`,
    syntax.at,
    r.attributeGroups.get(id),
    () => {
      const path = `{${name.namespace}}attributeGroup::${name.local}${id.endsWith("/$base") ? "/$base" : ""}`;
      const set = attributeSet(r, syntax, { id: path, scope, original, originalId: `${id}/$base` });
      checkDistinct(r, set.uses, "ag-props-correct");
      const group: AttributeGroupDefinition = {
        id,
        name,
        attributes: set.uses,
        ...(set.wildcard === undefined ? {} : { anyAttribute: set.wildcard }),
        ...documented(syntax),
        span: syntax.at,
        extent: syntax.extent,
      };
      r.attributeGroups.set(id, group);
      const originalId = `${id}/$base`;
      if (original !== undefined && !r.attributeGroups.has(originalId)) {
        attributeGroupFrom(r, original, originalId);
        r.redefined.push({ kind: "attributeGroup", id });
      }
      return group;
    },
    () => {
      // XSD 1.1 lets a circle stand: it adds nothing.
      if (r.version === "1.1") return undefined;
      fail(
        r,
        "circular-attribute-group",
        "src-attribute_group.3",
        `the attribute group "${name.local}" contains itself`,
        syntax.at,
      );
      return undefined;
    },
  );
}

/** The attributes that a type or attribute group states, groups expanded in place. */
export function attributeSet(r: Resolution, syntax: AttributesSyntax, owner: Owner): AttributeSet {
  const uses: AttributeUse[] = [];
  const prohibited = new Set<string>();
  let wildcard =
    syntax.anyAttribute === undefined ? undefined : wildcardFrom(r, syntax.anyAttribute, owner.scope);
  for (const part of syntax.attributes) {
    if (part.kind === "attribute") {
      const use = attributeUse(r, part, owner, prohibited);
      if (use !== undefined) uses.push(use);
      continue;
    }
    const group = referredGroup(r, part.ref, owner);
    if (group === undefined || !countParts(r, group.attributes.length, part.ref.at)) continue;
    for (const use of group.attributes) uses.push({ ...use, declaredIn: owner.id });
    if (group.anyAttribute === undefined) continue;
    wildcard = wildcard === undefined ? group.anyAttribute : intersectWildcards(wildcard, group.anyAttribute);
    checkExpressible(r, wildcard, "src-attribute_group.2");
  }
  return { uses, prohibited, ...(wildcard === undefined ? {} : { wildcard }) };
}

/** XSD 1.0 knows fewer wildcards than their unions and intersections can give. */
export function checkExpressible(r: Resolution, wildcard: Wildcard, clause: string): void {
  if (r.version === "1.1" || isExpressible10(wildcard.namespaces)) return;
  fail(
    r,
    "wildcard-not-expressible",
    clause,
    "the attribute wildcards that meet here cannot be expressed as one in XSD 1.0",
    wildcard.span,
  );
}

function referredGroup(r: Resolution, ref: QNameRef, owner: Owner): AttributeGroupDefinition | undefined {
  const { original } = owner;
  if (original !== undefined && idOf(meantName(ref, owner.scope)) === original.id) {
    return attributeGroupFrom(r, original as never, owner.originalId ?? `${original.id}/$base`);
  }
  const id = lookUp(r, "attributeGroups", ref, owner.scope);
  return id === undefined ? undefined : attributeGroupById(r, id);
}

function attributeUse(
  r: Resolution,
  syntax: AttributeSyntax,
  owner: Owner,
  prohibited: Set<string>,
): AttributeUse | undefined {
  const { scope } = owner;
  const common = {
    required: syntax.use === "required",
    declaredIn: owner.id,
    ...documented(syntax),
    span: syntax.at,
    extent: syntax.extent,
  };
  if (syntax.ref !== undefined) {
    const id = lookUp(r, "attributes", syntax.ref, scope);
    const name = meantName(syntax.ref, scope);
    if (syntax.use === "prohibited") {
      prohibited.add(idOf(name));
      return undefined;
    }
    const declaration = id === undefined ? undefined : attributeById(r, id);
    if (declaration === undefined) {
      return r.lazy
        ? { ...common, name, type: anySimpleTypeId, ...valueConstraint(syntax, scope) }
        : undefined;
    }
    const own = valueConstraint(syntax, scope);
    const inherited = inheritedConstraint(declaration);
    checkFixed(r, own, declaration, syntax);
    return {
      ...inherited,
      ...("default" in own || "fixed" in own ? own : {}),
      ...(declaration.documentation === undefined ? {} : { documentation: declaration.documentation }),
      ...((syntax.inheritable ?? declaration.inheritable === true) ? { inheritable: true as const } : {}),
      ...common,
      name: declaration.name,
      ref: declaration.id,
      type: declaration.type,
    };
  }
  if (syntax.name === undefined) return undefined;
  const qualified = (syntax.form ?? scope.document.attributeForm) === "qualified";
  const name: QName = {
    namespace: syntax.targetNamespace ?? (qualified ? scope.namespace : ""),
    local: syntax.name,
  };
  checkForeignNamespace(r, syntax, owner, "src-attribute.6.3");
  if (syntax.use === "prohibited") {
    prohibited.add(idOf(name));
    return undefined;
  }
  const place = `${owner.id}/@${name.local}`;
  const ownerOfType = { kind: "attribute", id: place, local: name.local } as const;
  return {
    ...common,
    name,
    type: typeOfAttribute(r, syntax, scope, place, ownerOfType),
    ...valueConstraint(syntax, scope),
    ...(syntax.inheritable === true ? { inheritable: true as const } : {}),
  };
}

/** XSD 1.1: only a restriction may declare what belongs to another namespace. */
export function checkForeignNamespace(
  r: Resolution,
  syntax: { readonly targetNamespace?: string; readonly name?: string; readonly at: Span },
  place: { readonly scope: Scope; readonly restricts?: boolean },
  clause: "src-attribute.6.3" | "src-element.4.3",
): void {
  const { targetNamespace } = syntax;
  if (targetNamespace === undefined || targetNamespace === place.scope.namespace) return;
  if (place.restricts === true) return;
  fail(
    r,
    "foreign-declaration",
    clause,
    `"${syntax.name ?? ""}" is declared for the namespace "${targetNamespace}", which only a restriction may do`,
    syntax.at,
  );
}

/** A reference may fix what the declaration leaves open, not change what it fixes (au-props-correct.2). */
function checkFixed(
  r: Resolution,
  own: ValueConstraint,
  declaration: AttributeDeclaration & ValueConstraint,
  { at }: AttributeSyntax,
): void {
  const { fixed, type, name } = declaration;
  if (fixed === undefined || (own.default === undefined && own.fixed === undefined)) return;
  if (
    own.fixed !== undefined &&
    isSameConstraintValue(r, { ...own, type, value: own.fixed }, { ...declaration, value: fixed })
  )
    return;
  fail(
    r,
    "fixed-value-changed",
    "au-props-correct.2",
    `the attribute "${name.local}" is fixed to "${fixed}" by its declaration`,
    at,
  );
}

function typeOfAttribute(
  r: Resolution,
  syntax: { readonly type?: QNameRef; readonly inlineType?: SimpleTypeSyntax },
  scope: Scope,
  id: TypeId,
  owner: NonNullable<TypeDefinition["owner"]>,
): TypeId {
  if (syntax.inlineType !== undefined) {
    return anonymousType(r, syntax.inlineType, scope, id, owner)?.id ?? anySimpleTypeId;
  }
  if (syntax.type === undefined) return anySimpleTypeId;
  return referredSimpleType(r, syntax.type, scope, "src-resolve")?.id ?? anySimpleTypeId;
}

/** The documentation of a declaration, when there is any. */
export function documented(syntax: { readonly annotation?: { readonly documentation?: string } }): {
  readonly documentation?: string;
} {
  const documentation = syntax.annotation?.documentation;
  return documentation === undefined ? {} : { documentation };
}

/** No name twice, and (in XSD 1.0) no two attributes of type ID. */
export function checkDistinct(
  r: Resolution,
  uses: readonly AttributeUse[],
  clause: "ct-props-correct" | "ag-props-correct",
): void {
  const seen = new Map<string, AttributeUse>();
  let id: AttributeUse | undefined;
  for (const use of uses) {
    const name = idOf(use.name);
    const other = seen.get(name);
    seen.set(name, use);
    if (other !== undefined) {
      fail(
        r,
        "attribute-twice",
        `${clause}.${clause === "ct-props-correct" ? 4 : 2}`,
        `the attribute "${use.name.local}" is declared twice in one place`,
        use.span,
        { related: [{ message: "the other declaration", at: other.span }] },
      );
    }
    if (r.version === "1.1" || !isIdType(r, use.type)) continue;
    if (id !== undefined && other === undefined) {
      fail(
        r,
        "two-id-attributes",
        `${clause}.${clause === "ct-props-correct" ? 5 : 3}`,
        `"${id.name.local}" and "${use.name.local}" are both of type ID; an element can have one`,
        use.span,
        { related: [{ message: "the other attribute", at: id.span }] },
      );
    }
    id = use;
  }
}

/** Whether a type is xs:ID or derives from it. */
function isIdType(r: Resolution, id: TypeId): boolean {
  const type = r.types.get(id);
  return type?.kind === "simple" && type.builtin?.endsWith("}ID") === true;
}
