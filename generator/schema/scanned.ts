/** What the scanner of schema documents lists: elements, attributes and texts with their places. */
import type { Span } from "../diagnostics.js";
import type { Place } from "./dtd.js";
import type { QName, XmlAttribute, XmlElement, XmlText } from "./types.js";

/** An element or a text as it begins; `undefined` for each end of an element. */
export type ScannedNode = ScannedElement | ScannedText | undefined;

/** An element that has no children yet. `xmlns` and `xmlns:p` are not among its attributes. */
export interface ScannedElement extends XmlElement {
  children: readonly (XmlElement | XmlText)[];
  extent: Span;
  /** As written, prefix included. */
  readonly raw: string;
}

// A large schema has hundreds of thousands of attributes and of texts between tags, and hardly one of them is ever shown: their
// places are made when they are asked for.

/** An attribute of a start tag. */
export class ScannedAttribute implements XmlAttribute {
  /** As written, prefix included. */
  readonly raw: string;
  value: string;
  /** Known when the whole tag has been read. */
  name: QName = unresolved;
  prefix = "";
  /** Where its name begins; -1 for a default of the DTD. */
  readonly key: number;
  private readonly file: string;
  private readonly start: number;
  private readonly end: number;

  constructor(raw: string, value: string, key: number, file: string, start: number, end: number) {
    this.raw = raw;
    this.value = value;
    this.key = key;
    this.file = file;
    this.start = start;
    this.end = end;
  }
  get at(): Span {
    return { file: this.file, start: this.start, end: this.end };
  }
}

/** Where a stretch of the text that is read, which may be that of an entity, lies in the document; without an end, one character. */
export type PlaceOf = (start: number, end?: number) => Place;

/** Where the name of an attribute stands; for a default of the DTD, its element. */
export function placeOfName({ raw, at, key }: ScannedAttribute, place: PlaceOf): Place {
  return key === -1 ? at : place(key, key + raw.length);
}

const unresolved: QName = { namespace: "", local: "" };

/** Character data between two tags; comments and processing instructions do not divide it. */
export class ScannedText implements XmlText {
  text: string;
  private readonly file: string;
  private readonly start: number;
  private end: number;

  constructor(text: string, file: string, start: number, end: number) {
    this.text = text;
    this.file = file;
    this.start = start;
    this.end = end;
  }
  append(text: string, end: number): void {
    this.text += text;
    this.end = Math.max(this.end, end);
  }
  get at(): Span {
    return { file: this.file, start: this.start, end: this.end };
  }
}
