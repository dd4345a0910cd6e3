"""Search for names in whatever a command wrote: all bytes of all files, packed ones unpacked."""

from __future__ import annotations

import html
import re
import sqlite3
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet

_WORD = re.compile(r"[^\W\d_]+")
_DIVIDED = re.compile(r"[-\u2010\u2011\u00ad¬](?:\s|\\r|\\n|&#10;|<lb[^>]*>)*(?:\n|\\n|&#10;|<lb[^>]*>)(?:\s|\\r|\\n)*")
_TAG = re.compile(r"<[^>]+>")
_SPACED = re.compile(r"\b\w(?: \w\b){2,}")


def words_in(folder: Path) -> set[str]:
    """Return all words of all files under a folder, as `words_of` returns those of a text."""
    return {
        word for path in sorted(folder.rglob("*")) if path.is_file() for text in texts(path) for word in words_of(text)
    }


def words_of(text: str) -> set[str]:
    """Return the words of a text that begin with a capital, lower case: as they stand, and joined over line ends.

    Lower-case words are no names ("kurz"), and what stands in an address on the web is one word with it.
    """
    text = unicodedata.normalize("NFC", text)
    tagless = _TAG.sub("", text)
    variants = (text, _DIVIDED.sub("", text), tagless, _DIVIDED.sub("", tagless))
    spaced = (match.group().replace(" ", "") for variant in variants for match in _SPACED.finditer(variant))
    return {
        word.group().casefold()
        for variant in (*variants, *spaced)
        for word in _WORD.finditer(variant.replace("\\n", "\n").replace("\\t", "\t"))
        if not word.group().islower()
    }


_INDEX = ("_data", "_idx")  # of the search: words in pieces, which stand whole in its table


def texts(path: Path) -> Iterator[str]:
    """Yield what stands in a file: its bytes, and what they hold packed."""
    data = path.read_bytes()
    yield path.name
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            for name in (name for name in archive.namelist() if "theme" not in name):  # "Times New Roman"
                yield html.unescape(archive.read(name).decode("utf-8", "ignore"))
    elif path.suffix == ".parquet":
        for column in pyarrow.parquet.read_table(path).to_pydict().values():
            yield from map(str, _flat(column))
    elif path.suffix == ".db":
        yield from _stored(path)
    else:
        yield html.unescape(data.decode("utf-8"))


def _stored(path: Path) -> Iterator[str]:
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table.endswith(_INDEX):
            continue
        for row in db.execute(f'SELECT * FROM "{table}"'):
            for cell in row:
                yield zlib.decompress(cell).decode() if table == "record" and isinstance(cell, bytes) else str(cell)
    db.close()


def _flat(cells: Iterable[object]) -> Iterator[object]:
    for cell in cells:
        if isinstance(cell, list):
            yield from _flat(cell)
        else:
            yield cell
