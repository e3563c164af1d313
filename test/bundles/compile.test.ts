import { expect, test } from "vitest";
import { files, folders, isImported, readBundle, reconstructed } from "./bundle.js";
import { compile, complaints, targetNamespace } from "./validator.js";

const paths = Object.values(files);

test("xsd/ holds one folder for each release", () => {
  const ours = folders().filter((release) => !isImported(release));
  expect(ours.sort()).toEqual([...reconstructed].sort());
});

test.each(reconstructed)("%s has the vendor's layout, one namespace a file", (release) => {
  const bundle = readBundle(release);
  expect([...bundle.keys()].sort()).toEqual([...paths].sort());
  expect(new Set([...bundle.values()].map(targetNamespace)).size).toBe(paths.length);
});

test.each(reconstructed)("%s is written the way the repository writes XSD", (release) => {
  for (const [path, text] of readBundle(release)) {
    expect.soft(text, path).toMatch(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n<xsd:schema\n/);
    expect.soft(text, path).toMatch(/[^\n]\n$/);
    expect.soft(text, path).not.toMatch(/\r|\t|[ ]\n|<!DOCTYPE|<xs:/);
    for (const [index, line] of text.split("\n").entries())
      expect.soft(/^ */.exec(line)?.[0].length ?? 0, `${path}:${String(index + 1)}`).toSatisfy(isEven);
  }
});

test.each(reconstructed)("%s compiles in libxml2", (release) => {
  using validator = compile(readBundle(release));
  const valid = message("ep:getAPIVersionResponse", "<ep:apiVersion>WebEx XML API V10.0.0</ep:apiVersion>");
  expect(complaints(validator, valid)).toEqual([]);
  const invalid = message("ep:getAPIVersionResponse", "<ep:version>10</ep:version>");
  expect(complaints(validator, invalid)).not.toEqual([]);
});

const newest = reconstructed.at(-1) ?? "";
const some = newest !== "";

// Without these two, a validator that skips files or rules would let everything pass.
test.runIf(some).each(paths)("libxml2 reads %s", (path) => {
  const bundle = readBundle(newest);
  const broken = `<xsd:element name="broken" type="xsd:unheardOf"/></xsd:schema>`;
  bundle.set(path, (bundle.get(path) ?? "").replace("</xsd:schema>", broken));
  expect(() => compile(bundle)).toThrow(/unheardOf/);
});

test.runIf(some)("libxml2 checks that content models are unambiguous", () => {
  const bundle = readBundle(newest);
  const again = `<xsd:element name="again" type="xsd:string" minOccurs="0"/>`;
  const type = `<xsd:complexType name="broken"><xsd:sequence>${again}${again}</xsd:sequence></xsd:complexType>`;
  bundle.set(files.use, (bundle.get(files.use) ?? "").replace("</xsd:schema>", `${type}</xsd:schema>`));
  expect(() => compile(bundle)).toThrow(/not determinist/);
});

function isEven(length: number): boolean {
  return length % 2 === 0;
}

function message(type: string, content: string): string {
  const ns = "http://www.webex.com/schemas/2002/06/service";
  return (
    `<serv:message xmlns:serv="${ns}" xmlns:ep="${ns}/ep" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">` +
    `<serv:header><serv:response><serv:result>SUCCESS</serv:result></serv:response></serv:header>` +
    `<serv:body><serv:bodyContent xsi:type="${type}">${content}</serv:bodyContent></serv:body></serv:message>`
  );
}
