import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, expectTypeOf, test } from "vitest";
import {
  decodeResult,
  decodeStream,
  DecodeError,
  fullValidation,
  encode,
  int,
  string,
  XmlError,
  type Diagnostic,
  type ElementDescriptor,
  type Struct,
  type XmlSource,
} from "../../templates/runtime/index.js";
import { listDocument, messageElement } from "../../bench/documents.js";
import { roots } from "./random.js";

interface Item {
  readonly id: number;
  readonly name?: string;
}
interface List {
  readonly title?: string;
  readonly page?: readonly { readonly item?: readonly Item[] }[];
  readonly total?: number;
}
const item: Struct<Item> = {
  kind: "struct",
  name: "{urn:l}item",
  ns: "urn:l",
  content: [
    { name: "id", type: int },
    { name: "name", type: string, min: 0 },
  ],
};
const page: Struct = {
  kind: "struct",
  name: "{urn:l}page",
  ns: "urn:l",
  content: [{ name: "item", type: item, min: 0, max: Infinity }],
};
const list: ElementDescriptor<List> = {
  kind: "element",
  name: "{urn:l}list",
  tag: "list",
  type: {
    kind: "struct",
    name: "{urn:l}listType",
    ns: "urn:l",
    content: [
      { name: "title", type: string, min: 0 },
      { name: "page", type: page, min: 0, max: Infinity },
      { name: "total", type: int },
    ],
  },
};

async function collect(source: XmlSource, options = {}) {
  const diagnostics: Diagnostic[] = [];
  const records: Item[] = [];
  const report = (one: Diagnostic) => diagnostics.push(one);
  for await (const record of decodeStream(list, source, ["page", "item"], { report, ...options }))
    records.push(record);
  return { records, diagnostics };
}

const tricky =
  `<?xml version="1.0"?>\r\n<!-- <l:item> --><l:list xmlns:l='urn:l' note=">">
 <l:title><![CDATA[</l:list>]]> J\u00fcrgen \u4f1a \u{1f600} &amp;</l:title>\r
 <!-- > --><l:page><?pi <x> ?><l:item><l:id>1</l:id><l:name>a&#13;\r\nb</l:name></l:item>
 <l:item a='<x'.../>`.replace("<l:item a='<x'.../>", "<l:item><l:id>2</l:id></l:item></l:page>") +
  `<l:page/><l:page
 >text<p:item xmlns:p="urn:l"><p:id>drei</p:id><other/></p:item><l:item/>
 <unknown><l:item><l:id>9</l:id></l:item></unknown></l:page><l:total>3</l:total></l:list><!-- end -->\n`;

test("records and findings are those of the whole document, wherever chunks end", async () => {
  const whole = decodeResult(list, tricky);
  const expected = (whole.value.page ?? []).flatMap((one) => one.item ?? []);
  expect(expected).toHaveLength(4);
  expect(whole.diagnostics.length).toBeGreaterThan(4);
  const places = ({ code, message, line, column }: Diagnostic) => ({ code, message, line, column });
  const utf8 = new TextEncoder().encode(tricky);
  const check = async (source: XmlSource) => {
    const { records, diagnostics } = await collect(source);
    expect(records).toEqual(expected);
    expect(diagnostics.map(places)).toEqual(whole.diagnostics.map(places));
  };
  await check(tricky);
  await check(utf8);
  await check(Array.from(tricky));
  await check(tricky.split(""));
  await check(Array.from(utf8, (byte) => Uint8Array.of(byte)));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat({ max: utf8.length }), { maxLength: 8 }),
      fc.boolean(),
      async (cuts, text) => {
        const borders = [0, ...cuts, utf8.length].sort((a, b) => a - b);
        await check(
          borders
            .slice(1)
            .map((end, k) => (text ? tricky.slice(borders[k], end) : utf8.slice(borders[k], end))),
        );
      },
    ),
    { seed: 7, numRuns: 300 },
  );
  expect((await collect(tricky)).diagnostics.map(({ path }) => path)).toContain("/page/0/item/2/id");
});

