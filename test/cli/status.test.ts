/** One meaning an exit status, for every command: the same kind of failure ends all of them alike. */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFolder, program, strata, xsd } from "./run.js";

const element = (type: string): string => xsd(`<xs:element name="a" type="${type}"/>`);

let folder: ReturnType<typeof createFolder>;

beforeAll(() => {
  folder = createFolder({
    "strata.config.json": `{ "families": { "a": { "source": "xsd", "out": "out" } } }`,
    "xsd/1.0/a.xsd": element("xs:int"),
    "broken/strata.config.json": `{ "families": { "a": { "source": "xsd", "out": "out" } } }`,
    "broken/xsd/1.0/a.xsd": "<not xml",
    "broken/xsd/1.1/a.xsd": element("t:Missing"),
    "broken/xsd/1.2/a.xsd": element("xs:int"),
    "mistaken/strata.config.json": `{ "families": { "a": { "sorce": "xsd", "out": "out" } } }`,
    "mistaken/a.xsd": element("xs:int"),
    "noted/strata.config.json": `{ "families": { "a": { "source": "xsd", "out": "out" } } }`,
    "noted/xsd/1.0/a.xsd": element("xs:int"),
    "noted/xsd/1.1/a.xsd": element("xs:int"),
    "valid.xml": `<a xmlns="urn:t">1</a>`,
    "invalid.xml": `<a xmlns="urn:t">one</a>`,
    "broken.xml": `<a xmlns="urn:t">`,
    "data.json": "{}",
  });
  // A folder where a file is expected cannot be read, whoever asks.
  mkdirSync(join(folder.path, "noted/xsd/1.1/release.yaml"));
});

afterAll(() => {
  folder.remove();
});

/** What takes a schema, as it is called with one; "one" is the schema. */
const withSchema: Readonly<Record<string, readonly string[]>> = {
  inspect: ["one"],
  operations: ["one"],
  sample: ["one", "a"],
  validate: ["one", "VALID"],
  convert: ["one", "VALID"],
  diff: ["one", "one"],
  history: ["one", "OTHER"],
  mock: ["one"],
  call: ["one", "GetUser", "--site", "example"],
};

const release = (word: string, other = "1.2"): readonly (readonly string[])[] => [
  ["generate", word],
  ...Object.entries(withSchema).map(([command, args]) => [
    command,
    ...args.map((arg) => (arg === "one" ? word : arg === "OTHER" ? other : arg)),
  ]),
];

const path = (word: string): readonly (readonly string[])[] => [
  ["generate", "--bundle", word, "--out", "out-of-bundle"],
  ["import", word, "--as", "9.9"],
  ...release(word, word).slice(1),
];

/** Some of the commands, where all take the same way. */
const some = (commands: readonly (readonly string[])[], ...flags: readonly string[]) =>
  commands.flatMap((args) =>
    ["generate", "inspect", "diff"].includes(args[0] ?? "") ? [[...args, ...flags]] : [],
  );

