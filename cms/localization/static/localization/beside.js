// What is known of a text, beside it: the page of its suggestions and terms is fetched when its box is entered. Terms
// are underlined in the source. Without this script the page is a link.
(() => {
  "use strict";
  const shared = globalThis.plenaryTexts;
  if (!shared) return;
  const { texts, words, box, form, replace, insert } = shared;
  const PAUSE = 300; // milliseconds in a text before the server is asked
  const kept = new Map(); // what was fetched, by address
  const begun = new Map(); // comments that are written and not sent, by text
  const panel = document.createElement("section");
  const told = document.createElement("p");
  const content = document.createElement("div");
  let current = null;
  let pause = 0;
  let asking = null; // the request under way

  panel.className = "translation-beside";
  panel.tabIndex = -1;
  panel.setAttribute("aria-label", words.beside);
  told.setAttribute("role", "status");
  panel.append(told, content);

  const link = (item) => item.querySelector(".translation-text__help");
  const hits = () => [...content.querySelectorAll(".translation-hit")];

  function scroller() {
    let element = texts;
    while (element.parentElement && !/auto|scroll/.test(getComputedStyle(element).overflowY)) {
      element = element.parentElement;
    }
    return element;
  }

  // The panel follows its text, and the text stays where it is on the screen.
  function move(item) {
    const before = item.getBoundingClientRect().top;
    (item.closest(".translation-table") ?? item).after(panel);
    const after = item.getBoundingClientRect().top;
    if (after !== before) scroller().scrollBy({ top: after - before, behavior: "instant" });
  }

  async function fetched(item, signal) {
    const address = link(item).getAttribute("href");
    if (!kept.has(address)) {
      const answer = await fetch(`${address}?part=1`, { signal });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      kept.set(address, await answer.text());
    }
    return kept.get(address);
  }

  // True when what is known of the text stands in the panel.
  async function open(item) {
    clearTimeout(pause);
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    try {
      const part = await fetched(item, signal);
      if (signal.aborted) return false;
      show(item, part);
      return true;
    } catch {
      if (!signal.aborted) fail(item);
      return false;
    }
  }

  const comment = () => content.querySelector(".text-comment-form")?.elements.comment;

  function remember() {
    if (current && comment()) begun.set(current, comment().value);
  }

  function show(item, part) {
    remember();
    current = item;
    content.innerHTML = part;
    if (begun.get(item)) comment().value = begun.get(item);
    item.querySelector(".translation-text__comments")?.remove();
    link(item).before(content.querySelector("[data-comments]").content.cloneNode(true));
    hits().slice(0, 9).forEach((hit, n) => {
      const key = document.createElement("kbd");
      key.textContent = shared.named(n + 1);
      hit.querySelector("form")?.append(" ", key);
    });
    move(item);
    const terms = markTerms(item);
    told.textContent = `${words.suggestions} ${hits().length} · ${words.terms} ${terms}`;
  }

  function fail(item) {
    remember();
    current = item;
    content.replaceChildren();
    move(item);
    told.textContent = words.failed;
  }

  function close() {
    if (!current) return;
    box(current).focus();
    remember();
    panel.remove();
    current = null;
  }

  // Keeps a comment, or marks one as done, without leaving the texts. What cannot be sent stays in its box.
  async function tell(written, button) {
    const item = current;
    try {
      const body = new FormData(written, button);
      const answer = await fetch(written.getAttribute("action"), { method: "POST", body });
      if (!answer.ok || new URL(answer.url).pathname !== link(item).pathname) throw new Error(String(answer.status));
    } catch {
      told.textContent = words.unsent;
      return;
    }
    kept.delete(link(item).getAttribute("href"));
    if (written.matches(".text-comment-form")) comment().value = "";
    if (current === item && (await open(item))) panel.focus();
  }

  // How many terms the panel names; each is underlined wherever it stands in the source, with its name beside it for
  // those who cannot see the panel, and is put into the box by a click.
  function markTerms(item) {
    const source = item.querySelector(".translation-text__source p");
    const terms = [...content.querySelectorAll(".about-text__terms dt")];
    if (!source.querySelector(".translation-term")) {
      for (const term of terms) {
        const name = term.nextElementSibling?.querySelector("b");
        if (name) markTerm(item, source, term.textContent.trim(), name);
      }
    }
    return terms.length;
  }

  function markTerm(item, source, text, name) {
    for (let range = next(source, text); range; range = next(source, text)) {
      const mark = document.createElement("button");
      mark.type = "button";
      mark.className = "translation-term";
      mark.dataset.name = name.textContent.trim();
      try {
        range.surroundContents(mark);
      } catch {
        return; // it begins inside a code and ends outside
      }
      const hidden = document.createElement("span");
      hidden.className = "w-sr-only";
      hidden.lang = name.lang;
      hidden.textContent = ` (${mark.dataset.name})`;
      mark.append(hidden);
      mark.addEventListener("mousedown", (event) => event.preventDefault());
      mark.addEventListener("click", () => insert(item, mark.dataset.name));
    }
  }

  // Where a text stands next as words of their own, outside of what is marked already.
  function next(element, text) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) nodes.push(node);
    // What is marked counts as signs that occur in no term.
    const plain = (node) => (node.parentElement.closest(".translation-term") ? "\0".repeat(node.length) : node.data);
    const whole = nodes.map(plain).join("");
    const inside = (sign) => /[\p{L}\p{Nd}\0]/u.test(sign ?? "");
    const han = /\p{Script=Han}/u.test(text);
    let start = whole.indexOf(text);
    while (start >= 0 && !han && (inside(whole[start - 1]) || inside(whole[start + text.length]))) {
      start = whole.indexOf(text, start + 1);
    }
    return text && start >= 0 ? rangeOf(nodes, start, start + text.length) : null;
  }

  function rangeOf(nodes, from, to) {
    const range = document.createRange();
    let passed = 0;
    for (const node of nodes) {
      const end = passed + node.length;
      if (from >= passed && from < end) range.setStart(node, from - passed);
      if (to > passed && to <= end) range.setEnd(node, to - passed);
      passed = end;
    }
    return range;
  }

  // The n-th suggestion into the box, waiting for it if need be. Without one the former translation, for the first.
  async function take(item, n) {
    if (current !== item && !(await open(item))) return;
    const hit = hits()[n];
    const former = n === 0 ? item.querySelector("[data-suggestion]") : null;
    const text = hit ? hit.querySelector("form")?.elements.text.value : former?.textContent;
    if (text) replace(item, text);
  }

  texts.addEventListener("focusin", (event) => {
    const item = form(event.target);
    if (!item || item === current || event.target !== box(item)) return;
    clearTimeout(pause);
    pause = setTimeout(() => open(item), PAUSE);
  });
  texts.addEventListener("click", (event) => {
    const item = form(event.target);
    const chosen = event.target.closest(".translation-text__help, .translation-text__comments");
    if (!item || !chosen || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(item).then(() => panel.focus());
  });
  panel.addEventListener("submit", (event) => {
    if (!current) return;
    event.preventDefault();
    if (event.target.closest(".translation-hit")) replace(current, event.target.elements.text.value);
    else tell(event.target, event.submitter);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  texts.addEventListener("plenary:saved", (event) => kept.delete(link(event.target).getAttribute("href")));
  Object.assign(shared, { take, enter: (item) => open(item).then(() => panel.focus()) });
})();
