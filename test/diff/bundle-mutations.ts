/** Edits that concern more than one declaration: names of types, files, namespaces, operations, substitution groups. */
import { componentOf } from "../../generator/diff/place.js";
import { derivedTypes, nameOfId } from "../../generator/model/query.js";
import type { ElementDeclaration, Model, TypeDefinition } from "../../generator/model/types.js";
import { placeText, type Files, type Mutation } from "./mutations.js";

/** Makes one mutation of its kind; undefined when nothing in the bundle fits. */
type Maker = (kind: string, next: () => number) => Mutation | undefined;

/** Kinds of edits to a bundle, by name. */
export function bundleMutations(files: Files, model: Model): Readonly<Record<string, Maker>> {
  const pick = <T>(list: readonly T[], next: () => number): T | undefined =>
    list[Math.floor(next() * list.length)];
  const everywhere = (edit: (text: string) => string): Files =>
    new Map([...files].map(([path, text]) => [path, edit(text)]));
  const count = (pattern: RegExp): number =>
    [...files.values()].reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
  const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&");
  const typeNames = Object.values(model.types).flatMap(({ name }) =>
    name === undefined ? [] : [name.local],
  );
  /** Operations are known by the names of their types. */
  const isOfOperation = (local: string): boolean =>
    local.endsWith("Response") || typeNames.includes(`${local}Response`);
  const hasOperations = typeNames.some((local) => typeNames.includes(`${local}Response`));

  return {
    "rename a type": (kind, next) => {
      const uses = (local: string): RegExp =>
        new RegExp(`((?:type|base|itemType)=")((?:[\\w.-]+:)?)${escaped(local)}"`, "gu");
      const fits = ({ name }: TypeDefinition): boolean =>
        name !== undefined &&
        !isOfOperation(name.local) &&
        // By its name a service is known to be one.
        name.local !== "bodyContentType" &&
        typeNames.filter((each) => each === name.local).length === 1 &&
        count(uses(name.local)) > 0 &&
        count(new RegExp(`memberTypes="[^"]*\\b${escaped(name.local)}\\b`, "gu")) === 0;
      const local = pick(Object.values(model.types).filter(fits), next)?.name?.local;
      if (local === undefined) return undefined;
      const declared = new RegExp(`(<[\\w:]*(?:simple|complex)Type\\b[^>]*?name=")${escaped(local)}"`, "gu");
      return {
        kind,
        files: everywhere((text) =>
          text.replace(declared, `$1${local}Mutant"`).replace(uses(local), `$1$2${local}Mutant"`),
        ),
        rule: "type.renamed",
        at: [`${local}Mutant`],
      };
    },
    "rename a file": (kind, next) => {
      const path = files.size < 2 ? undefined : pick([...files.keys()], next);
      if (path === undefined) return undefined;
      const name = path.slice(path.lastIndexOf("/") + 1);
      const renamed = `zz-${name}`;
      const location = new RegExp(`(schemaLocation="(?:[^"]*/)?)${escaped(name)}"`, "gu");
      const at = path.slice(0, path.length - name.length) + renamed;
      const edited = [...files].map(
        ([each, text]) => [each === path ? at : each, text.replace(location, `$1${renamed}"`)] as const,
      );
      return { kind, files: new Map(edited), rule: "file.moved", at: [`file ${at}`] };
    },
    "rename a namespace": (kind, next) => {
      // Operations are called after the namespaces of their types.
      const own = hasOperations ? [] : model.namespaces.filter(({ uri }) => uri !== "");
      const uri = pick(own, next)?.uri;
      if (uri === undefined) return undefined;
      return {
        kind,
        files: everywhere((text) => text.replaceAll(`"${uri}"`, `"${uri}-mutant"`)),
        rule: "namespace.changed",
        at: ["namespace "],
      };
    },
    "lose a response": (kind, next) => {
      const fits = ({ name, id }: TypeDefinition): boolean =>
        name !== undefined &&
        name.local.endsWith("Response") &&
        typeNames.includes(name.local.replace(/Response$/u, "")) &&
        derivedTypes(model, id).length === 0 &&
        count(new RegExp(`="(?:\\w+:)?${escaped(name.local)}"`, "gu")) === 1;
      const type = pick(Object.values(model.types).filter(fits), next);
      if (type?.name === undefined) return undefined;
      const { file, start, end } = type.extent;
      const text = files.get(file) ?? "";
      return {
        kind,
        files: new Map([...files, [file, text.slice(0, start) + text.slice(end)]]),
        rule: "operation.response.removed",
        at: [`operation ${type.name.local.replace(/Response$/u, "")}`],
      };
    },
    "take an element out of its substitution group": (kind, next) => {
      const fits = ({ id, substitutionHeads }: ElementDeclaration): boolean =>
        substitutionHeads.length === 1 && (model.substitutions[id] ?? []).length === 0;
      const member = pick(Object.values(model.elements).filter(fits), next);
      const head = member?.substitutionHeads[0];
      if (member === undefined || head === undefined) return undefined;
      return substituted(kind, member, "substitution.member.removed", head, undefined);
    },
    "give an element another head": (kind, next) => {
      const above = (id: string | undefined): readonly string[] => {
        const heads = id === undefined ? [] : (model.elements[id]?.substitutionHeads ?? []);
        return heads.flatMap((each) => [each, ...above(each)]);
      };
      const candidates = Object.values(model.elements).flatMap((member) =>
        member.substitutionHeads.flatMap((from) =>
          Object.values(model.elements)
            // Beside its head, below the same one: what it leaves and what it joins are one group each.
            .filter(({ id, type }) => id !== from && id !== member.id && type === model.elements[from]?.type)
            .filter(({ id }) => JSON.stringify(above(id)) === JSON.stringify(above(from)))
            .map(({ id }) => ({ member, from, to: id })),
        ),
      );
      const { member, from, to } = pick(candidates, next) ?? {};
      if (member === undefined || from === undefined || to === undefined) return undefined;
      return substituted(kind, member, "substitution.member.head-changed", to, nameOfId(to).local);
    },
  };

  function substituted(
    kind: string,
    member: ElementDeclaration,
    rule: string,
    head: string,
    to: string | undefined,
  ): Mutation {
    const { file, start, end } = member.extent;
    const text = files.get(file) ?? "";
    const declaration = text
      .slice(start, end)
      .replace(/\s+substitutionGroup="((?:[\w.-]+:)?)[^"]*"/u, (_all, prefix: string) =>
        to === undefined ? "" : ` substitutionGroup="${prefix}${to}"`,
      );
    const component = componentOf(head);
    return {
      kind,
      files: new Map([...files, [file, text.slice(0, start) + declaration + text.slice(end)]]),
      rule,
      at: [placeText({ ...component, kind: "element", path: [`~${member.name.local}`] })],
    };
  }
}
