// Writing into the boxes of the translators' editor: codes by a click or a key, with a hint at once where one is lost;
// the source, a suggestion or a term put in as if it had been typed, so that it can be undone.
(() => {
  "use strict";
  const shared = globalThis.plenaryTexts;
  if (!shared) return;
  const { texts, words, all, box, form } = shared;
  const RLM = "\u200f";
  const CODES = /[\u2460-\u2473\u2776-\u277f\u24eb-\u24f4]|[⟦⟪⦃⧼]\/?\d+[⟧⟫⦄⧽]/g;

  const signs = (item) => [...item.querySelectorAll(".translation-codes li")];

  // In a right-to-left text every code stands between marks of direction, or it jumps to the wrong side of a symbol.
  function dressed(item, text) {
    if (box(item).dir !== "rtl" || !signs(item).length) return text;
    return text.replaceAll(RLM, "").replace(CODES, `${RLM}$&${RLM}`);
  }

  // What was typed or pasted, once its box is left. It says the same, so there is nothing to save.
  texts.addEventListener("focusout", (event) => {
    const item = form(event.target);
    if (!item || event.target !== box(item) || box(item).readOnly) return;
    const text = dressed(item, box(item).value);
    if (text !== box(item).value) box(item).value = text;
  }, true);

  function write(item, text, from, to) {
    const area = box(item);
    if (area.readOnly) return;
    area.focus();
    area.setSelectionRange(from, to);
    // As if it were typed: the browser can undo it, and tells of it as of any other input.
    if (document.execCommand(text ? "insertText" : "delete", false, text) || (!text && from === to)) return;
    area.setRangeText(text, from, to, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function replace(item, text) {
    write(item, dressed(item, text.trim()), 0, box(item).value.length);
  }

  function insert(item, text) {
    write(item, text, box(item).selectionStart, box(item).selectionEnd);
  }

  // A code that encloses goes around what is selected; with nothing selected the caret stays between its two halves.
  function insertCode(item, sign) {
    const area = box(item);
    const { selectionStart: from, selectionEnd: to } = area;
    const { open, close = "" } = sign.dataset;
    const inside = area.value.slice(from, to);
    write(item, dressed(item, open) + inside + dressed(item, close), from, to);
    if (close && !inside) {
      const middle = from + dressed(item, open).length;
      area.setSelectionRange(middle, middle);
    }
  }

  const times = (text, mark) => (mark ? text.split(mark).length - 1 : 0);

  function nextCode(item) {
    const missing = signs(item).find((sign) => !times(box(item).value, sign.dataset.open));
    if (missing) insertCode(item, missing);
  }

  // What is wrong with the codes of a text while it is typed; the server says it again when it is saved.
  function complaints(item) {
    const text = box(item).value;
    const found = { missing: [], unpaired: [], twice: [] };
    for (const sign of signs(item)) {
      const { open, close } = sign.dataset;
      const opened = times(text, open);
      const closed = times(text, close);
      sign.toggleAttribute("data-missing", Boolean(text.trim()) && !opened);
      if (!text.trim()) continue;
      if (close && opened !== closed) found.unpaired.push(`${open}…${close}`);
      else if (opened > 1) found.twice.push(open);
      else if (!opened && "needed" in sign.dataset) found.missing.push(close ? `${open}…${close}` : open);
    }
    return found;
  }

  function hint(item) {
    if (!signs(item).length) return;
    const found = complaints(item);
    const told = item.querySelector(".translation-codes__hint");
    told.textContent = Object.entries(found)
      .filter(([, marks]) => marks.length)
      .map(([name, marks]) => `${words[name]} ${marks.join(" ")}`)
      .join(" · ");
  }

  function palette(item) {
    if (!signs(item).length) return;
    const told = document.createElement("p");
    told.className = "translation-codes__hint";
    told.setAttribute("role", "status");
    item.querySelector(".translation-codes").after(told);
    if (box(item).readOnly) return;
    for (const sign of signs(item)) {
      const button = document.createElement("button");
      button.type = "button";
      button.setAttribute("aria-label", `${words.insert} ${sign.textContent.trim().replace(/\s+/g, " ")}`);
      button.append(sign.firstElementChild);
      sign.prepend(button);
      // The caret stays where it is.
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => insertCode(item, sign));
    }
  }

  // The source as it is written, without what was put into it to explain its terms.
  function sourceOf(item) {
    const copy = item.querySelector(".translation-text__source p").cloneNode(true);
    copy.querySelectorAll(".w-sr-only").forEach((element) => element.remove());
    return copy.textContent;
  }

  all().forEach((item) => { palette(item); complaints(item); });
  texts.addEventListener("input", (event) => {
    const item = form(event.target);
    if (item && event.target === box(item)) hint(item);
  });
  // From here on the server's findings say it.
  texts.addEventListener("plenary:saved", (event) => {
    const told = event.target.querySelector(".translation-codes__hint");
    if (told) told.textContent = "";
  });
  texts.addEventListener("click", (event) => {
    const item = form(event.target);
    const use = event.target.closest("[data-use]");
    if (item && use) replace(item, use.parentElement.querySelector("[data-suggestion]").textContent);
  });
  texts.querySelectorAll("[data-use]").forEach((button) => { button.hidden = false; });
  Object.assign(shared, { replace, insert, nextCode, sourceOf });
})();
