from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from corpus.oparl import read_meetings
from pipeline.cli import app

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "oparl"


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(x) for x in arguments])


def test_the_example_is_mirrored_extracted_and_compared(tmp_path: Path) -> None:
    mirror, records = tmp_path / "spiegel", tmp_path / "records.jsonl"
    done = _run("oparl", EXAMPLE, "-o", mirror)
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == f"1 meeting new or changed, 1 file stored in {mirror}\n"
    assert _run("extract", mirror / "files", "-o", records).exit_code == 0
    done = _run("oparl", EXAMPLE, "-o", mirror, "--compare", records, "--errors", "--markdown")
    assert done.exit_code == 0
    assert "0 meetings new or changed, 0 files stored" in done.stderr
    assert "| einstimmig beschlossen | 1 " in done.stdout
    assert "Disagreements" in done.stdout


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("fehlt.json", "fehlt.json does not exist: give an address that begins with http, or a file"),
        ("kaputt.json", "no meetings came from"),
        ("http://a:b:c", "is no address"),
        ("https://", "it names no host"),
    ],
)
def test_a_source_without_meetings_is_told(tmp_path: Path, source: str, reason: str) -> None:
    (tmp_path / "kaputt.json").write_text("{", encoding="utf-8")
    given = source if source.startswith("http") else tmp_path / source
    done = _run("oparl", given, "-o", tmp_path / "spiegel")
    assert (done.exit_code, done.stdout) == (2, "")
    assert reason in done.stderr


def test_what_is_left_out_is_told_and_the_rest_is_there(tmp_path: Path) -> None:
    meeting: dict[str, Any] = {"id": "urn:1", "type": "https://schema.oparl.org/1.1/Meeting", "name": "Sitzung"}
    (tmp_path / "a.json").write_text(json.dumps(meeting), encoding="utf-8")
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    done = _run("oparl", tmp_path, "-o", tmp_path / "spiegel")
    assert done.exit_code == 1
    assert "b.json is no JSON, or not all of it" in done.stderr
    assert [x.name for x in read_meetings(tmp_path / "spiegel")] == ["Sitzung"]


def test_many_problems_are_counted(tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / f"{number:02}.json").write_text("{", encoding="utf-8")
    lines = _run("oparl", tmp_path, "-o", tmp_path / "spiegel").stderr.splitlines()
    assert sum("is no JSON" in x for x in lines) == 20
    assert lines[-2] == "5 problems more: --verbose lists them"


def test_records_of_other_minutes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "records.jsonl").write_text("", encoding="utf-8")
    done = _run("oparl", EXAMPLE, "-o", tmp_path / "spiegel", "--compare", tmp_path / "records.jsonl")
    assert done.exit_code == 2
    assert "extract the files that are in it now" in done.stderr


def test_an_address_needs_the_extra_and_a_file_does_not(tmp_path: Path) -> None:
    def run(source: str) -> subprocess.CompletedProcess[str]:
        arguments = ["", "oparl", source, "-o", str(tmp_path / "spiegel")]
        # httpx cannot be blocked: spaCy itself has come to need it.
        code = (
            f"import sys; sys.modules['tenacity'] = None; sys.argv = {arguments}; from pipeline.cli import main; main()"
        )
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT)

    done = run("http://127.0.0.1:1/")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Error: tenacity is not installed: pip install 'protokollant[oparl]'\n"
    assert run(str(EXAMPLE)).returncode == 0
