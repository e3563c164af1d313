/** Which service convention a model follows. */
import type { Model } from "../model/types.js";
import type { Service, ServiceConvention } from "./types.js";
import { webex } from "./webex.js";

/** All conventions, in the order in which they are tried. */
export const conventions: readonly ServiceConvention[] = [webex];

/** What `--service` accepts besides the ids of {@link conventions}. */
export const noService = "none";

/**
 * Describes the service of a model by the first convention that recognises it, or by the one that `convention` names.
 * Undefined when no convention fits, or `convention` is `none`.
 */
export function detectService(model: Model, convention?: string): Service | undefined {
  for (const candidate of conventions) {
    if (convention !== undefined && convention !== candidate.id) continue;
    const service = candidate.describe(model);
    if (service) return service;
  }
  return undefined;
}
