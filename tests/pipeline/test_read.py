from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner, Result

from corpus.record import Minutes
from pipeline.cli import app
from tests.corpus.readers.documents import drawn, lines, without_pages, word_of, zipped

QUESTION = "Frau Lux fragt, ob der Weg gesperrt sei."


def _run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["read", *map(str, arguments)], input=stdin)


def _extract(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["extract", *map(str, arguments)], input=stdin)


def _records(text: str) -> list[Minutes]:
    return [Minutes.model_validate_json(line) for line in text.splitlines()]


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


def test_pages_that_are_left_out_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(without_pages(drawn(lines(QUESTION), lines("zwei")), 2))
    found = _extract(tmp_path / "a.pdf", "-o", "-", "--classifier", "rules")
    assert (found.exit_code, "a.pdf: page 2 is damaged and left out" in found.stderr) == (0, True)
    assert _records(found.stdout)[0].warnings[0].startswith("page 2 is damaged")
    assert "page 2 is damaged" in _run(tmp_path / "a.pdf", "--about").stderr


def test_a_name_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b\x1b[2Jc.pdf": b"%PDF-1.7 kaputt"}))
    found = _extract(tmp_path / "a.zip")
    assert found.exit_code == 2
    assert "is a damaged PDF" in found.stderr and "\x1b" not in found.stderr
    assert "\x1b" not in _run(tmp_path / "a.zip", "--about").output


def test_an_archive_and_a_pdf_come_in_as_a_text_does(tmp_path: Path) -> None:
    pdf = drawn(lines(QUESTION))
    (tmp_path / "a.zip").write_bytes(
        zipped({"b.pdf": pdf, "c.docx": word_of(f"<w:p><w:r><w:t>{QUESTION}</w:t></w:r></w:p>")})
    )
    of_archive = _extract(tmp_path / "a.zip", tmp_path / "a.zip!" / "b.pdf", "-o", "-", "--classifier", "rules")
    assert [Path(record.source).name for record in _records(of_archive.stdout)] == ["b.pdf", "c.docx"]
    (record,) = _records(_extract("-", "-o", "-", "--classifier", "rules", stdin=pdf).stdout)
    assert (record.source, record.text) == ("-", f"{QUESTION}\n")
    assert _run("-", stdin=pdf).stdout == f"{QUESTION}\n"
    archive = _extract("-", stdin=(tmp_path / "a.zip").read_bytes())
    assert (archive.exit_code, "on the standard input: unpack it first" in archive.stderr) == (2, True)
