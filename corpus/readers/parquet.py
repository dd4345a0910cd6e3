"""Parquet files that hold documents, one a row: `path` names it, `content` has its bytes or `text` its text.

They are read like archives, one group of rows at a time. Extra `tables`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus.readers.content import ReadError, of_extra

MAGIC = b"PAR1"
MAX_ROWS = 5_000_000
MAX_GROUP = 1_000_000_000  # bytes of the documents in a group of rows, which are read together
_PATH, _CONTENT, _TEXT = "path", "content", "text"
_ENDING = ".txt"


@dataclass(frozen=True)
class _Index:
    """Where in a file each document is (group, row in it), and whether its bytes or its text are there."""

    rows: dict[str, tuple[int, int]]
    column: str


def row_names(path: Path) -> list[str]:
    """Return the names of the documents in a Parquet file, in the order of the rows; a name that comes again is one.

    A text has the name of its row with ".txt" behind it. `ReadError` where the columns are missing.
    """
    return list(_index(path, *_version(path)).rows)


def read_row(path: Path, name: str) -> bytes | None:
    """Return the bytes of one document; `None` where there is none of this name, or its row is empty."""
    version = _version(path)
    index = _index(path, *version)
    if name not in index.rows:
        return None
    group, row = index.rows[name]
    value = _group(path, *version, index.column, group)[row].as_py()
    return value.encode("utf-8", "surrogatepass") if isinstance(value, str) else value


def _version(path: Path) -> tuple[int, int]:
    about = path.stat()
    return about.st_mtime_ns, about.st_size


@lru_cache(maxsize=4)
def _index(path: Path, _changed: int, _size: int) -> _Index:
    with path.open("rb") as stream:
        file = _opened(stream, path)
        types = {field.name: str(field.type) for field in file.schema_arrow}
        column = next((name for name in (_CONTENT, _TEXT) if name in types), None)
        if "string" not in types.get(_PATH, "") or column is None or not _fits(column, types[column]):
            raise ReadError(f"{path} holds no documents: it needs the columns path and content (binary) or text")
        if file.metadata.num_rows > MAX_ROWS:
            raise ReadError(f"{path} has more than {MAX_ROWS} rows: divide it")
        rows: dict[str, tuple[int, int]] = {}
        for group in range(file.num_row_groups):
            for row, name in enumerate(file.read_row_group(group, columns=[_PATH])[_PATH].to_pylist()):
                if name:
                    named = name if column == _CONTENT or name.lower().endswith(_ENDING) else name + _ENDING
                    rows.setdefault(named.lstrip("/"), (group, row))
    return _Index(rows, column)


@lru_cache(maxsize=1)  # documents are read one after another
def _group(path: Path, _changed: int, _size: int, column: str, group: int) -> Any:
    with path.open("rb") as stream:
        file = _opened(stream, path)
        about = file.metadata.row_group(group)
        sizes = {x.path_in_schema: x.total_uncompressed_size for x in map(about.column, range(about.num_columns))}
        if sizes[column] > MAX_GROUP:
            raise ReadError(f"{path} has more than {MAX_GROUP} bytes in a group of rows: write it in smaller groups")
        return file.read_row_group(group, columns=[column])[column]


def _opened(stream: Any, path: Path) -> Any:
    parquet = of_extra("pyarrow.parquet", "tables", str(path), "Parquet")
    try:
        return parquet.ParquetFile(stream)
    except (OSError, ValueError) as error:  # those of Arrow are of these two kinds
        raise ReadError(f"{path} is a damaged Parquet file: get it again") from error


def _fits(column: str, kind: str) -> bool:
    return ("binary" if column == _CONTENT else "string") in kind
