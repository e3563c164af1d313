import { expect, test } from "vitest";
import { commands } from "../../generator/cli/commands.js";
import { strata } from "./run.js";

test("without arguments the help goes to stderr, with status 2", async () => {
  const { status, stdout, stderr } = await strata([]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  for (const name of Object.keys(commands)) expect(stderr).toContain(`xsd-strata ${name}`);
});

test("--help goes to stdout, with status 0", async () => {
  const { status, stdout, stderr } = await strata(["--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(stdout).toContain("Commands:");
});

test.each(Object.keys(commands))("%s --help describes every flag and has examples", async (name) => {
  const command = await commands[name]?.();
  const { status, stdout, stderr } = await strata([name, "--help"]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  for (const flag of Object.keys(command?.options ?? {})) expect(stdout).toContain(`--${flag} `);
  for (const positional of Object.keys(command?.positionals ?? {}))
    expect(stdout).toContain(`  ${positional} `);
  expect(stdout).not.toContain("default: []");
  const examples = stdout.slice(stdout.indexOf("Examples:"));
  expect(examples.split("\n").filter((line) => line.startsWith(`  xsd-strata ${name}`))).toHaveLength(
    command?.examples.length ?? -1,
  );
});

test.each<[args: string[], ...says: string[]]>([
  [["genrate"], 'no command "genrate"', 'did you mean "generate"?'],
  [["gen"], 'no command "gen"', 'did you mean "generate"?'],
  [["--quiet"], "a command is missing", "--help"],
  [["generate", "--check=no"], "--check takes no value"],
  [["generate", "-w=1"], "-w takes no value"],
  [["--quiet=yes", "generate"], "--quiet takes no value"],
  [["import", "x.zip", "--as", "1.0", "--dry-run=0"], "--dry-run takes no value"],
  [["generate", "--chek"], "generate has no flag --chek", "did you mean --check?"],
  [["generate", "--chek", "--dryrun"], "did you mean --check?", "did you mean --dry-run?"],
  [["generate", "-x"], "generate has no flag -x"],
  [["generate", "--bundle"], "--bundle needs a value"],
  [["generate", "--out", "a", "--out", "b"], "--out is given 2 times"],
  [["generate", "--service", "webx"], '"webx" is no value of --service', "did you mean webex?"],
  [["inspect"], "inspect needs <schema>"],
  [["inspect", "a", "b", "c"], '"c" is one argument too many'],
  [["inspect", "a", "b", "c", "--whi"], '"c" is one argument too many', "did you mean --why?"],
  [["validate", "a", "--verbose", "b.xml"], "validate has no flag --verbose"],
  [["validate", "a", "--no-quiet", "b.xml"], "validate has no flag --no-quiet"],
  [["diff", "a", "b", "-"], '"-" is one argument too many'],
  [["validate", "--", "--verbose"], "validate needs <schema> <files..>"],
  [["validate", "", "b.xml"], "<schema> is empty"],
  [["generate", "--out", "", "--bundle", "x"], "--out needs a value"],
  [["generate", "--out="], "--out needs a value"],
  [["inspect", "a", "--why"], "--why needs a component"],
  [["inspect", "a", "b", "--depth", "x"], "--depth is a whole number"],
  [["explain", "unknown-releas"], 'did you mean "unknown-release"?'],
  [["generate", "--check", "--watch"], "--watch makes no sense with"],
  [["generate", "--bundle", "x"], "--bundle needs --out"],
  [["generate", "latest", "--bundle", "x", "--out", "y"], "releases and families come from a configuration"],
  [["history", "--family", "webx"], 'no family "webx"', "known families: webex"],
  [["import", "x.zip"], "--as is missing"],
  [["import", "x.zip", "--as", "../evil"], "is no release id"],
])("%j is a usage error", async (args, ...says) => {
  const { status, stdout, stderr } = await strata(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  for (const each of says) expect(stderr).toContain(each);
  expect(stderr).not.toMatch(/^\s+at /mu);
});

test("help with a command is its --help", async () => {
  expect(await strata(["help", "rules"])).toEqual(await strata(["rules", "--help"]));
  expect((await strata(["help"])).stdout).toContain("Commands:");
});

test("numbers in arguments are texts: 41.10 is not 41.1", async () => {
  const { stderr } = await strata(["generate", "41.10000000000000000001"]);
  expect(stderr).toContain('no release "41.10000000000000000001"');
});

test.each([
  [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false],
  [{ FORCE_COLOR: "1" }, true],
  [{ FORCE_COLOR: "0" }, false],
  [{}, false],
])("colours with %j: %j", async (env, coloured) => {
  const { stdout } = await strata(["explain", "unknown-release"], { env });
  expect(stdout.includes("\u001b[")).toBe(coloured);
});

test("a hostile argument is printed visibly", async () => {
  const { stderr } = await strata(["explain", "\u001b[2Jgone\u202e"]);
  expect(stderr).toContain("\\u{001B}[2Jgone\\u{202E}");
  expect(stderr).not.toContain("\u001b");
});

test.each([
  [
    { npm_package_name: "xsd-strata", npm_lifecycle_event: "strata", npm_config_user_agent: "npm/11.0.0" },
    "npm run -s strata --",
  ],
  [
    { npm_package_name: "shop", npm_lifecycle_event: "start", npm_config_user_agent: "npm/11.0.0 node/v20" },
    "npx xsd-strata",
  ],
  [{ npm_config_user_agent: "pnpm/11.0.0 npm/? node/?" }, "pnpm xsd-strata"],
  [{ npm_config_user_agent: "yarn/4.0.0" }, "yarn xsd-strata"],
  [{ npm_config_user_agent: "bun/1.3.0" }, "bunx xsd-strata"],
  [{ npm_config_user_agent: "constructor/1" }, "xsd-strata"],
  [{}, "xsd-strata"],
])("started with %j, commands that are shown begin with %s", async (env, program) => {
  const { stdout } = await strata(["generate", "--help"], { env });
  expect(stdout).toContain(`\n  ${program} generate --check\n`);
});

test.each(Object.keys(commands))(
  "%s: whatever takes the path of a schema says how it is read",
  async (name) => {
    const command = await commands[name]?.();
    const takesSchema = Object.keys(command?.positionals ?? {}).some((each) =>
      ["schema", "bundle", "old", "new"].includes(each),
    );
    const flags = Object.keys(command?.options ?? {});
    if (takesSchema || flags.includes("bundle")) {
      expect(flags).toEqual(expect.arrayContaining(["service", "entry", "catalog"]));
    }
  },
);
