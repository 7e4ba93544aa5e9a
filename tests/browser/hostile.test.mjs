// What comes from outside and means harm: markup in every field of every form, files that are none, names that climb, keys that are made up,
// uploads without end. The list with its answers is docs/dev/bad-input.md.
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, test } from "node:test";
import { browser, here, open, person, site } from "./harness.mjs";

after(() => browser.close());

const MARK = `"><img src=x onerror=alert(1) data-hostile>'<script data-hostile>alert(2)</script>{{7*7}}`;

// Pages with forms, and pages where what was typed is shown again.
const WORK = [
  ["officer", ["/directory/people/new", "/directory/organisations/new", "/directory/imports/new", "/evidence/new?kind=training", "/evidence/new?kind=survey", "/evidence/import"], ["/directory/people", "/directory/organisations", "/directory/imports", "/evidence", "/evidence/imports", "/identities"]],
  ["finance", ["/money/projects", "/money/import", "/money/years", "/money/codes", "/performance", "/performance/tasks", "/performance/allocation", "/performance/import"], ["/money", "/money/projects", "/money/imports", "/money/years", "/money/ledger", "/money/codes", "/performance", "/performance/tasks", "/performance/monitoring"]],
  ["reviewer", ["/desk/upload"], ["/desk", "/desk/ledger", "/desk/dashboard"]],
  ["citizen", ["/account", "/account/identity", "/account/tokens"], ["/account", "/account/tokens", "/account/identity"]],
  ["administrator", ["/admin/accounts"], ["/admin/accounts", "/admin/log"]],
];

// Fills every field with markup (numbers and days too, past the browser's own checks) and sends the form.
async function fillAll(page) {
  const forms = await page.locator("main form[method=post]").count();
  for (let n = 0; n < forms; n += 1) {
    const form = page.locator("main form[method=post]").nth(n);
    if (!(await form.count())) break;
    await form.evaluate((form, mark) => {
      form.noValidate = true;
      for (const field of form.elements) {
        if (["checkbox", "radio", "file", "submit", "hidden", "button"].includes(field.type) || field.tagName === "SELECT") continue;
        if (["number", "date", "month", "email", "tel", "url"].includes(field.type)) field.type = "text";
        field.removeAttribute("maxlength");
        field.value = mark;
      }
    }, MARK);
    const before = page.url();
    const answered = page.waitForResponse((r) => r.request().method() === "POST").catch(() => undefined);
    await form.evaluate((form) => HTMLFormElement.prototype.submit.call(form));
    const answer = await answered;
    assert.ok(!answer || answer.status() < 500, `${before}: ${answer?.status()}`);
    await page.waitForLoadState();
    await clean(page, before);
    await page.goto(before);
  }
}

async function clean(page, where) {
  assert.equal(await page.locator("[data-hostile]").count(), 0, `markup got through: ${where}`);
  assert.ok(!(await page.content()).includes("alert(1) data-hostile>"), `unescaped: ${where}`);
}

test("markup in every field is text", async () => {
  for (const [role, forms, shown] of WORK) {
    const page = await person({ role });
    page.on("dialog", (dialog) => assert.fail(`a script ran: ${dialog.message()}`));
    for (const path of forms) {
      const answer = await page.goto(here(path));
      assert.ok(answer.status() < 400, `${role} ${path}: ${answer.status()}`);
      await fillAll(page);
    }
    for (const path of shown) await clean(await open(page, path), path);
    for (const path of shown) await clean(await open(page, `${path}?q=${encodeURIComponent(MARK)}&sort=${encodeURIComponent(MARK)}&page=-1&kind=${encodeURIComponent(MARK)}`), path);
    await page.context().close();
  }
});

test("files that are none, and names that climb", async () => {
  const page = await person({ role: "officer" });
  const reviewer = await person({ role: "reviewer" });
  const csv = (text) => Buffer.from(text);
  const files = [
    ["../../../etc/passwd", csv("姓名\n甲\n")],
    ["..\\..\\win.ini\u0000.csv", csv("姓名\n甲\n")],
    ["空.xlsx", Buffer.alloc(1)],
    ["假.xlsx", csv("not a workbook")],
    ["真假.xlsx", Buffer.from("504b0304", "hex")],
    ["公式.csv", csv('姓名,手机\n"=HYPERLINK(""http://x"",""甲"")",19900009991\n"=cmd|\' /C calc\'!A0",19900009992\n')],
    ["百万行.csv", csv("姓名\n" + "甲\n".repeat(1_000_000))],
    ["一行.csv", csv("姓".repeat(3_000_000))],
    ["列.csv", csv(Array.from({ length: 20_000 }, (_, n) => `列${n}`).join(",") + "\n")],
  ];
  for (const [name, buffer] of files) {
    const file = { name, mimeType: "application/octet-stream", buffer };
    const taken = await page.context().request.post(here("/directory/imports"), { headers: { Origin: site }, multipart: { list: "people", region: "990101", file } });
    assert.ok(taken.status() < 500, `${name}: ${taken.status()}`);
    assert.ok(!taken.url().includes(".."), taken.url());
    const put = await reviewer.context().request.post(here("/desk/upload"), { headers: { Origin: site }, multipart: { file } });
    assert.ok(put.status() < 500, `desk ${name}: ${put.status()}`);
    for (const path of ["/directory/imports", "/evidence/imports"]) assert.equal((await page.context().request.get(here(path))).status(), 200);
  }
});

