/** A namespace of many components in several documents: a module for each document, and one that gathers them. */
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { afterAll, expect, test } from "vitest";
import { generate } from "../../generator/index.js";
import { errorText, strictErrors } from "../compile.js";

const root = mkdtempSync(join(tmpdir(), "strata-division-"));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const schema = (body: string): string =>
  `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:large" targetNamespace="urn:large" elementFormDefault="qualified">${body}</xs:schema>`;

const list = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join("\n");

/** Documents that need each other in every way there is. */
const documents = (count: number): Readonly<Record<string, string>> => ({
  "all.xsd": schema(
    `<xs:include schemaLocation="basic/types.xsd"/><xs:include schemaLocation="users.xsd"/><xs:include schemaLocation="more/Users.xsd"/>`,
  ),
  "basic/types.xsd": schema(`
    ${list(count, (k) => `<xs:simpleType name="code${k}"><xs:restriction base="xs:token"><xs:enumeration value="a${k}"/><xs:enumeration value="b${k}"/></xs:restriction></xs:simpleType>`)}
    <xs:attribute name="level" type="xs:int"/>
    <xs:complexType name="thing" abstract="true"><xs:sequence><xs:element name="name" type="xs:string"/></xs:sequence><xs:anyAttribute namespace="##targetNamespace"/></xs:complexType>
    <xs:element name="thing" type="thing" abstract="true"/>
    <xs:complexType name="box"><xs:sequence>
      <xs:element name="content" type="thing"/>
      <xs:element ref="thing" minOccurs="0" maxOccurs="unbounded"/>
      <xs:element name="code" type="code1"/>
      <xs:any namespace="##targetNamespace" processContents="strict" minOccurs="0"/>
    </xs:sequence></xs:complexType>
    <xs:element name="box" type="box"/>`),
  "users.xsd": schema(`
    ${list(count, (k) => `<xs:complexType name="user${k}"><xs:complexContent><xs:extension base="thing"><xs:sequence><xs:element name="code" type="code${k}"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>`)}
    <xs:element name="user" type="user1" substitutionGroup="thing"/>
    <xs:element name="ns" type="user2"/>`),
  "more/Users.xsd": schema(`
    <xs:complexType name="note" mixed="true"><xs:choice minOccurs="0" maxOccurs="unbounded"><xs:element name="b" type="xs:string"/><xs:element ref="thing"/></xs:choice><xs:anyAttribute namespace="##targetNamespace"/></xs:complexType>
    <xs:element name="note" type="note"/>
    <xs:element name="admin" type="user1" substitutionGroup="user"><xs:key name="k"><xs:selector xpath="*"/><xs:field xpath="."/></xs:key></xs:element>`),
});

