import { expect, test } from "vitest";
import { decode, fullValidation } from "../../templates/runtime/index.js";
import { descriptorsOf } from "../validation/schemas.js";
import { issuesOf, modelOf, schema } from "./read.js";

const model = modelOf({
  "a.xsd": schema(
    '<xs:complexType name="t"/><xs:complexType name="u"><xs:complexContent><xs:extension base="t"/></xs:complexContent></xs:complexType>' +
      '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="t" type="t"/>' +
      '<xs:element name="n" type="xs:int" nillable="true"/></xs:sequence></xs:complexType></xs:element>',
  ),
});

test.each([
  [" \t", true],
  ["&#xA;&#xD;", true],
  ["\u00A0", false],
  ["\u3000", false],
])("%j around xsi:type and xsi:nil", (space, isValid) => {
  const xml =
    `<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><t xsi:type="${space}u${space}"/>` +
    `<n xsi:nil="${space}true${space}"/></r>`;
  expect(issuesOf(model, xml).map(({ code }) => code)).toEqual(
    isValid ? [] : expect.arrayContaining(["unknown-type"]),
  );
  const root = descriptorsOf(model).element("{}r");
  const validated = (): unknown => decode(root, xml, { validate: fullValidation });
  if (isValid) expect(validated()).toMatchObject({ n: null });
  else expect(validated).toThrow(/xsi:type names .*xsi:nil is/su);
});
