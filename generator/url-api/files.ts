/** The generated files of a URL API. */
import { escapeDoc } from "../emit/docs.js";
import { pascalCase } from "../emit/identifiers.js";
import { printString } from "../emit/print.js";
import type { EmitOptions, OutputFile } from "../emit/types.js";
import { fillTemplate } from "../output/template.js";
import type { UrlApi, UrlCommand, UrlParameter } from "./read.js";

/** The words for a service that no known command serves. */
export const noCommands = "no public command list";

/** What else the files need to know. */
export interface UrlApiOptions extends Pick<EmitOptions, "folder" | "importExtension" | "runtimePath"> {
  /** The folder of the newest release, `v1.2.3`, for the example. */
  readonly latest: string;
}

/** `index.ts` and `README.md`. */
export function urlApiFiles(api: UrlApi, options: UrlApiOptions): readonly OutputFile[] {
  const data = {
    runtime: printString(`${options.runtimePath}url-api/index${options.importExtension}`),
    features: api.features.map(({ name, bit }) => ({ name: printString(name), bit })),
    commands: api.commands.map(commandTemplate),
    reasons: api.reasons.map(({ code, meaning }) => ({
      code: printString(code),
      meaning: printString(meaning),
    })),
  };
  const named = new Map(api.commands.map((command) => [`${command.page}.${command.command}`, command]));
  const readme = {
    latest: options.latest,
    other: noCommands,
    categories: api.categories.map(({ name, commands, note }) => ({
      name,
      ...(note !== undefined && { note }),
      commands: commands.map((key) => ({
        name: named.get(key)?.name ?? key,
        code: codeOf(named.get(key), key),
      })),
    })),
    commands: api.commands.map((command) => ({
      code: codeOf(command, command.command),
      name: command.name,
      doc: command.doc,
      method: {
        UrlRequest: "a link",
        FormRequest: "a form",
        UrlApiRequest: "a link, or a form with a secret",
      }[requestType(command)],
    })),
  };
  return [
    { path: `${options.folder}index.ts`, text: fillTemplate("url-api", data) },
    { path: `${options.folder}README.md`, text: fillTemplate("url-api-readme", readme) },
  ];
}

function codeOf(command: UrlCommand | undefined, fallback: string): string {
  return command ? `${command.page}.php AT=${command.command}` : fallback;
}

type RequestType = "UrlRequest" | "FormRequest" | "UrlApiRequest";

/** A form when a secret is always part of it, a link when none can be. */
function requestType({ parameters }: UrlCommand): RequestType {
  const secrets = parameters.filter(({ secret }) => secret);
  if (secrets.length === 0) return "UrlRequest";
  return secrets.some(({ required }) => required) ? "FormRequest" : "UrlApiRequest";
}

function commandTemplate(command: UrlCommand): object {
  const { parameters } = command;
  const type = `${pascalCase(command.name)}Parameters`;
  const alternatives = parameters.filter(({ oneOf }) => oneOf !== undefined);
  const members = parameters.filter(({ oneOf }) => oneOf === undefined);
  return {
    name: command.name,
    constant: `${command.name}Command`,
    type,
    baseType: `${pascalCase(command.name)}Options`,
    optional: parameters.every(({ required, oneOf }) => required === undefined && oneOf === undefined),
    request: requestType(command),
    doc: [
      `${escapeDoc(command.doc)} \`${command.page}.php?AT=${command.command}\`${command.answer.length > 0 ? `, answers with ${command.answer.join(", ")}` : ""}.`,
    ],
    members: members.map(memberTemplate),
    alternatives: alternatives.map((chosen) =>
      alternatives.map((one) => ({ name: one.name, type: typeOf(one), absent: one !== chosen })),
    ),
    literal: literalOf(command),
  };
}

function memberTemplate(parameter: UrlParameter): object {
  const { name, code, codes, guess, required } = parameter;
  const sent = codes
    ? codes.join(", ")
    : (code ?? (parameter.fields ?? []).map((field) => field.code).join(", "));
  return {
    name,
    optional: required === undefined,
    type: typeOf(parameter),
    doc: [
      `${escapeDoc(parameter.doc)} Sent as ${sent}${parameter.kind === "items" ? ", numbered from 1" : ""}.`,
      ...(guess
        ? ["", "Not documented, reconstructed: the meaning is taken from the name in a program."]
        : []),
    ],
  };
}

function typeOf({ kind = "text", values, fields }: UrlParameter): string {
  switch (kind) {
    case "integer":
      return "number";
    case "flag":
      return "boolean";
    case "mask":
      return "readonly Feature[]";
    case "moment":
      return "Moment";
    case "items": {
      if (fields === undefined) return "readonly string[]";
      const inner = fields.map(
        (field) =>
          `/** ${escapeDoc(field.doc)} Sent as ${field.code ?? ""}. */ readonly ${field.name}${field.required ? "" : "?"}: ${typeOf(field)}${field.required ? "" : " | undefined"};`,
      );
      return `readonly { ${inner.join("\n")} }[]`;
    }
    default:
      return values ? values.map(printString).join(" | ") : "string";
  }
}

function literalOf({ page, command, name, parameters }: UrlCommand): string {
  return `{ page: ${printString(page)}, command: ${printString(command)}, name: ${printString(name)}, parameters: [${parameters
    .map(parameterLiteral)
    .join(", ")}] }`;
}

function parameterLiteral(parameter: UrlParameter): string {
  const { name, kind = "text", code, codes, fields, values, max, required, secret, oneOf } = parameter;
  const entries = [
    `name: ${printString(name)}`,
    `kind: ${printString(kind)}`,
    ...(code === undefined ? [] : [`code: ${printString(code)}`]),
    ...(codes === undefined ? [] : [`codes: [${codes.map(printString).join(", ")}]`]),
    ...(kind === "mask" ? ["bits: features"] : []),
    ...(fields === undefined ? [] : [`fields: [${fields.map(parameterLiteral).join(", ")}]`]),
    ...(values === undefined ? [] : [`values: [${values.map(printString).join(", ")}]`]),
    ...(max === undefined ? [] : [`max: ${max}`]),
    ...(required ? ["required: true"] : []),
    ...(secret ? ["secret: true"] : []),
    ...(oneOf === undefined ? [] : [`oneOf: ${printString(oneOf)}`]),
  ];
  return `{ ${entries.join(", ")} }`;
}
