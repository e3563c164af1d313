import { existsSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createClient, operations } from "../../generated/v41.12.0/index.js";
import { WebexApiError, type Operation } from "../../generated/runtime/webex/index.js";

const folder = resolve(import.meta.dirname, "../../../shared/webex/samples");
const files = existsSync(folder)
  ? readdirSync(folder).filter((name) => /^(?:resp|notes-.*-resp)-.*\.xml$/u.test(name))
  : [];
const byResponse = new Map(
  (Object.values(operations) as Operation[]).map((operation) => [
    operation.response.name.replace(/^\{.*\}/u, "").toLowerCase(),
    operation,
  ]),
);

test.skipIf(files.length > 0)(
  "captured answers are read (skipped: there are none beside the repository)",
  () => {
    expect(files).toEqual([]);
  },
);

test.each(files)("captured or documented answer: %s", async (name) => {
  const bytes = readFileSync(resolve(folder, name));
  const text = bytes.toString("utf8");
  const type = /xsi:type="[\w.]*:?(\w+)"/u.exec(text)?.[1]?.toLowerCase() ?? "";
  const operation = byResponse.get(type) ?? operations.getUser;
  const client = createClient({
    siteName: "example",
    credentials: { anonymous: true },
    retry: false,
    // Printed samples mask ids (1XXXXXXX7), which are then no numbers.
    invalid: "report",
    fetch: () =>
      Promise.resolve(new Response(new Uint8Array(bytes), { headers: { "content-type": "text/xml" } })),
    checks: [],
  });
  const request = new Proxy({}, { ownKeys: () => [] });
  const outcome = await client
    .exchange({ ...operation, request: { ...operation.request, content: [], base: () => nothing } }, request)
    .catch((error: unknown) => error);
  if (outcome instanceof WebexApiError) {
    expect(text).toContain("FAILURE");
    expect(outcome.exceptionID).toMatch(/^\d{6}$/u);
    return;
  }
  expect(text).toContain("SUCCESS");
  const { value, diagnostics } = outcome as { value: object; diagnostics: { code: string; path: string }[] };
  expect(Object.keys(value).length, name).toBeGreaterThan(0);
  // Nothing that a site really said is unknown to the newest release.
  expect(diagnostics.filter(({ code }) => code === "unknown-type" || code === "root")).toEqual([]);
  expect(diagnostics.filter(({ code }) => code === "unknown-element")).toEqual([]);
});

const nothing = { kind: "struct", name: "nothing", ns: "" } as const;
