/**
 * What one kept string of each of ten documents keeps in memory, in a process of its own: `npx tsx --expose-gc
 * bench/retained.ts [views]` prints bytes, and those of the documents.
 */
import { decode, type ElementDescriptor } from "../templates/runtime/index.js";
import { listDocument, messageElement } from "./documents.js";

const collect = (globalThis as { gc?: () => void }).gc;
if (!collect) throw new Error("run with --expose-gc");
const detach = process.argv[2] !== "views";
const bytes = Buffer.from(listDocument(500));
const kept: unknown[] = [];

function readOne(): void {
  const { body } = decode(messageElement as ElementDescriptor, bytes, { detach }) as {
    body: { bodyContent: { session: Record<string, unknown>[] } };
  };
  const one = body.bodyContent.session.find(({ description }) => String(description).length > 20);
  kept.push(one?.["hostEmail"], one?.["description"], one?.["timeZone"]);
}

readOne();
collect();
const before = process.memoryUsage().heapUsed;
for (let k = 0; k < 10; k++) readOne();
// What the engine's compiler is at work on in other threads it holds on to.
await new Promise((resolve) => setTimeout(resolve, 500));
collect();
const retained = process.memoryUsage().heapUsed - before;
console.log(JSON.stringify({ kept: kept.length, retained, documents: 10 * bytes.length }));
