// The exchange as people use it: a sentence becomes a demand with five matches and their reasons, an offer goes up, both sides agree, a listing is
// reported and appealed, a base is booked; on a phone, in both languages, and with markup where words belong.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, here, open, person, sticksOut, violations } from "./harness.mjs";

const SAVED = "[role=status].notice, .notice.good, .notice.info";
after(() => browser.close());

const sound = async (page) => assert.deepEqual([await violations(page), await sticksOut(page), page.faults], [[], [], []]);
const path = (page) => new URL(page.url()).pathname;

test("a sentence is refined into a demand and finds offers with reasons", async () => {
  const page = await person({ role: "member", width: 390 });
  await open(page, "/exchange/new");
  await page.click("a[href='/exchange/new?kind=demand']");
  await page.fill("#note", "厂里有三条燃气烘干线，烘干太费气，每吨耗气不超过25方，含水率不超过14%，不能停产，预算8到10万元，明年10月底前完成");
  await page.click("button[value=refine]");
  await page.waitForFunction(() => document.querySelector("#budget_from")?.value);
  assert.match(await page.inputValue("#problem"), /费气/);
  assert.match(await page.inputValue("#criteria"), /含水率 ≤ 14 %/);
  assert.match(await page.inputValue("#budget_to"), /100,000/);
  await page.fill("#title", "辣椒烘干线燃气费用太高");
  await page.waitForFunction(() => /\d+ \/ 100/.test(document.querySelector("#advice .points")?.innerText || ""));
  await sound(page);
  await page.click("button[value=submit]");
  await page.waitForURL(/listings\/[0-9a-f]{32}$/);
  await page.waitForSelector(SAVED);
  await sound(page);
  const place = path(page);
  await page.waitForTimeout(1500);
  await open(page, `${place}/matches`);
  const rows = await page.locator("ol.matches > li").count();
  assert.ok(rows >= 5, `${rows} offers`);
  const first = page.locator("ol.matches > li").first();
  assert.match(await first.innerText(), /烘干/);
  assert.ok((await first.locator("li.for").count()) >= 2, "it says why");
  await first.locator("button[value=useful]").click();
  await page.waitForSelector("ol.matches .badge.good");
  await sound(page);
});

test("an offer with markup in every field is shown as typed and harms nobody", async () => {
  const page = await person({ role: "worker", lang: "en" });
  await open(page, "/exchange/new?kind=offer");
  const evil = "<script>alert(1)</script><img src=x onerror=alert(2)>";
  await page.fill("#title", `烘干 ${evil}`);
  for (const id of ["solves", "comparison", "proof"]) await page.fill(`#${id}`, evil);
  await page.fill("#promises", evil);
  await page.click("button[value=submit]");
  await page.waitForSelector(".fault, .notice.error");
  assert.equal(await page.inputValue("#solves"), evil, "nothing is lost");
  await page.fill("#promises", "moisture ≤ 14 %");
  await page.click("button[value=submit]");
  await page.waitForURL(/listings\/[0-9a-f]{32}$/);
  assert.match(await page.innerText("main"), /<script>alert\(1\)/);
  assert.equal(await page.locator("main script, main img[src=x]").count(), 0);
  await page.setInputFiles("input[type=file]", { name: "<b>x</b>.html", mimeType: "text/html", buffer: Buffer.from("<script>alert(3)</script>") }).catch(() => {});
  await sound(page);
});

test("both sides agree, contacts open, a report freezes, an appeal waits for another officer", async () => {
  const page = await person({ role: "citizen" });
  await open(page, "/exchange?q=%E8%8C%B6%E5%9B%AD&kind=offer");
  await page.locator("article.hit a").first().click();
  await page.waitForURL(/listings\/[0-9a-f]{32}$/);
  const place = path(page);
  assert.equal((await page.context().request.post(here(`${place}/freeze`), { form: { revision: "0", reason: "fraud", words: "x" }, headers: { Origin: here("") }, maxRedirects: 0 })).status(), 403);
  await page.fill("form[action$='/interest'] #words", "想请您到村里讲一次");
  await page.click("form[action$='/interest'] .button");
  await page.waitForSelector("#mine");
  await sound(page);
  const worker = await person({ role: "worker" });
  await open(worker, `${place}#interests`);
  await worker.click("form[action$='/accept'] .button");
  await worker.waitForSelector(SAVED);
  await open(page, place);
  await page.click("form[action$='/contact'] .button");
  await page.waitForSelector(".phone");
  assert.match(await page.innerText(".phone"), /13900000001/);
  await open(page, place);
  await page.locator("details summary", { hasText: "举报" }).click();
  await page.fill("#report-words", "与实际不符");
  await page.locator("form[action$='/report'] .button").click();
  await page.waitForSelector(SAVED);
  const officer = await person({ role: "officer" });
  await open(officer, "/exchange/review");
  await sound(officer);
  await open(officer, place);
  await officer.locator("form[action*='/reports/'] textarea").first().fill("已电话核实");
  await officer.locator("button[value=uphold]").first().click();
  await officer.waitForSelector(SAVED);
  await open(worker, place);
  assert.match(await worker.innerText("main"), /已冻结/);
  await worker.fill("form[action$='/appeal'] #words", "服务记录可以证明");
  await worker.click("form[action$='/appeal'] .button");
  await worker.waitForSelector(SAVED);
  await open(officer, place);
  await officer.fill("form[action$='/hear'] #words", "恢复");
  await officer.click("button[value=grant]");
  await officer.waitForSelector(".notice.error");
  assert.match(await officer.innerText(".notice.error[role=alert]"), /冻结人不能处理/);
});

test("a kept search, a renewal and a booking, on a phone", async () => {
  const page = await person({ role: "citizen", width: 390, lang: "en" });
  await open(page, "/exchange?q=%E7%83%98%E5%B9%B2");
  await page.locator("form[action='/exchange/saved'] button").click();
  await open(page, "/exchange/saved");
  assert.match(await page.innerText("main"), /烘干/);
  await sound(page);
  const member = await person({ role: "member", width: 390 });
  await open(member, "/exchange/mine");
  await member.locator("form[action$='/renew'] .button").first().click();
  await member.waitForSelector(SAVED);
  await open(page, "/exchange/studios?kind=base");
  await page.locator("article.card a").first().click();
  const day = new Date(Date.now() + 86_400_000);
  while (day.getDay() !== 6) day.setDate(day.getDate() + 1);
  await page.fill("#day", `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}-${String(day.getDate()).padStart(2, "0")}`);
  await page.fill("#people", "41");
  await page.fill("#phone", "13700000000");
  await page.click("form[action$='/book'] .button");
  await page.waitForSelector(".fault");
  await page.fill("#people", "12");
  await page.click("form[action$='/book'] .button");
  await page.waitForSelector(".plainlist");
  await sound(page);
});
