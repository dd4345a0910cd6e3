from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner, Result

import pipeline
from corpus.record import Decision, Generator, Minutes, Person, Turn
from corpus.schema import json_schema
from corpus.version import __version__
from pipeline.cli import app
from pipeline.cli.readable import print_minutes
from pipeline.documents import Job, unforeseen
from pipeline.documents import Result as Outcome
from pipeline.workers import in_order

ROOT = Path(pipeline.__file__).parents[1]
QUESTION = "Frau Lux fragt, ob der Weg gesperrt sei."
ANSWER = "Herr Sommer antwortet, dass dies so sei."
MINUTES = f"{QUESTION}\n\n{ANSWER}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two sound documents."""
    archive = tmp_path / "archiv"
    (archive / "alt").mkdir(parents=True)
    (archive / "a.txt").write_text(MINUTES, encoding="utf-8")
    (archive / "alt" / "b.TXT").write_text(MINUTES.replace("Lux", "Müller"), encoding="cp1252")
    return archive


def _run(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)


def _process(*arguments: str | Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", "from pipeline.cli import main; main()", *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "80"},
    )


def _records(text: str) -> list[Minutes]:
    return [Minutes.model_validate_json(line) for line in text.splitlines()]


def _names(records: Sequence[Minutes]) -> list[str]:
    return [Path(record.source).name for record in records]


def test_version_and_schema() -> None:
    assert _run("--version").stdout == f"protokollant {__version__}\n"
    assert _run("schema").stdout == json_schema()


@pytest.mark.parametrize("command", ["extract", "schema", "corpus", "evaluate", "bench", "outcomes"])
def test_every_command_has_help(command: str) -> None:
    result = _run(command, "--help")
    assert result.exit_code == 0
    assert command in result.stdout


def test_extract_prints_a_table(folder: Path) -> None:
    result = _run("extract", folder / "a.txt")
    assert result.exit_code == 0
    assert "a.txt" in result.stdout.replace("\n", "")  # a long path is broken
    for part in ("question", "answer", "Lux", "Sommer", "Frau Lux fragt"):
        assert part in result.stdout
    assert result.stderr == ""


