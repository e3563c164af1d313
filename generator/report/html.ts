/** HTML by a tagged template that escapes what it is given: markup from outside cannot slip in. */
import { escapeHtml } from "../escape.js";

/** Text that is markup already. Only {@link html} and {@link trusted} make it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Piece = string | number | Html | undefined | false | readonly Piece[];

/** Markup from a template literal; every inserted string is escaped. */
export function html(strings: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  let markup = strings[0] ?? "";
  pieces.forEach((piece, index) => {
    markup += render(piece) + (strings[index + 1] ?? "");
  });
  return new Html(markup);
}

/** Our own markup, style or script, taken as it is. */
export function trusted(markup: string): Html {
  return new Html(markup);
}

function render(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (piece instanceof Html) return piece.markup;
  if (typeof piece === "number") return String(piece);
  if (typeof piece === "string") return escapeHtml(piece);
  return piece.map(render).join("");
}

/** An address from outside, when it is one that a browser may follow by itself: of the web, not a script. */
export function safeUrl(url: string | undefined): string | undefined {
  return url !== undefined && /^https?:\/\/[^\s\u0000-\u001f]+$/iu.test(url) ? url : undefined;
}

/** Pieces with a separator between them. */
export function separated(pieces: readonly Piece[], separator: string): readonly Piece[] {
  return pieces.flatMap((piece, index) => (index === 0 ? [piece] : [separator, piece]));
}
