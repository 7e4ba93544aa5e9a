// The clerk's first day: sign up, be granted a role, sign in, import a file, undo the import.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { browser, open, person } from "./harness.mjs";

after(() => browser.close());

const WORDS = "云汀的春天来得早";
const CSV = ["姓名,手机,工作单位,职称,研究领域", "试舟一,19900001001,云汀县测试农场,农艺师,水稻栽培", "试舟二,19900001002,云汀县测试农场,高级农艺师,植物保护", "试舟三,199000,云汀县测试农场,农艺师,土壤肥料"].join("\n");

test("sign up, sign in, import, undo", async () => {
  const clerk = await person(), administrator = await person({ role: "administrator" });
  const login = `clerk-${process.pid}`;
  await open(clerk, "/sign-up");
  await clerk.fill("#login", login);
  await clerk.fill("#name", "试舟");
  await clerk.fill("#password", WORDS + "吧。");
  await clerk.check("input[name=kind][value=citizen]");
  await clerk.fill("#region", "990101");
  await clerk.click("main form .button.primary");
  await clerk.waitForLoadState();

  await open(administrator, `/admin/accounts?q=${login}`);
  await administrator.locator("tbody a").first().click();
  await administrator.selectOption("#role", "officer");
  await administrator.fill("#region", "990101");
  await administrator.fill("#reason", "浏览器测试");
  await administrator.click("form[action$='/roles'] .button.primary");
  await administrator.locator("td", { hasText: "浏览器测试" }).waitFor();

  await clerk.context().clearCookies({ name: "keqiao_session" });
  await open(clerk, "/sign-in");
  await clerk.fill("#login", login);
  await clerk.fill("#password", WORDS + "吧。");
  await clerk.click("form[action='/sign-in'] .button.primary");
  await clerk.waitForSelector("nav.side a[href='/directory/imports']");

  await open(clerk, "/directory/imports/new");
  await clerk.check("input[name=list][value=people]");
  await clerk.setInputFiles("#file", { name: "人员.csv", mimeType: "text/csv", buffer: Buffer.from("\ufeff" + CSV) });
  await clerk.click("form[action='/directory/imports'] .button.primary");
  await clerk.click("form[action$='/columns'] .button.primary");
  const wizard = clerk.url();
  // The check runs in the background, the page follows it; the row whose phone is wrong is named with what stands there.
  await clerk.locator("form[action$='/run'] button").waitFor({ timeout: 30_000 });
  await clerk.goto(wizard + "?tab=faults");
  await clerk.locator("td", { hasText: "199000" }).first().waitFor();
  await clerk.click("form[action$='/run'] button");
  await clerk.click("dialog .danger");
  await clerk.locator("form[action$='/undo'] button").waitFor({ timeout: 30_000 });

  const found = "/directory/people?q=" + encodeURIComponent("试舟");
  await open(clerk, found);
  assert.equal(await clerk.locator("tbody th a").count(), 2, "the two good rows are in the directory");
  await clerk.goto(wizard);
  await clerk.click("form[action$='/undo'] button");
  await clerk.click("dialog .danger");
  await clerk.locator(".notice.good").first().waitFor({ timeout: 30_000 });
  await open(clerk, found);
  assert.equal(await clerk.locator("tbody th a").count(), 0, "and gone after the undo");
  assert.deepEqual(clerk.faults, []);
  await clerk.context().close();
  await administrator.context().close();
});
