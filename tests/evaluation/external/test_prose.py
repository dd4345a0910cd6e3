from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.external.documents import PARAGRAPH, SPACE, ExternalDocument
from evaluation.external.prose import prose

WORDS = st.one_of(
    st.text("abcäöüßÄÖ0123456789-", min_size=1, max_size=6), st.sampled_from(list(".,:;?!()[]„“‚‘\"'»«/–…%§"))
)
DOCUMENTS = st.builds(
    ExternalDocument,
    st.just("see"),
    st.lists(st.lists(WORDS, min_size=1, max_size=8).map(tuple), max_size=4).map(tuple),
    between=st.sampled_from([SPACE, PARAGRAPH]),
)


def _document(*sentences: str, between: str = SPACE) -> ExternalDocument:
    return ExternalDocument("see", tuple(tuple(sentence.split()) for sentence in sentences), between=between)


@pytest.mark.parametrize(
    ("tokens", "text"),
    [
        ("Frau Lux fragt , ob das gehe .", "Frau Lux fragt, ob das gehe."),
        ("Sie sagt : „ Nein ! “ und geht .", "Sie sagt: „Nein!“ und geht."),
        ('Das " Haus am See " ( alt ) bleibt .', 'Das "Haus am See" (alt) bleibt.'),
        ("Der » Anker « ruft « Ende » .", "Der »Anker« ruft «Ende»."),
        ("Bündnis 90 / Die Grünen - Seeburg – 5 % [ … ]", "Bündnis 90/Die Grünen - Seeburg – 5 % […]"),
        ("„ Er nennt es ‚ klein ‘ “ , sagt sie .", "„Er nennt es ‚klein‘“, sagt sie."),
    ],
)
def test_tokens_are_set_as_german_prose(tokens: str, text: str) -> None:
    assert prose(_document(tokens)).text == text


def test_a_quotation_goes_on_over_sentences_of_one_text_only() -> None:
    sentences = ("Sie sagt : „ Nein .", "Nie “ .")
    assert prose(_document(*sentences)).text == "Sie sagt: „Nein. Nie“."
    assert prose(_document(*sentences, between=PARAGRAPH)).text == "Sie sagt: „Nein.\n\nNie “."


def test_a_span_has_the_tokens_that_it_touches() -> None:
    found = prose(_document("Frau Lux fragt .", "Ja ."))
    assert found.text == "Frau Lux fragt. Ja."
    assert found.tokens(5, 8) == {(0, 1)}
    assert found.tokens(7, 10) == {(0, 1), (0, 2)}  # "x f"
    assert found.tokens(14, 18) == {(0, 3), (1, 0)}
    assert found.tokens(4, 5) == frozenset()  # the space


@given(DOCUMENTS)
def test_offsets_are_those_of_the_tokens(document: ExternalDocument) -> None:
    found = prose(document)
    for (sentence, token), (start, end) in found.spans.items():
        assert found.text[start:end] == document.sentences[sentence][token] == found.word((sentence, token))
        assert found.tokens(start, end) == {(sentence, token)}
    assert len(found.spans) == sum(map(len, document.sentences))
    assert found.tokens(0, len(found.text)) == set(found.spans)
    letters = "".join("".join(sentence) for sentence in document.sentences)
    assert "".join(found.text.split()) == letters
