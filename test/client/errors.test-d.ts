import { expectTypeOf, test } from "vitest";
import { isWebexError, type RequestIssue } from "../../templates/runtime/webex/index.js";

test("a switch over the kind of a failure knows what each holds, and when all are handled", () => {
  const error: unknown = undefined;
  if (!isWebexError(error)) return;
  switch (error.kind) {
    case "api":
      expectTypeOf(error.exceptionID).toExtend<string>();
      break;
    case "http":
      expectTypeOf(error.status).toEqualTypeOf<number>();
      expectTypeOf(error.retryAfter).toEqualTypeOf<number>();
      break;
    case "request":
      expectTypeOf(error.issues).toEqualTypeOf<readonly RequestIssue[]>();
      break;
    case "decode":
      expectTypeOf(error.diagnostics[0]?.line).toEqualTypeOf<number | undefined>();
      break;
    case "timeout":
      expectTypeOf(error.timeout).toEqualTypeOf<number>();
      break;
    case "transport":
    case "abort":
    case "malformed-answer":
      // @ts-expect-error no answer with a status
      void error.status;
      break;
    default:
      expectTypeOf(error).toBeNever();
  }
});
