/* The search of a copy, without a server. It loads the parts of the data that a query needs, compares
   spellings sound by sound, and says in words why each man was found. fold, units and keys do what
   sexton.web.copies.spelling does, with the same table; tests put the same names to both. */
"use strict";
(() => {
  const SHOWN = 30, MOST_WORDS = 8, MANY_WORDS = 3, SHORTEST_BEGINNING = 3, MOST_KEYS = 6, MOST_PARTS = 24;
  const SAME = 1.3, BEGINS = 0.8, NUMBER = 2, YEAR = 0.6, SITE = 0.7, LEAST_LIKE = 0.66, BEHIND = 0.3, MOST_MISSING = 5;
  const data = new URL("../../search/data/", document.currentScript.src);
  const kept = new Map(), waited = new Map();
  window.sextonFound = (name, found) => kept.set(name, found);

  const load = (name) => {
    if (!waited.has(name)) {
      waited.set(name, new Promise((done, failed) => {
        const script = document.createElement("script");
        script.onload = () => done(kept.get(name));
        script.onerror = () => failed(new Error(name));
        script.src = new URL(`${name}.js`, data);
        document.head.append(script);
      }));
    }
    return waited.get(name);
  };

  /* Spellings, as in spelling.py. */
  const WHOLE = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "ı": "i" };
  let table, longest;
  const learn = (given) => {
    table = given;
    longest = Math.max(...Object.keys(table.graphemes).map((one) => one.length));
  };
  const swapped = (word, from, to) => [...word].map((char) => (from.includes(char) ? to[from.indexOf(char)] : char)).join("");
  const oneAlphabet = (word) => {
    const [latin, cyrillic] = table.twins.split(" ");
    let ownLatin = 0, ownCyrillic = 0;
    for (const char of word) {
      if (char >= "a" && char <= "z" && !latin.includes(char)) ownLatin += 1;
      if (char >= "\u0400" && char <= "\u052f" && !cyrillic.includes(char)) ownCyrillic += 1;
    }
    if (ownLatin > ownCyrillic) return swapped(word, cyrillic, latin);
    return ownCyrillic > ownLatin ? swapped(word, latin, cyrillic) : word;
  };
  const fold = (text) => {
    const signs = text.normalize("NFC").toLowerCase().replace(/[’‘ʹʼ`´′]/g, "'").replace(/[‐‑–—]/g, "-");
    const letters = [...signs].map((char) => WHOLE[char] ?? char)
      .map((char) => (table.kept.includes(char) ? char : char.normalize("NFD")).replace(/[\u0300-\u036f]/g, ""));
    return letters.join("").split(/\s+/).filter(Boolean).map(oneAlphabet).join(" ");
  };
  const units = (word) => {
    const found = [];
    for (let at = 0; at < word.length;) {
      let length = Math.min(longest, word.length - at);
      while (length > 0 && !Object.hasOwn(table.graphemes, word.slice(at, at + length))) length -= 1;
      if (length > 0) {
        const sounds = table.graphemes[word.slice(at, at + length)];
        const last = found.at(-1);
        if (!last || length > 1 || last[1].join() !== sounds.join()) found.push([word.slice(at, at + length), sounds]);
      }
      at += length || 1;
    }
    return found;
  };
  const joined = (key, one) => {
    if (key && one && key.at(-1) === one[0]) return key + one.slice(1);
    return key.endsWith("T") && one === "S" ? key.slice(0, -1) + one : key + one;
  };
  const keys = (word) => {
    let found = [""];
    for (const [, sounds] of units(word)) {
      const own = [...new Set(sounds.map((sound) => table.classes[sound]))];
      found = [...new Set(found.flatMap((key) => own.map((one) => joined(key, one))))].slice(0, MOST_KEYS);
    }
    return found;
  };

  /* Two spellings side by side: what it costs to hear the one as the other, and how they align. */
  const isVowel = (sounds) => sounds.every((sound) => "aeiouy".includes(sound));
  const isFaint = (sounds) => sounds.every((sound) => "'jh".includes(sound)) || sounds.includes("h");
  const alone = ([, sounds]) => (isVowel(sounds) ? 0.35 : isFaint(sounds) ? 0.15 : 0.8);
  const soundsApart = (a, b) => {
    if (a === b) return 0;
    const [left, right] = [table.classes[a], table.classes[b]];
    if (!left && !right) return "aeiouy".includes(a) && "aeiouy".includes(b) ? 0.25 : 0.3;
    if (left === right) return 0.3;
    return (table.near[left] ?? "").split(" ").includes(right) ? 0.7 : 1;
  };
  const apart = ([a, left], [b, right]) => {
    if (a === b) return 0;
    let least = 1;
    for (const one of left) for (const other of right) least = Math.min(least, soundsApart(one, other));
    return least;
  };
  const aligned = (left, right) => {
    const costs = [[0]];
    for (let i = 0; i <= left.length; i += 1) {
      costs[i] ??= [];
      for (let j = 0; j <= right.length; j += 1) {
        if (i + j === 0) continue;
        costs[i][j] = Math.min(
          i && j ? costs[i - 1][j - 1] + apart(left[i - 1], right[j - 1]) : Infinity,
          i ? costs[i - 1][j] + alone(left[i - 1]) : Infinity,
          j ? costs[i][j - 1] + alone(right[j - 1]) : Infinity,
        );
      }
    }
    return costs;
  };
  const weight = (spelt) => spelt.reduce((sum, [, sounds]) => sum + (isVowel(sounds) ? 0.5 : 1), 0);
  const likeness = (left, right) => {
    const most = Math.max(weight(left), weight(right));
    return most ? 1 - aligned(left, right)[left.length][right.length] / most : 0;
  };
  const steps = (left, right) => {
    const costs = aligned(left, right), pairs = [];
    let i = left.length, j = right.length;
    while (i || j) {
      const here = costs[i][j];
      if (i && j && Math.abs(here - costs[i - 1][j - 1] - apart(left[i - 1], right[j - 1])) < 1e-9) {
        pairs.push([left[--i][0], right[--j][0]]);
      } else if (i && Math.abs(here - costs[i - 1][j] - alone(left[i - 1])) < 1e-9) pairs.push([left[--i][0], "–"]);
      else pairs.push(["–", right[--j][0]]);
    }
    // Letter for letter needs no telling, as long as it is the same sound.
    const plain = ([a, b]) => a === b || (a.length === 1 && b.length === 1 && a !== "–" && b !== "–"
      && apart([a, table.graphemes[a]], [b, table.graphemes[b]]) === 0);
    const told = pairs.reverse().filter((pair) => !plain(pair));
    return (told.length ? told : pairs.slice(0, 2)).map(([a, b]) => `${a} = ${b}`).join(", ");
  };

  /* What a word can mean. */
  let index;
  const starting = (letter, beginnings) => index.parts.filter((part) => {
    if (part[0] !== letter) return false;
    const own = part.slice(1);
    return beginnings.some((one) => own.endsWith("_")
      ? one.startsWith(own.slice(0, -1)) || own.startsWith(one)
      : one.startsWith(own) || own.startsWith(one));
  }).slice(0, MOST_PARTS);
  const numbers = (steps) => { let at = 0; return steps.map((step) => (at += step)); };

  const forms = async (folded) => {
    // A class more or less at the beginning leads to another part of the names: both are looked at.
    const own = keys(folded);
    const near = own.flatMap((key) => (key.length > 3 ? [key, key.slice(1), key[0] + key.slice(2)] : [key]));
    const parts = await Promise.all(starting("n", [...new Set(near)]).map(load));
    return parts.flat();
  };
  const spelt = new Map();
  const foldedForms = new Map();
  const foldOf = (form) => {
    if (!foldedForms.has(form)) foldedForms.set(form, fold(form));
    return foldedForms.get(form);
  };
  const unitsOf = (folded) => {
    if (!spelt.has(folded)) spelt.set(folded, units(folded));
    return spelt.get(folded);
  };
  // How well a form answers a word: the whole form, or one of its words.
  const likeForm = (folded, own, form) => {
    const whole = foldOf(form);
    if (whole === folded) return [SAME, "same"];
    let best = [0, ""];
    for (const word of whole.includes(" ") || whole.includes("-") ? [whole, ...whole.split(/[ -]+/)] : [whole]) {
      if (word === folded) return [SAME - 0.1, "same"];
      const other = unitsOf(word);
      const like = Math.abs(own.length - other.length) > MOST_MISSING ? 0 : likeness(own, other);
      // Of a short name little has to change until it is another.
      if (like >= LEAST_LIKE + (own.length < 5 ? 0.12 : 0) && like > best[0]) best = [like, "similar"];
      if (folded.length >= SHORTEST_BEGINNING && word.startsWith(folded) && best[0] < BEGINS) best = [BEGINS, "begins"];
    }
    return best;
  };

  // Whether one of two spellings' keys share so many classes that a comparison is worth while.
  const beyond = (key, other) => {
    let left = other, missing = 0;
    for (const one of key) {
      const at = left.indexOf(one);
      if (at < 0) missing += 1;
      else left = left.slice(0, at) + left.slice(at + 1);
    }
    return missing;
  };
  const mayBe = (heard, called) => heard.some((key) => called.some((other) => {
    const most = Math.max(key.length, other.length) > 3 ? 2 : 1;
    return other.startsWith(key) || (beyond(key, other) <= most && beyond(other, key) <= most);
  }));

  const meanings = async (word) => {
    const folded = fold(word), found = new Map();
    const note = (person, score, reason) => {
      if (!(found.get(person)?.score >= score)) found.set(person, { score, ...reason });
    };
    if (/\d/.test(folded)) {
      const digits = folded.replace(/\D/g, "");
      const parts = digits ? await Promise.all(starting("d", [digits]).map(load)) : [];
      for (const [written, kind, bearers] of parts.flat()) {
        if (written === digits) {
          for (const person of numbers(bearers)) note(person, kind ? YEAR : NUMBER, { kind: kind ? "year" : "number", form: written, how: "same" });
        }
      }
      return found;
    }
    const own = unitsOf(folded), heard = keys(folded);
    if (!own.length) return found;
    for (const [form, kind, bearers, called] of await forms(folded)) {
      if (!mayBe(heard, called.split(" "))) continue;
      const [score, how] = likeForm(folded, own, form);
      if (!score) continue;
      // A surname tells more than a given name, which many bear.
      const worth = score * (kind === 0 ? 1 : 0.75);
      for (const person of numbers(bearers)) note(person, worth, { kind: index.kinds[kind], form, how, word });
    }
    // Beside a spelling that fits well, one that hardly does is noise.
    const best = Math.max(0, ...[...found.values()].map((one) => one.score));
    for (const [person, one] of found) if (one.score < best - BEHIND) found.delete(person);
    return found;
  };
  // Sites, and after them organisations, of which no person's row knows.
  const sitesCalled = (sites, folded) => (folded.length < SHORTEST_BEGINNING ? [] : sites
    .map((site, at) => [site, at]).filter(([site]) => site[3].split(" ").some((name) => name.startsWith(folded))));

  const find = async (query, language) => {
    index ??= await load("index");
    learn(index.table);
    const sites = await load(`sites-${language}`);
    const words = query.split(/[\s,;()[\]“”«»"]+/).filter(Boolean).slice(0, MOST_WORDS);
    const persons = new Map();
    for (const word of words) {
      for (const [person, reason] of await meanings(word)) {
        if (!persons.has(person)) persons.set(person, new Map());
        persons.get(person).set(word, reason);
      }
    }
    const placeHits = new Map();
    for (const word of words) {
      const called = sitesCalled(sites, fold(word));
      for (const [, at] of called) placeHits.set(at, (placeHits.get(at) ?? 0) + 1);
      if (!called.length || !persons.size) continue;
      const wanted = new Set(called.map(([, at]) => at));
      const names = [...wanted].map((at) => String(at).padStart(5, "0"));
      for (const part of await Promise.all(starting("s", names).map(load))) {
        for (const [at, , bearers] of part) {
          if (!wanted.has(at)) continue;
          for (const person of numbers(bearers)) {
            const reasons = persons.get(person);
            if (reasons && !reasons.has(word)) reasons.set(word, { score: SITE, kind: "site", form: sites[at][1], how: "same" });
          }
        }
      }
    }
    const total = (reasons) => [...reasons.values()].reduce((sum, reason) => sum + reason.score, 0);
    const ranked = [...persons].map(([person, reasons]) => ({ person, reasons, answered: reasons.size, score: total(reasons) }))
      .sort((a, b) => b.answered - a.answered || b.score - a.score || a.person - b.person);
    const best = ranked[0]?.answered ?? 0;
    const needed = best < MANY_WORDS ? best : best - 1;
    const fitting = ranked.filter((one) => one.answered >= needed);
    const hits = await Promise.all(fitting.slice(0, SHOWN).map(async (one) => {
      const part = await load(`p${Math.floor(one.person / index.persons)}`);
      return { ...one, row: part[one.person % index.persons] };
    }));
    const mostCalled = Math.max(0, ...placeHits.values());
    const placesFound = [...placeHits].filter(([, count]) => count === mostCalled).slice(0, SHOWN).map(([at]) => sites[at]);
    return { hits, sites, places: placesFound, more: fitting.length > SHOWN };
  };

  /* The page. */
  const begin = () => {
    const answer = document.getElementById("copy-answer");
    if (!answer) return;
    const texts = answer.dataset;
    const filled = (text, gaps) => text.replace(/\{(\w+)\}/g, (all, name) => gaps[name] ?? all);
    const element = (tag, attributes = {}, ...children) => {
      const made = Object.assign(document.createElement(tag), attributes);
      made.append(...children);
      return made;
    };
    const link = (file, text) => element("a", { href: new URL(texts.root + file, location.href).href }, text);
    const sentence = (reason) => {
      const gaps = { form: reason.form, word: reason.word };
      if (reason.how === "similar") gaps.steps = steps(unitsOf(fold(reason.word)), unitsOf(nearest(reason)));
      return filled(texts[`${reason.how}${reason.kind[0].toUpperCase()}${reason.kind.slice(1)}`] ?? "{form}", gaps);
    };
    // Of a form of several words the one that was meant.
    const nearest = (reason) => {
      const own = unitsOf(fold(reason.word)), whole = fold(reason.form);
      return [whole, ...whole.split(/[ -]+/)].sort((a, b) => likeness(own, unitsOf(b)) - likeness(own, unitsOf(a)))[0];
    };
    const days = ([, , born, died]) => [born && filled(texts.born, { days: born }), died && filled(texts.died, { days: died })]
      .filter(Boolean).join(" · ");
    const hit = ({ row, reasons }, sites) => {
      const name = row[1] ? element("span", { className: "name" }, row[1]) : element("span", { className: "unnamed" }, texts.unnamed);
      const where = element("span", { className: "where" });
      row[4].forEach((at, place) => where.append(place ? ", " : "", link(texts.below + sites[at][0], sites[at][1])));
      if (!row[4].length) where.append(texts.nowhere);
      const told = days(row);
      return element("li", {}, link(texts.below + row[0], name), told ? element("span", { className: "hint" }, ` ${told}`) : "", where,
        element("ul", { className: "why" }, ...[...reasons.values()].map((reason) => element("li", {}, sentence(reason)))));
    };
    const section = (title, count, list) => element("section", {}, element("h2", {}, title, " ", element("span", { className: "count" }, count)), list);
    const show = ({ hits, sites, places, more }, query) => {
      answer.replaceChildren();
      if (places.length) {
        answer.append(section(texts.places, places.length, element("ul", { className: "names" }, ...places.map((site) =>
          element("li", {}, link(texts.below + site[0], site[1]), element("span", { className: "hint" }, ` ${site[2]}`))))));
      }
      if (hits.length) {
        const found = section(texts.persons, hits.length, element("ol", { className: "hits" }, ...hits.map((one) => hit(one, sites))));
        if (more) found.append(element("p", { className: "hint" }, texts.more));
        answer.append(found);
      }
      if (!hits.length && !places.length) {
        answer.append(element("p", { className: "notice" }, element("strong", {}, filled(texts.nothing, { query })), element("br"), texts.lead));
      }
      said.textContent = hits.length || places.length ? filled(texts.found, { persons: hits.length, places: places.length }) : filled(texts.nothing, { query });
    };
    const said = document.getElementById("copy-said");
    const box = document.getElementById("q");
    const query = (new URLSearchParams(location.search).get("q") ?? "").trim().slice(0, 200);
    if (!query) return;
    box.value = query;
    said.textContent = texts.searching;
    find(query, texts.language).then((found) => show(found, query), () => { said.textContent = texts.failed; });
    // The other languages answer the same question.
    for (const other of document.querySelectorAll("a[hreflang]")) other.search = location.search;
  };
  window.sextonCopy = { learn, fold, units, keys, find, likeness: (a, b) => likeness(units(fold(a)), units(fold(b))) };
  begin();
})();