def test_extract_writes_json_lines(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = _run("extract", folder, "-o", out)
    assert (result.exit_code, result.stdout) == (0, "")
    records = _records(out.read_text(encoding="utf-8"))
    assert _names(records) == ["a.txt", "b.TXT"]
    assert records[0].source == (folder / "a.txt").as_posix()
    assert [turn.label for turn in records[0].turns] == ["question", "answer"]
    assert records[0].turns[1].replies_to == (records[0].turns[0].id,)
    assert "Müller" in records[1].text


def test_extract_writes_csv(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    assert _run("extract", folder / "a.txt", "-o", out).exit_code == 0
    with out.open(encoding="utf-8", newline="") as stream:
        assert [row["text"] for row in csv.DictReader(stream)] == [QUESTION, ANSWER]


@pytest.mark.parametrize(
    ("options", "beginning"),
    [
        (["-o", "-"], '{"source":'),
        (["--format", "jsonl"], '{"source":'),
        (["--format", "csv"], "source,turn,"),
    ],
)
def test_extract_to_standard_output(folder: Path, options: list[str], beginning: str) -> None:
    result = _run("extract", folder / "a.txt", *options)
    assert result.exit_code == 0
    assert result.stdout.startswith(beginning)


def test_extract_reads_standard_input(tmp_path: Path) -> None:
    result = _run("extract", "-", "-o", "-", stdin=MINUTES.replace("Lux", "Grün").encode("cp1252"))
    assert result.exit_code == 0
    (record,) = _records(result.stdout)
    assert record.source == "-"
    assert "Frau Grün fragt" in record.text


def test_a_document_named_twice_comes_once(folder: Path) -> None:
    result = _run("extract", folder, folder / "a.txt", "-o", "-")
    assert _names(_records(result.stdout)) == ["a.txt", "b.TXT"]


def test_a_bad_document_does_not_stop_the_others(folder: Path, tmp_path: Path) -> None:
    (folder / "a1.txt").write_bytes(b"%PDF-1.7")
    (folder / "a2.txt").write_bytes(b" \n")
    result = _run("extract", folder, tmp_path / "fehlt.txt", "-o", "-")
    assert result.exit_code == 1
    assert _names(_records(result.stdout)) == ["a.txt", "b.TXT"]
    assert "3 documents failed:" in result.stderr
    for part in ("a1.txt is a damaged PDF", "a2.txt is empty", "fehlt.txt does not exist"):
        assert part in result.stderr
    assert "Traceback" not in result.stderr


def test_nothing_readable_leaves_the_older_output(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    out.write_text("older")
    (folder / "a.txt").write_bytes(b"%PDF-1.7")
    result = _run("extract", folder / "a.txt", "-o", out)
    assert result.exit_code == 2
    assert "a.txt is a damaged PDF" in result.stderr
    assert out.read_text() == "older"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["{folder}", "-o", "{tmp}/out.ods"], "let the name end in one of .jsonl, .csv"),
        (["{folder}", "-o", "{tmp}/fehlt/out.csv"], "does not exist; make it first"),
        (["{folder}", "-o", "{tmp}"], "let the name end in"),
        (["{folder}", "--base", "kein_modell"], "kein_modell"),
        (["{folder}", "--base", "kein_modell", "--jobs", "2"], "kein_modell"),
        (["{folder}", "--jobs", "0"], "--jobs"),
        (["{folder}", "--format", "xml"], "--format"),
        (["{tmp}/fehlt"], "does not exist: check the path"),
        (["{tmp}/leer"], "holds no document (.txt, .pdf, "),
        ([], "INPUT"),
    ],
)
def test_errors_of_use_are_exit_code_2(folder: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    (tmp_path / "leer").mkdir()
    result = _run("extract", *(part.format(folder=folder, tmp=tmp_path) for part in arguments))
    assert result.exit_code == 2
    # Paths in messages break over lines in a narrow box.
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert not list(tmp_path.glob("out*"))


def test_verbose_tells_about_each_document(folder: Path, tmp_path: Path) -> None:
    result = _run("extract", folder, "-o", tmp_path / "out.csv", "-v")
    assert "a.txt: utf-8, 15 words, 2 turns" in result.stderr
    assert "b.TXT: cp1252, 15 words, 2 turns" in result.stderr


def test_two_processes_give_what_one_gives(tmp_path: Path) -> None:
    archive = tmp_path / "archiv"
    archive.mkdir()
    for number in range(12):
        (archive / f"{number:02}.txt").write_text(MINUTES.replace("Lux", f"Lux{'x' * number}"))
    (archive / "05.txt").write_bytes(b"")
    one, two = _run("extract", archive, "-o", "-"), _run("extract", archive, "-o", "-", "--jobs", "2")
    assert (one.exit_code, two.exit_code) == (1, 1)
    assert two.stdout == one.stdout
    assert two.stderr == one.stderr
    assert len(_records(two.stdout)) == 11


def test_limits_change_nothing_below_them(folder: Path) -> None:
    kept = _run("extract", folder, "-o", "-", "--classifier", "rules", "--timeout", "100", "--memory", "4000")
    free = _run("extract", folder, "-o", "-", "--classifier", "rules")
    assert (kept.exit_code, kept.stdout) == (0, free.stdout)
    assert _run("extract", folder, "--timeout", "0").exit_code == 2


def _die_over_b(job: Job, /) -> Outcome:
    if job.name == "b":
        os._exit(9)
    return Outcome(job.name)


@pytest.mark.parametrize("count", [3, 30])
def test_a_process_that_dies_takes_only_its_document_along(count: int) -> None:
    jobs = [Job("a"), Job("b"), *(Job(str(number)) for number in range(count))]
    results = list(in_order(jobs, _die_over_b, processes=2))
    assert [result.name for result in results] == [job.name for job in jobs]
    assert [result.name for result in results if result.failure] == ["b"]
    assert "its process died" in str(results[1].failure)


def _fail(job: Job, /, message: str) -> Outcome:
    try:
        raise KeyError(message)
    except KeyError as error:
        return unforeseen(Outcome(job.name), error)


def test_an_unforeseen_error_names_document_and_kind() -> None:
    (result,) = in_order([Job("a.txt")], partial(_fail, message="p9"))
    assert result.failure == "a.txt: KeyError: 'p9'"
    assert "Traceback" in str(result.trace)


def test_a_real_pipe(folder: Path) -> None:
    process = _process("extract", "-")
    out, error = process.communicate(MINUTES.encode())
    assert (process.returncode, error) == (0, b"")
    text = out.decode()
    assert "\x1b" not in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert "Frau Lux fragt" in text


@pytest.mark.parametrize("options", [[], ["-o", "-"], ["-o", "-", "--jobs", "2"]])
def test_a_broken_pipe_ends_quietly(tmp_path: Path, options: list[str]) -> None:
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(MINUTES * 40)
    process = _process("extract", tmp_path, *options)
    assert process.stdin and process.stdout and process.stderr
    process.stdin.close()
    process.stdout.read(10)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait(timeout=120) in (0, 1)


def _long_minutes() -> Minutes:
    text = "Ö" * 4000
    turns = [
        Turn(
            id=f"t{i}",
            start=i * 100,
            end=i * 100 + 90,
            label="decision",
            speakers=("p1",),
            addressees=("p1",),
        )
        for i in range(30)
    ]
    person = Person(
        id="p1",
        kind="person",
        name="von der Heide-Brandt",
        title="Prof. Dr.",
        roles=("stellvertretende Ausschussvorsitzende",),
        party="BÜNDNIS 90/DIE GRÜNEN",
    )
    return Minutes(
        source="rat/[1] niederschrift.txt",
        sha256="",
        generator=Generator(package="0", config=""),
        text=text,
        persons=(person,),
        turns=tuple(turns),
        decisions=(Decision(turn="t0", outcome="adopted", unanimous=True),),
    )


@pytest.mark.parametrize("width", [80, 120, 200])
def test_the_table_is_legible_at_any_width(width: int) -> None:
    stream = StringIO()
    print_minutes(_long_minutes(), Console(file=stream, width=width))
    lines = stream.getvalue().splitlines()
    assert lines[0].strip() == "rat/[1] niederschrift.txt"
    assert max(map(len, lines)) <= width
    rows = [line for line in lines if line.startswith(("t0 ", "t29 "))]
    assert len(rows) == 3
    assert all("decision" in row or "adopted" in row for row in rows)
    assert all(row.count("Ö") >= 10 and ("…" in row or width > 80) for row in rows)
    for word in ("Prof.", "Heide-Brandt", "GRÜNEN"):
        assert word in stream.getvalue()
