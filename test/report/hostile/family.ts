/** Text that tries to be something else in every place where a schema or its notes may hold text. */
import type { SmallRelease } from "../family.js";

const escape = String.fromCharCode(0x1b);
const attack = [
  `</script><script>alert(1)</script>`,
  `<img src=x onerror=alert(1)>`,
  `" onmouseover="alert(1)`,
  `' style='x`,
  `&lt;b&gt; &amp;`,
  `<!-- xsd-strata diff -->`,
  "`code` **bold** [link](javascript:alert(1)) | cell |",
  "@everyone #1 GH-2 https://evil.example www.evil.example",
  "::error file=x::y %0A::warning::z",
  "[text](1) {0} \\",
  `\u202eright to left\u2028line\ufeff\u200b\u009b31m`,
].join(" ");

const xml = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

const schema = (values: readonly string[], members: string): string => `<xs:schema
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:h="urn:h" targetNamespace="urn:h">
  <xs:element name="root" type="h:T"/>
  <xs:complexType name="T">
    <xs:annotation><xs:documentation>${xml(attack)}</xs:documentation></xs:annotation>
    <xs:sequence>
${members}
    </xs:sequence>
  </xs:complexType>
  <xs:simpleType name="S">
    <xs:restriction base="xs:string">
${values.map((value) => `      <xs:enumeration value="${xml(value)}"/>`).join("\n")}
    </xs:restriction>
  </xs:simpleType>
</xs:schema>
`;

const member = (
  name: string,
  fallback: string,
): string => `      <xs:element name="${name}" type="xs:string" minOccurs="0" default="${xml(fallback)}">
        <xs:annotation><xs:documentation>${xml(attack)}</xs:documentation></xs:annotation>
      </xs:element>`;

const use = `      <xs:element name="s" type="h:S" minOccurs="0"/>`;

const quoted = JSON.stringify(`${attack} ${escape}]0;title\u0007`);

export const older: SmallRelease = {
  id: "1.0",
  schema: schema(["plain"], [member("kept", "before"), use].join("\n")),
};

export const newer: SmallRelease = {
  id: "1.1",
  schema: schema(
    ["plain", attack],
    [member("kept", attack), member("__proto__", attack), member("constructor", attack), use].join("\n"),
  ),
  notes: `release: "1.1"
title: ${quoted}
summary: ${quoted}
sources:
  - title: ${quoted}
    url: https://example.com/"onclick=alert(1)
reconstructed: false
download: unknown
schema: changed
behaviour:
  - operations: "*"
    text: ${quoted}
    when:
      - setting: ${quoted}
exceptions:
  - code: "000001"
    operations: "*"
    reason: ${quoted}
    meaning: ${quoted}
`,
};
