from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from corpus.writing import FORMS
from pipeline.cli import app
from pipeline.cli.extract import Form
from tests.pipeline import ruled


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.jsonl"
    minutes = ruled.extract("TOP 1 Wege\n\nFrau Lux fragt, ob der Weg frei sei.\n")
    path.write_text(minutes.to_json() + "\n\n" + minutes.to_json() + "\n", encoding="utf-8")
    return path


def test_the_command_line_knows_every_form() -> None:
    assert [form.value for form in Form] == list(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_records_are_written_in_every_form(tmp_path: Path, records: Path, form: str) -> None:
    target = tmp_path / "out"
    result = CliRunner().invoke(app, ["write", str(records), "-o", str(target), "--format", form])
    assert result.exit_code == 0, result.output
    assert target.exists()
    assert f"2 documents written to {target}" in result.stderr


def test_json_lines_come_back_as_they_were(tmp_path: Path, records: Path) -> None:
    target = tmp_path / "again.jsonl"
    assert CliRunner().invoke(app, ["write", str(records), "-o", str(target)]).exit_code == 0
    assert target.read_text(encoding="utf-8") == records.read_text(encoding="utf-8").replace("\n\n", "\n")


def test_a_line_that_is_no_record_is_named(tmp_path: Path, records: Path) -> None:
    with records.open("a", encoding="utf-8") as stream:
        stream.write('{"source": 1}\n')
    result = CliRunner().invoke(app, ["write", str(records), "-o", str(tmp_path / "out.parquet")])
    assert result.exit_code == 2
    assert "minutes.jsonl: line 4 is no record (source: " in result.stderr
    assert not (tmp_path / "out.parquet").exists()


def test_a_missing_file_and_an_unknown_form_are_refused(tmp_path: Path, records: Path) -> None:
    result = CliRunner().invoke(app, ["write", str(tmp_path / "fehlt"), "-o", "-"])
    assert (result.exit_code, "fehlt cannot be read" in result.stderr) == (2, True)
    result = CliRunner().invoke(app, ["write", str(records), "-o", str(tmp_path / "x.ods")])
    assert (result.exit_code, "no known form of output" in result.stderr) == (2, True)
