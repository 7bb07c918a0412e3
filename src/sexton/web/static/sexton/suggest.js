/* Suggestions below a search box: an editable combobox with a list, after the ARIA patterns.
   Without this script the box is a box. Each suggestion is a link; Enter without one chosen searches. */
"use strict";

(() => {
  const WAIT = 150; // ms after the last key
  const SHORTEST = 2;
  const KEPT = 50; // answers
  let lists = 0;

  function element(tag, attributes, text) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  }

  class Suggestions {
    constructor(input) {
      this.input = input;
      this.id = `suggestions-${++lists}`;
      this.answers = new Map();
      this.options = [];
      this.at = -1;
      this.list = element("div", {
        id: this.id, role: "listbox", class: "suggestions", "aria-label": input.dataset.suggestLabel,
      });
      this.list.hidden = true;
      this.status = element("div", { role: "status", class: "unseen" });
      (input.closest(".line") ?? input.form).append(this.list);
      input.form.append(this.status);
      input.type = "text"; // a search field may not be a combobox
      for (const [name, value] of Object.entries({
        role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
        "aria-controls": this.id, enterkeyhint: "search",
      })) input.setAttribute(name, value);
      input.addEventListener("input", () => this.later());
      input.addEventListener("compositionend", () => this.later());
      input.addEventListener("keydown", (event) => this.key(event));
      input.addEventListener("blur", () => this.close());
      // A press on the list must not take the focus from the box, which would close it.
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
    }

    later() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.timer = setTimeout(() => this.ask(), WAIT);
    }

    async ask() {
      const typed = this.input.value.trim();
      if (typed.length < SHORTEST) return this.close();
      const asking = this.asking = new AbortController();
      try {
        this.show(this.answers.get(typed) ?? await this.fetched(typed, asking.signal));
      } catch (error) {
        if (error.name !== "AbortError") this.close(); // searching goes on without suggestions
      }
    }

    async fetched(typed, signal) {
      const address = `${this.input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
      const response = await fetch(address, { signal, credentials: "omit" });
      if (!response.ok) throw new Error(response.statusText);
      const answer = await response.json();
      if (this.answers.size >= KEPT) this.answers.clear();
      this.answers.set(typed, answer);
      return answer;
    }

    show(answer) {
      if (document.activeElement !== this.input) return;
      this.options = [];
      this.list.replaceChildren(...answer.groups.map((group, at) => this.group(group, at)));
      this.choose(-1);
      this.open(this.options.length > 0);
      this.status.textContent = answer.said;
    }

    group(group, at) {
      const label = element("div", { id: `${this.id}-${at}`, class: "label" }, group.label);
      const made = element("div", { role: "group", "aria-labelledby": label.id });
      made.append(label, ...group.items.map((item) => this.option(item)));
      return made;
    }

    option(item) {
      const made = element("a", {
        id: `${this.id}-option-${this.options.length}`, role: "option", href: item.url,
        tabindex: "-1", "aria-selected": "false",
      });
      made.append(element("span", { class: "name" }, item.label));
      if (item.hint) made.append(" ", element("span", { class: "hint" }, item.hint));
      this.options.push(made);
      return made;
    }

    choose(at) {
      this.options[this.at]?.setAttribute("aria-selected", "false");
      this.at = at;
      const chosen = this.options[at];
      if (!chosen) return this.input.removeAttribute("aria-activedescendant");
      chosen.setAttribute("aria-selected", "true");
      chosen.scrollIntoView({ block: "nearest" });
      this.input.setAttribute("aria-activedescendant", chosen.id);
    }

    open(is) {
      this.list.hidden = !is;
      this.input.setAttribute("aria-expanded", String(is));
    }

    close() {
      clearTimeout(this.timer);
      this.asking?.abort();
      this.choose(-1);
      this.open(false);
      this.status.textContent = "";
    }

    key(event) {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      const open = !this.list.hidden, last = this.options.length - 1;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (!open) return void this.ask();
        // Beyond each end stands the box itself.
        const step = event.key === "ArrowDown" ? 1 : -1;
        const next = this.at + step;
        this.choose(next > last ? -1 : next < -1 ? last : next);
      } else if (event.key === "Enter" && open && this.at >= 0) {
        event.preventDefault();
        this.options[this.at].click();
      } else if (event.key === "Escape" && open) {
        event.preventDefault();
        this.close();
      }
    }
  }

  for (const input of document.querySelectorAll("input[data-suggest]")) new Suggestions(input);
})();
