// A year's targets: written with advice as one types, reviewed, followed month by month, evaluated with what was really reached, scored again
// by somebody else, and what went wrong put right with proof.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, open, openYears, person, sticksOut, violations } from "./harness.mjs";

const SAVED = "[role=status].notice";
before(openYears);
after(() => browser.close());

async function agree(page) {
  await page.click("dialog .button.danger");
  await page.waitForSelector(SAVED);
}

// Fills one indicator of the form.
async function indicator(page, n, values) {
  for (const [key, value] of Object.entries(values)) {
    const field = page.locator(`[name=i${n}_${key}]`);
    if (await field.evaluate((e) => e.tagName === "SELECT")) await field.selectOption(value);
    else await field.fill(value);
  }
}

// What the advice says once it has answered what is typed.
async function advice(page, words, there = true) {
  await page.waitForFunction(([words, there]) => document.getElementById("advice").innerText.includes(words) === there, [words, there]);
}

test("a target is written with advice, submitted, sent back, approved", async () => {
  const page = await person({ role: "officer" });
  await open(page, "/performance");
  await page.selectOption("form[action='/performance/targets'] #project", { label: "KP03 科普大篷车运行" });
  await page.click("form[action='/performance/targets'] .button");
  await page.waitForURL(/\/edit$/);
  const place = new URL(page.url()).pathname.replace("/edit", "");
  assert.equal(await page.inputValue("#name"), "科普大篷车运行");
  await page.fill("#description", "科普大篷车进校园、进乡村，全年巡展");
  await page.fill("#goal", "不断提高群众科学素质");
  await advice(page, "不断");
  await advice(page, "至少要有一项数量指标");
  assert.equal(await page.inputValue("#goal"), "不断提高群众科学素质", "nothing that is typed is touched");
  await page.fill("#goal", "大篷车全年巡展20场，服务群众8000人次");
  await advice(page, "不断", false);
  await page.click("button[value=library]");
  await page.waitForURL(/\/library$/);
  await page.fill("#q", "大篷车");
  await page.waitForFunction(() => document.querySelectorAll("#shelf tbody tr").length < 30);
  await page.locator("#shelf tbody tr", { hasText: "出车次数" }).first().locator("input[name=pick]").check();
  await page.click("main form[method=post] .button.primary");
  await page.waitForURL(/\/edit$/);
  assert.equal(await page.inputValue("#name"), "科普大篷车运行");
  await indicator(page, 0, { lower: "20", weight: "50" });
  // A number that is none is named where one types, not only when one saves.
  await page.fill("[name=i0_weight]", "五十");
  await page.waitForSelector("#advice .notice.error");
  await page.fill("[name=i0_weight]", "50");
  // 20 exhibitions at 9,000 yuan are 180,000: the budget of 96,000 does not pay for them.
  await page.locator("fieldset details").first().locator("summary").click();
  await page.fill("[name=i0_unit_cost]", "9000");
  await advice(page, "180,000");
  await page.fill("[name=i0_unit_cost]", "4800");
  await advice(page, "180,000", false);
  await page.click("button[value=more]");
  await page.waitForSelector(SAVED);
  await indicator(page, 1, { name: "受益群众知晓率", level2: "social_benefit", operator: "ge", lower: "80", unit: "%", weight: "30" });
  await page.click("button[value=more]");
  await page.waitForSelector(SAVED);
  await indicator(page, 2, { name: "群众满意度", level2: "served", operator: "ge", lower: "90", unit: "%", weight: "10", from: "satisfaction" });
  await advice(page, "提交前须改正", false);
  assert.deepEqual([await violations(page), await sticksOut(page)], [[], []]);
  await page.locator("form[data-advice] .button.primary").click();
  await page.waitForURL(/\/targets\/[0-9a-f]{32}$/);
  assert.match(await page.innerText("main h1"), /科普大篷车运行/);
  await page.click(`form[action='${place}/submit'] .button`);
  await page.waitForSelector(SAVED);

  const reviewer = await person({ role: "reviewer", lang: "en" });
  await open(reviewer, place);
  await reviewer.fill("#review", "巡展场次请再核对");
  await reviewer.locator(`form[action='${place}/review'] .button.danger`).click();
  await reviewer.waitForSelector(SAVED);
  await open(page, place);
  assert.match(await page.innerText("main"), /巡展场次请再核对/);
  await page.click(`form[action='${place}/submit'] .button`);
  await page.waitForSelector(SAVED);
  await open(reviewer, place);
  await reviewer.locator(`form[action='${place}/review'] .button.primary`).click();
  await reviewer.waitForSelector(SAVED);
  assert.match(await reviewer.innerText("main .badge"), /Approved/);
  assert.deepEqual([...page.faults, ...reviewer.faults], []);
  await Promise.all([page.context().close(), reviewer.context().close()]);
});

