import { expect, test } from "vitest";
import { attributesOf, fieldsOf, membersOf, shapeOf, type ShapeMember } from "../../generator/model/shape.js";
import { resolveBody, resolveFiles, schema, t } from "./release.js";

/** Members as one line: `a, b?, c*, (d | e, f?)?, $content[g h]`. */
function line(members: readonly ShapeMember[]): string {
  return members
    .map((member) => {
      switch (member.kind) {
        case "field":
          return (
            member.property + occurs(member.min, member.max) + (member.substitutes === undefined ? "" : "~")
          );
        case "choice":
          return `(${member.branches.map(line).join(" | ")})${member.min === 0 ? "?" : ""}${member.flattened ? "!" : ""}`;
        case "slot":
          return `${member.property}${member.text ? "+text" : ""}[${member.items.map((item) => item.property).join(" ")}]${member.min === 0 ? "?" : ""}`;
        case "any":
          return member.property + occurs(member.min, member.max);
      }
    })
    .join(", ");
}

function occurs(min: number, max: number | "unbounded"): string {
  if (min === 1 && max === 1) return "";
  if (min === 0 && max === 1) return "?";
  if (max === "unbounded") return min === 0 ? "*" : min === 1 ? "+" : `{${min},}`;
  return `{${min},${max}}`;
}

const e = (name: string, occurrence = ""): string =>
  `<xs:element name="${name}" type="xs:string" ${occurrence}/>`;
const optional = 'minOccurs="0"';
const many = 'minOccurs="0" maxOccurs="unbounded"';

