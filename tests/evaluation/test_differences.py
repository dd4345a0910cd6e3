from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from corpus.gold import Gold
from corpus.record import Minutes
from evaluation import differences

TEXT = """\
Frau Ammer fragt nach dem Radweg.
Herr Berg sagt, er komme.
Er wird beschlossen.
Die Sitzung wird geschlossen.
"""
ASK = {"quote": "Frau Ammer fragt nach dem Radweg.", "label": "question", "speakers": ["Ammer"]}
REPLY = {"quote": "Herr Berg sagt, er komme.", "label": "answer", "speakers": ["Berg"]}
DECIDE = {"quote": "Er wird beschlossen.", "label": "decision", "outcome": "adopted"}
CLOSE = {"quote": "Die Sitzung wird geschlossen.", "label": "other"}


def test_a_right_record_has_no_differences(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    turns = (ASK, REPLY, DECIDE, CLOSE)
    assert differences(gold_of(TEXT, *turns), record_of(TEXT, *turns)) == ()


def test_faults_come_in_the_order_of_the_text(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    record = record_of(
        TEXT, {**REPLY, "label": "addition", "speakers": ["Cordes"]}, {**DECIDE, "outcome": "rejected"}, CLOSE
    )
    found = differences(gold_of(TEXT, ASK, REPLY, DECIDE), record)
    assert [(x.fault, x.gold, x.turn, x.expected, x.found) for x in found] == [
        ("missed", 0, None, "question", ""),
        ("label", 1, "t0", "answer", "addition"),
        ("speakers", 1, "t0", "Berg", "Cordes"),
        ("outcome", 2, "t1", "adopted", "rejected"),
        ("spurious", None, "t2", "", "other"),
    ]


def test_no_label_is_a_wrong_label(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    record = record_of(TEXT, ASK, CLOSE)
    turns = tuple(turn.model_copy(update={"label": None}) for turn in record.turns)
    found = differences(gold_of(TEXT, ASK), record.model_copy(update={"turns": turns}))
    assert [(x.fault, x.expected, x.found) for x in found] == [("label", "question", ""), ("spurious", "", "")]


def test_a_speaker_too_many_is_a_fault_where_gold_has_none(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    (found,) = differences(gold_of(TEXT, CLOSE), record_of(TEXT, {**CLOSE, "speakers": ["Berg"]}))
    assert (found.fault, found.expected, found.found) == ("speakers", "", "Berg")


def test_a_decision_without_an_outcome_is_a_fault_of_outcome(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    (found,) = differences(gold_of(TEXT, DECIDE), record_of(TEXT, {**DECIDE, "outcome": None}))
    assert (found.fault, found.expected, found.found) == ("outcome", "adopted", "")


def test_wrong_links_addressees_and_votes_are_faults(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    voted = {**DECIDE, "votes": {"yes": 9, "no": None, "abstain": 2}}
    gold = gold_of(TEXT, ASK, {**REPLY, "replies_to": [0], "addressees": ["Ammer"]}, voted)
    right = record_of(TEXT, ASK, {**REPLY, "replies_to": [0], "addressees": ["Frau Ammer"]}, voted)
    assert differences(gold, right) == ()
    wrong = record_of(TEXT, {**ASK, "addressees": ["Berg"]}, REPLY, {**DECIDE, "votes": {"yes": 8}})
    assert [(x.fault, x.gold, x.expected, x.found) for x in differences(gold, wrong)] == [
        ("addressees", 0, "", "Berg"),
        ("addressees", 1, "Ammer", ""),
        ("links", 1, "0", ""),
        ("votes", 2, "9 : 0 : 2", "8 : 0 : 0"),
    ]


def test_wrong_roles_parties_and_unanimity_are_faults(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    gold = gold_of(TEXT, {**ASK, "roles": ["Stadträtin"], "parties": ["GRÜNE"]}, {**DECIDE, "unanimous": True})
    found = differences(gold, record_of(TEXT, {**ASK, "roles": ["stadträtin"], "parties": ["CDU"]}, DECIDE))
    assert [(x.fault, x.expected, x.found) for x in found] == [("parties", "GRÜNE", "CDU"), ("unanimous", "yes", "")]


def test_a_link_to_a_spurious_question_goes_by_its_id(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    record = record_of(TEXT, ASK, {**REPLY, "replies_to": [0]})
    found = differences(gold_of(TEXT, REPLY), record)
    assert [(x.fault, x.expected, x.found) for x in found] == [("spurious", "", "question"), ("links", "", "t0")]


@given(st.text(alphabet="ab \n\t", min_size=1, max_size=400).filter(str.strip))
def test_an_excerpt_is_one_short_line(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes], text: str
) -> None:
    (found,) = differences(gold_of(text, {"start": 0, "end": len(text), "label": "other"}), record_of(text))
    assert found.excerpt == " ".join(found.excerpt.split())
    assert 0 < len(found.excerpt) <= 100
