/** The shell of a report page: one offline file, with style and script inside. */
import { readFileSync } from "node:fs";
import { Html, html, trusted } from "./html.js";
import type { Piece } from "./html.js";

export interface Page {
  readonly title: string;
  /** Where the reader is: links to the pages above. */
  readonly path?: readonly { readonly href: string; readonly text: string }[];
  readonly lead: Piece;
  readonly main: Piece;
}

/** A whole HTML document. */
export function renderPage(page: Page): string {
  const document = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
        />
        <title>${page.title}</title>
        <style>
          ${asset("report.css")}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to content</a>
        <header>
          ${page.path && html`<nav class="path" aria-label="Path">${page.path.map(({ href, text }, index) => html`${index > 0 && " › "}<a href="${href}">${text}</a>`)}</nav>`}
          <h1>${page.title}</h1>
          ${page.lead}
        </header>
        <main id="main">${page.main}</main>
        <footer>
          <p>
            Made by xsd-strata. Keys: <kbd>/</kbd> search, <kbd>j</kbd> and <kbd>k</kbd> next and previous
            finding.
          </p>
        </footer>
        <script>
          ${asset("report.js")};
        </script>
      </body>
    </html> `;
  return document.markup;
}

const assets = new Map<string, Html>();

/** A file of `templates/report/`; found from source and from the built package alike. */
function asset(name: string): Html {
  let text = assets.get(name);
  if (text === undefined) {
    text = trusted(readFileSync(assetUrl(name), "utf8"));
    assets.set(name, text);
  }
  return text;
}

function assetUrl(name: string): URL {
  const inBuild = new URL(import.meta.url).pathname.includes("/dist/generator/");
  return new URL(`${inBuild ? "../../../" : "../../"}templates/report/${name}`, import.meta.url);
}
