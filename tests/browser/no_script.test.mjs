// The main paths with script switched off: plain links, forms and files.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, open, person, sample, until } from "./harness.mjs";

after(() => browser.close());

test("a reviewer signs in, uploads, filters, settles, signs out", async () => {
  const page = await person({ script: false });
  await open(page, "/");
  await page.click("button[value=reviewer]");
  await page.waitForSelector(".account");
  await page.goto(new URL("/desk/upload", page.url()).href);
  await page.setInputFiles("#file", sample("qinglan-2023-faulty.txt"));
  await page.click("form[action='/desk/upload'] .button.primary");
  await page.waitForLoadState();
  const report = await (await until(page, "/desk?q=" + encodeURIComponent("青岚"), "#reports tbody a")).getAttribute("href");
  await until(page, report, "[data-finding]");
  await page.locator("[data-finding] a[href^='/desk/findings/']").first().click();
  await page.check("input[name=state][value=false_alarm]");
  await page.fill("#reason", "表述不同，数字一致。");
  await page.click("form[action$='/judge'] .button");
  await page.waitForLoadState();

  await open(page, "/desk/ledger");
  await page.selectOption("#state", "false_alarm");
  await page.click(".filters .button.plain");
  await page.waitForURL(/state=false_alarm/);
  assert.ok((await page.locator("#ledger tbody tr").count()) > 0, "the false alarm is in the ledger");

  await page.click("details.account > summary");
  await page.click("form[action='/sign-out'] button");
  await page.waitForSelector("a[href='/sign-in']");
  await page.context().close();
});

test("an officer searches the directory", async () => {
  const page = await person({ script: false });
  await open(page, "/");
  await page.click("button[value=officer]");
  await page.waitForSelector(".account");
  await open(page, "/directory/people");
  const name = (await page.locator("tbody th a").first().innerText()).trim();
  await page.fill("[data-search]", name);
  await page.click(".filters .button.plain");
  await page.waitForURL(/q=/);
  assert.equal((await page.locator("tbody th a").first().innerText()).trim(), name);
  await page.context().close();
});
