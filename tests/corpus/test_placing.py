from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.placing import placed


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("alt")
    with placed(path) as stream:
        stream.write(b"neu")
        assert path.read_text() == "alt"
    assert (path.read_text(), list(tmp_path.iterdir())) == ("neu", [path])


def test_after_an_error_the_older_one_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("alt")
    with pytest.raises(KeyError), placed(path) as stream:
        stream.write(b"neu")
        raise KeyError
    assert (path.read_text(), list(tmp_path.iterdir())) == ("alt", [path])


def test_a_link_stays_a_link_and_a_device_a_device(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    with placed(tmp_path / "a.txt") as stream:
        stream.write(b"neu")
    assert (tmp_path / "a.txt").is_symlink()
    assert (tmp_path / "b.txt").read_text() == "neu"
    with placed(Path(os.devnull)) as stream:
        stream.write(b"neu")
    assert not Path(os.devnull).is_file()
