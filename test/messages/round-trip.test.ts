import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { XmlDocument, type XsdValidator } from "libxml2-wasm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import type { Model } from "../../generator/model/types.js";
import { resolveModel } from "../../generator/model/resolve.js";
import { linkDescriptors } from "../../generator/descriptors.js";
import { loadBundle, readDocuments } from "../../generator/schema/bundle.js";
import { webex } from "../../generator/service/webex.js";
import { decodeResult } from "../../templates/runtime/decode.js";
import type { ElementDescriptor } from "../../templates/runtime/descriptor.js";
import { encode } from "../../templates/runtime/encode.js";
import { decodeXmlText } from "../../templates/runtime/encoding.js";
import { isImported, readBundle, releases } from "../bundles/bundle.js";
import { compile } from "../bundles/validator.js";
import { bytesOf, messages, type Message } from "./messages.js";

/** Every message through the descriptors and the runtime that generated clients are made of. */

const root = fileURLToPath(new URL("../../xsd", import.meta.url));

interface Codec {
  readonly model: Model;
  readonly message: ElementDescriptor;
  /** Absent for a release that somebody imported: what is valid there is not ours to say. */
  readonly validator?: XsdValidator;
}

const codecs = new Map<string, Codec>();

beforeAll(async () => {
  for (const release of releases) {
    const report = createReport();
    const bundle = await loadBundle({ path: `${root}/${release}`, release }, report);
    if (!bundle) throw new Error(`cannot load ${release}`);
    const model = resolveModel(release, readDocuments(bundle, report), bundle, report);
    const service = webex.describe(model);
    if (!service) throw new Error(`${release} is no Webex schema`);
    const schema = { model, service } as unknown as Parameters<typeof linkDescriptors>[0];
    const source = { release } as unknown as Parameters<typeof linkDescriptors>[1];
    const descriptors = await linkDescriptors(schema, source);
    codecs.set(release, {
      model,
      message: descriptors.element("{http://www.webex.com/schemas/2002/06/service}message"),
      ...(!isImported(release) && { validator: compile(readBundle(release)) }),
    });
  }
});

afterAll(() => {
  for (const { validator } of codecs.values()) validator?.dispose();
});

function codecOf(release: string): Codec {
  const codec = codecs.get(release);
  if (!codec) throw new Error(`no codec of ${release}`);
  return codec;
}

function decode(text: string, release: string) {
  return decodeResult(codecOf(release).message, text, { unknown: "keep", unqualified: "accept" });
}

function encoded(value: unknown, message: Message, release: string): string {
  const { model, message: descriptor } = codecOf(release);
  return encode(descriptor, value as never, {
    prefixes: Object.fromEntries(
      model.namespaces.filter(({ prefix }) => prefix !== "").map(({ uri, prefix }) => [uri, prefix]),
    ),
    check: message.valid && !isImported(release),
    ...(message.form === "wire" && { qualified: false }),
  });
}

test.each(messages)("$file is the same after decoding, encoding and decoding", (message) => {
  const first = decode(decodeXmlText(bytesOf(message)), message.release);
  const { validator } = codecOf(message.release);
  if (validator) expect(first.diagnostics.map(({ code }) => code)).toEqual(message.tells ?? []);
  const text = encoded(first.value, message, message.release);
  const second = decode(text, message.release);
  expect(second.value).toEqual(first.value);
  if (!message.valid || !validator) return;
  using document = XmlDocument.fromString(text);
  validator.validate(document);
});

test("a request in wire form decodes to what its twin in schema form does", () => {
  const different: string[] = [];
  for (const message of messages) {
    if (message.twin === undefined) continue;
    const read = (file: string): unknown => {
      const { value } = decode(decodeXmlText(bytesOf({ file })), message.release);
      const { $unknown: _schemaLocation, ...rest } = value as Readonly<Record<string, unknown>>;
      // The one names its type as Java does, the other as the schema does.
      return JSON.parse(JSON.stringify(rest).replace(/"\$type":"[^"]*"/gu, '"$type":""'));
    };
    if (!isDeepStrictEqual(read(message.file), read(message.twin))) different.push(message.file);
  }
  expect(different).toEqual([]);
});

test("the codec of every release gives back the responses of every other, with what it does not know", () => {
  const lost: string[] = [];
  for (const message of messages) {
    if (message.direction !== "response") continue;
    for (const client of releases) {
      const first = decode(decodeXmlText(bytesOf(message)), client);
      const again = decode(encoded(first.value, { ...message, valid: false }, client), client);
      if (!isDeepStrictEqual(again.value, first.value)) lost.push(`${client} reading ${message.file}`);
    }
  }
  expect(lost).toEqual([]);
});
