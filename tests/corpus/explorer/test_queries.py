"""The answers of the ready queries on a small store, counted by hand (conftest.py)."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import pipeline
from corpus.explorer import ready_queries
from corpus.explorer.ready import PARAMETERS
from corpus.store import Store
from tests.corpus.explorer.asking import rows
from tests.corpus.store.examples import DECISION, QUESTION

ROOT = Path(__file__).parents[3]
COUNCIL, BUILDING = "Gemeinderat Höhenfeld", "Bauausschuss"

ANSWERS: tuple[tuple[str, dict[str, str], tuple[str, ...], list[tuple[Any, ...]]], ...] = (
    (
        "suche",
        {"suche": "Mühle"},
        ("Datum", "Beitrag"),
        [("2019-05-14", "t1"), ("2020-03-02", "t1"), ("2021-01-12", "t1")],
    ),
    ("suche", {"suche": "muhl*", "von": "2020", "bis": "2020"}, ("Sitzung", "Art"), [(2, "question")]),
    ("suche", {"suche": "Weg", "person": "özgür"}, ("Datum", "Sprecher"), [("2021-01-12", "Özgür")]),
    ("suche", {"suche": "§ - !"}, ("Datum",), []),
    ("suche", {}, ("Datum",), []),
    (
        "verlauf",
        {"suche": "Mühlweg"},
        ("Datum", "TOP", "Beiträge", "Ergebnis", "Stimmen"),
        [("2019-05-14", "3 Mühlweg", 2, None, None), ("2021-01-12", "3 Mühlweg", 2, None, None)],
    ),
    ("verlauf", {"vorlage": "2020/17"}, ("Datum", "Vorlage", "Beiträge"), [("2020-03-02", "2020/17", 2)]),
    (
        "verlauf",
        {"suche": "Haushalt", "gremium": "bau"},
        ("Ergebnis", "Stimmen", "Wortlaut"),
        [("rejected", "4 Ja, 5 Nein", DECISION)],
    ),
    ("verlauf", {}, ("Datum",), []),
    (
        "offene-fragen",
        {},
        ("Datum", "Fragende", "Frage", "zugesagt"),
        [("2021-01-12", "Özgür", QUESTION, None), ("2020-03-02", "Lux", QUESTION, "Sommer")],
    ),
    ("offene-fragen", {"person": "LUX"}, ("Datum",), [("2020-03-02",)]),
    (
        "fragen-und-antworten",
        {"person": "Lux"},
        ("Datum", "Antwortende", "Stand"),
        [("2020-03-02", "Sommer", "deferred"), ("2019-05-14", "Sommer", None)],
    ),
    ("fragen-und-antworten", {"person": "Özg"}, ("Fragende", "Antwort"), [("Özgür", None)]),
    (
        "wer-spricht",
        {},
        ("Person", "Gremium", "Partei", "Beiträge", "Fragen", "Antworten", "Sitzungen"),
        [
            ("Sommer", COUNCIL, None, 2, 0, 1, 2),
            ("Lux", BUILDING, "SPD", 1, 1, 0, 1),
            ("Lux", COUNCIL, "SPD", 1, 1, 0, 1),
            ("Sommer", BUILDING, None, 1, 0, 1, 1),
            ("Özgür", COUNCIL, None, 1, 1, 0, 1),
        ],
    ),
    ("wer-spricht", {"person": "Lux", "von": "2020"}, ("Gremium", "Zeichen"), [(BUILDING, len(QUESTION))]),
    ("wer-fragt-wen", {}, ("Fragende", "Antwortende", "Gremium", "Fragen"), [("Lux", "Sommer", COUNCIL, 1)]),
    (
        "beschluesse",
        {},
        ("Gremium", "Jahr", "Ergebnis", "Beschlüsse", "einstimmig", "mit Gegenstimmen"),
        [
            (BUILDING, "2020", "rejected", 1, 0, 1),
            (COUNCIL, "2021", "adopted", 1, 0, 1),
            (COUNCIL, "2019", "adopted", 1, 0, 1),
        ],
    ),
    ("knappe-abstimmungen", {}, ("Abstand", "Datum", "Ja", "Nein"), [(1, "2020-03-02", 4, 5)]),
    ("knappe-abstimmungen", {"abstand": "7", "von": "2021"}, ("Abstand", "Datum"), [(7, "2021-01-12")]),
    (
        "anwesenheit",
        {},
        ("Person", "Gremium", "Sitzungen", "anwesend", "entschuldigt", "Anteil (%)"),
        [("Lux", BUILDING, 1, 0, 1, 0.0), ("Lux", COUNCIL, 1, 1, 0, 100.0), ("Özgür", COUNCIL, 1, 1, 0, 100.0)],
    ),
    (
        "anwesenheit-einer-person",
        {"person": "lux"},
        ("Datum", "Anwesenheit", "kommt"),
        [("2020-03-02", "excused", None), ("2019-05-14", "present", "ab TOP 2")],
    ),
    ("anwesenheit-einer-person", {}, ("Datum",), []),
    (
        "beitraege-einer-person",
        {"person": "Lux"},
        ("Datum", "Art"),
        [("2020-03-02", "question"), ("2019-05-14", "question")],
    ),
    (
        "sitzungen",
        {"bis": "2020-03"},
        ("Datum", "Sitzung", "Beiträge", "Fragen", "Beschlüsse", "Dokument"),
        [("2020-03-02", 2, 3, 1, 1, "2020.txt"), ("2019-05-14", 1, 3, 1, 1, "2019.txt")],
    ),
    (
        "sitzung",
        {"sitzung": "2"},
        ("Beitrag", "Art", "antwortet auf", "Ergebnis", "Ja"),
        [
            ("t1", "question", None, None, None),
            ("t2", "answer", "t1", None, None),
            ("t3", "decision", None, "rejected", 4),
        ],
    ),
)


@pytest.mark.parametrize(("query", "given", "columns", "expected"), ANSWERS)
def test_a_ready_query_answers(
    small: Path, query: str, given: dict[str, str], columns: tuple[str, ...], expected: list[tuple[Any, ...]]
) -> None:
    assert [tuple(row[column] for column in columns) for row in rows(small, query, **given)] == expected


def test_every_ready_query_is_tested_titled_and_asks_only_for_what_has_a_label() -> None:
    assert {query for query, *_ in ANSWERS} == {query.name for query in ready_queries()}
    for query in ready_queries():
        assert query.title and query.description.endswith(".")
        assert set(query.parameters) == set(re.findall(r":(\w+)", query.sql)) <= set(PARAMETERS)


def test_open_questions_are_those_of_the_records(tmp_path: Path) -> None:
    nlp = pipeline.load(classifier="rules")
    with Store(tmp_path / "archiv.db") as store:
        for path in sorted((ROOT / "corpus" / "samples").glob("ortschaftsrat-dettelhausen-*.txt")):
            store.put(pipeline.extract(path, nlp=nlp))
        records = list(store.records())
    found = rows(tmp_path / "archiv.db", "offene-fragen")
    expected = {(str(x.meeting.date), turn.id) for x in records for turn in x.unanswered()}
    assert expected and {(row["Datum"], row["Beitrag"]) for row in found} == expected
