/** The tables that `docs/performance.md` quotes: between `<!-- results: title -->` and `<!-- end -->`. */
import { formatRows, type Table } from "./results.js";

/** The page with the tables of these results in their places; a place whose table is missing stays as it is. */
export function quoteResults(page: string, tables: readonly Table[]): string {
  return page.replace(
    /(<!-- results: (.+) -->\n)[^]*?(<!-- end -->)/gu,
    (whole, start: string, title: string, end: string) => {
      const table = tables.find((one) => one.title === title);
      return table === undefined ? whole : `${start}\n${formatRows(table)}\n\n${end}`;
    },
  );
}
