"""Parquet: one file of typed columns for each table (extra `tables`)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from corpus.tables import Column, Kind, Row, Table

# A row group is closed at the first of these: many short rows, or few rows of long texts.
ROWS_OF_A_GROUP = 20_000
CHARACTERS_OF_A_GROUP = 8_000_000

_TYPES: dict[Kind, pa.DataType] = {
    "text": pa.string(),
    "list": pa.list_(pa.field("item", pa.string(), nullable=False)),
    "integer": pa.int64(),
    "number": pa.float64(),
    "truth": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time32("ms"),
}


class ParquetSheet:
    """A Parquet file, written in row groups of bounded size."""

    def __init__(self, path: Path, table: Table) -> None:
        self._schema = schema(table.columns)
        self._file = pq.ParquetWriter(path, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._characters = 0

    def add(self, rows: Sequence[Row]) -> None:
        for row in rows:
            self._rows.append(row)
            self._characters += sum(len(cell) for cell in row if isinstance(cell, str))
            if len(self._rows) >= ROWS_OF_A_GROUP or self._characters >= CHARACTERS_OF_A_GROUP:
                self._write_group()

    def close(self) -> None:
        if self._rows:
            self._write_group()
        self._file.close()

    def _write_group(self) -> None:
        columns = zip(*self._rows, strict=True)
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, self._schema, strict=True)]
        self._file.write_table(pa.Table.from_arrays(arrays, schema=self._schema), row_group_size=len(self._rows))
        self._rows.clear()
        self._characters = 0


def schema(columns: Sequence[Column]) -> pa.Schema:
    """Return the Arrow schema of a table; a column that may not be empty says so."""
    return pa.schema([pa.field(column.name, _TYPES[column.kind], nullable=column.nullable) for column in columns])
