// An officer on a phone: a record in a minute, offline and later sent; a reviewer confirms it; without script, too.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, open, person, sticksOut, until, violations } from "./harness.mjs";

const PHONE = 390;
after(() => browser.close());

async function fill(page, title) {
  await page.fill("#title", title);
  await page.fill("#place", "石桥头镇下河村文化礼堂");
  await page.fill("#people", "56");
  await page.fill("#sessions", "1");
}

test("recorded on a phone, repeated, confirmed by another", async () => {
  const officer = await person({ role: "officer", width: PHONE });
  const begun = Date.now();
  await open(officer, "/evidence/new");
  await officer.click("a[href='/evidence/new?kind=training']");
  await fill(officer, "手机登记的培训");
  assert.deepEqual(await sticksOut(officer), []);
  assert.deepEqual(await violations(officer), []);
  await officer.click("form[data-draft] .button.primary");
  await officer.waitForURL(/\/evidence\/[0-9a-f]{32}$/);
  assert.ok(Date.now() - begun < 60_000, "it takes less than a minute");
  const record = new URL(officer.url()).pathname;
  assert.equal(await officer.locator("form[action$='/confirm']").count(), 0, "nobody confirms their own");
  assert.deepEqual(await sticksOut(officer), []);

  await open(officer, "/evidence/new?kind=training&again=1");
  assert.equal(await officer.inputValue("#people"), "56");

  const reviewer = await person({ role: "reviewer", width: PHONE });
  await open(reviewer, "/evidence?standing=open&q=" + encodeURIComponent("手机登记"));
  assert.deepEqual(await sticksOut(reviewer), []);
  await reviewer.click(`#records a[href='${record}']`);
  await reviewer.click("form[action$='/confirm'] .button");
  await reviewer.waitForSelector(".badge.info");
  assert.deepEqual([...officer.faults, ...reviewer.faults], []);
  await Promise.all([officer.context().close(), reviewer.context().close()]);
});

test("without a network the draft stays on the phone and goes out later, once", async () => {
  const page = await person({ role: "officer", width: PHONE });
  await open(page, "/evidence/new?kind=training");
  await page.context().setOffline(true);
  await fill(page, "离线登记的培训");
  await page.click("form[data-draft] .button.primary");
  await page.locator("[data-drafts] li", { hasText: "离线登记的培训" }).waitFor();
  assert.equal(await page.inputValue("#title"), "", "the form is free for the next one");
  await page.context().setOffline(false);
  await page.waitForFunction(() => document.querySelector("[data-drafts]").hidden);
  await until(page, "/evidence?q=" + encodeURIComponent("离线登记"), "#records tbody a");
  assert.equal(await page.locator("#records tbody tr").count(), 1);
  await page.context().close();
});

test("a draft that the server refuses says why and can be opened again", async () => {
  const page = await person({ role: "officer", width: PHONE });
  await open(page, "/evidence/new?kind=training");
  await page.context().setOffline(true);
  await fill(page, "人数写错的培训");
  await page.fill("#people", "五十六");
  await page.click("form[data-draft] .button.primary");
  await page.locator("[data-drafts] li").waitFor();
  await page.context().setOffline(false);
  await page.locator("[data-drafts] .fault").waitFor();
  await page.locator("[data-drafts] li button").first().click();
  await page.waitForURL(/kind=training/);
  assert.equal(await page.inputValue("#title"), "人数写错的培训");
  await page.fill("#people", "56");
  await page.click("form[data-draft] .button.primary");
  await page.waitForURL(/\/evidence\/[0-9a-f]{32}$/);
  await page.context().close();
});

test("without script it is an ordinary form", async () => {
  const page = await person({ role: "officer", width: PHONE, script: false });
  await open(page, "/evidence/new?kind=lecture");
  await fill(page, "没有脚本的讲座");
  await page.setInputFiles("#sign_in", { name: "签到表.txt", mimeType: "text/plain", buffer: Buffer.from("签到") });
  await page.click("form[data-draft] .button.primary");
  await page.waitForURL(/\/evidence\/[0-9a-f]{32}$/);
  assert.match(await page.innerText("main"), /签到表\.txt/);
  await page.context().close();
});
