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

const EVIL = `"><img src=x onerror=alert(1) data-hostile><script data-hostile>alert(2)</script>{{7*7}}`;
const TEXTS = "main form.publish input:not([type=hidden]):not([type=checkbox]), main form.publish textarea";

// Nothing of what was typed has become part of the page.
async function clean(page, where) {
  assert.equal(await page.locator("[data-hostile], main script").count(), 0, `markup got through: ${where}`);
  assert.ok(!(await page.content()).includes("<script data-hostile"), `unescaped: ${where}`);
  assert.ok(!/script(>|&gt;)49/.test(await page.content()), `computed: ${where}`);
}

async function harmless(options) {
  const page = await person(options);
  page.on("dialog", (dialog) => assert.fail(`a script ran: ${dialog.message()}`));
  return page;
}

test("markup in every field of every kind is shown as typed and harms nobody", async () => {
  for (const kind of ["offer", "demand", "question"]) {
    const page = await harmless({ role: "worker", lang: kind === "offer" ? "en" : "zh" });
    await open(page, `/exchange/new?kind=${kind}`);
    for (const field of await page.locator(TEXTS).all()) {
      await field.evaluate((field, text) => { if (["number", "date"].includes(field.type)) field.type = "text"; field.removeAttribute("maxlength"); field.value = text; }, EVIL);
    }
    await page.click("button[value=submit]");
    await page.waitForSelector(".fault");
    await clean(page, `${kind} refused`);
    assert.equal(await page.inputValue(kind === "offer" ? "#solves" : kind === "demand" ? "#problem" : "#words"), EVIL, "nothing is lost");
    // What is sound is handed in, markup and all.
    for (const [id, text] of [["title", `烘干 ${EVIL}`.slice(0, 60)], ["promises", "moisture ≤ 14 %"], ["criteria", "含水率 ≤ 14 %"], ["keywords", "<b>a</b>"], ["region", ""], ["phone", ""], ["team", EVIL], ["rights", EVIL]]) {
      const field = page.locator(`#${id}`);
      if (await field.count()) await field.evaluate((field, text) => { field.value = text; }, text);
    }
    for (const id of ["price_from", "price_to", "budget_from", "budget_to", "days", "hours", "places", "deadline", "audience", "place", "time", "channel"]) {
      const field = page.locator(`#${id}`);
      if (await field.count()) await field.evaluate((field) => { field.value = ""; });
    }
    await page.click("button[value=submit]");
    await page.waitForURL(/listings\/[0-9a-f]{32}$/);
    assert.match(await page.innerText("main"), /data-hostile/, "it is shown as typed");
    const place = path(page);
    for (const end of ["", "/edit", "/matches"]) await clean(await open(page, `${place}${end}`), `${kind}${end}`);
    await sound(await open(page, place));
    const officer = await harmless({ role: "officer" });
    for (const shown of ["/exchange/review", "/exchange/review/duplicates", place, "/"]) await clean(await open(officer, shown), shown);
    await clean(await open(officer, `/exchange?q=${encodeURIComponent(EVIL)}&region=${encodeURIComponent(EVIL)}&owner=${encodeURIComponent(EVIL)}&maturity=${encodeURIComponent(EVIL)}`), "search");
    await Promise.all([page.context().close(), officer.context().close()]);
  }
});