test("two clerks in one target: the second keeps what was typed", async () => {
  const [one, two] = [await person({ role: "officer" }), await person({ role: "finance" })];
  await open(one, "/performance");
  await one.selectOption("form[action='/performance/targets'] #project", { label: "KP05 科技馆展品维护" });
  await one.click("form[action='/performance/targets'] .button");
  await one.waitForURL(/\/edit$/);
  const form = new URL(one.url()).pathname;
  await open(two, form);
  await one.fill("#goal", "甲写的目标：更新展品12件");
  await one.locator("form[data-advice] .button.primary").click();
  await one.waitForURL(/\/targets\/[0-9a-f]{32}$/);
  await two.fill("#goal", "乙写的目标：维修展品30件");
  await two.locator("form[data-advice] .button.primary").click();
  await two.waitForSelector("[role=alert]");
  assert.equal(await two.inputValue("#goal"), "乙写的目标：维修展品30件");
  await open(one, form);
  assert.equal(await one.inputValue("#goal"), "甲写的目标：更新展品12件");
  await open(one, form.replace("/edit", ""));
  await one.locator("form[action$='/remove'] .button").click();
  await agree(one);
  await Promise.all([one.context().close(), two.context().close()]);
});

test("monitoring warns; the reason is written down; a task of it is done with proof and confirmed", async () => {
  const page = await person({ role: "officer", lang: "en" });
  await open(page, "/performance/monitoring?region=990101&year=2026&month=10");
  const behind = page.locator("tr", { has: page.locator(".badge.warning, .badge.error") }).first();
  const what = await behind.locator("th").innerText();
  await behind.locator("summary").click();
  await behind.locator("select[name$=_cause]").selectOption({ index: 1 });
  await behind.locator("textarea").fill("雨季道路中断，两场顺延到十一月");
  await behind.locator("button").click();
  await page.waitForSelector(SAVED);
  assert.match(await page.locator("tr", { hasText: what }).first().innerText(), /雨季道路中断/);
  const again = page.locator("tr", { hasText: what }).first();
  await again.locator("summary").click();
  await again.locator("a[href*='/performance/tasks?']").click();
  await page.waitForURL(/\/performance\/tasks\?/);
  await page.fill("#finding", "培训场次落后");
  await page.fill("#measure", "十一月补办两场");
  await page.locator("section[aria-labelledby=make] #owner").selectOption({ label: "苏小禾" });
  await page.fill("#due", "2026-11-30");
  await page.locator("section[aria-labelledby=make] .button.primary").click();
  await page.waitForURL(/\/performance\/tasks\/[0-9a-f]{32}$/);
  const place = new URL(page.url()).pathname;
  await page.fill("#proof", "两场已补办，签到表附后");
  await page.locator("section[aria-labelledby=done] .button.primary").click();
  await page.waitForSelector(".fault");
  assert.equal(await page.inputValue("#proof"), "两场已补办，签到表附后", "without a proof it is not done");
  await page.setInputFiles("#file", { name: "签到表.txt", mimeType: "text/plain", buffer: Buffer.from("签到 56 人") });
  await page.locator("section[aria-labelledby=done] .button.primary").click();
  await page.waitForSelector(SAVED);

  const reviewer = await person({ role: "reviewer", width: 390 });
  await open(reviewer, place);
  const [file] = await Promise.all([reviewer.waitForEvent("download"), reviewer.click("a[download]")]);
  assert.equal(file.suggestedFilename(), "签到表.txt");
  assert.deepEqual([await sticksOut(reviewer), await violations(reviewer)], [[], []]);
  await reviewer.click("section[aria-labelledby=confirm] .button.primary");
  await reviewer.waitForSelector(SAVED);
  assert.match(await reviewer.innerText("main"), /已整改/);
  await Promise.all([page.context().close(), reviewer.context().close()]);
});

