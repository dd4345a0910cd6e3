from __future__ import annotations

import csv
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.records import read_records
from corpus.store import Store
from pipeline.cli import app, main
from tests.pipeline import ruled

HEAD = "Niederschrift über die 1. Sitzung des Gemeinderates am 14. Mai 2024\n\nAnwesend:\n{}\n\nTOP 1 Wege\n\n{}\n"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.jsonl"
    texts = (
        HEAD.format("Rätin Anna Lux\nRat Bernd Roth\nRätin Carla Ebel", "Frau Lux fragt, ob der Weg frei sei."),
        HEAD.format("Rätin A. Lux\nRat Bernd Roth\nRätin Carla Ebel", "Frau Lux fragt, ob der Weg frei sei."),
    )
    minutes = [ruled.extract(text).model_copy(update={"source": f"{n}.txt"}) for n, text in enumerate(texts, 1)]
    path.write_text("".join(one.to_json() + "\n" for one in minutes), encoding="utf-8")
    return path


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_register_is_written_corrected_and_joined(tmp_path: Path, records: Path) -> None:
    register = tmp_path / "register.csv"
    result = CliRunner().invoke(app, ["register", str(records), "-o", str(register)])
    assert result.exit_code == 0, result.output
    rows = _rows(register)
    lux = [row for row in rows if row["name"] == "Lux"]
    assert len({row["register_id"] for row in lux}) == 1
    assert f"of 2 documents written to {register}" in result.stderr
    lux[1]["decision"] = "different"
    with register.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    again = ["register", str(records), "-o", str(register), "--corrections", str(register)]
    assert CliRunner().invoke(app, again).exit_code == 0
    lux = [row for row in _rows(register) if row["name"] == "Lux"]
    assert len({row["register_id"] for row in lux}) == 2
    tables = tmp_path / "tables"
    written = ["write", str(records), "-o", str(tables), "--format", "tables", "--register", str(register)]
    assert CliRunner().invoke(app, written).exit_code == 0
    joined = {(row["source"], row["name"]): row["register_id"] for row in _rows(tables / "persons.csv")}
    assert joined[("1.txt", "Roth")] == joined[("2.txt", "Roth")] != ""
    assert joined[("1.txt", "Lux")] != joined[("2.txt", "Lux")]


def test_a_register_of_a_store_is_joined_to_its_export(tmp_path: Path, records: Path) -> None:
    archive, register, tables = tmp_path / "archive.db", tmp_path / "register.csv", tmp_path / "tables"
    with Store(archive) as store:
        for minutes in read_records(records):
            store.put(minutes)
    assert list(read_records(archive)) == list(read_records(records))
    assert CliRunner().invoke(app, ["register", str(archive), "-o", str(register)]).exit_code == 0
    export = ["export", "--store", str(archive), "-o", str(tables), "--format", "tables", "--register", str(register)]
    result = CliRunner().invoke(app, export)
    assert result.exit_code == 0, result.output
    ids = {row["register_id"] for row in _rows(tables / "persons.csv") if row["name"] == "Lux"}
    assert ids == {row["register_id"] for row in _rows(register) if row["name"] == "Lux"}


def test_a_register_with_a_conflict_writes_nothing(tmp_path: Path, records: Path) -> None:
    (tmp_path / "r.csv").write_text("register_id,decision,different_from,name,persons\nr1,vielleicht,,Lux,1.txt#p1\n")
    result = CliRunner().invoke(
        app, ["register", str(records), "-o", str(tmp_path / "new.csv"), "--corrections", str(tmp_path / "r.csv")]
    )
    assert result.exit_code == 2
    assert "r.csv: row 2: no such decision: 'vielleicht'" in result.stderr
    assert not (tmp_path / "new.csv").exists()


def test_decisions_on_somebody_else_end_with_1(tmp_path: Path, records: Path) -> None:
    (tmp_path / "r.csv").write_text("register_id,decision,different_from,name,persons\nr1,same,,Zeh,1.txt#p2\n")
    result = CliRunner().invoke(
        app, ["register", str(records), "-o", str(tmp_path / "new.csv"), "--corrections", str(tmp_path / "r.csv")]
    )
    assert result.exit_code == 1
    assert "its decision is left out" in result.stderr
    assert (tmp_path / "new.csv").exists()


def test_a_missing_rapidfuzz_names_the_extra(
    records: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz", None)
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)
    for module in ("comparing", "proposing", "table"):
        monkeypatch.delitem(sys.modules, f"corpus.register.{module}", raising=False)
    monkeypatch.setattr(sys, "argv", ["protokollant", "register", str(records), "-o", "-"])
    with pytest.raises(SystemExit) as stopped:
        main()
    assert stopped.value.code == 2
    assert "rapidfuzz is not installed: pip install 'protokollant[register]'" in capsys.readouterr().err
