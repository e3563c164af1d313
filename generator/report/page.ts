/** The shell of a report page: one offline file, with style and script inside, that may load and send nothing. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { html, trusted } from "./html.js";
import type { Html, Piece } from "./html.js";

export interface Link {
  readonly href: string;
  readonly text: string;
}

export interface Page {
  /** What the browser's tab says. */
  readonly title: string;
  /** Where the reader is: links to the pages above. */
  readonly path?: readonly Link[];
  /** The releases before and after. */
  readonly previous?: Link;
  readonly next?: Link;
  /** Heading and summary. */
  readonly lead: Piece;
  readonly main: Piece;
  /** The scripts of `templates/report/` that it needs beside `page.js`. */
  readonly scripts: readonly string[];
}

/** A whole HTML document. */
export function renderPage(page: Page): string {
  const style = asset("report.css");
  const scripts = ["page.js", ...page.scripts].map(asset);
  const policy = [
    "default-src 'none'",
    `style-src '${style.hash}'`,
    `script-src ${scripts.map(({ hash }) => `'${hash}'`).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
  const around = page.previous !== undefined || page.next !== undefined;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="xsd-strata">
<title>${page.title}</title>
<style>${style.text}</style>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<div class="bar">
<nav class="path" aria-label="Path">${(page.path ?? []).map(({ href, text }) => html`<a href="${href}">${text}</a>`)}</nav>
${
  around &&
  html`<nav class="around" aria-label="Releases">${page.previous && html`<a rel="prev" href="${page.previous.href}"><span aria-hidden="true">←</span> ${page.previous.text}</a>`}${page.next && html`<a rel="next" href="${page.next.href}">${page.next.text} <span aria-hidden="true">→</span></a>`}</nav>`
}
<div class="tools needs-script"><button type="button" data-action="theme">Theme: system</button><button type="button" data-action="keys">Keys</button></div>
</div>
<header>${page.lead}</header>
<main id="main" tabindex="-1">${page.main}</main>
<footer><p>Made by xsd-strata from the schemas alone. This page loads nothing and sends nothing.</p></footer>
<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
<dl class="keys"><dt><kbd>/</kbd></dt><dd>search</dd><dt><kbd>j</kbd> <kbd>k</kbd></dt><dd>next and previous entry</dd><dt><kbd>o</kbd></dt><dd>open or close the entry</dd><dt><kbd>g</kbd></dt><dd>group by another thing</dd><dt><kbd>x</kbd></dt><dd>clear search and filters</dd><dt><kbd>?</kbd></dt><dd>this list</dd><dt><kbd>Esc</kbd></dt><dd>leave a field or this list</dd></dl>
<p><label><input type="checkbox" data-action="shortcuts" checked> Single keys do something</label></p>
<form method="dialog"><button type="submit">Close</button></form></dialog>
${scripts.map(
  ({ text }) => html`<script>${text}</script>
`,
)}</body>
</html>
`.markup;
}

interface Asset {
  readonly text: Html;
  /** As a content security policy names it. */
  readonly hash: string;
}

const assets = new Map<string, Asset>();

/** A file of `templates/report/`; found from source and from the built package alike. */
function asset(name: string): Asset {
  let known = assets.get(name);
  if (known === undefined) {
    const inBuild = import.meta.url.includes("/dist/generator/");
    const url = new URL(`${inBuild ? "../../../" : "../../"}templates/report/${name}`, import.meta.url);
    const text = readFileSync(fileURLToPath(url), "utf8").replace(/\r\n/gu, "\n");
    // These would end the element that holds it.
    if (/<\/(?:script|style)|<!--/iu.test(text)) throw new Error(`${name} cannot stand inside a page`);
    const hash = `sha256-${createHash("sha256").update(text).digest("base64")}`;
    assets.set(name, (known = { text: trusted(text), hash }));
  }
  return known;
}
