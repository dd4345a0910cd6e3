from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from corpus.reading import ReadError, find_documents, read_source

pa = pytest.importorskip("pyarrow", reason="the extra tables is not installed")


def _written(path: Path, rows: dict[str, list[Any]], group: int = 2) -> Path:
    import pyarrow.parquet as pq

    pq.write_table(pa.table(rows), path, row_group_size=group)
    return path


def test_documents_are_rows(tmp_path: Path) -> None:
    names = ["2024/rat-1.txt", "2024/rat-2.md", "bild.png", "/rat-3.txt", "rat-4.txt"]
    contents = [b"eins", b"# zwei", b"\x89PNG", "drei für alle".encode(), None]
    path = _written(tmp_path / "archiv.parquet", {"path": names, "content": contents, "year": [1, 2, 3, 4, 5]})
    found = find_documents(path)
    assert [x.relative_to(tmp_path).as_posix() for x in found] == [
        "archiv.parquet!/2024/rat-1.txt",
        "archiv.parquet!/2024/rat-2.md",
        "archiv.parquet!/rat-3.txt",
        "archiv.parquet!/rat-4.txt",
    ]
    assert [read_source(x).format for x in found[:2]] == ["text", "markdown"]
    assert read_source(found[2]).text == "drei für alle"
    with pytest.raises(ReadError, match=r"rat-4\.txt does not exist"):
        read_source(found[3])


def test_texts_get_an_ending(tmp_path: Path) -> None:
    path = _written(tmp_path / "texte.parquet", {"path": ["2024-03-01", "b.TXT"], "text": ["März", "April"]})
    found = find_documents(tmp_path)
    assert [x.name for x in found] == ["2024-03-01.txt", "b.TXT"]
    assert read_source(found[0]).text == "März"
    assert find_documents(path) == found


def test_of_two_rows_of_one_name_the_first_counts(tmp_path: Path) -> None:
    path = _written(tmp_path / "texte.parquet", {"path": ["a", "b", "a"], "text": ["eins", "zwei", "drei"]})
    assert [read_source(x).text for x in find_documents(path)] == ["eins", "zwei"]


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    path = _written(tmp_path / "texte.parquet", {"path": ["a"], "text": ["eins"]})
    (document,) = find_documents(path)
    assert read_source(document).text == "eins"
    _written(path, {"path": ["a"], "text": ["eins und zwei"]})
    assert read_source(document).text == "eins und zwei"


@pytest.mark.parametrize(
    "rows",
    [
        {"name": ["a"], "text": ["eins"]},
        {"path": ["a"], "inhalt": ["eins"]},
        {"path": [1], "text": ["eins"]},
        {"path": ["a"], "content": ["eins"]},
    ],
)
def test_other_tables_are_refused(tmp_path: Path, rows: dict[str, list[Any]]) -> None:
    path = _written(tmp_path / "turns.parquet", rows)
    assert find_documents(tmp_path) == [path]
    with pytest.raises(ReadError, match=r"turns\.parquet holds no documents: it needs the columns path and content"):
        read_source(path)


@pytest.mark.parametrize("keep", [4, 10, -9, -1])
def test_a_torn_file_is_refused(tmp_path: Path, keep: int) -> None:
    path = _written(tmp_path / "texte.parquet", {"path": ["a"], "text": ["eins"]})
    path.write_bytes(path.read_bytes()[:keep])
    (document,) = find_documents(tmp_path)
    with pytest.raises(ReadError, match="damaged"):
        read_source(document)


def test_a_group_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.readers.parquet.MAX_GROUP", 50)
    path = _written(tmp_path / "texte.parquet", {"path": ["a"], "text": ["eins " * 100]})
    (document,) = find_documents(path)
    with pytest.raises(ReadError, match="write it in smaller groups"):
        read_source(document)
