// Corrections of turns: what a person changed, kept in the browser, with steps back and forth.
// Offsets are Python's, characters and not the units of JavaScript, and are only handed on.
globalThis.protokollant = (() => {
  "use strict";
  const element = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const keyOf = (turn) => `${turn.start}-${turn.end}`;
  const note = (text) => {
    document.querySelector(".review .note").textContent = text;
  };

  // What a browser keeps of a meeting; it may refuse, as some do for files.
  const kept = (meeting) => `protokollant ${meeting.node.dataset.sha256}`;
  const stored = (meeting) => {
    try {
      const corrections = JSON.parse(localStorage.getItem(kept(meeting)) ?? "{}");
      return corrections && typeof corrections === "object" ? corrections : {};
    } catch {
      return {};
    }
  };
  const keep = (meeting) => {
    try {
      if (Object.keys(meeting.corrections).length) localStorage.setItem(kept(meeting), JSON.stringify(meeting.corrections));
      else localStorage.removeItem(kept(meeting));
      meeting.unsaved = false;
    } catch {
      meeting.unsaved = true;
      note("Dieser Browser merkt sich die Korrekturen nicht: vor dem Schließen speichern.");
    }
  };

  const meetings = [...document.querySelectorAll(".meeting")].map((node) => ({
    node,
    turns: null,
    past: [],
    future: [],
    unsaved: false,
  }));
  for (const meeting of meetings) meeting.corrections = stored(meeting);
  const shown = () => meetings.find((meeting) => !meeting.node.hidden);

  // The data of a meeting is read when it is first needed, and what its turns showed then is kept to go back to.
  const open = (meeting) => {
    if (meeting.turns) return meeting;
    meeting.data = JSON.parse(document.getElementById(`${meeting.node.id}-data`).textContent);
    meeting.persons = new Map(meeting.data.persons.map((person) => [person.caption, person]));
    const nodes = [...meeting.node.querySelectorAll(".turn")];
    meeting.turns = meeting.data.turns.map((read, at) => ({
      read,
      key: keyOf(read),
      node: nodes[at],
      label: nodes[at].querySelector(".label").textContent,
      data: { label: nodes[at].dataset.label, names: nodes[at].dataset.names, state: nodes[at].dataset.state },
      who: nodes[at].querySelector(".who bdi").textContent,
      ties: [...nodes[at].querySelector(".ties").childNodes],
      resolution: nodes[at].querySelector(".resolution"),
    }));
    return meeting;
  };

  // A turn as it stands after the corrections; replies are keys of questions that are still there.
  const standing = (meeting) => {
    const questions = new Set();
    return meeting.turns.map((turn) => {
      const given = meeting.corrections[turn.key] ?? {};
      const { read } = turn;
      const label = given.label ?? read.label;
      const replies = given.replies ?? (read.replies_to ?? []).map((at) => meeting.turns[at].key);
      const stands = {
        turn,
        given,
        label,
        removed: Boolean(given.removed),
        voices: given.voices ?? read.voices,
        replies: label === "answer" ? replies.filter((key) => questions.has(key)) : [],
        deferred: Boolean(read.deferred) && label === "answer",
        outcome: given.outcome ?? read.outcome ?? "other",
        votes: given.votes ?? read.votes ?? {},
        unanimous: given.unanimous ?? Boolean(read.unanimous),
      };
      if (label === "question" && !stands.removed) questions.add(turn.key);
      return stands;
    });
  };

  const nameOf = (meeting, caption) => meeting.persons.get(caption)?.name ?? caption;
  const namesOf = (meeting, stands) => [...new Set(stands.voices.map((caption) => nameOf(meeting, caption)))];
  const isCorrected = ({ right, ...given }) => Object.keys(given).length > 0;

  const inOrder = (meeting, keys) => meeting.turns.map((turn) => turn.key).filter((key) => keys.includes(key));

  // Changing

  const become = (meeting, corrections) => {
    meeting.corrections = corrections;
    keep(meeting);
    document.dispatchEvent(new CustomEvent("changed", { detail: meeting }));
  };

  const replace = (meeting, corrections) => {
    meeting.past.push(meeting.corrections);
    meeting.future = [];
    become(meeting, corrections);
  };

  const step = (meeting, from, to) => {
    if (!meeting[from].length) return;
    meeting[to].push(meeting.corrections);
    become(meeting, meeting[from].pop());
  };

  // What is as it was read is no correction.
  const change = (meeting, turn, patch) => {
    const given = { ...meeting.corrections[turn.key], ...patch };
    const { read } = turn;
    const asRead = {
      label: turn.data.label || null,
      voices: read.voices,
      replies: (read.replies_to ?? []).map((at) => meeting.turns[at].key),
      outcome: read.outcome ?? "other",
      votes: read.votes ?? {},
      unanimous: Boolean(read.unanimous),
      removed: false,
      right: false,
    };
    for (const [name, value] of Object.entries(asRead)) if (same(given[name], value)) delete given[name];
    const { [turn.key]: _, ...others } = meeting.corrections;
    replace(meeting, Object.keys(given).length ? { ...others, [turn.key]: given } : others);
  };

  return { change, element, inOrder, isCorrected, keyOf, meetings, nameOf, namesOf, note, open, replace, same, shown, standing, step };
})();