test.each<[name: string, content: string, want: string]>([
  [
    "a sequence is a property an element",
    `<xs:sequence>${e("a")}${e("b", optional)}${e("c", many)}</xs:sequence>`,
    "a, b?, c*",
  ],
  ["nothing", "<xs:sequence/>", ""],
  [
    "nested sequences lie side by side",
    `<xs:sequence>${e("a")}<xs:sequence>${e("b")}</xs:sequence></xs:sequence>`,
    "a, b",
  ],
  [
    "a choice is branches",
    `<xs:choice>${e("a")}<xs:sequence>${e("b")}${e("c")}</xs:sequence></xs:choice>`,
    "(a | b, c)",
  ],
  [
    "(a?, b) | (c, d?)",
    `<xs:choice><xs:sequence>${e("a", optional)}${e("b")}</xs:sequence><xs:sequence>${e("c")}${e("d", optional)}</xs:sequence></xs:choice>`,
    "(a?, b | c, d?)",
  ],
  ["a choice of nothing, which no content satisfies", "<xs:choice/>", "()"],
  ["a choice of nothing that need not be made", `<xs:choice ${optional}/>`, ""],
  ["a sequence that asks for it", `<xs:sequence>${e("a")}<xs:choice/></xs:sequence>`, "()"],
  [
    "an optional one",
    `<xs:sequence>${e("b")}<xs:sequence ${optional}>${e("a")}<xs:choice/></xs:sequence></xs:sequence>`,
    "b",
  ],
  [
    "a branch that cannot be taken",
    `<xs:choice>${e("a")}<xs:choice/><xs:sequence>${e("b")}<xs:choice/></xs:sequence></xs:choice>`,
    "a",
  ],
  ["only such branches", `<xs:choice maxOccurs="unbounded"><xs:choice/><xs:choice/></xs:choice>`, "()"],
  ["(a | b)?", `<xs:choice ${optional}>${e("a")}${e("b")}</xs:choice>`, "(a | b)?"],
  ["an empty branch", `<xs:choice>${e("a")}<xs:sequence/></xs:choice>`, "a?"],
  ["an empty branch of three", `<xs:choice>${e("a")}${e("b")}<xs:sequence/></xs:choice>`, "(a | b)?"],
  ["(a | b)+", `<xs:choice maxOccurs="unbounded">${e("a")}${e("b")}</xs:choice>`, "$content[a b]"],
  [
    "a choice in a choice is one choice",
    `<xs:choice>${e("a")}<xs:choice>${e("b")}${e("c")}</xs:choice></xs:choice>`,
    "(a | b | c)",
  ],
  [
    "a choice inside a repeated sequence",
    `<xs:sequence maxOccurs="unbounded">${e("a")}<xs:choice>${e("b")}${e("c")}</xs:choice></xs:sequence>`,
    "$content[a b c]",
  ],
  ["a twice", `<xs:sequence>${e("a")}${e("b")}${e("a")}</xs:sequence>`, "$content[a b]"],
  [
    "a twice, in a group of its own",
    `<xs:sequence>${e("x")}<xs:sequence>${e("a")}${e("b")}${e("a")}</xs:sequence>${e("y")}</xs:sequence>`,
    "x, $content[a b], y",
  ],
  [
    "a twice, in exclusive branches",
    `<xs:choice><xs:sequence>${e("a")}${e("b")}</xs:sequence><xs:sequence>${e("c")}${e("a")}</xs:sequence></xs:choice>`,
    "(a, b | c, a)",
  ],
  [
    "a twice, once as a list",
    `<xs:choice><xs:sequence>${e("a")}${e("b")}</xs:sequence><xs:sequence>${e("c")}${e("a", many)}</xs:sequence></xs:choice>`,
    "$content[a b c]",
  ],
  [
    "a repeated group of one",
    `<xs:sequence maxOccurs="unbounded">${e("a", 'maxOccurs="3"')}</xs:sequence>`,
    "a+",
  ],
  [
    "counts that multiply with gaps",
    `<xs:sequence ${many}>${e("a", 'minOccurs="2" maxOccurs="2"')}</xs:sequence>`,
    "$content[a]?",
  ],
  [
    "counts that multiply without gaps",
    `<xs:sequence ${many}>${e("a", 'minOccurs="1" maxOccurs="2"')}</xs:sequence>`,
    "a*",
  ],
  [
    "an optional sequence of two",
    `<xs:sequence>${e("x")}<xs:sequence ${optional}>${e("a")}${e("b", optional)}</xs:sequence></xs:sequence>`,
    "x, (a, b?)?",
  ],
  [
    "an optional sequence of optional parts",
    `<xs:sequence ${optional}>${e("a", optional)}${e("b", optional)}</xs:sequence>`,
    "a?, b?",
  ],
  ["all", `<xs:all>${e("a")}${e("b", optional)}</xs:all>`, "a, b?"],
  ["any", `<xs:sequence>${e("a")}<xs:any namespace="##other" ${many}/></xs:sequence>`, "a, $any*"],
  [
    "two wildcards",
    `<xs:sequence><xs:any namespace="##local"/>${e("a")}<xs:any namespace="##other"/></xs:sequence>`,
    "$content[$any a $any]",
  ],
  [
    "a wildcard that could take a later element",
    `<xs:sequence><xs:any/>${e("a")}</xs:sequence>`,
    "$content[$any a]",
  ],
  ["a wildcard after what it could take", `<xs:sequence>${e("a")}<xs:any/></xs:sequence>`, "a, $any"],
  [
    "counts beyond any automaton",
    `<xs:sequence maxOccurs="1000000">${e("a", 'maxOccurs="1000000"')}${e("b", 'minOccurs="999999" maxOccurs="1000000"')}</xs:sequence>`,
    "$content[a b]",
  ],
  ["maxOccurs 0", `<xs:sequence>${e("a", 'minOccurs="0" maxOccurs="0"')}${e("b")}</xs:sequence>`, "b"],
  [
    "two repeated groups",
    `<xs:sequence><xs:choice maxOccurs="2">${e("a")}${e("b")}</xs:choice><xs:choice ${many}>${e("c")}${e("d")}</xs:choice></xs:sequence>`,
    "$content[a b], $content2[c d]?",
  ],
])("%s", (_name, content, want) => {
  const { model, errors } = resolveBody(`<xs:complexType name="T">${content}</xs:complexType>`);
  expect(errors).toEqual([]);
  expect(line(shapeOf(model, t("T")).members)).toBe(want);
});

test("mixed content is one array with text", () => {
  const { model } = resolveBody(
    `<xs:complexType name="T" mixed="true"><xs:sequence>${e("b")}${e("i", many)}</xs:sequence><xs:attribute name="id"/></xs:complexType>
     <xs:complexType name="Empty" mixed="true"/>`,
  );
  expect(line(shapeOf(model, t("T")).members)).toBe("$content+text[b i]?");
  expect(shapeOf(model, t("T")).attributes.map(({ property }) => property)).toEqual(["@id"]);
  expect(line(shapeOf(model, t("Empty")).members)).toBe("$content+text[]?");
});

test("the content model of a slot keeps its structure and its counts", () => {
  const { model } = resolveBody(
    `<xs:complexType name="T"><xs:sequence minOccurs="2" maxOccurs="1000000">${e("a", optional)}<xs:choice>${e("b")}${e("c", many)}</xs:choice>${e("a")}</xs:sequence></xs:complexType>`,
    { xsdVersion: "1.0" },
  );
  const [slot] = shapeOf(model, t("T")).members;
  expect(slot?.kind === "slot" && slot.model).toEqual({
    group: "sequence",
    min: 2,
    max: 1000000,
    parts: [
      { item: 0, min: 0 },
      { group: "choice", parts: [{ item: 1 }, { item: 2, min: 0, max: Infinity }] },
      { item: 0 },
    ],
  });
});

