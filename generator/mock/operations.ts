/** The operations of a service as a client or a mock site needs them, without printing and importing code. */
import type { LiveDescriptors } from "../emit/live.js";
import type { Model } from "../model/types.js";
import type { Service } from "../service/types.js";
import type { Struct } from "../../templates/runtime/descriptor.js";
import { validateKnown } from "../../templates/runtime/validate.js";
import type { Operation } from "../../templates/runtime/webex/operation.js";

/** What `operations.ts` of a release exports, in the order of the service. */
export function liveOperations(
  { release }: Model,
  service: Service,
  descriptors: LiveDescriptors,
): readonly Operation[] {
  return service.operations.map(({ service: owner, name, request, response, wireType, safe, list }) => ({
    service: owner,
    name,
    wireType,
    release,
    validate: validateKnown,
    request: structOf(descriptors, request),
    response: structOf(descriptors, response),
    ...(safe && { safe: true as const }),
    ...(list && { list }),
  }));
}

function structOf(descriptors: LiveDescriptors, id: string): Struct {
  const type = descriptors.type(id);
  if (type.kind !== "struct") throw new Error(`${id} is no complex type`);
  return type;
}
