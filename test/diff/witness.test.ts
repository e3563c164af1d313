/** Witnesses of all rule pairs, held against libxml2. */
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect, test } from "vitest";
import { releasesOf } from "../../generator/witness/documents/releases.js";
import { findWitness, wantsWitness } from "../../generator/witness/documents/search.js";
import { diffModels, modelOf, releaseOf, schemaPairs, turned, type SchemaPair } from "./schema.js";

function isValid(schema: string, text: string): boolean {
  using validator = XsdValidator.fromDoc(XmlDocument.fromString(schema));
  using document = XmlDocument.fromString(text);
  try {
    validator.validate(document);
    return true;
  } catch {
    return false;
  }
}

/** Constraints are looked into where one looks at more than the other. */
const undecided = "element.identity.changed";

/** Rules without a document, or without one for some changes, and why. */
const reasons: Readonly<Record<string, string>> = {
  [undecided]: "whether any document is concerned cannot be decided",
  "facet.assertion.changed": "conditions in XPath are kept and compared, and not evaluated",
  "type.assertion.changed": "conditions in XPath are kept and compared, and not evaluated",
  "type.alternative.changed": "conditions in XPath are kept and compared, and not evaluated",
};

// libxml2 2.x lets an element through whose maxOccurs is 0.
const mistaken = new Set(["element.removed.optional+to-zero"]);

const pairs = schemaPairs();
const shown = new Set<string>();
const wanted = new Set<string>();
const directions = pairs.flatMap((pair): readonly (SchemaPair & { readonly label: string })[] => [
  { ...pair, label: pair.name },
  {
    ...pair,
    label: `${pair.name}, backwards`,
    old: pair.current,
    current: pair.old,
    options: turned(pair.options),
  },
]);

test.each(directions)("$label: each break on the wire has its document", async (pair) => {
  const [before, after] = [await modelOf({ "s.xsd": pair.old }), await modelOf({ "s.xsd": pair.current })];
  const result = diffModels(before, after, pair.options);
  const releases = releasesOf(result, releaseOf(before), releaseOf(after));
  for (const change of result.changes.filter(wantsWitness)) {
    const witness = findWitness(change, releases);
    wanted.add(change.rule);
    if (!("none" in witness)) shown.add(change.rule);
    if (process.env["SHOW"] !== undefined) console.log(change.rule, change.effect, witness);
    if ("none" in witness) {
      expect(witness.none).toBe(reasons[change.rule]);
      continue;
    }
    if (pair.version !== "1.0" || mistaken.has(pair.name)) continue;
    const { xml, validIn } = witness;
    expect({
      rule: change.rule,
      witness,
      old: isValid(pair.old, xml),
      new: isValid(pair.current, xml),
    }).toEqual({ rule: change.rule, witness, old: validIn === "old", new: validIn === "new" });
  }
});

test("no rule that breaks on the wire is without a document, or a reason", () => {
  const without = [...wanted].filter((rule) => !shown.has(rule));
  expect([...without, undecided].sort()).toEqual(Object.keys(reasons).sort());
  expect(shown.size).toBeGreaterThan(120);
});

test("a document whose references must lead somewhere has what they lead to", async () => {
  const schema = (share: string): string => `
    <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
      <xs:element name="root">
        <xs:complexType>
          <xs:sequence>
            <xs:element name="party" type="Party"/>
            <xs:element name="payer" type="Payer"/>
          </xs:sequence>
        </xs:complexType>
      </xs:element>
      <xs:complexType name="Party"><xs:attribute name="id" type="xs:ID"/></xs:complexType>
      <xs:complexType name="Payer">
        <xs:attribute name="party" type="xs:IDREF" use="required"/>${share}
      </xs:complexType>
    </xs:schema>`;
  const [old, current] = [schema(""), schema(`<xs:attribute name="share" type="xs:int"/>`)];
  const [before, after] = [await modelOf({ "s.xsd": old }), await modelOf({ "s.xsd": current })];
  const result = diffModels(before, after);
  const [change] = result.changes;
  if (change === undefined) throw new Error("nothing changed");
  const witness = findWitness(change, releasesOf(result, releaseOf(before), releaseOf(after)));
  expect(witness).toMatchObject({ validIn: "new" });
  const xml = "xml" in witness ? witness.xml : "";
  expect(xml).toContain("share=");
  expect([isValid(old.trim(), xml), isValid(current.trim(), xml)]).toEqual([false, true]);
});

test("a document names no type that its element has anyway", async () => {
  // So many that the objection does not name the one that is missing.
  const others = Array.from(
    "abcdefghij",
    (name) => `<xs:element name="${name}" type="xs:string" minOccurs="0"/>`,
  );
  const [old, current] = ["0", "1"].map(
    (least) =>
      `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="root"><xs:complexType><xs:sequence><xs:element name="room" type="Room" minOccurs="0"/></xs:sequence></xs:complexType></xs:element><xs:complexType name="Room"><xs:sequence>${others.join("")}<xs:element name="pin" type="xs:string" minOccurs="${least}"/></xs:sequence></xs:complexType></xs:schema>`,
  );
  const models = [await modelOf({ "a.xsd": old ?? "" }), await modelOf({ "a.xsd": current ?? "" })] as const;
  const result = diffModels(...models);
  const [change] = result.changes;
  if (change === undefined) throw new Error("no change");
  const witness = findWitness(change, releasesOf(result, releaseOf(models[0]), releaseOf(models[1])));
  expect("xml" in witness && witness.xml).toContain("<room/>");
});
