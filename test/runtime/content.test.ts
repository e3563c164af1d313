import { expect, expectTypeOf, test } from "vitest";
import {
  attributed,
  builtinTypes,
  DecodeError,
  decodeResult,
  EncodeError,
  encode,
  int,
  readContent,
  string,
  struct,
  typeOfContent,
  writeContent,
  anyType,
  type ElementDescriptor,
  type Struct,
  type XmlContent,
} from "../../templates/runtime/index.js";

interface Reference {
  "@type": string;
  id: number;
}
const Reference: Struct<Reference> = struct({
  name: "Reference",
  ns: "urn:t",
  attributes: { type: string },
  attributed,
  content: { id: int },
});
const types = { ...builtinTypes, "{urn:t}Reference": Reference };
const root: ElementDescriptor<{ val: XmlContent[] }> = {
  kind: "element",
  name: "{urn:t}r",
  tag: "r",
  type: struct({ name: "r", ns: "urn:t", content: { "val*": anyType } }),
};
const document = (inner: string): string =>
  `<r xmlns="urn:t" xmlns:t="urn:t" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">${inner}</r>`;
const xsd = (name: string): string => `{http://www.w3.org/2001/XMLSchema}${name}`;
const contentOf = (inner: string): XmlContent => {
  const [first = {}] = decodeResult(root, document(inner)).value.val;
  return first;
};

test.each([
  [`<val xsi:type="xsd:int"> 5 </val>`, { $type: xsd("int"), $value: 5 }],
  [`<val xsi:type="xsd:string"> 5 </val>`, { $type: xsd("string"), $value: " 5 " }],
  [`<val xsi:type="xsd:boolean">1</val>`, { $type: xsd("boolean"), $value: true }],
  [
    `<val xsi:type="xsd:base64Binary">AAEC</val>`,
    { $type: xsd("base64Binary"), $value: new Uint8Array([0, 1, 2]) },
  ],
  [
    `<val xsi:type="o:int" xmlns:o="http://www.w3.org/2001/XMLSchema">5</val>`,
    { $type: xsd("int"), $value: 5 },
  ],
  [`<val xsi:type="xsd:QName" xmlns:q="urn:q">q:a</val>`, { $type: xsd("QName"), $value: "{urn:q}a" }],
  [
    `<val xsi:type="t:Reference" type="Vm"><id>7</id></val>`,
    { $type: "{urn:t}Reference", $value: { "@type": "Vm", id: 7 } },
  ],
  [
    `<val xsi:type="Reference" type="Vm"><t:id>7</t:id></val>`,
    { $type: "{urn:t}Reference", $value: { "@type": "Vm", id: 7 } },
  ],
] as const)("%s is read by the type that it names, and written back", (xml, wanted) => {
  const content = contentOf(xml);
  expect(typeOfContent(content)).toBe(wanted.$type);
  const typed = readContent(content, types);
  expect(typed).toEqual(wanted);
  const written = encode(root, { val: [writeContent(typed as never, types)] });
  const [again = {}] = decodeResult(root, written).value.val;
  expect(readContent(again, types)).toEqual(wanted);
});

test("the type tells what the value is", () => {
  const typed = readContent(contentOf(`<val xsi:type="xsd:long">5</val>`), types);
  if (typed?.$type === "{http://www.w3.org/2001/XMLSchema}long")
    expectTypeOf(typed.$value).toEqualTypeOf<bigint>();
  if (typed?.$type === "{urn:t}Reference") expectTypeOf(typed.$value).toEqualTypeOf<Reference>();
  expect(typed?.$value).toBe(5n);
});

test("no type, or one that was not given, gives nothing", () => {
  expect(readContent(contentOf(`<val>5</val>`), types)).toBeUndefined();
  expect(readContent(contentOf(`<val xsi:type="t:Other">5</val>`), types)).toBeUndefined();
  expect(readContent(contentOf(`<val xsi:type="none:Other">5</val>`), types)).toBeUndefined();
  expect(typeOfContent(contentOf(`<val xsi:type="none:Other">5</val>`))).toBe("none:Other");
  expect(readContent(contentOf(`<val xsi:type="toString">5</val>`), { ...builtinTypes })).toBeUndefined();
});

test("what is not as the type has it is told", () => {
  const content = contentOf(`<val xsi:type="t:Reference"><id>x</id></val>`);
  expect(() => readContent(content, types)).toThrow(DecodeError);
  const found: string[] = [];
  expect(readContent(content, types, ({ code, path }) => found.push(`${code} ${path}`))).toEqual({
    $type: "{urn:t}Reference",
    $value: { id: "x" },
  });
  expect(found).toEqual(["missing-attribute /$value/@type", "invalid-value /$value/id"]);
  expect(() => readContent(contentOf(`<val xsi:type="xsd:int" a="1">5</val>`), types)).toThrow(
    "unknown attribute a",
  );
  expect(() =>
    writeContent({ $type: "{urn:t}Reference", $value: { "@type": "Vm", id: 1.5 } }, types),
  ).toThrow(EncodeError);
  expect(() =>
    writeContent({ $type: "{urn:t}Other", $value: 1 } as never, { "{urn:t}Reference": Reference }),
  ).toThrow('$type must be one of {urn:t}Reference, not "{urn:t}Other"');
});
