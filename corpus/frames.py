"""The tables of many records at once, as pandas data frames (extra `notebook`) or as `datasets.Dataset`."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args

from corpus.dataset import ExtraMissing
from corpus.frame import need_pandas
from corpus.records import Records, records_of
from corpus.store import Selection
from corpus.tables import Cell, Column, Kind, RegisterIds, Table, clean_rows, tables

if TYPE_CHECKING:
    import pandas
    from datasets import Dataset

TableName = Literal["meetings", "persons", "agenda", "turns", "decisions", "votes", "links", "attendance"]
TABLES: tuple[TableName, ...] = get_args(TableName)

_ROWS_OF_A_BATCH = 5_000
_TYPES: dict[Kind, tuple[str, str]] = {  # where a cell may be empty, and where it may not
    "text": ("string", "string"),
    "list": ("object", "object"),
    "integer": ("Int64", "int64"),
    "number": ("float64", "float64"),
    "truth": ("boolean", "bool"),
    "date": ("datetime64[s]", "datetime64[s]"),  # seconds reach back before 1677, nanoseconds do not
    "time": ("object", "object"),
}


class Frames(NamedTuple):
    """One data frame for each table; their columns are those of docs/tables.md."""

    meetings: pandas.DataFrame
    persons: pandas.DataFrame
    agenda: pandas.DataFrame
    turns: pandas.DataFrame
    decisions: pandas.DataFrame
    votes: pandas.DataFrame
    links: pandas.DataFrame
    attendance: pandas.DataFrame


def frames(source: Records, selection: Selection | None = None, *, register: RegisterIds | None = None) -> Frames:
    """Return all tables of a store, of a file of records, or of records; `register` fills `persons.register_id`.

    Records are read one at a time, and what stays in memory are the rows. What is not stated is `<NA>` (in numbers
    with a fraction NaN, in dates NaT, of times `None`); lists are tuples, times those of Python. Errors: as of
    `records_of`, and `ImportError` without pandas.
    """
    need_pandas()
    wanted = tables(register)
    held: list[list[list[Cell]]] = [[[] for _ in table.columns] for table in wanted]
    for minutes in records_of(source, selection):
        for table, cells in zip(wanted, held, strict=True):
            for row in clean_rows(table, minutes):
                for column, cell in zip(cells, row, strict=True):
                    column.append(cell)
    return Frames(*(_frame(table, cells) for table, cells in zip(wanted, held, strict=True)))


def frame_of(
    source: Records, table: TableName, selection: Selection | None = None, *, register: RegisterIds | None = None
) -> pandas.DataFrame:
    """Return one of the tables as `frames` has it, and keep only its rows in memory."""
    need_pandas()
    chosen = _named(table, register)
    cells: list[list[Cell]] = [[] for _ in chosen.columns]
    for row in _rows(chosen, source, selection):
        for column, cell in zip(cells, row, strict=True):
            column.append(cell)
    return _frame(chosen, cells)


def dataset_of(
    source: Records, table: TableName, selection: Selection | None = None, *, register: RegisterIds | None = None
) -> Dataset:
    """Return one of the tables as a dataset with typed features (extra `datasets`).

    Columns with a fixed set of values (`label`, `outcome`, …) are of the type `ClassLabel`. Rows are packed as they
    come and held in memory, in Arrow's form; nothing is cached on the disk. Errors: as of `records_of`, and
    `ExtraMissing` without the package `datasets`.
    """
    try:
        import pyarrow as pa
        from datasets import Dataset, Features
        from datasets.table import InMemoryTable
    except ModuleNotFoundError as error:
        raise ExtraMissing("the package datasets is not installed: pip install 'protokollant[datasets]'") from error

    chosen = _named(table, register)
    schema = Features({column.name: _feature(column) for column in chosen.columns}).arrow_schema
    rows = _rows(chosen, source, selection)
    batches = []
    while batch := list(islice(rows, _ROWS_OF_A_BATCH)):
        columns = [
            _coded(column, cells) for column, cells in zip(chosen.columns, zip(*batch, strict=True), strict=True)
        ]
        arrays = [pa.array(cells, field.type) for cells, field in zip(columns, schema, strict=True)]
        batches.append(pa.record_batch(arrays, schema=schema))
    return Dataset(InMemoryTable(pa.Table.from_batches(batches, schema=schema)))


def _named(name: str, register: RegisterIds | None) -> Table:
    for table in tables(register):
        if table.name == name:
            return table
    raise ValueError(f"no such table: {name}; there are {', '.join(TABLES)}")


def _rows(table: Table, source: Records, selection: Selection | None) -> Iterator[list[Cell]]:
    for minutes in records_of(source, selection):
        yield from clean_rows(table, minutes)


def _frame(table: Table, cells: list[list[Cell]]) -> pandas.DataFrame:
    import pandas

    typed = {}
    for column in table.columns:  # each list goes as soon as its column is made
        typed[column.name] = pandas.Series(cells.pop(0), dtype=_dtype(column), name=column.name)
    return pandas.DataFrame(typed)


def _dtype(column: Column) -> Any:
    import pandas

    if column.values:
        return pandas.CategoricalDtype(list(column.values))
    return _TYPES[column.kind][0 if column.nullable else 1]


def _feature(column: Column) -> Any:
    from datasets import ClassLabel, List, Value

    if column.values:
        return ClassLabel(names=list(column.values))
    if column.kind == "list":
        return List(Value("string"))
    types: dict[Kind, str] = {
        "text": "string",
        "integer": "int64",
        "number": "float64",
        "truth": "bool",
        "date": "date32",
        "time": "time32[ms]",
    }
    return Value(types[column.kind])


def _coded(column: Column, cells: tuple[Cell, ...]) -> list[Any]:
    """Return the cells of a column, with numbers for the values of a class label."""
    if not column.values:
        return list(cells)
    numbers = {value: number for number, value in enumerate(column.values)}
    return [None if cell is None else numbers[str(cell)] for cell in cells]
