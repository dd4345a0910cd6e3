// What corrections change on the page: labels, speakers, links, results, flags.
(() => {
  "use strict";
  const { element, isCorrected, namesOf, open, standing } = protokollant;
  const panel = document.querySelector(".review");
  const template = document.getElementById("editor");
  const wordsOf = (name) =>
    new Map([...template.content.querySelector(`[name=${name}]`).options].map((each) => [each.value, each.text]));
  const LABELS = wordsOf("label");
  const OUTCOMES = wordsOf("outcome");
  const SIDES = ["yes", "no", "abstain"];

  const link = (meeting, stands) => {
    const { node } = stands.turn;
    const text = [node.querySelector(".number").textContent, namesOf(meeting, stands).join(", ")];
    return element("a", { href: `#${node.id}`, textContent: text.filter(Boolean).join(" · ") });
  };
  const linked = (meeting, word, name, all) => {
    const links = all.flatMap((stands, at) => [at ? ", " : " ", link(meeting, stands)]);
    return element("span", { className: name }, word, ...links);
  };

  const tie = (meeting, stands, all, byKey) => {
    const { turn, label } = stands;
    const answers = all.filter((other) => !other.removed && other.replies.includes(turn.key));
    const state =
      label === "question" && !answers.some((other) => !other.deferred)
        ? answers.length ? "deferred" : "open"
        : stands.deferred ? "deferred" : "";
    turn.node.dataset.state = state;
    const made = [];
    if (state) {
      const word = panel.getAttribute(`data-${label}-${state}`);
      made.push(element("b", { className: "state", textContent: word }));
      made[0].dataset.state = state;
    }
    const asked = stands.replies.map((key) => byKey.get(key));
    if (asked.length) made.push(linked(meeting, "Antwort auf", "replies", asked));
    if (answers.length) made.push(linked(meeting, "Antwort:", "answers", answers));
    const before = label === "addition" ? turn.ties.filter((node) => node.className === "extends") : [];
    turn.node.querySelector(".ties").replaceChildren(...made.flatMap((node) => [node, " "]), ...before);
  };

  const votesInWords = ({ votes, unanimous }) => {
    const words = { yes: "Ja", no: "Nein", abstain: votes.abstain === 1 ? "Enthaltung" : "Enthaltungen" };
    const counted = SIDES.filter((side) => votes[side] != null).map((side) => `${votes[side]} ${words[side]}`);
    return [...(unanimous ? ["einstimmig"] : []), ...counted].join(", ");
  };

  const drawVotes = (votes) => {
    const known = SIDES.filter((side) => votes[side] != null);
    const whole = known.reduce((sum, side) => sum + votes[side], 0);
    if (votes.yes == null || known.length < 2 || !whole) return [];
    const SVG = "http://www.w3.org/2000/svg";
    const drawn = document.createElementNS(SVG, "svg");
    const attributes = { class: "votes", viewBox: "0 0 100 6", preserveAspectRatio: "none", "aria-hidden": "true" };
    for (const [name, value] of Object.entries(attributes)) drawn.setAttribute(name, value);
    let from = 0;
    for (const side of known) {
      const width = (100 * votes[side]) / whole;
      const part = document.createElementNS(SVG, "rect");
      for (const [name, value] of Object.entries({ class: side, x: from, width, height: 6 })) part.setAttribute(name, value);
      drawn.append(part);
      from += width;
    }
    return [drawn];
  };

  const resolve = ({ turn, label, given, ...stands }) => {
    turn.node.querySelector(".resolution")?.remove();
    if (label !== "decision") return;
    const changed = "outcome" in given || "votes" in given || "unanimous" in given;
    const outcome = element("b", { className: "outcome", textContent: OUTCOMES.get(stands.outcome) });
    outcome.dataset.outcome = stands.outcome;
    const ballot = element("div", { className: "ballot" }, element("span", { textContent: votesInWords(stands) }));
    ballot.append(...drawVotes(stands.votes));
    // What parties, ballots and parts voted stays as it was read.
    const made = turn.resolution?.cloneNode(true) ?? element("div", { className: "resolution" }, outcome, ballot);
    if (turn.resolution && changed) {
      made.querySelector(".outcome").replaceWith(outcome);
      made.querySelector(".ballot").replaceWith(ballot);
    }
    turn.node.querySelector(".ties").after(made);
  };

  const flag = (turn, given) => {
    const corrected = isCorrected(given);
    const checked = corrected || Boolean(given.right);
    for (const [name, on] of Object.entries({ corrected, checked, removed: Boolean(given.removed) })) {
      turn.node.toggleAttribute(`data-${name}`, on);
    }
    const word = given.removed ? "kein Redebeitrag" : corrected ? "korrigiert" : checked ? "geprüft" : "";
    turn.node.querySelector(".flags").textContent = word;
    turn.node.querySelector(".right").setAttribute("aria-pressed", String(Boolean(given.right)));
  };

  const display = (meeting, stands) => {
    const { turn, given } = stands;
    const label = turn.node.querySelector(".label");
    const nobody = stands.label === "decision" ? "" : "ohne Sprecher";
    label.textContent = given.label ? LABELS.get(given.label) : turn.label;
    turn.node.dataset.label = label.dataset.label = given.label ?? turn.data.label;
    turn.node.dataset.names = given.voices ? namesOf(meeting, stands).join("\n") : turn.data.names;
    turn.node.querySelector(".who bdi").textContent = given.voices ? given.voices.join("; ") || nobody : turn.who;
    flag(turn, given);
    resolve(stands);
  };

  const refresh = (meeting) => {
    const all = standing(open(meeting));
    const byKey = new Map(all.map((stands) => [stands.turn.key, stands]));
    const touched = Object.values(meeting.corrections).some(isCorrected);
    for (const stands of all) {
      display(meeting, stands);
      if (touched) tie(meeting, stands, all, byKey);
      else {
        stands.turn.node.dataset.state = stands.turn.data.state;
        stands.turn.node.querySelector(".ties").replaceChildren(...stands.turn.ties);
      }
    }
    const chooser = document.querySelector(".bar").elements.speaker;
    const known = new Set([...chooser.options].map((option) => option.value));
    for (const stands of all) {
      for (const name of namesOf(meeting, stands)) if (!known.has(name)) chooser.add(new Option(name)), known.add(name);
    }
    document.dispatchEvent(new CustomEvent("corrected"));
  };

  document.addEventListener("changed", (event) => refresh(event.detail));
})();
