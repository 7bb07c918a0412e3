// Copy, share and print: comfort on top of an address that anybody can select and copy by hand.
"use strict";
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const told = button.parentElement.querySelector("[data-told]");
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      // Without HTTPS there is no clipboard to ask for; the old command still copies a selection.
      if (!document.execCommand("copy")) return;
    }
    told.textContent = button.dataset.done;
  });
}
for (const button of document.querySelectorAll("[data-shares]")) {
  if (!navigator.share) continue;
  button.hidden = false;
  button.addEventListener("click", () => {
    // A copy may be read from a disk: what is shared is the address that the page tells.
    // Who closes the sheet has changed his mind; nothing went wrong.
    navigator.share({ title: button.dataset.shares, url: document.getElementById("address").value }).catch(() => {});
  });
}
for (const button of document.querySelectorAll("[data-prints]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
