// What holds on every page: no serious violation of WCAG 2.2 AA in both languages and themes, one h1, no fault of the script, nothing wider
// than a phone, no word of the other language.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, here, open, person, sticksOut, strangers, violations } from "./harness.mjs";

after(() => browser.close());

const VISITOR = ["/", "/sign-in", "/sign-up", "/design", "/api"];
const MEMBER = ["/account"];
const STAFF = [
  "/", "/desk", "/desk/upload", "/desk/dashboard", "/desk/ledger", "/desk/false-alarms",
  "/directory/people", "/directory/people/new", "/directory/organisations", "/directory/organisations/new", "/directory/imports", "/directory/imports/new",
  "/account", "/admin/accounts", "/admin/log", "/admin/jobs",
];
// Pages reached from a list: the first link in its table.
const DETAILS = ["/desk", "/directory/people", "/directory/organisations", "/admin/accounts"];

async function paths(page) {
  const found = [];
  for (const path of STAFF) if ((await page.context().request.get(here(path))).status() !== 404) found.push(path);
  for (const list of DETAILS.filter((path) => found.includes(path))) {
    await open(page, list);
    const link = page.locator("tbody a[href^='/']").first();
    if (await link.count()) found.push(await link.getAttribute("href"));
  }
  return found;
}

async function hold(page, path, lang) {
  await open(page, path);
  const wrong = [...(await violations(page)), ...(await sticksOut(page)), ...(await strangers(page, lang)).map((word) => `other language: ${word}`), ...page.faults.splice(0)];
  const heads = await page.locator("h1").count();
  if (heads !== 1) wrong.push(`${heads} h1`);
  return wrong.map((line) => `${path}: ${line}`);
}

for (const lang of ["zh", "en"]) {
  for (const theme of ["light", "dark"]) {
    for (const width of [1366, 390]) {
      if (theme === "dark" && width === 390) continue;
      test(`every page, ${lang}, ${theme}, ${width} wide`, async () => {
        const visitor = await person({ lang, theme, width });
        const staff = await person({ role: "administrator", lang, theme, width });
        const wrong = [];
        for (const path of VISITOR) wrong.push(...(await hold(visitor, path, lang)));
        for (const path of [...(await paths(staff)), ...MEMBER]) wrong.push(...(await hold(staff, path, lang)));
        await visitor.context().close();
        await staff.context().close();
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
