from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from corpus.gold import Gold, Origin
from corpus.record import Minutes
from evaluation import Evaluation, score_documents
from evaluation.breakdowns import breakdown, by_documents, by_turns
from evaluation.harness import Document
from evaluation.scores import Scores

TEXT = """\
Frau Ammer fragt, ob er komme.
Herr Berg sagt, dass er komme.
Cordes: Ich bin dagegen, ich sage es.
Er wird beschlossen.
"""
ASK = {"quote": "Frau Ammer fragt, ob er komme.", "label": "question", "speakers": ["Ammer"]}
REPLY = {
    "quote": "Herr Berg sagt, dass er komme.",
    "label": "answer",
    "speakers": ["Berg"],
    "speaker_mentions": [(31, 40)],
}
SPEAK = {
    "quote": "Cordes: Ich bin dagegen, ich sage es.",
    "label": "addition",
    "speakers": ["Cordes"],
    "speaker_mentions": [(62, 68)],
}
DECIDE = {"quote": "Er wird beschlossen.", "label": "decision", "outcome": "adopted"}

Build = Callable[..., Evaluation]


@pytest.fixture
def build(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> Build:
    """Score documents (name, text, origin or `None`, turns found) with these four turns in gold."""

    def build(*documents: tuple[str, str, Origin | None, tuple[dict[str, Any], ...]]) -> Evaluation:
        joined = []
        for name, text, origin, turns in documents:
            gold = gold_of(text, ASK, REPLY, SPEAK, DECIDE).model_copy(update={"origin": origin})
            joined.append(Document(name, gold, record_of(text, *turns)))
        return score_documents(joined)

    return build


def test_groups_of_documents_add_up(build: Build) -> None:
    evaluation = build(("see-1", TEXT, None, (ASK,)), ("see-2", TEXT, None, ()), ("tal-1", TEXT, None, (REPLY,)))
    parts = by_documents(evaluation, "style")
    assert list(parts) == ["see", "tal"]
    assert parts["see"].total.turn.tp == 1
    assert sum((part.total for part in parts.values()), Scores()) == evaluation.total
    assert list(by_documents(evaluation, "document")) == ["see-1", "see-2", "tal-1"]


def test_origin_says_style_town_and_split(build: Build) -> None:
    origin = Origin(style="knapp", place="Altwies", split="dev")
    evaluation = build(("b", TEXT, origin, ()), ("a-1", TEXT, None, ()))
    assert list(by_documents(evaluation, "style")) == ["a", "knapp"]
    assert list(by_documents(evaluation, "source")) == ["Altwies", "a"]
    assert list(by_documents(evaluation, "split")) == ["dev", "no split"]


def test_lengths_are_in_ascending_order(build: Build) -> None:
    texts = {n: TEXT + " x" * (n - len(TEXT.split())) for n in (5000, 499, 500, 1500)}
    evaluation = build(*((str(n), text, None, ()) for n, text in texts.items()))
    names = {group: [x.name for x in part.documents] for group, part in by_documents(evaluation, "length").items()}
    assert list(names.items()) == [
        ("below 500 words", ["499"]),
        ("500 to 1499 words", ["500"]),
        ("1500 to 4999 words", ["1500"]),
        ("5000 words or more", ["5000"]),
    ]


def test_turns_by_label(build: Build) -> None:
    wrong = {**REPLY, "label": "addition"}
    evaluation = build(("see-1", TEXT, None, (ASK, wrong)), ("see-2", TEXT, None, (ASK, REPLY, DECIDE)))
    found = {x.name: (x.turns, x.span, x.label, x.speakers, x.right.value) for x in by_turns(evaluation, "label")}
    assert found == {
        "addition": (2, 0, 0, 0, 0),
        "answer": (2, 1, 0.5, 1, 0.5),
        "decision": (2, 0.5, 0.5, 0.5, 0.5),
        "question": (2, 1, 1, 1, 1),
    }


def test_registers_and_shapes(build: Build) -> None:
    evaluation = build(("see-1", TEXT, None, (ASK, REPLY, SPEAK, DECIDE)))
    registers = {x.name: x.turns for x in by_turns(evaluation, "register")}
    assert registers["resolution"] == registers["verbatim"] == registers["reported in a clause"] == 1
    shapes = {x.name for x in by_turns(evaluation, "shape")}
    assert {"A1", "B1", "B11"} <= shapes
    assert isinstance(breakdown(evaluation, "shape"), tuple)
    assert breakdown(evaluation, "style") == by_documents(evaluation, "style")
