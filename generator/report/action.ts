/** What to do about a finding, in a line that needs no knowledge of schemas; and in which order to upgrade. */
import type { Change, DiffResult } from "../diff/index.js";
import { readerOf } from "../diff/index.js";
import { isIgnored, shownLevel } from "./source.js";

/** Who must act on a change, and when; undefined where nobody must. Plain text, not escaped. */
export function actionOf(change: Change, result: DiffResult): string | undefined {
  const level = shownLevel(change);
  if ((level !== "breaking" && level !== "dangerous") || change.component.kind === "note") return undefined;
  if (isIgnored(change)) return undefined;
  const steps = [forWire(change, result), forCode(change, result)];
  const told = steps.filter((step) => step !== undefined);
  return told.length === 0 ? undefined : told.join("; ");
}

/** Without operations nobody is a client or a server: documents go from those who write to those who read. */
const messages = {
  callers: "callers",
  receiver: "the server",
  clients: "clients",
  sender: "the server",
  requests: "requests",
  answers: "its answers",
};
const documents = {
  callers: "writers",
  receiver: "readers",
  clients: "readers",
  sender: "writers",
  requests: "documents",
  answers: "the new documents",
};

function forWire(change: Change, result: DiffResult): string | undefined {
  const { effect, verdicts, level } = change;
  const words = result.from.operations + result.to.operations > 0 ? messages : documents;
  const { callers, receiver, clients, sender, requests, answers } = words;
  const { request, response } = verdicts;
  const refuses = readerOf(result.policy) === "strict" && response.strict === "breaking";
  const misread = response.tolerant === "breaking" || refuses;
  if (request.wire === "breaking" && level === "breaking") {
    if (effect === "narrowing" && !misread)
      return `adapt ${callers} before ${receiver}: ${requests} are refused that were valid`;
    return misread
      ? `adapt both sides together: neither understands the other`
      : `adapt ${callers} together with ${receiver}: neither accepts the ${requests} of the other`;
  }
  if (misread) return `adapt ${clients} before ${sender}: they do not understand ${answers}`;
  if (change.valueChange) return "compare what both sides make of it: the same text means something else now";
  if (request.wire === "dangerous")
    return `check what ${callers} send: the schemas do not tell whether it stays valid`;
  return undefined;
}

function forCode(
  { new: current, rule, valueChange, verdicts: { ts, response } }: Change,
  { policy }: DiffResult,
): string | undefined {
  const check =
    response.tolerant === "dangerous" && !valueChange
      ? "check code that reads it: it may meet what it does not expect"
      : undefined;
  if (policy.preset === "wire" || policy.preset === "wire-strict") return check;
  if (rule.startsWith("export."))
    return current === undefined ? "name what was imported in your own code" : "import it by its new name";
  const kinds = [
    ...(ts.read === "breaking" ? ["reads"] : []),
    ...(ts.build === "breaking" ? ["builds"] : []),
  ];
  if (kinds.length > 0)
    return `adapt code that ${kinds.join(" or ")} it: it does not compile with the new types`;
  const listed = policy.preset === "source-strict" || policy.preset === "all";
  return listed && ts.meta === "breaking" ? "adapt code that lists everything" : check;
}

/** In which order both sides of a release may be upgraded. */
export const upgradeAdvice: Readonly<Record<DiffResult["summary"]["upgrade"], string>> = {
  any: "Clients and servers may be upgraded in any order.",
  "server-first":
    "Upgrade servers first: clients of the older release go on working, while a newer client may fail on an older server.",
  "client-first":
    "Upgrade clients first: they go on working with an older server, while an older client may fail on a newer server.",
  together: "Neither order is without breaks: look at what the findings reach.",
};
