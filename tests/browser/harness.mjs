// What every browser test needs: the site (its address comes in KEQIAO_ADDRESS), one browser, people signed in, the measures of a page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const site = process.env.KEQIAO_ADDRESS;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const quiet = ["--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: quiet });
// Names the site's own addresses where it is asked for one.
export const here = (path) => site + path;

// A browser of one person. `role` signs in as in the demo; without it, a visitor.
export async function person({ role, lang = "zh", theme = "light", width = 1366, script = true } = {}) {
  const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: script, locale: lang === "zh" ? "zh-CN" : "en-GB" });
  const { hostname } = new URL(site);
  const cookie = (name, value) => ({ name, value, domain: hostname, path: "/" });
  await context.addCookies([cookie("keqiao_lang", lang), cookie("keqiao_theme", theme)]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(error.message));
  page.on("console", (message) => { if (message.type() === "error" && !/status of 4\d\d/.test(message.text())) page.faults.push(message.text()); });
  if (role) {
    const answer = await context.request.post(here("/demo/sign-in"), { form: { role }, headers: { Origin: site }, maxRedirects: 0 });
    assert.equal(answer.status(), 303, `the demo signs in as ${role}`);
  }
  return page;
}

// Opens a page and holds it against what is true of every page.
export async function open(page, path) {
  const answer = await page.goto(here(path));
  assert.ok(answer.status() < 400, `${path}: ${answer.status()}`);
  return page;
}

// Serious and critical violations of WCAG 2.2 AA, as axe-core finds them.
export async function violations(page) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  return found.violations.filter((v) => v.impact === "serious" || v.impact === "critical").map((v) => `${v.id}: ${v.nodes.map((n) => n.html.slice(0, 160)).slice(0, 3).join(" | ")}`);
}

// What sticks out to the right of the screen.
export function sticksOut(page) {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".scroll"));
    return ["the page is wider than the screen", ...out.slice(0, 3).map((e) => e.outerHTML.slice(0, 120))];
  });
}

// Words of the interface (not of the data) in the other language.
export function strangers(page, lang) {
  return page.evaluate((lang) => {
    const known = /^(Excel|CSV|API|OpenAPI|JSON|Keqiao|English|TOTP|OIDC|MB|KB|IP|ID|URL|docx?|xlsx?|pdf|wps|et|ods|html?|md|txt|GBK|UTF-8|j|k|kq|SHA-256|v\d+)$/i;
    const parts = "nav a, button, label, legend, thead th, dt, .help, .total, .empty, .tabs a, .stat .label, h2";
    const seen = new Set();
    for (const part of document.querySelectorAll(parts)) {
      if (part.closest("[lang]") !== document.documentElement || part.closest("[data-text], .account, .report")) continue;
      const text = [...part.querySelectorAll("[data-text]")].reduce((all, name) => all.replace(name.innerText, ""), part.innerText || "");
      // 男 and 女 are values as a file holds them.
      if (lang === "en" && /\p{Script=Han}/u.test(text.replace(/[男女]/g, ""))) seen.add(text.slice(0, 60));
      if (lang === "zh") {
        const words = (text.match(/[A-Za-z][A-Za-z0-9-]{2,}/g) || []).filter((word) => !known.test(word));
        if (words.length && !/\p{Script=Han}/u.test(text)) seen.add(text.slice(0, 60));
      }
    }
    return [...seen];
  }, lang);
}

// A file of the samples that come with the source.
export const sample = (name) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));

// The page again and again until something is there: for what happens in the background, where no script listens.
export async function until(page, path, selector) {
  for (let turn = 0; turn < 60; turn += 1) {
    await open(page, path);
    if (await page.locator(selector).count()) return page.locator(selector).first();
    await page.waitForTimeout(500);
  }
  return assert.fail(`${path}: no ${selector} after 30 seconds`);
}

// Puts a report on the desk by the plain form and waits for its findings; gives its address.
export async function put(page, file, entity) {
  await open(page, "/desk/upload");
  const plain = await page.context().request.post(here("/desk/upload"), {
    headers: { Origin: site },
    multipart: { file: { name: file, mimeType: "application/octet-stream", buffer: readFileSync(sample(file)) } },
  });
  assert.ok(plain.ok(), `${file}: ${plain.status()}`);
  const row = await until(page, `/desk?q=${encodeURIComponent(entity)}`, "#reports tbody a");
  const report = await row.getAttribute("href");
  await until(page, report, "[data-finding]");
  return report;
}

// Opens again every year that an earlier test left closed.
export async function openYears() {
  const page = await person({ role: "leader" });
  await open(page, "/money/years");
  for (let form = page.locator("form[action$='/reopen']").first(); await form.count(); ) {
    await form.locator("[name=reason]").fill("浏览器测试：重新开账");
    await form.locator("button").click();
    await page.waitForSelector("[role=status].notice");
  }
  await page.context().close();
}
