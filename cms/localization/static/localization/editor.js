// Comfort for the translators' editor; without it each text is a plain form. Saves a text as a draft three seconds after
// the last key and when it is left, confirms it with Ctrl+Enter, and keeps in the browser what could not be saved.
(() => {
  const texts = document.querySelector(".translation-texts");
  const status = document.getElementById("translation-status");
  if (!texts || !status) return;

  const WAIT = 3000;
  const RETRY = 10000;
  const timers = new Map();
  const unsaved = new Set();
  const busy = new Set();
  let offline = false;

  const box = (form) => form.elements.text;
  const form = (element) => element.closest && element.closest("form.translation-text");
  const all = () => [...texts.querySelectorAll("form.translation-text")];
  const stored = (item) => `plenary:${item.getAttribute("action")}`;

  function tell() {
    if (offline) status.textContent = status.dataset.offline;
    else if (unsaved.size) status.textContent = `${status.dataset.unsaved} ${unsaved.size}`;
    else status.textContent = status.dataset.saved;
  }

  function keep(item) {
    try {
      const value = JSON.stringify({ text: box(item).value, version: item.elements.version.value });
      localStorage.setItem(stored(item), value);
    } catch { /* a full or forbidden store: the text still stands in its box */ }
  }

  function forget(item) {
    try { localStorage.removeItem(stored(item)); } catch { /* nothing was kept */ }
  }

  function say(item, sentence) {
    const message = item.querySelector(".error-message");
    message.setAttribute("role", "alert");
    message.textContent = sentence;
    item.classList.toggle("translation-text--error", Boolean(sentence));
    box(item).toggleAttribute("aria-invalid", Boolean(sentence));
  }

  function take(item, told) {
    item.elements.version.value = told.version;
    item.classList.remove(`translation-text--${item.dataset.state}`);
    item.dataset.state = told.state;
    item.classList.add(`translation-text--${told.state}`);
    item.querySelector(".translation-text__state").textContent = told.label;
    const findings = item.querySelector(".translation-findings");
    const held = findings.contains(document.activeElement);
    findings.outerHTML = told.findings;
    if (held) box(item).focus();
  }

  async function send(item, action) {
    const data = new FormData(item);
    data.set("action", action);
    // Not item.action: the form's buttons have that name.
    const headers = { Accept: "application/json" };
    const answer = await fetch(item.getAttribute("action"), { method: "POST", body: data, headers });
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    return { answer, told: isJson ? await answer.json() : { error: status.dataset.refused } };
  }

  // True when the text is saved as it stands in its box.
  async function save(item, action = "save") {
    if (busy.has(item) || (action === "save" && !unsaved.has(item))) return false;
    clearTimeout(timers.get(item));
    busy.add(item);
    const sent = box(item).value;
    let result;
    try {
      result = await send(item, action);
    } catch {
      offline = true;
      keep(item);
      later(item, RETRY);
      return false;
    } finally {
      busy.delete(item);
      tell();
    }
    offline = false;
    const { answer, told } = result;
    if (!answer.ok) {
      keep(item);
      // With the colleague's text in view, saving again is a decision.
      if (told.version !== undefined) item.elements.version.value = told.version;
      say(item, told.theirs === undefined ? told.error : `${told.error} ${told.by}: ${told.theirs || "–"}`);
      tell();
      return false;
    }
    take(item, told);
    say(item, "");
    const same = box(item).value === sent;
    if (same) {
      unsaved.delete(item);
      forget(item);
    } else later(item);
    tell();
    return same;
  }

  function later(item, wait = WAIT) {
    clearTimeout(timers.get(item));
    timers.set(item, setTimeout(() => save(item), wait));
  }

  function changed(item) {
    unsaved.add(item);
    keep(item);
    later(item);
    tell();
  }

  function put(item, text) {
    const area = box(item);
    if (area.readOnly) return;
    area.value = text;
    area.focus();
    changed(item);
  }

  function go(item) {
    if (!item) return;
    box(item).focus();
    item.scrollIntoView({ block: "center" });
  }

  function beside(item, step) {
    const items = all();
    return items[items.indexOf(item) + step];
  }

  function nextOpen(item) {
    const items = all();
    const from = items.indexOf(item) + 1;
    const open = (one) => !["confirmed", "approved"].includes(one.dataset.state);
    return items.slice(from).find(open) || items.slice(0, from - 1).find(open);
  }

  function suggestion(item) {
    const found = item.querySelector("[data-suggestion]");
    return found && found.textContent.trim();
  }

  async function confirm(item) {
    if (await save(item, "confirm")) go(nextOpen(item));
  }

  const keys = {
    ArrowDown: (item) => go(beside(item, 1)),
    ArrowUp: (item) => go(beside(item, -1)),
    KeyJ: (item) => go(nextOpen(item)),
    KeyC: (item) => put(item, item.querySelector(".translation-text__source p").textContent),
    KeyT: (item) => suggestion(item) && put(item, suggestion(item)),
    KeyK: () => document.getElementById("translation-search").focus(),
  };

  texts.addEventListener("input", (event) => {
    const item = form(event.target);
    if (item && event.target === box(item)) changed(item);
  });
  texts.addEventListener("focusout", (event) => {
    const item = form(event.target);
    if (item && !item.contains(event.relatedTarget)) save(item);
  });
  texts.addEventListener("submit", (event) => {
    const item = form(event.target);
    if (!item) return;
    event.preventDefault();
    unsaved.add(item);
    if (event.submitter && event.submitter.value === "confirm") confirm(item);
    else save(item, event.submitter && event.submitter.value === "accept" ? "accept" : "save");
  });
  texts.addEventListener("click", (event) => {
    const item = form(event.target);
    const use = event.target.closest("[data-use]");
    if (item && use) put(item, use.parentElement.querySelector("[data-suggestion]").textContent.trim());
  });
  document.addEventListener("keydown", (event) => {
    const item = form(event.target) || all()[0];
    if (!item || event.isComposing) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form(event.target)) {
      event.preventDefault();
      unsaved.add(item);
      confirm(item);
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && keys[event.code]) {
      event.preventDefault();
      keys[event.code](item);
    }
  });
  addEventListener("online", () => unsaved.forEach((item) => save(item)));
  addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

  // What an earlier visit could not save stands in its box again, and is saved if nobody wrote the text meanwhile.
  all().forEach((item) => {
    try {
      const kept = JSON.parse(localStorage.getItem(stored(item)) || "null");
      if (!kept || box(item).readOnly) return;
      if (kept.text === box(item).value) forget(item);
      else {
        box(item).value = kept.text;
        item.elements.version.value = kept.version;
        unsaved.add(item);
        later(item);
      }
    } catch { /* nothing readable was kept */ }
  });
  texts.querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; });
  tell();
})();
