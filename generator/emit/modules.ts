/** The modules of a release: one a namespace, with its types and their descriptors. */
import { createHash } from "node:crypto";
import type { Report } from "../diagnostics.js";
import { isBuiltin } from "../model/builtins.js";
import { nameOfId, typeOf } from "../model/query.js";
import { shapeOf } from "../model/shape.js";
import type {
  ElementDeclaration,
  ElementId,
  NamespaceInfo,
  TypeDefinition,
  TypeId,
  Wildcard,
} from "../model/types.js";
import { addTo } from "../multimap.js";
import { fillTemplate } from "../output/template.js";
import type { Reference, Table } from "./data.js";
import {
  anyArguments,
  declarationsOf,
  elementArguments,
  elementDeclarations,
  typeArguments,
  wildcardDeclarations,
} from "./declarations.js";
import { docComment, escapeDoc, tsdoc } from "./docs.js";
import { conditionalArguments, conditionalDeclarations } from "./conditional-types.js";
import { conditionalPlaces, conditionalTypes, type ConditionalKey } from "./conditionals.js";
import { descriptorName } from "./identifiers.js";
import { createModule, type ModuleWriter } from "./module.js";
import { isDeclared, planOf, type Plan } from "./plan.js";
import {
  isFinal,
  printCall,
  printConstant,
  printConstantList,
  printData,
  type Constant,
  type Symbols,
} from "./print.js";
import { isWide } from "./slots.js";
import {
  anyTable,
  attributesTable,
  conditionalTable,
  elementTable,
  headOfList,
  substitutionMembers,
  typeTable,
} from "./tables.js";
import type { ModuleMemo } from "./trace.js";
import type { EmitInput, OutputFile } from "./types.js";
import { enumerationValues } from "./values.js";
import { wildcardKey, wildcardsOf } from "./wildcards.js";

/** Emits a module for each namespace that has something to say; what another release said in the same way is not printed again. */
export function emitModules(input: EmitInput, report: Report, memo?: ModuleMemo): readonly OutputFile[] {
  const plan = planOf(input, report);
  const declared = declaredNames(plan);
  return modulesOf(plan).flatMap((content) => {
    const { uri } = content.namespace;
    const own = declared.get(uri) ?? new Set();
    const ownKey =
      memo &&
      createHash("sha256")
        .update(JSON.stringify([...own]))
        .digest("base64");
    return partsOf(plan, content).map(({ module, ...parts }) => {
      const print = (traced: Plan): string =>
        printModule(traced, { ...parts, module, namespace: uri, declared: own });
      const text = memo?.text(module, JSON.stringify([uri, ownKey, parts]), plan, print) ?? print(plan);
      return {
        path: `${input.options.folder}${module}.ts`,
        text: `${headerOf(plan, content).trimEnd()}\n\n${text}`,
      };
    });
  });
}

/** A namespace is one module, or a module that gathers its parts and declares what they share. */
function partsOf(
  plan: Plan,
  { namespace, types, elements }: ModuleContent,
): readonly Omit<ModuleParts, "namespace" | "declared">[] {
  const { names } = plan.input;
  const own = names.module(namespace.uri);
  const typesIn = new Map<string, TypeId[]>();
  const elementsIn = new Map<string, ElementId[]>();
  for (const { id } of types) addTo(typesIn, names.home(namespace.uri, names.type(id)), id);
  for (const { id } of elements) addTo(elementsIn, names.home(namespace.uri, names.element(id)), id);
  const gathers = [...new Set([...typesIn.keys(), ...elementsIn.keys()])]
    .filter((home) => home !== own)
    .sort();
  const partOf = (module: string): Pick<ModuleParts, "module" | "types" | "elements"> => ({
    module,
    types: typesIn.get(module) ?? [],
    elements: elementsIn.get(module) ?? [],
  });
  return [
    {
      ...partOf(own),
      sharing: types.map(({ id }) => id),
      conditionals: conditionalsIn(plan, namespace.uri),
      gathers,
    },
    ...gathers.map((module) => ({ ...partOf(module), sharing: [], conditionals: [], gathers: [] })),
  ];
}

/** What one module declares. */
export interface ModuleContent {
  readonly namespace: NamespaceInfo;
  readonly types: readonly TypeDefinition[];
  readonly elements: readonly ElementDeclaration[];
}

const contents = new WeakMap<Plan, readonly ModuleContent[]>();

/** The modules that are not empty, in the order of the model. */
export function modulesOf(plan: Plan): readonly ModuleContent[] {
  let known = contents.get(plan);
  if (known === undefined) contents.set(plan, (known = makeContents(plan)));
  return known;
}

