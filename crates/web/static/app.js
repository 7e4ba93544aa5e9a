// Comfort for pages that work without it: search as one types, uploads with progress, live changes, questions before what cannot be
// undone, keys. It knows no page: it acts on `data-…` attributes (shown at /design), and takes its content from ordinary pages.
"use strict";
(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const t = (chinese, english) => (zh ? chinese : english);
  const all = (selector, root = document) => Array.from(root.querySelectorAll(selector));
  const make = (tag, cls, text) => {
    const element = document.createElement(tag);
    if (cls) element.className = cls;
    if (text) element.textContent = text;
    return element;
  };
  const later = (wait, act) => {
    let timer;
    return (...args) => { clearTimeout(timer); timer = setTimeout(() => act(...args), wait); };
  };

  function toast(text) {
    const box = document.getElementById("toasts");
    if (!box) return;
    const line = make("div", "toast", text);
    box.append(line);
    while (box.children.length > 3) box.firstChild.remove();
    setTimeout(() => line.remove(), 6000);
  }

  // ---- Parts of a page, taken from the whole page as the server writes it.
  async function page(address, signal) {
    const answer = await fetch(address, { signal, headers: { Accept: "text/html" }, credentials: "same-origin" });
    if (!answer.ok || answer.redirected && new URL(answer.url).pathname === "/sign-in") throw new Error(String(answer.status));
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }
  function swap(id, from) {
    const old = document.getElementById(id), fresh = from.getElementById(id);
    if (!old || !fresh) return null;
    const open = new Set(all("details[open][id]", old).map((d) => d.id));
    const focus = document.activeElement && old.contains(document.activeElement) ? document.activeElement.id : "";
    old.replaceWith(fresh);
    all("details[id]", fresh).forEach((d) => { if (open.has(d.id)) d.open = true; });
    if (focus && document.getElementById(focus)) document.getElementById(focus).focus({ preventScroll: true });
    ready(fresh);
    return fresh;
  }

  // ---- Filters: <form data-filters data-target="id">. Typing waits a moment, choosing does not; a later question overtakes an earlier.
  let asking = null;
  async function filter(form) {
    const target = document.getElementById(form.dataset.target);
    if (!target) return form.submit();
    const query = new URLSearchParams();
    new FormData(form).forEach((value, key) => { if (value !== "") query.append(key, value); });
    const address = (form.getAttribute("action") || location.pathname) + "?" + query;
    if (asking) asking.abort();
    const mine = (asking = new AbortController());
    target.classList.add("busy");
    try {
      const fresh = await page(address, mine.signal);
      swap(form.dataset.target, fresh);
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") location.assign(address);
    } finally {
      if (asking === mine) { const now = document.getElementById(form.dataset.target); if (now) now.classList.remove("busy"); }
    }
  }
  const filterSoon = later(180, filter);
  let composing = false;
  document.addEventListener("compositionstart", () => { composing = true; });
  document.addEventListener("compositionend", (event) => { composing = false; typed(event); });
  function typed(event) {
    const form = event.target.form;
    if (form && form.matches("[data-filters]") && event.target.matches("[data-search]") && !composing) filterSoon(form);
  }
  document.addEventListener("input", typed);
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-filters]") && !event.target.matches("[data-search]")) filter(form);
  });

  // ---- Advice: <form data-advice="/address" data-target="id">. What was typed is sent there as it stands, and the answer's element takes its
  // place; nothing is saved. A later question overtakes an earlier one.
  let advising = null;
  async function advise(form) {
    if (!document.getElementById(form.dataset.target)) return;
    if (advising) advising.abort();
    const mine = (advising = new AbortController());
    try {
      const answer = await fetch(form.dataset.advice, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin", signal: mine.signal });
      if (!answer.ok && answer.status !== 422) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(form.dataset.target);
      const now = document.getElementById(form.dataset.target);
      if (fresh && now) now.replaceWith(document.importNode(fresh, true));
    } catch (error) {
      if (error.name !== "AbortError") console.warn(error);
    }
  }
  const adviseSoon = later(600, advise);
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-advice]") && !composing) adviseSoon(form);
  });

  // ---- Live changes: <… id="x" data-live="/events?topic=…" [data-live-src="/address"]>. What somebody is typing in is never replaced.
  const streams = new Map();
  function listen(element) {
    const id = element.id;
    if (!id || !window.EventSource || streams.has(id)) return;
    const stream = new EventSource(element.dataset.live);
    streams.set(id, stream);
    const refresh = later(250, async (text) => {
      const now = document.getElementById(id);
      if (!now) { stream.close(); streams.delete(id); return; }
      const busy = all("form[data-changed]", now).length || now.contains(document.activeElement) && document.activeElement.tagName === "SELECT";
      if (busy) { toast(text + t("（您正在填写，未自动刷新）", " (not reloaded: you are typing)")); now.dataset.stale = "1"; return; }
      try {
        const fresh = swap(id, await page(now.dataset.liveSrc || location.href));
        if (fresh) { fresh.classList.add("flash"); toast(text); }
      } catch { /* The next event tries again. */ }
    });
    const changed = (event) => {
      let said = {};
      try { said = JSON.parse(event.data); } catch { /* An event without words still means: look again. */ }
      const who = said.who || said.by || "", title = said.title || "";
      refresh(who ? t(`${who} 刚刚更新${title ? "了" + title : ""}`, `${who} just updated ${title || "this page"}`) : t("内容已更新", "Updated just now"));
    };
    // Events are named after their topic; "lagged" says that some were missed.
    const topics = new URL(element.dataset.live, location.href).searchParams.getAll("topic");
    [...topics, "lagged"].forEach((topic) => stream.addEventListener(topic, changed));
  }
  window.addEventListener("pagehide", () => streams.forEach((stream) => stream.close()));

  // ---- Forms: a question first (data-confirm), never sent twice, and a word before leaving unsaved work (data-unsaved).
  function ask(text, yes) {
    const dialog = make("dialog");
    if (!dialog.showModal) { if (window.confirm(text)) yes(); return; }
    const actions = make("div", "actions"), no = make("button", "button plain", t("取消", "Cancel")), ok = make("button", "button danger", t("确定", "Yes, do it"));
    const words = make("p", "", text);
    words.id = "question";
    dialog.setAttribute("aria-labelledby", "question");
    actions.append(no, ok);
    dialog.append(words, actions);
    no.onclick = () => dialog.close();
    ok.onclick = () => { dialog.close(); yes(); };
    dialog.onclose = () => dialog.remove();
    document.body.append(dialog);
    dialog.showModal();
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-confirm]");
    if (!button || button.dataset.agreed) return;
    event.preventDefault();
    ask(button.dataset.confirm, () => { button.dataset.agreed = "1"; button.click(); delete button.dataset.agreed; });
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    delete form.dataset.changed;
    setTimeout(() => { delete form.dataset.sent; }, 8000);
  });
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.method === "post") form.dataset.changed = "1";
  });
  window.addEventListener("beforeunload", (event) => {
    if (all("form[data-unsaved][data-changed]").length) { event.preventDefault(); event.returnValue = ""; }
  });
  window.addEventListener("pageshow", () => all("form[data-sent]").forEach((form) => { delete form.dataset.sent; }));

  // ---- Theme and large type, without leaving the page.
  document.addEventListener("submit", async (event) => {
    const form = event.target, button = event.submitter;
    if (!form.matches("[data-preferences]") || !button || button.name === "lang") return;
    event.preventDefault();
    const root = document.documentElement;
    if (button.name === "theme") root.dataset.theme = button.value;
    else if (button.value === "1") root.dataset.large = "";
    else delete root.dataset.large;
    const sent = new URLSearchParams({ [button.name]: button.value, back: "/" });
    try { await fetch(form.action, { method: "POST", body: sent, credentials: "same-origin", redirect: "manual" }); } catch { /* It holds for this page. */ }
    delete form.dataset.sent;
    if (button.name === "large") {
      button.setAttribute("aria-pressed", String(button.value === "1"));
      button.value = button.value === "1" ? "0" : "1";
      return;
    }
    const dark = button.value === "dark", name = dark ? t("改为浅色", "Switch to light") : t("改为深色", "Switch to dark");
    button.value = dark ? "light" : "dark";
    button.title = name;
    button.setAttribute("aria-label", name);
    button.querySelector("use").setAttribute("href", "/static/icons.svg#" + (dark ? "sun" : "moon"));
  }, true);

  // ---- Rows that are picked.
  function count(form) {
    const picked = all("input[name=pick]:checked", form).length;
    all("[data-picked]", form).forEach((out) => { out.textContent = String(picked); });
    all("[data-bulk] button", form).forEach((button) => { button.disabled = picked === 0; });
  }
  document.addEventListener("change", (event) => {
    const form = event.target.form;
    if (!form) return;
    if (event.target.matches("[data-pick-all]")) all("input[name=pick]", form).forEach((box) => { box.checked = event.target.checked; });
    if (event.target.matches("[data-pick-all], input[name=pick]")) count(form);
  });

  // ---- Uploads: <form data-upload="/desk" data-done="/desk?batch=">. Files go in pieces; what broke off goes on where it stopped.
  const PIECE = 4 << 20, AT_ONCE = 2, TRIES = 6;
  const pause = (ms) => new Promise((go) => setTimeout(go, ms));
  async function json(method, address, body) {
    for (let n = 0; ; n += 1) {
      try {
        const raw = body instanceof Blob;
        const headers = { Accept: "application/json" };
        if (body !== undefined) headers["Content-Type"] = raw ? "application/octet-stream" : "application/json";
        const answer = await fetch(address, { method, headers, body: body === undefined || raw ? body : JSON.stringify(body), credentials: "same-origin" });
        const said = await answer.json().catch(() => ({}));
        if (answer.ok) return said;
        const error = new Error((zh ? said.detail : said.title) || t("未能上传", "Not uploaded") + ` (${answer.status})`);
        error.final = answer.status < 500 && answer.status !== 409 && answer.status !== 429;
        error.status = answer.status;
        throw error;
      } catch (error) {
        if (error.final || n + 1 >= TRIES || error.status === 409) throw error;
        await pause(500 * 2 ** n);
      }
    }
  }
  function remembered(file) { return "kq-upload:" + [file.name, file.size, file.lastModified].join("|"); }
  async function send(base, batch, file, show) {
    const key = remembered(file);
    let upload = null;
    const before = sessionStorage.getItem(key);
    if (before) upload = await json("GET", `${base}/uploads/${before}`).then((u) => ({ id: before, ...u }), () => null);
    if (!upload || upload.state && upload.state !== "open") upload = await json("POST", `${base}/batches/${batch}/uploads`, { name: file.name, size: file.size });
    sessionStorage.setItem(key, upload.id);
    let received = upload.received || 0;
    for (let turn = 0; received < file.size && turn < 10000; turn += 1) {
      show(received);
      try {
        const said = await json("PUT", `${base}/uploads/${upload.id}?offset=${received}`, file.slice(received, received + PIECE));
        received = said.received;
      } catch (error) {
        if (error.status !== 409) throw error;
        received = (await json("GET", `${base}/uploads/${upload.id}`)).received;
      }
    }
    sessionStorage.removeItem(key);
  }
  function line(box, file) {
    const row = make("div", "upload"), bar = make("progress"), state = make("span", "state", t("等待", "Waiting"));
    bar.max = file.size || 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    row.append(make("span", "file", file.name), bar, state);
    box.append(row);
    return {
      show(received) { bar.value = received; state.textContent = Math.floor((100 * received) / (file.size || 1)) + "%"; },
      done() { bar.value = bar.max; row.classList.add("done"); state.textContent = t("已上传", "Uploaded"); },
      failed(why) { row.classList.add("failed"); state.textContent = t("未成功", "Failed"); row.append(make("span", "why", why)); },
    };
  }
  async function uploadAll(form, files) {
    const box = form.querySelector("[data-uploads]"), base = form.dataset.upload;
    const accepted = (form.querySelector("input[type=file][accept]") || { accept: "" }).accept.split(",").filter(Boolean);
    const fits = (file) => !accepted.length || accepted.some((ending) => file.name.toLowerCase().endsWith(ending.trim().toLowerCase()));
    const taken = files.filter(fits), left = files.length - taken.length;
    if (left) toast(t(`有 ${left} 个文件不是报告，未上传`, `${left} files are not reports and were left out`));
    if (!taken.length) return;
    const about = {};
    new FormData(form).forEach((value, key) => { if (typeof value === "string" && value) about[key] = value; });
    let batch;
    try { batch = (await json("POST", `${base}/batches`, about)).id; } catch (error) { toast(error.message); return; }
    const queue = taken.map((file) => [file, line(box, file)]);
    let failed = 0;
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [file, row] = next;
        try { await send(base, batch, file, row.show); row.done(); } catch (error) { failed += 1; row.failed(error.message); }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    toast(failed ? t(`上传结束，${failed} 个未成功`, `Uploaded; ${failed} failed`) : t("全部上传完成，正在后台校对", "All uploaded; checking in the background"));
    if (!failed && form.dataset.done) location.assign(form.dataset.done + (form.dataset.done.endsWith("=") ? batch : ""));
  }
  async function within(entry) {
    if (entry.isFile) return [await new Promise((ok, no) => entry.file(ok, no))];
    const reader = entry.createReader(), found = [];
    for (;;) {
      const some = await new Promise((ok, no) => reader.readEntries(ok, no));
      if (!some.length) return found;
      for (const one of some) found.push(...(await within(one)));
    }
  }
  function drops(zone) {
    const input = zone.querySelector("input[type=file]:not(.unseen)"), form = zone.closest("form"), folder = zone.querySelector("[data-folder]");
    const take = (files) => { if (form.dataset.upload && files.length) uploadAll(form, files); };
    ["dragover", "dragenter"].forEach((name) => zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); }));
    ["dragleave", "drop"].forEach((name) => zone.addEventListener(name, () => zone.classList.remove("over")));
    zone.addEventListener("drop", async (event) => {
      event.preventDefault();
      if (!form.dataset.upload) { input.files = event.dataTransfer.files; return; }
      const entries = Array.from(event.dataTransfer.items).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
      const files = [];
      for (const entry of entries) files.push(...(await within(entry)));
      take(files);
    });
    if (form.dataset.upload) input.addEventListener("change", () => take(Array.from(input.files)));
    if (folder) {
      folder.hidden = false;
      folder.querySelector("input").addEventListener("change", (event) => take(Array.from(event.target.files)));
    }
  }

  // ---- Keys: "/" searches, j and k go from finding to finding, Escape closes what hangs open.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") all("details.account[open]").forEach((menu) => { menu.open = false; });
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    if (event.key === "/") {
      const search = document.querySelector("[data-search]");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
    if (event.key === "j" || event.key === "k") {
      const findings = all("[data-finding]");
      if (!findings.length) return;
      const at = findings.findIndex((one) => one.classList.contains("current"));
      const next = findings[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), findings.length - 1)];
      findings.forEach((one) => one.classList.toggle("current", one === next));
      next.setAttribute("tabindex", "-1");
      next.focus({ preventScroll: true });
      const place = next.querySelector("a[href^='#']"), mark = place && document.getElementById(place.hash.slice(1));
      next.scrollIntoView({ block: mark ? "nearest" : "center" });
      if (mark) mark.scrollIntoView({ block: "center" });
    }
  });
  document.addEventListener("click", (event) => {
    all("details.account[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });

  function ready(root) {
    if (root.matches && root.matches("[data-live]")) listen(root);
    all("[data-live]", root).forEach(listen);
    all("[data-drop]", root).forEach(drops);
    all("form", root).forEach((form) => { if (form.querySelector("[data-bulk]")) count(form); });
    if (root.matches && root.closest("form") && root.closest("form").querySelector("[data-bulk]")) count(root.closest("form"));
  }
  ready(document);
})();