const latin = tricky.replace("\u4f1a \u{1f600} ", "");
const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();
test.each<[string, Buffer, string?]>([
  ["UTF-8 with a mark", Buffer.from(`\ufeff${tricky}`)],
  ["UTF-16LE with a mark", Buffer.from(`\ufeff${tricky}`, "utf16le")],
  ["UTF-16LE without a mark", Buffer.from(tricky, "utf16le")],
  ["UTF-16BE with a mark", swapped(Buffer.from(`\ufeff${tricky}`, "utf16le"))],
  ["ISO-8859-1 by declaration", Buffer.from(latin.replace('"?>', '" encoding="ISO-8859-1"?>'), "latin1")],
  ["ISO-8859-1 by charset", Buffer.from(latin, "latin1"), "iso-8859-1"],
  ["windows-1252", Buffer.from(latin.replace('"?>', '" encoding="windows-1252"?>'), "latin1")],
])("%s", async (_, bytes, charset) => {
  const expected = (decodeResult(list, bytes, charset ? { charset } : {}).value.page ?? []).flatMap(
    (one) => one.item ?? [],
  );
  for (const size of [1, 3, 7, 300]) {
    const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_one, k) =>
      Uint8Array.from(bytes.subarray(k * size, (k + 1) * size)),
    );
    expect((await collect(chunks, charset ? { charset } : {})).records).toEqual(expected);
  }
});

test.each<[string, string]>([
  ["nothing", ""],
  ["no markup", "x"],
  ["a start", "<l:list xmlns:l='urn:l'>"],
  ["a wrong end", "<l:list xmlns:l='urn:l'>\n<l:page></l:pag></l:list>"],
  [
    "a wrong end in a record",
    "<l:list xmlns:l='urn:l'><l:page>\n\n<l:item><l:id>1</l:ix></l:item></l:page></l:list>",
  ],
  ["two roots", "<l:list xmlns:l='urn:l'><l:total>1</l:total></l:list><more/>"],
  ["a DOCTYPE", "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>"],
  ["< in a tag", "<l:list xmlns:l='urn:l'><l:page <x/></l:page></l:list>"],
  ["another root", "<other/>"],
  [
    "an unknown entity",
    "<l:list xmlns:l='urn:l'>\r\n<l:page>\r<l:item><l:id>1</l:id></l:item>\n&nope;</l:page></l:list>",
  ],
  ["a prefix without a namespace", "<l:list xmlns:l='urn:l'><l:page><x:item/></l:page></l:list>"],
  ["an end too many", "<l:list xmlns:l='urn:l'></l:list></l:list>"],
])("%s is refused at the place where the whole document is", async (_, xml) => {
  let whole: unknown;
  try {
    decodeResult(list, xml);
  } catch (error) {
    whole = error;
  }
  expect(whole).toBeInstanceOf(XmlError);
  const { message, line, column, offset, code } = whole as XmlError;
  for (const source of [xml, xml.split("")])
    await expect(collect(source)).rejects.toMatchObject({ message, line, column, offset, code });
});

test("a record without end is refused before memory is", async () => {
  const endless = function* () {
    yield "<l:list xmlns:l='urn:l'><l:page><l:item><l:name>";
    for (;;) yield "x".repeat(10_000);
  };
  await expect(collect(endless(), { maxLength: 1_000_000 })).rejects.toMatchObject({ code: "limit" });
});

test("what is missing in a record can be an error; what is missing around records is none", async () => {
  const xml = "<l:list xmlns:l='urn:l'><l:page><l:item/></l:page></l:list>";
  await expect(collect(xml, { missing: "throw" })).rejects.toThrow(DecodeError);
  await expect(collect(xml, { missing: "throw" })).rejects.toThrow("/page/0/item/0/id (line 1)");
  expect((await collect(xml.replace("<l:item/>", ""), { missing: "throw" })).records).toEqual([]);
});

test("a path that is none is told, with those that are", async () => {
  const run = async (path: readonly [string, ...string[]]) => {
    for await (const one of decodeStream(list as ElementDescriptor, tricky, path)) void one;
  };
  await expect(run(["pages", "item"])).rejects.toThrow(
    "there is no pages at /pages/item; known there: title, page, total",
  );
  await expect(run(["page", "id"])).rejects.toThrow("known there: item");
});

test("a stream is not validated, and says so", async () => {
  const asked = { validate: fullValidation };
  await expect(collect(tricky, asked)).rejects.toThrow("a stream is not validated");
  // @ts-expect-error There is no such option.
  decodeStream(list, "", ["total"], asked);
});

