"""Parquet, Excel and the CSV folder hold the same tables."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from corpus.record import Minutes
from corpus.tables import tables
from corpus.writers import excel, parquet
from corpus.writing import WriteError, open_writer

NAMES = [table.name for table in tables()]


def _write(path: Path, *records: Minutes, form: str | None = None) -> Path:
    with open_writer(path, form) as writer:
        for record in records:
            writer.write(record)
    return path


def test_parquet_has_typed_columns(tmp_path: Path, full: Minutes) -> None:
    folder = _write(tmp_path / "archiv.parquet", full)
    assert sorted(file.stem for file in folder.iterdir()) == sorted(NAMES)
    meetings = pq.read_table(folder / "meetings.parquet")
    assert meetings.schema.field("date").type == pa.date32()
    assert not meetings.schema.field("source").nullable
    (row,) = meetings.to_pylist()
    assert (row["date"], row["start_time"], row["end_time"]) == (dt.date(2024, 5, 14), dt.time(19), None)
    assert (row["chair"], row["pages"], row["warnings"]) == ("Falk", 3, ["no agenda item was found"])
    turns = pq.read_table(folder / "turns.parquet").to_pylist()
    assert (turns[0]["p_question"], turns[0]["page"], turns[0]["content"]) == (0.75, 1, "ob der <Weg> gesperrt sei.")
    assert (turns[1]["status"], turns[1]["replies_to"], turns[1]["addressee_ids"]) == ("deferred", ["t1"], ["p2"])
    votes = pq.read_table(folder / "votes.parquet").to_pylist()
    assert [(vote["kind"], vote["label"], vote["yes"], vote["no"]) for vote in votes] == [
        ("party", "GRÜNE", 3, None),
        ("round", "1", 4, 4),
        ("round", "2", 8, 1),
        ("part", "Ziffer 1", None, None),
        ("part", "Ziffer 2", None, 9),
    ]
    links = pq.read_table(folder / "links.parquet").to_pylist()
    assert [(link["kind"], link["turn"], link["target"]) for link in links] == [
        ("replies_to", "t2", "t1"),
        ("extends", "t3", "t2"),
        ("amends", "t4", "t5"),
    ]
    (ambiguous,) = [x for x in pq.read_table(folder / "persons.parquet").to_pylist() if x["candidate_ids"]]
    assert (ambiguous["person"], ambiguous["candidate_ids"]) == ("p4", ["p2", "p3"])


def test_parquet_closes_row_groups(tmp_path: Path, full: Minutes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROWS_OF_A_GROUP", 7)
    file = pq.ParquetFile(_write(tmp_path / "x.parquet", full, full, full) / "turns.parquet")
    assert [file.metadata.row_group(n).num_rows for n in range(file.num_row_groups)] == [7, 7, 1]


def test_the_csv_folder_has_the_rows_of_parquet(tmp_path: Path, full: Minutes) -> None:
    folder = _write(tmp_path / "tabellen", full, form="tables")
    typed = _write(tmp_path / "x.parquet", full)
    for name in NAMES:
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        wanted = pq.read_table(typed / f"{name}.parquet")
        assert list(rows[0]) == wanted.column_names
        assert len(rows) == wanted.num_rows
    with (folder / "attendance.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["from"] for row in csv.DictReader(stream)] == ["", "ab TOP 1"]


def test_excel_has_a_sheet_for_each_table(tmp_path: Path, full: Minutes) -> None:
    book = openpyxl.load_workbook(_write(tmp_path / "archiv.xlsx", full))
    assert book.sheetnames == [*NAMES, "notes"]
    meetings = book["meetings"]
    row = dict(zip((x.value for x in meetings[1]), (x.value for x in meetings[2]), strict=True))
    assert (row["date"], row["start_time"], row["public"]) == (dt.datetime(2024, 5, 14), dt.time(19), True)
    assert meetings.freeze_panes == "A2"
    assert meetings.auto_filter.ref.startswith("A1:")
    assert book["notes"].max_row == 1
    assert book["notes"]["A1"].value is None


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "-1", "http://beispiel.invalid", "\x07 Glocke", "@x"])
def test_no_cell_of_excel_is_a_formula_or_a_link(tmp_path: Path, minutes: Minutes, text: str) -> None:
    turn = minutes.turns[0].model_copy(update={"start": 0, "end": len(text)})
    record = minutes.model_copy(update={"text": text, "turns": (turn,), "decisions": ()})
    sheet = openpyxl.load_workbook(_write(tmp_path / "x.xlsx", record))["turns"]
    cell = sheet.cell(2, [x.value for x in sheet[1]].index("text") + 1)
    assert cell.data_type in ("s", "inlineStr")
    assert cell.hyperlink is None
    assert cell.value.replace("_x0007_", "\x07") == text


def test_excel_says_what_it_had_to_cut(tmp_path: Path, minutes: Minutes) -> None:
    text = "ä" * 32_760 + "😀" * 10
    turn = minutes.turns[0].model_copy(update={"start": 0, "end": len(text)})
    record = minutes.model_copy(update={"text": text, "turns": (turn,), "decisions": ()})
    book = openpyxl.load_workbook(_write(tmp_path / "x.xlsx", record))
    cut = book["turns"].cell(2, 15).value
    assert cut.endswith(" […]")
    assert len(cut.encode("utf-16-le")) // 2 <= excel.CHARACTERS_OF_A_CELL
    assert book["notes"]["A1"].value == (
        "turns: 1 cell of the column text had more than 32,767 characters, "
        "which is all that Excel holds, and end in […]"
    )


def test_excel_goes_on_in_another_sheet(tmp_path: Path, full: Minutes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "ROWS_OF_A_SHEET", 9)
    book = openpyxl.load_workbook(_write(tmp_path / "x.xlsx", full, full))
    assert (book["turns"].max_row, book["turns 2"].max_row) == (9, 3)
    assert any("turns 2" in str(cell.value) for (cell,) in book["notes"].iter_rows())


def test_a_date_before_excel_is_text(tmp_path: Path, full: Minutes) -> None:
    meeting = full.meeting.model_copy(update={"date": dt.date(1888, 3, 9)})
    sheet = openpyxl.load_workbook(_write(tmp_path / "x.xlsx", full.model_copy(update={"meeting": meeting})))
    assert "1888-03-09" in [cell.value for cell in sheet["meetings"][2]]


@pytest.mark.parametrize(("form", "package"), [("parquet", "pyarrow"), ("xlsx", "xlsxwriter")])
def test_a_missing_extra_is_named(tmp_path: Path, form: str, package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"corpus.writers.{'excel' if form == 'xlsx' else form}", raising=False)
    with pytest.raises(WriteError, match=rf"{form} needs {package}.*pip install 'protokollant\[tables\]'"):
        open_writer(tmp_path / "x", form)
    assert not list(tmp_path.iterdir())
