from __future__ import annotations

from collections import Counter

import pytest

from corpus.collection import Document
from corpus.gold import Gold, Origin
from corpus.splitting import groups, split, with_split

TEXT = "Frau Lux dankt. "


def _document(name: str, style: str, person: str, turns: int = 1, place: str | None = None) -> Document:
    text = TEXT.replace("Lux", person) * turns
    size = len(text) // turns
    data = {
        "text": text,
        "origin": {"style": style, "place": place},
        "attendance": [{"start": 0, "end": 9, "person": person}],
        "turns": [{"start": i * size, "end": i * size + size - 1, "label": "other"} for i in range(turns)],
    }
    return Document(name, Gold.model_validate(data))


def test_documents_that_share_something_stay_together() -> None:
    documents = [
        _document("a", "rat", "Lux"),
        _document("b", "kreis", "Roth"),
        _document("c", "rat", "Sommer"),
        _document("d", "synode", "Sommer"),
        _document("e", "beirat", "Winter", place="Lindheim"),
        _document("f", "verein", "Herbst", place="Lindheim"),
    ]
    assert [[x.name for x in group] for group in groups(documents)] == [["a", "c", "d"], ["b"], ["e", "f"]]


def test_shares_are_met_as_far_as_groups_allow() -> None:
    documents = [_document(f"d{i}", f"s{i}", f"Name{i}", turns=5) for i in range(20)]
    assigned = split(documents, {"train": 0.5, "dev": 0.2, "test": 0.3}, seed=3)
    assert Counter(assigned.values()) == Counter(train=10, dev=4, test=6)
    assert assigned == split(documents, {"train": 0.5, "dev": 0.2, "test": 0.3}, seed=3)
    assert assigned != split(documents, {"train": 0.5, "dev": 0.2, "test": 0.3}, seed=4)


def test_a_split_without_share_gets_nothing() -> None:
    documents = [_document(f"d{i}", f"s{i}", f"Name{i}") for i in range(3)]
    assert set(split(documents, {"train": 1, "dev": 0, "test": 0}).values()) == {"train"}


def test_shares_that_do_not_sum_to_one_are_refused() -> None:
    with pytest.raises(ValueError, match=r"sum to 1\.2: make them sum to 1"):
        split([], {"train": 1, "dev": 0.2})


def test_the_split_is_written_into_the_origin() -> None:
    document = with_split(_document("a", "rat", "Lux", place="Lindheim"), "dev")
    assert document.gold.origin == Origin(style="rat", place="Lindheim", split="dev")
    bare = Document("ka-1", document.gold.model_copy(update={"origin": None}))
    assert with_split(bare, "test").gold.origin == Origin(style="ka", split="test")
