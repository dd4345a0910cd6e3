from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.locations import is_remote, location
from corpus.reading import ReadError, find_documents, read_source
from corpus.store import Store
from corpus.writing import WriteError, open_writer
from tests.corpus.readers.documents import zipped
from tests.corpus.store.examples import minutes

pytest.importorskip("upath", reason="the extra remote is not installed")


@pytest.fixture
def archive(request: pytest.FixtureRequest) -> str:
    """The address of an archive in the memory of this process."""
    address = f"memory://{request.node.name}"
    files = {"rat.txt": b"Sitzung", "2024/2024.zip": zipped({"mai/rat.txt": "Sitzung im Mai"}), "bild.png": b"\x89PNG"}
    for name, data in files.items():
        path = location(f"{address}/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return address


def test_a_path_stays_a_path() -> None:
    assert location("archiv/rat.txt") == Path("archiv/rat.txt")
    assert not is_remote(location("archiv/rat.txt"))


def test_documents_at_an_address(archive: str) -> None:
    found = find_documents(location(archive))
    names = [str(x).partition(archive.partition("://")[2])[2] for x in found]
    assert names == ["/2024/2024.zip!/mai/rat.txt", "/rat.txt"]
    assert [read_source(x).text for x in found] == ["Sitzung im Mai", "Sitzung"]
    assert all(read_source(x).name == str(x) and str(x).startswith("memory://") for x in found)


def test_what_is_not_there(archive: str) -> None:
    with pytest.raises(ReadError, match=r"fehlt\.txt does not exist: check the path"):
        read_source(location(f"{archive}/fehlt.txt"))
    with pytest.raises(ReadError, match="does not exist: check the path"):
        find_documents(location(f"{archive}/fehlt"))


def test_an_address_that_no_file_system_has() -> None:
    with pytest.raises(ReadError, match="nirgends://archiv"):
        find_documents(location("nirgends://archiv"))


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "upath", None)
    with pytest.raises(ReadError, match=r"pip install 'protokollant\[remote\]'"):
        location("s3://archiv")


@pytest.mark.parametrize("form", ["jsonl", "csv", "tables", "tei", "markdown"])
def test_output_at_an_address(form: str, archive: str, tmp_path: Path) -> None:
    address = f"{archive}/out/rat"
    with open_writer(address, form) as there, open_writer(tmp_path / "rat", form) as here:
        there.write(minutes())
        here.write(minutes())
    root = tmp_path / "rat"
    files = [x for x in root.rglob("*") if x.is_file()] if root.is_dir() else [root]
    for file in files:
        assert location(address).joinpath(*file.relative_to(root).parts).read_bytes() == file.read_bytes()


def test_what_is_not_complete_is_not_copied(archive: str) -> None:
    with pytest.raises(KeyError), open_writer(f"{archive}/turns.csv") as writer:
        writer.write(minutes())
        raise KeyError
    assert not location(f"{archive}/turns.csv").exists()


def test_an_address_that_cannot_be_written() -> None:
    with pytest.raises(WriteError, match="nirgends"):
        open_writer("nirgends://archiv/turns.csv")


def test_a_store_is_on_this_machine(archive: str, tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        store.put(minutes(source=f"{archive}/rat.txt"))
        assert list(store.paths()) == [f"{archive}/rat.txt"]
