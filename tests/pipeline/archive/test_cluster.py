from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.locations import location
from corpus.store import Outcome, Store
from corpus.writing import open_writer
from pipeline.archive.engine import MEGABYTE, Engine, EngineError, Work
from pipeline.archive.processes import Processes
from pipeline.archive.running import carry_out, plan_run
from tests.corpus.readers.documents import zipped
from tests.corpus.store.examples import everything
from tests.pipeline.archive.works import FINGERPRINT, LIMITS, Unprepared, task

pytest.importorskip("ray", reason="the extra cluster is not installed")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

PATIENCE = 60  # seconds


def _cluster(workers: int | None = 2, address: str | None = None, seconds: float = 6) -> Engine:
    from pipeline.archive.cluster import Cluster

    return Cluster(workers, replace(LIMITS, seconds=seconds), address)


def _run(path: Path, source: str, engine: Engine, work: Work | None = None) -> Outcome:
    with Store(path) as store:
        return carry_out(store, plan_run(store, [source], FINGERPRINT), task(engine, work))


def _exported(path: Path, folder: Path) -> dict[str, bytes]:
    with Store(path) as store, open_writer(folder, "parquet") as writer:
        for minutes in store.records():
            writer.write(minutes)
    return {file.name: file.read_bytes() for file in folder.iterdir()}


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of texts in folders and a ZIP file, two of them alike, one torn, one empty, one that dies."""
    folder = tmp_path / "archiv"
    (folder / "2024").mkdir(parents=True)
    for n in range(40):
        (folder / "2024" / f"rat-{n:02}.txt").write_text(f"Sitzung {n}\n", encoding="utf-8")
    (folder / "rat-00-kopie.txt").write_text("Sitzung 0\n", encoding="utf-8")
    (folder / "leer.txt").write_bytes(b"")
    (folder / "stirbt.txt").write_text("DIE", encoding="utf-8")
    (folder / "2025.zip").write_bytes(zipped({"april/rat.txt": "Sitzung im April\n", "mai.txt": "Sitzung im Mai\n"}))
    (folder / "2023.zip").write_bytes(zipped({"rat.txt": "Sitzung\n"})[:60])
    return folder


def test_the_results_are_those_of_one_machine(archive: Path, tmp_path: Path) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    one = _run(here, str(archive), Processes(2, LIMITS))
    many = _run(there, str(archive), _cluster())
    assert (many.done, many.failed) == (one.done, one.failed) == (43, 3)
    assert many.peak_memory and many.peak_memory < 500 * MEGABYTE
    assert everything(there) == everything(here)
    assert _exported(there, tmp_path / "there") == _exported(here, tmp_path / "here")
    again = _run(there, str(archive), _cluster())
    assert (again.done, again.failed, again.unchanged) == (0, 0, 46)


def test_a_document_costs_nobody_but_itself(tmp_path: Path) -> None:
    folder = tmp_path / "archiv"
    folder.mkdir()
    for word in ("eins", "HANG", "zwei", "EAT", "drei", "DIE", "vier"):
        (folder / f"{word}.txt").write_text(word, encoding="utf-8")
    _run(tmp_path / "archive.db", str(folder), _cluster(1))
    with Store(tmp_path / "archive.db") as store:
        kinds = {Path(failure.path).stem: failure.kind for failure in store.failures()}
    assert (kinds.pop("HANG"), kinds.pop("DIE")) == ("timeout", "died")
    assert kinds == ({"EAT": "memory"} if sys.platform == "linux" else {})


@pytest.mark.skipif(sys.platform == "win32", reason="file names are text there")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    folder = tmp_path / "archiv"
    folder.mkdir()
    path = os.fsdecode(os.fsencode(folder) + b"/b\xfcrger.txt")
    Path(path).write_text("Sitzung", encoding="utf-8")
    assert _run(tmp_path / "archive.db", str(folder), _cluster(1)).done == 1


def test_what_is_not_the_fault_of_a_document_ends_the_run(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no weights"):
        _run(tmp_path / "archive.db", str(archive), _cluster(1), Unprepared(dies=False))


def test_a_cluster_that_is_not_there(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="no cluster answers at 127"):
        _run(tmp_path / "archive.db", str(archive), _cluster(1, f"127.0.0.1:{_free_port()}"))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@contextmanager
def _started(*command: str, **environment: str) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        process.kill()


@pytest.fixture(scope="module")
def objects() -> Iterator[None]:
    """A server on this machine that speaks S3; one for all tests, since its clients are kept in this process."""
    pytest.importorskip("moto", reason="no server of S3 is installed")
    port = _free_port()
    access = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "protokollant",
        "AWS_SECRET_ACCESS_KEY": "protokollant",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    with pytest.MonkeyPatch.context() as patch, _started("moto.server", "-p", str(port)):
        for name, value in access.items():
            patch.setenv(name, value)
        _wait_for(port)
        yield


@pytest.fixture
def bucket(objects: None, tmp_path: Path) -> str:
    """The address of an empty bucket."""
    address = f"s3://archiv-{secrets.token_hex(8)}"
    location(address).mkdir()
    return address


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.2)
    raise AssertionError(f"nothing answers at port {port}")


def _copy(folder: Path, address: str) -> None:
    for file in sorted(x for x in folder.rglob("*") if x.is_file()):
        location(f"{address}/{file.relative_to(folder).as_posix()}").write_bytes(file.read_bytes())


@pytest.mark.parametrize("engine", ["processes", "ray"])
def test_an_archive_of_objects(engine: str, bucket: str, archive: Path, tmp_path: Path) -> None:
    _copy(archive, f"{bucket}/archiv")
    path = tmp_path / "archive.db"
    chosen = _cluster() if engine == "ray" else Processes(2, LIMITS)
    outcome = _run(path, f"{bucket}/archiv", chosen)
    assert (outcome.done, outcome.failed) == (43, 3)
    with Store(path) as store:
        assert f"{bucket}/archiv/2025.zip!/april/rat.txt" in store.paths()
        reasons = [failure.reason for failure in store.failures("unreadable")]
        assert any(reason.startswith(f"{bucket}/archiv/leer.txt is empty") for reason in reasons)
        with open_writer(f"{bucket}/out/tables.parquet") as writer:
            for minutes in store.records():
                writer.write(minutes)
    written = {file.name: file.read_bytes() for file in location(f"{bucket}/out/tables.parquet").iterdir()}
    assert written == _exported(path, tmp_path / "tables")
    location(f"{bucket}/archiv/mehr.txt").write_text("Sitzung")
    location(f"{bucket}/archiv/leer.txt").unlink()
    again = _run(path, f"{bucket}/archiv", chosen)
    assert (again.done, again.unchanged, again.removed) == (1, 45, 1)


def test_a_bucket_that_is_not_there(bucket: str, tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        plan = plan_run(store, [f"{bucket}-x/archiv"], FINGERPRINT)
    assert plan.problems == (f"{bucket}-x/archiv does not exist: check the path",)


def test_documents_in_parquet(archive: Path, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet as pq

    files = sorted(x for x in archive.rglob("*.txt"))
    rows = {"path": [x.name for x in files], "content": [x.read_bytes() for x in files]}
    pq.write_table(pa.table(rows), tmp_path / "archiv.parquet", row_group_size=7)
    stores = tmp_path / "here.db", tmp_path / "there.db"
    for path, engine in zip(stores, (Processes(1, LIMITS), _cluster()), strict=True):
        outcome = _run(path, str(tmp_path / "archiv.parquet"), engine)
        assert (outcome.done, outcome.failed) == (41, 2)
    assert everything(stores[0]) == everything(stores[1])


def test_a_cluster_is_reached_from_outside(tmp_path: Path) -> None:
    folder, store = tmp_path / "archiv", tmp_path / "archive.db"
    folder.mkdir()
    for n in range(5):
        (folder / f"{n}.txt").write_text(f"Frau Lux fragt, ob Weg {n} gesperrt sei.", encoding="utf-8")
    port, client = _free_port(), _free_port()
    head = ("start", "--head", "--block", "--node-ip-address=127.0.0.1", f"--port={port}", "--num-cpus=2")
    options = (f"--ray-client-server-port={client}", "--include-dashboard=false")
    environment = {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", ""))),
    }
    with _started("ray.scripts.scripts", *head, *options, **environment):
        _wait_for(client)
        run = subprocess.run(
            [
                *(sys.executable, "-c", "from pipeline.cli import main; main()"),
                *("run", str(folder), "--store", str(store), "--classifier", "rules"),
                *("--engine", "ray", "--address", f"ray://127.0.0.1:{client}"),
            ],
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
        )
    assert run.returncode == 0, run.stderr
    with Store(store) as opened:
        assert (opened.counts().done, opened.counts().turns) == (5, 5)
