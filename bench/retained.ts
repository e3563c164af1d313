/**
 * What one kept string of each of ten documents keeps in memory, in a process of its own: `npx tsx --expose-gc
 * bench/retained.ts [views|dropped]` prints bytes, and those of the documents. `dropped`: what stays of views that nobody has.
 */
import { decode, type ElementDescriptor } from "../templates/runtime/index.js";
import { listDocument, messageElement } from "./documents.js";

const collect = (globalThis as { gc?: () => void }).gc;
if (!collect) throw new Error("run with --expose-gc");
const mode = process.argv[2];
const bytes = Buffer.from(listDocument(2000));
const kept: unknown[] = [];

function readOne(detach: boolean): void {
  const { body } = decode(messageElement as ElementDescriptor, bytes, { detach }) as {
    body: { bodyContent: { session: Record<string, unknown>[] } };
  };
  const one = body.bodyContent.session.find(({ description }) => String(description).length > 20);
  kept.push(one?.["hostEmail"], one?.["description"], one?.["timeZone"]);
}

readOne(true);
collect();
const before = process.memoryUsage().heapUsed;
for (let k = 0; k < 10; k++) readOne(mode === undefined);
if (mode === "dropped") kept.length = 0;
// What the engine's compiler is at work on in other threads it holds on to.
await new Promise((resolve) => setTimeout(resolve, 500));
collect();
const retained = process.memoryUsage().heapUsed - before;
console.log(JSON.stringify({ kept: kept.length, retained, documents: 10 * bytes.length }));