test("files that pretend, images that run and names that climb stay files", async () => {
  const page = await harmless({ role: "worker" });
  await open(page, "/exchange/mine");
  await page.locator("tbody a[href*='/exchange/listings/']").first().click();
  await page.waitForURL(/listings\/[0-9a-f]{32}$/);
  const place = path(page);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(3)"><script>alert(4)</script><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" data-hostile="1"/></foreignObject></svg>`;
  // A PNG that says it is 100,000 by 100,000.
  const huge = Buffer.from("89504e470d0a1a0a0000000d49484452000186a0000186a008060000000000000000000000", "hex");
  const files = [
    ["图.svg", "image/svg+xml", Buffer.from(svg)],
    ["图.png", "image/png", Buffer.from(svg)],
    ["巨图.png", "image/png", huge],
    ["多面.gif", "image/gif", Buffer.from("GIF89a/*<html><script>alert(5)</script>*/=1;alert(6)")],
    ["页.html", "text/html", Buffer.from("<script>alert(7)</script>")],
    ["报告.pdf", "application/pdf", Buffer.from("%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(8))>>>>endobj")],
    ["照片\u202egpj.exe", "image/jpeg", Buffer.from("MZ")],
    ["../../../etc/passwd", "text/plain", Buffer.from("x")],
    [`${EVIL}.docx`, "text/plain", Buffer.from("PK\u0003\u0004")],
    ["长".repeat(400), "text/plain", Buffer.from("x")],
  ];
  const ask = page.context().request;
  for (const [name, mimeType, buffer] of files) {
    const taken = await ask.post(here(`${place}/files`), { headers: { Origin: here("") }, multipart: { layer: "public", file: { name, mimeType, buffer } } });
    assert.ok(taken.status() < 500, `${name}: ${taken.status()}`);
  }
  await clean(await open(page, place), "files");
  assert.ok(!(await page.innerText("main")).includes("\u202e"), "no name turns round");
  assert.ok(!(await page.innerText("main")).includes(".."), "no name climbs");
  const links = await page.locator("a[download]").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  assert.ok(links.length >= 8, `${links.length} files`);
  for (const link of links) {
    const answer = await ask.get(here(link));
    const head = answer.headers();
    assert.equal(answer.status(), 200, link);
    assert.match(head["content-disposition"], /^attachment/);
    assert.deepEqual([head["content-type"], head["x-content-type-options"]], ["application/octet-stream", "nosniff"], link);
  }
  await sound(page);
});

test("markup in what people say to each other", async () => {
  const citizen = await harmless({ role: "citizen" });
  await open(citizen, "/exchange?q=%E7%83%AD%E6%B3%B5&kind=offer");
  await citizen.locator("article.hit h2 a").first().click();
  await citizen.waitForURL(/listings\/[0-9a-f]{32}$/);
  const place = path(citizen);
  const post = async (page, to, form) => {
    const answer = await page.context().request.post(here(to), { form, headers: { Origin: here("") } });
    assert.ok(answer.status() < 500, `${to}: ${answer.status()}`);
  };
  await post(citizen, `${place}/interest`, { words: EVIL, phone: EVIL.slice(0, 39) });
  await post(citizen, `${place}/report`, { reason: "untrue", words: EVIL });
  await post(citizen, "/exchange/saved", { query: `q=${encodeURIComponent(EVIL)}`, title: EVIL });
  await post(citizen, "/exchange/studios/new", { kind: "studio", name: EVIL.slice(0, 39), words: EVIL, address: EVIL, phone: EVIL.slice(0, 39), region: "" });
  for (const shown of [place, "/exchange/saved", "/exchange/mine", "/exchange/studios", "/"]) await clean(await open(citizen, shown), shown);
  const worker = await harmless({ role: "worker" });
  await clean(await open(worker, place), "interests");
  const officer = await harmless({ role: "officer" });
  await post(officer, "/exchange/assignments", { title: EVIL.slice(0, 59), conflicts: `${EVIL};${EVIL}` });
  await post(officer, "/exchange/assignments", { title: EVIL, region: EVIL, conflicts: EVIL, km_max: EVIL });
  for (const shown of [place, "/exchange/review", "/exchange/assignments"]) await clean(await open(officer, shown), shown);
  await officer.locator("tbody a[href*='/exchange/assignments/']").first().click();
  await officer.waitForURL(/assignments\/\d{6}\/\d+$/);
  await clean(officer, "sheet");
});

test("a facet keeps its other values, takes several, and each can be taken off", async () => {
  const page = await person({ width: 390 });
  await open(page, "/exchange?kind=offer");
  const row = () => page.locator(".facets > div", { hasText: "成熟度" }).locator("a");
  const all = await row().count();
  assert.ok(all >= 3, `${all} values`);
  await row().nth(0).click();
  await page.waitForSelector(".chosen a");
  assert.equal(await row().count(), all, "the others stay");
  await page.locator(".facets > div", { hasText: "成熟度" }).locator("a:not([aria-current])").first().click();
  await page.waitForFunction(() => document.querySelectorAll(".chosen a").length === 2);
  await sound(page);
  await page.locator(".chosen a").first().click();
  await page.waitForFunction(() => document.querySelectorAll(".chosen a").length === 1);
  assert.equal(await row().count(), all);
});

test("an officer asks, the owner answers into the text and confirms", async () => {
  const owner = await harmless({ role: "member", width: 390 });
  await open(owner, "/exchange/mine");
  await owner.click("a[href$='/clarify']");
  await owner.fill("#answer_0", `农药残留不超过0.05mg/kg ${EVIL}`);
  await owner.fill("#answer_1", "采茶季不能进园作业");
  await owner.click("button[value=sort]");
  await owner.waitForSelector("#criteria");
  await clean(owner, "side by side");
  await owner.fill("#answer_0", "农药残留不超过0.05mg/kg");
  await owner.click("button[value=sort]");
  await owner.waitForFunction(() => /≤ 0.05 mg\/kg/.test(document.querySelector("#criteria")?.value || ""));
  assert.match(await owner.inputValue("#constraints"), /采茶季不能进园作业/);
  await sound(owner);
  await owner.click("button[value=confirm]");
  await owner.waitForSelector(SAVED);
  const place = path(owner);
  assert.match(await owner.innerText("#rounds"), /已答复/);
  const old = await owner.context().request.post(here(`${place}/clarify`), { form: { act: "confirm", round: "1", revision: "1", answer_0: "x", answer_1: "y", title: "旧表单的标题" }, headers: { Origin: here("") } });
  assert.equal(old.status(), 409);
  assert.match(await old.text(), /已经答复或撤回/, "an old form says so");
  const officer = await person({ role: "officer" });
  await open(officer, place);
  await officer.fill("#questions", "采茶季是几月？\n有没有备用水源？");
  await officer.fill("#due", "2020-01-01");
  await officer.click("form[action$='/ask'] .button");
  await officer.waitForSelector(".fault");
  assert.match(await officer.inputValue("#questions"), /备用水源/, "nothing is lost");
  const day = new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10);
  await officer.fill("#due", day);
  await officer.click("form[action$='/ask'] .button");
  await officer.waitForSelector(SAVED);
  assert.equal(await officer.locator("form[action$='/ask']").count(), 0, "one round at a time");
  await sound(officer);
  const visitor = await person();
  await open(visitor, place);
  assert.doesNotMatch(await visitor.innerText("main"), /备用水源/);
  await open(owner, "/exchange/mine");
  assert.match(await owner.innerText("main"), /请补充说明/);
  await officer.locator("summary", { hasText: "撤回这一轮" }).click();
  await officer.fill("#unask-words", "已电话问清");
  await officer.click("form[action$='/unask'] .button");
  await officer.waitForSelector(SAVED);
});

test("an example of the industry stands beside the form", async () => {
  const page = await person({ role: "member", width: 390, lang: "en" });
  await open(page, "/exchange/new?kind=demand");
  await page.fill("#title", "猪场臭味太大");
  await page.fill("#problem", "养殖粪污臭味大");
  await page.waitForFunction(() => /Husbandry/.test(document.querySelector("#advice")?.innerText || ""));
  await page.locator("details.more summary", { hasText: "Mining" }).click();
  await sound(page);
});

test("staff work out who could serve whom, keep it and take it away as a file", async () => {
  const page = await person({ role: "officer" });
  await open(page, "/exchange/assignments");
  await page.fill("#title", "百名专家连百村");
  await page.locator("#places_max").evaluate((field) => { field.type = "text"; field.value = "很多"; });
  await page.click("form[action='/exchange/assignments'] .button");
  await page.waitForSelector(".fault");
  assert.equal(await page.inputValue("#title"), "百名专家连百村", "nothing is lost");
  await page.locator("#places_max").evaluate((field) => { field.type = "text"; field.value = "2"; });
  await page.click("form[action='/exchange/assignments'] .button");
  await page.waitForURL(/assignments\/\d{6}\/\d+$/);
  assert.ok((await page.locator("tbody tr").count()) >= 1);
  assert.match(await page.innerText("main"), /没有通知任何人[\s\S]*各项限制的代价/);
  await sound(page);
  const place = path(page);
  const file = await page.context().request.get(here(`${place}/sheet.xlsx`));
  assert.equal((await file.body()).subarray(0, 2).toString(), "PK");
  const csv = await page.context().request.get(here(`${place}/sheet.csv`));
  assert.match((await csv.body()).toString(), /专家/);
  const phone = await person({ role: "officer", width: 390, lang: "en" });
  await sound(await open(phone, place));
  const member = await person({ role: "member" });
  for (const shut of ["/exchange/assignments", place, `${place}/sheet.csv`]) {
    assert.ok([403, 404].includes((await member.context().request.get(here(shut))).status()), shut);
  }
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