test("made-up keys, ids and addresses open nothing", async () => {
  const page = await person({ role: "citizen" });
  const ask = page.context().request;
  for (const path of ["/directory/people/../../etc/passwd", "/directory/people/%2e%2e%2f%2e%2e%2fetc", "/files/..%2f..%2fetc%2fpasswd", "/evidence/%00", "/desk/0", "/desk/00000000000000000000000000000000", "/directory/people/ffffffffffffffffffffffffffffffff", "/money/imports/1'%20or%20'1'='1", `/directory/people/${"9".repeat(5000)}`, "/static/../../Cargo.toml"]) {
    const answer = await ask.get(here(path), { maxRedirects: 0 });
    assert.ok([400, 401, 403, 404, 414].includes(answer.status()), `${path}: ${answer.status()}`);
  }
  for (const next of ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"]) {
    const answer = await ask.post(here("/preferences"), { form: { lang: "en", back: next }, headers: { Origin: site }, maxRedirects: 0 });
    const to = answer.headers().location ?? "";
    assert.ok(to.startsWith("/") && !to.startsWith("//") && !to.startsWith("/\\"), `${next} -> ${to}`);
  }
  const forged = await ask.post(here("/account"), { form: { name: "x" }, headers: { Origin: "https://example.org" }, maxRedirects: 0 });
  assert.equal(forged.status(), 403, "a form of another site is stopped");
  for (const cookie of ["keqiao_session=AAAA", `keqiao_session=${"A".repeat(43)}`, "keqiao_session=%00; keqiao_lang=<script>"]) {
    const answer = await fetch(here("/account"), { headers: { cookie }, redirect: "manual" });
    assert.ok([302, 303, 401].includes(answer.status), `${cookie}: ${answer.status}`);
  }
});

// Speaks to the site without a browser; gives the first line of the answer, "" when there is none.
function raw(text, { pause = 0, pieces = 1 } = {}) {
  const { hostname, port } = new URL(site);
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(Number(port), hostname, async () => {
      for (let n = 0; n < pieces && !socket.destroyed; n += 1) {
        socket.write(n === 0 ? text : "x");
        if (pause) await new Promise((r) => setTimeout(r, pause));
      }
      if (pause) socket.end();
    });
    socket.setTimeout(8_000, () => socket.destroy());
    socket.on("data", (piece) => { heard += piece; socket.end(); });
    socket.on("error", () => {});
    socket.on("close", () => resolve(heard.split("\r\n")[0]));
  });
}

test("uploads that are too large, too slow or broken off leave the site as it was", async () => {
  const page = await person({ role: "officer" });
  const large = { name: "大.csv", mimeType: "text/csv", buffer: Buffer.alloc(60 << 20, 120) };
  const refused = await page.context().request.post(here("/directory/imports"), { headers: { Origin: site }, multipart: { list: "people", region: "990101", file: large } }).then((a) => a.status(), () => 0);
  assert.ok(refused === 0 || (refused >= 400 && refused < 500), `60 MB: ${refused}`);
  const head = (length) => `POST /sign-in HTTP/1.1\r\nHost: ${new URL(site).host}\r\nOrigin: ${site}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;
  const slow = Array.from({ length: 50 }, () => raw(head(1000), { pause: 200, pieces: 10 }));
  const started = performance.now();
  assert.equal((await fetch(here("/"))).status, 200);
  assert.ok(performance.now() - started < 5_000, "pages go on while fifty uploads crawl");
  for (const line of await Promise.all(slow)) assert.ok(!/ 5\d\d/.test(line), line);
  for (const odd of ["GET\r\n\r\n", "\u0000\u0001\u0002\r\n\r\n", `GET / HTTP/1.1\r\nHost: x\r\nX: ${"y".repeat(900_000)}\r\n\r\n`, head("99999999999999999999")]) {
    assert.ok(!/ 5\d\d/.test(await raw(odd)), odd.slice(0, 40));
  }
  assert.equal((await fetch(here("/health/ready"))).status, 200);
});
