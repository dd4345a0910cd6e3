"""The files of a mirror, each under the hash of its bytes, so that no name of a feed reaches the disk."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import sha256
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.oparl.errors import OParlError, Problem, ServerDown
from corpus.oparl.mirror import FILES, Mirror, StoredFile, key_of, text_key_of
from corpus.oparl.objects import MinutesFile
from corpus.placing import placed, put_in_place

if TYPE_CHECKING:
    from corpus.oparl.client import Client

# Without those of the system, which differ from machine to machine.
_ENDINGS = mimetypes.MimeTypes(filenames=())
_PLAIN_ENDING = re.compile(r"\.[a-z0-9]{1,8}")


def store_texts(mirror: Mirror) -> int:
    """Write the texts that the feed has for files whose own bytes the mirror lacks; return how many are new."""
    written = 0
    for file in mirror.files():
        content, fetched = mirror.text(file), mirror.file(key_of(file))
        if not content or (fetched and _is_there(mirror, fetched)):
            continue
        data = content.encode("utf-8")
        digest = sha256(data).hexdigest()
        known = mirror.file(text_key_of(file))
        if known and known.sha256 == digest and _is_there(mirror, known):
            continue
        path = f"{FILES}/{digest}.txt"
        with placed(mirror.folder / path) as stream:
            stream.write(data)
        mirror.put_file(text_key_of(file), StoredFile(sha256=digest, size=len(data), path=path))
        written += 1
    return written


def download(mirror: Mirror, client: Client, say: Callable[[str], None]) -> Iterator[Problem | None]:
    """Fetch the files that the mirror lacks or that have changed; yield why one cannot be had, or `None` if it came.

    What is already there as the feed has it is not asked for. Raises `ServerDown`.
    """
    for file in mirror.files():
        known = mirror.file(key_of(file)) or StoredFile()
        same = file.modified is not None and file.modified == known.modified and not known.problem
        if not file.url or (same and _is_there(mirror, known)):
            continue
        try:
            came = _fetch(mirror, client, file, known)
        except ServerDown:
            raise
        except OParlError as error:
            mirror.put_file(file.url, replace(known, problem=str(error)))
            yield Problem(file.url, str(error))
        else:
            if came:
                say(f"{file.name or file.url}: stored")
                yield None


def _fetch(mirror: Mirror, client: Client, file: MinutesFile, known: StoredFile) -> bool:
    assert file.url
    part = mirror.folder / FILES / f".{sha256(file.url.encode()).hexdigest()}.part"
    conditions = (known.etag, known.last_modified) if _is_there(mirror, known) else ()
    try:
        came = client.download(file.url, part, *conditions)
        if came is None:
            mirror.put_file(file.url, replace(known, modified=file.modified, problem=None))
            return False
        path = f"{FILES}/{came.sha256}{_ending(file)}"
        put_in_place(part, mirror.folder / path)
    finally:
        part.unlink(missing_ok=True)
    stored = StoredFile(file.modified, came.sha256, came.size, path, came.etag, came.last_modified)
    mirror.put_file(file.url, stored)
    return True


def _is_there(mirror: Mirror, known: StoredFile) -> bool:
    return known.path is not None and (mirror.folder / known.path).is_file()


def _ending(file: MinutesFile) -> str:
    """Return the ending that says what the file is: by its media type, else by the name that the feed gives it."""
    kind = (file.mime or "").partition(";")[0].strip().lower()
    if (ending := _ENDINGS.guess_extension(kind)) and ending != ".bin":
        return ending
    named = PurePosixPath(file.file_name or "").suffix.lower()
    return named if _PLAIN_ENDING.fullmatch(named) else ""