test("records are typed", () => {
  const records = decodeStream(list, "", ["page", "item"]);
  expectTypeOf(records).toEqualTypeOf<AsyncGenerator<Item, void, undefined>>();
  expectTypeOf(decodeStream(list, "", ["total"])).toEqualTypeOf<AsyncGenerator<number, void, undefined>>();
});

test("who stops early closes the source", async () => {
  let closed = false;
  const source = async function* () {
    try {
      yield tricky;
      await new Promise(() => undefined);
    } finally {
      closed = true;
    }
  };
  for await (const { id } of decodeStream(list, source(), ["page", "item"])) if (id === 1) break;
  expect(closed).toBe(true);
});

test("any type and any document: the records of a property are those of the whole (seed 3)", async () => {
  let some = 0;
  await fc.assert(
    fc.asyncProperty(
      roots,
      fc.array(fc.nat(), { maxLength: 5 }),
      fc.nat(),
      async ({ root, value }, cuts, which) => {
        const xml = encode(root, value as never);
        const whole = decodeResult(root, xml).value as Record<string, unknown>;
        if (typeof whole !== "object" || whole === null || whole instanceof Uint8Array) return;
        const keys = (Array.isArray(whole) ? [] : Object.keys(whole)).filter((key) => !/^[@$]/.test(key));
        const key = keys[which % keys.length];
        if (key === undefined) return;
        const borders = [0, ...cuts.map((cut) => cut % xml.length), xml.length].sort((a, b) => a - b);
        const found: unknown[] = [];
        const report = (one: Diagnostic) => expect(one).toBeUndefined();
        const chunks = borders.slice(1).map((end, k) => xml.slice(borders[k], end));
        for await (const one of decodeStream(root, chunks, [key], { report })) found.push(one);
        const own = whole[key];
        expect(found).toEqual(Array.isArray(own) ? own : [own]);
        some += found.length;
      },
    ),
    { seed: 3, numRuns: 800 },
  );
  expect(some).toBeGreaterThan(150);
});

test("memory does not grow with the document", { timeout: 120_000 }, async () => {
  const count = async (megabytes: number) => {
    const xml = listDocument(200);
    const [head = "", ...rest] = xml.split(/(?=<ep:session>)/u);
    const [last = "", tail = ""] = (rest.pop() ?? "").split(/(?<=<\/ep:session>)/u);
    const block = rest.join("") + last;
    const blocks = Math.ceil((megabytes * 1e6) / block.length);
    const source = function* () {
      yield head;
      for (let k = 0; k < blocks; k++) yield block;
      yield tail;
    };
    let records = 0;
    for await (const one of decodeStream(messageElement, source(), [
      "body",
      "bodyContent",
      "session",
    ] as never))
      if (one) records++;
    return [records, blocks * 200];
  };
  const [records, expected] = await count(5);
  expect(records).toBe(expected);
  // The same in a process of its own, where nothing else is in memory.
  const script = (megabytes: number) =>
    execFileSync(process.execPath, ["--import", "tsx", "bench/stream.ts", String(megabytes), "--json"], {
      cwd: new URL("../..", import.meta.url),
      encoding: "utf8",
    });
  const run = (megabytes: number) => JSON.parse(script(megabytes)) as { records: number; rss: number };
  // By then the process has all the room that it takes for new values.
  const small = run(40);
  const large = run(160);
  console.log(
    `RSS of 40 MB: ${(small.rss / 1e6).toFixed(0)} MB, of 160 MB: ${(large.rss / 1e6).toFixed(0)} MB`,
  );
  expect(large.records).toBeGreaterThan(small.records * 3.9);
  expect(large.rss - small.rss).toBeLessThan(60e6);
});

test("a long record in chunks of a character takes no quadratic time", async () => {
  const name = "n".repeat(300_000);
  const text = `<l:list xmlns:l="urn:l"><l:page><!--${name}--><l:item><l:id>1</l:id><l:name>${name}</l:name></l:item><l:item><l:id>2</l:id></l:item></l:page></l:list>`;
  const { records } = await collect(Array.from(text));
  expect(records).toEqual([{ id: 1, name }, { id: 2 }]);
});
