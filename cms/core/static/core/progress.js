/* While the worker is busy with something, the page that shows it looks every two seconds how far it is, and is loaded
   anew when there is nothing left to wait for. Without this script there is a link that does the same. */
(() => {
  "use strict";
  const EVERY = 2000; // milliseconds
  const look = async () => {
    try {
      const response = await fetch(window.location.href, { headers: { "X-Requested-With": "XMLHttpRequest" } });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const now = page.getElementById("progress");
      if (!response.ok || now === null) {
        window.location.reload();
        return;
      }
      document.getElementById("progress").replaceChildren(...now.childNodes);
    } catch {
      // The server is away for a moment: look again.
    }
    window.setTimeout(look, EVERY);
  };
  window.setTimeout(look, EVERY);
})();
