/** What a service adds to a release: its operations, a client, and what is documented about errors and additions. */
import type { Report } from "../diagnostics.js";
import { typeOf } from "../model/query.js";
import type { TypeId } from "../model/types.js";
import { fillTemplate } from "../output/template.js";
import { additionsOf } from "../service/additions.js";
import type {
  AdditionsTemplate,
  ClientTemplate,
  ExceptionsTemplate,
  ImportTemplate,
  NamedImportTemplate,
  OperationsTemplate,
} from "../service/templates.js";
import type { Operation } from "../service/types.js";
import { docComment, tsdoc, type DocParts } from "./docs.js";
import { camelCase, descriptorName, isIdentifier, pascalCase } from "./identifiers.js";
import { keptOperations, planOf, type Plan } from "./plan.js";
import { printString } from "./print.js";
import { liveDescriptors } from "./live.js";
import { isKeyword } from "./reserved.js";
import type { EmitInput, OutputFile } from "./types.js";
import { validatorOf, type Validator } from "./validated.js";

/** Emits `operations.ts`, `client.ts`, `exceptions.ts` and `additions.ts`; nothing without operations. */
export function emitService(input: EmitInput, report: Report): readonly OutputFile[] {
  const { service, options } = input;
  const plan = planOf(input, report);
  if (service === undefined || keptOperations(plan).length === 0) return [];
  const header = fillTemplate("module", { release: input.model.release });
  const file = (name: string, data: unknown): OutputFile => ({
    path: `${options.folder}${name}.ts`,
    text: `${header}\n${fillTemplate(name, data)}`,
  });
  return [
    file("operations", operationsTemplate(plan)),
    file("client", clientTemplate(plan)),
    file("exceptions", exceptionsTemplate(plan)),
    file("additions", additionsTemplate(plan)),
  ];
}

/** Whether a release has the files of {@link emitService}. */
export function hasClient(plan: Plan): boolean {
  return plan.input.service !== undefined && keptOperations(plan).length > 0;
}

const specifier = (plan: Plan, module: string): string =>
  printString(`./${module}${plan.input.options.importExtension}`);

function serviceRuntime(plan: Plan): string {
  const { options, service } = plan.input;
  return printString(`${options.runtimePath}${service?.runtime ?? ""}/index${options.importExtension}`);
}

// ---------------------------------------------------------------------------------------------------------------
// Imports
// ---------------------------------------------------------------------------------------------------------------

interface TypeImports {
  /** How a module writes a type of another. */
  readonly use: (namespace: string, name: string) => string;
  readonly list: () => readonly ImportTemplate[];
}

/** Imports of whole modules of namespaces: a service needs so many types that their names alone would fill pages. */
function typeImports(plan: Plan, reserved: ReadonlySet<string>): TypeImports {
  const { names } = plan.input;
  const used = new Set<string>();
  // No module's own name has a dollar sign.
  const localName = (module: string): string => (reserved.has(module) ? `${module}$` : module);
  return {
    use: (namespace, name) => {
      const module = names.module(namespace);
      used.add(module);
      return `${localName(module)}.${name}`;
    },
    list: () =>
      [...used].sort(compare).map((module) => ({ from: specifier(plan, module), as: localName(module) })),
  };
}

/**
 * Imports of descriptors by their names: several bundlers keep what an unused constant takes from an imported namespace. A name
 * that two modules have is qualified in both.
 */
