import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "vitest";
import { createReport } from "../../generator/diagnostics.js";
import { noCommands, urlApiFiles } from "../../generator/url-api/files.js";
import { readUrlApi } from "../../generator/url-api/read.js";

const path = resolve(import.meta.dirname, "../../xsd/url-api/commands.yaml");
const read = (text?: string) => {
  const report = createReport();
  return { api: readUrlApi(path, report, "commands.yaml", text), report };
};

test("the data is sound", () => {
  const { api, report } = read();
  expect(report.diagnostics).toEqual([]);
  expect(api?.commands.length).toBeGreaterThan(25);
});

const documented: Readonly<Record<string, readonly string[]>> = {
  p: ["LI", "LO", "SU", "EU", "AC", "IN", "LF", "DF", "QR"],
  m: ["SM", "EM", "IM", "DM", "HM", "JM", "LM", "OM", "AA", "DA", "MD", "AP", "DP", "GF", "RM", "CR"],
  o: ["ST"],
};
test.each(Object.entries(documented))("%s.php has every documented command", (page, commands) => {
  const own = read().api?.commands.filter((command) => command.page === page) ?? [];
  expect(own.map(({ command }) => command).sort()).toEqual([...commands].sort());
});

test("every service of the overview has a row that names commands, or says that there is no list", () => {
  const { api } = read();
  if (api === undefined) expect.unreachable();
  const readme = urlApiFiles(api, {
    folder: "",
    importExtension: ".js",
    runtimePath: "../runtime/",
    latest: "v1",
  }).find((file) => file.path === "README.md")?.text;
  const rows = (readme?.split("## What serves")[1]?.split("## Commands")[0] ?? "")
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2);
  expect(rows).toHaveLength(12);
  for (const row of rows) expect(row).toMatch(new RegExp(`\\(\\w\\.php AT=\\w+\\)|${noCommands}`, "u"));
  const overview = resolve(import.meta.dirname, "../../../shared/webex/documents/url-api-overview.txt");
  if (!existsSync(overview)) {
    console.log("skipped: the overview is not beside the repository");
    return;
  }
  const text = readFileSync(overview, "utf8").replaceAll(/\.(?= \|)/gu, "");
  for (const { name } of api.categories) expect(text).toContain(`${name} |`);
});

test.each([
  [
    "an unknown group",
    (text: string) => text.replace("{ use: back }", "{ use: bakc }"),
    "unknown-group",
    /back/u,
  ],
  [
    "an unknown command in a category",
    (text: string) => text.replace("[p.SU,", "[p.XX,"),
    "unknown-command",
    /p\.XX/u,
  ],
  [
    "one code for two parameters",
    (text: string) => text.replace("{ code: MU, name: targetUrl", "{ code: WID, name: targetUrl"),
    "parameter-clash",
    /both sent as WID/u,
  ],
  [
    "one name for two parameters",
    (text: string) => text.replace("{ code: MU, name: targetUrl", "{ code: MU, name: webExID"),
    "parameter-clash",
    /two parameters called webExID/u,
  ],
  [
    "one command twice",
    (text: string) => text.replace("command: LO", "command: LI"),
    "command-clash",
    /described twice/u,
  ],
])("%s is reported with its place", (_, change, code, message) => {
  const text = readFileSync(path, "utf8");
  expect(change(text)).not.toBe(text);
  const { api, report } = read(change(text));
  expect(api).toBeUndefined();
  const finding = report.diagnostics.find((one) => one.code === code);
  expect(`${finding?.message ?? ""} ${finding?.hint ?? ""}`).toMatch(message);
  expect(finding?.at?.file).toBe("commands.yaml");
});

test("what the schema of the data does not allow is reported", () => {
  const { api, report } = read(readFileSync(path, "utf8").replace("kind: flag", "kind: flga"));
  expect(api).toBeUndefined();
  expect(report.hasErrors).toBe(true);
});
