from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from pipeline.cli import app
from tests.corpus.readers.documents import drawn, lines, zipped

QUESTION = "Frau Lux fragt, ob der Weg gesperrt sei."


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)])


def test_the_text_is_printed_or_written(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(lines(QUESTION)))
    assert _run(path).stdout == f"{QUESTION}\n"
    assert _run(path, "-o", tmp_path / "a.txt").exit_code == 0
    assert (tmp_path / "a.txt").read_bytes() == f"{QUESTION}\n".encode()


def test_line_ends_are_written_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Frau Lux\r\nfragt.\r\n\f")
    assert _run(tmp_path / "a.txt", "-o", tmp_path / "b.txt").exit_code == 0
    assert (tmp_path / "b.txt").read_bytes() == b"Frau Lux\r\nfragt.\r\n\f"


def test_about_lists_documents_and_what_is_wrong_with_them(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.txt": QUESTION, "../c.txt": QUESTION}))
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7 kaputt")
    found = _run(tmp_path, "--about", "--markdown")
    assert found.exit_code == 1
    rows = [row.split(" | ")[:2] for row in found.stdout.splitlines() if row.startswith(f"| {tmp_path.as_posix()}")]
    assert [kind for _, kind in rows] == ["not read", "text", "not read"]
    assert "points out of its archive: refused" in found.stderr
    assert "d.pdf is a damaged PDF" in found.stderr


def test_words_against_another_reader(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(drawn(lines(QUESTION)))
    (tmp_path / "a.txt").write_text(f"{QUESTION} Seite 1")
    assert "80.00 % of the words" in _run(tmp_path / "a.pdf", "--against", tmp_path / "a.txt").stdout


def test_one_document_must_be_named(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(QUESTION)
    found = _run(tmp_path)
    assert (found.exit_code, "2 documents named: name one" in found.stderr) == (2, True)
    assert _run(tmp_path / "c.txt").exit_code == 2