function makeContents(plan: Plan): readonly ModuleContent[] {
  const { model } = plan;
  const types = new Map<string, TypeDefinition[]>();
  const elements = new Map<string, ElementDeclaration[]>();
  for (const type of Object.values(model.types)) {
    if (plan.keeps(type.id) && (type.kind === "complex" || isDeclared(type)))
      addTo(types, type.namespace, type);
  }
  for (const element of Object.values(model.elements)) {
    if (plan.keepsElement(element.id)) addTo(elements, element.name.namespace, element);
  }
  return model.namespaces
    .map((namespace) => ({
      namespace,
      types: types.get(namespace.uri) ?? [],
      elements: elements.get(namespace.uri) ?? [],
    }))
    .filter((content) => content.types.length > 0 || content.elements.length > 0);
}

/** What one module is printed from, beside the plan. */
interface ModuleParts {
  /** This module, without extension. */
  readonly module: string;
  readonly namespace: string;
  readonly types: readonly TypeId[];
  readonly elements: readonly ElementId[];
  /** The types whose wildcards are declared here, those of all parts. */
  readonly sharing: readonly TypeId[];
  readonly conditionals: readonly ConditionalKey[];
  /** Modules whose declarations are given on. */
  readonly gathers: readonly string[];
  /** All names of the namespace. */
  readonly declared: ReadonlySet<string>;
}

/** The tables of type alternatives that a module declares. */
function conditionalsIn({ keeps, model }: Plan, namespace: string): readonly ConditionalKey[] {
  return [...conditionalPlaces(model).values()]
    .filter(
      (place) =>
        place.namespace === namespace && conditionalTypes(place.id).every((id) => isBuiltin(id) || keeps(id)),
    )
    .map(({ id }) => id);
}

function printModule(
  plan: Plan,
  { module, namespace, declared, conditionals, gathers, ...ids }: ModuleParts,
): string {
  const { names, options, model } = plan.input;
  const types = ids.types.flatMap((id) => model.types[id] ?? []);
  const elements = ids.elements.flatMap((id) => model.elements[id] ?? []);
  const sharing = ids.sharing.flatMap((id) => model.types[id] ?? []);
  const writer = createModule({
    namespace,
    module,
    gathers,
    declared,
    homeOf: names.home,
    importExtension: options.importExtension,
    runtimePath: options.runtimePath,
  });
  const used = usedWildcards(plan, types);
  const wildcards = usedWildcards(plan, sharing);
  const symbols: Symbols = {
    identify: identifier(plan, writer),
    list: ({ shared = "" }) => {
      const wildcard = used.get(shared);
      const list = wildcard && names.wildcard(namespace, wildcard)?.list;
      if (list !== undefined) return writer.symbol(namespace, list, "value");
      const head = model.elements[headOfList(shared) ?? ""];
      return head === undefined || substitutionMembers(plan, head.id) === undefined
        ? undefined
        : writer.symbol(head.name.namespace, names.memberList(head.id), "value");
    },
    namespace: writer.namespaceName,
  };
  const contents = addContents(plan, writer, types, symbols);
  const unions = new Map<string, string>();
  for (const type of types) {
    writer.declare(declarationsOf(plan, writer, type.id, unions));
    addTypeConstants(plan, writer, type, symbols, contents);
    if (plan.anyTypes.has(type.id)) addAnyConstant(plan, writer, type.id, symbols);
  }
  for (const key of conditionals) addConditional(plan, writer, key, symbols);
  for (const wildcard of wildcards.values()) {
    writer.declare(wildcardDeclarations(plan, writer, namespace, wildcard));
  }
  addLists(plan, writer, elementLists(plan, namespace, wildcards, elements));
  addAttributeLists(plan, writer, namespace, sharing, symbols);
  for (const element of elements) {
    writer.declare(elementDeclarations(plan, writer, element.id));
    addElementConstant(plan, writer, element, symbols);
  }
  return writer.print();
}

function headerOf({ model }: Plan, { namespace }: ModuleContent): string {
  return fillTemplate("module", {
    release: model.release,
    namespace: escapeDoc(namespace.uri === "" ? "No namespace." : `Namespace ${namespace.uri}`),
    doc:
      namespace.documentation === undefined
        ? []
        : ["", ...tsdoc({ summary: namespace.documentation }).split("\n")],
  });
}

