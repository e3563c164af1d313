/** How much of a schema is part of the output: all of it, unless the output is pruned. */
import { modulesOf } from "./modules.js";
import { keptOperations, type Plan } from "./plan.js";

/** How many namespaces, named types, global elements and operations the output has. */
export function extentOf(
  plan: Plan,
): Readonly<Record<"namespaces" | "types" | "elements" | "operations", number>> {
  const { model, input, keeps } = plan;
  const types = Object.values(model.types).filter(({ id, name }) => name !== undefined && keeps(id));
  return {
    // A namespace of attributes alone has no module.
    namespaces: input.options.only.length > 0 ? modulesOf(plan).length : model.namespaces.length,
    types: types.length,
    elements: Object.keys(model.elements).filter(plan.keepsElement).length,
    operations: keptOperations(plan).length,
  };
}

/** Whether the output has the component of a key, or the type that it is part of. Global attributes are in all outputs. */
export function holdsComponent(plan: Plan, key: string): boolean {
  if (key.startsWith("operation:")) {
    return keptOperations(plan).some(({ service, name }) => key === `operation:${service}.${name}`);
  }
  if (key.startsWith("element:")) return plan.keepsElement(key.slice("element:".length));
  if (key.startsWith("attribute:")) return true;
  const start = key.indexOf("}");
  const value = key.indexOf("=", start);
  const member = key.lastIndexOf("/");
  return plan.keeps(
    plan.model.types[key] !== undefined ? key : key.slice(0, value > 0 ? value : Math.max(member, start)),
  );
}
