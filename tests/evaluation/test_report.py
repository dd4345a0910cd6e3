from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from corpus.gold import Gold
from corpus.record import LABELS, Minutes
from evaluation import Evaluation, join, score_documents
from evaluation.calibration import Judged, calibration
from evaluation.counts import UNLABELLED, Confusion
from evaluation.harness import Document, DocumentScores
from evaluation.intervals import Contrast, Estimate
from evaluation.measurements import disagreement_table, needs_table, outcome_tables, speed_table
from evaluation.outcomes import CheckedDocument, OutcomeCheck
from evaluation.predictions import Failure
from evaluation.report import (
    against_json,
    against_table,
    as_json,
    calibration_tables,
    difference_lists,
    difference_tables,
    tables,
)
from evaluation.scores import METRICS, Scores
from evaluation.scoring import Scored
from evaluation.speed import Speed, Spread
from evaluation.tables import Table, for_terminal, markdown, number

TEXT = "Frau [Ammer] fragt |nach| dem Radweg.\nHerr Berg lobt."
ASK = {"quote": "Frau [Ammer] fragt |nach| dem Radweg.", "label": "question", "speakers": ["Ammer"]}
PRAISE = {"quote": "Herr Berg lobt.", "label": "addition", "speakers": ["Berg"]}


@pytest.fixture
def documents(tmp_path: Path, gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> tuple[Document, ...]:
    for name in ("see-1", "tal-1"):
        (tmp_path / f"{name}.json").write_text(gold_of(TEXT, ASK, PRAISE).model_dump_json(), encoding="utf-8")
    return join(tmp_path, [record_of(TEXT, PRAISE, source="see-1.txt")])


@pytest.fixture
def evaluation(documents: tuple[Document, ...]) -> Evaluation:
    return score_documents(documents)


def _printed(table: Table) -> str:
    out = StringIO()
    Console(file=out, width=200, color_system=None).print(for_terminal(table))
    return out.getvalue()


def test_the_tables_hold_every_metric(evaluation: Evaluation) -> None:
    overall, labels, confusion, spans, groups, missing = tables(evaluation)
    names = [f"{layer}_{way.lower()}" for layer, *_ in spans.rows for way in spans.head[1:5]]
    shown = [*(row[0] for row in overall.rows), *(f"f1_{row[0]}" for row in labels.rows), *names]
    assert shown == [name for name in METRICS if not name.startswith("meeting_") or name == "meeting_acc"]
    assert [row[0] for row in labels.rows] == list(LABELS)
    assert [row[0] for row in groups.rows] == ["see", "tal"]
    assert confusion.head == ("", *LABELS, "missed")
    assert [row[0] for row in confusion.rows] == [*LABELS, "spurious"]
    assert missing.rows == (("tal-1",),)


def test_the_numbers_stand_where_they_belong(evaluation: Evaluation) -> None:
    overall, labels, confusion, spans, _, _ = tables(evaluation)
    assert overall.rows[0] == ("span_f1", "0.400", "0.000–0.667", "1.000", "0.250", "1", "1", "4")
    assert dict(zip(LABELS, labels.rows, strict=True))["addition"] == (
        *("addition", "0.667", "0.000–1.000", "1.000", "0.500", "1", "1", "2"),
    )
    assert spans.rows[0] == ("turn", *["0.400"] * 4, "1", "0", "0", "3", "0")
    assert confusion.rows[0] == ("question", "0", "0", "0", "0", "0", "2")


def test_undefined_is_a_dash(evaluation: Evaluation) -> None:
    rows = {row[0]: row for row in tables(evaluation)[0].rows}
    assert rows["votes_acc"][1:3] == ("–", "–")
    assert (number(None), number(0.0), number(2 / 3)) == ("–", "0.000", "0.667")


def test_documents_can_take_the_place_of_groups(evaluation: Evaluation) -> None:
    by_document = tables(evaluation, ["document"])[4]
    assert by_document.head[0] == "Document"
    assert [row[0] for row in by_document.rows] == ["see-1", "tal-1"]


def test_json_has_counts_and_null(evaluation: Evaluation) -> None:
    report = json.loads(json.dumps(as_json(evaluation)))
    assert report["metrics"]["votes_acc"] is None
    assert report["metrics"]["span_f1"] == 0.4
    assert report["counts"]["span_f1"] == {"tp": 1, "fp": 0, "fn": 3, "precision": 1.0, "recall": 0.25}
    assert report["counts"]["votes_acc"] == {"right": 0, "total": 0}
    assert report["intervals"]["span_f1"] == {"low": 0.0, "high": pytest.approx(2 / 3), "method": "BCa"}
    assert len(report["warnings"]) == 2
    assert report["intervals"]["votes_acc"] is None
    assert report["confusion"]["addition"] == {**dict.fromkeys(LABELS, 0), "addition": 1, "unlabelled": 0, "missed": 1}
    assert "missed" not in report["confusion"]["spurious"]
    assert list(report["breakdowns"]["style"]) == ["see", "tal"]
    assert report["missing"] == ["tal-1"]


def test_differences_are_listed_by_document(documents: tuple[Document, ...]) -> None:
    see, tal = difference_tables(documents)
    assert see.rows == (("missed", "0", "–", "question", "–", "Frau [Ammer] fragt |nach| dem Radweg."),)
    assert len(tal.rows) == 2
    assert [fault["gold"] for fault in json.loads(json.dumps(difference_lists(documents)))["tal-1"]] == [0, 1]


def test_brackets_are_no_markup_in_the_terminal(documents: tuple[Document, ...]) -> None:
    assert "Frau [Ammer] fragt |nach| dem Radweg." in _printed(difference_tables(documents)[0])
    printed = _printed(Table("[b]x[/]", ("[red]head[/]",), (("[/nope]",),)))
    assert printed.split() == ["[b]x[/]", "[red]head[/]", "[/nope]"]


def test_control_sequences_do_not_reach_the_terminal() -> None:
    printed = _printed(Table("a\x1b[31mb", ("c\x07",), (("d\x9be\u202ef",),)))
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(printed)


def test_markdown_escapes_what_it_would_read_as_its_own() -> None:
    text = markdown(Table("A*b", ("x|y", "n"), (("<b> [a](b) `c` _d_ e_f \\ #", "1\n2"),)))
    assert text.splitlines() == [
        r"## A\*b",
        "",
        r"| x\|y | n |",
        "| --- | ---: |",
        r"| \<b\> \[a\](b) \`c\` \_d\_ e_f \\ \# | 1 2 |",
    ]


@given(st.lists(st.tuples(st.text(max_size=9), st.text(max_size=9)), max_size=4))
def test_a_markdown_table_keeps_its_shape(rows: list[tuple[str, str]]) -> None:
    lines = markdown(Table("T", ("a", "b"), tuple(rows))).splitlines()
    assert len(lines) == 4 + len(rows)
    for line in lines[2:]:
        assert line.replace("\\\\", "").replace("\\|", "").count("|") == 3


def test_turns_without_a_label_get_a_column_where_there_are_some(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    confusion = Confusion.of([("question", UNLABELLED), ("question", None), (None, UNLABELLED)])
    empty = Document("see-1", gold_of(TEXT), record_of(TEXT))
    table = tables(Evaluation((DocumentScores(empty, Scored(Scores(confusion=confusion))),)))[2]
    assert table.head == ("", *LABELS, "no label", "missed")
    assert table.rows[0] == ("question", "0", "0", "0", "0", "0", "1", "1")
    assert table.rows[-1] == ("spurious", "0", "0", "0", "0", "0", "1", "")


def test_differences_to_another_system_are_signed() -> None:
    contrasts = {
        "turn_f1": Contrast(Estimate(0.05, -0.01, 0.1), 0.04321, 0.2, 0.08642),
        "macro4_f1": Contrast(Estimate(None), None),
    }
    table = against_table(contrasts, "rules.jsonl")
    assert table.title == "Against rules.jsonl"
    assert table.rows == (
        ("turn_f1", "+0.050", "-0.010", "+0.100", "0.0432", "0.0864", "+0.200"),
        ("macro4_f1", *"––––––"),
    )
    report = json.loads(json.dumps(against_json(contrasts, "rules.jsonl")))
    assert report["differences"]["turn_f1"]["difference"]["low"] == -0.01
    assert report["differences"]["turn_f1"]["p"] == 0.04321
    assert report["differences"]["macro4_f1"]["p"] is None


def test_calibration_leaves_out_empty_bins() -> None:
    figures, curve, kept = calibration_tables(calibration([Judged(0.9, True), Judged(0.9, False)], without=3))
    assert dict(figures.rows) == {
        "turns with a confidence": "2",
        "turns without": "3",
        "mean confidence": "0.900",
        "accuracy": "0.500",
        "ECE, 15 bins of equal width": "0.400",
        "ECE, 15 bins of equally many turns": "0.500",
        "Brier score": "–",
        "AURC": "0.500",
    }
    assert curve.rows == (("0.87–0.93", "2", "0.900", "0.500"),)
    assert kept.rows[-2:] == (("0.9", "1.000", "0.500"), ("0.95", "0.000", "–"))


def test_no_probabilities_have_no_calibration() -> None:
    figures, curve, kept = calibration_tables(calibration([], without=2))
    assert [value for _, value in figures.rows] == ["0", "2", *"––––––"]
    assert (curve.rows, kept.rows) == ((), ())


def test_speed_in_whole_words() -> None:
    speed = Speed(texts=2, words=100, rounds=Spread((900.4, 1000.0, 1100.0)))
    assert speed_table({"unsere": speed}).rows == (("unsere", "2", "100", "3", "900", "1000", "1100"),)


def test_what_was_not_measured_is_left_out() -> None:
    assert needs_table(None, None, None).rows == ()
    rows = needs_table(Spread((1.5, 2.5)), 304.6, Spread((3.0,))).rows
    assert [row[1:] for row in rows] == [("1.50", "2.00", "2.50"), ("–", "305", "–"), ("3.00", "3.00", "3.00")]


def test_outcomes_say_what_was_left_out() -> None:
    check = OutcomeCheck(
        documents=(
            CheckedDocument(Path("1.txt"), "vertagt", frozenset({"postponed"}), ("adopted", "postponed")),
            CheckedDocument(Path("2.txt"), "vertagt", frozenset({"postponed"}), ()),
        ),
        failures=(Failure(Path("3.txt"), "ReadError: leer"),),
        left_out=(("", 4),),
    )
    agreement, left_out, rest, failed = outcome_tables(check)
    assert agreement.head[2] == "Any (headline)"
    # Wilson for 1 of 2: .5 ± 1.96 √(2 · .25 + .96) / 5.84
    assert agreement.rows == (
        ("vertagt", "2", "0.500", "0.095–0.905", "0.000", "0.500", "1"),
        ("all", "2", "0.500", "0.095–0.905", "0.000", "0.500", "1"),
    )
    assert left_out.rows == (("–", "4"),)
    assert rest.rows[-1] == ("failed", "1")
    assert failed.rows == (("3.txt", "ReadError: leer"),)
    assert disagreement_table(check).rows == (("2.txt", "vertagt", "postponed", "–"),)
