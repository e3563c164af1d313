/** A family whose notes are wrong. */
import type { SmallRelease } from "./family.js";

/** A schema of one type with optional members; `name type` where a member is no string. */
export const schemaOf = (
  members: readonly string[],
): string => `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  xmlns:s="urn:shop" targetNamespace="urn:shop" elementFormDefault="qualified">
  <xs:element name="order" type="s:Order"/>
  <xs:complexType name="Order"><xs:sequence>${members
    .map((name) => {
      const [local = "", type = "xs:string"] = name.split(" ");
      return `<xs:element name="${local}" type="${type}" minOccurs="0"/>`;
    })
    .join("")}</xs:sequence></xs:complexType>
</xs:schema>`;

const change = (name: string, rest = ""): string => `  - element: s:${name}
    type: xsd:string
    operations: "*"
    direction: both
    in: s:Order
    path: ${name}
    confidence: printed
${rest}`;

const notes = (id: string, official: boolean, changes: readonly string[]): string => `release: "${id}"
title: Release ${id}
sources:
  - title: Notes
reconstructed: ${String(!official)}
download: offered
schema: changed
${changes.length > 0 ? `changes:\n${changes.join("")}` : ""}behaviour:
  - operations: "*"
    text: Orders are counted.
exceptions:
  - code: "000042"
    operations: "*"
    meaning: There is no paper.
`;

/** Notes that agree with the schema in one thing, and disagree in each way there is. */
export const noted = (official: boolean): readonly SmallRelease[] => [
  { id: "1.0", schema: schemaOf(["id", "early"]), notes: notes("1.0", official, []) },
  {
    id: "1.1",
    schema: schemaOf(["id", "early", "found", "giftWarp", "count xs:int", "silent"]),
    notes: notes("1.1", official, [
      change("found"),
      change("giftWrap"),
      change("count"),
      change("nowhere"),
      change("late"),
      change("early"),
    ]),
  },
  {
    id: "1.2",
    schema: schemaOf(["id", "early", "found", "giftWarp", "count xs:int", "silent", "late"]),
    notes: notes("1.2", official, [change("late")]),
  },
];
