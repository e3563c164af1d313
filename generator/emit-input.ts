/** What printing and linking need to know of a schema alone, for code that is shown, compiled or run here and not written. */
import { createReport } from "./diagnostics.js";
import { assignNames } from "./emit/names.js";
import type { EmitInput, EmitOptions } from "./emit/types.js";
import type { Model } from "./model/types.js";
import { directionsOf } from "./service/direction.js";
import type { Service } from "./service/types.js";

/** The input of emitters without history and notes; of a folder by itself, unless `options` say otherwise. */
export function bareInput(
  model: Model,
  service: Service | undefined,
  options: Partial<EmitOptions> = {},
): EmitInput {
  return {
    model,
    ...(service !== undefined && { service }),
    direction: directionsOf(model, service),
    names: assignNames(model, service, createReport()),
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
