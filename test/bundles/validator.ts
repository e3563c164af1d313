import { XmlBufferInputProvider, XmlDocument, XsdValidator, xmlRegisterInputProvider } from "libxml2-wasm";

const provider = new XmlBufferInputProvider({});
xmlRegisterInputProvider(provider);
let loaded = 0;

/**
 * Compiles schema files with libxml2 behind one driver schema that imports each of them; throws what libxml2 complains about.
 *
 * libxml2 loads the first document of a namespace and skips every further import of that namespace, whatever its
 * location. The driver therefore imports each namespace once, and the caller makes sure that no two files share one. `others` are
 * files that those of the bundle include or import themselves.
 */
export function compile(
  bundle: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string> = new Map(),
): XsdValidator {
  const folder = `bundle-${String(++loaded)}/`;
  const encoder = new TextEncoder();
  const imports: string[] = [];
  for (const [path, text] of others) provider.addBuffer(folder + path, encoder.encode(text));
  for (const [path, text] of bundle) {
    provider.addBuffer(folder + path, encoder.encode(text));
    imports.push(`<xsd:import namespace="${targetNamespace(text)}" schemaLocation="${folder}${path}"/>`);
  }
  const driver = `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">${imports.join("")}</xsd:schema>`;
  try {
    using document = XmlDocument.fromString(driver);
    return XsdValidator.fromDoc(document);
  } finally {
    for (const path of [...bundle.keys(), ...others.keys()]) provider.removeBuffer(folder + path);
  }
}

/** The target namespace of a schema document. */
export function targetNamespace(text: string): string {
  return /targetNamespace="([^"]*)"/.exec(text)?.[1] ?? "";
}

/** The complaints of the validator about a document; empty when it is valid. */
export function complaints(validator: XsdValidator, text: string): string[] {
  using document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
    return [];
  } catch (error) {
    return (
      (error as { details?: { message: string }[] }).details?.map((detail) => detail.message.trim()) ?? [
        String(error),
      ]
    );
  }
}
