/** Where code is printed, and in which form. */
import type { Mode, Plan } from "./plan.js";

/** Where declarations are printed: gives the identifier of what they refer to, and imports it. */
export interface Scope {
  readonly symbol: (namespace: string, name: string, use: "type" | "value") => string;
  readonly runtime: (name: string, use: "type" | "value") => string;
}

/** What a text is made for: the form that is meant, and the module it stands in. */
export interface At {
  readonly plan: Plan;
  readonly scope: Scope;
  readonly mode: Mode;
}
