from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx
import pytest
from typer.testing import CliRunner, Result

from corpus.store import Store
from pipeline.cli import app
from tests.corpus.store.examples import minutes

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "archiv.db"
    with Store(path) as opened:
        opened.put(minutes())
    return path


def _explore(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["explore", *map(str, arguments), "--no-browser"])


def test_it_serves_until_it_is_interrupted(store: Path) -> None:
    server = subprocess.Popen(
        [
            *(sys.executable, "-c", "from pipeline.cli import main; main()"),
            *("explore", str(store), "--port", "0", "--no-browser"),
        ],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        address = server.stderr.readline().partition(" ")[0]
        assert address.startswith("http://127.0.0.1:")
        assert "Gemeinderat Höhenfeld" in httpx.get(f"{address}archiv/sitzungen").text
        with Store(store) as written:  # a run may go on
            written.put(minutes("b.txt", more="b"))
        assert "b.txt" in httpx.get(f"{address}archiv/sitzungen").text
        assert httpx.get(address, headers={"host": "elsewhere.example"}).status_code == 403
    finally:
        server.send_signal(signal.SIGINT)
        output, errors = server.communicate(timeout=30)
    assert (server.returncode, output, errors) == (0, "", "")


def test_no_store_and_no_free_port_are_said(store: Path, tmp_path: Path) -> None:
    done = _explore(tmp_path / "no.db")
    assert (done.exit_code, "does not exist: make it with `protokollant run" in done.stderr) == (2, True)
    (tmp_path / "text.db").write_text("no database, but some text" * 100)
    done = _explore(tmp_path / "text.db")
    assert (done.exit_code, "is not a store" in done.stderr) == (2, True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _explore(store, "--port", str(port))
    assert (done.exit_code, f"port {port} cannot be had" in done.stderr) == (2, True)


def test_a_missing_extra_is_named(store: Path) -> None:
    script = "import sys; sys.modules['datasette'] = None; from pipeline.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", script, "explore", str(store)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (
        2,
        "Error: datasette is not installed: pip install 'protokollant[explore]'\n",
    )
