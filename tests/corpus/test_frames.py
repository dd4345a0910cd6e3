from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus import dataset_of, frame_of, frames, records_of
from corpus.dataset import ExtraMissing
from corpus.frames import TABLES, Frames
from corpus.record import Meeting, Minutes
from corpus.records import RecordError, Records
from corpus.store import Selection, Store
from corpus.tables import tables


@pytest.fixture
def council(minutes: Minutes) -> Minutes:
    meeting = Meeting(body="Kreistag", date=dt.date(1650, 3, 1), start_time=dt.time(19, 0), public=True)
    return minutes.model_copy(update={"source": "kreis/1650.txt", "meeting": meeting})


@pytest.fixture
def store(minutes: Minutes, council: Minutes, tmp_path: Path) -> Path:
    with Store(tmp_path / "archive.db") as opened:
        opened.put(minutes)
        opened.put(council.model_copy(update={"sha256": "1" * 64}))  # of the same content there would be one record
    return tmp_path / "archive.db"


def test_every_table_is_a_frame_with_its_columns(minutes: Minutes) -> None:
    assert tuple(table.name for table in tables()) == TABLES == Frames._fields
    found = frames(minutes)
    for table, frame in zip(tables(), found, strict=True):
        assert list(frame.columns) == [column.name for column in table.columns]
        assert frame.equals(frame_of(minutes, table.name))  # type: ignore[arg-type]
    assert [len(frame) for frame in found] == [1, 2, 1, 3, 1, 0, 1, 0]


def test_columns_are_typed_whatever_is_in_them(minutes: Minutes, council: Minutes) -> None:
    full, nothing = frames([minutes, council]), frames([])
    for one, other in zip(full, nothing, strict=True):
        assert one.dtypes.equals(other.dtypes)
        assert len(other) == 0
    assert str(full.meetings["date"].dtype) == "datetime64[s]"
    assert list(full.meetings["date"].isna()) == [True, False]
    assert full.meetings["date"][1] == dt.datetime(1650, 3, 1)  # before what nanoseconds reach
    assert full.meetings["start_time"][1] == dt.time(19, 0)
    assert full.meetings["pages"].dtype == "Int64"
    assert full.meetings["public"].dtype == "boolean"
    assert full.turns["start"].dtype == "int64"
    assert list(full.turns["label"].cat.categories) == ["question", "answer", "addition", "decision", "other"]
    assert full.turns["label"].value_counts()["answer"] == 2
    assert full.turns["speakers"][0] == ("Lux",)
    assert (full.decisions["yes"].sum(), full.decisions["abstain"].isna().sum()) == (16, 2)


def test_a_label_that_is_missing_is_missing(minutes: Minutes) -> None:
    question = minutes.turns[0].model_copy(update={"label": None})
    record = minutes.model_copy(update={"turns": (question,), "decisions": ()})
    assert frame_of(record, "turns")["label"].isna().all()
    assert dataset_of(record, "turns")[0]["label"] is None


def test_the_same_from_a_store_a_file_and_records(
    minutes: Minutes, council: Minutes, store: Path, tmp_path: Path
) -> None:
    lines = tmp_path / "minutes.jsonl"
    lines.write_text("".join(f"{record.to_json()}\n" for record in (minutes, council)), encoding="utf-8")
    with Store(store) as opened:
        sources: list[Records] = [opened, store, str(store), lines, [minutes, council], iter((minutes, council))]
        for source in sources:
            assert sorted(frame_of(source, "turns")["source"]) == ["kreis/1650.txt"] * 3 + ["rat.txt"] * 3