test("an evaluation takes its actuals from the records, asks for reasons, and is scored again beside", async () => {
  const page = await person({ role: "officer" });
  await open(page, "/performance?region=990101&year=2026");
  await page.locator("#targets a", { hasText: "农村实用技术培训" }).click();
  await page.waitForURL(/\/targets\/[0-9a-f]{32}$/);
  const target = new URL(page.url()).pathname;
  // What nobody can compute is stated, in words of its own.
  await page.locator("details", { hasText: "参训农户技术应用" }).locator("summary").click();
  const stated = page.locator("form[action$='/state']");
  await stated.locator("select[name$=month]").selectOption("10");
  await stated.locator("select[name$=reached]").selectOption("full");
  await stated.locator("textarea").fill("回访农户能独立运用所学技术");
  await stated.locator("input[type=file]").setInputFiles({ name: "回访.txt", mimeType: "text/plain", buffer: Buffer.from("40户") });
  await stated.locator("button").click();
  await page.waitForSelector(".fault");
  assert.match(await page.innerText("main"), /一字不差/, "the target is no actual");
  await page.goto(new URL(target, page.url()).href);
  await page.locator("details", { hasText: "参训农户技术应用" }).locator("summary").click();
  await stated.locator("select[name$=month]").selectOption("10");
  await stated.locator("select[name$=reached]").selectOption("full");
  await stated.locator("textarea").fill("回访40户，其中36户经上门实操复核，均能独立操作");
  await stated.locator("input[type=file]").setInputFiles({ name: "回访.txt", mimeType: "text/plain", buffer: Buffer.from("40户") });
  await stated.locator("button").click();
  await page.waitForSelector(SAVED);
  await page.locator("form[action$='/evaluate'] button").click();
  await page.waitForURL(/\/evaluations\/[0-9a-f]{32}$/);
  const place = new URL(page.url()).pathname;
  const row = page.locator("tr", { hasText: "培训场次" });
  assert.match(await row.innerText(), /链位/, "computed, and from where");
  assert.equal(await row.locator("input[name$=_score]").count(), 0, "nobody types a score that is computed");
  await page.locator("button[value=submit]").click();
  await page.click("dialog .button.danger");
  await page.waitForSelector("[role=alert]");
  assert.match(await page.innerText("main"), /原因/);
  assert.deepEqual([await violations(page), await sticksOut(page)], [[], []]);
  for (const area of await page.locator("textarea[name$=_reason]").all()) await area.fill("按计划四季度补齐");
  await page.locator("input[name$=_score]").first().fill("10");
  if (await page.locator("#execution_reason").count()) await page.fill("#execution_reason", "尾款验收后支付");
  await page.fill("#achieved", "培训21场984人次，专家下乡42人次");
  await page.fill("#problems", "培训人次进度偏慢");
  await page.fill("#suggestions", "提前排期");
  await page.locator("button[value=submit]").click();
  await agree(page);
  assert.equal(await page.locator("textarea").count(), 0, "it stands");

  const reviewer = await person({ role: "reviewer", lang: "en" });
  await open(reviewer, place);
  await reviewer.locator("form[action$='/beside'] button").click();
  await reviewer.waitForURL((url) => /\/evaluations\/[0-9a-f]{32}$/.test(url.pathname) && url.pathname !== place);
  const scores = reviewer.locator("input[name$=_score]");
  const last = scores.nth((await scores.count()) - 1);
  for (const one of await scores.all()) if (!(await one.inputValue())) await one.fill(await one.evaluate((e) => e.closest("tr").querySelectorAll("td.num")[0].innerText.trim()));
  await last.fill("8");
  await last.locator("xpath=ancestor::tr").locator("textarea").fill("样本偏少");
  for (const area of await reviewer.locator("textarea[name$=_reason]").all()) if (!(await area.inputValue())) await area.fill("依据原始记录复核");
  await reviewer.locator("button[value=submit]").click();
  await reviewer.click("dialog .button.danger");
  await reviewer.waitForSelector(SAVED);
  await open(reviewer, place);
  assert.match(await reviewer.innerText("main"), /Independent re-score[\s\S]*样本偏少/);
  assert.deepEqual([await violations(reviewer), await sticksOut(reviewer)], [[], []]);
  assert.deepEqual([...page.faults, ...reviewer.faults], []);
  await Promise.all([page.context().close(), reviewer.context().close()]);
});

test("evidence that is voided after its figure was frozen changes no frozen number, and the page says so", async () => {
  const page = await person({ role: "officer" });
  await open(page, "/performance?region=990101&year=2026");
  await page.locator("#targets a", { hasText: "科普活动经费" }).click();
  await page.waitForURL(/\/targets\/[0-9a-f]{32}$/);
  const target = new URL(page.url()).pathname;
  const frozen = () => page.locator("#target tr", { hasText: "科普讲座场次" }).locator("[data-label=固定的数]").innerText();
  const before = await frozen();
  await open(page, "/evidence?kind=lecture&since=2026-01-01&until=2026-09-30");
  await page.locator("#records tbody a[href^='/evidence/']").first().click();
  await page.fill("form[action$='/void'] #reason", "同一场讲座登记了两次");
  await page.click("form[action$='/void'] .button");
  if (await page.locator("dialog").count()) await page.click("dialog .button.danger");
  await page.waitForSelector(".notice.error");
  await open(page, target);
  assert.equal(await frozen(), before);
  const row = await page.locator("#target tr", { hasText: "科普讲座场次" }).innerText();
  assert.match(row, /不一致[\s\S]*作废1条/);
  await page.context().close();
});

test("money is shared by factors to the last fen", async () => {
  const page = await person({ role: "reviewer" });
  await open(page, "/performance/allocation");
  await page.fill("#pool", "100000");
  await page.fill("#factors", "常住人口\t60\t人\n农技协\t40\t个");
  await page.fill("#bodies", "甲县\t300000\t7\n乙县\t100000\t3\n丙县\t33333\t1");
  await page.click("form[method=post] .button.primary");
  await page.waitForSelector("tfoot");
  assert.match(await page.innerText("tfoot"), /100,000\.00/);
  assert.deepEqual([await violations(page), await sticksOut(page)], [[], []]);
  await page.context().close();
});
