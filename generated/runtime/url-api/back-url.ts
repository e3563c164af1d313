// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** What a site answers: the back URL that the browser is sent to, and lists as XML. */
import { decode } from "../decode.js";
import type { Struct } from "../descriptor.js";
import { string } from "../scalars.js";

/** What is known about a reason code of a failure. */
export interface ReasonInfo<Code extends string = string> {
  readonly code: Code;
  readonly meaning: string;
}

/** Any string, with the known ones offered for completion. */
type Open<T extends string> = T | (string & Record<never, never>);

interface Answer {
  /** The value of `AT`: the command that was sent; "" when the site does not repeat it. */
  readonly command: string;
  /** All parameters that the site added, by their codes. */
  readonly values: Readonly<Record<string, string>>;
}

/** The command went well. */
export interface BackUrlSuccess extends Answer {
  readonly ok: true;
  /** MK */
  readonly meetingKey?: string;
  /** WID */
  readonly webExID?: string;
  /** AN */
  readonly attendeeName?: string;
  /** CSRF: to be given to further commands. */
  readonly csrf?: string;
}

/** The command failed; `reason` is the code that the site gives in `RS`. */
export interface BackUrlFailure<Code extends string = string> extends Answer {
  readonly ok: false;
  readonly reason: Open<Code>;
  /** What the code is known to mean. */
  readonly meaning: string | undefined;
}

export type BackUrlAnswer<Code extends string = string> = BackUrlSuccess | BackUrlFailure<Code>;

/**
 * Reads the back URL that the browser came to; undefined when it holds no answer (`ST` is missing), as when a user opens
 * the page directly. A parameter that the back URL had before is overruled by the one that the site put behind it.
 */
export function readBackUrl<Code extends string>(
  url: string | URL,
  reasons: readonly ReasonInfo<Code>[],
): BackUrlAnswer<Code> | undefined {
  let parsed: URL;
  try {
    // A server sees a path and a query only.
    parsed = new URL(url, "https://back.invalid/");
  } catch {
    return undefined;
  }
  const values: Record<string, string> = {};
  parsed.searchParams.forEach((value, code) => {
    Object.defineProperty(values, code, { value, enumerable: true, configurable: true, writable: true });
  });
  const { AT: command = "", ST, RS, MK, WID, AN, CSRF } = values;
  const reason = RS || "Unknown";
  const answer = { command, values };
  if (ST === undefined) return undefined;
  if (ST.toUpperCase() === "SUCCESS") {
    return {
      ...answer,
      ok: true,
      ...(MK !== undefined && { meetingKey: MK }),
      ...(WID !== undefined && { webExID: WID }),
      ...(AN !== undefined && { attendeeName: AN }),
      ...(CSRF !== undefined && { csrf: CSRF }),
    };
  }
  return {
    ...answer,
    ok: false,
    reason: reason as Code,
    meaning: reasons.find(({ code }) => code === reason)?.meaning,
  };
}

/** The back URL in a page of an older site, which goes there by script; undefined when there is none. */
export function backUrlInPage(html: string): string | undefined {
  const match = /location(?:\.href)?\s*=\s*(?:"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)')/u.exec(html);
  const text = match?.[1] ?? match?.[2];
  return text?.replace(
    /\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/giu,
    (_, byte: string | undefined, unit: string | undefined, plain: string | undefined) =>
      plain ?? String.fromCharCode(Number.parseInt(byte ?? unit ?? "", 16)),
  );
}

/** The keys of meetings, or why there are none. */
export type MeetingList =
  | { readonly ok: true; readonly meetingKeys: readonly string[] }
  | { readonly ok: false; readonly reason: string };

const listOpenMeetings: Struct<{ Status?: string; MeetingKeys?: string; Reason?: string }> = {
  kind: "struct",
  name: "ListOpenMeetings",
  ns: "",
  content: [
    { name: "Status", type: string, min: 0 },
    { name: "MeetingKeys", type: string, min: 0 },
    { name: "Reason", type: string, min: 0 },
  ],
};

/**
 * Reads a list of meetings: the XML that OM answers, or the back URL of LM. Throws a `DecodeError` for XML that is
 * broken.
 */
export function readMeetingList(answer: string): MeetingList {
  if (!/^\s*</u.test(answer)) {
    const back = readBackUrl(answer, []);
    if (back?.ok === false) return { ok: false, reason: back.reason };
    return back ? { ok: true, meetingKeys: keysIn(back.meetingKey) } : { ok: false, reason: "Unknown" };
  }
  const {
    Status = "",
    MeetingKeys,
    Reason = "Unknown",
  } = decode(
    { kind: "element", name: "ListOpenMeetings", tag: "ListOpenMeetings", type: listOpenMeetings },
    answer.trim(),
  ) as { Status?: string; MeetingKeys?: string; Reason?: string };
  return Status.trim().toUpperCase() === "SUCCESS"
    ? { ok: true, meetingKeys: keysIn(MeetingKeys) }
    : { ok: false, reason: Reason.trim() };
}

function keysIn(text: string = ""): readonly string[] {
  return text.split(/[;,\s]+/u).filter((key) => key !== "");
}
