"""TEI that we wrote, read again."""

from __future__ import annotations

from corpus.reading import decode
from corpus.record import Minutes
from corpus.writers.tei import tei
from corpus.writers.tei_words import speakable


def test_our_own_tei_is_read_with_its_words_and_pages(full: Minutes) -> None:
    source = decode(tei(full).encode("utf-8"), "rat.xml")
    assert source.format == "tei"
    # The reader takes a `seg` with which a block begins for a block of its own: white space may differ.
    assert "".join(source.text.split()) == "".join(speakable(full.text).split())
    assert source.pages is not None
    assert len(source.pages) == len(full.pages or ())
