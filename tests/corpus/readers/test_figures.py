"""The figures of docs/formats.md: PDF against pdftotext, what extraction loses by a PDF. `pytest -s` prints them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import pipeline
from corpus import read_documents, samples_folder
from corpus.reading import decode, read_source
from evaluation.counts import Counts
from evaluation.scoring import score_document
from evaluation.word_order import words_in_order
from tests.corpus.readers.documents import printed

SHARED = Path(os.environ.get("PROTOKOLLANT_SHARED") or Path(__file__).parents[4] / "shared") / "data" / "pdf"


def test_words_in_order() -> None:
    found = words_in_order("Frau Lux fragt nach", "Seite 1 Frau Lux nach fragt")
    assert (found.right, found.total) == (3, 4)


@pytest.mark.slow
def test_real_minutes_hold_the_words_of_pdftotext_in_order() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no minutes in PDF at {SHARED}; set PROTOKOLLANT_SHARED to the folder of data/")
    if not shutil.which("pdftotext"):
        pytest.skip("no pdftotext here: apt-get install poppler-utils")
    for path in sorted(SHARED.glob("*.pdf")):
        command = ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"]
        reference = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
        share = words_in_order(reference, read_source(path).text)
        sys.stdout.write(f"{path.name}: {share.right} of {share.total} words in order\n")
        assert share.ratio is not None and share.ratio >= 0.995


@pytest.mark.slow
def test_a_pdf_of_a_text_is_extracted_as_well_as_the_text() -> None:
    """Printed with running heads, page numbers and justified lines; gold is aligned with the text of the PDF."""
    of_text, of_pdf = Counts(), Counts()
    nlp = pipeline.load()
    for document in read_documents(samples_folder(), ["dev"]):
        gold = document.gold
        source = decode(printed(gold.text, f"Niederschrift der Sitzung {document.name}"), f"{document.name}.pdf")
        of_text += score_document(gold, pipeline.extract(gold.text, nlp=nlp)).scores.turn
        of_pdf += score_document(gold, pipeline.extract(source, nlp=nlp)).scores.turn
    assert of_text.f1 is not None and of_pdf.f1 is not None
    sys.stdout.write(f"turn F1 on dev: text {of_text.f1:.4f}, PDF of it {of_pdf.f1:.4f}\n")
    assert of_pdf.f1 >= of_text.f1 - 0.02
