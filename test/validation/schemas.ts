/** One schema, and all that can judge by it: descriptors, our validator of documents, libxml2. */
import type { XsdValidator } from "libxml2-wasm";
import type { Diagnostic } from "../../generator/diagnostics.js";
import { bareInput } from "../../generator/emit-input.js";
import { liveDescriptors, type LiveDescriptors } from "../../generator/emit/live.js";
import type { ResolveOptions } from "../../generator/model/resolution.js";
import type { Model } from "../../generator/model/types.js";
import { compile, complaints } from "../bundles/validator.js";
import { issuesOf, modelOf } from "../validate/read.js";

export const namespace = "urn:test";

export interface Judges {
  readonly model: Model;
  readonly descriptors: LiveDescriptors;
  /** What our validator of documents says. */
  readonly document: (xml: string) => readonly Diagnostic[];
  /** What libxml2 says; undefined where it does not take the schema. */
  readonly independent: ((xml: string) => readonly string[]) | undefined;
}

/** A schema of the namespace `urn:test` around declarations. */
export function judgesOf(declarations: string, options: ResolveOptions = {}): Judges {
  const text = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${namespace}" xmlns:t="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">${declarations}</xs:schema>`;
  const model = modelOf({ "test.xsd": text }, options);
  let validator: XsdValidator | undefined;
  try {
    validator = compile(new Map([["test.xsd", text]]));
  } catch {
    validator = undefined;
  }
  return {
    model,
    descriptors: descriptorsOf(model),
    document: (xml) => issuesOf(model, xml),
    independent: validator && ((xml) => complaints(validator, xml)),
  };
}

/** Descriptors of a model without a service. */
export function descriptorsOf(model: Model): LiveDescriptors {
  return liveDescriptors(bareInput(model, undefined));
}
