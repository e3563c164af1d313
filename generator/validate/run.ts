/** One run of the validator: what a document is held against, where it stands, and the issues that it reports. */
import type { Report, Span } from "../diagnostics.js";
import { XSI_NAMESPACE } from "../model/builtins.js";
import type { Model, QName, TypeDefinition, TypeId } from "../model/types.js";
import type { XmlAttribute, XmlElement, XmlText } from "../schema/types.js";

/** How a document is to be judged. */
export interface ValidateOptions {
  /** Start at this element declaration, or with this type, instead of the global element of the root's name. */
  readonly type?: TypeId;
  /** Names that stand for a type in `xsi:type` although they are no QNames of it (a service convention). */
  readonly typeAlias?: (text: string) => TypeId | undefined;
  /** Children without a namespace stand for declared ones of the same local name (a service convention). */
  readonly unqualified?: boolean;
  readonly version?: "1.0" | "1.1";
  /** Where the schema refers to what is not declared: what holds such a place cannot be used (Part 1, clause 5.3). */
  readonly unresolved?: readonly Span[];
  /** Most issues that are reported; default 1,000. */
  readonly limit?: number;
  /** `false`: nobody reads hints, and none are sought. */
  readonly hints?: boolean;
  /** Is told what governs an element or attribute, and the text that counts for its value, defaults applied. */
  readonly assess?: (node: XmlElement | XmlAttribute, type: TypeDefinition, text?: string) => void;
}

/** What a rule of validation needs to know. */
export interface Run {
  readonly model: Model;
  readonly report: Report;
  readonly options: ValidateOptions;
  /** What is open, outermost first: the element that is looked at is the last of it, or an attribute of it. */
  readonly path: Node[];
  issues: number;
}

/** A step of a path. */
export type Node = XmlElement | XmlAttribute;

/** What is expected where nothing more can be said than the kind of the issue tells. */
const expectations = {
  "forbidden-element": "attributes that choose a type",
  "unknown-root": "a global element of the schema",
  "dangling-idref": "an ID of the document",
  "repeated-id": "an ID of its own",
  "abstract-element": "a member of its substitution group",
  "abstract-type": "xsi:type with a type that derives from it",
  "incomplete-declaration": "a schema that declares what it refers to",
  "unresolved-type": "a schema that declares the type",
  "content-of-nil": "no content",
  "undeclared-prefix": "a prefix that is declared",
  "unknown-type": "a type of the schema",
  "blocked-type": "the declared type, or one that is not blocked",
  "underived-type": "the declared type, or one that derives from it",
  "not-nillable": "content: no xsi:nil",
  "nil-of-fixed": "the fixed value",
  "unexpected-text": "no text",
  "unexpected-attribute": "an attribute of the type, or none",
  "undeclared-attribute": "an attribute that is declared",
  "undeclared-element": "an element that is declared",
  "inconsistent-type": "the type that the content model declares for the name",
  "field-without-value": "an element with simple content",
  "field-twice": "one value",
  "incomplete-key": "all fields of the key",
  "repeated-key": "values that occur once",
  "dangling-keyref": "the values of a key",
} as const;

/** Kinds of issues; of the last ones the message says what is expected, or whoever reports them. */
export type IssueCode =
  | keyof typeof expectations
  | "invalid-value"
  | "not-the-fixed-value"
  | "missing-attribute"
  | "missing-element"
  | "unexpected-element";

const expectationOf: Readonly<Partial<Record<IssueCode, string>>> = expectations;

/** What an issue says beside code, message and clause. */
interface IssueDetails {
  /** Found when the issue is reported: looking for what was meant takes as long as a schema has names. */
  readonly hint?: (() => string | undefined) | undefined;
  /** Where the run is, unless it is found later. */
  readonly path?: readonly Node[] | undefined;
  /** What should be there, where the code alone does not tell. */
  readonly expects?: string | undefined;
}

/** Reports what breaks a clause. */
export function issue(
  run: Run,
  at: Span,
  code: IssueCode,
  message: string,
  clause: string,
  { hint: findHint, path = run.path, expects }: IssueDetails = {},
): void {
  run.issues++;
  if (run.issues > (run.options.limit ?? 1000)) return;
  const hint = run.options.hints === false ? undefined : findHint?.();
  run.report.add({
    code,
    severity: "error",
    message: `/${path.map(showPlace).join("/")}: ${message}`,
    at,
    clause,
    expected: expects ?? expectationOf[code] ?? message.replace(/^the value must be | is required$/gu, ""),
    ...(hint !== undefined && { hint }),
  });
}

/** `p:name`, `p:name[2]` where it is not the first of its name, `@p:name`. */
function showPlace(node: Node, at: number, path: readonly Node[]): string {
  const label = node.prefix === "" ? node.name.local : `${node.prefix}:${node.name.local}`;
  if (!("children" in node)) return `@${label}`;
  let count = 1;
  for (const other of siblingsOf(path[at - 1])) {
    if (other === node) break;
    if (
      isElement(other) &&
      other.name.local === node.name.local &&
      other.name.namespace === node.name.namespace
    )
      count++;
  }
  return count === 1 ? label : `${label}[${count}]`;
}

function siblingsOf(parent: Node | undefined): XmlElement["children"] {
  return parent !== undefined && "children" in parent ? parent.children : [];
}

/** A name as messages show it. */
export function show(name: QName): string {
  return name.namespace === "" ? `"${name.local}"` : `"${name.local}" of the namespace "${name.namespace}"`;
}

/** How messages call a type. */
export function nameOf(type: TypeDefinition): string {
  return type.name?.local ?? "(anonymous)";
}

/** Whether a child is no text. */
export function isElement(child: XmlElement | XmlText): child is XmlElement {
  return "name" in child;
}

/** An attribute of the instance namespace. */
export function xsiAttribute(element: XmlElement, local: string): XmlAttribute | undefined {
  if (element.attributes.length === 0) return undefined;
  return element.attributes.find(({ name }) => name.namespace === XSI_NAMESPACE && name.local === local);
}
