from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.store import Failed, Outcome, Store, StoreError, only_run
from pipeline.archive.processes import Processes
from pipeline.archive.running import carry_out, plan_retry, plan_run
from pipeline.archive.scanning import name_of, path_of
from tests.corpus.store.examples import everything
from tests.pipeline.archive.works import FINGERPRINT, LIMITS, Here, Obedient, alive, task

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with three documents, one of them in a ZIP file."""
    archive = tmp_path / "archiv"
    (archive / "alt").mkdir(parents=True)
    (archive / "a.txt").write_text("eins\n")
    (archive / "alt" / "b.txt").write_text("zwei\n")
    with zipfile.ZipFile(archive / "c.zip", "w") as packed:
        packed.writestr("mai/c.txt", "drei\n")
    return archive


def _run(path: Path, *sources: Path, rehash: bool = False) -> tuple[Outcome, list[str]]:
    """What came of a run, and the names of the documents that were worked on."""
    engine = Here()
    with Store(path) as store, only_run(path):
        plan = plan_run(store, [str(source) for source in sources], FINGERPRINT, rehash=rehash)
        outcome = carry_out(store, plan, task(engine))
    return outcome, [Path(job).name for job in engine.jobs]


def _counts(outcome: Outcome) -> tuple[int, int, int, int, int]:
    return outcome.done, outcome.same, outcome.failed, outcome.unchanged, outcome.removed


def _later(path: Path) -> None:
    """Give a file another time, as a copy has it."""
    os.utime(path, ns=(0, path.stat().st_mtime_ns + 10**9))


def test_nothing_is_done_twice(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((3, 0, 0, 0, 0), ["a.txt", "b.txt", "c.txt"])
    before = everything(store)
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((0, 0, 0, 3, 0), [])
    outcome, jobs = _run(store, folder, rehash=True)
    assert (_counts(outcome), jobs) == ((0, 0, 0, 3, 0), [])
    _later(folder / "a.txt")
    _later(folder / "c.zip")
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((0, 0, 0, 3, 0), [])
    assert everything(store) == before
    with Store(store) as opened:
        assert plan_run(opened, [str(folder)], FINGERPRINT).candidates == ()
        assert len(plan_run(opened, [str(folder)], "another pipeline").candidates) == 3


def test_a_changed_archive_is_looked_into(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    _run(store, folder)
    with zipfile.ZipFile(folder / "c.zip", "w") as packed:
        packed.writestr("mai/c.txt", "drei und einhalb\n")
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((1, 0, 0, 2, 0), ["c.txt"])


def test_changed_documents_are_replaced(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    _run(store, folder)
    (folder / "a.txt").write_text("EINS, aber länger\n")
    with zipfile.ZipFile(folder / "c.zip", "a") as packed:
        packed.writestr("juni/d.txt", "vier\n")
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((2, 0, 0, 2, 0), ["a.txt", "d.txt"])
    fresh = tmp_path / "fresh.db"
    _run(fresh, folder)
    assert everything(store) == everything(fresh)


def test_a_change_that_leaves_size_and_time_is_seen_by_rehashing(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    _run(store, folder)
    about = (folder / "a.txt").stat()
    (folder / "a.txt").write_text("EINS\n")
    os.utime(folder / "a.txt", ns=(about.st_atime_ns, about.st_mtime_ns))
    assert _run(store, folder)[1] == []
    assert _run(store, folder, rehash=True)[1] == ["a.txt"]


def test_removed_documents_are_marked_and_come_back(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    _run(store, folder)
    before = everything(store)
    (folder / "alt").rename(tmp_path / "alt")
    (folder / "c.zip").rename(tmp_path / "c.zip")
    assert _counts(_run(store, folder)[0]) == (0, 0, 0, 1, 2)
    with Store(store) as opened:
        assert [Path(path).name for path in opened.paths()] == ["a.txt"]
        assert [Path(path).name for path in opened.paths(removed=True)] == ["b.txt", "c.txt"]
    (tmp_path / "alt").rename(folder / "alt")
    (tmp_path / "c.zip").rename(folder / "c.zip")
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((0, 0, 0, 3, 0), [])
    assert everything(store) == before


def test_only_what_is_in_the_sources_is_marked(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    _run(store, folder)
    assert _counts(_run(store, folder / "alt")[0]) == (0, 0, 0, 1, 0)
    assert _counts(_run(store, folder / "a.txt", folder / "c.zip")[0]) == (0, 0, 0, 2, 0)
    (folder / "c.zip").write_bytes(b"PK\x03\x04 torn")
    outcome, _ = _run(store, folder)  # the archive fails; what was in it may be there still
    assert _counts(outcome) == (0, 0, 1, 2, 0)
    with Store(store) as opened:
        assert plan_run(opened, [str(tmp_path / "nirgends")], FINGERPRINT).problems
        assert len(list(opened.paths())) == 4


def test_a_folder_is_not_its_namesake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("rat", "rat-2"):
        Path(name).mkdir()
        Path(name, "a.txt").write_text(f"{name}\n")
    store = Path("archiv.db")
    assert _counts(_run(store, Path())[0]) == (2, 0, 0, 0, 0)
    Path("rat", "a.txt").rename("rat/b.txt")
    assert _counts(_run(store, Path("rat-2"))[0]) == (0, 0, 0, 1, 0)
    assert _counts(_run(store, Path())[0]) == (1, 1, 0, 1, 1)


def test_renamed_documents_and_copies_are_known(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "archiv.db"
    _run(store, folder)
    (folder / "a.txt").rename(folder / "z.txt")
    (folder / "kopie.txt").write_text("zwei\n")
    (folder / "neu.txt").write_text("fünf\n")
    (folder / "neu-kopie.txt").write_text("fünf\n")
    outcome, jobs = _run(store, folder)
    assert (_counts(outcome), jobs) == ((4, 3, 0, 2, 1), ["neu-kopie.txt"])
    with Store(store) as opened:
        names = [Path(record.source).name for record in opened.records()]
        assert sorted(names) == ["b.txt", "c.txt", "neu-kopie.txt", "z.txt"]


def test_copies_are_worked_on_once_where_many_work(tmp_path: Path) -> None:
    folder = tmp_path / "archiv"
    folder.mkdir()
    for n in range(6):
        (folder / f"{n}.txt").write_text("das gleiche\n")
        (folder / f"{n}-tot.txt").write_text("DIE\n")
    with Store(tmp_path / "archiv.db") as store:
        outcome = carry_out(store, plan_run(store, [str(folder)], FINGERPRINT), task(Processes(2, LIMITS)))
        assert _counts(outcome) == (6, 5, 6, 0, 0)
        reasons = [failure.reason for failure in store.failures()]
        assert sum("its process died" in reason for reason in reasons) == 6
        assert any("has the same content as" in reason for reason in reasons)
        assert store.counts().records == 1


def test_failures_wait_until_they_are_retried(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "archiv.db"
    (folder / "leer.txt").write_text("")
    outcome, _ = _run(path, folder)
    assert _counts(outcome) == (3, 0, 1, 0, 0)
    outcome, jobs = _run(path, folder)
    assert (_counts(outcome), jobs) == ((0, 0, 0, 4, 0), [])
    with Store(path) as store:
        assert plan_retry(store, "timeout").candidates == ()
        carry_out(store, plan_retry(store), task(Here()))
        (failure,) = store.failures("unreadable")
        assert failure.attempts == 2
        (folder / "leer.txt").write_text("nun doch\n")
        assert _counts(carry_out(store, plan_retry(store), task(Here()))) == (1, 0, 0, 0, 0)
        assert list(store.failures()) == []


def test_damaged_members_of_an_archive_fail_alone(folder: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(folder / "c.zip", "a") as packed:
        packed.writestr("../raus.txt", "hinaus\n")
    outcome, jobs = _run(tmp_path / "archiv.db", folder)
    assert (_counts(outcome), jobs) == ((3, 0, 1, 0, 0), ["a.txt", "b.txt", "c.txt"])


def test_a_name_that_is_no_utf_8_has_one_in_the_store(tmp_path: Path) -> None:
    folder = tmp_path / "archiv"
    folder.mkdir()
    path = folder / os.fsdecode(b"Sitzung-M\xfchle.txt")
    try:
        path.write_text("DIE Sitzung\n")
    except OSError:
        pytest.skip("the file system takes UTF-8 alone")
    assert path_of(name_of(path)) == path
    with Store(tmp_path / "archiv.db") as store:
        carry_out(store, plan_run(store, [str(folder)], FINGERPRINT), task(Processes(1, LIMITS)))
        assert [Path(failure.path).name for failure in store.failures("died")] == [r"Sitzung-M\udcfchle.txt"]
        path.write_text("die Sitzung\n")
        assert carry_out(store, plan_retry(store), task(Processes(1, LIMITS))).done == 1
        assert [Path(record.source).name for record in store.records()] == [r"Sitzung-M\udcfchle.txt"]


def test_a_full_disk_ends_the_run_and_costs_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "archiv"
    folder.mkdir()
    for n in range(40):
        (folder / f"{n:02}.txt").write_text(random.Random(n).randbytes(5000).hex())  # not to be packed
    path = tmp_path / "archiv.db"
    with Store(path) as store:
        (pages,) = next(store._db.rows("PRAGMA page_count"))
        store._db.change(f"PRAGMA max_page_count = {pages + 20}")
        with pytest.raises(StoreError, match="the disk is full"):
            carry_out(store, plan_run(store, [str(folder)], FINGERPRINT), task(Here()))
        assert 0 < len(list(store.records())) < 40
    outcome, _ = _run(path, folder)
    assert outcome.done + outcome.unchanged == 40
    _run(tmp_path / "fresh.db", folder)
    assert everything(path) == everything(tmp_path / "fresh.db")


def _started(path: Path, folder: Path, pids: Path, workers: int = 2, seconds: float = 0.05) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [
            *(sys.executable, "-c", "from tests.pipeline.archive.works import main; main()"),
            *map(str, (path, folder, workers, seconds, pids)),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))},
        stderr=subprocess.PIPE,
    )


def _done(path: Path) -> int:
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            (count,) = db.execute("SELECT count(*) FROM document").fetchone()
        finally:
            db.close()
    except sqlite3.Error:
        return 0
    return int(count)


def _wait_until(condition: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_killed_at_any_moment_a_run_goes_on_and_does_nothing_twice(tmp_path: Path) -> None:
    folder, path, pids = tmp_path / "archiv", tmp_path / "archiv.db", tmp_path / "pids"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:02}.txt").write_text(f"{n}\n")
    pids.touch()
    chance = random.Random(7)
    for kill in range(4):
        run = _started(path, folder, pids)
        before = _done(path)
        _wait_until(lambda before=before, run=run: _done(path) > before or run.poll() is not None)
        time.sleep(chance.uniform(0, 0.3))
        os.kill(run.pid, signal.SIGKILL)
        run.communicate()
        assert _done(path) < 60, f"kill {kill} came too late to tell anything"
        _wait_until(lambda: not any(map(alive, pids.read_text().split())))
    run = _started(path, folder, pids, seconds=0)
    _, said = run.communicate()
    assert run.returncode == 0, said
    _run(tmp_path / "fresh.db", folder)
    held, fresh = everything(path), everything(tmp_path / "fresh.db")
    assert len(held["document"]) == len(held["record"]) == 60
    assert held == fresh


@pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")
def test_a_second_run_is_told_to_wait(tmp_path: Path) -> None:
    folder, path, pids = tmp_path / "archiv", tmp_path / "archiv.db", tmp_path / "pids"
    folder.mkdir()
    (folder / "a.txt").write_text("eins\n")
    (folder / "b.txt").write_text("SLEEP\n")
    first = _started(path, folder, pids)
    _wait_until(lambda: _done(path) == 1)
    second = _started(path, folder, pids)
    _, said = second.communicate()
    assert second.returncode == 2
    assert said.decode().strip().endswith("archiv.db is in use by another run: wait until it ends")
    first.send_signal(signal.SIGINT)
    first.communicate()
    assert not any(map(alive, pids.read_text().split()))
    with Store(path) as store:
        (last,) = store.runs()
        assert last.outcome and last.outcome.done == 1


def test_a_failure_in_storing_ends_the_workers(tmp_path: Path) -> None:
    folder = tmp_path / "archiv"
    folder.mkdir()
    (folder / "a.txt").write_text("eins\n")
    (folder / "b.txt").write_text("SLEEP\n")

    def watch(name: str, failed: Failed | None) -> None:
        raise KeyboardInterrupt

    pids = tmp_path / "pids"
    with Store(tmp_path / "archiv.db") as store, pytest.raises(KeyboardInterrupt):
        plan = plan_run(store, [str(folder)], FINGERPRINT)
        carry_out(store, plan, replace(task(Processes(2, LIMITS)), work=Obedient(pids=pids)), watch)
    for pid in pids.read_text().split():
        with pytest.raises(ProcessLookupError):
            os.kill(int(pid), 0)
