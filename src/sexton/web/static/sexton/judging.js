// Keys for judging: comfort on top of buttons that work without. They can be switched off, do
// nothing while somebody writes, and leave all combinations to the browser (WCAG 2.1.4).
"use strict";
(() => {
  const form = document.querySelector("form[data-judging]");
  const help = document.querySelector("[data-keys]");
  if (!form || !help) return;
  const choice = help.querySelector("[data-keys-on]");
  const STORED = "sexton-judging-keys";
  const PLACES = { KeyS: "s", KeyD: "d", KeyU: "u", KeyN: "n" };
  const read = () => {
    try {
      return localStorage.getItem(STORED) !== "off";
    } catch {
      return true;
    }
  };
  const show = () => {
    for (const key of form.querySelectorAll("button kbd")) key.hidden = !choice.checked;
  };
  choice.checked = read();
  help.hidden = false;
  show();
  choice.addEventListener("change", () => {
    try {
      localStorage.setItem(STORED, choice.checked ? "on" : "off");
    } catch {
      // Without a store the choice holds for this page.
    }
    show();
  });
  // Sent once: a second click finds nothing to send. Back from the next page it can be sent anew.
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => {
    sent = false;
  });
  const writes = (target) => target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]");
  // A keyboard of other letters sends those: then the place of the key counts.
  const letter = (event) => (/^[a-z?]$/i.test(event.key) ? event.key.toLowerCase() : PLACES[event.code] || event.key);
  document.addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (!choice.checked || writes(event.target)) return;
    const key = letter(event);
    if (key === "?" || (event.shiftKey && event.code === "Slash")) {
      help.open = !help.open;
      if (help.open) help.querySelector("summary").focus();
      event.preventDefault();
      return;
    }
    const button = event.shiftKey ? null : form.querySelector(`button[data-key="${CSS.escape(key)}"]`);
    if (button) {
      event.preventDefault();
      button.click();
    }
  });
})();
