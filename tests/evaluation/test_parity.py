"""Our harness and the independent scorer give the same numbers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.gold import Gold
from corpus.record import LABELS, Minutes
from evaluation import evaluate, score
from evaluation.breakdowns import by_documents
from evaluation.names import same, words
from evaluation.scores import Scores

TEXT = """\
TOP 1 Radweg am Seeufer
Stadtrat Ammer fragt, wann der Radweg fertig werde. Er will wissen, was er koste.
Bürgermeisterin Dr. Berg antwortet, im Mai. Die Kosten seien gedeckt.
Frau Cordes und Herr Dohle ergänzen, der Belag sei schlecht.
TOP 2 Haushalt
Die Verwaltung stellt den Haushalt vor.
Herr Ehlers bittet die Verwaltung um Auskunft über die Rücklage.
Die Verwaltung teilt mit, sie betrage eine Million Euro.
Beschluss: Der Rat stimmt dem Haushalt mit 12 Ja-Stimmen bei 3 Nein-Stimmen zu.
Der Antrag wird einstimmig vertagt.
Die Bürgermeisterin schließt die Sitzung.
"""


def _relaid(text: str) -> str:
    """Break lines and words elsewhere; the letters stay."""
    text = text.replace("Bürgermeisterin", "Bürger-\nmeisterin").replace(". ", ".\n\n")
    return text.replace("Haushalt", "Haus\xadhalt")


def _misread(text: str) -> str:
    """Add a page header and change letters, as text recognition does."""
    return text.replace("TOP 2", "Seite 2 von 3\nTOP 2").replace("Rücklage", "Ruecklage")


GOLD: tuple[dict[str, Any], ...] = (
    {
        "quote": "Stadtrat Ammer fragt, wann der Radweg fertig werde. Er will wissen, was er koste.",
        "label": "question",
        "speakers": ["Ammer"],
    },
    {
        "quote": "Bürgermeisterin Dr. Berg antwortet, im Mai. Die Kosten seien gedeckt.",
        "label": "answer",
        "speakers": ["Berg"],
        "addressees": ["Ammer"],
        "replies_to": [0],
    },
    {
        "quote": "Frau Cordes und Herr Dohle ergänzen, der Belag sei schlecht.",
        "label": "addition",
        "speakers": ["Cordes", "Dohle"],
    },
    {"quote": "Die Verwaltung stellt den Haushalt vor.", "label": "addition", "speakers": ["Verwaltung"]},
    {
        "quote": "Herr Ehlers bittet die Verwaltung um Auskunft über die Rücklage.",
        "label": "question",
        "speakers": ["Ehlers"],
        "addressees": ["Verwaltung"],
    },
    {
        "quote": "Die Verwaltung teilt mit, sie betrage eine Million Euro.",
        "label": "answer",
        "speakers": ["Verwaltung"],
        "replies_to": [4],
    },
    {
        "quote": "Beschluss: Der Rat stimmt dem Haushalt mit 12 Ja-Stimmen bei 3 Nein-Stimmen zu.",
        "label": "decision",
        "outcome": "adopted",
        "votes": {"yes": 12, "no": 3, "abstain": None},
    },
    {"quote": "Der Antrag wird einstimmig vertagt.", "label": "decision", "outcome": "postponed"},
    {"quote": "Die Bürgermeisterin schließt die Sitzung.", "label": "other", "speakers": ["Berg"]},
)
AGENDA = ({"quote": "TOP 1 Radweg am Seeufer"}, {"quote": "TOP 2 Haushalt"})

RIGHT: tuple[dict[str, Any], ...] = (
    {**GOLD[0], "speakers": [("Ammers", "Stadtrat")]},
    {**GOLD[1], "speakers": [("Dr. Berg", "Bürgermeisterin")], "addressees": ["Herrn Ammer"]},
    GOLD[2],
    {**GOLD[3], "speakers": ["der Verwaltung"]},
    *GOLD[4:8],
    {**GOLD[8], "speakers": [("Dr. Berg", "Bürgermeisterin")]},
)
WRONG: tuple[dict[str, Any], ...] = (
    {**GOLD[0], "quote": "Stadtrat Ammer fragt, wann der Radweg fertig werde."},
    {"quote": "Er will wissen, was er koste.", "label": "question", "speakers": ["Berg"]},
    {**GOLD[1], "label": "addition", "replies_to": [], "addressees": ["Cordes"]},
    {**GOLD[2], "speakers": ["Dohle"]},
    {"quote": "TOP 2 Haushalt", "label": "other"},
    {**GOLD[4], "speakers": [], "addressees": []},
    {**GOLD[5], "replies_to": [0, 5]},
    {**GOLD[6], "outcome": "rejected", "votes": {"yes": 12, "no": 3, "abstain": 0}},
    {"quote": "Antrag wird einstimmig vertagt.", "label": "decision"},
    {**GOLD[8], "label": "decision", "outcome": "other"},
)


def _quoted(turns: Iterable[dict[str, Any]], layout: Callable[[str], str]) -> list[dict[str, Any]]:
    return [{**turn, "quote": layout(turn["quote"])} for turn in turns]


def _assert_same(ours: Scores, theirs: dict[str, float | None]) -> None:
    assert {name: ours.metrics[name] for name in theirs} == pytest.approx(theirs, abs=1e-9)


def test_a_folder_of_invented_documents(
    tmp_path: Path,
    reference: ModuleType,
    gold_of: Callable[..., Gold],
    record_of: Callable[..., Minutes],
) -> None:
    gold = gold_of(TEXT, *GOLD, agenda=AGENDA)
    empty = gold_of("Die Sitzung fällt aus.")
    records = {
        "see-1": record_of(TEXT, *RIGHT, agenda=AGENDA),
        "see-2": record_of(TEXT, *WRONG, agenda=({"quote": "Radweg am Seeufer"}, {"quote": "Der Antrag"})),
        "see-3": record_of(_relaid(TEXT), *_quoted(WRONG, _relaid), agenda=({"quote": "TOP 1"},)),
        "tal-1": record_of(_misread(TEXT), *_quoted(WRONG, _misread), agenda=AGENDA),
        "tal-3": record_of("Die Sitzung fällt aus.", {"quote": "Die Sitzung fällt aus.", "label": "other"}),
    }
    names = ["see-1", "see-2", "see-3", "tal-1", "tal-2", "tal-3", "wald"]
    for name in names:
        annotation = empty if name in ("tal-3", "wald") else gold
        (tmp_path / f"{name}.json").write_text(annotation.model_dump_json(), encoding="utf-8")
    predictions = [x.model_copy(update={"source": f"alt/{name}.txt"}) for name, x in records.items()]

    evaluation = evaluate(tmp_path, predictions)

    theirs: dict[str, Counter[str]] = {}
    for name in names:
        truth = json.loads((tmp_path / f"{name}.json").read_text(encoding="utf-8"))
        nothing = {"text": truth["text"], "turns": [], "persons": []}
        record = json.loads(records[name].to_json()) if name in records else nothing
        theirs[name] = reference.document(truth, record)
    _assert_same(evaluation.total, reference.summary(sum(theirs.values(), Counter())))
    for document in evaluation.documents:
        _assert_same(document.scores, reference.summary(theirs[document.name]))
    for group, part in by_documents(evaluation, "style").items():
        members = (x for name, x in theirs.items() if name.split("-")[0] == group)
        _assert_same(part.total, reference.summary(sum(members, Counter())))
    assert evaluation.missing == ("tal-2", "wald")
    assert 0.3 < (evaluation.total.metrics["turn_f1"] or 0) < 0.8, "neither all right nor wrong"


NAMES = ("Ammer", "Dr. Berg", "Cordes", "Verwaltung", "Vorsitzende", "van Eck")
FORMS = (*NAMES, "Herrn Ammers", "Frau Bergen", "der Vorsitzenden", "die Verwaltung", "Er", "Frau", "Eck")
OUTCOMES = ("adopted", "rejected", "noted", "other")
PIECES = (
    "Herr Ammer fragt nach dem Weg. ",
    "Er will das wissen, sagt er. ",
    "TOP 3 Rad- und Fußwege\n",
    "Die Stadt-\nverwaltung antwortet, ja. ",
    "\n \n",
    "Es wird einstimmig so beschlossen. ",
)


@st.composite
def _gold(draw: st.DrawFn) -> Gold:
    text, turns, agenda = "", [], []
    for piece in draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=9)):
        start, text = len(text), text + piece
        span = {"start": start, "end": len(text)}
        if draw(st.integers(0, 4)) == 0:
            agenda.append(span)
            continue
        label = draw(st.sampled_from(LABELS))
        questions = [i for i, turn in enumerate(turns) if turn["label"] == "question"]
        turn = {
            **span,
            "label": label,
            "speakers": draw(st.lists(st.sampled_from(NAMES), max_size=2)),
            "addressees": draw(st.lists(st.sampled_from(NAMES), max_size=1)),
        }
        if label == "answer" and questions:
            turn["replies_to"] = sorted(draw(st.lists(st.sampled_from(questions), max_size=2, unique=True)))
        if label == "decision":
            turn["outcome"] = draw(st.sampled_from(OUTCOMES))
            turn["votes"] = draw(st.none() | _votes())
        turns.append(turn)
    return Gold.model_validate({"text": text, "turns": turns, "agenda": agenda})


def _votes() -> st.SearchStrategy[dict[str, int | None]]:
    number = st.none() | st.integers(0, 2)
    return st.fixed_dictionaries({"yes": number, "no": number, "abstain": number})


@st.composite
def _perturbed(draw: st.DrawFn, gold: Gold) -> dict[str, Any]:
    """Return text, turns and agenda of a record that has all kinds of faults, and often another layout."""
    length = len(gold.text)
    breaks = st.sampled_from(("-\n", "  ", "S. 4\n"))
    inserted = draw(st.dictionaries(st.integers(0, length), breaks, max_size=3))
    moved = [at + sum(len(x) for place, x in inserted.items() if place < at) for at in range(length + 1)]
    text = "".join(inserted.get(at, "") + character for at, character in enumerate(gold.text + "."))
    shift = st.sampled_from((0, 0, 0, -9, -3, 2, 8, 20))
    turns: list[dict[str, Any]] = []
    last = 0
    for truth in gold.turns:
        start = max(last, truth.start + draw(shift))
        end = min(length, truth.end + draw(shift))
        if start >= end or draw(st.integers(0, 5)) == 0:
            continue
        last = end
        label = draw(st.sampled_from((truth.label, truth.label, *LABELS)))
        turn: dict[str, Any] = {"start": moved[start], "end": moved[end], "label": label}
        for part, names in (("speakers", truth.speakers), ("addressees", truth.addressees)):
            turn[part] = draw(st.just(names) | st.lists(st.sampled_from(FORMS), max_size=2))
        if label == "answer":
            questions = [i for i, turn in enumerate(turns) if turn["label"] == "question"]
            turn["replies_to"] = [i for i in questions if draw(st.booleans())]
        if label == "decision" and draw(st.booleans()):
            turn["outcome"] = draw(st.sampled_from(OUTCOMES))
            turn["votes"] = draw(st.just(truth.votes) | _votes())
        turns.append(turn)
    agenda = []
    for item in gold.agenda:
        start, end = max(0, item.start + draw(shift)), min(length, item.end + draw(shift))
        if start < end and draw(st.booleans()):
            agenda.append({"start": moved[start], "end": moved[end]})
    return {"text": text, "turns": turns, "agenda": agenda}


@settings(deadline=None)
@given(data=st.data())
def test_perturbed_gold(reference: ModuleType, record_of: Callable[..., Minutes], data: st.DataObject) -> None:
    total, theirs = Scores(), Counter()
    for gold in data.draw(st.lists(_gold(), min_size=1, max_size=3)):
        parts = data.draw(_perturbed(gold))
        record = record_of(parts["text"], *parts["turns"], agenda=parts["agenda"])
        total += score(gold, record)
        theirs += reference.document(json.loads(gold.model_dump_json()), json.loads(record.to_json()))
    _assert_same(total, reference.summary(theirs))


@given(
    st.lists(
        st.sampled_from(("Herrn", "Frau", "Dr.", "Dipl.-Ing.", "dipl", "prof.", "der", "Dr.Berg", "ing."))
        | st.text(alphabet="Übneris-. \n", max_size=8)
        | st.text(max_size=6)
    )
)
def test_words_of_a_name(reference: ModuleType, parts: list[str]) -> None:
    name = " ".join(parts)
    assert words(name) == reference.names(name)


@given(name=st.sampled_from(FORMS), others=st.lists(st.sampled_from((*FORMS, "")), max_size=3))
def test_same_name(reference: ModuleType, name: str, others: list[str]) -> None:
    assert same(name, others) == reference.same(name, others)
