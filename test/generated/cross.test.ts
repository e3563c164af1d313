/** A newer server does no harm, nor does an older one: each client reads the answers of every release. */
import { expect, test } from "vitest";
import { compareReleases } from "../../generator/release/order.js";
import type { Exchange } from "../../templates/runtime/webex/index.js";
import { sampleOf } from "../../templates/runtime/webex/mock-sample.js";
import { bytesOf, messages } from "../messages/messages.js";
import { load, operationsOf, releases } from "./releases.js";

const responses = messages.filter(
  ({ file, direction, outcome }) =>
    direction === "response" &&
    outcome === "SUCCESS" &&
    // The answer to another question: no client may take it for the answer to this one.
    file !== "envelope/unknown-type.response.xml",
);

interface Client {
  readonly [service: string]: Readonly<
    Record<string, { exchange: (request: unknown) => Promise<Exchange<Readonly<Record<string, unknown>>>> }>
  >;
}

interface ClientModule {
  readonly createClient: (options: object) => Client;
}

test("the client of every release reads the answers of every other release", { timeout: 240_000 }, async () => {
  expect(releases.length).toBeGreaterThanOrEqual(13);
  const table: (readonly [client: string, cells: readonly string[]])[] = [];
  let read = 0;
  for (const release of releases) {
    const { createClient } = (await load(release, "client")) as unknown as ClientModule;
    const operations = await operationsOf(release);
    const cells: string[] = [];
    for (const server of releases) {
      // What a server of that release may answer: every message whose content it already knows.
      const known = responses.filter((message) => compareReleases(message.release, server) <= 0);
      let good = 0;
      let unknown = 0;
      for (const message of known) {
        const [service = "", name = ""] = message.operation.split(".");
        const client = createClient({
          siteName: "example",
          credentials: { webExID: "ana", password: "secret" },
          fetch: () => Promise.resolve(new Response(bytesOf(message) as BodyInit, { status: 200 })),
          retry: false,
        });
        const method = client[service]?.[name];
        expect(method, `${message.operation} of ${release}`).toBeDefined();
        const operation = operations.get(message.operation);
        const request = operation === undefined ? {} : sampleOf(operation.request, { mode: "minimal" });
        const answer = await method?.exchange(request);
        expect(answer?.value, `${message.file} read by ${release}`).toBeTypeOf("object");
        const newer = (answer?.diagnostics ?? []).filter(({ code }) => code === "unknown-element");
        if (newer.length > 0) unknown++;
        good++;
        read++;
      }
      cells.push(`${good}/${known.length}${unknown > 0 ? `(${unknown})` : ""}`);
      expect(good).toBe(known.length);
    }
    table.push([release, cells]);
  }
  const width = 10;
  const line = (first: string, cells: readonly string[]): string =>
    first.padEnd(10) + cells.map((cell) => cell.padStart(width)).join("");
  console.log(
    [
      "answers read / answers sent, client by server; in brackets: answers with content the client does not know",
      line("client", releases),
      ...table.map(([client, cells]) => line(client, cells)),
    ].join("\n"),
  );
  expect(read).toBeGreaterThan(1000);
});
