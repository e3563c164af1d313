/** Random schemas. */
import fc from "fast-check";

const restrict = (base: string, facets: string): string =>
  `<xs:simpleType><xs:restriction base="xs:${base}">${facets}</xs:restriction></xs:simpleType>`;

const simpleTypes = fc.oneof(
  fc
    .constantFrom(
      ...[
        "string",
        "token",
        "int",
        "boolean",
        "decimal",
        "date",
        "dateTime",
        "double",
        "hexBinary",
        "NCName",
      ],
    )
    .map((type) => restrict(type, "")),
  fc
    .tuple(fc.nat(4), fc.nat(4))
    .map(([a, b]) =>
      restrict("string", `<xs:minLength value="${String(a)}"/><xs:maxLength value="${String(a + b)}"/>`),
    ),
  fc
    .constantFrom("[A-Z]{2}\\d{3}", "(a|bc)+", "\\p{Lu}\\w*-x?", "[^\\s]{1,3}", "\\d{4}-\\d{2}")
    .map((pattern) => restrict("string", `<xs:pattern value="${pattern}"/>`)),
  fc
    .tuple(fc.integer({ min: -50, max: 50 }), fc.nat(9))
    .map(([low, more]) =>
      restrict(
        "int",
        `<xs:minInclusive value="${String(low)}"/><xs:maxInclusive value="${String(low + more)}"/>`,
      ),
    ),
  fc
    .nat(2)
    .map((digits) =>
      restrict("decimal", `<xs:totalDigits value="4"/><xs:fractionDigits value="${String(digits)}"/>`),
    ),
  fc.constant(restrict("token", '<xs:enumeration value="one"/><xs:enumeration value="two"/>')),
  fc.constant(restrict("date", '<xs:minExclusive value="2030-01-31"/>')),
  fc
    .nat(3)
    .map(
      (length) =>
        `<xs:simpleType><xs:restriction><xs:simpleType><xs:list itemType="xs:short"/></xs:simpleType><xs:length value="${String(length + 1)}"/></xs:restriction></xs:simpleType>`,
    ),
  fc.constant('<xs:simpleType><xs:union memberTypes="xs:boolean xs:date"/></xs:simpleType>'),
);

const occurs = fc.constantFrom(
  "",
  ' minOccurs="0"',
  ' maxOccurs="3"',
  ' minOccurs="0" maxOccurs="unbounded"',
  ' minOccurs="2" maxOccurs="2"',
);

/** Names are used once a schema, so that every content model is deterministic. */
interface Names {
  next: number;
}
type Part = (names: Names) => string;

const element = (type: fc.Arbitrary<Part>): fc.Arbitrary<Part> =>
  fc.tuple(occurs, fc.boolean(), type).map(
    ([bounds, nillable, inner]) =>
      (names) =>
        `<xs:element name="e${String(names.next++)}"${bounds}${nillable ? ' nillable="true"' : ""}>${inner(names)}</xs:element>`,
  );
const leaf = element(simpleTypes.map((text) => () => text));

const { complex } = fc.letrec<{ complex: Part; part: Part }>((tie) => ({
  part: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc
      .tuple(
        fc.constantFrom("sequence", "choice"),
        occurs,
        fc.array(tie("part"), { minLength: 1, maxLength: 3 }),
      )
      .map(
        ([kind, bounds, parts]): Part =>
          (names) =>
            `<xs:${kind}${bounds}>${parts.map((one) => one(names)).join("")}</xs:${kind}>`,
      ),
    element(tie("complex")),
  ),
  complex: fc
    .tuple(
      fc.boolean(),
      fc.array(tie("part"), { minLength: 1, maxLength: 3 }),
      fc.array(fc.tuple(fc.boolean(), simpleTypes), { maxLength: 2 }),
    )
    .map(
      ([mixed, parts, attributes]): Part =>
        (names) =>
          `<xs:complexType${mixed ? ' mixed="true"' : ""}><xs:sequence>${parts.map((one) => one(names)).join("")}</xs:sequence>${attributes
            .map(
              ([required, type]) =>
                `<xs:attribute name="a${String(names.next++)}"${required ? ' use="required"' : ""}>${type}</xs:attribute>`,
            )
            .join("")}</xs:complexType>`,
    ),
}));

/** Declarations of an element `r`. */
export const schemas: fc.Arbitrary<string> = complex.map(
  (type) => `<xs:element name="r">${type({ next: 1 })}</xs:element>`,
);
