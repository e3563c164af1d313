import { expectTypeOf, test } from "vitest";
import {
  createClient,
  isApiError,
  operations,
  user,
  type Client,
  type ExceptionId,
} from "../../generated/v41.12.0/index.js";
import {
  call,
  toRequest,
  type Exchange,
  type Operation,
  type WebexApiError,
} from "../../generated/runtime/webex/index.js";

const client = createClient({ siteName: "example", credentials: { anonymous: true } });

test("requests and answers are typed, by service object and by single operation", () => {
  expectTypeOf(client).toEqualTypeOf<Client>();
  expectTypeOf(client.user.getUser({ webExId: "a" })).toEqualTypeOf<Promise<user.GetUserResponse>>();
  expectTypeOf(call(client.connection, operations.getUser, { webExId: "a" })).toEqualTypeOf<
    Promise<user.GetUserResponse>
  >();
  expectTypeOf(client.user.getUser.exchange({ webExId: "a" })).toEqualTypeOf<
    Promise<Exchange<user.GetUserResponse>>
  >();
  expectTypeOf(operations.getUser).toExtend<Operation<user.GetUser, user.GetUserResponse>>();
  // @ts-expect-error the member is webExId
  void client.user.getUser({ webExID: "a" });
  // @ts-expect-error something is required
  void client.user.getUser();
  void client.user.getLoginTicket();
  void client.site.getSite();
  void client.site.getSite({}, { signal: AbortSignal.timeout(1), timeout: 5, retry: false });
  // @ts-expect-error no such enumeration value
  void client.user.createUser({ webExId: "a", active: "SLEEPING" });
});

test("lists give their records", async () => {
  for await (const session of client.ep.lstsummarySession.all()) {
    expectTypeOf(session.sessionKey).toEqualTypeOf<string>();
    expectTypeOf(session.duration).toEqualTypeOf<number>();
  }
  for await (const page of client.user.lstsummaryUser.pages({ webExId: "a" }))
    expectTypeOf(page.matchingRecords?.total).toEqualTypeOf<number | undefined>();
  // @ts-expect-error one user is no list
  void client.user.getUser.all;
});

test("what was read, changed, can be sent", async () => {
  const ana = await client.user.getUser({ webExId: "a" });
  const request = toRequest(user.SetUser, { ...ana, firstName: "Ana" });
  expectTypeOf(request).toEqualTypeOf<user.SetUser>();
  void client.user.setUser(request);
  // Enumerations are open where they are read.
  expectTypeOf(ana.active).toExtend<string | undefined>();
  // @ts-expect-error a name is a text
  toRequest(user.SetUser, { ...ana, firstName: 7 });
});

test("failures: the documented codes are offered, others are possible", () => {
  const error: unknown = undefined;
  if (isApiError(error)) {
    expectTypeOf(error).toEqualTypeOf<WebexApiError<ExceptionId>>();
    expectTypeOf<"030047">().toExtend<typeof error.exceptionID>();
    expectTypeOf<string>().toExtend<typeof error.exceptionID>();
  }
  // @ts-expect-error not six digits that are documented
  isApiError(error, "30047");
});

test("credentials: exactly one way", () => {
  createClient({ siteName: "a", credentials: { email: "a@b", sessionTicket: "t" } });
  createClient({ siteName: "a", credentials: () => Promise.resolve({ webExID: "a", password: "p" }) });
  // @ts-expect-error who is it?
  createClient({ siteName: "a", credentials: { password: "p" } });
  // @ts-expect-error a name alone opens nothing
  createClient({ siteName: "a", credentials: { webExID: "a" } });
});
