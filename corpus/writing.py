"""Writing of records in every form of output, one document at a time, in place only when all of it is there."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Protocol

from pydantic_core import PydanticSerializationError

from corpus.frame import TurnRow, turn_rows
from corpus.joining import encodable
from corpus.locations import is_address
from corpus.record import Minutes
from corpus.tables import RegisterIds, tables
from corpus.writers.archive import StoreWriter
from corpus.writers.cells import csv_line
from corpus.writers.document_folder import DocumentFolder
from corpus.writers.markdown import markdown
from corpus.writers.places import STANDARD_OUTPUT as STANDARD_OUTPUT
from corpus.writers.places import Place, text_place
from corpus.writers.places import WriteError as WriteError
from corpus.writers.table_folder import CsvSheet, TableFolder
from corpus.writers.tei import tei
from corpus.writers.upload import Upload


@dataclass(frozen=True)
class Form:
    """A form of output: the ending of a target that has it, and what the target is."""

    ending: str | None
    target: str


FORMS = {
    "jsonl": Form(".jsonl", "a file with one record a line"),
    "csv": Form(".csv", "a file with one turn a row"),
    "tables": Form(None, "a folder with one CSV file a table"),
    "parquet": Form(".parquet", "a folder with one Parquet file a table"),
    "xlsx": Form(".xlsx", "an Excel workbook with one sheet a table"),
    "store": Form(".db", "a new store, an SQLite file"),
    "tei": Form(".tei", "a folder with one TEI file a document"),
    "markdown": Form(".md", "a file with one summary after the other, or a folder with one file a document"),
}


class Writer(Protocol):
    """Takes records one at a time; what is written counts when the `with` block ends without an error."""

    def write(self, minutes: Minutes) -> None:
        """Append one record."""

    def __enter__(self) -> Writer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_writer(target: str | Path, form: str | None = None, *, register: RegisterIds | None = None) -> Writer:
    """Open a writer for a file or folder, or for the standard output if the target is "-".

    The ending of the target decides the form unless `form`, one of `FORMS`, is given; the standard output has JSON
    lines by default. Files and folders appear, or replace older ones, only at the end: a killed run leaves the older.
    An address ("s3://archiv/turns.csv") gets a copy of what was made on this machine. `register` puts ids
    of a register of persons into the tables and into TEI. `WriteError` if the form is unknown, needs what is not
    installed, or the target cannot be written.
    """
    form = form or _form_of(target)
    if form not in FORMS:
        raise WriteError(f"{target}: no such form of output: {form}; there are {', '.join(FORMS)}")
    if is_address(str(target)):
        return Upload(str(target), lambda made: open_writer(made, form, register=register))
    if form == "jsonl":
        return _Lines(text_place(target), _json_line)
    if form == "csv":
        return _Lines(text_place(target), _turns, head=csv_line(TurnRow._fields))
    is_output = str(target) == STANDARD_OUTPUT
    if form == "markdown" and (is_output or _ending(target) == FORMS[form].ending):
        return _Lines(text_place(target), markdown, between="\n")
    if is_output:
        raise WriteError(f"the standard output cannot hold {form}, which is {FORMS[form].target}: name it with -o")
    path = Path(target)
    if form == "markdown":
        return DocumentFolder(path, ".md", markdown)
    if form == "tei":
        return DocumentFolder(path, ".xml", partial(tei, register=register))
    if form == "store":
        return StoreWriter(path)
    if form == "tables":
        return TableFolder(path, tables(register), ".csv", CsvSheet)
    return _typed(path, form, register)


def _typed(path: Path, form: str, register: RegisterIds | None) -> Writer:
    """Open a writer that needs the extra `tables`."""
    try:
        if form == "xlsx":
            from corpus.writers.excel import ExcelWriter

            return ExcelWriter(path, tables(register))
        from corpus.writers.parquet import ParquetSheet
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in ("pyarrow", "xlsxwriter"):
            raise
        raise WriteError(
            f"{form} needs {missing}, which is not installed: pip install 'protokollant[tables]'"
        ) from error
    return TableFolder(path, tables(register), ".parquet", ParquetSheet)


def _form_of(target: str | Path) -> str:
    if str(target) == STANDARD_OUTPUT:
        return "jsonl"
    endings = {form.ending: name for name, form in FORMS.items() if form.ending}
    if (ending := _ending(target)) not in endings:
        known = ", ".join(endings)
        raise WriteError(f"{target}: no known form of output; let the name end in one of {known}, or name the form")
    return endings[ending]


def _ending(target: str | Path) -> str:
    return Path(target).suffix.lower()


class _Lines:
    """Writes what `lines` makes of a record, after a head, with `between` between two records."""

    def __init__(self, place: Place, lines: Callable[[Minutes], str], head: str = "", between: str = "") -> None:
        self._place = place
        self._lines = lines
        self._before, self._between = "", between
        place.put(head)

    def write(self, minutes: Minutes) -> None:
        self._place.put(self._before + encodable(self._lines(minutes)))
        self._before = self._between

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._place.close(complete=kind is None)


def _json_line(minutes: Minutes) -> str:
    try:
        return minutes.to_json() + "\n"
    except PydanticSerializationError:  # a lone surrogate
        record = minutes.model_dump(mode="json", by_alias=True)
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _turns(minutes: Minutes) -> str:
    return "".join(map(csv_line, turn_rows(minutes)))
