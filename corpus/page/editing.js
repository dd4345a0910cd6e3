// The editor of one turn.
(() => {
  "use strict";
  const { change, element, inOrder, nameOf, note, replace, standing } = protokollant;
  const template = document.getElementById("editor");
  const SIDES = ["yes", "no", "abstain"];
  let editing = null;

  const close = () => {
    if (!editing) return;
    const { turn, form } = editing;
    form.remove();
    turn.node.querySelector(".correct").setAttribute("aria-expanded", "false");
    turn.node.focus({ preventScroll: true });
    editing = null;
  };

  const edit = (meeting, turn) => {
    const again = editing?.turn === turn;
    close();
    if (again) return;
    const form = template.content.cloneNode(true).firstElementChild;
    const { elements } = form;
    document.getElementById("persons").replaceChildren(
      ...meeting.data.persons.map((person) => element("option", { value: person.caption })),
    );
    const stands = () => standing(meeting).find((each) => each.turn === turn);
    const set = (patch) => change(meeting, turn, patch);
    // One of several chosen values, with a button that takes it away.
    const chosen = (place, values, caption, drop) => {
      const entries = values.map((value) => {
        const button = element("button", { type: "button", textContent: "×", ariaLabel: `${caption(value)} entfernen` });
        button.addEventListener("click", () => drop(values.filter((other) => other !== value)));
        return element("li", {}, element("bdi", { textContent: caption(value) }), " ", button);
      });
      form.querySelector(`${place} .chosen`).replaceChildren(...entries);
    };
    const fill = () => {
      const now = stands();
      elements.label.value = now.label;
      chosen(".speakers", now.voices, (caption) => caption, (voices) => set({ voices }));
      form.querySelector(".replies").hidden = now.label !== "answer";
      form.querySelector(".decided").hidden = now.label !== "decision";
      const all = standing(meeting);
      const line = ({ turn: { node } }) => {
        const [number, name, text] = [".number", ".who", ".said"].map((part) => node.querySelector(part).textContent.trim());
        const beginning = text.replace(/\s+/g, " ");
        return `${number} · ${name}: ${beginning.length > 70 ? `${beginning.slice(0, 70)}…` : beginning}`;
      };
      const byKey = new Map(all.map((each) => [each.turn.key, each]));
      chosen(".replies", now.replies, (key) => line(byKey.get(key)), (replies) => set({ replies }));
      const before = all.slice(0, meeting.turns.indexOf(turn)).reverse();
      const questions = before.filter(
        (each) => each.label === "question" && !each.removed && !now.replies.includes(each.turn.key),
      );
      const options = questions.map((each) => new Option(line(each), each.turn.key));
      elements.reply.replaceChildren(new Option("hinzufügen …", ""), ...options);
      elements.outcome.value = now.outcome;
      for (const side of SIDES) elements[side].value = now.votes[side] ?? "";
      elements.unanimous.checked = now.unanimous;
      elements.strike.textContent = now.removed ? "Ist doch ein Redebeitrag" : "Ist kein Redebeitrag";
    };
    const addSpeaker = () => {
      const name = elements.speaker.value.trim();
      const { voices } = stands();
      elements.speaker.value = "";
      if (!name || voices.includes(name)) return;
      set({ voices: [...voices, name] });
      const words = nameOf(meeting, name).split(/\s+/);
      const missing = words.some((word) => !meeting.data.text.includes(word));
      note(missing ? `„${name}“ steht nicht im Protokoll; bitte die Schreibweise prüfen.` : "");
    };
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter !== elements.close) addSpeaker();
    });
    form.addEventListener("change", ({ target }) => {
      const votes = { ...stands().votes };
      if (target.name === "label") set({ label: target.value });
      else if (target.name === "outcome") set({ outcome: target.value });
      else if (target.name === "unanimous") set({ unanimous: target.checked });
      else if (target.name === "reply" && target.value) set({ replies: inOrder(meeting, [...stands().replies, target.value]) });
      else if (SIDES.includes(target.name) && target.validity.valid) {
        delete votes[target.name];
        if (target.value !== "") votes[target.name] = Number(target.value);
        set({ votes: Object.fromEntries(SIDES.filter((side) => side in votes).map((side) => [side, votes[side]])) });
      } else if (target.name === "speaker" && meeting.persons.has(target.value)) addSpeaker();
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === elements.speaker) {
        event.preventDefault();
        addSpeaker();
      }
    });
    elements.add.addEventListener("click", addSpeaker);
    elements.close.addEventListener("click", close);
    elements.strike.addEventListener("click", () => set({ removed: !stands().removed }));
    elements.original.addEventListener("click", () => {
      const { [turn.key]: _, ...others } = meeting.corrections;
      replace(meeting, others);
    });
    fill();
    turn.node.querySelector(".tools").before(form);
    turn.node.querySelector(".correct").setAttribute("aria-expanded", "true");
    editing = { turn, form, fill };
    elements.label.focus();
  };

  Object.assign(protokollant, { close, edit, isEditing: () => editing !== null });
  document.addEventListener("changed", () => editing?.fill());
})();
