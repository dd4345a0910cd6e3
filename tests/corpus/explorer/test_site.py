"""The pages of the explorer: escaped, linked, read only, and only for this machine."""

from __future__ import annotations

import json
import sqlite3
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from corpus.explorer.plugin import words
from corpus.explorer.site import explorer, metadata
from corpus.record import LABELS, AttendanceStatus, Capacity, Outcome
from corpus.store import Store, StoreError
from tests.corpus.explorer.asking import get, rows
from tests.corpus.store.examples import minutes


def test_the_start_page_leads_to_every_query(small: Path) -> None:
    page = get(small, "/").text
    for name, query in metadata("archiv", "archiv.db")["databases"]["archiv"]["queries"].items():
        assert f'<a href="/archiv/{name}">{query["title"]}</a>' in page
        assert get(small, f"/archiv/{name}").status_code == 200


def test_cells_are_links_and_german_words_on_the_page_and_codes_in_data(small: Path) -> None:
    page = get(small, "/archiv/suche", suche="Weg", bis="2019").text
    assert '<a href="/archiv/sitzung?sitzung=1">1</a>' in page
    assert '<a href="/archiv/beitraege-einer-person?person=Lux">Lux</a>' in page
    assert '<td class="col-Art">Frage</td>' in page
    assert rows(small, "suche", suche="Weg", bis="2019")[0]["Art"] == "question"


def test_facets_search_descriptions_and_foreign_keys(small: Path) -> None:
    page = get(small, "/archiv/speech", _search="Haushalt").text
    assert "<dt>body</dt><dd>Gremium</dd>" in page
    assert 'data-facet-value="Bauausschuss"' in page or "Bauausschuss</a>" in page
    assert len(get(small, "/archiv/speech.json", _search="Haushalt", _shape="array").json()) == 3
    assert len(get(small, "/archiv/turn.json", _search="Haushalt", _shape="array").json()) == 4  # removed ones too
    assert "/archiv/turn?record=1" in get(small, "/archiv/record/1").text


def test_what_stands_in_minutes_is_escaped(tmp_path: Path) -> None:
    record = minutes()
    name = '<img src=x onerror="alert(1)">'
    person = record.persons[0].model_copy(update={"name": name})
    with Store(tmp_path / "a.db") as store:
        store.put(record.model_copy(update={"persons": (person, *record.persons[1:])}))
    for page in ("/a/beitraege-einer-person?person=img", "/a/speech", "/a/wer-spricht", "/a/person"):
        text = get(tmp_path / "a.db", page).text
        assert "onerror" in text and "<img src=x" not in text


def test_it_cannot_write_nor_give_the_file_away(small: Path) -> None:
    assert get(small, "/archiv.db").status_code == 403
    assert get(small, "/archiv", sql="DELETE FROM turn").status_code == 400
    db = sqlite3.connect(small)
    assert db.execute("SELECT count(*) FROM turn").fetchone() == (12,)
    db.close()


def test_a_page_that_is_not_there_is_said_to_be_so(small: Path) -> None:
    assert get(small, "/archiv/nichts").status_code == 404


def test_it_shows_what_a_run_writes_meanwhile(tmp_path: Path) -> None:
    with Store(tmp_path / "a.db") as store:
        store.put(minutes("a.txt"))
        assert len(rows(tmp_path / "a.db", "sitzungen")) == 1
        store.put(minutes("b.txt", more="b"))
        assert len(rows(tmp_path / "a.db", "sitzungen")) == 2


def test_a_name_that_points_here_from_elsewhere_is_refused(small: Path) -> None:
    assert get(small, "/archiv/sitzungen", host="evil.example").status_code == 403
    assert get(small, "/archiv/sitzungen", host="127.0.0.1:8001").status_code == 200


def test_a_name_that_is_no_name_of_a_file_for_datasette_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="rename it"):
        explorer(tmp_path / "a#1.db")


def test_the_descriptions_are_of_tables_and_columns_that_are_there(small: Path) -> None:
    tables = json.loads((files("corpus.explorer") / "tables.json").read_text(encoding="utf-8"))
    db = sqlite3.connect(small)
    for table, about in tables.items():
        held = {name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")}
        named = {*about.get("columns", {}), *about.get("facets", ()), *about.get("units", {})}
        assert held and named <= held, table
    present = {
        name
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")
        if not name.startswith(("turn_search", "sqlite_"))
    }
    db.close()
    assert set(tables) == present


def test_every_label_and_outcome_has_a_german_word() -> None:
    assert {*LABELS, *get_args(Outcome), *get_args(AttendanceStatus), *get_args(Capacity)} <= set(words())
