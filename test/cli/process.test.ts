import { execFile, spawn } from "node:child_process";
import { cpSync, existsSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { commands } from "../../generator/cli/commands.js";
import { sortReleases } from "../../generator/release/order.js";
import { createFolder, program, root, strata, xsd } from "./run.js";

let folder: ReturnType<typeof createFolder>;

beforeEach(() => {
  folder = createFolder();
});

afterEach(() => {
  folder.remove();
});

const schema = (type: string): string =>
  xsd(
    `<xs:complexType name="A"><xs:sequence><xs:element name="x" type="${type}"/></xs:sequence></xs:complexType>`,
  );

test("--watch answers a change, survives a mistake, sees a new release, and ends with status 0", async () => {
  folder.write({
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "gen" } } }`,
    "xsd/1.0/a.xsd": schema("xs:int"),
  });
  const [node, ...args] = program;
  const child = spawn(node, [...args, "generate", "--watch"], {
    cwd: folder.path,
    env: { PATH: process.env["PATH"] ?? "", STRATA_CACHE: "off" },
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = new Promise<number | null>((settle) => child.on("close", settle));
  /** Waits for a text that comes after what was said before. */
  const says = async (text: RegExp, from: number): Promise<void> => {
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      if (text.test(stderr.slice(from))) return;
      await new Promise((settle) => setTimeout(settle, 20));
    }
    throw new Error(`waited in vain for ${String(text)} in:\n${stderr.slice(from)}`);
  };
  try {
    await says(/watching for changes/u, 0);
    let from = stderr.length;
    folder.write({ "xsd/1.0/a.xsd": schema("xs:string") });
    await says(/\d\d:\d\d:\d\d [1-9]\d* files? written/u, from);
    expect(folder.read("gen/v1.0/t.ts")).toContain("x: string");

    from = stderr.length;
    folder.write({ "xsd/1.0/a.xsd": schema("xs:strin") });
    await says(/did you mean "xs:string"[\s\S]*waiting for the mistakes/u, from);
    expect(folder.read("gen/v1.0/t.ts")).toContain("x: string");

    from = stderr.length;
    folder.write({ "xsd/1.0/a.xsd": schema("xs:int"), "xsd/2.0/a.xsd": schema("xs:boolean") });
    for (const end = Date.now() + 30_000; Date.now() < end;) {
      if (existsSync(join(folder.path, "gen/v2.0/t.ts"))) break;
      await new Promise((settle) => setTimeout(settle, 20));
    }
    await says(/files? written/u, from);
    expect(folder.read("gen/v2.0/t.ts")).toContain("x: boolean");
  } finally {
    child.kill("SIGINT");
  }
  expect(await ended).toBe(0);
});

test("a reader that goes away is no failure", async () => {
  const command = `${program.map((part) => `'${part}'`).join(" ")} explain | head -n 1; echo "status \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = await new Promise<{ stdout: string; stderr: string }>((settle, fail) => {
    execFile("bash", ["-c", command], { cwd: folder.path }, (error, stdout, stderr) => {
      if (error === null) settle({ stdout, stderr });
      else fail(error);
    });
  });
  expect(stdout).toContain("status 0");
  expect(stderr).toBe("");
});

test("a mistake of ours is status 70, says what to report, and has no stack without DEBUG", async () => {
  // A runtime without templates is what a broken installation looks like.
  cpSync(join(root, "generator"), join(folder.path, "copy/generator"), { recursive: true });
  cpSync(join(root, "templates/runtime"), join(folder.path, "copy/templates/runtime"), { recursive: true });
  cpSync(join(root, "package.json"), join(folder.path, "copy/package.json"));
  symlinkSync(join(root, "node_modules"), join(folder.path, "copy/node_modules"));
  folder.write({ "in/a.xsd": schema("xs:int") });
  const run = (env: Readonly<Record<string, string>>) =>
    new Promise<{ status: number | null; stderr: string }>((settle) => {
      const main = join(folder.path, "copy/generator/cli/main.ts");
      const child = spawn(
        process.execPath,
        ["--import", program[2], main, "generate", "--bundle", "in", "--out", "out"],
        {
          cwd: folder.path,
          env: { PATH: process.env["PATH"] ?? "", STRATA_CACHE: "off", ...env },
        },
      );
      let stderr = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
      child.on("close", (status) => {
        settle({ status, stderr });
      });
    });
  const quiet = await run({});
  expect(quiet.status).toBe(70);
  expect(quiet.stderr).toContain("This is a mistake in xsd-strata, not in your input.");
  expect(quiet.stderr).toContain(`node ${process.version}`);
  expect(quiet.stderr).not.toMatch(/^\s+at /mu);
  expect((await run({ DEBUG: "1" })).stderr).toMatch(/^\s+at /mu);
});

/** Examples that cannot end by themselves, or that need a history in git or a real site. */
const isLeftOut = (name: string, line: string): boolean =>
  name === "mock" || line.includes("git:") || (name === "call" && !line.includes("--dry-run"));

let project: ReturnType<typeof createFolder>;

beforeAll(() => {
  const releases = sortReleases(readdirSync(join(root, "xsd")).filter((name) => /^\d/u.test(name)));
  project = createFolder({
    "strata.config.json": `{ "families": { "f": { "source": "xsd", "out": "generated", "only": ["user.getUser"] } } }`,
  });
  cpSync(join(root, "examples"), join(project.path, "examples"), { recursive: true });
  for (const release of releases.slice(-2)) {
    cpSync(join(root, "xsd", release), join(project.path, "xsd", release), { recursive: true });
  }
});

afterAll(() => {
  project.remove();
});

test.each(Object.keys(commands))("the examples of `%s --help` work when pasted", async (name) => {
  const command = await commands[name]?.();
  const options = { cwd: project.path, env: { STRATA_CACHE: join(project.path, "cache") } };
  // `generate --check` is the last of its examples, so it finds what the one before has written.
  for (const [line] of command?.examples ?? []) {
    if (isLeftOut(name, line)) continue;
    const args = line
      .replaceAll("{example}", "examples/order")
      .split(" ")
      .filter((word) => word !== "")
      // As a shell does with quotes around a word.
      .map((word) => word.replace(/^'(.*)'$/u, "$1"));
    const { status, stderr } = await strata([name, ...args], options);
    const findings = name === "diff" ? [0, 1] : [0];
    expect(findings, `${line}\n${stderr}`).toContain(status);
  }
});
