/**
 * Random schemas of three files: derivation and substitution across namespaces, chameleon includes, lists of unions, wildcards, keys.
 * Blank lists that are too short and fixed values that are collapsed are not among them: libxml2 misjudges those.
 */
import type { Random } from "../runtime/surprises.js";

/** Simple types, each with what restricts it. */
const restrictions: readonly (readonly [
  base: string,
  ...facets: (readonly [name: string, value: string])[],
])[] = [
  ["int", ["minInclusive", "-5"], ["maxExclusive", "1000"]],
  ["decimal", ["totalDigits", "4"], ["fractionDigits", "2"]],
  ["string", ["pattern", "[a-z-[aeiou]]+\\d*"], ["pattern", "\\p{Lu}\\w?"]],
  ["string", ["maxLength", "9"], ["whiteSpace", "collapse"]],
  ["token", ["enumeration", "one"], ["enumeration", "two 2"], ["enumeration", "1"]],
  ["date", ["minExclusive", "2000-02-29Z"]],
  ["dateTime", ["maxInclusive", "2030-12-31T24:00:00"]],
  ["double", ["enumeration", "INF"], ["enumeration", "1.50"], ["enumeration", "-0"]],
  ["hexBinary", ["length", "2"]],
  ["NMTOKENS", ["length", "2"]],
  ["gMonthDay", ["maxInclusive", "--12-30"]],
  ["boolean", ["pattern", "true|1"]],
  ["language"],
  ["anyURI", ["maxLength", "30"]],
];

const occurrences = [
  "",
  "",
  ' minOccurs="0"',
  ' maxOccurs="2"',
  ' minOccurs="0" maxOccurs="unbounded"',
] as const;

interface Part {
  readonly name: string;
  readonly type: string;
  occurrence: string;
  readonly more: string;
}

/** What a complex type has come to, its bases included. */
interface Made {
  readonly name: string;
  readonly parts: readonly Part[];
  readonly attributes: readonly string[];
  readonly isOpen: boolean;
}