test("a named group gives its slot the name", () => {
  const { model } = resolveBody(
    `<xs:group name="inline"><xs:choice>${e("a")}${e("b")}</xs:choice></xs:group>
     <xs:complexType name="T"><xs:sequence>${e("x")}<xs:group ref="t:inline" ${many}/></xs:sequence></xs:complexType>
     <xs:complexType name="Whole"><xs:group ref="t:inline" ${many}/></xs:complexType>`,
  );
  expect(line(shapeOf(model, t("T")).members)).toBe("x, $inline[a b]?");
  expect(line(shapeOf(model, t("Whole")).members)).toBe("$content[a b]?");
});

const extension = (base: string, content: string, more = ""): string =>
  `<xs:complexContent ${more}><xs:extension base="t:${base}">${content}</xs:extension></xs:complexContent>`;

test.each<
  [name: string, base: string, own: string, want: { base: boolean; members: string; standalone?: string }]
>([
  [
    "own members only",
    `<xs:sequence>${e("a")}</xs:sequence>`,
    `<xs:sequence>${e("b")}</xs:sequence>`,
    { base: true, members: "b" },
  ],
  ["nothing added", `<xs:sequence>${e("a")}</xs:sequence>`, "", { base: true, members: "" }],
  [
    "a name again",
    `<xs:sequence>${e("a")}</xs:sequence>`,
    `<xs:sequence>${e("b")}${e("a")}</xs:sequence>`,
    { base: false, members: "$content[a b]", standalone: "clash" },
  ],
  [
    "a second wildcard",
    `<xs:sequence>${e("a")}<xs:any namespace="##other"/></xs:sequence>`,
    `<xs:sequence>${e("b")}<xs:any namespace="##other"/></xs:sequence>`,
    { base: false, members: "$content[a $any b $any]", standalone: "clash" },
  ],
  [
    "a second slot",
    `<xs:choice ${many}>${e("a")}${e("b")}</xs:choice>`,
    `<xs:choice ${many}>${e("c")}${e("d")}</xs:choice>`,
    { base: true, members: "$content2[c d]?" },
  ],
  [
    "a base that is a union",
    `<xs:choice>${e("a")}${e("b")}</xs:choice>`,
    `<xs:sequence>${e("c")}</xs:sequence>`,
    { base: true, members: "c" },
  ],
])("extension: %s", (_name, base, own, want) => {
  const { model, errors } = resolveBody(
    `<xs:complexType name="B">${base}</xs:complexType><xs:complexType name="T">${extension("B", own)}</xs:complexType>`,
  );
  expect(errors).toEqual([]);
  const shape = shapeOf(model, t("T"));
  expect({
    base: shape.base === t("B"),
    members: line(shape.members),
    ...(shape.standalone === undefined ? {} : { standalone: shape.standalone }),
  }).toEqual(want);
});

test("mixed extensions show one array", () => {
  const { model } = resolveBody(
    `<xs:complexType name="B" mixed="true"><xs:sequence>${e("a")}</xs:sequence></xs:complexType>
     <xs:complexType name="Same">${extension("B", '<xs:attribute name="x"/>', 'mixed="true"')}</xs:complexType>
     <xs:complexType name="More">${extension("B", `<xs:sequence>${e("b")}</xs:sequence>`, 'mixed="true"')}</xs:complexType>
     <xs:complexType name="Bare"><xs:attribute name="y"/></xs:complexType>
     <xs:complexType name="Text">${extension("Bare", `<xs:sequence>${e("b")}</xs:sequence>`, 'mixed="true"')}</xs:complexType>`,
  );
  expect(shapeOf(model, t("Same"))).toMatchObject({
    base: t("B"),
    members: [],
    attributes: [{ property: "@x" }],
  });
  expect(shapeOf(model, t("More")).standalone).toBe("mixed");
  expect(line(shapeOf(model, t("More")).members)).toBe("$content+text[a b]?");
  expect(shapeOf(model, t("Text")).base).toBe(t("Bare"));
  expect(line(shapeOf(model, t("Text")).members)).toBe("$content+text[b]?");
});

test("a restriction lists everything itself", () => {
  const { model, errors } = resolveBody(
    `<xs:complexType name="B"><xs:sequence>${e("a", optional)}${e("b", optional)}</xs:sequence><xs:attribute name="x"/><xs:attribute name="y"/></xs:complexType>
     <xs:complexType name="T"><xs:complexContent><xs:restriction base="t:B"><xs:sequence>${e("b")}</xs:sequence><xs:attribute name="x" use="prohibited"/></xs:restriction></xs:complexContent></xs:complexType>`,
  );
  expect(errors).toEqual([]);
  const shape = shapeOf(model, t("T"));
  expect(shape.base).toBeUndefined();
  expect(shape.standalone).toBe("restriction");
  expect(line(shape.members)).toBe("b");
  expect(shape.attributes.map(({ property }) => property)).toEqual(["@y"]);
});

