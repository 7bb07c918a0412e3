// A run in progress: the page looks again by itself. Without this script there is a link for it.
"use strict";
const PAUSE = 3000;
async function lookAgain() {
  const live = document.querySelector("[data-live]");
  // Whoever reads with the keyboard is not thrown out of what he reads.
  if (!document.hidden && !live.contains(document.activeElement)) {
    try {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "fetch" } });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.querySelector(`[data-live="${live.dataset.live}"]`);
      if (!fresh) return;
      const status = live.querySelector("[role=status]");
      const now = fresh.querySelector("[role=status]");
      // What is the same is not said again to who listens.
      if (status && now && status.textContent === now.textContent) now.replaceWith(status);
      live.replaceChildren(...fresh.childNodes);
      if (!page.querySelector("script[src*='runs']")) return;
    } catch {
      // The server is away for a moment: the next look will tell.
    }
  }
  setTimeout(lookAgain, PAUSE);
}
setTimeout(lookAgain, PAUSE);
