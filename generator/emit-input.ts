/** What printing and linking need to know of a schema alone, for code that is shown, compiled or run here and not written. */
import { createReport, type Report } from "./diagnostics.js";
import type { Exports } from "./diff/index.js";
import { assignNames } from "./emit/names.js";
import { isDeclared } from "./emit/plan.js";
import type { EmitInput, EmitOptions } from "./emit/types.js";
import type { Model } from "./model/types.js";
import { directionsOf } from "./service/direction.js";
import type { Service } from "./service/types.js";

/**
 * The input of emitters without history and notes; of a folder by itself, unless `options` say otherwise. The report is told of names
 * that had to change.
 */
export function bareInput(
  model: Model,
  service: Service | undefined,
  options: Partial<EmitOptions> = {},
  report: Report = createReport(),
): EmitInput {
  return {
    model,
    ...(service !== undefined && { service }),
    direction: directionsOf(model, service),
    names: assignNames(model, service, report),
    since: () => undefined,
    remarks: () => [],
    options: {
      folder: "",
      importExtension: ".js",
      runtimePath: "./runtime/",
      scalars: [],
      only: [],
      ...options,
    },
  };
}

/** Rules of a configuration that decide how code looks. */
export type CodeRules = Pick<EmitOptions, "scalars" | "only">;

const shown = new WeakMap<Model, { readonly rules: string; readonly input: EmitInput }>();

/** The input for code that is shown beside a change; made once for a release and its rules. */
export function shownInput(
  model: Model,
  service: Service | undefined,
  { scalars, only }: CodeRules,
): EmitInput {
  const rules = JSON.stringify([scalars, only]);
  let known = shown.get(model);
  if (known?.rules !== rules) {
    known = { rules, input: bareInput(model, service, { runtimePath: "../runtime/", scalars, only }) };
    shown.set(model, known);
  }
  return known.input;
}

/** What generated code of all that a release declares exports. */
export function exportsOf({ model, names }: EmitInput): Exports {
  return {
    module: names.module,
    type(id) {
      const type = model.types[id];
      return type === undefined || (type.kind === "simple" && !isDeclared(type)) ? undefined : names.type(id);
    },
    element: names.element,
    values: names.values,
  };
}
