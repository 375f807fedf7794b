// Comfort on the pages of documents: a button that copies the address of the paragraph at hand, and one that copies
// the citation. There is one button for all paragraphs; it goes to the one that is pointed at, focused or linked to.
(() => {
  const template = document.getElementById("copy-template");
  const status = document.getElementById("copy-status");
  if (!template || !status) return;
  const LABELS = ".para__num[href], .clause--operative > a[href], .label-link[href]";

  async function copy(text) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(text);
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("refused");
  }

  function newButton(label, text) {
    const button = template.content.firstElementChild.cloneNode(true);
    const words = button.querySelector("span");
    if (label) words.textContent = label;
    const before = words.textContent;
    button.addEventListener("click", async (event) => {
      event.preventDefault();
      let said = status.dataset.done;
      try {
        await copy(text());
        button.focus();
      } catch {
        said = status.dataset.failed;
      }
      status.textContent = said;
      words.textContent = said;
      setTimeout(() => {
        words.textContent = before;
        status.textContent = "";
      }, 3000);
    });
    return button;
  }

  let link = null;
  const button = newButton("", () => link.href);

  function show(label) {
    if (!label || label === link) return;
    link = label;
    label.after(button);
  }

  // The label of the innermost paragraph or item around an element.
  function labelAround(element) {
    const place = element.closest(".para, .clause--operative, .lettered li");
    return place && place.querySelector(LABELS);
  }

  function showTarget() {
    const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) show(target.querySelector(LABELS));
  }

  for (const kind of ["pointerover", "focusin"]) {
    document.addEventListener(kind, (event) => {
      if (event.target instanceof Element && !button.contains(event.target)) show(labelAround(event.target));
    });
  }
  window.addEventListener("hashchange", showTarget);
  showTarget();

  for (const place of document.querySelectorAll("[data-copy]")) {
    const words = place.innerText.replace(/\s+/g, " ").trim();
    place.after(newButton(place.dataset.copy, () => words));
  }
})();
