/** The pages in a real browser, opened from disk. Skipped, and said so, where there is none. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { shop, siteOf } from "./family.js";
import { noted } from "./noted-family.js";

const executable = [process.env["CHROMIUM"] ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser"].find(
  (path) => path !== "" && existsSync(path),
);
if (executable === undefined)
  console.warn("browser tests are skipped: no chromium (set CHROMIUM to its path)");
const inBrowser = test.skipIf(executable === undefined);

let browser: Browser;
let folder: string;
const complaints: string[] = [];

beforeAll(async () => {
  if (executable === undefined) return;
  folder = mkdtempSync(join(tmpdir(), "strata-reports-"));
  mkdirSync(join(folder, "reports"));
  for (const { path, text } of (await siteOf(shop)).files) writeFileSync(join(folder, path), text);
  mkdirSync(join(folder, "reports/noted"));
  for (const { path, text } of (await siteOf(noted(false))).files)
    writeFileSync(join(folder, path.replace("reports/", "reports/noted/")), text);
  browser = await chromium.launch({
    executablePath: executable,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
});

afterAll(async () => {
  if (executable === undefined) return;
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

async function open(
  name: string,
  options: { readonly dark?: boolean; readonly width?: number; readonly bypass?: boolean } = {},
): Promise<Page> {
  const context = await browser.newContext({
    colorScheme: options.dark === true ? "dark" : "light",
    viewport: { width: options.width ?? 1280, height: 900 },
    bypassCSP: options.bypass === true,
  });
  const page = await context.newPage();
  complaints.length = 0;
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => {
    if (!request.url().startsWith("file:")) complaints.push(`asks for ${request.url()}`);
  });
  await page.goto(pathToFileURL(join(folder, "reports")).href + `/${name}`);
  return page;
}

const shownFindings = (page: Page): Promise<readonly string[]> =>
  page.locator("article[data-level]:visible h3").allInnerTexts();

const active = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.id ?? "");

inBrowser.each(["index.html", "v1.0.html", "v1.1.html", "v2.0.html", "v2.1.html"])(
  "%s runs without a complaint and asks for nothing",
  async (name) => {
    const page = await open(name);
    await page.waitForFunction(() => document.documentElement.classList.contains("script"));
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

inBrowser.each([
  ["index.html", false, 1280],
  ["index.html", true, 1280],
  ["v2.0.html", false, 1280],
  ["v2.0.html", true, 1280],
  ["v2.0.html", false, 420],
  ["v1.0.html", false, 1280],
  ["v1.1.html", true, 1280],
  ["noted/v1.1.html", false, 1280],
  ["noted/v1.1.html", true, 420],
  ["noted/index.html", false, 1280],
] as const)("axe finds nothing in %s (dark: %s, %d pixels wide)", async (name, dark, width) => {
  const page = await open(name, { dark, width, bypass: true });
  // What is closed is looked at as well.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) {
      details.removeAttribute("name");
      details.open = true;
    }
  });
  await page.evaluate(readFileSync(axe, "utf8"));
  const violations = await page.evaluate(async () => {
    const judge = (globalThis as unknown as { axe: { run: () => Promise<{ violations: readonly any[] }> } })
      .axe;
    const { violations } = await judge.run();
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node: any) => node.html).join("\n")}`);
  });
  expect(violations).toEqual([]);
  await page.context().close();
});

inBrowser("search narrows, by words and by initials of humps, and the address keeps it", async () => {
  const page = await open("v2.0.html");
  const all = (await shownFindings(page)).length;
  expect(all).toBeGreaterThan(3);
  await page.fill("input[name=q]", "customer");
  expect(await shownFindings(page)).toEqual([expect.stringContaining("customer")]);
  expect(await page.locator("form.filters output").innerText()).toBe(`1 of ${all} findings`);
  expect(page.url()).toContain("?q=customer");
  await page.reload();
  expect(await shownFindings(page)).toHaveLength(1);
  await page.click("form.filters button[type=reset]");
  await expect.poll(async () => (await shownFindings(page)).length).toBe(all);
  await page.context().close();
});

inBrowser.each(["level", "rule", "direction", "service"])(
  "the filter %s leaves what has its value",
  async (name) => {
    const page = await open("v2.0.html");
    const select = page.locator(`select[name=${name}]`);
    const values = await select
      .locator("option")
      .evaluateAll((options) =>
        options.map((option) => (option as HTMLOptionElement).value).filter((value) => value !== ""),
      );
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) {
      await select.selectOption(value);
      const given = await page
        .locator("article[data-level]:visible")
        .evaluateAll((cards, key) => cards.map((card) => (card as HTMLElement).dataset[key] ?? ""), name);
      const having = await page
        .locator("article[data-level]")
        .evaluateAll(
          (cards, [key, wanted]) =>
            cards.filter((card) => ((card as HTMLElement).dataset[key] ?? "").split(" ").includes(wanted))
              .length,
          [name, value] as const,
        );
      expect(given).toHaveLength(having);
      expect(given.every((text) => text.split(" ").includes(value))).toBe(true);
    }
    await page.context().close();
  },
);

inBrowser("services are named as users name them, not by namespace", async () => {
  const page = await open("v2.0.html");
  const names = await page.locator("select[name=service] option").allInnerTexts();
  expect(names.some((name) => name.includes(":") || name.includes("/"))).toBe(false);
  await page.context().close();
});

inBrowser("grouping loses nothing; a finding of two groups has one place and is pointed to", async () => {
  const page = await open("v2.0.html");
  const all = [...(await shownFindings(page))].sort();
  for (const by of ["operation", "type", "rule", ""]) {
    await page.selectOption("select[name=group]", by);
    expect([...(await shownFindings(page))].sort()).toEqual(all);
  }
  await page.selectOption("select[name=group]", "operation");
  expect(await page.locator("p.also:visible").count()).toBeGreaterThan(0);
  await page.context().close();
});

inBrowser("a permalink opens its finding, also when a filter would hide it", async () => {
  const page = await open("v2.0.html");
  const id = (await page.locator("article[data-level]").last().getAttribute("id")) ?? "";
  const url = page.url();
  await page.goto("about:blank");
  await page.goto(`${url}?q=nothing-like-this#${id}`);
  const card = page.locator(`[id="${id}"]`);
  expect(await card.isVisible()).toBe(true);
  expect(await card.locator("details.why").getAttribute("open")).not.toBeNull();
  expect(await active(page)).toBe(id);
  await page.context().close();
});

inBrowser(
  "keys: next, previous, open, search, group, clear, help; none while typing or when off",
  async () => {
    const page = await open("v2.0.html");
    const ids = await page.locator("[data-entry]").evaluateAll((cards) => cards.map(({ id }) => id));
    await page.keyboard.press("j");
    expect(await active(page)).toBe(ids[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await page.keyboard.press("k");
    expect(await active(page)).toBe(ids[0]);
    await page.keyboard.press("o");
    expect(await page.locator("article.current details.why").getAttribute("open")).not.toBeNull();
    await page.keyboard.press("g");
    expect(await page.inputValue("select[name=group]")).toBe("operation");
    await page.keyboard.press("/");
    await page.keyboard.type("jkg");
    expect(await page.inputValue("input[name=q]")).toBe("jkg");
    await page.keyboard.press("Escape");
    await page.keyboard.press("x");
    await expect.poll(() => page.inputValue("input[name=q]")).toBe("");
    await page.keyboard.press("?");
    expect(await page.locator("dialog#keys").isVisible()).toBe(true);
    await page.uncheck("[data-action=shortcuts]");
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    expect(await page.inputValue("select[name=group]")).toBe("");
    await page.context().close();
  },
);

inBrowser("two columns of the matrix compared: what differs, the same by buttons and by lists", async () => {
  const page = await open("index.html");
  const names = (): Promise<readonly string[]> => page.locator("tr[data-entry]:visible th").allInnerTexts();
  const all = (await names()).length;
  await page.click('[data-column="2.0"]');
  await page.click('[data-column="2.1"]');
  expect(await names()).toEqual([]);
  await page.click('[data-column="1.0"]');
  await page.click('[data-column="1.1"]');
  const rows = await names();
  expect(rows.length).toBeGreaterThan(0);
  expect(rows.length).toBeLessThan(all);
  expect(rows.join()).toContain("gift");
  expect(rows.join()).not.toContain("customer");
  expect(await page.locator("#comparison").innerText()).toContain("xsd-strata diff 1.0 1.1");
  await page.selectOption("select[name=from]", "1.1");
  await page.selectOption("select[name=to]", "1.0");
  expect(await names()).toEqual(rows);
  await page.context().close();
});

inBrowser("a cell leads to its finding", async () => {
  const page = await open("index.html");
  await page.locator("table.matrix td.come a").first().click();
  await page.waitForURL(/v\d.*#/u);
  const id = new URL(page.url()).hash.slice(1);
  expect(await page.locator(`[id="${id}"]`).isVisible()).toBe(true);
  await page.context().close();
});

inBrowser("dark when the system is, and when asked for", async () => {
  const paper = (page: Page): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await open("v2.0.html", { dark: true });
  const light = await open("v2.0.html");
  const [darkPaper, lightPaper] = [await paper(dark), await paper(light)];
  expect(darkPaper).not.toBe(lightPaper);
  await light.click("[data-action=theme]");
  await light.click("[data-action=theme]");
  expect(await paper(light)).toBe(darkPaper);
  await light.reload();
  expect(await paper(light)).toBe(darkPaper);
  await dark.context().close();
  await light.context().close();
});

inBrowser("the page is whole without scripts", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(folder, "reports", "v2.0.html")).href);
  expect((await shownFindings(page)).length).toBeGreaterThan(3);
  expect(await page.locator("form.filters").isVisible()).toBe(false);
  await context.close();
});

inBrowser.each(["v2.0.html", "index.html"])("nothing of %s is wider than a sheet of paper", async (name) => {
  const page = await open(name, { width: 680 });
  await page.emulateMedia({ media: "print" });
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll("main *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth)
      .map((element) => `${element.tagName} ${element.className}`),
  );
  expect(wide).toEqual([]);
  await page.context().close();
});

inBrowser("nothing is wider than a narrow window", async () => {
  const page = await open("v2.0.html", { width: 360 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
  await page.context().close();
});
