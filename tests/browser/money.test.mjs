// A clerk of finance: a ledger as finance software exports it, its columns chosen, held against a control total, booked and taken back; tables
// with a check that fails; a budget that cannot go in twice; two clerks in one form; a year that is closed and opened again.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { browser, here, open, openYears, person, sticksOut, violations } from "./harness.mjs";

const YEAR = "region=990101&year=2026";
before(openYears);
after(() => browser.close());

// A workbook of one sheet with merged headings, made here: what is under test reads it, so nothing else may have written it for us.
async function workbook(page, heads, rows, merges) {
  return page.evaluate(([heads, rows, merges]) => {
    const escape = (text) => String(text).replace(/&/g, "&amp;").replace(/</g, "&lt;");
    const name = (n) => String.fromCharCode(65 + n);
    const line = (row, y) => `<row r="${y}">${row.map((c, x) => (c === "" ? "" : typeof c === "number" ? `<c r="${name(x)}${y}"><v>${c}</v></c>` : `<c r="${name(x)}${y}" t="inlineStr"><is><t>${escape(c)}</t></is></c>`)).join("")}</row>`;
    const all = [...heads, ...rows];
    const sheet = `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${all.map((r, i) => line(r, i + 1)).join("")}</sheetData><mergeCells count="${merges.length}">${merges.map((m) => `<mergeCell ref="${m}"/>`).join("")}</mergeCells></worksheet>`;
    const files = {
      "[Content_Types].xml": '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
      "_rels/.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
      "xl/workbook.xml": '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="明细账" sheetId="1" r:id="rId1"/></sheets></workbook>',
      "xl/_rels/workbook.xml.rels": '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
      "xl/worksheets/sheet1.xml": sheet,
    };
    // A zip without compression: local headers, the directory, its end.
    const crcs = Array.from({ length: 256 }, (_, n) => { let c = n; for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; return c >>> 0; });
    const crc = (bytes) => (bytes.reduce((c, b) => crcs[(c ^ b) & 255] ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
    const le = (n, size) => Array.from({ length: size }, (_, i) => (n >>> (8 * i)) & 255);
    const out = [], directory = [];
    for (const [path, text] of Object.entries(files)) {
      const [bytes, called] = [new TextEncoder().encode(text), new TextEncoder().encode(path)];
      const about = [...le(20, 2), ...le(0x800, 2), ...le(0, 2), ...le(0, 2), ...le(33, 2), ...le(crc(bytes), 4), ...le(bytes.length, 4), ...le(bytes.length, 4), ...le(called.length, 2), ...le(0, 2)];
      directory.push([0x50, 0x4b, 1, 2, ...le(20, 2), ...about, ...le(0, 2), ...le(0, 2), ...le(0, 2), ...le(0, 4), ...le(out.length, 4), ...called]);
      out.push(0x50, 0x4b, 3, 4, ...about, ...called, ...bytes);
    }
    const at = out.length, entries = directory.flat();
    return [...out, ...entries, 0x50, 0x4b, 5, 6, ...le(0, 4), ...le(directory.length, 2), ...le(directory.length, 2), ...le(entries.length, 4), ...le(at, 4), ...le(0, 2)];
  }, [heads, rows, merges]).then((bytes) => Buffer.from(bytes));
}

async function upload(page, { list, name, buffer, source }) {
  await open(page, `/money/import?${YEAR}`);
  await page.check(`input[name=list][value=${list}]`);
  await page.selectOption("#unit", { label: "云汀县科学技术协会" });
  await page.fill("#source", source);
  await page.setInputFiles("#file", { name, mimeType: "application/octet-stream", buffer });
  await page.click("main form .button.primary");
  await page.waitForURL(/\/money\/imports\/[0-9a-f]{32}$/);
  return new URL(page.url()).pathname;
}

async function agree(page) {
  await page.click("dialog .button.danger");
}

async function check(page) {
  await page.click("form[action$='/columns'] .button.primary");
  await page.waitForSelector(".stats");
}

test("a ledger with merged headings is mapped, reconciled, booked and taken back", async () => {
  const page = await person({ role: "finance" });
  await open(page, "/money/imports");
  const heads = [
    ["云汀县科学技术协会 明细账", "", "", "", "", "", "", ""],
    ["凭证", "", "科目", "", "项目", "金额（元）", "", "摘要"],
    ["日期", "凭证号", "功能科目", "经济科目", "", "借方金额", "贷方金额", ""],
  ];
  const merges = ["A1:H1", "A2:B2", "C2:D2", "E2:E3", "F2:G2", "H2:H3"];
  const rows = [
    ["2026-10-11", "记-901", "2060702", "30201", "KP01", 1200.5, "", "浏览器测试"],
    ["2026-10-12", "记-902", "2060702", "30202", "KP01", 800, "", "浏览器测试"],
    ["2026-10-12", "记-903", "2060702", "30202", "KP01", "", 0.5, "浏览器测试退款"],
    ["合计", "", "", "", "", 2000.5, 0.5, ""],
  ];
  const buffer = await workbook(page, heads, rows, merges);
  const place = await upload(page, { list: "ledger", name: "明细账.xlsx", buffer, source: "浏览器测试软件" });
  // The columns are suggested from both rows of the heading; one is taken away, refused, and given back.
  const column = page.locator("tr", { hasText: "借方" }).locator("select");
  assert.equal(await column.inputValue(), "amount");
  await column.selectOption("");
  await page.click("form[action$='/columns'] .button.primary");
  await page.waitForSelector("[role=alert]");
  assert.match(await page.innerText("[role=alert]"), /金额/);
  await page.locator("tr", { hasText: "借方" }).locator("select").selectOption("amount");
  // A control total that is a yuan off is shown with its difference, and nothing can be booked.
  await page.fill("#control", "2001");
  await check(page);
  assert.match(await page.innerText("main"), /相差1\.00元/);
  assert.equal(await page.locator("form[action$='/run']").count(), 0);
  assert.deepEqual(await violations(page), []);
  await page.click("a[href='?step=columns']");
  await page.fill("#control", "2,000.00");
  await check(page);
  assert.equal(await page.locator(".badge.good", { hasText: "一致" }).count(), 2);
  await page.click("form[action$='/run'] .button");
  await agree(page);
  await page.waitForSelector("form[action$='/undo']");
  await open(page, `/money/ledger?${YEAR}&q=` + encodeURIComponent("浏览器测试"));
  assert.equal(await page.locator("#ledger tbody tr").count(), 3);
  assert.match(await page.innerText(".over-table"), /2,000\.00/);
  await open(page, place);
  await page.click("form[action$='/undo'] .button");
  await agree(page);
  await page.waitForSelector("text=已撤销");
  await open(page, `/money/ledger?${YEAR}&q=` + encodeURIComponent("浏览器测试"));
  assert.equal(await page.locator("#ledger tbody tr").count(), 0);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test("a budget goes in once; what was only looked at is thrown away", async () => {
  const page = await person({ role: "finance", lang: "en", width: 390 });
  const text = "功能科目,经济科目,项目,年初预算\n2060702,30299,KP02,12345.67\n";
  const buffer = Buffer.from(text);
  const first = await upload(page, { list: "budget", name: "budget.csv", buffer, source: "" });
  assert.deepEqual(await sticksOut(page), []);
  await check(page);
  await page.click("form[action$='/run'] .button");
  await agree(page);
  await page.waitForSelector("form[action$='/undo']");
  await upload(page, { list: "budget", name: "budget.csv", buffer, source: "" });
  await check(page);
  assert.match(await page.innerText("main"), /in the books: same unit/);
  assert.equal(await page.locator("form[action$='/run']").count(), 0);
  assert.deepEqual([await sticksOut(page), await violations(page)], [[], []]);
  await page.click("form[action$='/discard'] .button");
  await agree(page);
  await page.waitForURL(/\/money\/imports$/);
  await open(page, first);
  await page.click("form[action$='/undo'] .button");
  await agree(page);
  await page.waitForSelector("text=Taken back");
  await page.context().close();
});

test("public tables show what does not agree", async () => {
  const page = await person({ role: "finance" });
  await open(page, `/money/statements?${YEAR}`);
  const income = await page.locator("a", { hasText: "年初结转和结余" }).first().getAttribute("href");
  await open(page, income);
  const amount = page.locator("[name=amount-0]");
  const right = await amount.inputValue();
  await amount.fill("1234567.89");
  await page.click("main form .button.primary");
  await page.waitForURL(/\/money\/statements\?/);
  await open(page, `/money/tables?${YEAR}`);
  const failed = page.locator("tr", { has: page.locator(".badge.error") });
  assert.match(await failed.allInnerTexts().then((all) => all.join("\n")), /CK-17[\s\S]*万元/, "what was opened with is not what the last year closed with");
  assert.deepEqual(await violations(page), []);
  await page.selectOption("#set", "sichuan");
  await page.locator("#tables h2", { hasText: /^13\. / }).waitFor();
  assert.equal(await page.locator("#tables h2", { hasText: /^\d+\. / }).count(), 13);
  await open(page, income);
  await page.fill("[name=amount-0]", right);
  await page.click("main form .button.primary");
  await page.waitForURL(/\/money\/statements\?/);
  await open(page, `/money/tables?${YEAR}`);
  assert.equal(await page.locator("tr .badge.error").count(), 0);
  await page.context().close();
});

test("two clerks in one form: the second is told, and loses nothing", async () => {
  const [one, two] = [await person({ role: "finance" }), await person({ role: "finance" })];
  await open(one, `/money/statements?${YEAR}`);
  const form = await one.locator("a", { hasText: "编制与人员" }).first().getAttribute("href");
  await open(one, form);
  await open(two, form);
  const before = await one.inputValue("#retired");
  await one.fill("#retired", "3");
  await one.click("main form .button.primary");
  await one.waitForURL(/\/money\/statements\?/);
  await two.fill("#retired", "4");
  await two.click("main form .button.primary");
  await two.waitForSelector("[role=alert]");
  assert.equal(await two.inputValue("#retired"), "4", "what was typed is still there");
  await open(one, form);
  assert.equal(await one.inputValue("#retired"), "3");
  await one.fill("#retired", before);
  await one.click("main form .button.primary");
  await one.waitForURL(/\/money\/statements\?/);
  await Promise.all([one.context().close(), two.context().close()]);
});

test("a year is closed and opened again with a reason", async () => {
  const finance = await person({ role: "finance" });
  await open(finance, "/money/years");
  const year = (page) => page.locator("section", { has: page.locator("h2", { hasText: "2025" }) });
  await year(finance).locator("form[action$='/close'] .button").click();
  await agree(finance);
  await finance.waitForSelector("[role=status].notice");
  assert.match(await year(finance).innerText(), /已关账/);
  assert.equal(await year(finance).locator("form").count(), 0, "finance does not open it again");
  const leader = await person({ role: "leader" });
  await open(leader, "/money/years");
  await year(leader).locator("[name=reason]").fill("浏览器测试：更正一笔科目");
  await year(leader).locator("form[action$='/reopen'] .button").click();
  await leader.waitForSelector("[role=status].notice");
  assert.match(await year(leader).innerText(), /浏览器测试：更正一笔科目/);
  assert.equal((await finance.request.post(here("/money/years/reopen"), { form: { region: "990101", year: "2025", revision: "3", reason: "不该成功" }, headers: { Origin: here("") } })).status(), 403);
  await Promise.all([finance.context().close(), leader.context().close()]);
});