/** Everything that modules might declare: a name that is taken in one release stays taken when the output is pruned. */
function declaredNames(plan: Plan): ReadonlyMap<string, ReadonlySet<string>> {
  const { names, model } = plan.input;
  const declared = new Map<string, Set<string>>();
  const of = (namespace: string): Set<string> => {
    let set = declared.get(namespace);
    if (set === undefined) declared.set(namespace, (set = new Set(names.others(namespace))));
    return set;
  };
  for (const { id, namespace } of Object.values(model.types)) {
    const own = of(namespace);
    for (const name of [names.type, names.readType, names.anyType, names.anyReadType, names.values]) {
      own.add(name(id));
    }
  }
  for (const { id, name } of Object.values(model.elements)) of(name.namespace).add(names.element(id));
  return declared;
}

/** The type of what the function of the runtime gives that makes a descriptor of a table. */
const kinds: Readonly<Record<Table["kind"], string>> = {
  atomic: "Atomic",
  list: "List",
  union: "Union",
  struct: "Struct",
  polymorphic: "Polymorphic",
  conditional: "Conditional",
  element: "ElementDescriptor",
};

/** The constants of the content that several types of a module have, by the types: wide choices of one group. */
function addContents(
  plan: Plan,
  writer: ModuleWriter,
  types: readonly TypeDefinition[],
  symbols: Symbols,
): ReadonlyMap<TypeId, string> {
  const { names, model } = plan.input;
  const found = new Map<string, TypeId[]>();
  for (const { id, kind } of types) {
    const [only, ...others] = kind === "simple" ? [] : shapeOf(model, id).members;
    if (only?.kind !== "slot" || others.length > 0 || !isWide(only)) continue;
    const { content, localNs = "" } = typeTable(plan, id).data;
    if (content === undefined) continue;
    const text = `${printData(localNs, symbols)}\n${printData(content, symbols)}`;
    addTo(found, text, id);
  }
  const constants = new Map<TypeId, string>();
  for (const [text, [first = "", ...others]] of found) {
    if (others.length === 0) continue;
    // No name from a schema has a dollar sign inside.
    const name = `${names.type(first)}$content`;
    const table = text.slice(text.indexOf("\n") + 1);
    writer.append(`const ${name}: Readonly<Record<string, object>> = ${table};\n`, false);
    for (const id of [first, ...others]) constants.set(id, name);
  }
  return constants;
}

function addTypeConstants(
  plan: Plan,
  writer: ModuleWriter,
  type: TypeDefinition,
  symbols: Symbols,
  contents: ReadonlyMap<TypeId, string>,
): void {
  const { names } = plan.input;
  const table = typeTable(plan, type.id);
  const values = type.kind === "simple" ? enumerationValues(plan, type) : undefined;
  const content = contents.get(type.id);
  const constant = {
    name: names.type(type.id),
    arguments: typeArguments(plan, writer, type.id),
    ...table,
    ...(values === undefined ? {} : { constants: { values: names.values(type.id) } }),
    ...(content === undefined ? {} : { constants: { content } }),
  };
  // One text: the constant needs its list when the module is loaded, so nothing may put the list behind it.
  const list = values === undefined ? "" : `${printConstantList(names.values(type.id), values)}\n`;
  addSchema(writer, symbols, constant, list);
}

function addAnyConstant(plan: Plan, writer: ModuleWriter, id: TypeId, symbols: Symbols): void {
  addSchema(writer, symbols, {
    name: plan.input.names.anyType(id),
    arguments: anyArguments(plan, writer, id),
    ...anyTable(plan, id),
    asConst: true,
  });
}

/** What attributes choose: the union of the types, and its descriptor. */
function addConditional(plan: Plan, writer: ModuleWriter, key: ConditionalKey, symbols: Symbols): void {
  writer.declare(conditionalDeclarations(plan, writer, key));
  addSchema(writer, symbols, {
    name: plan.input.names.conditional(key).name,
    arguments: conditionalArguments(plan, writer, key),
    ...conditionalTable(plan, key),
    asConst: true,
  });
}

function addElementConstant(
  plan: Plan,
  writer: ModuleWriter,
  { id, documentation }: ElementDeclaration,
  symbols: Symbols,
): void {
  const constant = {
    name: plan.input.names.element(id),
    arguments: elementArguments(plan, writer, id),
    ...elementTable(plan, id),
  };
  addConstant(writer, symbols, constant, docComment(tsdoc({ summary: documentation })));
}

/** The descriptor under a name of its own, and under that of the type as a Standard Schema: who asks only for the one has no validator. */
function addSchema(
  writer: ModuleWriter,
  symbols: Symbols,
  constant: Omit<Constant, "kind" | "make"> & Table,
  before = "",
): void {
  const { name } = constant;
  const plain = descriptorName(name);
  const schema = printCall(name, writer.runtime("schema", "value"), plain);
  addConstant(writer, symbols, { ...constant, name: plain }, before, `\n${schema}`);
}