@pytest.mark.parametrize(
    "selection",
    [
        Selection(),
        Selection(body="KREIS"),
        Selection(body="Stadt"),
        Selection(since=dt.date(1650, 3, 1)),
        Selection(since=dt.date(1650, 3, 2)),
        Selection(until=dt.date(1650, 3, 1)),
        Selection(until=dt.date(1650, 2, 28)),
        Selection(path="kreis/*"),
        Selection(path="[^k]*"),
        Selection(path="KREIS/*"),
    ],
)
def test_a_selection_means_the_same_everywhere(
    selection: Selection, minutes: Minutes, council: Minutes, store: Path
) -> None:
    of_store = list(frame_of(store, "meetings", selection)["source"])
    assert sorted(frame_of([council, minutes], "meetings", selection)["source"]) == of_store
    assert list(frames(store, selection).meetings["source"]) == of_store


def test_ids_of_a_register_come_in(minutes: Minutes) -> None:
    ids = {("rat.txt", "p2"): "r7"}
    assert list(frames(minutes, register=ids).persons["register_id"].fillna("")) == ["", "r7"]
    assert dataset_of(minutes, "persons", register=ids)["register_id"][1] == "r7"


def test_a_dataset_of_every_table_has_the_cells_of_the_frame(minutes: Minutes, council: Minutes) -> None:
    for table in tables():
        found = dataset_of([minutes, council], table.name)  # type: ignore[arg-type]
        frame = frame_of([minutes, council], table.name)  # type: ignore[arg-type]
        assert found.column_names == list(frame.columns)
        assert len(found) == len(frame)
        for column in table.columns:
            if column.values:
                assert found.features[column.name].names == list(column.values)
    meeting = dataset_of(council, "meetings")[0]
    assert (meeting["date"], meeting["start_time"], meeting["public"]) == (dt.date(1650, 3, 1), dt.time(19, 0), True)
    (turn, *_) = dataset_of(minutes, "turns")
    assert (turn["label"], turn["speakers"], turn["confidence"]) == (0, ["Lux"], 0.75)


def test_a_dataset_of_more_rows_than_a_batch(minutes: Minutes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules["corpus.frames"], "_ROWS_OF_A_BATCH", 2)  # `corpus.frames` is the function
    assert dataset_of([minutes, minutes], "turns")["turn"][:] == ["t1", "t2", "t3"] * 2


def test_text_that_no_file_can_hold_stays_readable(minutes: Minutes) -> None:
    place = Meeting(place="Saal \ud800")
    record = minutes.model_copy(update={"meeting": place})
    assert frames(record).meetings["place"][0] == dataset_of(record, "meetings")[0]["place"] == "Saal \ufffd"


def test_what_is_no_source_of_records_says_so(minutes: Minutes, tmp_path: Path) -> None:
    text = tmp_path / "rat.txt"
    text.write_text("Niederschrift\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"rat\.txt: line 1 is no record"):
        frames(text)
    with pytest.raises(RecordError, match=r"fehlt\.db cannot be read"):
        frames(tmp_path / "fehlt.db")
    with pytest.raises(TypeError, match="dict is no record: give Minutes, a Store, or the path"):
        frames([minutes.model_dump()])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="no such table: speeches; there are meetings, "):
        frame_of(minutes, "speeches")  # type: ignore[arg-type]
    damaged = tmp_path / "damaged.db"
    damaged.write_bytes(b"SQLite format 3\0" + b"x" * 500)
    with pytest.raises(RecordError, match=r"damaged\.db"):
        frames(damaged)


def test_a_record_is_read_only_when_the_one_before_has_its_rows(minutes: Minutes) -> None:
    read: list[int] = []

    def source() -> Iterator[Minutes]:
        for number in range(3):
            read.append(number)
            yield minutes

    given = records_of(source())
    assert read == []
    next(iter(given))
    assert read == [0]


def test_the_extras_are_named(minutes: Minutes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'protokollant\[datasets\]'"):
        dataset_of(minutes, "turns")
    monkeypatch.setitem(sys.modules, "pandas", None)
    for call in (lambda: frames(minutes), lambda: frame_of(minutes, "turns")):
        with pytest.raises(ImportError, match=r"pip install protokollant\[notebook\]"):
            call()
