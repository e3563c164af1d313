/** Schemas linked in process: documents are read and written here by what generated code would have. */
import type { LiveDescriptors } from "./emit/live.js";
import type { ReadSchema } from "./read-schema.js";
import type { SchemaSource } from "./source.js";

/**
 * The descriptors of a schema as generated code has them, for reading and writing documents here. The content of a
 * slot, which generated code chooses by operation, is chosen by `xsi:type`: that of the schema or that of the wire.
 */
export async function linkDescriptors(
  schema: ReadSchema,
  source: SchemaSource,
  slots: "wire" | "open" | "closed" = "wire",
): Promise<LiveDescriptors> {
  const { liveDescriptors } = await import("./emit/live.js");
  const { bareInput } = await import("./emit-input.js");
  const { model, service } = schema;
  const chosen = service && (slots === "closed" ? service : { ...service, slots: [] });
  // Names and directions are those of the service as it is.
  const input = bareInput(model, service, { scalars: source.family?.scalars ?? [] });
  const descriptors = liveDescriptors({ ...input, ...(chosen && { service: chosen }) });
  for (const slot of slots === "wire" ? (service?.slots ?? []) : []) {
    const type = descriptors.anyType(slot);
    if (type.kind !== "polymorphic") continue;
    const choices = type.derived as (typeof type.derived)[number][];
    for (const { wireType, request } of service?.operations ?? []) {
      choices.push([wireType, wireType, () => descriptors.type(request)]);
    }
  }
  return descriptors;
}
