// Two previews scroll together: paragraph by paragraph, since a text is longer in one language than in the other.
(() => {
  "use strict";
  const frames = [...document.querySelectorAll("#translation-previews iframe")];
  if (frames.length !== 2) return;
  let leader = null; // the frame that is scrolled by hand; the other follows

  const scroller = (frame) => frame.contentDocument.scrollingElement;
  const most = (frame) => scroller(frame).scrollHeight - frame.contentWindow.innerHeight;
  const named = (frame) => new Map([...frame.contentDocument.querySelectorAll("[id]")].map((one) => [one.id, one]));

  // Where in each frame the same places stand, from the top to the end.
  function places(from, to) {
    const there = named(to);
    const found = [[0, 0]];
    const top = (frame, one) => one.getBoundingClientRect().top + frame.contentWindow.scrollY;
    for (const [id, one] of named(from)) {
      const twin = there.get(id);
      if (!twin || !one.getClientRects().length || !twin.getClientRects().length) continue;
      const pair = [top(from, one), top(to, twin)];
      const last = found.at(-1);
      if (pair[0] > last[0] && pair[1] > last[1]) found.push(pair);
    }
    return found.filter(([here, other]) => here < most(from) && other < most(to)).concat([[most(from), most(to)]]);
  }

  function follow(from, to) {
    const at = from.contentWindow.scrollY;
    const pairs = places(from, to);
    const next = Math.max(1, pairs.findIndex(([here]) => here >= at));
    const [before, after] = [pairs[next - 1], pairs[next] ?? pairs.at(-1)];
    const share = after[0] > before[0] ? (at - before[0]) / (after[0] - before[0]) : 0;
    const top = before[1] + Math.min(1, share) * (after[1] - before[1]);
    to.contentWindow.scrollTo({ top, behavior: "instant" });
  }

  function watch(frame, other) {
    const page = frame.contentWindow;
    if (!page || page.location.href === "about:blank") return;
    let waiting = false;
    for (const kind of ["wheel", "touchstart", "pointerdown", "keydown", "focus"]) {
      page.addEventListener(kind, () => { leader = frame; }, { passive: true });
    }
    page.addEventListener("scroll", () => {
      if (waiting || (leader !== null && leader !== frame)) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        leader = frame;
        follow(frame, other);
      });
    }, { passive: true });
  }

  frames.forEach((frame, n) => {
    const other = frames[1 - n];
    frame.addEventListener("load", () => watch(frame, other));
    if (frame.contentDocument?.readyState === "complete") watch(frame, other);
  });
})();
