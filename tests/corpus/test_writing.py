from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path

import pytest

from corpus.frame import TurnRow
from corpus.record import Minutes, Person
from corpus.writers.cells import unguarded
from corpus.writing import WriteError, open_writer


def test_json_lines(tmp_path: Path, minutes: Minutes) -> None:
    path = tmp_path / "out.jsonl"
    with open_writer(path) as writer:
        writer.write(minutes)
        writer.write(minutes)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [Minutes.model_validate_json(line) for line in lines] == [minutes, minutes]


def test_csv(tmp_path: Path, minutes: Minutes) -> None:
    path = tmp_path / "out.csv"
    with open_writer(path) as writer:
        writer.write(minutes)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert tuple(rows[0]) == TurnRow._fields
    assert rows[0]["text"] == "Frau Lux (GRÜNE) fragt, ob der Weg gesperrt sei."
    assert rows[0]["confidence"] == "0.75"
    assert (rows[1]["speakers"], rows[1]["addressees"], rows[1]["replies_to"]) == ("Sommer", "Lux", "t1")
    assert (rows[2]["outcome"], rows[2]["speakers"]) == ("adopted", "")
    assert minutes.text[int(rows[0]["start"]) : int(rows[0]["end"])].startswith("Frau Lux")


def test_csv_joins_lists(tmp_path: Path, minutes: Minutes) -> None:
    first = minutes.turns[0].model_copy(update={"speakers": ("p1", "p2"), "roles": ("=1+1", 'Rat "x"; y')})
    path = tmp_path / "out.csv"
    with open_writer(path) as writer:
        writer.write(minutes.model_copy(update={"turns": (first,), "decisions": ()}))
    with path.open(encoding="utf-8", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["speakers"] == "Lux; Sommer"
    assert row["roles"] == '\'=1+1; Rat "x"; y'


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("- Herr Lux: ja", "'- Herr Lux: ja"),
        ("+49 30 1", "'+49 30 1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("'s Rat", "'s Rat"),
        ("Herr Lux = Rat", "Herr Lux = Rat"),
        ("10 - 2", "10 - 2"),
    ],
)
def test_csv_guards_what_a_spreadsheet_would_compute(tmp_path: Path, minutes: Minutes, text: str, cell: str) -> None:
    turn = minutes.turns[0].model_copy(update={"start": 0, "end": len(text)})
    record = minutes.model_copy(update={"text": text, "turns": (turn,), "decisions": ()})
    with open_writer(tmp_path / "out.csv") as writer:
        writer.write(record)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["text"] == cell
    assert unguarded(cell) == text


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a\nb", "a b"),
        ("a \r\n\n\t b", "a b"),
        ("a\fb\u2028c\x85d", "a b c d"),
        ("a  b\tc", "a  b\tc"),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_csv_folds_line_breaks_and_nothing_else(tmp_path: Path, minutes: Minutes, text: str, cell: str) -> None:
    turn = minutes.turns[0].model_copy(update={"start": 0, "end": len(text)})
    record = minutes.model_copy(update={"text": text, "turns": (turn,), "decisions": ()})
    with open_writer(tmp_path / "out.csv") as writer:
        writer.write(record)
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["text"] == cell


def test_csv_has_its_header_without_any_turn(tmp_path: Path) -> None:
    with open_writer(tmp_path / "out.csv"):
        pass
    assert (tmp_path / "out.csv").read_text() == ",".join(TurnRow._fields) + "\n"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_lone_surrogate_becomes_one_character(tmp_path: Path, minutes: Minutes, form: str) -> None:
    record = minutes.model_copy(
        update={
            "text": minutes.text.replace("Lux", "L\udcfcx"),
            "persons": (Person(id="p1", kind="person", name="L\udcfcx"), minutes.persons[1]),
        }
    )
    path = tmp_path / f"out.{form}"
    with open_writer(path) as writer:
        writer.write(record)
    written = path.read_text(encoding="utf-8")
    assert "L\ufffdx" in written
    if form == "jsonl":
        assert len(Minutes.model_validate_json(written).text) == len(minutes.text)


def test_the_form_given_goes_before_the_ending(tmp_path: Path, minutes: Minutes) -> None:
    with open_writer(tmp_path / "out.dat", "jsonl") as writer:
        writer.write(minutes)
    assert json.loads((tmp_path / "out.dat").read_text(encoding="utf-8"))["source"] == "rat.txt"


@pytest.mark.parametrize("name", ["out.ods", "out", ".jsonl", "out.jsonl.gz"])
def test_an_unknown_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(
        WriteError, match=r"no known form of output; let the name end in one of \.jsonl, \.csv, \.parquet"
    ):
        open_writer(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_an_ending_in_capitals_is_known(tmp_path: Path) -> None:
    with open_writer(tmp_path / "OUT.CSV"):
        pass
    assert (tmp_path / "OUT.CSV").exists()


def test_a_run_that_breaks_off_leaves_the_older_file(tmp_path: Path, minutes: Minutes) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text("older")
    with pytest.raises(RuntimeError), open_writer(path) as writer:
        writer.write(minutes)
        assert path.read_text() == "older"
        raise RuntimeError
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_but_the_file_is_left(tmp_path: Path, minutes: Minutes) -> None:
    with open_writer(tmp_path / "out.jsonl") as writer:
        writer.write(minutes)
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]
    umask = os.umask(0)
    os.umask(umask)
    assert stat.S_IMODE((tmp_path / "out.jsonl").stat().st_mode) == 0o666 & ~umask


def test_a_link_stays_a_link(tmp_path: Path, minutes: Minutes) -> None:
    target = tmp_path / "echt.jsonl"
    target.write_text("older")
    link = tmp_path / "out.jsonl"
    link.symlink_to(target)
    with open_writer(link) as writer:
        writer.write(minutes)
    assert link.is_symlink()
    assert Minutes.model_validate_json(target.read_text(encoding="utf-8")) == minutes


def test_a_device_is_written_to_and_stays(minutes: Minutes) -> None:
    with open_writer(os.devnull, "csv") as writer:
        writer.write(minutes)
    assert not Path(os.devnull).is_file()


def test_outputs_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match="does not exist; make it first"):
        open_writer(tmp_path / "fehlt" / "out.csv")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(WriteError, match="is a folder: name a file in it"):
        open_writer(tmp_path / "folder.csv")


def test_standard_output(minutes: Minutes, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with open_writer("-") as writer:
        writer.write(minutes)
    assert Minutes.model_validate_json(capfdbinary.readouterr().out) == minutes


def test_standard_output_without_bytes(minutes: Minutes, capsys: pytest.CaptureFixture[str]) -> None:
    with open_writer("-", "csv") as writer:
        writer.write(minutes)
    assert capsys.readouterr().out.startswith("source,turn,agenda_number")