async function write(name: string, count: number): Promise<string> {
  const folder = join(root, name);
  const bundle = join(folder, "xsd");
  for (const [path, text] of Object.entries(documents(count))) {
    const file = join(bundle, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const out = join(folder, "out");
  const { ok, diagnostics } = await generate({ bundle, out, format: false, cache: false });
  expect([ok, diagnostics]).toEqual([true, []]);
  return out;
}

const program = `
import { decode, encode } from "./runtime/index.js";
import { boxElement, noteElement, Box, type UserMember, type ThingMember } from "./large.js";
import { type User1 } from "./large-users2.js";
const user: User1 = { name: "Ann", code: "a1" };
const item: ThingMember = { $name: "user", $value: user };
const other: UserMember = { $name: "admin", $value: { name: "Bob", code: "b1" } };
export const box: Box = { content: { $type: "large:user2", ...user, code: "b2" }, thing: [item, other], code: "b1", $any: [{ $name: "ns", $value: { name: "x", code: "a2" } }] };
export const text = encode(boxElement, box);
export const again = decode(boxElement, text);
export const checked = Box["~standard"].validate(box);
export const note = decode(noteElement, '<note xmlns="urn:large" xmlns:l="urn:large" l:level="3">a<user><name>n</name><code>a1</code></user>c</note>');
`;

test("parts of a namespace refer to each other, compile and load", async () => {
  const out = await write("large", 501);
  const modules = readdirSync(out).filter((name) => name.startsWith("large"));
  expect(modules.sort()).toEqual(["large-types.ts", "large-users.ts", "large-users2.ts", "large.ts"]);
  const gathering = readFileSync(join(out, "large.ts"), "utf8");
  expect(gathering.match(/^export \* from .*$/gmu)).toEqual([
    'export * from "./large-types.js";',
    'export * from "./large-users.js";',
    'export * from "./large-users2.js";',
  ]);
  // What several parts use stands once, in the module that gathers them.
  expect(gathering.match(/^export (?:function|type|interface) \w+/gmu)).toEqual([
    "export type LargeElement",
    "export function largeElements",
    "export function largeAttributes",
  ]);
  writeFileSync(join(out, "program.ts"), program);
  expect(strictErrors([join(out, "program.ts"), join(out, "index.ts")]).map(errorText)).toEqual([]);
  // Whichever part comes first, all are there when they are used.
  for (const first of ["large-types", "large-users", "large-users2", "large", "index"]) {
    const file = join(out, `${first}.mjs`);
    await build({
      stdin: { contents: `import "./${first}.js"; export * from "./program.js";`, resolveDir: out },
      bundle: true,
      treeShaking: false,
      format: "esm",
      outfile: file,
      logLevel: "error",
    });
    const { box, again, checked, note } = (await import(pathToFileURL(file).href)) as Record<string, unknown>;
    expect(again, first).toEqual(box);
    expect(checked, first).toEqual({ value: box });
    expect(note, first).toEqual({
      $anyAttribute: { "{urn:large}level": "3" },
      $content: ["a", { $name: "user", $value: { name: "n", code: "a1" } }, "c"],
    });
  }
});

test("a namespace that is not large is one module, whatever it consists of", async () => {
  const out = await write("small", 20);
  expect(readdirSync(out).filter((name) => name.startsWith("large"))).toEqual(["large.ts"]);
  expect(readFileSync(join(out, "large.ts"), "utf8")).not.toContain("export * from");
});

test("a large document is divided by letter", async () => {
  const bundle = join(root, "one", "xsd");
  mkdirSync(bundle, { recursive: true });
  const types = list(
    1001,
    (
      k,
    ) => `<xs:complexType name="user${k}"><xs:sequence><xs:element name="of" type="Device${k}"/></xs:sequence></xs:complexType>
    <xs:complexType name="Device${k}"><xs:sequence><xs:element name="one"><xs:complexType><xs:attribute name="of" type="élan"/></xs:complexType></xs:element></xs:sequence></xs:complexType>`,
  );
  const one = `${types}<xs:simpleType name="élan"><xs:restriction base="xs:string"/></xs:simpleType><xs:element name="group" type="user7"/>`;
  writeFileSync(join(bundle, "one.xsd"), schema(one));
  const out = join(root, "one", "out");
  const { ok, diagnostics } = await generate({ bundle, out, format: false, cache: false });
  expect([ok, diagnostics]).toEqual([true, []]);
  const modules = readdirSync(out).filter((name) => name.startsWith("large"));
  expect(modules.sort()).toEqual(["large-d.ts", "large-g.ts", "large-other.ts", "large-u.ts", "large.ts"]);
  writeFileSync(
    join(out, "program.ts"),
    `import { groupElement, type Device7, type Device7One, type User7 } from "./large.js";
import { decode } from "./runtime/index.js";
const one: Device7One = { "@of": "x" };
const group: Device7 = { one };
export const user: User7 = { of: group };
export const read: User7 = decode(groupElement, "<x/>");
`,
  );
  expect(strictErrors([join(out, "program.ts")]).map(errorText)).toEqual([]);
});