test.each<[name: string, cwd: string, status: number, commands: readonly (readonly string[])[]]>([
  ["a release that there is not", "", 2, release("9.9")],
  [
    "a range that makes no sense",
    "",
    2,
    [
      ["generate", ">="],
      ["history", ">="],
    ],
  ],
  ["a path that leads nowhere", "", 3, path("./nowhere")],
  ["a file that is no schema", "", 3, path("./valid.xml").filter(([command]) => command !== "import")],
  ["a release that is not XML", "broken", 3, release("1.0")],
  ["a release that does not compile", "broken", 3, release("1.1")],
  ["a family of which some releases cannot be read", "broken", 3, [["generate"], ["history"]]],
  ["a configuration with a mistake", "mistaken", 2, [["generate"], ...some(release("./a.xsd"))]],
  ["notes that cannot be read", "noted", 3, [["generate"], ["diff", "1.0", "1.1"], ["history"]]],
  ["an entry that the bundle does not hold", "", 2, some(release("1.0"), "--entry", "b.xsd")],
  ["a convention that the schema does not follow", "", 2, some(release("1.0"), "--service", "webex")],
  [
    "a document that there is not",
    "",
    3,
    [
      ["validate", "1.0", "nowhere.xml"],
      ["convert", "1.0", "nowhere.xml"],
    ],
  ],
  [
    "a document that is not XML",
    "",
    3,
    [
      ["validate", "1.0", "broken.xml"],
      ["convert", "1.0", "broken.xml"],
    ],
  ],
  [
    "a document that is not valid",
    "",
    1,
    [
      ["validate", "1.0", "invalid.xml"],
      ["convert", "1.0", "invalid.xml", "--validate"],
    ],
  ],
  [
    "a component or code that there is not",
    "",
    2,
    [
      ["generate", "--only", "Missing"],
      ["inspect", "1.0", "Missing"],
      ["sample", "1.0", "Missing"],
      ["call", "1.0", "Missing", "--site", "example"],
      ["explain", "missing"],
      ["rules", "missing"],
    ],
  ],
  [
    "an output that cannot be written",
    "",
    2,
    [
      ["generate", "--out", "data.json"],
      ["generate", "--out", "data.json/inside"],
      ["diff", "1.0", "1.0", "--format", "json", "--out", "data.json/inside"],
      ["diff", "1.0", "1.0", "--format", "json", "--out", "xsd"],
      ["diff", "1.0", "1.0", "--write-baseline", "xsd"],
    ],
  ],
])("%s", async (_name, cwd, status, commands) => {
  const document = join(folder.path, "valid.xml");
  const runs = await Promise.all(
    commands.map(async (args) => ({
      args,
      ...(await strata(
        args.map((arg) => (arg === "VALID" ? document : arg)),
        { cwd: join(folder.path, cwd) },
      )),
    })),
  );
  expect(runs.map((run) => [run.args.join(" "), run.status])).toEqual(
    commands.map((args) => [args.join(" "), status]),
  );
  for (const { args, stderr } of runs) {
    const said = args.join(" ");
    expect({ said, complains: /error/u.test(stderr) }).toEqual({ said, complains: true });
    expect({ said, stack: /^\s+at /mu.test(stderr) }).toEqual({ said, stack: false });
  }
});

test.runIf(existsSync("/dev/full"))("a disk that is full: what could not be written is named", async () => {
  const report = await strata(["diff", "1.0", "1.0", "--format", "json", "--out", "/dev/full"], {
    cwd: folder.path,
  });
  expect(report.status).toBe(2);
  expect(report.stderr).toBe("error: /dev/full cannot be written: no room is left on the disk\n");
  const full = openSync("/dev/full", "w");
  const [node, ...before] = program;
  const piped = spawnSync(node, [...before, "rules"], { stdio: ["ignore", full, "pipe"] });
  closeSync(full);
  expect(piped.status).toBe(2);
  expect(String(piped.stderr)).toBe("error: the output cannot be written: no room is left on the disk\n");
});

test.runIf(existsSync("/proc/self"))("a folder that cannot be made is named", async () => {
  const args = ["generate", "--bundle", "xsd/1.0", "--out", "/proc/of-ours"];
  const { status, stderr } = await strata(args, { cwd: folder.path });
  expect(status).toBe(2);
  expect(stderr).toBe("error: /proc/of-ours cannot be written: not permitted\n");
});

test("a port that is taken", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    const { status, stdout, stderr } = await strata(["mock", "earliest", "--port", String(port)]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`error: port ${port}: another program listens there\nhint: `);
  } finally {
    server.close();
  }
});

test.skipIf(process.getuid?.() === 0)("what the user may not read ends all commands alike", async () => {
  for (const place of ["xsd/1.0/a.xsd", "xsd/1.0", "xsd"]) {
    chmodSync(join(folder.path, place), 0);
    try {
      for (const args of [
        ["generate"],
        ["inspect", "1.0"],
        ["generate", "--bundle", "xsd/1.0", "--out", "o"],
      ]) {
        const { status, stderr } = await strata(args, { cwd: folder.path });
        expect({ place, args, status }).toEqual({ place, args, status: 3 });
        expect(stderr).toMatch(/cannot be read: permission denied/u);
      }
    } finally {
      chmodSync(join(folder.path, place), 0o755);
    }
  }
});
