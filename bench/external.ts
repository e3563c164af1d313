/**
 * Programs of other languages on the same document, where they are installed: xmllint, JAXB (xjc, javac, java and its jars in
 * `/usr/share/java`), xsdata. Ours stands beside them. `npx tsx bench/external.ts [records]`.
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { decode, fullValidation } from "../templates/runtime/index.js";
import { linkDescriptors } from "../generator/descriptors.js";
import { readSchema } from "../generator/read-schema.js";
import { createReport } from "../generator/diagnostics.js";
import { pathSource } from "../generator/source.js";
import { longAnswer, newest } from "./answer.js";
import { measure } from "./harness.js";
import { publish, type Row } from "./results.js";

const [records = 5000] = process.argv.slice(2).map(Number);
const bundle = resolve("xsd", newest);
const scratch = mkdtempSync(join(tmpdir(), "xsd-strata-bench-"));
const jars = [
  "jaxb-api",
  "javax.activation",
  "jaxb-runtime",
  "jaxb-core",
  "istack-commons-runtime",
  "stax-ex",
  "txw2",
  "FastInfoset",
].map((name) => `/usr/share/java/${name}.jar`);
const xml = await longAnswer(records);
const document = join(scratch, "answer.xml");
writeFileSync(document, xml);
const megabytes = Buffer.byteLength(xml) / 1e6;
const rows: Row[] = [];
const add = (name: string, median: number, least: number): void => {
  rows.push({ name, values: [megabytes / (least / 1000), median, least] });
};
const run = (command: string, parameters: readonly string[], cwd = scratch): string => {
  const { status, stdout, stderr, error } = spawnSync(command, parameters, { cwd, encoding: "utf8" });
  if (error !== undefined || status !== 0)
    throw new Error(`${command} failed: ${error?.message ?? stderr.slice(0, 500)}`);
  return stdout + stderr;
};
const installed = (command: string): boolean =>
  spawnSync(command, ["--version"], { stdio: "ignore" }).error === undefined;
/** The interpreter of a script on the path, from its first line: xsdata may belong to another Python than `python3`. */
const interpreterOf = (script: string): string => {
  const path = run("which", [script]).trim();
  return /^#! *(\S+)/u.exec(readFileSync(path, "utf8"))?.[1] ?? "python3";
};
const addLines = (output: string): void => {
  for (const [, name = "", median, least] of output.matchAll(/^(\w[^\t\n]*)\t([\d.]+)\t([\d.]+)$/gmu))
    add(name, Number(median), Number(least));
};

try {
  const driver = join(scratch, "all.xsd");
  writeFileSync(
    driver,
    `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">` +
      [
        ["", "service/service.xsd"],
        ["/ep", "service/ep/ep.xsd"],
      ]
        .map(
          ([path = "", file = ""]) =>
            `<xsd:import namespace="http://www.webex.com/schemas/2002/06/service${path}" schemaLocation="${bundle}/${file}"/>`,
        )
        .join("") +
      `</xsd:schema>`,
  );

  const source = pathSource(bundle);
  const schema = await readSchema(source, createReport());
  if (schema === undefined) throw new Error("the newest release cannot be read");
  const live = await linkDescriptors(schema, source);
  const message = live.element("{http://www.webex.com/schemas/2002/06/service}message");
  for (const { name, median, least } of measure(
    {
      "xsd-strata, decode": () => decode(message, xml),
      "xsd-strata, decode + validate": () => decode(message, xml, { validate: fullValidation }),
    },
    { base: "xsd-strata, decode", bytes: xml.length, warmMs: 3000 },
  ))
    add(name, median, least);

  if (installed("xmllint")) {
    const times = Array.from({ length: 7 }, () => {
      const output = run("xmllint", ["--noout", "--timing", "--schema", driver, document]);
      const of = (what: string): number =>
        Number(new RegExp(`${what} took ([\\d.]+) ms`, "u").exec(output)?.[1]);
      return of("Parsing") + of("Validating");
    }).sort((a, b) => a - b);
    add("xmllint, parse and validate", times[times.length >> 1] ?? NaN, times[0] ?? NaN);
  } else console.log("xmllint is not installed");

  if (["xjc", "javac", "java"].every(installed) && jars.every((jar) => existsSync(jar))) {
    for (const name of ["src", "classes"]) mkdirSync(join(scratch, name));
    const files = readdirSync(bundle, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".xsd") && !file.includes("ims_qti"))
      .map((file) => join(bundle, file));
    run("xjc", ["-quiet", "-d", "src", ...files]);
    const sources = readdirSync(join(scratch, "src"), { recursive: true, encoding: "utf8" });
    const packages = sources
      .filter((file) => file.endsWith("ObjectFactory.java"))
      .map((file) => file.slice(0, -"/ObjectFactory.java".length).replaceAll("/", "."));
    const path = jars.join(":");
    run("javac", [
      "-nowarn",
      "-d",
      "classes",
      "-cp",
      path,
      ...sources.filter((file) => file.endsWith(".java")).map((file) => join("src", file)),
      resolve(import.meta.dirname, "external/JaxbBench.java"),
    ]);
    addLines(
      run("java", [
        "--add-opens",
        "java.base/java.lang=ALL-UNNAMED",
        "-cp",
        `${path}:classes`,
        "JaxbBench",
        document,
        driver,
        packages.join(":"),
      ]),
    );
  } else console.log("JAXB is not installed (Debian: jaxb, libjaxb-java, default-jdk-headless)");

  if (installed("xsdata")) {
    run("xsdata", ["generate", driver, "--package", "webex", "--structure-style", "single-package"]);
    addLines(
      run(interpreterOf("xsdata"), [
        resolve(import.meta.dirname, "external/xsdata_bench.py"),
        document,
        "webex",
      ]),
    );
  } else console.log("xsdata is not installed");

  publish({
    title: "other languages",
    about: `The same ${megabytes.toFixed(1)} MB answer with ${records} records, each program by itself.`,
    columns: ["MB/s", "median ms", "least ms"],
    rows: rows.sort((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0)),
  });
} finally {
  rmSync(scratch, { recursive: true });
}
