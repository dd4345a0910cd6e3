from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from corpus.store import Store
from pipeline.cli import app
from pipeline.cli import report as command
from tests.corpus.page.meetings import meeting
from tests.pages import Page


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *(str(argument) for argument in arguments)])


def _sources(path: Path) -> list[str]:
    return [
        line.removeprefix("Quelle: ") for line in Page(path.read_text("utf-8")).text.splitlines() if "Quelle" in line
    ]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    path = tmp_path / "minutes.jsonl"
    path.write_text("".join(meeting(f"{name}.txt").to_json() + "\n" for name in ("b", "a")), encoding="utf-8")
    return path


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Store(path) as opened:
        for name in ("2023/rat.txt", "2024/rat.txt"):
            opened.put(meeting(name).model_copy(update={"sha256": name}))
    return path


def test_records_become_a_page_in_their_order(records: Path, tmp_path: Path) -> None:
    done = _run(records, "-o", tmp_path / "seite.html")
    assert done.exit_code == 0, done.output
    assert done.stderr == f"2 meetings, 14 turns written to {tmp_path / 'seite.html'}\n"
    assert _sources(tmp_path / "seite.html") == ["b.txt", "a.txt"]


def test_meetings_of_a_store_are_chosen(store: Path, tmp_path: Path) -> None:
    assert _run(store, "-o", tmp_path / "alle.html").exit_code == 0
    assert _sources(tmp_path / "alle.html") == ["2023/rat.txt", "2024/rat.txt"]
    done = _run(store, "-o", tmp_path / "eine.html", "--path", "2024/*", "--body", "gemeinde", "--since", "2024-05-14")
    assert done.exit_code == 0, done.output
    assert _sources(tmp_path / "eine.html") == ["2024/rat.txt"]
    done = _run(store, "-o", tmp_path / "keine.html", "--until", "2020-01-01")
    assert (done.exit_code, "there is no meeting to show" in done.stderr) == (2, True)
    assert not (tmp_path / "keine.html").exists()


def test_a_document_is_extracted(tmp_path: Path) -> None:
    document = tmp_path / "rat.txt"
    document.write_text("TOP 1 Wege\n\nFrau Lux fragt, ob der Weg frei sei.\n", encoding="utf-8")
    done = _run(document, "-o", tmp_path / "seite.html", "--classifier", "rules")
    assert done.exit_code == 0, done.output
    page = Page((tmp_path / "seite.html").read_text("utf-8"))
    assert page.values("data-label", "article") == ["question"]


def test_what_cannot_be_shown_is_an_error(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "seite.html"
    broken = tmp_path / "kaputt.jsonl"
    broken.write_text("{}\n", encoding="utf-8")
    for arguments, message in (
        ([tmp_path / "fehlt.txt"], "fehlt.txt does not exist"),
        ([tmp_path / "fehlt.jsonl"], "fehlt.jsonl cannot be read"),
        ([broken], "kaputt.jsonl: line 1 is no record"),
        (["docs/example.txt", "--body", "Rat"], "choose among records"),
    ):
        done = _run(*arguments, "-o", target)
        assert (done.exit_code, message in done.stderr) == (2, True), done.stderr
    done = _run(records, "-o", tmp_path / "fehlt" / "seite.html")
    assert (done.exit_code, "cannot be written" in done.stderr) == (2, True)
    monkeypatch.setattr(command, "_MOST", 1)
    done = _run(records, "-o", target)
    assert (done.exit_code, "more than 1 meetings are too many" in done.stderr) == (2, True)
    assert not target.exists()


def test_pseudonyms(tmp_path: Path) -> None:
    document, page = tmp_path / "rat.txt", tmp_path / "seite.html"
    document.write_text("TOP 1 Wege\n\nFrau Lux fragt, ob der Weg gesperrt sei.\n", encoding="utf-8")
    options = ("--classifier", "rules", "--pseudonymise", "all")
    assert _run(document, "-o", page, *options).exit_code == 0
    assert "Lux" not in page.read_text(encoding="utf-8")
    assert "Person 1" in page.read_text(encoding="utf-8")
