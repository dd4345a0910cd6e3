"""How large the page of a long meeting is, and how quickly it opens and finds. `pytest -s` prints the figures."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from corpus.collection import read_documents, samples_folder
from corpus.page import minutes_page
from tests.browsing import opened
from tests.pipeline import ruled

pytest.importorskip("playwright.sync_api", reason="needs playwright (extra dev)")

CHARACTERS = 75_000
"""Some 30 pages."""
MOST_BYTES, MOST_SECONDS = 3_000_000, 1.0
SEARCH = """(word) => new Promise((done) => {
    const field = document.querySelector("[name=text]");
    const begun = performance.now();
    field.value = word;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    requestAnimationFrame(() => setTimeout(() => done((performance.now() - begun) / 1000)));
})"""


def _long_minutes() -> str:
    text = ""
    for document in read_documents(samples_folder(), ("train",)):
        text += document.gold.text.rstrip() + "\n\n"
        if len(text) >= CHARACTERS:
            break
    return text


def test_thirty_pages_open_and_are_searched_in_under_a_second(browser: object, tmp_path: Path) -> None:
    record = ruled.extract(_long_minutes())
    assert len(record.text) >= CHARACTERS
    file = tmp_path / "lang.html"
    file.write_text(minutes_page([record]), encoding="utf-8")
    opening, searching = [], []
    for _ in range(3):
        begun = time.perf_counter()
        with opened(browser, file) as page:
            opening.append(time.perf_counter() - begun)
            assert page.locator(".turn").count() == len(record.turns) > 200
            searching.append(page.evaluate(SEARCH, "straße"))
            assert "Treffer" in page.inner_text("output")
            page.click(".reviewing")
            page.locator(".turn:visible .correct").first.click()
            page.select_option(".editor [name=label]", "other")
            assert page.inner_text(".progress").startswith("1 von ")
    size = file.stat().st_size
    sys.stdout.write(
        f"\n{len(record.text)} characters, {len(record.turns)} turns: {size / 1e6:.2f} MB, "
        f"opened in {min(opening):.2f} s, searched in {min(searching):.2f} s (best of {len(opening)})\n"
    )
    assert size < MOST_BYTES
    assert min(opening) < MOST_SECONDS
    assert min(searching) < MOST_SECONDS