/** The files: `main.xsd` (`urn:test`, with the element `r`), `other.xsd` (`urn:other`), `parts.xsd`, which is included by both. */
export function schemaFrom(random: Random): Readonly<Record<string, string>> {
  const pick = <T>(list: readonly T[]): T => list[random(list.length)] as T;
  let count = 0;
  const fresh = (prefix: string): string => `${prefix}${String(count++)}`;
  const files = { main: "", other: "", parts: "" };

  /** Declares a simple type in a file, and says its name there. */
  const simple = (file: keyof typeof files, known: readonly string[], prefix: string): string => {
    const name = fresh("s");
    const inner = (): string => {
      const [base, ...facets] = pick(restrictions);
      return `<xs:restriction base="xs:${base}">${facets.map(([facet, value]) => `<xs:${facet} value="${value}"/>`).join("")}</xs:restriction>`;
    };
    const choice = known.length > 1 ? random(6) : 5;
    const anonymous = `<xs:simpleType>${inner()}</xs:simpleType>`;
    files[file] += `<xs:simpleType name="${name}">${
      choice === 0
        ? `<xs:union memberTypes="${pick(known)} xs:gYear">${anonymous}</xs:union>`
        : choice === 1
          ? `<xs:restriction><xs:simpleType><xs:list><xs:simpleType><xs:union memberTypes="xs:unsignedByte xs:NCName"/></xs:simpleType></xs:list></xs:simpleType><xs:maxLength value="2"/></xs:restriction>`
          : choice === 2
            ? `<xs:restriction base="${pick(known)}"><xs:pattern value="${pick([".*", "[^~]*", "\\S*( .*)?"])}"/></xs:restriction>`
            : inner()
    }</xs:simpleType>`;
    return prefix + name;
  };

  const shared = [simple("parts", [], ""), simple("parts", [], "")];
  files.parts += `<xs:attributeGroup name="ag"><xs:attribute name="p" type="${pick(shared)}"/><xs:anyAttribute namespace="##other" processContents="lax"/></xs:attributeGroup>`;
  files.parts += `<xs:group name="g2"><xs:choice><xs:element name="c1" type="${pick(shared)}"/><xs:element name="c2" type="xs:int" default="7"/></xs:choice></xs:group>`;
  const ofOther = shared.map((name) => `o:${name}`);
  ofOther.push(simple("other", ofOther, "o:"));
  files.other += `<xs:attribute name="ga" type="${pick(ofOther)}"/><xs:element name="ge" type="${pick(ofOther)}"/>`;
  const types = [...shared.map((name) => `t:${name}`), ...ofOther];
  for (let k = 0; k < 3; k++) types.push(simple("main", types, "t:"));

  const part = (): Part => {
    const [preset, more] = pick([
      ["", ""],
      ["", ""],
      ["", ' nillable="true"'],
      ["", ' form="unqualified"'],
      ["xs:token", ' default="d e"'],
      ["xs:string", ' fixed="5"'],
    ] as const);
    return { name: fresh("e"), type: preset || pick(types), occurrence: pick(occurrences), more };
  };
  const print = (parts: readonly Part[]): string =>
    parts
      .map((one) => `<xs:element name="${one.name}" type="${one.type}"${one.more}${one.occurrence}/>`)
      .join("");
  const attribute = (name: string, more: string): string => `<xs:attribute name="${name}" ${more}/>`;
  const wild = '<xs:any namespace="##other" processContents="lax" minOccurs="0" maxOccurs="unbounded"/>';

  const made: Made[] = [];
  const add = (name: string, flags: string, content: string): void => {
    files.main += `<xs:complexType name="${name}"${flags}>${content}</xs:complexType>`;
  };
  // The names that mutations put into xsi:type; whatever comes later derives from one that came before, or stands for itself.
  for (const name of ["B", "D", "constructor", "F", "G"]) {
    const base = made.length > 0 && random(5) > 0 ? pick(made) : undefined;
    const flags = random(6) === 0 ? ` block="${pick(["extension", "restriction", "#all"])}"` : "";
    if (base === undefined || (random(2) === 0 && !base.isOpen)) {
      const own = Array.from({ length: 1 + random(3) }, part);
      const attributes = [fresh("a")];
      const isOpen = random(4) === 0;
      const inner =
        `<xs:sequence>${print(own)}${random(3) === 0 && !base ? `<xs:group ref="t:g2" minOccurs="0"/>` : ""}${isOpen ? wild : ""}</xs:sequence>` +
        attribute(attributes[0] ?? "", `type="${pick(types)}"${pick(["", ' use="required"'])}`) +
        (base === undefined && random(3) === 0
          ? '<xs:attributeGroup ref="t:ag"/><xs:attribute ref="o:ga"/>'
          : "");
      add(
        name,
        flags,
        base === undefined
          ? inner
          : `<xs:complexContent><xs:extension base="t:${base.name}">${inner}</xs:extension></xs:complexContent>`,
      );
      made.push({
        name,
        parts: [...(base?.parts ?? []), ...own],
        attributes: [...(base?.attributes ?? []), ...attributes],
        isOpen,
      });
    } else {
      // Less of what is optional; what the base has besides parts is optional.
      const parts = base.parts
        .filter(({ occurrence }) => !occurrence.includes('minOccurs="0"') || random(3) > 0)
        .map((one) => ({
          ...one,
          occurrence: pick([
            one.occurrence,
            one.occurrence,
            one.occurrence.includes("minOccurs") ? ' minOccurs="0"' : "",
          ]),
        }));
      add(
        name,
        flags,
        `<xs:complexContent><xs:restriction base="t:${base.name}"><xs:sequence>${print(parts)}</xs:sequence></xs:restriction></xs:complexContent>`,
      );
      made.push({ name, parts, attributes: base.attributes, isOpen: false });
    }
  }

  const [head] = made as [Made, ...Made[]];
  files.main += `<xs:element name="g" type="t:${head.name}"${pick(["", "", ' block="substitution"', ' block="extension"'])}/>`;
  files.main += '<xs:element name="m" substitutionGroup="t:g"/>';
  const key = (kind: string, more = ""): string =>
    `<xs:${kind} name="${kind}"${more}><xs:selector xpath="${kind === "keyref" ? "t:ref" : ".//t:item"}"/><xs:field xpath="${kind === "keyref" ? "@to" : "@id"}"/></xs:${kind}>`;
  files.main += `<xs:element name="r"><xs:complexType${pick(["", "", ' mixed="true"'])}><xs:sequence>
    ${made.map(({ name }) => `<xs:element name="${fresh("e")}" type="t:${name}"${pick(occurrences)}${pick(["", "", ' nillable="true"', ' block="restriction"'])}/>`).join("\n")}
    <xs:element ref="t:g" minOccurs="0" maxOccurs="2"/>
    <xs:element name="item" maxOccurs="2"><xs:complexType><xs:simpleContent><xs:extension base="${pick(types)}"><xs:attribute name="id" type="xs:short" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="ref" minOccurs="0"><xs:complexType><xs:attribute name="to" type="xs:integer"/></xs:complexType></xs:element>
    </xs:sequence><xs:attributeGroup ref="t:ag"/></xs:complexType>${key("key")}${key("keyref", ' refer="t:key"')}</xs:element>`;

  const xs = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"';
  const include = '<xs:include schemaLocation="parts.xsd"/>';
  return {
    "main.xsd": `<xs:schema ${xs} xmlns:t="urn:test" xmlns:o="urn:other" targetNamespace="urn:test" elementFormDefault="qualified"><xs:import namespace="urn:other" schemaLocation="other.xsd"/>${include}${files.main}</xs:schema>`,
    "other.xsd": `<xs:schema ${xs} xmlns:o="urn:other" targetNamespace="urn:other">${include}${files.other}</xs:schema>`,
    "parts.xsd": `<xs:schema ${xs}>${files.parts}</xs:schema>`,
  };
}
