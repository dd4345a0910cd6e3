from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from models.weights import MANIFEST, WeightsError, add_to_manifest, read_manifest, write_manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.bin").write_bytes(b"a" * (3 << 20))
    (tmp_path / "b.bin").write_bytes(b"")
    write_manifest(tmp_path, ("b.bin", "a.bin"), name="Gewichte für Köln", window=8)
    return tmp_path


def test_what_was_written_is_read(folder: Path) -> None:
    assert read_manifest(folder) == {"name": "Gewichte für Köln", "window": 8}
    assert hashlib.sha256(b"a" * (3 << 20)).hexdigest() in (folder / MANIFEST).read_text(encoding="utf-8")


def test_more_can_be_added(folder: Path) -> None:
    add_to_manifest(folder, window=9, calibration={"temperature": 2.0})
    assert read_manifest(folder) == {"name": "Gewichte für Köln", "window": 9, "calibration": {"temperature": 2.0}}
    (folder / "b.bin").write_bytes(b"b")
    with pytest.raises(WeightsError, match=r"b\.bin is damaged"):
        read_manifest(folder)


def test_files_that_are_not_listed_do_not_matter(folder: Path) -> None:
    (folder / "c.bin").write_bytes(b"c")
    assert read_manifest(folder, ("a.bin",))["window"] == 8
    with pytest.raises(WeightsError, match=r"holds other weights, without c\.bin"):
        read_manifest(folder, ("a.bin", "c.bin"))


def test_a_folder_without_weights(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "fehlt"):
        with pytest.raises(WeightsError, match=rf"{folder} holds no weights .*: give the folder that `protokollant"):
            read_manifest(folder)


@pytest.mark.parametrize("content", [b"{", b"[]", b"null", b'{"files": 3}', b'{"name": "x"}', b"\xff", b""])
def test_a_manifest_that_is_none(folder: Path, content: bytes) -> None:
    (folder / MANIFEST).write_bytes(content)
    with pytest.raises(WeightsError, match=r"manifest\.json .*: install protokollant again, or train again"):
        read_manifest(folder)
