import { expect, test } from "vitest";
import { directionsOf } from "../../generator/service/direction.js";
import type { Service } from "../../generator/service/types.js";
import { resolveBody, t } from "../model/release.js";

const type = (name: string, content: string, attributes = ""): string =>
  `<xs:complexType name="${name}" ${attributes}>${content}</xs:complexType>`;
const extension = (base: string, content = ""): string =>
  `<xs:complexContent><xs:extension base="t:${base}">${content}</xs:extension></xs:complexContent>`;
const seq = (content: string): string => `<xs:sequence>${content}</xs:sequence>`;

const { model } = resolveBody(
  type("Body", "", 'abstract="true"') +
    type("Get", extension("Body", seq('<xs:element name="key" type="t:Key"/>'))) +
    type("GetResponse", extension("Body", seq('<xs:element name="user" type="t:User"/>'))) +
    type(
      "User",
      seq('<xs:element name="address" type="t:Address"/><xs:element name="body" type="t:Body"/>'),
    ) +
    type(
      "Address",
      seq('<xs:element name="key" type="t:Key"/>') + '<xs:attribute name="kind" type="t:Kind"/>',
    ) +
    type("HomeAddress", extension("Address")) +
    type("Envelope", seq('<xs:element name="body" type="t:Body"/>')) +
    '<xs:simpleType name="Key"><xs:restriction base="xs:string"/></xs:simpleType><xs:simpleType name="Kind"><xs:restriction base="xs:token"/></xs:simpleType>',
);

const service = (slots: readonly string[]): Service => ({
  convention: "made-up",
  operations: [
    {
      service: "user",
      name: "get",
      request: t("Get"),
      response: t("GetResponse"),
      wireType: "Get",
      safe: true,
    },
  ],
  slots,
  scalars: [],
  omitted: [],
  modules: {},
  runtime: "webex",
  title: "Made-up API",
});

test.each([
  ["Get", "request", "both"],
  ["GetResponse", "response", "response"],
  ["User", "response", "response"],
  ["Key", "both", "both"],
  ["Kind", "response", "response"],
  ["HomeAddress", "response", "response"],
  ["Body", "both", "both"],
  ["Envelope", "none", "none"],
])("%s: %s; %s where the base of all is no slot", (name, direction, withoutSlot) => {
  expect(directionsOf(model, service([t("Body")]))(t(name))).toBe(direction);
  expect(directionsOf(model, service([]))(t(name))).toBe(withoutSlot);
});
