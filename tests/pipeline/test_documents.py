from __future__ import annotations

import pickle
import time
from functools import partial
from pathlib import Path

import pytest

from corpus.reading import READERS
from pipeline.documents import Job, Result, Setup, extract_document, read_document
from pipeline.limits import Limits
from pipeline.workers import in_order
from tests.corpus.readers.documents import drawn, lines, scanned, zipped

QUESTION = "Frau Lux fragt, ob der Weg gesperrt sei."
RULES = Setup(classifier="rules")


def test_a_document_in_an_archive_comes_out_with_what_it_says_of_itself(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"mai/b.pdf": drawn(lines(QUESTION), lines("Herr Roth verneint das."))}))
    job = Job(str(tmp_path / "a.zip!" / "mai" / "b.pdf"))
    result = extract_document(job, setup=RULES)
    assert result.minutes and result.metadata and not result.failure
    assert (result.format, result.metadata.page_count) == ("pdf", 2)
    assert result.sha256 == result.minutes.sha256
    assert result.minutes.source.endswith("a.zip!/mai/b.pdf")
    assert [result.minutes.page(turn.start) for turn in result.minutes.turns] == [1, 2]
    assert result.minutes.text == read_document(job).text


def test_jobs_work_and_results_can_be_pickled() -> None:
    work = partial(extract_document, setup=RULES, limits=Limits(60, 1 << 30))
    job = Job("a.pdf", drawn(lines(QUESTION)))
    result = pickle.loads(pickle.dumps(work))(pickle.loads(pickle.dumps(job)))
    assert pickle.loads(pickle.dumps(result)) == result
    assert result.minutes and [turn.label for turn in result.minutes.turns] == ["question"]
    source = read_document(job)
    assert pickle.loads(pickle.dumps(source)) == source


def test_a_document_that_cannot_be_read_keeps_its_hash() -> None:
    result = extract_document(Job("a.pdf", b"%PDF-1.7 kaputt"))
    assert result.unread and result.minutes is None and result.trace is None
    assert str(result.failure).startswith("a.pdf is a damaged PDF")
    assert result.sha256
    missing = extract_document(Job("fehlt.pdf"))
    assert (missing.sha256, missing.failure) == (None, "fehlt.pdf does not exist: check the path")


def test_a_reader_that_breaks_ends_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(data: bytes, name: str) -> object:
        raise IndexError("unerwartet")

    monkeypatch.setitem(READERS, "text", broken)  # type: ignore[arg-type]
    result = extract_document(Job("a.txt", QUESTION.encode()))
    assert (result.failure, result.unread) == ("a.txt: IndexError: unerwartet", False)
    assert "Traceback" in str(result.trace)


def test_limits_hold_for_reading_and_for_extraction(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **__: object) -> object:
        time.sleep(30)
        return None

    limits = Limits(seconds=0.3)
    with monkeypatch.context() as patched:
        patched.setattr("pipeline.documents.extract", slow)
        result = extract_document(Job("a.txt", QUESTION.encode()), setup=RULES, limits=limits)
    assert (str(result.failure)[:33], result.unread) == ("a.txt needs more than 0.3 seconds", True)
    monkeypatch.setitem(READERS, "text", slow)  # type: ignore[arg-type]
    assert "0.3 seconds" in str(extract_document(Job("a.txt", QUESTION.encode()), limits=limits).failure)


def _hang(job: Job, /) -> Result:
    """Sleep with all signals blocked, like a library that never returns."""
    import signal

    if job.name == "b":
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(600)
    return Result(job.name)


@pytest.mark.slow
def test_a_process_that_never_returns_ends_itself() -> None:
    began = time.monotonic()
    results = list(in_order([Job("a"), Job("b"), Job("c")], _hang, 2, patience=2))
    assert [result.name for result in results if not result.failure] == ["a", "c"]
    assert "for want of memory or time" in str(results[1].failure)
    assert time.monotonic() - began < 300


def test_notes_of_a_reader_are_warnings_of_the_record(monkeypatch: pytest.MonkeyPatch) -> None:
    from corpus.readers.pdf import read_pdf

    monkeypatch.setitem(READERS, "pdf", read_pdf)  # type: ignore[misc]
    monkeypatch.setattr("corpus.readers.pdf.missing_for_ocr", lambda: "apt-get install tesseract-ocr-deu")
    data = scanned(drawn(lines("gescannt"), lines("auch gescannt")), lines(QUESTION))
    result = extract_document(Job("a.pdf", data), setup=RULES)
    assert result.minutes
    assert result.minutes.warnings[0] == result.notes[0]
    assert result.notes[0].startswith("pages 2–3 are scanned and left out: to have the text recognised")
