"""Archives (ZIP, tar, tar with gzip, bzip2 or xz): which documents are in them, and the bytes of one.

Nothing is ever unpacked to the disk, so a member named "../../etc/passwd" reaches no file; it is refused all the same.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.readers.content import MAX_BYTES, ReadError

MARK = "!"  # between an archive and the path in it: "2024.zip!/maerz/rat.pdf"
MAX_MEMBERS = 20_000
MAX_UNPACKED = 1_000_000_000  # of a whole packed tar, which can only be read from its beginning
_FAULTS = (  # zipfile and tarfile state only the first two; of a torn directory they raise all of these
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError),
)
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))


def member_names(path: Path) -> list[str]:
    """Return the names of the files in an archive, sorted, each once; `ReadError` where it is damaged."""
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                names = [info.filename for info in archive.infolist() if not info.is_dir()]
        else:
            with _tar(path) as tar:
                names = [member.name for member in _members(tar, path) if not member.isdir()]
    except ReadError:
        raise
    except _FAULTS as error:
        raise ReadError(f"{path} is a damaged archive: get it again") from error
    if len(names) > MAX_MEMBERS:
        raise ReadError(f"{path} holds more than {MAX_MEMBERS} files: unpack it and name the folder")
    return sorted(set(names))


def read_member(path: Path, member: str) -> bytes:
    """Return the bytes of one file in an archive; `ReadError` where it is unsafe, too large, encrypted or not there."""
    name = f"{path}{MARK}/{member}"
    try:
        data = _from_zip(path, member, name) if zipfile.is_zipfile(path) else _from_tar(path, member, name)
    except ReadError:
        raise
    except _FAULTS as error:
        raise ReadError(f"{name} is damaged in its archive: get the archive again") from error
    if data is None:
        raise ReadError(f"{name} does not exist: check the path in the archive")
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name} unpacks to more than {MAX_BYTES} bytes: refused")
    return data


def _from_zip(path: Path, member: str, name: str) -> bytes | None:
    with zipfile.ZipFile(path) as archive:
        info = next((info for info in archive.infolist() if _plain(info.filename) == _plain(member)), None)
        if info is None:
            return None
        _check(info.filename, name)
        if info.flag_bits & 0x1:
            raise ReadError(f"{name} is encrypted: unpack the archive with its password first")
        with archive.open(info) as file:
            return file.read(MAX_BYTES + 1)


def _from_tar(path: Path, member: str, name: str) -> bytes | None:
    with _tar(path) as tar:
        for found in _members(tar, path):
            if _plain(found.name) == _plain(member) and not found.isdir():
                _check(found.name, name)
                file = tar.extractfile(found) if found.isreg() else None
                if file is None:
                    raise ReadError(f"{name} is a link or a device, no document: refused")
                return file.read(MAX_BYTES + 1)
    return None


def _plain(member: str) -> str:
    return str(PurePosixPath(member.lstrip("/")))  # "./a.txt" and "a.txt" are one, as a path has them


def _check(member: str, name: str) -> None:
    inner = PurePosixPath(member.replace("\\", "/"))
    if inner.is_absolute() or ".." in inner.parts or ":" in inner.parts[0]:
        raise ReadError(f"{name} points out of its archive: refused")


def _members(tar: tarfile.TarFile, path: Path) -> Iterator[tarfile.TarInfo]:
    for n, member in enumerate(tar):
        if n >= 2 * MAX_MEMBERS:  # folders count here
            raise ReadError(f"{path} holds more than {MAX_MEMBERS} files: unpack it and name the folder")
        yield member


def _tar(path: Path) -> tarfile.TarFile:
    with path.open("rb") as file:
        beginning = file.read(6)
    opened = next((opener(path) for mark, opener in _PACKED if beginning.startswith(mark)), None)
    return tarfile.open(fileobj=_Limited(opened or path.open("rb"), path), mode="r|")


class _Limited(io.RawIOBase):
    """A stream that refuses to go on for ever: a few kilobytes can unpack to terabytes."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile, path: Path) -> None:
        self.stream, self.path, self.left = stream, path, MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.left -= len(data)
        if self.left < 0:
            raise ReadError(f"{self.path} unpacks to more than {MAX_UNPACKED} bytes: refused")
        return data

    def close(self) -> None:
        self.stream.close()
        super().close()