function descriptorImports(plan: Plan, ids: readonly TypeId[]) {
  const { names } = plan.input;
  const modules = new Map<string, Set<string>>();
  const homes = new Map<string, Set<string>>();
  for (const id of ids) {
    const [module, name] = [names.module(namespaceOf(plan, id)), descriptorName(names.type(id))];
    modules.set(module, (modules.get(module) ?? new Set()).add(name));
    homes.set(name, (homes.get(name) ?? new Set()).add(module));
  }
  const localName = (module: string, name: string): string =>
    homes.get(name)?.size === 1 ? name : `${module}$${name}`;
  return {
    use: (id: TypeId): string =>
      localName(names.module(namespaceOf(plan, id)), descriptorName(names.type(id))),
    list: (): readonly NamedImportTemplate[] =>
      [...modules]
        .sort(([a], [b]) => compare(a, b))
        .map(([module, own]) => ({
          from: specifier(plan, module),
          names: [...own].sort(compare).map((name) => {
            const local = localName(module, name);
            return local === name ? name : `${name} as ${local}`;
          }),
        })),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const namespaceOf = (plan: Plan, id: TypeId): string => typeOf(plan.model, id)?.namespace ?? "";

/** The type of a value as read. */
function readName(plan: Plan, id: TypeId): string {
  const { names } = plan.input;
  return plan.hasReadForm(id) ? names.readType(id) : names.type(id);
}

// ---------------------------------------------------------------------------------------------------------------
// Files
// ---------------------------------------------------------------------------------------------------------------

/** What the runtime calls the validators of requests. */
const validators: Readonly<Record<Validator, string>> = {
  encode: "false",
  plain: "validatePlain",
  full: "validateRequest",
};

function operationsTemplate(plan: Plan): OperationsTemplate {
  const { names, model } = plan.input;
  const operations = keptOperations(plan);
  const modules = typeImports(
    plan,
    new Set(["release", ...Object.values(validators), ...operations.map((each) => names.operation(each))]),
  );
  const constants = descriptorImports(
    plan,
    operations.flatMap(({ request, response }) => [request, response]),
  );
  const descriptors = liveDescriptors(plan.input);
  const result = operations.map((operation) => {
    const { request, response } = operation;
    const deprecated = remarksOf(plan, operation).find(({ kind }) => kind === "deprecated");
    return {
      exportName: names.operation(operation),
      request: constants.use(request),
      response: constants.use(response),
      requestType: modules.use(namespaceOf(plan, request), names.type(request)),
      responseType: modules.use(namespaceOf(plan, response), readName(plan, response)),
      service: printString(operation.service),
      name: printString(operation.name),
      wireType: printString(operation.wireType),
      validate: validators[validatorOf(descriptors.type(request))],
      safe: operation.safe,
      ...(operation.list && { list: literals(operation.list) }),
      ...(deprecated && { deprecated: printString(deprecated.text) }),
      doc: operationDoc(plan, operation),
    };
  });
  return {
    runtime: serviceRuntime(plan),
    operationTypes: [
      ...(operations.some(({ list }) => list !== undefined) ? ["ListOperation"] : []),
      ...(operations.some(({ list }) => list === undefined) ? ["Operation"] : []),
    ],
    runtimeImports: [validators.plain, validators.full].filter((name) =>
      result.some(({ validate }) => validate === name),
    ),
    release: printString(model.release),
    typeImports: modules.list(),
    descriptors: constants.list(),
    operations: result,
  };
}

function literals(list: NonNullable<Operation["list"]>): {
  readonly records: string;
  readonly counters?: string;
  readonly control?: string;
} {
  const { records, counters, control } = list;
  return {
    records: printString(records),
    ...(counters !== undefined && { counters: printString(counters) }),
    ...(control !== undefined && { control: printString(control) }),
  };
}

/** What `client.ts` itself declares or imports, as far as a module may have the name: types are not written like modules. */
const clientNames = [
  "additions",
  "call",
  "checkVersion",
  "connect",
  "connection",
  "createClient",
  "exceptions",
  "exchange",
  "listMethod",
  "method",
  "operations",
  "options",
];

/** Members of a client that no service may be called. */
const clientMembers = new Set(["call", "exchange", "checkVersion", "connection"]);

function clientTemplate(plan: Plan): ClientTemplate {
  const { names, model, service } = plan.input;
  const operations = keptOperations(plan);
  const ids = [...new Set(operations.map((operation) => operation.service))];
  const interfaces = new Map(ids.map((id) => [id, `${pascalCase(id)}Service`]));
  const types = typeImports(plan, new Set(clientNames));
  const services = ids.map((id) => {
    const property = camelCase(id);
    return {
      property: clientMembers.has(property) ? `${property}Service` : property,
      interfaceName: interfaces.get(id) ?? "",
      doc: comment({ summary: `The operations of the service ${id}.` }),
      operations: operations
        .filter((operation) => operation.service === id)
        .map((operation) => ({
          property: methodName(operation, operations, names.operation(operation)),
          exportName: names.operation(operation),
          request: types.use(namespaceOf(plan, operation.request), names.type(operation.request)),
          responseType: types.use(namespaceOf(plan, operation.response), readName(plan, operation.response)),
          ...(operation.list && { records: printString(operation.list.records) }),
          doc: operationDoc(plan, operation),
        })),
    };
  });
  const example = exampleOf(plan, services);
  return {
    runtime: serviceRuntime(plan),
    operations: specifier(plan, "operations"),
    exceptions: specifier(plan, "exceptions"),
    additions: specifier(plan, "additions"),
    release: printString(model.release),
    title: tsdoc({ summary: `${service?.title ?? service?.convention ?? "API"} ${model.release}` }, Infinity),
    ...(example && { example }),
    typeImports: types.list(),
    lists: operations.some(({ list }) => list !== undefined),
    singles: operations.some(({ list }) => list === undefined),
    services,
  };
}

/**
 * What the method of an operation is called: as in the schema where another of its service would have the same name, or
 * `other` where that is no identifier.
 */
function methodName({ service, name }: Operation, all: readonly Operation[], other: string): string {
  if (isKeyword(name)) return name;
  const method = camelCase(name);
  const isTaken = all.some(
    (one) => one.service === service && one.name !== name && camelCase(one.name) === method,
  );
  if (!isTaken) return method;
  return isIdentifier(name) ? name : other;
}

/** The convention's own example when the output has its operation, else any that needs nothing. */
function exampleOf(plan: Plan, services: ClientTemplate["services"]): ClientTemplate["example"] {
  const wish = plan.input.service?.example;
  const chosen = keptOperations(plan).find(
    (operation) => wish !== undefined && operation.service === wish.service && operation.name === wish.name,
  );
  if (wish === undefined || chosen === undefined) return undefined;
  const exportName = plan.input.names.operation(chosen);
  for (const { property, operations } of services) {
    const method = operations.find((operation) => operation.exportName === exportName);
    if (method !== undefined) {
      return {
        specifier: printString(`./client${plan.input.options.importExtension}`),
        service: property,
        method: method.property,
        request: wish.request,
      };
    }
  }
  return undefined;
}

function exceptionsTemplate(plan: Plan): ExceptionsTemplate {
  return {
    runtime: serviceRuntime(plan),
    exceptions: (plan.input.exceptions ?? []).map(({ code, reason, meaning, operations, release }) => ({
      code: printString(code),
      ...(reason !== undefined && { reason: printString(reason) }),
      meaning: printString(meaning),
      ...(operations !== undefined && operations.length > 0 && { operations: operations.map(printString) }),
      ...(release !== undefined && release !== "" && { release: printString(release) }),
    })),
  };
}

function additionsTemplate(plan: Plan): AdditionsTemplate {
  const { service, since } = plan.input;
  const additions =
    service === undefined
      ? []
      : additionsOf(plan.model, { ...service, operations: keptOperations(plan) }, since);
  return {
    runtime: serviceRuntime(plan),
    additions: additions.map(({ release, operations, path }) => ({
      release: printString(release),
      operations: operations.map(printString),
      ...(path !== undefined && { path: printString(path) }),
    })),
  };
}

// ---------------------------------------------------------------------------------------------------------------
// Documentation
// ---------------------------------------------------------------------------------------------------------------

const remarksOf = (plan: Plan, operation: Operation) =>
  plan.input.remarks(`operation:${operation.service}.${operation.name}`);

function operationDoc(plan: Plan, operation: Operation): readonly string[] {
  return comment({
    summary: operation.documentation,
    remarks: remarksOf(plan, operation),
    since: plan.input.since(`operation:${operation.service}.${operation.name}`),
  });
}

/** The lines of a comment, none where nothing is said. */
function comment(parts: DocParts): readonly string[] {
  const text = docComment(tsdoc(parts)).trimEnd();
  return text === "" ? [] : text.split("\n");
}
