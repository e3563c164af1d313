/** What a schema holds, in a few words. */
import type { Model } from "../model/types.js";
import type { Service } from "../service/types.js";
import { plural } from "../terminal.js";

/** `12 types, 1 element, 3 operations`: named types, global elements and, of a service, operations. */
export function describeContents({
  model,
  service,
}: {
  readonly model: Model;
  readonly service?: Service | undefined;
}): string {
  const types = Object.values(model.types).filter(({ name }) => name !== undefined).length;
  const elements = Object.keys(model.elements).length;
  return [
    plural(types, "type"),
    plural(elements, "element"),
    ...(service === undefined ? [] : [plural(service.operations.length, "operation")]),
  ].join(", ");
}
