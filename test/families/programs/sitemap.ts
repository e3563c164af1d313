/** Puts a page in front of a sitemap. */
import { sitemap } from "../sitemap/index.js";
import { decode, encode } from "../runtime/index.js";

export function run(xml: string): readonly string[] {
  const { url } = decode(sitemap.urlsetElement, xml);
  const first: sitemap.TUrl = { loc: "https://example.com/first", changefreq: "daily", priority: "1.0" };
  const written = encode(sitemap.urlsetElement, { url: [first, ...url] }, { declaration: false });
  return [String(url.length), ...[...written.matchAll(/loc>([^<]+)</gu)].map(([, loc = ""]) => loc)];
}

// @ts-expect-error a price is no frequency
export const wrong: sitemap.TChangeFreq = "sometimes";
