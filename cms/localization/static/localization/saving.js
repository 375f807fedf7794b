// The texts of the translators' editor; without it each text is a plain form. Saves a text as a draft three seconds
// after the last key and when it is left, and keeps in the browser what could not be saved. What the other scripts of
// the editor share stands in `plenaryTexts`.
(() => {
  "use strict";
  const texts = document.querySelector(".translation-texts");
  const status = document.getElementById("translation-status");
  if (!texts || !status) return;

  const WAIT = 3000;
  const RETRY = 10000;
  const timers = new Map();
  const unsaved = new Set();
  const busy = new Map(); // the answer that is waited for
  let offline = false;

  const box = (item) => item.elements.text;
  const form = (element) => element.closest?.("form.translation-text") ?? null;
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
    if (sentence) box(item).setAttribute("aria-invalid", "true");
    else box(item).removeAttribute("aria-invalid");
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
    item.dispatchEvent(new CustomEvent("plenary:saved", { bubbles: true }));
  }

  async function send(item, action) {
    const data = new FormData(item);
    data.set("action", action);
    // Not item.action: the form's buttons have that name.
    const headers = { Accept: "application/json" };
    const answer = await fetch(item.getAttribute("action"), { method: "POST", body: data, headers });
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    // Whoever is logged out meanwhile is led to a page.
    return isJson ? { ok: answer.ok, told: await answer.json() } : { ok: false, told: { error: status.dataset.refused } };
  }

  // True when the text is saved as it stands in its box.
  async function save(item, action = "save") {
    if (action === "save" && (busy.has(item) || !unsaved.has(item))) return false;
    await busy.get(item)?.catch(() => {});
    clearTimeout(timers.get(item));
    const sent = box(item).value;
    let result;
    try {
      busy.set(item, send(item, action));
      result = await busy.get(item);
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
    const { ok, told } = result;
    if (!ok) {
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

  async function confirm(item) {
    if (box(item).readOnly) return false;
    unsaved.add(item);
    return save(item, "confirm");
  }

  texts.addEventListener("input", (event) => {
    const item = form(event.target);
    if (item && event.target === box(item)) changed(item);
  });
  texts.addEventListener("focusout", (event) => {
    const item = form(event.target);
    if (item && !item.contains(event.relatedTarget)) save(item);
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
  globalThis.plenaryTexts = { texts, words: texts.dataset, all, box, form, save, confirm, unsaved };
  tell();
})();
