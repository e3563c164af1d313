import { expect, test } from "vitest";
import {
  instantOf,
  isWebexDateTime,
  readWebexDateTime,
  webexDateTimeOf,
  writeWebexDateTime,
} from "../../templates/runtime/webex/date-time.js";

test.each([
  ["09/20/2021 08:00:00", [2021, 9, 20, 8, 0, 0]],
  ["9/20/2021 8:0:0", [2021, 9, 20, 8, 0, 0]],
  [" 12/31/2049 23:59:59 ", [2049, 12, 31, 23, 59, 59]],
  ["02/29/2020 00:00", [2020, 2, 29, 0, 0, 0]],
  ["01/01/1970", [1970, 1, 1, 0, 0, 0]],
])("%s is read", (text, parts) => {
  const [year, month, day, hour, minute, second] = parts;
  expect(readWebexDateTime(text)).toEqual({ year, month, day, hour, minute, second });
});

test.each([
  "",
  "none",
  "02/29/2021 00:00:00",
  "13/01/2021 00:00:00",
  "00/10/2021",
  "01/01/2021 24:00:00",
  "01/01/2021 10:60:00",
  "2021-01-01T00:00:00",
  "01/01/21 00:00:00",
  "01/01/2021 10:00:00 PM",
])("%j is no date and time", (text) => {
  expect(readWebexDateTime(text)).toBeUndefined();
});

test("a zone id is kept beside the clock", () => {
  expect(readWebexDateTime("9/20/2021 8:0:0", 20)).toHaveProperty("timeZoneID", 20);
  expect(webexDateTimeOf(new Date(0), 60, 20)).toHaveProperty("timeZoneID", 20);
  expect(webexDateTimeOf(new Date(0), 60)).not.toHaveProperty("timeZoneID");
});

test("the days that exist are those that JavaScript's calendar has", () => {
  const time = { hour: 23, minute: 59, second: 59 };
  for (const year of [1, 4, 1900, 2000, 2023, 2024, 2100, 9999]) {
    for (let month = 0; month <= 13; month++) {
      for (let day = 0; day <= 32; day++) {
        const date = new Date(0);
        date.setUTCFullYear(year, month - 1, day);
        const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
        expect([year, month, day, isWebexDateTime({ year, month, day, ...time })]).toEqual([
          year,
          month,
          day,
          exists,
        ]);
      }
    }
  }
  const day = { year: 2024, month: 1, day: 1, hour: 0, minute: 0, second: 0 };
  for (const part of [{ year: 0 }, { year: 10_000 }, { hour: 24 }, { minute: 60 }, { second: 60 }])
    expect([part, isWebexDateTime({ ...day, ...part })]).toEqual([part, false]);
  for (const part of ["year", "month", "day", "hour", "minute", "second"])
    for (const wrong of [-1, 1.5, Number.NaN])
      expect([part, isWebexDateTime({ ...day, [part]: wrong })]).toEqual([part, false]);
});

test("writing is exact and reads back equal", () => {
  const value = { year: 2021, month: 9, day: 2, hour: 8, minute: 5, second: 0 };
  expect(writeWebexDateTime(value)).toBe("09/02/2021 08:05:00");
  expect(readWebexDateTime(writeWebexDateTime(value))).toEqual(value);
  expect(() => writeWebexDateTime({ ...value, day: 31 })).toThrow(RangeError);
  expect(() => writeWebexDateTime({ ...value, month: 2, day: 30 })).toThrow(RangeError);
  expect(isWebexDateTime({ ...value, second: 1.5 })).toBe(false);
});

test.each([
  ["2021-07-01T12:00:00Z", "America/New_York", "07/01/2021 08:00:00"],
  ["2021-01-01T12:00:00Z", "America/New_York", "01/01/2021 07:00:00"],
  ["2021-01-01T00:00:00Z", "Asia/Kolkata", "01/01/2021 05:30:00"],
  ["2021-01-01T00:00:00Z", -480, "12/31/2020 16:00:00"],
])("%s in %s shows %s", (instant, zone, shown) => {
  const value = webexDateTimeOf(new Date(instant), zone);
  expect(writeWebexDateTime(value)).toBe(shown);
  expect(instantOf(value, zone).toISOString()).toBe(new Date(instant).toISOString());
});

test("clock changes: the earlier of two, and a skipped time as if nothing had happened", () => {
  const twice = { year: 2021, month: 11, day: 7, hour: 1, minute: 30, second: 0 };
  expect(instantOf(twice, "America/New_York").toISOString()).toBe("2021-11-07T05:30:00.000Z");
  // The other half of the world puts its clocks back while it is ahead of Greenwich, and by half an hour on Lord Howe.
  const late = { year: 2021, month: 4, day: 4, hour: 1, minute: 45, second: 0 };
  expect(instantOf(late, "Australia/Lord_Howe").toISOString()).toBe("2021-04-03T14:45:00.000Z");
  const after = { ...twice, hour: 2 };
  expect(instantOf(after, "America/New_York").toISOString()).toBe("2021-11-07T07:30:00.000Z");
  const ahead = { year: 2021, month: 3, day: 14, hour: 3, minute: 30, second: 0 };
  expect(instantOf(ahead, "America/New_York").toISOString()).toBe("2021-03-14T07:30:00.000Z");
  const skipped = { year: 2021, month: 3, day: 14, hour: 2, minute: 30, second: 0 };
  expect(instantOf(skipped, "America/New_York").toISOString()).toBe("2021-03-14T07:30:00.000Z");
});

test("an unknown zone and an invalid date are refused", () => {
  expect(() => webexDateTimeOf(new Date(0), "Mars/Olympus")).toThrow(RangeError);
  expect(() => webexDateTimeOf(new Date(Number.NaN), 0)).toThrow(RangeError);
});
