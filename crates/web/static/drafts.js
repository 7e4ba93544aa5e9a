// Drafts of forms that could not be sent: <form data-draft="/api/address"> keeps its text fields in this browser while there is no network, and
// sends them when there is one again; [data-drafts] shows what waits. Photos are not kept: they are added to the record afterwards. The form
// carries the id of what it makes, so nothing is made twice. Without script, or without storage, the form is an ordinary one.
"use strict";
(() => {
  const zh = document.documentElement.lang.startsWith("zh");
  const t = (chinese, english) => (zh ? chinese : english);
  const KEY = "kq-drafts";
  const make = (tag, cls, text) => {
    const element = document.createElement(tag);
    if (cls) element.className = cls;
    if (text) element.textContent = text;
    return element;
  };
  const read = () => { try { return JSON.parse(localStorage.getItem(KEY) || "[]"); } catch { return []; } };
  const write = (drafts) => { try { localStorage.setItem(KEY, JSON.stringify(drafts)); return true; } catch { return false; } };
  const keep = (draft) => write([...read().filter((d) => d.id !== draft.id), draft].slice(-50));
  const drop = (id) => write(read().filter((d) => d.id !== id));

  function draftOf(form) {
    const values = {};
    new FormData(form).forEach((value, key) => { if (typeof value === "string" && value !== "" && !["id", "region", "seen", "file", "drop"].includes(key)) values[key] = value; });
    const field = (name) => (form.elements[name] ? form.elements[name].value : "");
    return { id: field("id"), region: field("region"), to: form.dataset.draft, page: location.pathname + "?kind=" + encodeURIComponent(values.kind || ""), values, why: "" };
  }
  // A number in the way of the server: 32 hexadecimal digits.
  function fresh() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 15) | 64;
    bytes[8] = (bytes[8] & 63) | 128;
    return Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");
  }

  let sending = false;
  async function sendAll() {
    if (sending || navigator.onLine === false) return;
    sending = true;
    for (const draft of read().filter((d) => !d.why)) {
      let answer;
      try {
        answer = await fetch(draft.to, {
          method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", Accept: "application/json" },
          body: JSON.stringify({ id: draft.id, region: draft.region, values: draft.values }),
        });
      } catch { break; /* Still no network. */ }
      if (answer.ok) { drop(draft.id); continue; }
      if (answer.status >= 500 || answer.status === 429) break;
      const said = await answer.json().catch(() => ({}));
      const fields = (said.fields || []).map((f) => (zh ? f.zh : f.en)).join(" ");
      keep({ ...draft, why: answer.status === 401 ? "" : fields || (zh ? said.detail : said.title) || String(answer.status) });
      if (answer.status === 401) break;
    }
    sending = false;
    show();
  }

  function show() {
    const drafts = read();
    document.querySelectorAll("[data-drafts]").forEach((box) => {
      box.hidden = drafts.length === 0;
      box.replaceChildren();
      if (!drafts.length) return;
      const notice = make("div", "notice warning"), body = make("div");
      body.append(make("p", "", t(`有 ${drafts.length} 条记录存在本机，还没有发送；联网后自动发送。`, `${drafts.length} records are kept on this device and not sent yet; they go out when there is a network.`)));
      const list = make("ul");
      for (const draft of drafts) {
        const line = make("li", "", draft.values.title || t("（未填名称）", "(no title)"));
        if (draft.why) line.append(make("p", "fault", draft.why));
        const open = make("button", "button plain small", t("打开修改", "Open")), gone = make("button", "button plain small", t("删除草稿", "Delete"));
        open.onclick = () => { sessionStorage.setItem("kq-draft-open", draft.id); location.assign(draft.page); };
        gone.onclick = () => { drop(draft.id); show(); };
        line.append(" ", open, " ", gone);
        list.append(line);
      }
      body.append(list);
      if (drafts.some((d) => !d.why)) {
        const send = make("button", "button plain", t("现在发送", "Send now"));
        send.onclick = sendAll;
        body.append(send);
      }
      notice.append(body);
      box.append(notice);
    });
  }

  // What was opened from the list stands in the form again.
  function fill(form) {
    const id = sessionStorage.getItem("kq-draft-open"), draft = read().find((d) => d.id === id);
    if (!draft) return;
    sessionStorage.removeItem("kq-draft-open");
    drop(id);
    for (const [name, value] of Object.entries({ ...draft.values, id: draft.id, region: draft.region })) {
      const field = form.elements[name];
      if (field && field.type !== "file") field.value = value;
    }
    form.querySelectorAll("details").forEach((more) => { more.open = true; });
  }

  document.querySelectorAll("form[data-draft]").forEach((form) => {
    fill(form);
    form.addEventListener("submit", (event) => {
      if (navigator.onLine !== false) return;
      const photos = Array.from(form.querySelectorAll("input[type=file]")).some((input) => input.files.length);
      if (!keep(draftOf(form))) return;
      event.preventDefault();
      event.stopPropagation();
      form.reset();
      if (form.elements.id) form.elements.id.value = fresh();
      delete form.dataset.changed;
      show();
      const said = t("没有网络，已存在本机，联网后自动发送。", "No network: kept on this device, to be sent later.") + (photos ? t("照片请在发送后到记录里补传。", " Add the photos to the record afterwards.") : "");
      const box = document.getElementById("toasts");
      if (box) box.append(make("div", "toast", said));
      window.scrollTo(0, 0);
    }, true);
  });
  window.addEventListener("online", sendAll);
  show();
  sendAll();
})();
