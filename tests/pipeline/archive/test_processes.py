from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Failed
from pipeline.archive.engine import MEGABYTE, Done, EngineError
from pipeline.archive.processes import Processes
from pipeline.jobs import Job
from tests.pipeline.archive.works import LIMITS, Obedient, Unprepared, alive


def _job(text: str, name: str | None = None) -> Job:
    return Job(name or f"{text.strip()}.txt", f"{text}\n".encode())


def _failures(done: list[Done]) -> dict[str, str]:
    return {x.job.name: x.result.kind for x in done if isinstance(x.result, Failed)}


def test_a_document_costs_nobody_but_itself() -> None:
    texts = ("eins", "HANG", "zwei", "EAT", "drei", "DIE", "vier", "ABORT", "fünf")
    engine = Processes(2, replace(LIMITS, seconds=6))
    done = list(engine.run(map(_job, texts), Obedient()))
    assert sorted(x.job.name for x in done) == sorted(f"{text}.txt" for text in texts)
    kinds = {"HANG.txt": "timeout", "DIE.txt": "died", "ABORT.txt": "died"}
    if sys.platform == "linux":
        kinds["EAT.txt"] = "memory"
        reasons = {x.job.name: x.result.reason for x in done if isinstance(x.result, Failed)}
        assert reasons["EAT.txt"] == "EAT.txt needs more than 400 MB of memory: split it by session, or raise the limit"
    assert {path: kind for path, kind in _failures(done).items() if path in kinds} == kinds
    assert set(_failures(done)) <= {"HANG.txt", "EAT.txt", "DIE.txt", "ABORT.txt"}
    hanging = next(x for x in done if x.job.name == "HANG.txt")
    assert 6 <= hanging.seconds < 20
    assert engine.peak_memory and 20 * MEGABYTE < engine.peak_memory < 500 * MEGABYTE


def test_jobs_are_drawn_as_there_is_room() -> None:
    drawn = 0

    def jobs() -> Iterator[Job]:
        nonlocal drawn
        for n in range(30):
            drawn = n + 1
            yield _job(f"{n}")

    for n, _ in enumerate(Processes(2, LIMITS).run(jobs(), Obedient())):
        assert drawn <= n + 4


def test_no_jobs_need_no_worker(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    assert list(Processes(2, LIMITS).run([], Obedient(pids=pids))) == []
    assert not pids.exists()


def test_workers_are_no_more_than_documents_and_end_with_them(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    engine = Processes(4, LIMITS)
    running = engine.run([_job("eins"), _job("SLEEP")], Obedient(pids=pids))
    next(running)
    running.close()  # type: ignore[attr-defined]
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)


def test_a_worker_that_is_killed_from_outside_is_replaced(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    done: list[Done] = []
    for x in Processes(1, LIMITS).run(map(_job, "abcd"), Obedient(seconds=0.3, pids=pids)):
        done.append(x)
        if len(done) == 1:
            time.sleep(0.1)
            os.kill(int(pids.read_text().split()[0]), signal.SIGKILL)
    assert [x.job.name for x in done] == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert _failures(done) == {"b.txt": "died"}


@pytest.mark.skipif(sys.platform == "win32", reason="no groups of processes")
def test_what_a_worker_has_started_ends_with_it(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    (done,) = Processes(1, replace(LIMITS, seconds=2)).run([_job("CHILD")], Obedient(pids=pids))
    assert _failures([done]) == {"CHILD.txt": "timeout"}
    assert not alive(pids.read_text().strip())


@pytest.mark.parametrize(("dies", "said"), [(False, "no weights"), (True, "workers die before their first document")])
def test_what_is_not_the_fault_of_a_document_ends_the_run(dies: bool, said: str) -> None:
    with pytest.raises(EngineError, match=said):
        list(Processes(1, LIMITS).run([_job("eins")], Unprepared(dies)))
