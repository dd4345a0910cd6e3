"""The documents of an archive as they lie there, without reading more of them than has to be read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from corpus.locations import is_address, is_remote, location
from corpus.readers.archive import MARK
from corpus.readers.content import MAX_BYTES
from corpus.reading import ReadError, find_documents, in_archive, read_bytes
from corpus.store import Found, Stamp, storable

_CHUNK = 1 << 20
_ESCAPED = re.compile(r"\\u(dc[89a-f][0-9a-f])")


@dataclass(frozen=True)
class Scan:
    """What the sources of a run hold: `paths` of documents by name, each once, and why some sources hold none.

    `folders` are the sources that were looked through, archives among them.
    """

    paths: dict[str, Path]
    folders: tuple[Path, ...]
    problems: tuple[str, ...]

    def lacks(self, name: str) -> bool:
        """Tell whether a document of this name would have been found if it were there.

        Not so outside of the sources, nor in an archive that stands for itself because it cannot be opened.
        """
        archive, mark, _ = name.partition(f"{MARK}/")
        if name in self.paths or (mark and archive in self.paths):
            return False
        return any(_is_within(name, folder) for folder in self.folders)


def scan(sources: Iterable[str]) -> Scan:
    """Find the documents of all sources: files, folders, archives."""
    paths: dict[str, Path] = {}
    folders: list[Path] = []
    problems: list[str] = []
    for name in sources:
        try:
            source = location(name)
            found = find_documents(source)
        except ReadError as error:
            problems.append(str(error))
            continue
        paths.update((name_of(path), path) for path in found)
        if found != [source]:
            folders.append(source if source.is_dir() else source.with_name(f"{source.name}{MARK}"))
    return Scan(paths, tuple(folders), tuple(problems))


def name_of(path: Path) -> str:
    """Return the path of a document as a store has it."""
    return storable(path.as_posix())


def path_of(name: str) -> Path:
    """Return the path that `name_of` has named, also one that is no UTF-8."""
    path = location(name)
    if "\\udc" not in name or path.exists():
        return path
    return Path(_ESCAPED.sub(lambda m: chr(int(m[1], 16)), name))


def stamp(path: Path, archives: dict[Path, Stamp]) -> Stamp | None:
    """Return size and time of the file of a document; of the archive, which `archives` remembers, if it is in one.

    `None` where they cannot be had.
    """
    with suppress(OSError):
        return _stamp(path)
    inside = in_archive(path)
    if inside is None:
        return None
    archive, _ = inside
    with suppress(OSError):
        if archive not in archives:
            archives[archive] = _stamp(archive)
        return archives[archive]
    return None


def with_content(name: str, path: Path, at: Stamp | None) -> tuple[Found, bytes | None]:
    """Return a document with the hash of its content, and the content of one in an archive or not on this machine.

    There is no hash where the document cannot be read; reading it will say why, but `ReadError` does in these two.
    """
    if is_remote(path) or in_archive(path):
        data = read_bytes(path)
        return Found(name, at, hashlib.sha256(data).hexdigest(), len(data)), data
    if at is None or at.size > MAX_BYTES:
        return Found(name, at, None, at.size if at else None), None
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return Found(name, at, None, at.size), None
    return Found(name, at, digest.hexdigest(), at.size), None


def _stamp(path: Path) -> Stamp:
    about = path.stat()
    if not S_ISREG(about.st_mode):
        raise OSError(f"{path} is no file")  # nothing of a pipe is read twice
    return Stamp(about.st_size, about.st_mtime_ns)


def _is_within(name: str, folder: Path) -> bool:
    if is_address(name) != is_remote(folder):
        return False
    path = location(name)
    return path.is_relative_to(folder) and path.relative_to(folder).parts[:1] not in ((), ("..",))
