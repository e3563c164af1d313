/** The history of releases that were read. */
import type { ReadSchema } from "./read-schema.js";
import type { History } from "./release/types.js";

/** Which component came and went when, in releases that are in their order; namespaces may be called after them. */
export async function historyOf(schemas: readonly Pick<ReadSchema, "model" | "service">[]): Promise<History> {
  const { computeHistory } = await import("./release/history.js");
  // Of one release there is nothing to compare.
  const moved = schemas.length > 1 ? (await import("./diff/index.js")).movedNamespaces : undefined;
  const services = new Map(schemas.map(({ model, service }) => [model, service]));
  return computeHistory([...services.keys()], (model) => services.get(model)?.operations ?? [], moved);
}
