import { expect, test } from "vitest";
import { decode } from "../../templates/runtime/decode.js";
import type { Ref, Struct } from "../../templates/runtime/descriptor.js";
import { EncodeError } from "../../templates/runtime/errors.js";
import { follow } from "../../templates/runtime/plan.js";
import { controlHubUsers, noClassicEvents, olderSite } from "../../templates/runtime/webex/checks.js";
import { toRequest } from "../../templates/runtime/webex/to-request.js";
import { descriptorsOf, namespace } from "../validation/schemas.js";
import { modelOf } from "../validate/read.js";
import { createUser, getUser, GetUserResponse, setUser, SetUser, use, com } from "./site.js";

const read = (content: string) =>
  decode(GetUserResponse, `<r xmlns:use="${use}" xmlns:com="${com}">${content}</r>`);

test("what was read, changed, can be sent: the rest is left out, masked passwords too", () => {
  const user = read(
    "<use:firstName>Ana</use:firstName><use:webExId>ana</use:webExId><use:phones><com:phone>1</com:phone><use:newer>x</use:newer></use:phones>" +
      "<use:password>******</use:password><use:userId>7</use:userId><use:freeAccount>false</use:freeAccount><use:unheardOf/>",
  );
  expect(toRequest(SetUser, { ...user, firstName: "Eva" })).toEqual({
    firstName: "Eva",
    webExId: "ana",
    phones: { phone: "1" },
    userId: "7",
  });
});

test("a value outside an enumeration, and something required that is missing, are refused together", () => {
  const user = read("<use:active>HIBERNATING</use:active>");
  expect(user.active).toBe("HIBERNATING");
  try {
    toRequest(SetUser, user);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(EncodeError);
    expect((error as EncodeError).issues.map(({ path }) => path).sort()).toEqual(["/active", "/webExId"]);
  }
});

test("of every kind of content what the type has stays, and what it has not goes", () => {
  const model = modelOf({
    "s.xsd": `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="${namespace}" targetNamespace="${namespace}" elementFormDefault="qualified">
      <xs:complexType name="inner"><xs:sequence><xs:element name="v" type="xs:string"/></xs:sequence></xs:complexType>
      <xs:complexType name="text"><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="lang"/></xs:extension></xs:simpleContent></xs:complexType>
      <xs:element name="head" type="xs:string"/><xs:element name="other" type="xs:string" substitutionGroup="t:head"/>
      <xs:complexType name="base"><xs:sequence>
        <xs:choice><xs:element name="a" type="t:inner"/><xs:element name="b" type="xs:int"/></xs:choice>
        <xs:element name="many" type="t:inner" maxOccurs="9"/></xs:sequence><xs:attribute name="id"/></xs:complexType>
      <xs:complexType name="r"><xs:complexContent><xs:extension base="t:base"><xs:sequence>
        <xs:element name="text" type="t:text"/><xs:element name="none" type="xs:int" nillable="true"/>
        <xs:element name="numbers"><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType></xs:element>
        <xs:element name="steps"><xs:complexType><xs:choice maxOccurs="9"><xs:element name="x"/><xs:element name="y"/></xs:choice></xs:complexType></xs:element>
        <xs:element ref="t:head"/><xs:any namespace="##other" processContents="skip"/>
        </xs:sequence><xs:anyAttribute namespace="##other" processContents="skip"/></xs:extension></xs:complexContent></xs:complexType>
      <xs:element name="r" type="t:r"/></xs:schema>`,
  });
  const root = descriptorsOf(model).element(`{${namespace}}r`);
  const value = decode(
    root,
    `<r xmlns="${namespace}" xmlns:o="urn:o" id="1" o:n="2"><a><v>a</v></a><many><v>m</v></many><many><v>n</v></many>
      <text lang="en">t</text><none xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true"/><numbers>1 2</numbers>
      <steps><x/><y/><x/></steps><other>h</other><o:z>any</o:z></r>`,
  ) as Record<string, object> & { readonly many: readonly object[] };
  expect(Object.keys(value).sort()).toEqual(
    ["$any", "$anyAttribute", "@id", "a", "head", "many", "none", "numbers", "steps", "text"].sort(),
  );
  const further = (inner: object | undefined): object => ({ ...inner, newer: 1 });
  const read = {
    ...further(value),
    a: further(value["a"]),
    many: value.many.map(further),
    text: further(value["text"]),
    steps: further(value["steps"]),
  };
  expect(toRequest(follow<Struct>(root.type as Ref<Struct>), read)).toEqual(value);
});

test("names of Object.prototype are no members", () => {
  const hostile = JSON.parse('{ "webExId": "a", "__proto__": { "email": "x" }, "constructor": 1 }') as {
    webExId: string;
  };
  expect(toRequest(SetUser, hostile)).toEqual({ webExId: "a" });
});

test("Control Hub: ids are addresses, and what would be ignored is refused", () => {
  const check = controlHubUsers();
  const paths = (operation: typeof createUser | typeof setUser | typeof getUser, request: object) =>
    check(operation, request).map(({ path }) => path);
  expect(paths(createUser, { webExId: "Ana@x.y", email: "ana@X.y" })).toEqual([]);
  expect(paths(createUser, { webExId: "ana", email: "ana@x.y" })).toEqual(["/webExId"]);
  expect(paths(createUser, { webExId: "ana" })).toEqual(["/webExId"]);
  expect(paths(createUser, { webExId: "a@x", email: "a@x", password: "p", active: "ACTIVATED" })).toEqual([
    "/password",
    "/active",
  ]);
  expect(paths(setUser, { webExId: "a", newWebExId: "b", password: "p" })).toEqual([
    "/password",
    "/newWebExId",
  ]);
  expect(paths(getUser, { webExId: "a" })).toEqual([]);
});

test("classic events: refused where they are disabled", () => {
  const event = { ...getUser, service: "event", name: "createEvent" };
  expect(noClassicEvents()(event, {})).toHaveLength(1);
  expect(noClassicEvents()({ ...event, name: "delEvent" }, {})).toHaveLength(0);
  expect(noClassicEvents()(getUser, {})).toHaveLength(0);
});

test("an older site: newer fields and operations are refused, at any depth", () => {
  const additions = [
    { release: "41.5.0", operations: ["user.setUser"], path: "setUser/phones/hostPIN" },
    { release: "41.5.0", operations: ["user.setUser"], path: "setUserResponse/x" },
    { release: "41.11.0", operations: ["user.getUser"] },
  ];
  const check = olderSite("41.4.0", additions);
  expect(check(setUser, { webExId: "a", phones: { hostPIN: "1234" } })).toMatchObject([
    { path: "/phones/hostPIN" },
  ]);
  expect(check(setUser, { webExId: "a", phones: { phone: "1" } })).toEqual([]);
  expect(check(setUser, { webExId: "a", phones: [{ phone: "1" }, { hostPIN: "1" }] })).toMatchObject([
    { path: "/phones/1/hostPIN" },
  ]);
  expect(check(getUser, { webExId: "a" })).toHaveLength(1);
  expect(olderSite("41.5.0", additions)(setUser, { phones: { hostPIN: "1" } })).toEqual([]);
});
