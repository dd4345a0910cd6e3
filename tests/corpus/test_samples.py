"""The corpus that ships is as large, as varied and as sound as its card says."""

from __future__ import annotations

import re

import pytest

from corpus.checking import validate
from corpus.collection import Document, read_documents, samples_folder, second_folder
from corpus.gold import SPLITS, GoldMeeting
from corpus.shapes import count_shapes, shapes
from corpus.statistics import parts, whole

DOCUMENTS = list(read_documents(samples_folder()))
STYLES = parts(DOCUMENTS, lambda document: document.style)
TOTAL = whole(DOCUMENTS)


def test_nothing_is_wrong_with_it() -> None:
    assert [str(finding) for finding in validate(samples_folder()).findings] == []


def test_it_is_large_and_varied() -> None:
    assert TOTAL.documents >= 200
    assert TOTAL.turns >= 5000
    assert len(STYLES) >= 32


def test_no_style_dominates() -> None:
    assert max(part.turns for part in STYLES.values()) <= 0.06 * TOTAL.turns


@pytest.mark.parametrize("label", ["question", "answer"])
def test_there_are_many_questions_and_answers_in_every_style(label: str) -> None:
    share = {name: part.share("question" if label == "question" else "answer") or 0 for name, part in STYLES.items()}
    assert {name: round(x, 3) for name, x in share.items() if x < 0.18} == {}


def test_every_shape_of_the_catalogue_occurs_ten_times() -> None:
    counts = count_shapes(DOCUMENTS)
    assert {shape.code: counts[shape.code].times for shape in shapes() if counts[shape.code].times < 10} == {}


def test_every_document_names_its_style_town_and_split() -> None:
    origins = [document.gold.origin for document in DOCUMENTS]
    assert all(origin and origin.place and origin.split in SPLITS and not origin.generated for origin in origins)


def test_every_document_has_every_layer() -> None:
    def lacks(document: Document) -> bool:
        gold = document.gold
        return not (gold.turns and gold.sentences) or gold.meeting == GoldMeeting()

    assert [document.name for document in DOCUMENTS if lacks(document)] == []
    assert sum(bool(document.gold.attendance) for document in DOCUMENTS) >= 0.9 * len(DOCUMENTS)


def test_two_annotators_read_forty_five_documents() -> None:
    first, second = ({path.stem for path in (second_folder() / name).glob("*.json")} for name in ("first", "second"))
    assert first == second
    assert len(first) >= 45
    assert first <= {document.name for document in DOCUMENTS}


def test_the_card_counts_right() -> None:
    card = (samples_folder() / "README.md").read_text(encoding="utf-8")
    row = re.search(r"^\| all \|(.*)\|$", card, re.MULTILINE)
    assert row
    cells = [int(cell) for cell in row[1].split("|")]
    labels = [TOTAL.labels[label] for label in ("question", "answer", "addition", "decision", "other")]
    assert cells == [len(STYLES), TOTAL.documents, TOTAL.words, TOTAL.turns, *labels, TOTAL.links]
