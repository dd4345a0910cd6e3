from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from corpus.collection import Document
from corpus.gold import Gold
from corpus.record import Minutes
from evaluation import METRICS
from evaluation.benchmark import Leaderboard, Skipped, benchmark
from evaluation.leaderboard import as_json, ranking, results, tables
from evaluation.systems.recorded import Recorded

TEXT = "Frau Ammer fragt nach dem Radweg.\nHerr Berg antwortet, er komme im Mai.\n"
ASK = {"quote": "Frau Ammer fragt nach dem Radweg.", "label": "question", "speakers": ["Ammer"]}
REPLY = {"quote": "Herr Berg antwortet, er komme im Mai.", "label": "answer", "speakers": ["Berg"]}


@pytest.fixture
def board(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> Leaderboard:
    """Two systems known by their records: `half` has a turn of each document, `full` all, but of one set alone."""
    sets = {name: [Document(f"{name}-{n}", gold_of(TEXT, ASK, REPLY)) for n in (1, 2)] for name in ("see", "tal")}
    half = [record_of(TEXT, ASK, source=f"{x.name}.txt") for documents in sets.values() for x in documents]
    full = [record_of(TEXT, ASK, REPLY, source=f"{x.name}.txt") for x in sets["see"]]
    return benchmark([Recorded("half", half), Recorded("full", full)], sets, [Skipped("late", "no key")])


def test_the_best_system_of_a_set_comes_first(board: Leaderboard) -> None:
    assert [(x.set, x.system) for x in ranking(board)] == [("see", "full"), ("see", "half"), ("tal", "half")]


def test_tables_show_scores_intervals_tests_and_what_was_skipped(board: Leaderboard) -> None:
    shown = {table.title: table for table in tables(board, "full")}
    assert list(shown) == ["Leaderboard", "Intervals of 95 %", "Against full", "Sets", "Skipped"]
    # `half` has 1 of 2 turns, all right: F1 is 2·1/(1+2).
    assert shown["Leaderboard"].rows[1] == ("see", "half", "0.667", "0.667", "0.667", "0.667", "0.500", "–", "–")
    assert shown["Against full"].rows[-1][:4] == ("see", "half", "turn_f1", "-0.333")
    assert shown["Sets"].rows == (("see", "2", "4", "26"), ("tal", "2", "4", "26"))
    assert shown["Skipped"].rows == (
        ("late", "–", "no key"),
        ("full", "tal", "there is no record of any of its documents"),
    )
    assert "Against combination" not in {table.title for table in tables(board, "combination")}


def test_missing_records_are_counted(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    documents = [Document(f"see-{n}", gold_of(TEXT, ASK)) for n in (1, 2)]
    board = benchmark([Recorded("half", [record_of(TEXT, ASK, source="see-1.txt")])], {"see": documents})
    (missing,) = (x for x in tables(board, "half") if x.title == "No record, counted as empty")
    assert missing.rows == (("half", "see", "1"),)
    assert board.entries[0].failures == ()


def test_json_has_every_metric(board: Leaderboard) -> None:
    value = json.loads(json.dumps(as_json(board, "full")))
    first = value["entries"][1]
    assert (first["system"], first["set"], first["documents"], first["given"]) == ("half", "see", 2, None)
    assert list(first["metrics"]) == list(METRICS)
    assert first["metrics"]["turn_f1"]["value"] == pytest.approx(2 / 3)
    assert first["metrics"]["votes_acc"] == {"value": None, "low": None, "high": None, "method": None}
    assert {x["metric"] for x in value["comparisons"]} >= {"turn_f1", "macro4_f1"}
    assert value["skipped"][0] == {"system": "late", "reason": "no key", "set": None}


def test_results_are_by_system_and_set(board: Leaderboard) -> None:
    found = results(board, "turn_f1")
    assert {system: list(of_sets) for system, of_sets in found.items()} == {"full": ["see"], "half": ["see", "tal"]}
    assert found["full"]["see"].value == 1.0
