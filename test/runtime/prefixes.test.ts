/** Prefixes that were asked for, and none: `""` declares a default namespace. */
import { expect, test } from "vitest";
import type { ElementDescriptor, Struct } from "../../templates/runtime/descriptor.js";
import { anyType, decode, encode, QName, string } from "../../templates/runtime/index.js";

interface Inner {
  readonly text?: string;
  readonly local?: string;
  readonly name?: string;
  readonly any?: object;
  readonly inner?: Inner;
  readonly other?: Inner;
}

/** Elements of two namespaces and of none in each other. */
const Inner: Struct<Inner> = {
  kind: "struct",
  name: "Inner",
  ns: "urn:a",
  content: [
    { name: "text", type: string, min: 0 },
    { name: "local", ns: "", type: string, min: 0 },
    { name: "name", type: QName, min: 0 },
    { name: "any", type: anyType, min: 0 },
    { name: "inner", type: () => Inner, min: 0 },
    { name: "other", ns: "urn:b", type: () => Inner, min: 0 },
  ],
};
const root: ElementDescriptor<Inner> = { kind: "element", name: "{urn:a}root", tag: "root", type: Inner };

const write = (value: Inner, prefixes: Readonly<Record<string, string>>): string => {
  const text = encode(root, value, { prefixes, declaration: false });
  expect(decode(root, text)).toEqual(value);
  return text;
};

test("a default namespace", () => {
  expect(write({ text: "x", inner: { text: "y" } }, { "urn:a": "" })).toBe(
    '<root xmlns="urn:a"><text>x</text><inner><text>y</text></inner></root>',
  );
});

test("one that others do not share", () => {
  expect(write({ other: { text: "x" } }, { "urn:a": "", "urn:b": "b" })).toBe(
    '<root xmlns="urn:a" xmlns:b="urn:b"><b:other><text>x</text></b:other></root>',
  );
});

test("several, each declared where it begins", () => {
  expect(write({ other: { text: "x", other: { text: "y" } }, text: "z" }, { "urn:a": "", "urn:b": "" })).toBe(
    '<root xmlns="urn:a"><text>z</text><other xmlns="urn:b"><text xmlns="urn:a">x</text><other><text xmlns="urn:a">y</text></other></other></root>',
  );
});

test("elements without a namespace leave it", () => {
  expect(write({ text: "x", local: "y" }, { "urn:a": "" })).toBe(
    '<root xmlns="urn:a"><text>x</text><local xmlns="">y</local></root>',
  );
});

test("a name without a namespace in a value needs that there is no default", () => {
  expect(write({ name: "plain" }, { "urn:a": "" })).toBe(
    '<ns1:root xmlns:ns1="urn:a"><ns1:name>plain</ns1:name></ns1:root>',
  );
  expect(write({ name: "{urn:a}known" }, { "urn:a": "" })).toBe(
    '<root xmlns="urn:a" xmlns:ns1="urn:a"><name>ns1:known</name></root>',
  );
});

test("raw elements keep their namespaces", () => {
  const any = {
    children: [
      { name: "bare", children: ["x"] },
      { name: "{urn:a}same", children: [{ name: "{urn:c}deep" }] },
    ],
  };
  expect(write({ any }, { "urn:a": "" })).toBe(
    '<root xmlns="urn:a"><any><bare xmlns="">x</bare><same><deep xmlns="urn:c"></deep></same></any></root>',
  );
});

test("raw content may need the prefix of its own element for another namespace", () => {
  const foreign = (uri: string): Inner => ({
    any: { attributes: { a: "ns1:b" }, namespaces: { ns1: uri }, children: ["ns1:c", { name: "d" }] },
  });
  expect(write({ inner: foreign("urn:q") }, {})).toBe(
    '<ns1:root xmlns:ns1="urn:a"><ns1:inner><any xmlns="urn:a" xmlns:ns1="urn:q" a="ns1:b">ns1:c<d xmlns=""></d></any></ns1:inner></ns1:root>',
  );
  expect(write(foreign("urn:a"), {})).toBe(
    '<ns1:root xmlns:ns1="urn:a"><ns1:any a="ns1:b">ns1:c<d></d></ns1:any></ns1:root>',
  );
  expect(write(foreign("urn:q"), { "urn:a": "a" })).toBe(
    '<a:root xmlns:a="urn:a" xmlns:ns1="urn:q"><a:any a="ns1:b">ns1:c<d></d></a:any></a:root>',
  );
  const whole: ElementDescriptor = { kind: "element", name: "{urn:a}any", tag: "any", type: anyType };
  const text = encode(whole, foreign("urn:q").any, { declaration: false });
  expect(text).toBe('<ns2:any xmlns:ns1="urn:q" xmlns:ns2="urn:a" a="ns1:b">ns1:c<d></d></ns2:any>');
  expect(decode(whole, text)).toEqual(foreign("urn:q").any);
});
