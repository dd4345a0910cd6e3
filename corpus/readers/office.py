"""Office files: the XML in their ZIP archive, taken out with limits."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.readers.content import MAX_MARKUP, ReadError, of_extra

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTITY = re.compile(rb"<\x00?!\x00?E\x00?N\x00?T\x00?I\x00?T\x00?Y")  # in UTF-8 and UTF-16


def parts_of(data: bytes, wanted: Iterable[str], name: str, what: str) -> dict[str, _Element]:
    """Return the wanted XML files of an office file by their names, as far as they are there.

    `ReadError` where the archive is damaged or encrypted, or unpacks to more than a document holds.
    """
    found = {}
    left = MAX_MARKUP
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for part in set(wanted) & set(archive.namelist()):
                with archive.open(part) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise ReadError(f"{name} unpacks to more than {MAX_MARKUP} bytes of text: refused")
                found[part] = parsed(content, name, what)
    except ReadError:
        raise
    # zipfile states only the first; of a torn directory it raises all of these
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(f"{name} is {what}, but damaged: get it again") from error
    except RuntimeError as error:
        raise ReadError(f"{name} is {what}, but encrypted: save it without a password") from error
    return found


def parsed(content: bytes, name: str, what: str) -> _Element:
    """Parse XML of unknown origin: no entities, no DTD, no files, no network."""
    etree = of_extra("lxml.etree", "formats", name, what)
    if _ENTITY.search(content):
        raise ReadError(f"{name} is {what} that declares entities, with which files are attacked: take them out first")
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{name} is {what}, but damaged ({error.msg}): save it anew") from error
