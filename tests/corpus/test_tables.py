from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from corpus.frame import TurnRow
from corpus.record import Minutes
from corpus.tables import Kind, Table, tables

DOCS = Path(__file__).parents[2] / "docs" / "tables.md"
TYPES: dict[Kind, type] = {
    "text": str,
    "list": tuple,
    "integer": int,
    "number": float,
    "truth": bool,
    "date": dt.date,
    "time": dt.time,
}


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_every_column_is_documented_with_its_type(table: Table) -> None:
    section = re.search(rf"^## {table.name}\n(.*?)(?=^## |\Z)", DOCS.read_text(encoding="utf-8"), re.M | re.S)
    assert section, table.name
    found = re.findall(r"^\| `(\w+)` \| (\w+)( or empty)? \|", section[1], re.MULTILINE)
    assert found == [(x.name, x.kind, " or empty" if x.nullable else "") for x in table.columns]


def test_the_table_of_turns_begins_with_the_columns_of_the_csv_file() -> None:
    (turns,) = [table for table in tables() if table.name == "turns"]
    assert tuple(column.name for column in turns.columns[: len(TurnRow._fields)]) == TurnRow._fields


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.name)
def test_cells_are_of_the_type_of_their_column(table: Table, minutes: Minutes) -> None:
    for row in table.rows(minutes):
        for cell, column in zip(row, table.columns, strict=True):
            assert column.nullable if cell is None else isinstance(cell, TYPES[column.kind]), column.name


def test_persons_have_the_id_of_the_register(minutes: Minutes) -> None:
    (persons,) = [table for table in tables({("rat.txt", "p2"): "r7"}) if table.name == "persons"]
    number = [column.name for column in persons.columns].index("register_id")
    assert [row[number] for row in persons.rows(minutes)] == [None, "r7"]
