"""Plain text: the encoding found, the bytes decoded, nothing changed."""

from __future__ import annotations

import re

from corpus.encodings import encoding_by_mark, is_damaged_utf8, single_byte_encoding, utf16_without_mark
from corpus.readers.content import Content, ReadError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def read_plain(data: bytes, name: str) -> Content:
    """Decode a text: line ends and form feeds stand as they are, a byte order mark is no part of it."""
    encoding = encoding_of(data, name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"{name} is damaged {encoding} at byte {error.start}: save it again as UTF-8") from error
    if not text.strip():
        scanned = "; a scanned document needs text recognition first" if "\f" in text else ""
        raise ReadError(f"{name} is empty: leave it out{scanned}")
    if "\x00" in text or len(_CONTROL.findall(text)) > len(text) / 50:
        raise ReadError(f"{name} is a binary file, not text: convert it to text first")
    return Content(text, encoding)


def encoding_of(data: bytes, name: str) -> str:
    """Return the encoding of a text by its mark, its form or its umlauts; `ReadError` for damaged UTF-8."""
    if encoding := encoding_by_mark(data) or utf16_without_mark(data):
        return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if is_damaged_utf8(data):
            raise ReadError(f"{name} is damaged UTF-8 at byte {error.start}: save it again as UTF-8") from error
        return single_byte_encoding(data)
    return "utf-8"
