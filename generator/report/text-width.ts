/** How wide a text is, by a fixed table: pages come out the same whatever fonts a machine has. */

// Advance widths of a common sans-serif face (Helvetica's metrics), in thousandths of the font size.
const groups: readonly (readonly [width: number, characters: string])[] = [
  [222, "ijl'"],
  [278, " !,./:;I[\\]ft|"],
  [333, "()-`r"],
  [334, "{}"],
  [355, '"'],
  [389, "*"],
  [469, "^"],
  [500, "Jcksvxyz"],
  [556, "#$0123456789?L_abdeghnopqu"],
  [584, "+<=>~"],
  [611, "FTZ"],
  [667, "&ABEKPSVXY"],
  [722, "CDHNRUw"],
  [778, "GOQ"],
  [833, "Mm"],
  [889, "%"],
  [944, "W"],
  [1015, "@"],
];
const widths = new Map(
  groups.flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)),
);

/** The width of a text in pixels at a font size; wide East Asian characters and symbols count a full em. */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) {
    width += widths.get(character) ?? ((character.codePointAt(0) ?? 0) < 0x1100 ? 600 : 1000);
  }
  return (width * size) / 1000;
}

/** A text cut to a width, with an ellipsis where something was cut. */
export function fitText(text: string, size: number, most: number): string {
  if (textWidth(text, size) <= most) return text;
  const characters = [...text];
  while (characters.length > 0 && textWidth(`${characters.join("")}…`, size) > most) characters.pop();
  return `${characters.join("")}…`;
}
