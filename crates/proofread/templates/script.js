// Filter by level and rule. Without script everything is shown.
(() => {
  const form = document.querySelector("form.filter");
  const cards = [...document.querySelectorAll(".card")];
  if (!form || !cards.length) return;
  const rules = new Map(cards.map((c) => [c.dataset.rule, c.dataset.title]));
  for (const [code, title] of [...rules].sort()) form.elements.rule.add(new Option(code + " " + title, code));
  const apply = () => {
    const levels = new Set([...form.querySelectorAll("[name=level]:checked")].map((c) => c.value));
    const rule = form.elements.rule.value;
    let shown = 0;
    for (const card of cards) {
      card.hidden = !levels.has(card.dataset.level) || (rule && rule !== card.dataset.rule);
      shown += card.hidden ? 0 : 1;
    }
    for (const mark of document.querySelectorAll("mark")) {
      const prefix = mark.closest(".document").id + "f";
      mark.classList.toggle("off", mark.dataset.f.split(" ").every((n) => document.getElementById(prefix + n).hidden));
    }
    form.querySelector("output").textContent = shown + " / " + cards.length;
  };
  form.hidden = false;
  form.addEventListener("change", apply);
  form.addEventListener("submit", (e) => e.preventDefault());
  apply();
})();
