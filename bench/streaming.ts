/** The program of `stream.ts`: a long list as a stream, which is made while it is read. Says time, and the most memory that it had. */
import { decodeStream, type ElementDescriptor } from "../templates/runtime/index.js";
import { listDocument, messageElement } from "./documents.js";
import { peakMemory } from "./peak.js";

const megabytes = Number(process.argv[2] ?? 1000);
const [head = "", ...sessions] = listDocument(200).split(/(?=<ep:session>)/u);
const [last = "", tail = ""] = (sessions.pop() ?? "").split(/(?<=<\/ep:session>)/u);
const block = Buffer.from(sessions.join("") + last);
const blocks = Math.ceil((megabytes * 1e6) / block.length);

/** Chunks as a socket gives them. */
function* chunks(): Generator<Uint8Array> {
  yield Buffer.from(head);
  for (let k = 0; k < blocks; k++)
    for (let at = 0; at < block.length; at += 65_536) yield block.subarray(at, at + 65_536);
  yield Buffer.from(tail);
}

const begin = performance.now();
let records = 0;
let keys = 0;
const path = ["body", "bodyContent", "session"] as const;
for await (const one of decodeStream(messageElement as ElementDescriptor, chunks(), path)) {
  records++;
  keys += (one as { sessionKey?: number }).sessionKey === undefined ? 0 : 1;
}
const seconds = (performance.now() - begin) / 1000;
const rss = peakMemory();
const bytes = blocks * block.length;
if (process.argv.includes("--json")) console.log(JSON.stringify({ records, keys, bytes, seconds, rss }));
else {
  console.log(
    `${(bytes / 1e6).toFixed(0)} MB, ${records} records: ${seconds.toFixed(1)} s, ${(bytes / 1e6 / seconds).toFixed(0)} MB/s, at most ${(rss / 1e6).toFixed(0)} MB of memory`,
  );
}
