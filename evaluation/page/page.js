// Without this script the page is a plain list. It adds the filter, and opens the document that a link leads into.
(() => {
  "use strict";
  const form = document.querySelector(".filter");

  const values = (node, name) => [...node.querySelectorAll(`[data-${name}]`)].map((part) => part.dataset[name]);

  if (form) {
    const groups = [...document.querySelectorAll(".of-document")];
    const turns = groups.flatMap((group) =>
      [...group.querySelectorAll("article")].map((node) => ({
        node,
        group,
        text: "",
        style: new Set([group.dataset.style]),
        kind: new Set(values(node, "kind")),
        label: new Set(values(node, "label")),
      }))
    );
    const facets = [...form.querySelectorAll("select")];
    const output = form.querySelector("output");

    const textOf = (turn) => {
      turn.text ||= `${turn.group.querySelector("h3").textContent} ${turn.node.textContent}`.toLowerCase();
      return turn.text;
    };

    const filter = () => {
      const wanted = form.elements.text.value.trim().toLowerCase();
      const shown = new Set();
      const counts = new Map(facets.map((facet) => [facet, new Map()]));
      let number = 0;
      for (const turn of turns) {
        const found = !wanted || textOf(turn).includes(wanted);
        const failed = found ? facets.filter((facet) => facet.value && !turn[facet.name].has(facet.value)) : [];
        turn.node.hidden = !found || failed.length > 0;
        if (!turn.node.hidden) {
          number += 1;
          shown.add(turn.group);
        }
        // A choice counts what it would show if it replaced the one made in its own list.
        for (const facet of found ? facets : []) {
          if (failed.every((other) => other === facet)) {
            const count = counts.get(facet);
            for (const value of turn[facet.name]) count.set(value, (count.get(value) ?? 0) + 1);
          }
        }
      }
      for (const group of groups) group.hidden = !shown.has(group);
      for (const [facet, count] of counts) {
        for (const option of facet.options) {
          if (option.value) option.textContent = `${option.value} (${count.get(option.value) ?? 0})`;
        }
      }
      output.textContent = `${number} of ${turns.length}`;
    };

    form.addEventListener("input", filter);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(filter));
    form.hidden = false;
    // A browser may restore what was chosen before the page was loaded again.
    filter();
  }

  const reveal = () => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return;
    const details = target.closest("details");
    if (details) details.open = true;
    if (target.hidden) {
      form.reset();
      setTimeout(() => target.scrollIntoView());
    } else {
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
})();
