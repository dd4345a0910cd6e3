// Gold out of the page and into it: the format of docs/annotation.md.
(() => {
  "use strict";
  const { inOrder, isCorrected, keyOf, meetings, nameOf, note, open, replace, same, shown, standing } = protokollant;
  const panel = document.querySelector(".review");
  const CHECKED = "geprüft: ";

  // Out

  const apart = (spans) => {
    const found = [];
    for (const span of [...spans].sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
      if (!found.length || span[0] >= found.at(-1)[1]) found.push(span);
    }
    return found;
  };

  // With a line end between its parts a word may be written with or without its hyphen.
  const readings = (text) =>
    ["", "-"].map((hyphen) => text.replace(/(?<=[\p{L}\p{N}])[-\xad\u2010]\s*\n\s*/gu, hyphen).replace(/\s+/g, " "));

  // Of a speaker whom a person chose: the first place that names him in this turn, and what is written there of him.
  const evidence = (meeting, { turn, voices }) => {
    const texts = readings(turn.node.querySelector(".said").textContent);
    const written = (values) => [...new Set(values.filter((value) => texts.some((text) => text.includes(value))))];
    const persons = voices.map((caption) => meeting.persons.get(caption)).filter(Boolean);
    const inside = ([start, end]) => turn.read.start <= start && end <= turn.read.end;
    return {
      speaker_mentions: apart(persons.flatMap((person) => person.mentions.filter(inside).slice(0, 1))),
      roles: written(persons.flatMap((person) => person.roles)),
      parties: written(persons.flatMap((person) => person.parties)),
    };
  };

  const goldTurn = (meeting, stands, number) => {
    const { read } = stands.turn;
    const { speakers, speaker_mentions, roles, parties, addressees } = read;
    const spoken = stands.given.voices
      ? { speakers: stands.voices.map((caption) => nameOf(meeting, caption)), ...evidence(meeting, stands) }
      : { speakers, speaker_mentions, roles, parties };
    const decided = stands.label === "decision"
      ? { outcome: stands.outcome, votes: stands.votes, unanimous: stands.unanimous || undefined }
      : {};
    const replies_to = stands.replies.map((key) => number.get(key)).sort((one, other) => one - other);
    const fields = { start: read.start, end: read.end, label: stands.label, ...spoken, addressees, replies_to, ...decided };
    const stated = ([, value]) => value !== undefined && (typeof value !== "object" || Object.keys(value).length > 0);
    return Object.fromEntries(Object.entries(fields).filter(stated));
  };

  const goldOf = (meeting, head) => {
    const stay = standing(open(meeting)).filter((stands) => !stands.removed);
    const number = new Map(stay.map((stands, at) => [stands.turn.key, at]));
    const checked = stay.flatMap((stands, at) => (stands.given.right || isCorrected(stands.given) ? [at] : []));
    return {
      ...head,
      ...meeting.data.fields,
      turns: stay.map((stands) => goldTurn(meeting, stands, number)),
      ...(checked.length ? { notes: [CHECKED + checked.join(" ")] } : {}),
    };
  };

  // One turn or entry a line, as in the files of the corpus.
  const written = (gold) => {
    const lines = (value) =>
      Array.isArray(value) && value.length
        ? `[\n ${value.map((entry) => JSON.stringify(entry)).join(",\n ")}\n]`
        : JSON.stringify(value);
    return `{\n${Object.entries(gold).map(([name, value]) => `${JSON.stringify(name)}: ${lines(value)}`).join(",\n")}\n}\n`;
  };

  const download = (name, text, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const save = (headOf) => {
    const meeting = open(shown());
    download(`${meeting.data.name}.json`, written(goldOf(meeting, headOf(meeting.data))), "application/json");
    meeting.unsaved = false;
  };

  // In

  const isGold = (gold) =>
    gold && Array.isArray(gold.turns) && gold.turns.every((turn) => turn && Number.isInteger(turn.start) && turn.label);

  const meetingOf = (gold) =>
    meetings.find((meeting) =>
      gold.text === undefined ? meeting.node.dataset.sha256 === gold.sha256 : open(meeting).data.text === gold.text,
    );

  const voicesOf = (meeting, read, names) => {
    if (same(names, read.speakers ?? [])) return read.voices;
    const captions = [...read.voices, ...meeting.persons.keys()];
    return names.map((name) => captions.find((caption) => nameOf(meeting, caption) === name) ?? name);
  };

  // The corrections that make of the turns of this page those of the file.
  const corrections = (meeting, gold) => {
    const byKey = new Map(gold.turns.map((turn) => [keyOf(turn), turn]));
    const note = gold.notes?.find((each) => typeof each === "string" && each.startsWith(CHECKED)) ?? "";
    const right = new Set(note.slice(CHECKED.length).split(" ").map((at) => gold.turns[Number(at)]));
    const found = {};
    for (const stands of standing(open(meeting))) {
      const { read, key } = stands.turn;
      const turn = byKey.get(key);
      const given = turn ? {} : { removed: true };
      if (turn) {
        const voices = voicesOf(meeting, read, turn.speakers ?? []);
        const replies = inOrder(meeting, (turn.replies_to ?? []).map((at) => gold.turns[at]).filter(Boolean).map(keyOf));
        const asRead = inOrder(meeting, (read.replies_to ?? []).map((at) => meeting.turns[at].key));
        const isRight = note && right.has(turn);
        if (turn.label !== read.label) given.label = turn.label;
        if (!same(voices, read.voices)) given.voices = voices;
        if (turn.label === "answer" && !same(replies, asRead)) given.replies = replies;
        if (turn.label === "decision") {
          const votes = Object.fromEntries(["yes", "no", "abstain"].filter((x) => turn.votes?.[x] != null).map((x) => [x, turn.votes[x]]));
          if (turn.outcome !== (read.outcome ?? "other")) given.outcome = turn.outcome;
          if (!same(votes, read.votes ?? {})) given.votes = votes;
          if (Boolean(turn.unanimous) !== Boolean(read.unanimous)) given.unanimous = Boolean(turn.unanimous);
        }
        if (isRight && !isCorrected(given)) given.right = true;
      }
      if (Object.keys(given).length) found[key] = given;
    }
    return found;
  };

  const load = async (file) => {
    let gold = null;
    try {
      gold = JSON.parse(await file.text());
    } catch {
      // said below
    }
    if (!isGold(gold)) return note(`${file.name} ist keine Gold-Datei.`);
    const meeting = meetingOf(gold);
    if (!meeting) return note(`${file.name} gehört zu keinem Text auf dieser Seite.`);
    replace(meeting, corrections(meeting, gold));
    const keys = new Set(meeting.turns.map((turn) => turn.key));
    const others = gold.turns.filter((turn) => !keys.has(keyOf(turn))).length;
    note(`${file.name} geladen.${others ? ` ${others} Redebeiträge haben hier andere Grenzen und fehlen.` : ""}`);
    if (meeting !== shown()) location.hash = meeting.node.id;
    return undefined;
  };

  panel.querySelector(".save").addEventListener("click", () => save(({ text }) => ({ text })));
  panel.querySelector(".save-apart").addEventListener("click", () => save(({ sha256 }) => ({ sha256 })));
  panel.querySelector(".save-text").addEventListener("click", () => {
    const { name, text } = open(shown()).data;
    download(`${name}.txt`, text, "text/plain");
  });
  panel.querySelector("input[type=file]").addEventListener("change", async ({ target }) => {
    if (target.files.length) await load(target.files[0]);
    target.value = "";
  });
})();
