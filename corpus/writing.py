"""Writing of records: JSON lines or CSV, one document at a time, in place only when all of it is there."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol

from pydantic_core import PydanticSerializationError

from corpus.frame import TurnRow, turn_rows
from corpus.placing import is_stream, part_of, put_in_place
from corpus.record import Minutes

FORMS = ("jsonl", "csv")
STANDARD_OUTPUT = "-"

_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


class WriteError(ValueError):
    """An output that cannot be written; the message names it and says what to do."""


class Writer(Protocol):
    """Takes records one at a time; what is written counts when the `with` block ends without an error."""

    def write(self, minutes: Minutes) -> None:
        """Append one record."""

    def __enter__(self) -> Writer: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def open_writer(target: str | Path, form: str | None = None) -> Writer:
    """Open a writer for a file, or for the standard output if the target is "-".

    The ending of the file decides the form unless `form` is given; the standard output has JSON lines by
    default. A file appears, or replaces an older one, only at the end: a killed run leaves the older one.
    `WriteError` if the form is unknown or the file cannot be written.
    """
    form = form or ("jsonl" if str(target) == STANDARD_OUTPUT else Path(target).suffix.lower().lstrip("."))
    if form not in FORMS:
        known = " or ".join("." + known for known in FORMS)
        raise WriteError(f"{target}: no known form of output; let the name end in {known}, or name the form")
    output = _StandardOutput() if str(target) == STANDARD_OUTPUT else _File(Path(target))
    if form == "jsonl":
        return _Lines(output, _json_line)
    return _Lines(output, _csv_lines, head=_csv_line(TurnRow._fields))


class _Output(Protocol):
    def put(self, text: str) -> None: ...

    def close(self, complete: bool) -> None: ...


class _StandardOutput:
    """UTF-8 whatever the locale says; in a notebook, which has no bytes below the text, the text."""

    def __init__(self) -> None:
        self._bytes: IO[bytes] | None = getattr(sys.stdout, "buffer", None)

    def put(self, text: str) -> None:
        if self._bytes is None:
            sys.stdout.write(text)
        else:
            self._bytes.write(text.encode("utf-8"))

    def close(self, complete: bool) -> None:
        sys.stdout.flush()


class _File:
    """Written to a hidden neighbour and moved into place; a device or a pipe is written to directly."""

    def __init__(self, path: Path) -> None:
        # A link stays a link: what it points to is replaced.
        self._path = path.resolve()
        self._direct = is_stream(path)
        self._part = self._path if self._direct else part_of(self._path)
        if path.is_dir():
            raise WriteError(f"{path} is a folder: name a file in it")
        if path.exists() and not os.access(path, os.W_OK):
            raise WriteError(f"{path} may not be written: check its permissions")
        try:
            self._stream = self._part.open("w", encoding="utf-8", newline="")
        except FileNotFoundError as error:
            raise WriteError(f"{path}: the folder {path.parent} does not exist; make it first") from error
        except OSError as error:
            raise WriteError(f"{path} cannot be written: {error.strerror or error}") from error

    def put(self, text: str) -> None:
        self._stream.write(text)

    def close(self, complete: bool) -> None:
        try:
            self._stream.close()
            if complete and not self._direct:
                put_in_place(self._part, self._path)
        finally:
            if not self._direct:
                self._part.unlink(missing_ok=True)


class _Lines:
    """Writes what `lines` makes of a record, after a head."""

    def __init__(self, output: _Output, lines: Callable[[Minutes], str], head: str = "") -> None:
        self._output = output
        self._lines = lines
        output.put(head)

    def write(self, minutes: Minutes) -> None:
        # A lone surrogate cannot be encoded; one character for another keeps the offsets true.
        self._output.put(_SURROGATE.sub("\ufffd", self._lines(minutes)))

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._output.close(complete=kind is None)


def _json_line(minutes: Minutes) -> str:
    try:
        return minutes.to_json() + "\n"
    except PydanticSerializationError:  # a lone surrogate
        record = minutes.model_dump(mode="json", by_alias=True)
        return json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n"


def _csv_lines(minutes: Minutes) -> str:
    return "".join(_csv_line(_cell(value) for value in row) for row in turn_rows(minutes))


def _csv_line(cells: Iterable[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "; ".join(_cell(part) for part in value)
    return _SPACE.sub(lambda space: " " if _LINE_BREAK.search(space[0]) else space[0], str(value))
