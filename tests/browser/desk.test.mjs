// The finance reviewer's morning: upload with progress, findings in place, settle one, upload the corrected version, compare; and two people at once.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, open, person, put, sample, until } from "./harness.mjs";

const ENTITY = "青岚县科学技术协会";
after(() => browser.close());

test("upload, findings, settle, correct, compare", async () => {
  const page = await person({ role: "reviewer" });
  await open(page, "/desk/upload");
  await page.setInputFiles("#file", sample("qinglan-2023-faulty.docx"));
  await page.waitForURL((url) => url.pathname === "/desk");
  const report = await (await until(page, `/desk?q=${encodeURIComponent(ENTITY)}`, "#reports tbody a")).getAttribute("href");
  await until(page, report, "[data-finding]");
  assert.match(await page.locator("h1").innerText(), new RegExp(ENTITY));
  assert.ok((await page.locator(".report mark").count()) > 0, "the findings are marked in the text");

  await page.keyboard.press("j");
  assert.equal(await page.locator("[data-finding].current").count(), 1, "j goes to the first finding");
  await page.locator("[data-finding] a[href^='/desk/findings/']").first().click();
  await page.check("input[name=state][value=accepted]");
  await page.click("form[action$='/judge'] .button");
  await page.waitForSelector("#reason-fault, .notice.error");
  await page.check("input[name=state][value=accepted]");
  await page.fill("#reason", "已与财务核对，系四舍五入。");
  await page.click("form[action$='/judge'] .button");
  await page.waitForSelector(".notice.good, .badge.good, .badge.warning");

  await open(page, report);
  await page.locator("details.more > summary").first().click();
  await page.setInputFiles("form[action$='/versions'] input[type=file]", sample("qinglan-2023.md"));
  await page.click("form[action$='/versions'] .button.primary");
  await until(page, report, "a[href$='/compare']");
  await until(page, `${report}/compare`, "#fixed");
  const fixed = page.locator("section[aria-labelledby=fixed] .finding");
  assert.ok((await fixed.count()) > 0, "the corrected version has lost findings");
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("two at once see each other's changes and lose nothing", async () => {
  const [one, other] = [await person({ role: "reviewer" }), await person({ role: "finance" })];
  const report = await put(one, "qinglan-2023-faulty.html", ENTITY);
  await open(one, report);
  const finding = await one.locator("[data-finding] a[href^='/desk/findings/']").first().getAttribute("href");
  await open(one, finding);
  await open(other, finding);

  await one.fill("#words", "请财务看一下这一条。");
  await one.click("form[action$='/comment'] .button");
  await other.locator(".thread .said", { hasText: "请财务看一下这一条。" }).waitFor();
  assert.match(await other.locator("#toasts").innerText(), /\S/, "the other is told");

  await other.fill("#reason", "已改好，见附件。");
  await one.check("input[name=state][value=fixed]");
  await one.fill("#reason", "单位已更正。");
  await one.click("form[action$='/judge'] .button");
  await one.waitForLoadState("networkidle");
  assert.equal(await other.inputValue("#reason"), "已改好，见附件。", "what is typed is not replaced");
  await other.check("input[name=state][value=fixed]");
  await other.click("form[action$='/judge'] .button");
  await other.locator(".notice.error").first().waitFor();
  assert.equal(await other.inputValue("#reason"), "已改好，见附件。", "and not lost when it comes too late");
  for (const page of [one, other]) {
    assert.deepEqual(page.faults, []);
    await page.context().close();
  }
});
