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
  const unsaved = new Map(); // what is to be done with each text: "save" as a draft, "confirm", "accept"
  const busy = new Map(); // the answer that is waited for
  const words = texts.dataset;
  const prefix = `plenary:${words.user}:`; // several people may share a browser
  let offline = false;

  const box = (item) => item.elements.text;
  const form = (element) => element.closest?.("form.translation-text") ?? null;
  const all = () => [...texts.querySelectorAll("form.translation-text")];
  const stored = (item) => prefix + item.getAttribute("action");

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

  // Why a text was not saved, with the text of a colleague, which can be taken instead, or a way to log in.
  function say(item, sentence, ...more) {
    const message = item.querySelector(".error-message");
    item.querySelector(".translation-text__theirs")?.remove();
    message.setAttribute("role", "alert");
    message.hidden = !sentence; // Wagtail's "Go to the first error" goes to what is not hidden
    message.replaceChildren(sentence, ...more.filter(Boolean));
    item.classList.toggle("translation-text--error", Boolean(sentence));
    if (sentence) box(item).setAttribute("aria-invalid", "true");
    else box(item).removeAttribute("aria-invalid");
  }

  function made(name, text, given = {}) {
    const element = Object.assign(document.createElement(name), given);
    element.textContent = text;
    return element;
  }

  function sayTheirs(item, told) {
    say(item, `${told.error} `, made("bdi", told.by));
    const theirs = made("div", "", { className: "translation-text__theirs" });
    const text = made("p", told.theirs || "–", { lang: box(item).lang, dir: box(item).dir });
    theirs.append(text);
    if (told.theirs) {
      const take = made("button", words.take, { type: "button", className: "button button-small button-secondary" });
      text.dataset.suggestion = take.dataset.use = "";
      theirs.append(take);
    }
    item.querySelector(".error-message").after(theirs);
  }

  function count(item, finished) {
    const was = ["confirmed", "approved"].includes(item.dataset.state);
    if (was === finished) return;
    for (const [name, by] of [["finished", 1], ["unfinished", -1]]) {
      const number = document.querySelector(`[data-${name}]`);
      number.textContent = Number(number.textContent) + (finished ? by : -by);
    }
  }

  function take(item, told) {
    item.elements.version.value = told.version;
    count(item, told.finished);
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

  // Whoever logs in again has another token.
  function token() {
    const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (!found) return;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => { input.value = found[1]; });
  }

  // What the server says. Throws where it does not answer, or something between here and there does in its place.
  async function send(item, action) {
    const data = new FormData(item);
    data.set("action", action);
    // Not item.action: the form's buttons have that name.
    const headers = { Accept: "application/json" };
    const answer = await fetch(item.getAttribute("action"), { method: "POST", body: data, headers });
    if (answer.status >= 500) throw new Error(String(answer.status));
    const isJson = (answer.headers.get("Content-Type") || "").includes("json");
    if (isJson) return { ok: answer.ok, told: await answer.json() };
    const away = new URL(answer.url).pathname === words.loginAddress || answer.status === 403;
    return { ok: false, told: { error: words.refused, away } };
  }

  function refused(item, told) {
    keep(item);
    // With the colleague's text in view, saving again is a decision.
    if (told.version !== undefined) item.elements.version.value = told.version;
    if (told.theirs !== undefined) sayTheirs(item, told);
    else if (told.away) {
      const login = made("a", words.login, { href: words.loginAddress, target: "_blank" });
      say(item, `${words.away} `, login);
    } else say(item, told.error);
    item.toggleAttribute("data-away", Boolean(told.away));
  }

  // True when the text is saved as it stands in its box.
  async function save(item, action = unsaved.get(item)) {
    if (action === "save" && busy.has(item)) return false;
    if (!unsaved.has(item)) return false;
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
      refused(item, told);
      tell();
      return false;
    }
    take(item, told);
    say(item, "");
    item.removeAttribute("data-away");
    const same = box(item).value === sent;
    if (same && unsaved.get(item) === action) {
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
    unsaved.set(item, "save");
    keep(item);
    later(item);
    tell();
  }

  // Saves the text, confirmed or otherwise, also when nothing was typed. What fails is tried again as it was meant.
  async function settle(item, action = "confirm") {
    if (box(item).readOnly) return false;
    unsaved.set(item, action);
    return save(item);
  }

  texts.addEventListener("input", (event) => {
    const item = form(event.target);
    if (item && event.target === box(item)) changed(item);
  });
  texts.addEventListener("focusout", (event) => {
    const item = form(event.target);
    if (item && !item.contains(event.relatedTarget)) save(item);
  });
  addEventListener("online", () => unsaved.forEach((_action, item) => save(item)));
  // Back from logging in, in another window.
  addEventListener("focus", () => {
    const away = [...unsaved.keys()].filter((item) => item.hasAttribute("data-away"));
    if (away.length) token();
    away.forEach((item) => save(item));
  });
  addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

  // What an earlier visit could not save.
  function read(name) {
    try { return JSON.parse(localStorage.getItem(name) || "null"); } catch { return null; }
  }

  // It stands in its box again, and is saved if nobody wrote the text meanwhile.
  function restore(item, kept) {
    if (kept.text === box(item).value) return forget(item);
    box(item).value = kept.text;
    item.elements.version.value = kept.version;
    unsaved.set(item, "save");
    return later(item);
  }

  // A text that is not here, or cannot be written now, is shown: the source may have lost it.
  function list(name, kept) {
    const section = document.getElementById("translation-kept");
    const entry = section.querySelector("template").content.cloneNode(true).firstElementChild;
    const key = name.split("/").at(-2);
    entry.querySelector("[data-text]").textContent = kept.text;
    entry.querySelector("a").href = `?text=${key}#text-${key}`;
    entry.querySelector("button").addEventListener("click", () => {
      localStorage.removeItem(name);
      entry.remove();
      section.hidden = !section.querySelector("[data-kept]");
      document.getElementById("translation-search").focus();
    });
    section.append(entry);
    section.hidden = false;
  }

  function keptNames() {
    const start = prefix + words.address;
    try { return Object.keys(localStorage).filter((name) => name.startsWith(start)); } catch { return []; }
  }

  const boxes = new Map(all().map((item) => [stored(item), item]));
  for (const name of keptNames()) {
    const kept = read(name);
    const item = boxes.get(name);
    if (kept && item && !box(item).readOnly) restore(item, kept);
    else if (kept) list(name, kept);
  }
  globalThis.plenaryTexts = { texts, words, all, box, form, settle };
  tell();
})();
