import { getEventListeners } from "node:events";
import { expect, test, vi } from "vitest";
import { createLimit, sleep } from "../../templates/runtime/webex/limit.js";
import { delayBefore, retryPolicyOf } from "../../templates/runtime/webex/retry.js";
import { charsetOf, retryAfterOf } from "../../templates/runtime/webex/transport.js";

test("no more than the limit get in, first come, first served", async () => {
  const limit = createLimit(2);
  const order: number[] = [];
  let inside = 0;
  let most = 0;
  await Promise.all(
    Array.from({ length: 20 }, async (_, index) => {
      const leave = await limit.acquire(undefined);
      order.push(index);
      most = Math.max(most, ++inside);
      await sleep(1, undefined);
      inside--;
      leave();
      leave();
    }),
  );
  expect(most).toBe(2);
  expect(order).toEqual([...order].sort((a, b) => a - b));
  expect(inside).toBe(0);
});

test("who gives up waiting takes no place", async () => {
  const limit = createLimit(1);
  const leave = await limit.acquire(undefined);
  const controller = new AbortController();
  const waiting = limit.acquire(controller.signal);
  controller.abort(new Error("enough"));
  await expect(waiting).rejects.toThrow("enough");
  const next = limit.acquire(undefined);
  leave();
  (await next)();
  (await limit.acquire(undefined))();
});

test("many that wait share one listener of a signal, and all hear it", async () => {
  const limit = createLimit(10);
  const controller = new AbortController();
  const { signal } = controller;
  const all = Array.from({ length: 30 }, async () => {
    await limit.acquire(signal);
    await sleep(60_000, signal);
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(getEventListeners(signal, "abort")).toHaveLength(1);
  controller.abort("enough");
  expect(await Promise.allSettled(all)).toEqual(
    Array.from({ length: 30 }, () => ({ status: "rejected", reason: "enough" })),
  );
});

test("a pause holds everybody back, and can be given up", async () => {
  const limit = createLimit(1);
  limit.pause(60);
  const started = performance.now();
  (await limit.acquire(undefined))();
  expect(performance.now() - started).toBeGreaterThan(50);
  limit.pause(60_000);
  await expect(limit.acquire(AbortSignal.timeout(10))).rejects.toThrow();
});

test("waits grow, stay below the ceiling, and heed the server", () => {
  const policy = retryPolicyOf({ baseDelay: 100, maxDelay: 1000 });
  expect([2, 3, 4, 5, 6, 7].map((next) => delayBefore(next, policy, () => 1))).toEqual([
    100, 200, 400, 800, 1000, 1000,
  ]);
  expect(delayBefore(9, policy, () => 0)).toBe(0);
  expect(delayBefore(2, policy, () => 0.5, 5000)).toBe(5000);
  expect(delayBefore(2, policy, () => 0.5, 1e9)).toBe(policy.rateLimitDelay);
  expect(retryPolicyOf(false)).toMatchObject({ attempts: 1, rateLimitAttempts: 0 });
});

test.each([
  [null, undefined],
  ["text/xml", undefined],
  ["text/xml;charset=UTF-8", "UTF-8"],
  ['text/xml; Charset="iso-8859-1" ; x=y', "iso-8859-1"],
  ["text/xml; charset='utf-8'", "utf-8"],
  ["text/xml; charset=", undefined],
])("the charset of %j is %j", (header, charset) => {
  expect(charsetOf(header)).toBe(charset);
});

test.each([
  ["", 0],
  ["7", 7000],
  ["Thu, 01 Jan 1970 00:00:09 GMT", 8000],
  ["Thu, 01 Jan 1970 00:00:00 GMT", 0],
  ["soon", 0],
  ["soon 2040", 0],
  ["-5", 0],
  ["99999999999", 99999999999000],
  ["7, 7", 7000],
  ["Thursday, 01-Jan-70 00:00:09 GMT", 8000],
  ["Thu Jan  1 23:59:59 2040", 0],
])("Retry-After %j asks for %j ms", (value, milliseconds) => {
  expect(retryAfterOf(new Headers({ "retry-after": value }), 1000)).toBe(milliseconds);
});

test("a clock that is set ends no pause, and makes none longer", async () => {
  const limit = createLimit(1);
  limit.pause(60);
  const started = performance.now();
  vi.spyOn(Date, "now").mockReturnValue(0);
  const held = limit.acquire(AbortSignal.timeout(2000));
  await expect(held.finally(() => vi.restoreAllMocks())).resolves.toBeTypeOf("function");
  expect(performance.now() - started).toBeGreaterThan(50);
});
