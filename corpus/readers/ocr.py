"""Text recognition of pages that are pictures, by tesseract with its German model."""

from __future__ import annotations

import importlib.util
import shutil
from typing import TYPE_CHECKING

from corpus.readers.page import Word

if TYPE_CHECKING:
    from pypdfium2 import PdfPage

LANGUAGE = "deu"
_DPI = 300  # what tesseract is trained for
_MOST_PIXELS = 50_000_000  # A3 at 300 dpi has 17 million
_SECONDS = 120  # for one page
_SURE = 0.0  # tesseract's confidence, 0 to 100; below zero there is no word


class OcrError(RuntimeError):
    """A page whose text cannot be recognised; the message is tesseract's."""


def missing_for_ocr() -> str | None:
    """Return what to install before text can be recognised, or `None` where all is there."""
    wanted = []
    if importlib.util.find_spec("pytesseract") is None:
        wanted.append("pip install 'protokollant[ocr]'")
    if shutil.which("tesseract") is None:
        wanted.append("apt-get install tesseract-ocr tesseract-ocr-deu")
    elif not wanted and LANGUAGE not in _languages():
        wanted.append("apt-get install tesseract-ocr-deu")
    return " and ".join(wanted) or None


def _languages() -> list[str]:
    import pytesseract

    return list(pytesseract.get_languages())


def recognise(page: PdfPage) -> list[Word]:
    """Return the words of a page in points from its upper left; the width of a word is shared among its letters.

    `OcrError` where tesseract takes too long or breaks.
    """
    import pytesseract

    dpi = min(_DPI, 72 * (_MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
    scale = 72 / dpi
    image = page.render(scale=1 / scale, grayscale=True).to_pil()
    try:
        found = pytesseract.image_to_data(image, lang=LANGUAGE, timeout=_SECONDS, output_type=pytesseract.Output.DICT)
    except (RuntimeError, OSError) as error:
        raise OcrError(next(iter(str(error).splitlines()), type(error).__name__)) from error
    columns = zip(*(found[key] for key in ("text", "conf", "left", "top", "width", "height")), strict=True)
    words = []
    for text, sure, left, top, width, height in columns:
        if text.strip() and float(sure) >= _SURE:
            each = width / len(text)
            edges = [
                scale * value
                for i in range(len(text))
                for value in (left + i * each, top, left + (i + 1) * each, top + height)
            ]
            words.append(Word(text, tuple(edges)))
    return words