test("members and attributes with the inherited ones, keys of the declaring type", () => {
  const { model } = resolveBody(
    `<xs:complexType name="A"><xs:sequence>${e("a")}</xs:sequence><xs:attribute name="x"/></xs:complexType>
     <xs:complexType name="B">${extension("A", `<xs:sequence>${e("b")}</xs:sequence><xs:attribute name="y"/>`)}</xs:complexType>
     <xs:complexType name="C">${extension("B", `<xs:sequence>${e("a")}</xs:sequence>`)}</xs:complexType>`,
  );
  expect(line(membersOf(model, t("B")))).toBe("a, b");
  expect(attributesOf(model, t("B")).map(({ key }) => key)).toEqual([`${t("A")}/@x`, `${t("B")}/@y`]);
  expect(fieldsOf(membersOf(model, t("C"))).map(({ key }) => key)).toEqual([`${t("A")}/a`, `${t("B")}/b`]);
});

test("substitution: a tagged value under the head, an item each in a slot", () => {
  const { model } = resolveBody(
    `<xs:element name="shape" type="xs:string" abstract="true"/>
     <xs:element name="round" substitutionGroup="t:shape"/><xs:element name="square" substitutionGroup="t:shape"/>
     <xs:element name="plain" type="xs:string"/>
     <xs:complexType name="T"><xs:sequence><xs:element ref="t:shape" ${many}/><xs:element ref="t:plain"/></xs:sequence></xs:complexType>
     <xs:complexType name="S"><xs:choice ${many}><xs:element ref="t:shape"/><xs:element ref="t:plain"/></xs:choice></xs:complexType>`,
  );
  const [shape] = shapeOf(model, t("T")).members;
  expect(line(shapeOf(model, t("T")).members)).toBe("shape*~, plain");
  expect(shape).toMatchObject({ substitutes: [t("round"), t("square")] });
  expect(line(shapeOf(model, t("S")).members)).toBe("$content[round square plain]?");
});

test("two elements of one local name: the own namespace keeps it plain", () => {
  const { model, errors } = resolveFiles({
    "t.xsd": schema(
      `<xs:import namespace="urn:o" schemaLocation="o.xsd"/>
       <xs:complexType name="T"><xs:sequence><xs:element ref="o:name"/>${e("name")}</xs:sequence></xs:complexType>`,
      'xmlns:o="urn:o"',
    ),
    "o.xsd":
      '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:o"><xs:element name="name" type="xs:int"/></xs:schema>',
  });
  expect(errors).toEqual([]);
  expect(line(shapeOf(model, t("T")).members)).toBe("o:name, name");
});

test("more than 64 combinations of branches are flattened", () => {
  const choice = (n: number): string => `<xs:choice>${e(`a${n}`)}${e(`b${n}`)}</xs:choice>`;
  const choices = (count: number): string =>
    `<xs:sequence>${Array.from({ length: count }, (_, n) => choice(n)).join("")}</xs:sequence>`;
  const { model } = resolveBody(
    `<xs:complexType name="Six">${choices(6)}</xs:complexType><xs:complexType name="Seven">${choices(7)}</xs:complexType>
     <xs:complexType name="More">${extension("Six", `<xs:choice>${e("c")}${e("d")}</xs:choice>`)}</xs:complexType>`,
  );
  expect(shapeOf(model, t("Six")).branches).toBe(64);
  expect(line(shapeOf(model, t("Six")).members)).not.toContain("!");
  expect(shapeOf(model, t("Seven")).branches).toBe(64);
  expect(line(shapeOf(model, t("Seven")).members)).toContain("(a0 | b0)!, (a1 | b1)");
  expect(line(shapeOf(model, t("More")).members)).toBe("(c | d)!");
});

test("simple content: $value of the step that brings it", () => {
  const { model } = resolveBody(
    `<xs:complexType name="Price"><xs:simpleContent><xs:extension base="xs:decimal"><xs:attribute name="currency"/></xs:extension></xs:simpleContent></xs:complexType>
     <xs:complexType name="Net"><xs:simpleContent><xs:extension base="t:Price"><xs:attribute name="tax"/></xs:extension></xs:simpleContent></xs:complexType>`,
  );
  expect(shapeOf(model, t("Price")).text).toBe("{http://www.w3.org/2001/XMLSchema}decimal");
  expect(shapeOf(model, t("Net"))).toMatchObject({ base: t("Price"), attributes: [{ property: "@tax" }] });
  expect(shapeOf(model, t("Net")).text).toBeUndefined();
});
