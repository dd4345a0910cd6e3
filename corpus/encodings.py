"""Encodings of German text files: by mark, by form, and the single-byte ones by how the text then reads.

Statistical detection needs more text than a short protocol has: charset-normalizer reads "„Ja“" as Macintosh
and gives up on "ÄÖÜ". German needs little: a handful of letters and marks tells the four encodings apart that
archives hold.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    # UTF-32 before UTF-16: the little-endian marks begin alike.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# In the order in which they win a draw: Windows and Latin-1, Latin-9 with its euro, DOS, old Macintosh.
_SINGLE_BYTE = ("cp1252", "iso8859-15", "cp850", "mac-roman")

_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf] | [\xe0-\xef][\x80-\xbf]{2} | [\xf0-\xf4][\x80-\xbf]{3}", re.VERBOSE
)
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")

_AT_HOME = re.compile(
    r"""
      (?<=[^\W\d_]) [äöüß] | (?<=[A-ZÄÖÜ]) [ÄÖÜ]            # "Größe", "BESCHLÜSSE"
    | [äöüÄÖÜßÇ] (?=[a-zäöüß]) | [ÄÖÜ] (?=[A-ZÄÖÜ])          # "Übrige", "ÖPNV", "Çelik"
    | § (?=[§\s]*\d) | (?<=\d) [ ]? € | € (?=[ ]?\d)
    | (?<!\w) [„‚«»–—•] | … (?!\w) | (?<=[\w.,!?]) [“”‘’»«] (?!\w) | (?<=\w) ’ (?=\w)
    | (?<=\d) [ ]? [½¼²³°] | (?<=m) [²³]
    """,
    re.VERBOSE,
)
_OUT_OF_PLACE = re.compile(
    r"""
      (?<=[^\W\d_]) [„“”‚§€¤÷±¶·•º†‡‰¢£¥«»¬] (?=[^\W\d_])    # "Gr”áe" is DOS, "Stra§e" Macintosh
    | (?<=[a-zäöüß]) [ÄÖÜ]
    | [\u2500-\u25ff]
    | [\x00-\x08\x0e-\x1f\x7f-\x9f]
    """,
    re.VERBOSE,
)


def encoding_by_mark(data: bytes) -> str | None:
    """Return the encoding that a byte order mark at the beginning gives away."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def utf16_without_mark(data: bytes) -> str | None:
    """Return the byte order of UTF-16 without a mark: in German nearly every other byte is zero."""
    if len(data) % 2:
        return None
    low, high = data[0::2].count(0), data[1::2].count(0)
    units = len(data) // 2
    if high > 0.8 * units and low == 0:
        return "utf-16-le"
    if low > 0.8 * units and high == 0:
        return "utf-16-be"
    return None


def is_damaged_utf8(data: bytes) -> bool:
    """Tell whether most of the non-ASCII bytes of text that is no valid UTF-8 stand in UTF-8 sequences."""
    stray = len(_HIGH_BYTE.findall(_UTF8_SEQUENCE.sub(b"", data)))
    return len(_UTF8_SEQUENCE.findall(data)) > stray


def single_byte_encoding(data: bytes) -> str:
    """Return the single-byte encoding in which the umlauts, quotes and signs stand where German has them."""
    return max(_SINGLE_BYTE, key=lambda encoding: _reads_german(data, encoding))


def _reads_german(data: bytes, encoding: str) -> float:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return float("-inf")
    return len(_AT_HOME.findall(text)) - len(_OUT_OF_PLACE.findall(text))
