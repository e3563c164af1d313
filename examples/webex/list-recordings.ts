/**
 * Lists all recordings of a month: `npx tsx examples/webex/list-recordings.ts 2021-09`.
 *
 * A site answers with four weeks when it is not told otherwise, and in pages; this asks for the whole month, and for every
 * page of it.
 */
import { argv, exit, stderr, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { createClient, type Client, type ep } from "../../generated/v41.12.0/index.js";
import { writeWebexDateTime } from "../../generated/runtime/webex/index.js";
import { optionsFromEnvironment } from "./options.js";

/** A recording as the list has it. */
export type Recording = NonNullable<ep.LstRecordingResponse["recording"]>[number];

/** The recordings of a month, one page in memory at a time; `month` is 1 to 12. */
export function recordingsOf(client: Client, year: number, month: number): AsyncIterable<Recording> {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return client.ep.lstRecording.all({
    createTimeScope: {
      createTimeStart: writeWebexDateTime({ year, month, day: 1, hour: 0, minute: 0, second: 0 }),
      createTimeEnd: writeWebexDateTime({ year, month, day: last, hour: 23, minute: 59, second: 59 }),
    },
    listControl: { startFrom: 1, maximumNum: 50 },
  });
}

if (import.meta.url === pathToFileURL(argv[1] ?? "").href) {
  const [, year, month] = /^(\d{4})-(\d{2})$/u.exec(argv[2] ?? "") ?? [];
  if (year === undefined || month === undefined) {
    stderr.write("usage: list-recordings.ts 2021-09\n");
    exit(2);
  }
  const client = createClient(optionsFromEnvironment());
  for await (const { recordingID, name, createTime, duration } of recordingsOf(
    client,
    Number(year),
    Number(month),
  ))
    stdout.write(`${recordingID ?? ""}\t${createTime}\t${duration} s\t${name}\n`);
}
