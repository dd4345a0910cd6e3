from __future__ import annotations

from collections.abc import Callable

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation import differences
from evaluation.harness import Document
from evaluation.page.browsing import browse, facets


def test_the_faults_of_a_turn_stand_together(documents: tuple[Document, ...]) -> None:
    lake, hostile, empty = browse(documents)
    assert [(x.name, x.kinds) for x in lake.wrong] == [
        ("gold turn 1, predicted turn t1", ("label", "speakers")),
        ("gold turn 2", ("missed",)),
        ("gold turn 3, predicted turn t2", ("outcome",)),
        ("predicted turn t3", ("spurious",)),
    ]
    assert [x.kinds for x in hostile.wrong] == [("label",)]
    assert empty.missing


def test_every_difference_is_there_once_and_in_order(documents: tuple[Document, ...]) -> None:
    for browsed, document in zip(browse(documents), documents, strict=True):
        found = [fault for turn in browsed.wrong for fault in turn.faults]
        assert found == list(differences(document.gold, document.minutes))


def test_both_sides_stand_beside_each_other(documents: tuple[Document, ...]) -> None:
    mislabelled, missed, decided, _ = browse(documents)[0].wrong
    assert mislabelled.labels == ("answer", "addition")
    assert mislabelled.facts == (
        ("speakers", "Berg", "Dorn"),
        ("replies to", "Frau Ammer fragt nach dem Radweg.", ""),
    )
    assert missed.facts == (("speakers", "Cordes", ""),)
    assert decided.facts == (("outcome", "adopted", "rejected"),)


def test_passages_are_the_text_and_lead_to_the_wrong_turns(documents: tuple[Document, ...]) -> None:
    lake = browse(documents)[0]
    assert "\n".join(x.text for x in lake.passages) + "\n" == documents[0].gold.text
    assert [(x.gold and x.gold.label, x.found and x.found.label) for x in lake.passages] == [
        ("question", "question"),
        ("answer", "addition"),
        ("addition", None),
        ("decision", "decision"),
        (None, "other"),
    ]
    places = {id: passage.id for passage in lake.passages for id in passage.wrong}
    assert places == {turn.id: turn.place for turn in lake.wrong}


def test_a_turn_begins_once(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    text = "Herr Berg lobt. Er mahnt. Er dankt."
    gold = gold_of(text, {"start": 0, "end": len(text), "label": "addition"})
    minutes = record_of(text, {"quote": "Er mahnt.", "label": "addition"})
    (browsed,) = browse([Document("see-1", gold, minutes)])
    assert [(x.text, x.begins_gold, x.begins_found) for x in browsed.passages] == [
        ("Herr Berg lobt. ", True, False),
        ("Er mahnt.", False, True),
        (" Er dankt.", False, False),
    ]


def test_a_turn_that_gold_has_no_text_of_leads_to_its_document(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    minutes = record_of("Herr Berg lobt. Frau Ell mahnt.", {"quote": "Frau Ell mahnt.", "label": "addition"})
    (browsed,) = browse([Document("see-1", gold_of("Herr Berg lobt."), minutes)])
    assert [x.place for x in browsed.wrong] == [browsed.id]
    assert [x.text for x in browsed.wrong[0].context] == ["Frau Ell mahnt."]


def test_a_choice_counts_turns_the_most_frequent_first(documents: tuple[Document, ...]) -> None:
    kind, style, label = facets(browse(documents))
    assert kind.values == (("label", 2), ("missed", 2), ("outcome", 1), ("speakers", 1), ("spurious", 1))
    assert style.values == (("see", 4), ("berg", 1), ("tal", 1))
    assert label.values == (("other", 3), ("addition", 2), ("answer", 1), ("decision", 1), ("question", 1))
