import { expect, test } from "vitest";
import { directionsOf } from "../../generator/service/direction.js";
import type { Service } from "../../generator/service/types.js";
import { complexType, extension, resolveBody, sequence, t } from "../model/release.js";

const { model } = resolveBody(
  complexType("Body", "", 'abstract="true"') +
    complexType("Get", extension("Body", sequence('<xs:element name="key" type="t:Key"/>'))) +
    complexType("GetResponse", extension("Body", sequence('<xs:element name="user" type="t:User"/>'))) +
    complexType(
      "User",
      sequence('<xs:element name="address" type="t:Address"/><xs:element name="body" type="t:Body"/>'),
    ) +
    complexType(
      "Address",
      sequence('<xs:element name="key" type="t:Key"/>') + '<xs:attribute name="kind" type="t:Kind"/>',
    ) +
    complexType("HomeAddress", extension("Address")) +
    complexType("Envelope", sequence('<xs:element name="body" type="t:Body"/>')) +
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
