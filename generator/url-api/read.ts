/** A URL API as data: pages, commands and parameters, read from YAML and checked. */
import { readFileSync } from "node:fs";
import type { Report } from "../diagnostics.js";
import { checkAgainstSchema, publishedSchema } from "../json-schema.js";
import { parseYaml } from "../release/yaml.js";
import { suggestionHint } from "../suggestion.js";

/** A parameter of a command; groups are resolved. */
export interface UrlParameter {
  readonly name: string;
  readonly doc: string;
  readonly code?: string;
  readonly codes?: readonly string[];
  readonly kind?: "text" | "integer" | "flag" | "url" | "mask" | "moment" | "items";
  readonly required?: true;
  readonly secret?: true;
  readonly oneOf?: string;
  readonly values?: readonly string[];
  readonly max?: number;
  readonly fields?: readonly UrlParameter[];
  readonly guess?: true;
}

/** One command of one page. */
export interface UrlCommand {
  readonly page: string;
  /** `AT` */
  readonly command: string;
  readonly name: string;
  readonly doc: string;
  readonly parameters: readonly UrlParameter[];
  readonly answer: readonly string[];
}

/** Everything that is known about a URL API. */
export interface UrlApi {
  readonly features: readonly { readonly bit: number; readonly name: string }[];
  readonly pages: readonly { readonly page: string; readonly purpose: string }[];
  /** In order of page, then as in the file. */
  readonly commands: readonly UrlCommand[];
  readonly reasons: readonly { readonly code: string; readonly meaning: string }[];
  readonly categories: readonly {
    readonly name: string;
    readonly commands: readonly string[];
    readonly note?: string;
  }[];
}

interface File extends Omit<UrlApi, "commands" | "pages"> {
  readonly groups: Readonly<Record<string, readonly UrlParameter[]>>;
  readonly pages: readonly {
    readonly page: string;
    readonly purpose: string;
    readonly commands: readonly (Omit<UrlCommand, "page" | "parameters" | "answer"> & {
      readonly parameters: readonly (UrlParameter | { readonly use: string })[];
      readonly answer?: readonly string[];
    })[];
  }[];
}

/** Reads and checks `commands.yaml`; undefined when there are mistakes, which are reported all at once. */
export function readUrlApi(
  path: string,
  report: Report,
  shown: string = path,
  text: string = readFileSync(path, "utf8"),
): UrlApi | undefined {
  const yaml = parseYaml(shown, text, report);
  if (yaml === undefined) return undefined;
  const { positions } = yaml;
  const locate = (pointer: string, part: "value" | "key") =>
    (part === "key" ? positions.get(`${pointer}#key`) : undefined) ?? positions.get(pointer);
  if (!checkAgainstSchema(yaml.value, publishedSchema("url-api.schema.json"), locate, report))
    return undefined;
  const file = yaml.value as File;
  let sound = true;
  const mistake = (code: string, message: string, pointer: string, hint?: string): void => {
    sound = false;
    const at = locate(pointer, "value");
    report.add({ code, severity: "error", message, ...(at && { at }), ...(hint !== undefined && { hint }) });
  };

  const commands = file.pages.flatMap(({ page, commands: list }, pageIndex) =>
    list.map((command, index): UrlCommand => {
      const pointer = `/pages/${pageIndex}/commands/${index}`;
      const parameters = command.parameters.flatMap((parameter, at) => {
        if (!("use" in parameter)) return [parameter];
        const group = Object.hasOwn(file.groups, parameter.use) ? file.groups[parameter.use] : undefined;
        if (group) return group;
        const hint = suggestionHint(parameter.use, Object.keys(file.groups));
        mistake(
          "unknown-group",
          `no group is called "${parameter.use}"`,
          `${pointer}/parameters/${at}/use`,
          hint,
        );
        return [];
      });
      checkParameters(parameters, `${page}.${command.command}`, (message) => {
        mistake("parameter-clash", message, pointer);
      });
      return { ...command, page, parameters, answer: command.answer ?? [] };
    }),
  );
  const keys = commands.map(({ page, command }) => `${page}.${command}`);
  commands.forEach(({ name, page, command }, index) => {
    if (keys.indexOf(`${page}.${command}`) < index || commands.findIndex((one) => one.name === name) < index)
      mistake("command-clash", `${page}.${command} (${name}) is described twice`, "/pages");
  });
  file.categories.forEach(({ commands: served }, index) => {
    served.forEach((key, at) => {
      if (!keys.includes(key))
        mistake(
          "unknown-command",
          `no command is called "${key}"`,
          `/categories/${index}/commands/${at}`,
          suggestionHint(key, keys),
        );
    });
  });
  return sound
    ? { ...file, pages: file.pages.map(({ page, purpose }) => ({ page, purpose })), commands }
    : undefined;
}

/** Names and codes within one command are each one parameter's own. */
function checkParameters(
  parameters: readonly UrlParameter[],
  command: string,
  mistake: (message: string) => void,
): void {
  const names = new Set<string>();
  const codes = new Map<string, string>();
  for (const { name, kind = "text", code, codes: many = [], fields = [] } of parameters) {
    if (names.has(name)) mistake(`${command} has two parameters called ${name}`);
    names.add(name);
    const own = [
      ...(code === undefined ? [] : [code]),
      ...many,
      ...fields.flatMap((field) => field.code ?? []),
    ];
    const fits =
      kind === "moment"
        ? many.length > 0
        : kind === "items"
          ? fields.length > 0 || code !== undefined
          : code !== undefined;
    if (!fits) mistake(`${command}: the codes of ${name} do not fit its kind`);
    for (const each of own) {
      // An item's code has a number behind it, so it may be another's without one.
      const sent = kind === "items" ? `${each}1` : each;
      const other = codes.get(sent);
      if (other !== undefined) mistake(`${command}: ${other} and ${name} are both sent as ${sent}`);
      codes.set(sent, name);
    }
  }
}
