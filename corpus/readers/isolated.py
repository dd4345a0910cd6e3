"""The PDF reader in a process of its own, with limits of memory and time that the operating system keeps.

A file of one megabyte can make pdfium unpack gigabytes, and a fault in it would end the whole run. The file goes in
by the standard input; the content comes back as JSON, which unlike a pickle runs nothing whatever the file did there.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
import os
import subprocess
import sys
from array import array
from typing import Any

from corpus.readers.boxes import Boxes
from corpus.readers.content import Content, Metadata, ReadError, of_extra

MEMORY = 1 << 30  # bytes; 5000 pages of prose need half of it
SECONDS = 120  # of the processor, not by the clock, so that a busy machine refuses nothing; tesseract's not counted
_HOURS = 4 * 3600  # by the clock, for a long scan
_TYPES = {"starts": "q", "firsts": "q", "pages": "l", "edges": "f"}


def read_pdf_apart(data: bytes, name: str) -> Content:
    """Read a PDF as `corpus.readers.pdf.read_pdf` does; `ReadError` also where it breaks a limit, or the process."""
    of_extra("pypdfium2", "formats", name, "a PDF")  # says so without starting a process
    # The child finds packages where we find them, and none in the folder that it happens to be started in.
    start = "import sys; sys.path[:] = sys.argv[2:]; from corpus.readers.isolated import answer; answer()"
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-c", start, name, *sys.path], input=data, capture_output=True, timeout=_HOURS
        )
    except subprocess.TimeoutExpired as error:
        raise ReadError(f"{name} takes more than {_HOURS // 3600} hours to recognise: split it") from error
    try:
        answered = json.loads(done.stdout)
    except ValueError as error:
        raise ReadError(
            f"{name} is a PDF that needs more than {SECONDS} seconds or {MEMORY >> 20} MB, or breaks the reader: "
            "repair it, for example with `qpdf IN.pdf OUT.pdf`, or leave it out"
        ) from error
    if "refused" in answered:
        raise ReadError(answered["refused"])
    return _content(answered)


def answer() -> None:
    """Read the PDF on the standard input and write its content, or why there is none, to the standard output."""
    from corpus.readers.pdf import read_pdf

    _keep_limits()
    os.environ["OMP_THREAD_LIMIT"] = "1"  # of tesseract, whose threads cost more than they save, one run beside another
    output = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no part of the answer
    try:
        given = _given(read_pdf(sys.stdin.buffer.read(), sys.argv[1]))
    except ReadError as error:
        given = {"refused": str(error)}
    with os.fdopen(output, "w", encoding="utf-8") as out:
        json.dump(given, out)


def _keep_limits() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limits; there the process only keeps faults apart
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _given(content: Content) -> dict[str, Any]:
    about, boxes = content.metadata, content.boxes
    return {
        "text": content.text,
        "page_count": about.page_count,
        "producer": about.producer,
        "times": [time.isoformat() if time else None for time in (about.created, about.modified)],
        "notes": content.notes,
        "boxes": {key: base64.b64encode(getattr(boxes, key).tobytes()).decode() for key in _TYPES},
    }


def _content(given: dict[str, Any]) -> Content:
    created, modified = (dt.datetime.fromisoformat(time) if time else None for time in given["times"])
    boxes: dict[str, array[Any]] = {
        key: array(kind, base64.b64decode(given["boxes"][key])) for key, kind in _TYPES.items()
    }
    return Content(
        given["text"],
        metadata=Metadata(given["page_count"], given["producer"], created, modified),
        boxes=Boxes(**boxes),
        notes=tuple(given["notes"]),
    )
