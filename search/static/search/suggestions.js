// Suggestions while a visitor types in a search field: a combobox with a list, as ARIA 1.2 describes it. Without this
// script the field is a field, and its form works as before.
(() => {
  "use strict";
  const PAUSE = 200; // milliseconds without a key before the server is asked

  function enhance(field) {
    const list = document.createElement("ul");
    list.id = `${field.id}-suggestions`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.dataset.label);
    list.hidden = true;
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    field.after(list);
    // It must be there, empty, some time before it says something, and no sooner than anybody types.
    field.addEventListener("focus", () => field.form.append(status), { once: true });

    // A search field may not be a combobox, a field of text may.
    field.type = "text";
    field.enterKeyHint = "search";
    field.autocomplete = "off";
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");

    let pause = 0;
    let asking = null; // the request under way
    let asked = ""; // what the list is for
    let active = -1;

    function show(place) {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = place;
      const option = list.children[active];
      if (!option) {
        field.removeAttribute("aria-activedescendant");
        return;
      }
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }

    function open() {
      if (!list.children.length) return;
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
    }

    function close() {
      show(-1);
      list.hidden = true;
      field.setAttribute("aria-expanded", "false");
    }

    // Nothing that was asked before may be shown from now on.
    function forget() {
      clearTimeout(pause);
      asking?.abort();
      asking = null;
    }

    function text(element, content, suggestion) {
      const part = document.createElement(element);
      part.textContent = content;
      if (suggestion) {
        part.lang = suggestion.lang;
        part.dir = suggestion.dir;
      }
      return part;
    }

    function newOption(suggestion, place) {
      const option = document.createElement("li");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.url = suggestion.url;
      if (suggestion.symbol) {
        const symbol = text("bdi", suggestion.symbol);
        symbol.className = "suggestions__symbol";
        option.append(symbol, " ");
      }
      const kind = text("span", suggestion.kind);
      kind.className = "suggestions__kind";
      option.append(text("bdi", suggestion.title, suggestion), " ");
      if (suggestion.place) {
        const place = text("bdi", suggestion.place, suggestion);
        place.className = "suggestions__kind";
        option.append(place, " ");
      }
      option.append(kind);
      return option;
    }

    async function ask() {
      const typed = field.value;
      asking = new AbortController();
      const mine = asking;
      try {
        const address = `${field.dataset.suggestions}?${new URLSearchParams({ q: typed.slice(0, 100) })}`;
        const response = await fetch(address, { signal: mine.signal, headers: { Accept: "application/json" } });
        if (!response.ok) throw new Error(response.statusText);
        const answer = await response.json();
        if (mine !== asking || document.activeElement !== field) return;
        asked = typed;
        close();
        list.replaceChildren(...answer.suggestions.map(newOption));
        open();
        status.textContent = answer.status;
      } catch {
        if (mine === asking) close(); // the server is away for a moment: the field is a field
      }
    }

    function typed() {
      forget();
      if (field.value.trim()) {
        pause = setTimeout(ask, PAUSE);
        return;
      }
      close();
      list.replaceChildren();
      asked = "";
      status.textContent = "";
    }

    function take(option) {
      forget();
      close();
      window.location.assign(option.dataset.url);
    }

    field.addEventListener("input", (event) => {
      if (!event.isComposing) typed();
    });
    field.addEventListener("compositionend", typed);

    field.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const count = list.children.length;
      const isOpen = !list.hidden;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        if (!count || asked !== field.value) return;
        event.preventDefault();
        open();
        if (event.altKey) return;
        // Beyond the ends lies the field itself.
        const step = event.key === "ArrowDown" ? 1 : -1;
        show(((active + 1 + step + count + 1) % (count + 1)) - 1);
      } else if (event.key === "Escape" && isOpen) {
        event.preventDefault();
        forget();
        close();
      } else if (event.key === "Enter") {
        forget();
        if (isOpen && active >= 0) {
          event.preventDefault();
          take(list.children[active]);
        }
      } else if (event.key === "Home" || event.key === "End" || event.key === "ArrowLeft" || event.key === "ArrowRight") {
        show(-1);
      }
    });

    field.addEventListener("blur", () => {
      forget();
      close();
    });
    list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) take(option);
    });
    window.addEventListener("pageshow", close);
  }

  for (const field of document.querySelectorAll("input[data-suggestions]")) enhance(field);
})();
