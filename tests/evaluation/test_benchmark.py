from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from corpus.collection import Document
from corpus.gold import Gold
from corpus.reading import Source
from corpus.record import Minutes
from evaluation import EvaluationError
from evaluation.benchmark import Entry, Leaderboard, Skipped, benchmark
from evaluation.systems.recorded import Recorded

TEXT = "Frau Ammer fragt nach dem Radweg.\nHerr Berg antwortet, er komme im Mai.\n"
ASK = {"quote": "Frau Ammer fragt nach dem Radweg.", "label": "question", "speakers": ["Ammer"]}
REPLY = {"quote": "Herr Berg antwortet, er komme im Mai.", "label": "answer", "speakers": ["Berg"]}

Build = Callable[..., Minutes]


class Half:
    """Finds the question and no more, and does not like the document "tal-1"."""

    name = "half"

    def __init__(self, build: Build) -> None:
        self._build = build

    def extract(self, source: Source) -> Minutes:
        if source.name == "tal-1.txt":
            raise ValueError("a valley\nof tears")
        return self._build(source.text, ASK, source="somewhere else.txt")


class Labelled(Half):
    """Can be given turns, all of which it takes for questions."""

    name = "labelled"

    def extract_given(self, source: Source, turns: Sequence[tuple[int, int]]) -> Minutes:
        return self._build(source.text, *({"start": a, "end": b, "label": "question"} for a, b in turns))


@pytest.fixture
def documents(gold_of: Callable[..., Gold]) -> list[Document]:
    return [Document(name, gold_of(TEXT, ASK, REPLY)) for name in ("see-1", "see-2", "tal-1")]


def test_failed_documents_are_named_and_count_as_empty(documents: list[Document], record_of: Build) -> None:
    (entry,) = benchmark([Half(record_of)], {"dev": documents}).entries
    assert [(x.source.name, x.reason) for x in entry.failures] == [("tal-1.txt", "ValueError: a valley")]
    assert entry.evaluation.missing == ("tal-1",)
    # 2 of 2 turns are right, of 6: precision 1, recall 1/3.
    assert entry.intervals["turn_f1"].value == pytest.approx(0.5)
    assert entry.given is None and entry.given_intervals == {}


def test_labels_of_given_turns_are_scored_alone(documents: list[Document], record_of: Build) -> None:
    (entry,) = benchmark([Labelled(record_of)], {"dev": documents}).entries
    # All 6 turns are questions, 3 rightly: F1 of question is 2·3/(6+3), that of answer 0.
    assert entry.given_intervals["span_f1"].value == 1.0
    assert entry.given_intervals["macro4_f1"].value == pytest.approx((2 / 3 + 0) / 2)


def test_words_a_second_are_of_the_texts_end_to_end(documents: list[Document], record_of: Build) -> None:
    (entry,) = benchmark([Half(record_of)], {"dev": documents}).entries
    assert (entry.words, entry.seconds is not None and entry.seconds > 0) == (39, True)
    assert Entry("x", "dev", entry.evaluation, None, words=39, seconds=1.5).words_per_second == 26


def test_records_of_elsewhere_have_no_speed(documents: list[Document], record_of: Build) -> None:
    recorded = Recorded("other", [record_of(TEXT, ASK, REPLY, source="see-2.pdf")])
    (entry,) = benchmark([recorded], {"dev": documents}).entries
    assert (entry.seconds, entry.words_per_second) == (None, None)
    assert entry.evaluation.missing == ("see-1", "tal-1")
    assert entry.evaluation.total.turn.tp == 2


def test_records_of_other_documents_are_skipped(documents: list[Document], record_of: Build) -> None:
    recorded = Recorded("other", [record_of(TEXT, ASK, source="see-1.txt")])
    board = benchmark([recorded], {"lake": documents[:2], "valley": documents[2:]}, [Skipped("late", "no key")])
    assert [(entry.system, entry.set) for entry in board.entries] == [("other", "lake")]
    assert [(x.system, x.set) for x in board.skipped] == [("late", None), ("other", "valley")]


def test_entries_come_set_by_set(documents: list[Document], record_of: Build) -> None:
    heard: list[str] = []
    sets = {"lake": documents[:2], "valley": documents[2:]}
    board = benchmark([Labelled(record_of), Half(record_of)], sets, tell=heard.append)
    assert [(entry.set, entry.system) for entry in board.entries] == [
        ("lake", "labelled"),
        ("lake", "half"),
        ("valley", "labelled"),
        ("valley", "half"),
    ]
    assert heard == ["labelled on lake", "half on lake", "labelled on valley", "half on valley"]


def test_two_systems_of_one_name_are_refused(documents: list[Document], record_of: Build) -> None:
    with pytest.raises(EvaluationError, match="two systems of the name half: rename one"):
        benchmark([Half(record_of), Half(record_of)], {"dev": documents})


def test_systems_are_tested_against_one_of_them(documents: list[Document], record_of: Build) -> None:
    full = Recorded("full", [record_of(TEXT, ASK, REPLY, source=f"{x.name}.txt") for x in documents])
    nothing = Recorded("nothing", [record_of(TEXT, source="see-1.txt")])
    board = benchmark([full, Half(record_of), nothing], {"dev": documents})
    found = {(x.system, x.metric): x.contrast for x in board.against("full")}
    assert {system for system, _ in found} == {"half", "nothing"}
    assert found["half", "turn_f1"].difference.value == pytest.approx(0.5 - 1)
    assert found["nothing", "turn_f1"].difference.value == -1
    # The least p of all comparisons is corrected for as many as there are, with Holm's steps for the others.
    least = min(found.values(), key=lambda x: x.p or 1)
    assert least.p and least.adjusted == pytest.approx(min(1.0, least.p * len(found)))
    assert all(x.p and x.adjusted and x.adjusted >= x.p for x in found.values())


def test_there_is_nothing_to_test_without_the_reference(documents: list[Document], record_of: Build) -> None:
    board = benchmark([Half(record_of)], {"dev": documents})
    assert board.against("full") == ()
    assert Leaderboard(()).against("full") == ()
