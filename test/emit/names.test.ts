import fc from "fast-check";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { camelCase, isIdentifier, pascalCase } from "../../generator/emit/identifiers.js";
import { assignNames } from "../../generator/emit/names.js";
import type { ComplexType, Model } from "../../generator/model/types.js";
import type { Operation, Service } from "../../generator/service/types.js";
import { complex, enumeration, global, id, model, uri } from "./models.js";

const seed = 20_260_813;

const namesOf = (given: Model, service?: Service) => assignNames(given, service, createReport());

test.each([
  ["getUser", "GetUser", "getUser"],
  ["GetUser", "GetUser", "getUser"],
  ["x-y", "XY", "xY"],
  ["x.y", "XY", "xY"],
  ["x_y", "X_y", "x_y"],
  ["_x", "_x", "_x"],
  ["1st", "_1st", "_1st"],
  ["URL", "URL", "url"],
  ["PDFPage", "PDFPage", "pdfPage"],
  ["X509Data", "X509Data", "x509Data"],
  ["SHA1", "SHA1", "sha1"],
  ["IDs", "IDs", "iDs"],
  ["getURL", "GetURL", "getURL"],
  ["PAGE_SIZE", "PAGE_SIZE", "page_size"],
  ["ÄÖÜ", "ÄÖÜ", "äöü"],
  ["größe", "Größe", "größe"],
  ["ßa", "ßa", "ßa"],
  ["价格", "价格", "价格"],
  ["a·b", "AB", "aB"],
  ["😀", "U1F600", "u1F600"],
  ["a\u200db", "Au200Db", "au200Db"],
  ["", "_", "_"],
])("%s is %s as a type and %s as a value", (given, type, value) => {
  expect([pascalCase(given), camelCase(given)]).toEqual([type, value]);
});

test("any name gives an identifier", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      // Keywords are lower-case words, and another name is found for those.
      expect(isIdentifier(`${pascalCase(name)}_`)).toBe(true);
      expect(isIdentifier(`${camelCase(name)}_`)).toBe(true);
    }),
    { seed, numRuns: 3000 },
  );
});

test.each<readonly [string, readonly string[], readonly string[]]>([
  ["case alone", ["getUser", "GetUser"], ["getUser", "GetUser"]],
  ["dividers", ["get-user", "getUser"], ["Get_User", "GetUser"]],
  ["three", ["x-y", "x.y", "XY"], ["X_Y", "XYComplexType", "XY"]],
  [
    "globals",
    ["Array", "Promise", "Uint8Array", "string", "class"],
    ["ArrayType", "PromiseType", "Uint8ArrayType", "StringType", "Class"],
  ],
  ["globals with a type", ["Array", "ArrayType"], ["ArrayComplexType", "ArrayType"]],
])("%s", (_title, locals, want) => {
  const names = namesOf(model(locals.map((local) => complex(local, undefined))));
  expect(locals.map((local) => names.type(id(local)))).toEqual(want);
});

test("an added type renames no other", () => {
  const before = ["user", "getUser", "userType", "x-y"].map((local) => complex(local, undefined));
  const old = namesOf(model(before));
  for (const local of ["userRead", "UserAny", "get-user", "zzz", "_user", "x_y", "xY"]) {
    for (const types of [
      [...before, complex(local, undefined)],
      [complex(local, undefined), ...before],
    ]) {
      const names = namesOf(model(types));
      for (const type of before.slice(0, 3)) expect(names.type(type.id), local).toBe(old.type(type.id));
    }
  }
});

test("names do not depend on the order of declarations", () => {
  const types = ["get-user", "getUser", "GetUser", "get.user", "get_user", "User", "UserRead", "user"].map(
    (local) => complex(local, undefined),
  );
  const want = namesOf(model(types));
  fc.assert(
    fc.property(fc.shuffledSubarray(types, { minLength: types.length }), (shuffled) => {
      const names = namesOf(model(shuffled));
      for (const { id: type } of types) expect(names.type(type)).toBe(want.type(type));
    }),
    { seed, numRuns: 100 },
  );
});

test.each([
  [["UserName", "userName", "user-name", "user_name", "Other"]],
  [["Other", "user_name", "user-name", "userName", "UserName"]],
])("elements keep the name that is spelled so: %j", (locals) => {
  const elements = locals.map((local) => global(local, "user"));
  const names = namesOf(model([complex("user", undefined)], elements));
  expect(
    Object.fromEntries(elements.map(({ id: element, name }) => [name.local, names.element(element)])),
  ).toEqual({
    userName: "userNameElement",
    UserName: "UserNameElement",
    user_name: "user_nameElement",
    "user-name": "user_nameGlobalElement",
    Other: "otherElement",
  });
});

test.each([[["TEI", "Tei", "tei"]], [["tei", "Tei", "TEI"]]])("acronyms give way to words: %j", (locals) => {
  const elements = locals.map((local) => global(local, "user"));
  const types = [enumeration("UOM", "a"), enumeration("Uom", "a")];
  const names = namesOf(model(locals[0] === "TEI" ? types : [...types].reverse(), elements));
  const called = new Map(elements.map((element) => [element.name.local, names.element(element.id)]));
  expect([...called.values()].sort()).toEqual(["TEIElement", "TeiElement", "teiElement"]);
  expect(called.get("tei")).toBe("teiElement");
  expect([names.values(id("Uom")), names.values(id("UOM"))]).toEqual(["uomValues", "uomValueList"]);
});

test.each(["release", "useCodecs", "createClient", "operations", "index", "setCodec"])(
  "a namespace %s has a module that stands beside what the index exports",
  (word) => {
    const given = model([]);
    const namespaces = [{ uri, prefix: word, files: ["a.xsd"] }];
    expect(namesOf({ ...given, namespaces }).module(uri)).not.toBe(word);
  },
);

