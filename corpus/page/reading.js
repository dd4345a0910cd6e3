// Reading: which meeting is shown, search, filters, keys. Without this script the page is the whole text with its links.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("scripted");
  const bar = document.querySelector(".bar");
  const fields = bar.elements;
  const found = bar.querySelector("output");
  const meetings = [...document.querySelectorAll(".meeting")].map((node) => ({
    node,
    entry: document.querySelector(`.meetings a[href="#${node.id}"]`),
    units: [...node.querySelectorAll(".turn, .clerk, .item")].map((part) => ({
      node: part,
      kind: part.classList[0],
      folded: null,
      hits: 0,
    })),
  }));
  let shown = meetings[0];
  let current = null;

  // The search

  const LETTER = /\p{Ll}/u;

  // As in the search of a store: case and diacritics do not count, and words that a line end divides are in one piece.
  // `at` has the place of each character in the text.
  const fold = (text) => {
    const codes = new Uint16Array(text.length);
    const at = new Uint32Array(text.length);
    let length = 0;
    const put = (code, place) => {
      codes[length] = code;
      at[length++] = place;
    };
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code === 0x20 || (code >= 9 && code <= 13) || code === 0xa0) {
        if (length && codes[length - 1] !== 0x20) put(0x20, i);
      } else if (code === 0x2d || code === 0xad || code === 0x2010 || code === 0xac) {
        const gap = /^[ \t]*\r?\n\s*/.exec(text.slice(i + 1, i + 40));
        if (gap && LETTER.test(text[i + 1 + gap[0].length] ?? "")) i += gap[0].length;
        else if (code !== 0xad) put(code, i);
      } else if (code >= 0x41 && code <= 0x5a) {
        put(code + 32, i);
      } else if (code < 0x80) {
        put(code, i);
      } else {
        put(text[i].normalize("NFD")[0].toLowerCase().charCodeAt(0), i);
      }
    }
    return { text: new TextDecoder("utf-16le").decode(codes.subarray(0, length)), at: at.subarray(0, length) };
  };

  // The text of a part as it is searched, and its text nodes with the places where they begin in it.
  const textOf = (unit) => {
    const nodes = [];
    let text = "";
    for (const part of unit.kind === "turn" ? unit.node.querySelectorAll(".who, .to, .said") : [unit.node]) {
      const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        nodes.push([text.length, walker.currentNode]);
        text += walker.currentNode.data;
      }
      text += "\n";
    }
    return { nodes, text };
  };

  // Words that all have to occur; what stands in quotes is one.
  const wordsOf = (query) =>
    [...query.matchAll(/"([^"]+)"|[^\s"]+/g)].map((match) => fold(match[1] ?? match[0]).text.trim()).filter(Boolean);

  const places = (text, word) => {
    const starts = [];
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) starts.push(at);
    return starts;
  };

  const count = (unit, words) => {
    unit.folded ??= fold(textOf(unit).text).text;
    const counts = words.map((word) => places(unit.folded, word).length);
    return counts.every(Boolean) ? counts.reduce((sum, number) => sum + number, 0) : 0;
  };

  const MOST = 3000;

  const highlight = (words) => {
    if (!globalThis.Highlight) return;
    const ranges = [];
    for (const unit of words.length ? shown.units : []) {
      if (!unit.hits || ranges.length > MOST) continue;
      const { nodes, text } = textOf(unit);
      const { text: folded, at } = fold(text);
      const spot = (place) => {
        const [start, node] = nodes.findLast(([begins]) => begins <= place);
        return [node, Math.min(place - start, node.length)];
      };
      for (const word of words) {
        for (const start of places(folded, word)) {
          const range = new Range();
          range.setStart(...spot(at[start]));
          const [node, offset] = spot(at[start + word.length - 1]);
          range.setEnd(node, Math.min(offset + 1, node.length));
          ranges.push(range);
        }
      }
    }
    CSS.highlights.set("hit", new Highlight(...ranges));
  };

  // The filters

  const matches = (node, state) =>
    (!fields.label.value || node.dataset.label === fields.label.value) &&
    (!fields.speaker.value || node.dataset.names.split("\n").includes(fields.speaker.value)) &&
    (!state ||
      (state === "corrected" && "corrected" in node.dataset) ||
      (state === "unchecked" && !("checked" in node.dataset)) ||
      (state === "unsure" && "unsure" in node.dataset && !("checked" in node.dataset)) ||
      node.dataset.state === state);

  const filterMeeting = (meeting, words) => {
    const state = fields.state.value;
    const ofTurns = Boolean(fields.label.value || fields.speaker.value || state);
    const total = { turns: 0, all: 0, others: 0, hits: 0 };
    let heading = null;
    for (const unit of meeting.units) {
      const hits = words.length ? count(unit, words) : 0;
      const wanted = !words.length || hits > 0;
      const isTurn = unit.kind === "turn";
      const visible = isTurn ? wanted && matches(unit.node, state) : wanted && !ofTurns;
      unit.node.hidden = !visible;
      unit.hits = visible ? hits : 0;
      total.hits += unit.hits;
      total.all += isTurn ? 1 : 0;
      total[isTurn ? "turns" : "others"] += visible ? 1 : 0;
      if (unit.kind === "item") heading = unit.node;
      else if (visible && heading) heading.hidden = false;
    }
    return total;
  };

  const counted = (number, one, more) => `${number} ${number === 1 ? one : more}`;

  const filter = () => {
    const words = wordsOf(fields.text.value);
    const chosen = fields.label.value || fields.speaker.value || fields.state.value;
    for (const meeting of meetings) {
      const total = filterMeeting(meeting, words);
      const hits = words.length ? counted(total.hits, "Treffer", "Treffer") : `${total.turns} von ${total.all}`;
      if (meeting === shown) {
        const inTurns = `in ${counted(total.turns, "Redebeitrag", "Redebeiträgen")}`;
        const elsewhere = total.others ? ` und ${counted(total.others, "anderen Stelle", "anderen Stellen")}` : "";
        found.textContent = words.length
          ? `${hits} ${inTurns}${elsewhere}`
          : chosen ? `${hits} Redebeiträgen` : counted(total.all, "Redebeitrag", "Redebeiträge");
      }
      const place = meeting.entry?.parentNode.querySelector(".hits");
      if (place) place.textContent = words.length || chosen ? hits : "";
    }
    const narrowed = words.length > 0 || Boolean(chosen);
    root.classList.toggle("narrowed", narrowed);
    bar.querySelector(".clear").hidden = !narrowed;
    highlight(words);
  };

  // Where the reader is

  const show = (meeting) => {
    shown = meeting;
    for (const other of meetings) {
      other.node.hidden = other !== meeting;
      other.entry?.toggleAttribute("aria-current", other === meeting);
    }
    document.dispatchEvent(new CustomEvent("shown"));
  };

  const at = (node) => {
    current?.classList.remove("current");
    current = node;
    current?.classList.add("current");
  };

  const go = (node) => {
    if (!node) return;
    at(node.matches(".turn") ? node : null);
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "start" });
  };

  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const meeting = meetings.find((each) => each.node.contains(target));
    if (!meeting) return;
    if (meeting !== shown) {
      show(meeting);
      filter();
    }
    if (target.hidden) bar.reset();
    else go(target);
  };

  const move = (step, wanted) => {
    const units = shown.units.filter((unit) => !unit.node.hidden && wanted(unit));
    const top = bar.getBoundingClientRect().bottom;
    const place = document.activeElement?.closest?.(".turn, .clerk, .item") ?? current;
    const from = place && !place.hidden ? units.findIndex((unit) => unit.node === place) : -1;
    const below = units.findIndex((unit) => unit.node.getBoundingClientRect().top >= top);
    const next = from >= 0 ? from + step : below < 0 ? units.length - 1 : step > 0 ? below : below - 1;
    go(units[Math.max(0, Math.min(next, units.length - 1))]?.node);
  };

  // From a turn to the first that answers it or that it answers; from there back to where one came from.
  let cameFrom = null;
  const follow = () => {
    const links = [...(current?.querySelectorAll(".ties a") ?? [])].map((link) => link.getAttribute("href"));
    const target = links.find((link) => link === `#${cameFrom?.id}`) ?? links[0];
    if (!target) return;
    cameFrom = current;
    if (location.hash === target) reveal();
    else location.hash = target;
  };

  const keys = document.getElementById("keys");
  const help = bar.querySelector(".help");
  const toggleHelp = (open) => {
    keys.hidden = !open;
    help.setAttribute("aria-expanded", String(open));
  };
  const KEYS = {
    "/": () => fields.text.focus(),
    j: () => move(1, (unit) => unit.kind === "turn"),
    k: () => move(-1, (unit) => unit.kind === "turn"),
    n: () => move(1, (unit) => unit.hits),
    p: () => move(-1, (unit) => unit.hits),
    f: follow,
    "?": () => toggleHelp(keys.hidden),
  };

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target === fields.text) {
      fields.text.value = "";
      fields.text.blur();
      filter();
    } else if (event.key === "Escape") {
      toggleHelp(false);
    }
    const typing = event.target.matches?.("input:not([type=checkbox]), select, textarea");
    const action = KEYS[event.key];
    if (!action || typing || event.ctrlKey || event.metaKey || event.altKey || root.dataset.keys === "off") return;
    event.preventDefault();
    action();
  });
  keys.querySelector("input").addEventListener("change", (event) => {
    root.dataset.keys = event.target.checked ? "on" : "off";
  });
  help.addEventListener("click", () => toggleHelp(keys.hidden));
  bar.addEventListener("input", () => {
    filter();
    // What is left begins at the top, wherever in the long text the reader was.
    if (root.classList.contains("narrowed")) shown.node.scrollIntoView({ block: "start" });
  });
  bar.addEventListener("submit", (event) => {
    event.preventDefault();
    move(1, (unit) => unit.hits);
  });
  bar.addEventListener("reset", () =>
    setTimeout(() => {
      filter();
      const target = document.getElementById(location.hash.slice(1));
      if (target && shown.node.contains(target)) go(target);
    }));
  addEventListener("focusin", (event) => {
    const turn = event.target.closest?.(".turn");
    if (turn) at(turn);
  });
  // A link that leads to where the page already is says nothing of it by itself.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.getAttribute("href") === location.hash) reveal();
  });
  addEventListener("hashchange", reveal);
  // The review changes turns; their texts are then read anew.
  document.addEventListener("corrected", () => {
    for (const unit of shown.units) if (unit.kind === "turn") unit.folded = null;
    filter();
  });

  show(shown);
  // A browser may restore what was chosen before the page was loaded again.
  filter();
  reveal();
})();
