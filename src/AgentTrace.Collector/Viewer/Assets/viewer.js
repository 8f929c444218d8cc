// All of a page works without this. It keeps the list of runs up to date while one looks at it.
"use strict";
const live = document.querySelector("[data-live]");
if (live) {
  // What somebody is in the middle of must not be taken from under them.
  const isInUse = () => live.contains(document.activeElement);
  const refresh = async () => {
    if (document.hidden || isInUse()) return;
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-live]");
    // Somebody may have gone there while the answer was on its way.
    if (!next || isInUse()) return;
    // The first run brings filters and a heading with it.
    if (!document.querySelector(".filters") && page.querySelector(".filters")) location.reload();
    else if (next.innerHTML !== live.innerHTML) live.replaceChildren(...next.childNodes);
  };
  // The collector may be away for a moment: the list stays as it is, and the next turn tries again.
  setInterval(() => refresh().catch(() => {}), Number(live.dataset.live) * 1000);
}
