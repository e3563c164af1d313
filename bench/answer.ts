/** A long answer of the newest release, made up by the mock site: what validation is measured on. */
import { createMockSite } from "../generator/mock/index.js";
import { releases } from "../test/bundles/bundle.js";

export const newest = releases.at(-1) ?? "";

/** The answer of a list of sessions with so many records, about 450 bytes each; valid by the schemas. */
export async function longAnswer(records: number): Promise<string> {
  const site = await createMockSite(`xsd/${newest}`);
  site.on("LstsummarySession", (_, { answer }) => {
    const { session } = answer({ session: [{}] }) as { readonly session: readonly object[] };
    return answer({
      matchingRecords: { total: records, returned: records, startFrom: 1 },
      session: Array.from({ length: records }, (_, at) => ({
        ...session[0],
        sessionKey: String(700_000_000 + at),
      })),
    });
  });
  const { text } = await site.answer(
    `<message xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><header><securityContext><webExID>host</webExID>` +
      `<password>host-secret</password></securityContext></header><body>` +
      `<bodyContent xsi:type="java:com.webex.service.binding.ep.LstsummarySession"/></body></message>`,
  );
  return text;
}
