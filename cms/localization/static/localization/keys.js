// The keys of the translators' editor, and the panel that lists them.
(() => {
  "use strict";
  const shared = globalThis.plenaryTexts;
  if (!shared) return;
  const { texts, all, box, form, settle, replace, nextCode, sourceOf, take, enter } = shared;
  const help = document.getElementById("translation-keys");
  const helpButton = document.getElementById("translation-keys-button");

  function go(item) {
    if (!item) return;
    box(item).focus();
    item.scrollIntoView({ block: "center", inline: "nearest" });
  }

  function step(item, by) {
    const items = all();
    return items[items.indexOf(item) + by];
  }

  function nextOpen(item) {
    const items = all();
    const from = items.indexOf(item) + 1;
    const open = (one) => !["confirmed", "approved"].includes(one.dataset.state);
    return items.slice(from).find(open) || items.slice(0, Math.max(0, from - 1)).find(open);
  }

  async function confirmAndGo(item) {
    if (await settle(item)) go(nextOpen(item));
  }

  // The keys that browsers leave to pages: Alt alone opens menus and changes tabs, and writes letters on a Mac.
  const mac = /mac|iphone|ipad/i.test(navigator.platform);
  const ours = (event) => (mac ? event.ctrlKey && event.altKey : event.altKey && event.shiftKey && !event.ctrlKey);
  const arrow = (event) => event.altKey && !event.shiftKey && !event.ctrlKey && event.code.startsWith("Arrow");
  const named = (key) => (mac ? `Ctrl+Option+${key}` : `Alt+Shift+${key}`);

  const keys = {
    ArrowDown: (item) => go(step(item, 1)),
    ArrowUp: (item) => go(step(item, -1)),
    KeyJ: (item) => go(nextOpen(item)),
    KeyC: (item) => replace(item, sourceOf(item)),
    KeyX: nextCode,
    KeyS: enter,
    KeyK: () => document.getElementById("translation-search").focus(),
  };
  for (let n = 1; n <= 9; n += 1) keys[`Digit${n}`] = (item) => take(item, n - 1);

  // The text that a key is meant for: the one that is worked on, also from within what stands beside it.
  let last = null;
  texts.addEventListener("focusin", (event) => { last = form(event.target) || last; });
  const unaddressed = new Set(["ArrowDown", "KeyJ", "KeyK"]); // mean something before any text is worked on

  const writes = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  document.addEventListener("keydown", (event) => {
    const item = form(event.target) || last;
    const elsewhere = event.target.closest(".translation-beside") && writes(event.target); // such as a comment
    if ((!item && !unaddressed.has(event.code)) || event.isComposing || help.open || elsewhere) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form(event.target)) {
      event.preventDefault();
      confirmAndGo(item);
    } else if ((ours(event) || (!mac && arrow(event))) && !event.metaKey && keys[event.code]) {
      event.preventDefault();
      keys[event.code](item);
    }
  });
  // Before Wagtail's own list of keys, which "?" opens elsewhere.
  addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "?" || event.altKey || event.ctrlKey || event.metaKey || writes(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!help.open) help.showModal();
    },
    true,
  );
  if (mac) help.querySelectorAll("[data-mac]").forEach((term) => {
    const one = (key) => Object.assign(document.createElement("kbd"), { textContent: key });
    term.replaceChildren(...term.dataset.mac.split("+").flatMap((key, n) => (n ? ["+", one(key)] : [one(key)])));
  });
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());

  texts.addEventListener("submit", (event) => {
    const item = form(event.target);
    if (!item) return;
    event.preventDefault();
    if (event.submitter?.value === "confirm") confirmAndGo(item);
    else settle(item, event.submitter?.value === "accept" ? "accept" : "save");
  });
  Object.assign(shared, { named });
})();
