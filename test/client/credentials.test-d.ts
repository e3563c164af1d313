import { expectTypeOf, test } from "vitest";
import type { Credentials } from "../../templates/runtime/webex/index.js";

test("credentials hold one key and no other", () => {
  expectTypeOf<{ email: string; sessionTicket: string }>().toExtend<Credentials>();
  expectTypeOf<{ accessToken: string; expiresAt: number }>().toExtend<Credentials>();
  expectTypeOf<{ anonymous: true }>().toExtend<Credentials>();
  expectTypeOf<{ webExID: string; password: string; sessionTicket: string }>().not.toExtend<Credentials>();
  expectTypeOf<{ anonymous: true; accessToken: string }>().not.toExtend<Credentials>();
  expectTypeOf<{ webExID: string; samlResponse: string; password: string }>().not.toExtend<Credentials>();
});
