/** Values that another realm made: test runners and frames have a `Uint8Array` and an `Error` of their own. */
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import {
  base64Binary,
  decode,
  decodeStream,
  element,
  encode,
  struct,
  validate,
  type ElementDescriptor,
  type Struct,
} from "../../templates/runtime/index.js";

interface Files {
  readonly file: readonly Uint8Array[];
}
const files: Struct<Files> = struct({ name: "files", content: { "file*": base64Binary } });
const root: ElementDescriptor<Files> = element({ name: "files", type: () => files });

const text = "<files><file>AQI=</file><file>Aw==</file></files>";
/** The same bytes, with constructors that are not ours. */
const foreign = (bytes: Uint8Array): Uint8Array =>
  runInNewContext("new Uint8Array(bytes)", { bytes: [...bytes] }) as Uint8Array;
const document = foreign(new TextEncoder().encode(text));

test("bytes of another realm are bytes", async () => {
  expect(document instanceof Uint8Array).toBe(false);
  const value = decode(root, document);
  expect(value).toEqual(decode(root, text));
  const written = { file: value.file.map(foreign) };
  expect(encode(root, written)).toBe(encode(root, value));
  expect(validate(root, written)).toEqual([]);
  const read: unknown[] = [];
  for await (const file of decodeStream(root, document, ["file"])) read.push(file);
  expect(read).toEqual(value.file);
});
