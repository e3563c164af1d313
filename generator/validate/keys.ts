/** Tables of keys: what the fields of an identity constraint found, a row an element, and which rows are equal. */
import { isSameValue, type Value } from "../model/values.js";
import { primitiveOf } from "../../templates/runtime/datatypes.js";

/** A row of key values, one a field; undefined where the field is absent. */
export interface Row {
  readonly values: readonly (Value | undefined)[];
  /** Where the selected element begins. */
  readonly at: number;
  /** Elements in different branches have these values. */
  ambiguous?: true;
}

/** Rows of one constraint within one element, found by a key of their values. */
export class Table {
  private readonly rows = new Map<string, Row[]>();

  *all(): Iterable<Row> {
    for (const list of this.rows.values()) yield* list;
  }

  add(row: Row): void {
    const key = keyOf(row);
    const list = this.rows.get(key);
    if (list === undefined) this.rows.set(key, [row]);
    else list.push(row);
  }

  find(row: Row): Row | undefined {
    return this.rows.get(keyOf(row))?.find((other) => isSameRow(other, row));
  }
}

/** A coarse key: equal values have equal keys, and values that differ hardly ever do. */
function keyOf({ values }: Row): string {
  return values.map((value) => (value === undefined ? "" : JSON.stringify(keyOfValue(value)))).join(",");
}

function keyOfValue(value: Value): string {
  if (value.kind === "list") return value.items.map(keyOfValue).join(" ");
  const { builtin, text } = value;
  const primitive = primitiveOf(builtin);
  switch (primitive) {
    case "boolean":
      return text === "true" || text === "1" ? "true" : "false";
    case "decimal": {
      const [, sign = "", whole = "", fraction = ""] = /^([+-]?)0*(\d*)\.?(\d*?)0*$/u.exec(text) ?? [];
      return `${sign === "-" && whole + fraction !== "" ? "-" : ""}${whole}.${fraction}`;
    }
    case "float":
    case "double": {
      const number = Number(text.replace("INF", "Infinity"));
      return String(primitive === "float" ? Math.fround(number) : number);
    }
    case "hexBinary":
      return text.toLowerCase();
    case "base64Binary":
      return text.replaceAll(/[ \t\n\r]/gu, "");
    case "duration":
      return keyOfDuration(text);
    case "dateTime":
    case "date":
    case "time":
      return keyOfMoment(text);
    case "gYear":
    case "gYearMonth":
    case "gMonth":
    case "gMonthDay":
    case "gDay":
      return primitive;
    default:
      return text;
  }
}

/** Months and whole seconds. */
function keyOfDuration(text: string): string {
  const [, sign = "", ...parts] =
    /^(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/u.exec(text) ??
    [];
  const [years = 0, months = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(
    (part: string | undefined) => Number(part ?? 0),
  );
  const amount = [years * 12 + months, days * 86_400 + hours * 3600 + minutes * 60 + seconds];
  return amount.every((part) => part === 0) ? "0" : `${sign}${amount.join("M")}S`;
}

/** Whole seconds in UTC, and whether there is a zone: a moment without one equals none with one. */
function keyOfMoment(text: string): string {
  const [, year = "1972", month = "12", day = "31", hour = "0", minute = "0", second = "0", zone = ""] =
    /^(?:(-?\d+)-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d):(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?$/u.exec(text) ?? [];
  // Of a time alone, 24:00:00 is 00:00:00.
  const hourOfDay = /^\d\d:/u.test(text) ? Number(hour) % 24 : Number(hour);
  const seconds =
    Date.UTC(Number(year), Number(month) - 1, Number(day), hourOfDay, Number(minute), Number(second)) / 1000;
  const [, sign = "", hours = "0", minutes = "0"] = /^([+-])(\d\d):(\d\d)$/u.exec(zone) ?? [];
  const offset = Number(`${sign}1`) * (Number(hours) * 3600 + Number(minutes) * 60);
  return `${String(seconds - offset)}${zone === "" ? "" : "Z"}`;
}

function isSameRow(a: Row, b: Row): boolean {
  return a.values.every((value, index) => {
    const other = b.values[index];
    return value !== undefined && other !== undefined && isSameValue(value, other);
  });
}