test("forms and lists give way to types of that name", () => {
  const types = [
    complex("user", undefined),
    complex("UserRead", undefined),
    enumeration("kind", "a"),
    complex("kindValues", undefined),
  ];
  const names = namesOf(model(types));
  expect(names.readType(id("user"))).toBe("UserReadForm");
  expect(names.type(id("UserRead"))).toBe("UserRead");
  expect(names.values(id("kind"))).toBe("kindValues");
  expect(names.type(id("kindValues"))).toBe("KindValues");
});

const anonymous = (path: string, kind: "element" | "attribute" = "element"): ComplexType => {
  const { name: _name, ...rest } = complex("x", undefined);
  return {
    ...rest,
    id: `{${uri}}${path}`,
    owner: {
      kind,
      id: `{${uri}}${path}`,
      local: path.split(/[/~]/u).findLast((part) => !/^\d/u.test(part)) ?? "",
    },
  };
};

test.each([
  ["MeetingType/schedule", "MeetingTypeSchedule"],
  ["element::message", "Message"],
  ["element::message/body/@x-y", "MessageBodyXY"],
  ["group::extras/extra", "ExtrasExtra"],
  ["MeetingType/$item", "MeetingTypeItem"],
  ["MeetingType/$member1", "MeetingTypeMember"],
  ["MeetingType/$member2", "MeetingTypeMember2"],
  ["MeetingType/$base", "MeetingTypeBase"],
])("the anonymous type at %s is %s", (path, want) => {
  const names = namesOf(model([complex("MeetingType", undefined), anonymous(path)]));
  expect(names.type(`{${uri}}${path}`)).toBe(want);
});

test("an anonymous type gives way to a named one", () => {
  const names = namesOf(
    model([
      anonymous("element::message"),
      complex("message", undefined),
      anonymous("a/b"),
      anonymous("a/@b", "attribute"),
      complex("a", undefined),
    ]),
  );
  expect(names.type(`{${uri}}element::message`)).toBe("MessageType");
  expect(names.type(id("message"))).toBe("Message");
  expect(names.type(`{${uri}}a/b`)).toBe("AB");
  expect(names.type(`{${uri}}a/@b`)).toBe("ABType");
});

test("the same place twice is numbered, and said", () => {
  const report = createReport();
  const names = assignNames(
    model([
      complex("a", undefined),
      anonymous("a/b"),
      anonymous("a/b~2"),
      anonymous("a/b~3"),
      anonymous("a/b~4"),
      anonymous("a/b~5"),
    ]),
    undefined,
    report,
  );
  expect(names.type(`{${uri}}a/b~5`)).toBe("AB2");
  expect(report.diagnostics.map(({ code }) => code)).toEqual(["numbered-name"]);
});

test("elements", () => {
  const names = namesOf(
    model(
      [complex("x", undefined)],
      [global("message", "x"), global("Message", "x"), global("_m", "x"), global("x-y", "x")],
    ),
  );
  expect(["message", "Message", "_m", "x-y"].map((local) => names.element(`{${uri}}${local}`))).toEqual([
    "messageElement",
    "MessageElement",
    "_mElement",
    "xYElement",
  ]);
});

test.each<readonly [string, readonly (readonly [prefix: string, uri: string])[], readonly string[]]>([
  [
    "prefixes",
    [
      ["com", "http://e.com/common"],
      ["ccts-cct", "urn:x"],
    ],
    ["com", "cctsCct"],
  ],
  [
    "prefixes that say nothing",
    [
      ["tns", "http://www.e.com/2006/06/service/user/v1"],
      ["ns1", "urn:oasis:names:tc:SAML:2.0:assertion"],
      ["", "http://e.com/schemas/order.xsd"],
    ],
    ["user", "assertion", "order"],
  ],
  ["no namespace", [["", ""]], ["schema"]],
  [
    "files that are there",
    [
      ["index", "urn:a"],
      ["client", "urn:b"],
      ["Operations", "urn:c"],
      ["runtime", "urn:d"],
      ["con", "urn:e"],
      ["class", "urn:f"],
    ],
    ["indexModule", "clientModule", "operationsModule", "runtimeModule", "conModule", "classModule"],
  ],
  [
    "case",
    [
      ["a", "urn:first"],
      ["A", "urn:second"],
    ],
    ["a", "second"],
  ],
  [
    "telling prefixes first",
    [
      ["tns", "http://e.com/user"],
      ["user", "http://e.com/x"],
    ],
    ["userModule", "user"],
  ],
])("modules: %s", (_title, namespaces, want) => {
  const given = {
    ...model([]),
    namespaces: namespaces.map(([prefix, each]) => ({ prefix, uri: each, files: [] })),
  };
  const names = namesOf(given);
  expect(namespaces.map(([, each]) => names.module(each))).toEqual(want);
});

test("operations of two services", () => {
  const operation = (service: string, name: string): Operation => ({
    service,
    name,
    request: id("x"),
    response: id("x"),
    wireType: name,
    safe: false,
  });
  const operations = [
    operation("user", "get"),
    operation("meeting", "get"),
    operation("user", "delete"),
    operation("user", "list"),
  ];
  const service: Service = {
    convention: "x",
    operations,
    slots: [],
    scalars: [],
    omitted: [],
    modules: {},
    runtime: "x",
    title: "X",
  };
  const names = namesOf(model([complex("x", undefined)]), service);
  expect(operations.map((each) => names.operation(each))).toEqual([
    "userGet",
    "meetingGet",
    "deleteOperation",
    "list",
  ]);
});
