// Copied by xsd-strata. Do not edit: changes are lost when it is generated again.
/* eslint-disable */

/** Date and time as the XML API writes them: `MM/DD/YYYY HH:mm:ss`, a wall clock without a zone. */

/** A reading of a wall clock. The zone is told apart from it, by a `timeZoneID` of the site or not at all. */
export interface WebexDateTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** A zone of the site's list (LstTimeZone); -1 is the default in list requests. */
  readonly timeZoneID?: number;
}

/** A zone that a clock can be read in: an IANA name (`Europe/Paris`), or minutes east of Greenwich. */
export type Zone = string | number;

const pattern = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+(\d{1,2}):(\d{1,2})(?::(\d{1,2}))?)?$/u;

/**
 * Reads a date and time; times without leading zeros (`9/20/2021 8:0:0`) and dates without a time occur. Undefined for
 * what is none: an empty text, the sentinel `none`, or a day that does not exist.
 */
export function readWebexDateTime(text: string, timeZoneID?: number): WebexDateTime | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [month = 0, day = 0, year = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const value = { year, month, day, hour, minute, second, ...(timeZoneID !== undefined && { timeZoneID }) };
  return isWebexDateTime(value) ? value : undefined;
}

/** Writes a date and time in full, `09/20/2021 08:00:00`. Throws a RangeError for one that does not exist. */
export function writeWebexDateTime(value: WebexDateTime): string {
  if (!isWebexDateTime(value)) throw new RangeError(`${JSON.stringify(value)} is not a date and time`);
  const { year, month, day, hour, minute, second } = value;
  return `${pad(month)}/${pad(day)}/${pad(year, 4)} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** Whether the day exists and the clock can show the time. */
export function isWebexDateTime({ year, month, day, hour, minute, second }: WebexDateTime): boolean {
  return (
    [year, month, day, hour, minute, second].every(Number.isInteger) &&
    year >= 1 &&
    year <= 9999 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour >= 0 &&
    hour <= 23 &&
    minute >= 0 &&
    minute <= 59 &&
    second >= 0 &&
    second <= 59
  );
}

/** What a clock in `zone` shows at an instant. Throws a RangeError for an unknown zone or an invalid date. */
export function webexDateTimeOf(instant: Date, zone: Zone, timeZoneID?: number): WebexDateTime {
  const shifted = new Date(instant.getTime() + offsetAt(instant.getTime(), zone) * 60_000);
  if (Number.isNaN(shifted.getTime())) throw new RangeError("not a valid date");
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    second: shifted.getUTCSeconds(),
    ...(timeZoneID !== undefined && { timeZoneID }),
  };
}

/**
 * The instant at which a clock in `zone` shows the value. Of the two when a clock is put back, the earlier; a time that
 * is skipped when it is put forward is read as if it had not been. Throws a RangeError for an unknown zone.
 */
export function instantOf(value: WebexDateTime, zone: Zone): Date {
  const { year, month, day, hour, minute, second } = value;
  // Date.UTC takes years below 100 as 19xx.
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, day);
  utc.setUTCHours(hour, minute, second);
  const wall = utc.getTime();
  const before = offsetAt(wall - 86_400_000, zone);
  const after = offsetAt(wall + 86_400_000, zone);
  const first = wall - before * 60_000;
  if (before === after || offsetAt(first, zone) === before) return new Date(first);
  const second_ = wall - after * 60_000;
  return new Date(offsetAt(second_, zone) === after ? second_ : first);
}

/** Minutes east of Greenwich at an instant. */
function offsetAt(instant: number, zone: Zone): number {
  if (typeof zone === "number") return zone;
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  }).formatToParts(instant);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const shown = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return Math.round((shown - Math.floor(instant / 1000) * 1000) / 60_000);
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function pad(value: number, length: number = 2): string {
  return String(value).padStart(length, "0");
}
