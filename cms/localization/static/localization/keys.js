// The keys of the translators' editor, and the panel that lists them.
(() => {
  "use strict";
  const shared = globalThis.plenaryTexts;
  if (!shared) return;
  const { texts, all, box, form, save, confirm, replace, nextCode, sourceOf, take, enter } = shared;
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
    if (await confirm(item)) go(nextOpen(item));
  }

  const keys = {
    ArrowDown: (item) => go(step(item, 1)),
    ArrowUp: (item) => go(step(item, -1)),
    KeyJ: (item) => go(nextOpen(item)),
    KeyC: (item) => replace(item, sourceOf(item)),
    KeyI: nextCode,
    KeyT: (item) => take(item, 0),
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
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && keys[event.code]) {
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
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());

  texts.addEventListener("submit", (event) => {
    const item = form(event.target);
    if (!item) return;
    event.preventDefault();
    if (event.submitter?.value === "confirm") confirmAndGo(item);
    else {
      shared.unsaved.add(item);
      save(item, event.submitter?.value === "accept" ? "accept" : "save");
    }
  });
})();
