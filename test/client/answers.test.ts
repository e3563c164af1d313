/** Answers as HTTP servers send them: encodings of text, compressions, lengths. */
import { createServer, type OutgoingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { call, connect } from "../../templates/runtime/webex/client.js";
import { getUser, optionsFor, success } from "./site.js";

let answer: { readonly headers: OutgoingHttpHeaders; readonly body: Uint8Array; readonly isCut?: boolean };
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    response.writeHead(200, answer.headers);
    response.write(answer.body, () => (answer.isCut ? response.destroy() : response.end()));
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const ask = (): Promise<unknown> => {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return call(connect(optionsFor({ url }, { retry: false })), getUser, { webExId: "a" });
};

const written = (declared: string): string =>
  success(
    "use:getUserResponse",
    "<use:firstName>Zo\u00eb</use:firstName><use:webExId>a</use:webExId>",
    "",
    declared,
  );
const utf8 = Buffer.from(written("UTF-8"));
const latin1 = Buffer.from(written("ISO-8859-1"), "latin1");
const utf16 = Buffer.from(written("UTF-16"), "utf16le");

test.each<[string, Uint8Array, OutgoingHttpHeaders]>([
  ["UTF-8", utf8, { "content-type": "text/xml;charset=UTF-8" }],
  [
    "UTF-8 with a mark",
    Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), utf8]),
    { "content-type": "text/xml" },
  ],
  [
    "UTF-8 that its declaration calls ISO-8859-1",
    Buffer.from(written("ISO-8859-1")),
    { "content-type": "text/xml;charset=UTF-8" },
  ],
  ["ISO-8859-1", latin1, { "content-type": "text/xml;charset=ISO-8859-1" }],
  ["ISO-8859-1 that only its declaration names", latin1, { "content-type": "text/xml" }],
  ["ISO-8859-1 without a media type", latin1, {}],
  ["ISO-8859-1 that the header calls UTF-8", latin1, { "content-type": "text/xml;charset=UTF-8" }],
  ["an encoding that is only the header's word", utf8, { "content-type": "text/xml;charset=klingon" }],
  ["UTF-16", utf16, { "content-type": "text/xml;charset=UTF-16" }],
  ["UTF-16 of the other order", Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), {}],
  ["gzip", gzipSync(utf8), { "content-encoding": "gzip" }],
  ["deflate", deflateSync(utf8), { "content-encoding": "deflate" }],
  ["deflate without its header", deflateRawSync(utf8), { "content-encoding": "deflate" }],
  ["br", brotliCompressSync(utf8), { "content-encoding": "br" }],
])("%s", async (_, body, headers) => {
  answer = { headers, body };
  expect(await ask()).toEqual({ firstName: "Zo\u00eb", webExId: "a" });
});

test.each<[string, Uint8Array, OutgoingHttpHeaders, string]>([
  [
    "ISO-8859-1 that nobody names",
    Buffer.from(written("UTF-8"), "latin1"),
    { "content-type": "text/xml;charset=UTF-8" },
    "malformed-answer",
  ],
  ["text that is said to be gzip", utf8, { "content-encoding": "gzip" }, "transport"],
  ["gzip that is not said to be", gzipSync(utf8), {}, "malformed-answer"],
  ["fewer bytes than announced", utf8, { "content-length": utf8.length + 9 }, "transport"],
])("%s: no answer", async (_, body, headers, kind) => {
  answer = { headers, body, isCut: "content-length" in headers };
  await expect(ask()).rejects.toMatchObject({ kind });
});
