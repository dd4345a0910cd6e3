"""Rich text (RTF 1.9), read by striprtf."""

from __future__ import annotations

import datetime as dt
import re

from corpus.readers.content import MAX_MARKUP, Content, Metadata, ReadError
from corpus.readers.tables import CELLS

WHAT = "an RTF document"
_TIME = r"\\%s\\yr(\d{1,4})\\mo(\d\d?)\\dy(\d\d?)(?:\\hr(\d\d?))?(?:\\min(\d\d?))?(?:\\sec(\d\d?))?"
_DIGITS = re.compile(rb"[0-9a-fA-F\s]+")
_LONG = 1000  # so many hexadecimal digits are the bytes of a picture
_PAGES = re.compile(r"\\nofpages(\d{1,6})")
_GENERATOR = re.compile(r"\{\\\*\\generator ([^;{}]+);?\}")


def read_rtf(data: bytes, name: str) -> Content:
    """Read an RTF document: each paragraph, and each row of a table, is a block."""
    from striprtf.striprtf import rtf_to_text

    data = _DIGITS.sub(lambda digits: b"" if len(digits[0]) >= _LONG else digits[0], data)
    if len(data) > MAX_MARKUP:
        raise ReadError(f"{name} has more than {MAX_MARKUP} bytes of RTF: save it as DOCX")
    written = data.decode("latin-1")
    try:
        stripped = rtf_to_text(written, errors="replace")  # type: ignore[no-untyped-call]
    except Exception as error:  # striprtf states no errors of its own
        raise ReadError(f"{name} is {WHAT}, but damaged: save it again, best as DOCX") from error
    lines = (line.strip() for line in stripped.split("\n"))
    # cells end in "|"; one that a person wrote stands between words
    lines = (
        CELLS.join(filter(None, map(str.strip, line.split("|")))) if line.endswith("|") else line for line in lines
    )
    text = "\n\n".join(filter(None, lines))
    if not text.strip():
        raise ReadError(f"{name} is {WHAT} without text: leave it out")
    pages, generator = _PAGES.search(written), _GENERATOR.search(written)
    about = Metadata(
        page_count=int(pages[1]) if pages else None,
        producer=generator[1].strip() if generator else None,
        created=_time(written, "creatim"),
        modified=_time(written, "revtim"),
    )
    return Content(text + "\n", metadata=about)


def _time(written: str, word: str) -> dt.datetime | None:
    m = re.search(_TIME % word, written)
    try:
        return dt.datetime(*(int(x or 0) for x in m.groups())) if m else None  # type: ignore[arg-type]
    except ValueError:
        return None
