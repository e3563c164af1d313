/**
 * The metadata of the W3C XML Schema test suite (github w3c/xsdtests): every test with its expected outcome.
 *
 * Rules of the suite (common/xsts.xsd): `version` on a set, group or test holds tokens of which one must be
 * supported; on `expected` all of them must be, and the most specific `expected` wins.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createReport } from "../generator/diagnostics.js";
import { normalizePath } from "../generator/schema/path.js";
import type { XmlElement } from "../generator/schema/types.js";
import { parseXml } from "../generator/schema/xml.js";

export type XsdVersion = "1.0" | "1.1";

/** One test. Paths are relative to the suite's folder. */
export interface SuiteTest {
  /** `<test set>/<group>/<test>`. */
  readonly id: string;
  /** The contributor's folder: `msMeta`, `sunMeta`, `nistMeta` ... */
  readonly set: string;
  readonly group: string;
  readonly kind: "schema" | "instance";
  /** `valid`, `invalid`, or one of the outcomes that prove nothing (`notKnown`, `implementation-defined` ...). */
  readonly validity: string;
  /** `accepted`, `stable`, `queried`, `disputed-test`, `disputed-spec`, `submitted`. */
  readonly status: string;
  /** The schema documents to load; for an instance test those of its group. */
  readonly schemas: readonly string[];
  readonly instance?: string;
  /** The expected outcome of the group's schema test. */
  readonly schemaValidity?: string;
}

/** What a processor of each version claims besides the version itself. */
const features: Readonly<Record<XsdVersion, ReadonlySet<string>>> = {
  "1.0": new Set(["1.0", "1.0-2e", "XML-1.0", "XML-1.0-1e-4e", "Unicode_4.0.0"]),
  "1.1": new Set(["1.1", "XML-1.0", "XML-1.0-5e", "full-xpath-in-CTA", "Unicode_6.0.0"]),
};

/** All tests that apply to a version, in the order of the suite. */
export function readSuite(root: string, version: XsdVersion): readonly SuiteTest[] {
  const supported = features[version];
  const suite = readXml(root, "suite.xml");
  return elements(suite, "testSetRef").flatMap((ref) => {
    const path = attribute(ref, "href") ?? "";
    return existsSync(join(root, path)) ? readTestSet(root, path, supported) : rebuildNist(root);
  });
}

function readXml(root: string, path: string): XmlElement {
  const report = createReport();
  const tree = parseXml(path, readFileSync(join(root, path), "utf8"), report);
  if (tree === undefined) throw new Error(`${path} is not well-formed`);
  return tree;
}

function elements(parent: XmlElement, name: string): readonly XmlElement[] {
  return parent.children.filter((child): child is XmlElement => "name" in child && child.name.local === name);
}

function attribute(element: XmlElement, name: string): string | undefined {
  return element.attributes.find((item) => item.name.local === name)?.value;
}

function tokens(element: XmlElement): readonly string[] {
  return (attribute(element, "version") ?? "").split(/\s+/).filter((token) => token !== "");
}

function applies(element: XmlElement, supported: ReadonlySet<string>): boolean {
  const needed = tokens(element);
  return needed.length === 0 || needed.some((token) => supported.has(token));
}

function expectedOf(test: XmlElement, supported: ReadonlySet<string>): string | undefined {
  let best: { readonly count: number; readonly validity: string | undefined } | undefined;
  for (const expected of elements(test, "expected")) {
    const needed = tokens(expected);
    if (!needed.every((token) => supported.has(token))) continue;
    if (best === undefined || best.count < needed.length) {
      best = { count: needed.length, validity: attribute(expected, "validity") };
    }
  }
  return best?.validity;
}

function statusOf(test: XmlElement): string {
  const [current] = elements(test, "current");
  return (current === undefined ? undefined : attribute(current, "status")) ?? "none";
}

function readTestSet(root: string, path: string, supported: ReadonlySet<string>): readonly SuiteTest[] {
  const [set = ""] = path.split("/");
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const testSet = readXml(root, path);
  if (!applies(testSet, supported)) return [];
  const hrefOf = (element: XmlElement): string =>
    normalizePath(folder + (attribute(element, "href") ?? "")) ?? "";
  const tests: SuiteTest[] = [];
  for (const group of elements(testSet, "testGroup")) {
    if (!applies(group, supported)) continue;
    const groupName = attribute(group, "name") ?? "";
    const idOf = (test: XmlElement): string =>
      `${attribute(testSet, "name") ?? ""}/${groupName}/${attribute(test, "name") ?? ""}`;
    const [schemaTest] = elements(group, "schemaTest");
    const schemas = schemaTest === undefined ? [] : elements(schemaTest, "schemaDocument").map(hrefOf);
    const schemaValidity = schemaTest === undefined ? undefined : expectedOf(schemaTest, supported);
    const common = { set, group: groupName, schemas };
    if (schemaTest !== undefined && applies(schemaTest, supported) && schemaValidity !== undefined) {
      tests.push({
        ...common,
        id: idOf(schemaTest),
        kind: "schema",
        validity: schemaValidity,
        status: statusOf(schemaTest),
      });
    }
    for (const test of elements(group, "instanceTest")) {
      const validity = expectedOf(test, supported);
      const [document] = elements(test, "instanceDocument");
      if (!applies(test, supported) || validity === undefined || document === undefined) continue;
      tests.push({
        ...common,
        id: idOf(test),
        kind: "instance",
        validity,
        status: statusOf(test),
        instance: hrefOf(document),
        ...(schemaValidity === undefined ? {} : { schemaValidity }),
      });
    }
  }
  return tests;
}

/** The NIST metadata are missing from filtered copies of the suite; the file names say the same. */
function rebuildNist(root: string): readonly SuiteTest[] {
  const files = (readdirSync(join(root, "nistData"), { recursive: true }) as string[])
    .map((path) => `nistData/${path.replaceAll("\\", "/")}`)
    .sort();
  const instances = new Map<string, string[]>();
  for (const path of files) if (path.endsWith(".xsd")) instances.set(path, []);
  for (const path of files) {
    const schema = path.replace(/NISTXML-(.*)-\d+\.xml$/, "NISTSchema-$1.xsd");
    if (schema !== path) instances.get(schema)?.push(path);
  }
  return [...instances].flatMap(([schema, documents]): readonly SuiteTest[] => {
    const group = basename(schema, ".xsd");
    const common = { set: "nistMeta", group, status: "stable", schemas: [schema] };
    return [
      { ...common, id: `nist/${group}`, kind: "schema", validity: "valid" },
      ...documents.map((instance): SuiteTest => {
        const name = basename(instance, ".xml");
        const validity = name.includes("-SV-IV-") ? "valid" : "invalid";
        return {
          ...common,
          id: `nist/${group}/${name}`,
          kind: "instance",
          validity,
          instance,
          schemaValidity: "valid",
        };
      }),
    ];
  });
}
