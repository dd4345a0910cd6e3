"""Archives (ZIP, tar, tar with gzip, bzip2 or xz, Parquet): which documents are in them, and the bytes of one.

Nothing is ever unpacked to the disk, so a member named "../../etc/passwd" reaches no file; it is refused all the same.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import IO

from corpus.locations import openable
from corpus.readers.content import MAX_BYTES, ReadError
from corpus.readers.parquet import MAGIC, read_row, row_names
from corpus.readers.zips import ENCRYPTED, FAULTS, open_zip

MARK = "!"  # between an archive and the path in it: "2024.zip!/maerz/rat.pdf"
MAX_MEMBERS = 20_000
MAX_UNPACKED = 1_000_000_000  # bytes of a whole packed tar, which can only be read from its beginning
MAX_RATIO = 200  # how many times its own size a ZIP with more than that may unpack to; text packs to a tenth
_MAX_NAME = 1 << 20  # bytes of a header of tar that names the next member, which tarfile reads at once
_ZIP = b"PK"
_FAULTS = (*FAULTS, tarfile.TarError, lzma.LZMAError)
_PACKED = ((b"\x1f\x8b", gzip.open), (b"BZh", bz2.open), (b"\xfd7zXZ\x00", lzma.open))


def member_names(path: Path) -> list[str]:
    """Return the names of the files in an archive, sorted, each once; `ReadError` where it is damaged or a bomb."""
    try:
        if _begins(path, MAGIC):
            return sorted(row_names(path))  # a table of a million names is no bomb
        if _begins(path, _ZIP):
            names = [info.filename for info in _zip_of(path).infolist() if not _is_folder(info)]
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
        if _begins(path, MAGIC):
            data = read_row(path, member)
        elif _begins(path, _ZIP):
            data = _from_zip(path, member, name)
        else:
            data = _from_tar(path, member, name)
    except ReadError:
        raise
    except _FAULTS as error:
        raise ReadError(f"{name} is damaged in its archive: get the archive again") from error
    if data is None:
        raise ReadError(f"{name} does not exist: check the path in the archive")
    if len(data) > MAX_BYTES:
        raise ReadError(f"{name} unpacks to more than {MAX_BYTES} bytes: refused")
    return data


def _begins(path: Path, mark: bytes) -> bool:
    # `zipfile.is_zipfile` takes a tar for a ZIP file whose last member is a Word file.
    with path.open("rb") as file:
        return file.read(len(mark)) == mark


def _zip_of(path: Path) -> zipfile.ZipFile:
    about = path.stat()
    return _opened(path, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=2)  # its documents are read one after another, and listing 20,000 takes a tenth of a second
def _opened(path: Path, _changed: int, size: int) -> zipfile.ZipFile:
    archive = open_zip(path, str(path))
    unpacked = sum(info.file_size for info in archive.infolist())
    if unpacked > max(MAX_UNPACKED, MAX_RATIO * size):
        archive.close()
        raise ReadError(f"{path} unpacks to {MAX_RATIO} times its size, more than {MAX_UNPACKED} bytes: refused")
    return archive


def _from_zip(path: Path, member: str, name: str) -> bytes | None:
    archive = _zip_of(path)
    info = archive.NameToInfo.get(member)  # of two files of one name the later counts, as for other programs
    if info is None:
        info = next((info for info in archive.infolist() if _plain(info.filename) == _plain(member)), None)
    if info is None or _is_folder(info):
        return None
    _check(info.filename, name)
    if info.flag_bits & ENCRYPTED:
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


def _is_folder(info: zipfile.ZipInfo) -> bool:
    return info.filename.endswith("/")  # `ZipInfo.is_dir` breaks where there is no name


def _plain(member: str) -> str:
    return str(PurePosixPath(member.lstrip("/")))  # "./a.txt" and "a.txt" are one, as a path has them


def _check(member: str, name: str) -> None:
    inner = PurePosixPath(member.replace("\\", "/"))
    if inner.is_absolute() or ".." in inner.parts or ":" in "".join(inner.parts[:1]):
        raise ReadError(f"{name} points out of its archive: refused")


def _members(tar: tarfile.TarFile, path: Path) -> Iterator[tarfile.TarInfo]:
    for n, member in enumerate(tar):
        if n >= 2 * MAX_MEMBERS:  # folders count here
            raise ReadError(f"{path} holds more than {MAX_MEMBERS} files: unpack it and name the folder")
        yield member


class _Member(tarfile.TarInfo):
    """A member whose header is refused where it alone would fill the memory."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Member:
        found = super().frombuf(buf, encoding, errors)
        if found.type in _OF_THE_NEXT and found.size > _MAX_NAME:
            raise tarfile.ReadError(f"a header of {found.size} bytes")
        return found


_OF_THE_NEXT = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, *tarfile.GNU_TYPES[:2])


def _tar(path: Path) -> tarfile.TarFile:
    with path.open("rb") as file:
        beginning = file.read(6)
    opened = next((opener(openable(path)) for mark, opener in _PACKED if beginning.startswith(mark)), None)
    if opened is None:  # not packed, so that members can be skipped and no more comes out than is in it
        source = openable(path)
        if isinstance(source, Path):
            return tarfile.open(source, mode="r:", tarinfo=_Member)
        return tarfile.open(fileobj=source, mode="r:", tarinfo=_Member)
    return tarfile.open(fileobj=_Limited(opened, path), mode="r|", tarinfo=_Member)


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
