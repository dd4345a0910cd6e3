"""Office files: the XML in their ZIP archive, taken out with limits."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.readers.content import MAX_MARKUP, ReadError, of_extra
from corpus.readers.zips import ENCRYPTED, FAULTS, open_zip

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
        with open_zip(data, name) as archive:
            for part in sorted(set(wanted) & set(archive.namelist())):
                if archive.getinfo(part).flag_bits & ENCRYPTED:
                    raise ReadError(f"{name} is {what}, but encrypted: save it without a password")
                with archive.open(part) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise ReadError(f"{name} unpacks to more than {MAX_MARKUP} bytes of text: refused")
                found[part] = parsed(content, name, what)
    except ReadError:
        raise
    except FAULTS as error:
        raise ReadError(f"{name} is {what}, but damaged: get it again") from error
    return found


def parsed(content: bytes, name: str, what: str) -> _Element:
    """Parse XML of unknown origin: no entities, no DTD, no files, no network."""
    etree = of_extra("lxml.etree", "formats", name, what)
    declares = ReadError(f"{name} is {what} that declares entities, with which files are attacked: take them out first")
    if _ENTITY.search(content):
        raise declares
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = " ".join(str(getattr(error, "msg", None) or error).split())  # libxml2 breaks lines
        raise ReadError(f"{name} is {what}, but damaged ({reason}): save it anew") from error
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and next(internal.iterentities(), None) is not None:  # in an encoding that hid it above
        raise declares
    return root
