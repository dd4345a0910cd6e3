"""ZIP files of unknown origin, archives and office files: opened only where the list of their files is bearable."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

from corpus.locations import openable
from corpus.readers.content import ReadError

FAULTS = (  # zipfile states only the first; of a torn directory it raises all of these
    *(zipfile.BadZipFile, zlib.error, struct.error),
    *(EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
)
MAX_DIRECTORY = (
    16_000_000  # bytes; 20,000 files with long names have 4 million, and zipfile makes ten times as much of it
)
ENCRYPTED = 0x1  # in the flags of a member
_END, _END_64, _LOCATOR = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_END_SIZE, _END_64_SIZE, _LOCATOR_SIZE = 22, 56, 20
_COMMENT = 0xFFFF  # the longest comment behind the end


def open_zip(source: Path | bytes, name: str) -> zipfile.ZipFile:
    """Open a ZIP file; `ReadError` where it lists too much to be read, one of `FAULTS` where it is damaged."""
    with io.BytesIO(source) if isinstance(source, bytes) else source.open("rb") as stream:
        size = _directory_size(stream)
    if size > MAX_DIRECTORY:
        raise ReadError(f"{name} lists more files than an archive of documents does: unpack it and name the folder")
    return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else openable(source))


def _directory_size(stream: IO[bytes]) -> int:
    """Return how many bytes the list of files says it has; 0 where there is none, which zipfile refuses."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(size - _END_SIZE - _COMMENT - _LOCATOR_SIZE - _END_64_SIZE, 0))
    tail = stream.read()
    at = len(tail) - _END_SIZE
    if at < 0 or not (tail.startswith(_END, at) and tail.endswith(b"\0\0")):
        at = tail.rfind(_END)
    if at < 0:
        return 0
    end_64 = at - _LOCATOR_SIZE - _END_64_SIZE
    if end_64 >= 0 and tail.startswith(_LOCATOR, at - _LOCATOR_SIZE) and tail.startswith(_END_64, end_64):
        return int.from_bytes(tail[end_64 + 40 : end_64 + 48], "little")
    return int.from_bytes(tail[at + 12 : at + 16], "little")
