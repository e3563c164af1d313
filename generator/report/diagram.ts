/** A type as a tree, drawn as SVG: what came, went or changed is marked by signs, frames and colours. */
import { html } from "./html.js";
import type { Html } from "./html.js";
import { fitText, textWidth } from "./text-width.js";

export interface DiagramNode {
  readonly kind: "type" | "element" | "attribute" | "value" | "group" | "wildcard" | "more";
  /** A name; for a group `sequence`, `choice` or `all`; for `more` how many siblings are left out, in words. */
  readonly label: string;
  /** The type. */
  readonly detail?: string;
  /** `0..1`; absent where it is exactly one. */
  readonly occurs?: string;
  /** May be absent: a dashed frame. */
  readonly optional?: boolean;
  readonly mark?: "come" | "gone" | "changed";
  /** The finding that a mark stands for. */
  readonly href?: string;
  readonly children: readonly DiagramNode[];
}

interface Placed {
  readonly node: DiagramNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly children: readonly Placed[];
}

const size = 13;
const smallSize = 11;
const rowHeight = 34;
const boxHeight = 24;
const gap = 30;
const padding = 9;
const longestLabel = 300;

const signs = { come: "+", gone: "−", changed: "~" } as const;

/** An image with a title; node texts are real text, so the page's search finds them. */
export function drawDiagram(root: DiagramNode, title: string, id: string): Html {
  let rows = 0;
  let width = 0;
  const place = (node: DiagramNode, x: number): Placed => {
    const own = widthOf(node);
    width = Math.max(width, x + own);
    const children = node.children.map((child) => place(child, x + own + gap));
    const [first, last] = [children[0], children.at(-1)];
    const y =
      first === undefined || last === undefined ? rowHeight * rows++ + rowHeight / 2 : (first.y + last.y) / 2;
    return {
      node,
      x,
      y,
      width: own,
      height: node.kind === "group" ? 20 : boxHeight,
      children,
    };
  };
  const placed = place(root, 1);
  width += 2;
  const height = Math.ceil(rows * rowHeight);
  return html`<svg class="diagram" role="group" aria-labelledby="${id}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><title id="${id}">${title}</title>
<g class="edges">${edges(placed)}</g>
${boxes(placed)}</svg>`;
}

function labelOf(node: DiagramNode): string {
  return fitText(node.label, size, longestLabel);
}

function detailOf(node: DiagramNode): string {
  return fitText(
    [node.detail, node.occurs].filter((part) => part !== undefined).join(" "),
    smallSize,
    longestLabel,
  );
}

/** The root is in bold, which is wider. */
function labelWidth(node: DiagramNode): number {
  return textWidth(labelOf(node), size) * (node.kind === "type" ? 1.1 : 1);
}

function widthOf(node: DiagramNode): number {
  if (node.kind === "group") return Math.ceil(textWidth(groupText(node), smallSize)) + 14;
  const sign = node.mark === undefined ? 0 : 16;
  const detail = detailOf(node);
  return Math.ceil(
    2 * padding + sign + labelWidth(node) + (detail === "" ? 0 : 8 + textWidth(detail, smallSize)),
  );
}

function groupText({ label, occurs }: DiagramNode): string {
  return occurs === undefined ? label : `${label} ${occurs}`;
}

function edges(parent: Placed): readonly Html[] {
  const from = parent.x + parent.width;
  return parent.children.flatMap((child) => {
    const middle = child.x - gap / 2;
    const [y1, y2] = [round(parent.y), round(child.y)];
    const radius = Math.min(6, Math.abs(y2 - y1) / 2);
    const turn = y2 > y1 ? radius : -radius;
    const path =
      y1 === y2
        ? `M${from} ${y1}H${child.x}`
        : `M${from} ${y1}H${middle - radius}q${radius} 0 ${radius} ${turn}V${y2 - turn}q0 ${turn} ${radius} ${turn}H${child.x}`;
    const mark = child.node.mark;
    return [html`<path class="edge ${mark}" d="${path}"/>`, ...edges(child)];
  });
}

function boxes({ node, x, y, width, height, children }: Placed): readonly Html[] {
  const top = round(y - height / 2);
  const baseline = round(y + size * 0.35);
  const classes = ["node", node.kind, node.optional === true && "optional", node.mark]
    .filter((part) => typeof part === "string")
    .join(" ");
  const text =
    node.kind === "group"
      ? html`<text class="small" x="${x + 7}" y="${round(y + smallSize * 0.35)}">${groupText(node)}</text>`
      : nodeText(node, x + padding, baseline);
  const shape = html`<g class="${classes}">${
    node.kind === "more"
      ? undefined
      : html`<rect x="${x}" y="${top}" width="${width}" height="${height}" rx="${node.kind === "group" ? 10 : 4}"/>`
  }${text}</g>`;
  const linked = node.href === undefined ? shape : html`<a href="${node.href}">${shape}</a>`;
  return [
    linked,
    html`
`,
    ...children.flatMap(boxes),
  ];
}

function nodeText(node: DiagramNode, left: number, baseline: number): Html {
  const label = labelOf(node);
  const detail = detailOf(node);
  const start = left + (node.mark === undefined ? 0 : 16);
  return html`${node.mark !== undefined && html`<text class="sign" x="${left}" y="${baseline}">${signs[node.mark]}</text>`}<text x="${start}" y="${baseline}">${label}</text>${detail !== "" && html`<text class="small" x="${round(start + labelWidth(node) + 8)}" y="${baseline}">${detail}</text>`}`;
}

const round = (value: number): number => Math.round(value * 2) / 2;
