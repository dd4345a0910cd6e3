from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from corpus.reading import ReadError, find_documents, read_source
from tests.corpus.readers.documents import tarred, zipped

QUESTION = "Frau Lux fragt nach dem Weg.\n"


def names(folder: Path, path: Path) -> list[str]:
    return [document.as_posix().removeprefix(f"{folder.as_posix()}/") for document in find_documents(path)]


def test_documents_in_a_zip(tmp_path: Path) -> None:
    archive = tmp_path / "2024.zip"
    members = ("b.txt", "mai/a.md", "mai/bild.png", ".hidden/c.txt", "__MACOSX/b.txt", "README.md")
    archive.write_bytes(zipped(dict.fromkeys(members, QUESTION)))
    assert names(tmp_path, archive) == ["2024.zip!/b.txt", "2024.zip!/mai/a.md"]
    source = read_source(find_documents(archive)[1])
    assert (source.name, source.text) == (f"{archive.as_posix()}!/mai/a.md", QUESTION)
    assert find_documents(tmp_path / "2024.zip!" / "b.txt") == [tmp_path / "2024.zip!" / "b.txt"]


@pytest.mark.parametrize(
    ("name", "mode"), [("a.tar", "w"), ("a.tgz", "w:gz"), ("a.tar.bz2", "w:bz2"), ("a.tar.xz", "w:xz")]
)
def test_documents_in_a_tar(name: str, mode: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(tarred({"./mai/a.txt": QUESTION.encode(), "b.txt": b"x"}, mode=mode))
    assert names(tmp_path, tmp_path) == [f"{name}!/mai/a.txt", f"{name}!/b.txt"]
    assert read_source(find_documents(tmp_path)[0]).text == QUESTION


def test_what_points_out_of_an_archive_is_refused(tmp_path: Path) -> None:
    zip_members = ("../../etc/a.txt", "/etc/b.txt", "..\\c.txt", "C:/d.txt")
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(zip_members, QUESTION)))
    (tmp_path / "b.tgz").write_bytes(tarred({"../a.txt": b"x", "/b.txt": b"x"}))
    documents = find_documents(tmp_path)
    assert len(documents) >= 5
    for document in documents:
        with pytest.raises(ReadError, match="points out of its archive: refused"):
            read_source(document)
    assert not (tmp_path.parent / "a.txt").exists()


def test_links_are_no_documents(tmp_path: Path) -> None:
    (tmp_path / "a.tgz").write_bytes(tarred({}, links=["a.txt"]))
    with pytest.raises(ReadError, match="is a link or a device, no document"):
        read_source(tmp_path / "a.tgz!" / "a.txt")


def test_an_archive_in_an_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"b.zip": zipped({"a.txt": QUESTION})}))
    (document,) = find_documents(tmp_path)
    with pytest.raises(ReadError, match="is an archive, within another"):
        read_source(document)


def test_what_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.archive.MAX_BYTES", 1000)
    monkeypatch.setattr("corpus.readers.archive.MAX_UNPACKED", 100_000)
    (tmp_path / "a.zip").write_bytes(zipped({"a.txt": b" " * 1001}))
    with pytest.raises(ReadError, match="unpacks to more than 1000 bytes"):
        read_source(tmp_path / "a.zip!" / "a.txt")
    (tmp_path / "b.tgz").write_bytes(tarred({"a.txt": b" " * 1_000_000}))
    (document,) = find_documents(tmp_path / "b.tgz")
    assert document == tmp_path / "b.tgz"
    with pytest.raises(ReadError, match="unpacks to more than 100000 bytes"):
        read_source(document)


def test_too_many_members(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.archive.MAX_MEMBERS", 2)
    (tmp_path / "a.zip").write_bytes(zipped(dict.fromkeys(("a.txt", "b.txt", "c.txt"), "x")))
    with pytest.raises(ReadError, match="holds more than 2 files: unpack it"):
        read_source(tmp_path / "a.zip")


def test_damaged_and_missing(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04kaputt")
    whole = tarred({"a.txt": QUESTION.encode() * 1000}, mode="w:xz")
    (tmp_path / "b.tar.xz").write_bytes(whole[: len(whole) // 2])
    for document in find_documents(tmp_path):
        with pytest.raises(ReadError, match="is a damaged archive: get it again"):
            read_source(document)
    (tmp_path / "c.zip").write_bytes(zipped({"a.txt": "x"}))
    with pytest.raises(ReadError, match="does not exist: check the path in the archive"):
        read_source(tmp_path / "c.zip!" / "b.txt")


def test_a_member_with_a_password(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": QUESTION}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(ReadError, match="is encrypted: unpack the archive with its password first"):
        read_source(tmp_path / "a.zip!" / "a.txt")


def test_a_folder_whose_name_ends_like_an_archive(tmp_path: Path) -> None:
    folder = tmp_path / "wichtig!"
    folder.mkdir()
    (folder / "a.txt").write_text(QUESTION)
    assert read_source(find_documents(folder)[0]).text == QUESTION
    assert tarfile.is_tarfile(io.BytesIO(tarred({"a.txt": b"x"}, mode="w")))
