import { afterAll, beforeAll, expect, test } from "vitest";
import { createFolder, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

const ns = "http://www.webex.com/schemas/2002/06/service";

beforeAll(() => {
  folder = createFolder({
    "order.xsd": xsd(`  <xs:element name="order" type="t:Order"/>
  <xs:element name="note" type="xs:string"/>
  <xs:complexType name="Order">
    <xs:sequence>
      <xs:choice>
        <xs:element name="id" type="xs:unsignedLong"/>
        <xs:element name="code" type="t:Code" nillable="true"/>
      </xs:choice>
      <xs:element name="item" type="t:Item" minOccurs="0" maxOccurs="unbounded"/>
    </xs:sequence>
    <xs:attribute name="total" type="xs:decimal" use="required"/>
  </xs:complexType>
  <xs:complexType name="Base"><xs:sequence><xs:element name="label" type="xs:string"/></xs:sequence></xs:complexType>
  <xs:complexType name="Item">
    <xs:complexContent><xs:extension base="t:Base">
      <xs:sequence><xs:element name="count" type="xs:int" default="1"/><xs:any namespace="##other" minOccurs="0"/></xs:sequence>
    </xs:extension></xs:complexContent>
  </xs:complexType>
  <xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:enumeration value="A"/><xs:enumeration value="B"/></xs:restriction></xs:simpleType>
  <xs:complexType name="Lonely"/>`),
    "order.xml": `<o:order xmlns:o="urn:t" total="1.10"><o:id>18446744073709551615</o:id><o:item><o:label>a &lt; b</o:label><o:count>3</o:count></o:item></o:order>`,
    "odd.xml": `<order xmlns="urn:t" total="1">\n  <id>7</id>\n  <extra>kept</extra>\n</order>`,
    "other.xml": `<ordre xmlns="urn:t"/>`,
    "foreign.xml": `<order xmlns="urn:x"/>`,
    "broken.xml": `<order xmlns="urn:t">\n  <id>7</id\n</order>`,
    "service.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="${ns}" targetNamespace="${ns}" elementFormDefault="qualified">
  <xs:element name="message" type="messageType"/>
  <xs:complexType name="messageType"><xs:sequence>
    <xs:element name="header"><xs:complexType><xs:sequence><xs:any minOccurs="0" processContents="skip"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="body"><xs:complexType><xs:sequence><xs:element name="bodyContent" type="bodyContentType" maxOccurs="unbounded"/></xs:sequence></xs:complexType></xs:element>
  </xs:sequence></xs:complexType>
  <xs:complexType name="bodyContentType"/>
  <xs:complexType name="getThing"><xs:complexContent><xs:extension base="bodyContentType"><xs:sequence><xs:element name="thingId" type="xs:long"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
  <xs:complexType name="getThingResponse"><xs:complexContent><xs:extension base="bodyContentType"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>
</xs:schema>`,
  });
});

afterAll(() => {
  folder.remove();
});

const run = (...args: string[]) => strata(args, { cwd: folder.path });

test("an operation is found by the name that reports and the wire give it", async () => {
  const { stdout } = await run("sample", "service.xsd", "getThing");
  expect(stdout).toContain("binding.GetThing");
  expect((await run("sample", "service.xsd", "GetThing")).stdout).toBe(stdout);
  expect((await run("inspect", "service.xsd", "GetThing")).status).toBe(0);
  const { status } = await run(
    "generate",
    "--bundle",
    "service.xsd",
    "--out",
    "out",
    "--only",
    "GetThing",
    "--dry-run",
  );
  expect(status).toBe(0);
});

test("inspect shows a schema: namespaces, elements, types", async () => {
  const { status, stdout, stderr } = await run("inspect", "order.xsd");
  expect(status).toBe(0);
  expect(stdout.split("\n").map((line) => line.trimEnd())).toEqual([
    "t           urn:t                        5 types, 2 elements",
    "├─ <order>  t:Order",
    "├─ <note>   xs:string",
    "├─ Order    complex type",
    "├─ Base     complex type",
    "├─ Item     complex type extends t:Base",
    "├─ Code     enumeration xs:string",
    "└─ Lonely   complex type",
    "",
  ]);
  expect(stderr).toBe("order: 1 file, 1 namespace, 5 types, 2 elements\n");
});

test("inspect shows a component with types, cardinality, limits and what comes from where", async () => {
  const { stdout } = await run("inspect", "order.xsd", "order", "--depth", "2");
  expect(stdout.split("\n").map((line) => line.trimEnd())).toEqual([
    "<t:order>          t:Order",
    "├─ @total          xs:decimal               1",
    "├─ one of                                   1",
    "│  ├─ id           xs:unsignedLong          1",
    "│  └─ code         t:Code                   1     nillable",
    '│     ├─ "A"',
    '│     └─ "B"',
    "└─ item            t:Item                   0..*",
    "   ├─ from t:Base",
    "   │  └─ label     xs:string                1",
    '   ├─ count        xs:int                   1     default "1"',
    "   └─ any element  not urn:t, no namespace  0..1  strict",
    "",
  ]);
});

test("inspect --why shows the way to a type; nothing reaches a lonely one", async () => {
  const { stdout } = await run("inspect", "order.xsd", "Code", "--why");
  expect(stdout).toBe("<t:order>  code\n");
  const lonely = await run("inspect", "order.xsd", "Lonely", "--why");
  expect(lonely).toEqual({ status: 0, stdout: "", stderr: 'nothing reaches "Lonely"\n' });
  const asJson = await run("inspect", "order.xsd", "Lonely", "--why", "--format", "json");
  expect(asJson.stdout).toBe("[]\n");
});

test("inspect --format json is the same tree", async () => {
  const { stdout } = await run("inspect", "order.xsd", "t:Item", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject([
    {
      label: "t:Item",
      type: "complex type extends t:Base",
      children: [{ label: "from t:Base" }, { label: "count", occurs: "1" }, {}],
    },
  ]);
});

test.each([
  [["inspect", "order.xsd", "t:Lonly"], 2, 'did you mean "t:Lonely"?'],
  [["inspect", "ordr.xsd"], 3, "ordr.xsd"],
  [["inspect", "./nowhere/at-all"], 3, "no file or folder ./nowhere/at-all"],
  [["inspect", "latest"], 3, "only paths are known"],
  [["operations", "order.xsd", "--service", "webex"], 2, 'does not follow the convention "webex"'],
  [["inspect", ".", "--entry", "ordre.xsd"], 2, "order.xsd"],
])("%j has status %i", async (args, expected, says) => {
  const { status, stdout, stderr } = await run(...args);
  expect({ status, stdout }).toEqual({ status: expected, stdout: "" });
  expect(stderr).toContain(says);
});

test("what concerns all that is read, and has no place, is said once", async () => {
  folder.write({
    "many/1.0/a.xsd": xsd(`<xs:element name="a" type="xs:int"/>`),
    "many/1.0/a.wsdl": "<definitions/>",
    "many/1.1/a.xsd": xsd(`<xs:element name="a" type="xs:int"/>`),
    "many/1.1/a.wsdl": "<definitions/>",
  });
  const { status, stderr } = await run("diff", "many/1.0", "many/1.1");
  expect(status).toBe(0);
  expect(stderr.match(/wsdl-not-read: /gu)).toHaveLength(1);
  const refused = await run("history", "many/1.0", "many/1.1", "--catalog", "none.xml");
  expect(refused.status).toBe(3);
  expect(refused.stderr.match(/missing-catalog: the catalog none\.xml cannot be read/gu)).toHaveLength(1);
});

test("operations: the convention is detected, can be named and switched off", async () => {
  const { status, stdout } = await run("operations", "service.xsd", "--format", "json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    operations: [
      {
        service: "service",
        name: "getThing",
        request: expect.stringMatching(/getThing$/u) as string,
        response: expect.stringMatching(/getThingResponse$/u) as string,
        wireType: expect.stringMatching(/^java:com\.webex\.service\.binding\..*GetThing$/u) as string,
      },
    ],
  });
  expect((await run("operations", "service.xsd", "--service", "webex")).stdout).toContain("service.getThing");
  const none = await run("operations", "service.xsd", "--service", "none", "--format", "json");
  expect(JSON.parse(none.stdout)).toEqual({ operations: [] });
});

test("convert to JSON loses no digit", async () => {
  const { status, stdout, stderr } = await run("convert", "order.xsd", "order.xml");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain('"id": 18446744073709551615,');
  expect(JSON.parse(stdout)).toMatchObject({ "@total": "1.10", item: [{ label: "a < b", count: 3 }] });
});

test("convert to XML, and again, is the same", async () => {
  const first = await run("convert", "order.xsd", "order.xml", "--to", "xml");
  expect(first.stdout).toContain("18446744073709551615");
  const second = await strata(["convert", "order.xsd", "-", "--to", "xml"], {
    cwd: folder.path,
    input: first.stdout,
  });
  expect(second).toEqual(first);
});

test("convert says what is odd, with line and column, and keeps it unless told otherwise", async () => {
  const { status, stdout, stderr } = await run("convert", "order.xsd", "odd.xml");
  expect(status).toBe(0);
  expect(stderr).toMatch(/^odd\.xml:3:3 warning unknown-element: .*extra/u);
  expect(stdout).toContain("kept");
  expect((await run("convert", "order.xsd", "odd.xml", "--to", "xml")).stdout).toContain(">kept</extra>");
  expect((await run("convert", "order.xsd", "odd.xml", "--unknown", "skip")).stdout).not.toContain("kept");
});

test("convert refuses a document that is not valid where it is asked to, with all that is wrong", async () => {
  const valid = await run("convert", "order.xsd", "order.xml", "--validate");
  expect(valid).toEqual(await run("convert", "order.xsd", "order.xml"));
  const { status, stdout, stderr } = await run("convert", "order.xsd", "odd.xml", "--validate");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^odd\.xml:3:3 error unexpected-element: .*extra/u);
  const input = `<order xmlns="urn:t" total="x">\n<code>C</code>\n</order>`;
  const wrong = await strata(["convert", "order.xsd", "-", "--validate"], { cwd: folder.path, input });
  expect(wrong.stderr.match(/^stdin:\d+:\d+ error [\w-]+/gmu)).toEqual([
    "stdin:1:22 error invalid-value",
    "stdin:2:1 error unknown-value",
  ]);
});

test.each([
  ["broken.xml", /^broken\.xml:2:8 error xml-syntax: /mu],
  ["other.xml", /"ordre" in namespace "urn:t", is no global element[\s\S]*known: t:order, t:note/u],
  ["foreign.xml", /the schema has it in namespace "urn:t"/u],
  ["missing.xml", /there is no such file/u],
  [".", /it is a folder/u],
])("convert %s cannot be read", async (file, says) => {
  const { status, stdout, stderr } = await run("convert", "order.xsd", file);
  expect({ status, stdout }).toEqual({ status: 3, stdout: "" });
  expect(stderr).toMatch(says);
  expect(stderr).not.toMatch(/^\s+at /mu);
});

test("convert knows how requests of a service name their type", async () => {
  const request = `<serv:message xmlns:serv="${ns}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><header/><body><bodyContent xsi:type="java:com.webex.service.binding.GetThing"><thingId>12</thingId></bodyContent></body></serv:message>`;
  const wire = JSON.parse((await run("operations", "service.xsd", "--format", "json")).stdout) as {
    operations: { wireType: string }[];
  };
  const input = request.replace(
    "java:com.webex.service.binding.GetThing",
    wire.operations[0]?.wireType ?? "",
  );
  const options = { cwd: folder.path, input };
  const json = await strata(["convert", "service.xsd", "-"], options);
  expect({ status: json.status, stderr: json.stderr }).toEqual({ status: 0, stderr: "" });
  expect(json.stdout).toMatch(/"thingId": "?12"?/u);
  const xml = await strata(["convert", "service.xsd", "-", "--to", "xml"], options);
  expect(xml.stdout).toContain("<thingId>12</thingId>");
  expect(xml.stdout).toContain(`xsi:type="${wire.operations[0]?.wireType ?? ""}"`);
});

test("validate reads what it is given, a dash among files too, and says what it could not read", async () => {
  const at = { cwd: folder.path, input: `<order xmlns="urn:t"/>` };
  const invalid = await strata(["validate", "order.xsd", "order.xml", "-"], at);
  expect(invalid.status).toBe(1);
  expect(invalid.stderr).toContain("stdin:1:1 error");
  expect(invalid.stderr).toContain("1 of 2 documents not valid");
  expect((await strata(["validate", "order.xsd", "-", "order.xml", "-"], at)).stderr).toBe(invalid.stderr);
  const unread = await strata(["validate", "order.xsd", "order.xml", "none.xml"], at);
  expect(unread).toMatchObject({ status: 3, stdout: "" });
  expect(unread.stderr).toContain(
    "none.xml cannot be read: there is no such file\n1 of 2 documents not read\n",
  );
  const json = await strata(["validate", "order.xsd", "none.xml", "order.xml", "--format", "json"], at);
  expect(JSON.parse(json.stdout)).toMatchObject([
    { file: "none.xml", valid: false, issues: [{ code: "unreadable-file" }] },
    { file: "order.xml", valid: true, issues: [] },
  ]);
  expect((await strata(["validate", "order.xsd", "--", "-"], at)).status).toBe(1);
});

test.skipIf(process.platform === "win32")("a schema that is no file is said to be none", async () => {
  const { status, stderr } = await strata(["inspect", "/dev/null"], { cwd: folder.path });
  expect(status).toBe(3);
  expect(stderr).toContain("/dev/null is neither a folder nor a file");
});

test("a mistake in a catalog is shown where the catalog lies", async () => {
  const catalog = `<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">\n  <bad/>\n</catalog>`;
  folder.write({ "catalogs/c.xml": catalog });
  const { stderr } = await strata(["inspect", "order.xsd", "--catalog", "catalogs/c.xml"], {
    cwd: folder.path,
  });
  expect(stderr).toMatch(/^catalogs\/c\.xml:2:3 error invalid-catalog/mu);
});
