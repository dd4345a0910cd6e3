"""PDF, read by pdfium: words with their boxes, page by page; pages that are pictures of text go to text recognition.

pdfium is a large library in C++ that is fed with files of unknown origin. It therefore runs in a process of its own
(`corpus.readers.isolated`), which may not use more than a set memory and time and may die without harm.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from ctypes import byref
from typing import TYPE_CHECKING

from corpus.readers.content import MAX_CHARACTERS, Content, Metadata, ReadError, of_extra
from corpus.readers.ocr import OcrError, missing_for_ocr, recognise
from corpus.readers.page import Word, compose

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MAX_PAGES = 5000
_DIVIDED = {0x02, 0xFFFE}  # what pdfium gives for a hyphen at the end of a line
_TAB = 0.3  # a gap of this share of the height parts two words: "Beginn der Sitzung:" and "15.00 Uhr" behind a tab
_IMAGE = 3  # FPDF_PAGEOBJ_IMAGE
_Place = Callable[[float, float, float, float], tuple[float, float, float, float]]
_DATE = re.compile(
    r"(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(?P<zone>[Zz])|(?P<sign>[+-])(\d\d)'?(\d\d)?'?)?"
)


def read_pdf(data: bytes, name: str) -> Content:
    """Read a PDF; `ReadError` where it is encrypted, damaged, without pages, too long, or scanned without a reader."""
    pdfium = of_extra("pypdfium2", "formats", name, "a PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise ReadError(f"{name} {_reason(str(error))}") from error
    count = len(document)
    if not count:
        raise ReadError(f"{name} is a PDF without pages: leave it out")
    if count > MAX_PAGES:
        raise ReadError(f"{name} has {count} pages, more than {MAX_PAGES}: split it by session")
    pages: list[list[Word]] = [[] for _ in range(count)]
    scanned: list[int] = []
    damaged: list[int] = []
    characters = 0
    for n in range(count):
        try:
            page = document[n]
            words = list(_words(page))
        except pdfium.PdfiumError:
            damaged.append(n)
            continue
        characters += sum(len(word.text) for word in words)
        if characters > MAX_CHARACTERS:
            raise ReadError(f"{name} holds more than {MAX_CHARACTERS} characters: split it by session")
        if not _readable(words) and _pictured(page):
            scanned.append(n)
        else:
            pages[n] = words
        page.close()
    if len(damaged) == count:
        raise ReadError(f"{name} is a damaged PDF on every page: get it again or repair it")
    notes = [f"{_listed(damaged)} damaged and left out: get the file again or repair it"] if damaged else []
    notes += _recognise(document, pages, scanned, name) if scanned else ()
    text, boxes = compose(pages)
    if not text.strip():
        raise ReadError(f"{name} is a PDF without text: leave it out")
    return Content(text, metadata=_metadata(document), boxes=boxes, notes=tuple(notes))


def _recognise(document: PdfDocument, pages: list[list[Word]], scanned: list[int], name: str) -> Iterator[str]:
    """Fill in the pages that are pictures; yield a note on them, and on those that stay empty and why."""
    missing = missing_for_ocr()
    if missing:
        if not any(pages):
            raise ReadError(f"{name} is a scanned document without text: to have it recognised, {missing}")
        yield f"{_listed(scanned)} scanned and left out: to have the text recognised, {missing}"
        return
    failed: dict[str, list[int]] = {}
    for n in scanned:
        try:
            pages[n] = recognise(document[n])
        except OcrError as error:
            failed.setdefault(str(error), []).append(n)
    if failed and not any(pages):
        raise ReadError(f"{name} is a scanned document that could not be recognised: {next(iter(failed))}")
    if recognised := [n for n in scanned if not any(n in left for left in failed.values())]:
        yield f"{_listed(recognised)} scanned: the text is recognised and may have errors"
    for reason, left in failed.items():
        yield f"{_listed(left)} scanned and left out, not recognised: {reason}"


def _listed(pages: list[int]) -> str:
    """Return "page 3 is" or "pages 1, 4–7 are"; `pages` count from 0 and grow."""
    runs: list[list[int]] = []
    for n in pages:
        if runs and n == runs[-1][-1] + 1:
            runs[-1].append(n)
        else:
            runs.append([n])
    shown = ", ".join(str(run[0] + 1) if len(run) == 1 else f"{run[0] + 1}–{run[-1] + 1}" for run in runs)
    return f"page {shown} is" if len(pages) == 1 else f"pages {shown} are"


def _words(page: PdfPage) -> Iterator[Word]:
    """Yield the words in the order of the file, in coordinates of the page as it is shown."""
    import pypdfium2.raw as c

    textpage = page.get_textpage()
    place = _placer(page)
    box = c.FS_RECTF()
    text: list[str] = []
    edges: list[float] = []
    for i in range(textpage.count_chars()):
        code = c.FPDFText_GetUnicode(textpage, i)
        if code in _DIVIDED:
            code = 0x2D
        if code <= 0x20 or code == 0xA0 or chr(code).isspace():
            if text:
                yield _word(text, edges)
                text, edges = [], []
            continue
        c.FPDFText_GetLooseCharBox(textpage, i, byref(box))
        placed = place(box.left, box.top, box.right, box.bottom)
        if text and _apart(edges, placed):
            yield _word(text, edges)
            text, edges = [], []
        text.append(chr(code))
        edges.extend(placed)
    if text:
        yield _word(text, edges)
    textpage.close()


def _apart(edges: list[float], placed: tuple[float, ...]) -> bool:
    """Tell whether a character stands on another line than the one before, or far from it, though no blank is there."""
    middle, height = (placed[1] + placed[3]) / 2, edges[-1] - edges[-3]
    return not edges[-3] <= middle <= edges[-1] or placed[0] - edges[-2] > _TAB * height


def _word(text: list[str], edges: list[float]) -> Word:
    joined = "".join(text)
    if any("\ud800" <= x <= "\udfff" for x in text):  # pdfium counts UTF-16 units
        whole = joined.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        kept = [i for i, x in enumerate(text) if not "\udc00" <= x <= "\udfff"]
        if len(kept) != len(whole):
            kept, whole = list(range(len(text))), "\ufffd" * len(text)
        joined, edges = whole, [e for i in kept for e in edges[4 * i : 4 * i + 4]]
    return Word(joined, tuple(edges))


def _placer(page: PdfPage) -> _Place:
    """Return the function from a box of the file (y upwards) to left, top, right, bottom of the page as shown."""
    left, bottom, right, top = page.get_cropbox()
    rotation = page.get_rotation()

    def place(x0: float, y1: float, x1: float, y0: float) -> tuple[float, float, float, float]:
        match rotation:
            case 90:
                return y0 - bottom, x0 - left, y1 - bottom, x1 - left
            case 180:
                return right - x1, y0 - bottom, right - x0, y1 - bottom
            case 270:
                return top - y1, right - x1, top - y0, right - x0
        return x0 - left, top - y1, x1 - left, top - y0

    return place


def _readable(words: list[Word]) -> bool:
    """Tell whether a page has text: more than a page number, and letters that are mapped to Unicode."""
    text = "".join(word.text for word in words)
    unmapped = sum(x == "\ufffd" or "\ue000" <= x <= "\uf8ff" for x in text)
    return len(words) > 3 and unmapped <= len(text) / 2


def _pictured(page: PdfPage) -> bool:
    """Tell whether pictures cover half of the page."""
    area = page.get_width() * page.get_height()
    covered = 0.0
    for thing in page.get_objects(filter=(_IMAGE,), max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        covered += (right - left) * (top - bottom)
    return bool(covered >= 0.5 * area)


def _metadata(document: PdfDocument) -> Metadata:
    found = document.get_metadata_dict()
    return Metadata(
        page_count=len(document),
        producer=found.get("Producer") or None,
        created=pdf_date(found.get("CreationDate", "")),
        modified=pdf_date(found.get("ModDate", "")),
    )


def pdf_date(written: str) -> dt.datetime | None:
    """Read a date as PDF writes it (ISO 32000-1, 7.9.4): "D:20220304091207+01'00'"."""
    m = _DATE.match(written)
    if not m:
        return None
    year, month, day, hour, minute, second = (int(x) if x else None for x in m.groups()[:6])
    zone = None
    if m["zone"]:
        zone = dt.timezone.utc
    elif m["sign"]:
        offset = dt.timedelta(hours=int(m[9]), minutes=int(m[10] or 0))
        zone = dt.timezone(offset if m["sign"] == "+" else -offset) if offset < dt.timedelta(days=1) else None
    try:
        return dt.datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=zone)
    except ValueError:
        return None


def _reason(message: str) -> str:
    lowered = message.lower()
    if "password" in lowered:
        return "is an encrypted PDF: take the password off first, for example with `qpdf --decrypt`"
    if "security" in lowered:
        return "is an encrypted PDF of an unknown kind: save it without protection"
    return "is a damaged PDF, or one without pages: get it again, or repair it, for example with `qpdf IN.pdf OUT.pdf`"
