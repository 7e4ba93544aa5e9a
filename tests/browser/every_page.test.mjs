// What holds on every page: no serious violation of WCAG 2.2 AA in both languages and themes, one h1, no fault of the script, nothing wider
// than a phone, no word of the other language.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, here, open, person, sticksOut, strangers, violations } from "./harness.mjs";

after(() => browser.close());

// Who sees which pages; the second list holds lists whose first entry is opened as well.
const PAGES = [
  [undefined, ["/", "/sign-in", "/sign-up", "/design", "/api"], []],
  [undefined, ["/exchange", "/exchange?q=%E7%83%98%E5%B9%B2&kind=offer", "/exchange?q=zzzz", "/exchange/quality"], []],
  ["officer", ["/exchange?q=%E7%83%98%E5%B9%B2", "/exchange?kind=offer&maturity=applied", "/exchange/saved", "/exchange/review", "/exchange/review/duplicates", "/exchange/assignments"], []],
  ["member", ["/exchange/mine"], ["/exchange/mine"]],
  ["citizen", ["/", "/account", "/account/security", "/account/sessions", "/account/tokens", "/account/identity"], []],
  ["reviewer", ["/", "/desk", "/desk/upload", "/desk/dashboard", "/desk/ledger"], ["/desk", "/desk/ledger"]],
  ["officer", ["/", "/directory/people", "/directory/organisations", "/directory/imports", "/directory/imports/new", "/directory/people/new", "/identities"], ["/directory/people", "/directory/organisations"]],
  ["officer", ["/evidence", "/evidence?flagged=1", "/evidence/new", "/evidence/new?kind=training", "/evidence/new?kind=survey", "/evidence/imports", "/evidence/import"], ["/evidence", "/evidence?flagged=1"]],
  ["reviewer", ["/evidence?standing=open"], ["/evidence?standing=open"]],
  ["finance", ["/money", "/money/ledger", "/money/imports", "/money/import", "/money/tables", "/money/tables?set=sichuan&in=yuan&rounding=plug", "/money/statements", "/money/projects", "/money/codes", "/money/years"], ["/money/statements", "/money/projects"]],
  ["leader", ["/money", "/money/years", "/performance", "/performance/monitoring"], []],
  ["officer", ["/performance", "/performance/monitoring", "/performance/evaluations", "/performance/tasks", "/performance/import", "/performance/basic"], ["/performance", "/performance/evaluations", "/performance/tasks"]],
  ["reviewer", ["/performance", "/performance/evaluations", "/performance/allocation"], ["/performance", "/performance/evaluations"]],
  ["administrator", ["/", "/admin/accounts", "/admin/log", "/admin/jobs"], ["/admin/accounts"]],
];

async function firstOf(page, list) {
  await open(page, list);
  const link = page.locator("tbody a[href^='/']").first();
  return (await link.count()) ? [await link.getAttribute("href")] : [];
}

// The reader of the interface shows both languages at once.
async function hold(page, path, lang) {
  const answer = await page.goto(here(path));
  if (answer.status() >= 400) return [`${path}: ${answer.status()}`];
  const wrong = [...(await violations(page)), ...(await sticksOut(page)), ...(path === "/api" ? [] : await strangers(page, lang)).map((word) => `other language: ${word}`), ...page.faults.splice(0)];
  const twice = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((e) => e.id).filter((id, at, all) => all.indexOf(id) !== at));
  if (twice.length) wrong.push(`one id twice: ${twice}`);
  const heads = await page.locator("h1").count();
  if (heads !== 1) wrong.push(`${heads} h1`);
  return wrong.map((line) => `${path}: ${line}`);
}

for (const lang of ["zh", "en"]) {
  for (const theme of ["light", "dark"]) {
    for (const width of [1366, 390]) {
      test(`every page, ${lang}, ${theme}, ${width} wide`, async () => {
        const wrong = [];
        for (const [role, paths, lists] of PAGES) {
          const page = await person({ role, lang, theme, width });
          for (const path of paths) wrong.push(...(await hold(page, path, lang)));
          for (const list of lists) for (const path of await firstOf(page, list)) wrong.push(...(await hold(page, path, lang)));
          await page.context().close();
        }
        assert.deepEqual(wrong, []);
      });
    }
  }
}

test("language, theme and type size are remembered, with script and without", async () => {
  for (const script of [true, false]) {
    const page = await person({ script, lang: "zh" });
    await open(page, "/design");
    await page.click("button[name=large]");
    if (script) await page.waitForSelector("html[data-large]");
    await page.click("button[name=theme]");
    if (script) await page.waitForSelector("html[data-theme=dark]");
    await page.waitForLoadState("networkidle");
    await page.click("button[name=lang]");
    await page.waitForSelector("html[lang=en]");
    assert.equal(await page.getAttribute("html", "data-theme"), "dark");
    assert.notEqual(await page.getAttribute("html", "data-large"), null);
    assert.equal(new URL(page.url()).pathname, "/design");
    await page.context().close();
  }
});