function addConstant(
  writer: ModuleWriter,
  symbols: Symbols,
  constant: Omit<Constant, "kind" | "make"> & Table,
  before = "",
  after = "",
): void {
  const { kind } = constant;
  const complete = {
    ...constant,
    kind: writer.runtime(kinds[kind], "type"),
    make: writer.runtime(kind, "value"),
  };
  writer.append(before + printConstant(complete, symbols) + after, isFinal(complete));
}

function elementLists(
  plan: Plan,
  namespace: string,
  wildcards: ReadonlyMap<string, Wildcard>,
  elements: readonly ElementDeclaration[],
): readonly ElementList[] {
  const { names } = plan.input;
  return [
    ...[...wildcards.values()].flatMap((wildcard) => {
      const name = names.wildcard(namespace, wildcard)?.list;
      const summary = "The global elements that a wildcard of this module takes by their types.";
      return name === undefined ? [] : [{ name, summary, elements: plan.known(wildcard) }];
    }),
    ...elements.flatMap(({ id }) => {
      const members = substitutionMembers(plan, id);
      if (members === undefined) return [];
      const summary = `What may stand for the element \`${nameOfId(id).local}\`.`;
      return [{ name: names.memberList(id), summary, elements: members }];
    }),
  ];
}

/** The named wildcards of types. */
function usedWildcards(plan: Plan, types: readonly TypeDefinition[]): ReadonlyMap<string, Wildcard> {
  const found = new Map<string, Wildcard>();
  for (const type of types) {
    for (const wildcard of wildcardsOf(plan.model, type)) {
      if (
        plan.input.names.wildcard(type.namespace, wildcard) !== undefined &&
        plan.known(wildcard).length > 0
      ) {
        found.set(wildcardKey(wildcard), wildcard);
      }
    }
  }
  return found;
}

/** The functions that list elements: what a wildcard knows, what may stand for a head. */
function addLists(plan: Plan, writer: ModuleWriter, lists: readonly ElementList[]): void {
  if (lists.length === 0) return;
  const descriptor = writer.runtime("ElementDescriptor", "type");
  const identify = identifier(plan, writer);
  for (const { name, summary, elements } of lists) {
    const items = elements.map((id) => `    ${identify({ reference: "element", id })},\n`);
    // A function, not a constant: modules that import each other may use it before this one has run. A tuple, not an array:
    // the compiler would compare the types of all elements with each other.
    writer.append(
      `${docComment(tsdoc({ summary }))}export function ${name}(): readonly ${descriptor}[] {\n  return [\n${items.join("")}  ] as const;\n}\n`,
      false,
    );
  }
}

/** The functions that list what attribute wildcards know. */
function addAttributeLists(
  plan: Plan,
  writer: ModuleWriter,
  namespace: string,
  types: readonly TypeDefinition[],
  symbols: Symbols,
): void {
  const done = new Set<string>();
  for (const type of types) {
    const wildcard = type.kind === "complex" ? type.anyAttribute : undefined;
    const name = wildcard && plan.input.names.attributeList(namespace, wildcard);
    if (wildcard === undefined || name === undefined || done.has(name)) continue;
    done.add(name);
    const descriptor = writer.runtime("Attribute", "type");
    const list = printData(attributesTable(plan, wildcard), symbols);
    const docs = "/** The global attributes that a wildcard of this module takes by their types. */\n";
    writer.append(
      `${docs}export function ${name}(): readonly ${descriptor}[] {\n  return ${list};\n}\n`,
      false,
    );
  }
}

interface ElementList {
  readonly name: string;
  readonly summary: string;
  readonly elements: readonly ElementId[];
}

/** How a table of a module says another descriptor. */
function identifier(plan: Plan, writer: ModuleWriter): (reference: Reference) => string {
  const { names, model } = plan.input;
  const namespaceOf = (id: TypeId): string => typeOf(model, id)?.namespace ?? "";
  return (reference) => {
    switch (reference.reference) {
      case "type":
        return writer.symbol(namespaceOf(reference.id), descriptorName(names.type(reference.id)), "value");
      case "any":
        return writer.symbol(namespaceOf(reference.id), descriptorName(names.anyType(reference.id)), "value");
      case "conditional": {
        const { namespace, name } = names.conditional(reference.key);
        return writer.symbol(namespace, descriptorName(name), "value");
      }
      case "element":
        return writer.symbol(
          model.elements[reference.id]?.name.namespace ?? "",
          names.element(reference.id),
          "value",
        );
      case "attributes": {
        const { namespace, wildcard } = reference;
        return writer.symbol(namespace, names.attributeList(namespace, wildcard) ?? "", "value");
      }
      case "runtime":
        return writer.runtime(reference.name, "value");
    }
  };
}
