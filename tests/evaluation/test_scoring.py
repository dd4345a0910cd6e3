"""Every metric computed by hand on a few invented sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from sklearn.metrics import f1_score, precision_recall_fscore_support

from corpus.gold import Gold
from corpus.record import LABELS, Attendance, Minutes
from evaluation.agreement import as_minutes
from evaluation.counts import Counts, Share, SpanCounts
from evaluation.scores import METRICS, Scores
from evaluation.scoring import score

TEXT = "TOP 1 Radweg\nFrau Ammer fragt nach dem Radweg.\nHerr Berg sagt, er komme.\nEr wird beschlossen."
ASK = {"quote": "Frau Ammer fragt nach dem Radweg.", "label": "question", "speakers": ["Ammer"]}
REPLY = {
    "quote": "Herr Berg sagt, er komme.",
    "label": "answer",
    "speakers": ["Berg"],
    "addressees": ["Ammer"],
    "replies_to": [0],
}
DECIDE = {
    "quote": "Er wird beschlossen.",
    "label": "decision",
    "outcome": "adopted",
    "votes": {"yes": 9, "no": None, "abstain": 2},
}
ITEM = {"quote": "TOP 1 Radweg"}

Compare = Callable[..., Scores]


@pytest.fixture
def compare(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> Compare:
    """Score these turns against ASK, REPLY and DECIDE under ITEM."""

    def compare(*turns: dict[str, Any], agenda: tuple[dict[str, Any], ...] = ()) -> Scores:
        gold = gold_of(TEXT, ASK, REPLY, DECIDE, agenda=(ITEM,))
        return score(gold, record_of(TEXT, *turns, agenda=agenda))

    return compare


def test_the_right_record_is_right_in_everything(compare: Compare) -> None:
    scores = compare(ASK, REPLY, DECIDE, agenda=(ITEM,))
    undefined = {name for name, value in scores.metrics.items() if value is None}
    assert {x for x in undefined if not x.startswith(("meeting", "content", "mention", "wording"))} == {
        "f1_addition",
        "f1_other",
        "attendance_f1",
        "party_f1",
        "role_f1",
        "unanimous_f1",
    }
    assert {value for value in scores.metrics.values() if value is not None} == {1.0}


def test_no_record_at_all_misses_everything(compare: Compare) -> None:
    scores = compare()
    assert scores.confusion.span == Counts(fn=3)
    assert {value for value in scores.metrics.values() if value is not None} == {0.0}


def test_nothing_to_find_and_nothing_found_is_undefined(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    scores = score(gold_of("Keine Sitzung."), record_of("Keine Sitzung."))
    assert scores == Scores()
    assert set(scores.metrics.values()) == {None}


def test_span_and_label(compare: Compare) -> None:
    wrong = {**REPLY, "label": "addition", "replies_to": []}
    scores = compare({"quote": "TOP 1", "label": "other"}, ASK, wrong)
    assert scores.confusion.span == Counts(tp=2, fp=1, fn=1)
    assert scores.confusion.label == Counts(tp=1, fp=2, fn=2)
    assert scores.confusion.of_label("answer") == Counts(fn=1)
    assert scores.confusion.of_label("addition") == Counts(fp=1)
    # question 1, answer 0, addition 0, decision 0; other 0
    assert scores.metrics["macro4_f1"] == 1 / 4
    assert scores.metrics["macro5_f1"] == 1 / 5


@pytest.mark.parametrize(
    ("speakers", "expected"),
    [
        ([("Frau Ammer", "Stadträtin")], Counts(tp=1, fn=1)),
        (["Ammer", "Berg"], Counts(tp=1, fn=1)),
        (["Berg"], Counts(fp=1, fn=2)),
        ([], Counts(fn=2)),
    ],
)
def test_speakers(compare: Compare, speakers: list[Any], expected: Counts) -> None:
    scores = compare({**ASK, "speakers": speakers})
    assert scores.speaker == expected
    assert scores.turn == Counts.among(expected.tp, predicted=1, gold=3)


def test_every_speaker_too_many_is_wrong(compare: Compare) -> None:
    everybody = [{**turn, "speakers": ["Ammer", "Berg"]} for turn in (ASK, REPLY)]
    assert compare(*everybody).speaker == Counts(tp=2)
    assert compare(*everybody).each_speaker == Counts(tp=2, fp=2)
    assert compare(ASK, {**REPLY, "speakers": []}).each_speaker == Counts(tp=1, fn=1)
    # One "person" with all names is one speaker, whatever it is called.
    assert compare({**ASK, "speakers": ["Ammer Berg"]}).each_speaker == Counts(tp=1, fn=1)


def test_a_turn_without_speakers_must_stay_without(compare: Compare) -> None:
    assert compare(DECIDE).turn == Counts(tp=1, fn=2)
    assert compare({**DECIDE, "speakers": ["Berg"]}).turn == Counts(fp=1, fn=3)
    assert compare({**DECIDE, "speakers": ["Berg"]}).speaker == Counts(fp=1, fn=2)


def test_a_turn_needs_its_label(compare: Compare) -> None:
    scores = compare({**ASK, "label": "addition"})
    assert scores.speaker == Counts(tp=1, fn=1)
    assert scores.turn == Counts(fp=1, fn=3)


def test_a_turn_without_a_label_is_found_but_not_right(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    record = record_of(TEXT, ASK, {**REPLY, "replies_to": []})
    turns = tuple(turn.model_copy(update={"label": None}) for turn in record.turns)
    scores = score(gold_of(TEXT, ASK, REPLY), record.model_copy(update={"turns": turns}))
    assert scores.confusion.span == scores.speaker == Counts(tp=2)
    assert scores.confusion.label == Counts(fn=2)
    assert scores.turn == Counts(fp=2, fn=2)
    assert scores.confusion.unlabelled == 2


def test_addressees(compare: Compare) -> None:
    assert compare(ASK, REPLY).addressee == Counts(tp=1)
    assert compare({**ASK, "addressees": ["Berg"]}, {**REPLY, "addressees": ["Berg"]}).addressee == Counts(fp=2, fn=1)


def test_links(compare: Compare) -> None:
    assert compare(ASK, REPLY).link == Counts(tp=1)
    assert compare(ASK, {**REPLY, "replies_to": []}).link == Counts(fn=1)
    wrong = {"quote": "TOP 1", "label": "question"}
    assert compare(wrong, ASK, {**REPLY, "replies_to": [0, 1]}).link == Counts(tp=1, fp=1)
    assert compare(wrong, ASK, {**REPLY, "replies_to": [0]}).link == Counts(fp=1, fn=1)


def test_outcomes(compare: Compare) -> None:
    assert compare(DECIDE).outcome == Share(1, 1)
    assert compare({**DECIDE, "outcome": "noted"}).outcome == Share(0, 1)
    assert compare({**DECIDE, "outcome": None}).outcome == Share(0, 1)
    assert compare(ASK).outcome == Share(0, 1)


@pytest.mark.parametrize(
    ("votes", "right"),
    [
        ({"yes": 9, "no": 0, "abstain": 2}, 1),
        ({"yes": 9, "no": 2, "abstain": 2}, 0),
        ({"yes": 9}, 0),
        (None, 0),
    ],
)
def test_votes(compare: Compare, votes: dict[str, int] | None, right: int) -> None:
    assert compare({**DECIDE, "votes": votes}).votes == Share(right, 1)


def test_agenda(compare: Compare) -> None:
    assert compare(agenda=(ITEM,)).agenda == Counts(tp=1)
    assert compare(agenda=({"quote": "Radweg\n"},)).agenda == Counts(tp=1)
    assert compare(agenda=({"quote": "Herr Berg"},)).agenda == Counts(fp=1, fn=1)


def test_headings_that_only_touch_are_the_same_item(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    # White space takes no place, so "TOP 1" ends where "Radweg" begins: a title found without its number.
    for gold, found in (("TOP 1", "Radweg"), ("Radweg", "TOP 1")):
        scores = score(gold_of(TEXT, agenda=({"quote": gold},)), record_of(TEXT, agenda=({"quote": found},)))
        assert scores.agenda == Counts(tp=1)


def test_headings_side_by_side_are_matched_one_to_one(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    # "Radweg" touches "TOP 1" too, but can be only one of them, and the other heading found is none.
    gold = gold_of(TEXT, agenda=({"quote": "TOP 1 "}, {"quote": "Radweg"}))
    found = record_of(TEXT, agenda=({"quote": "Radweg"}, {"quote": "Herr Berg"}))
    assert score(gold, found).agenda == Counts(tp=1, fp=1, fn=1)


def test_two_items_of_gold_cannot_both_be_one_heading(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    gold = gold_of(TEXT, agenda=({"quote": "TOP 1 "}, {"quote": "Radweg"}))
    assert score(gold, record_of(TEXT, agenda=(ITEM,))).agenda == Counts(tp=1, fn=1)


def test_layout_does_not_matter(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    gold = gold_of(TEXT, ASK)
    broken = TEXT.replace("Radweg.", "Rad-\nweg.").replace("Frau Ammer", "Frau\n\n    Ammer")
    turn = {**ASK, "quote": "Frau\n\n    Ammer fragt nach dem Rad-\nweg."}
    assert score(gold, record_of(broken, turn)).turn == Counts(tp=1)


def test_scores_add_up(compare: Compare) -> None:
    one, two = compare(ASK), compare(REPLY | {"replies_to": []}, agenda=(ITEM,))
    both = one + two
    assert both.turn == one.turn + two.turn
    assert both.confusion == one.confusion + two.confusion
    assert both.outcome == Share(0, 2)
    assert both + Scores() == both


def test_every_metric_has_a_name() -> None:
    assert {f"f1_{label}" for label in LABELS} < set(METRICS)
    assert len(METRICS) == len(set(METRICS))
    assert {"turn_exact", "mention_boundary", "heading_overlap", "wording_partial", "meeting_date"} < set(METRICS)


HEAD = "Bauausschuss, 6. Mai 2024, 18 Uhr\nFrau Lux\nHerr Roth"


def _meeting(**changes: Any) -> tuple[Gold, Minutes]:
    gold = Gold.model_validate(
        {
            "text": HEAD,
            "meeting": {
                "body": {"value": "Bauausschusses", "start": 0, "end": 12},
                "date": {"value": "2024-05-06", "start": 14, "end": 25},
                "start_time": {"value": "18:00", "start": 27, "end": 33},
                "chair": "Lux",
                "public": True,
            },
            "attendance": [
                {"start": 34, "end": 42, "person": "Lux"},
                {"start": 43, "end": 52, "person": "Roth", "status": "excused"},
            ],
        }
    )
    minutes = as_minutes(gold)
    return gold, minutes.model_copy(update={"meeting": minutes.meeting.model_copy(update=changes)})


def test_meeting_and_attendance_of_a_right_record() -> None:
    scores = score(*_meeting())
    assert scores.attendance == Counts(tp=2)
    assert scores.meeting == Share(5, 5)


def test_faults_of_the_meeting_and_the_attendance() -> None:
    present = Attendance(person="p2", status="present", span=(43, 52))
    scores = score(*_meeting(date=dt.date(2024, 5, 7), start_time=None, body="Rat", chair="p2", attendance=(present,)))
    assert scores.attendance == Counts(fp=1, fn=2)
    assert scores.meeting == Share(1, 5)


def test_entries_of_the_attendance_are_matched_one_to_one() -> None:
    # "Lux" may be either of the two, but "Eva Lux" must be hers: both are found, whatever their order.
    gold, minutes = _meeting()
    entries = [
        x.model_copy(update={"person": name}) for x, name in zip(gold.attendance, ("Lux", "Eva Lux"), strict=True)
    ]
    gold = gold.model_copy(update={"attendance": tuple(x.model_copy(update={"status": "present"}) for x in entries)})
    persons = [
        x.model_copy(update={"name": name}) for x, name in zip(minutes.persons, ("Eva Lux", "Pia Lux"), strict=True)
    ]
    for order in ((0, 1), (1, 0)):
        listed = tuple(Attendance(person=persons[i].id, status="present", span=(34, 42)) for i in order)
        meeting = minutes.meeting.model_copy(update={"attendance": listed})
        found = minutes.model_copy(update={"persons": tuple(persons), "meeting": meeting})
        assert score(gold, found).attendance == Counts(tp=2)


def test_what_gold_does_not_annotate_is_not_counted() -> None:
    gold, minutes = _meeting()
    bare = Gold(text=gold.text)
    assert score(bare, minutes).attendance == Counts()
    assert score(bare, minutes).meeting == Share()


def test_an_answered_question_needs_all_four(compare: Compare) -> None:
    assert compare(ASK, REPLY).answered == Counts(tp=1)
    assert compare({**ASK, "speakers": ["Berg"]}, REPLY).answered == Counts(fp=1, fn=1)
    assert compare(ASK, {**REPLY, "speakers": ["Cordes"]}).answered == Counts(fp=1, fn=1)
    assert compare({**ASK, "label": "question"}, {**REPLY, "replies_to": []}).answered == Counts(fn=1)


def test_a_decision_needs_outcome_and_votes(compare: Compare) -> None:
    assert compare(DECIDE).decision == Counts(tp=1)
    assert compare({**DECIDE, "votes": {"yes": 8}}).decision == Counts(fp=1, fn=1)
    assert compare({**DECIDE, "outcome": "noted"}).decision == Counts(fp=1, fn=1)
    assert compare(ASK).decision == Counts(fn=1)


def test_unanimity(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    gold = gold_of(TEXT, {**DECIDE, "votes": None, "unanimous": True})
    record = record_of(TEXT, {**DECIDE, "votes": None})
    agreed = tuple(x.model_copy(update={"unanimous": True}) for x in record.decisions)
    assert score(gold, record).unanimous == Counts(fn=1)
    assert score(gold, record).decision == Counts(fp=1, fn=1)
    assert score(gold, record.model_copy(update={"decisions": agreed})).unanimous == Counts(tp=1)
    assert score(gold_of(TEXT, DECIDE), record.model_copy(update={"decisions": agreed})).unanimous == Counts(fp=1)


def test_roles_and_parties_as_written(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    gold = gold_of(TEXT, {**ASK, "roles": ["Stadträtin", "Sprecherin"], "parties": ["GRÜNE"]})
    scores = score(gold, record_of(TEXT, {**ASK, "roles": ["stadträtin"], "parties": ["CDU"]}))
    assert scores.role == Counts(tp=1, fn=1)
    assert scores.party == Counts(fp=1, fn=1)
    # what stands in a turn that gold does not have is wrong
    spurious = record_of(TEXT, {**REPLY, "replies_to": [], "parties": ["SPD"]})
    assert score(gold, spurious).party == Counts(fp=1, fn=1)


def test_spans_of_turns_and_mentions(gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]) -> None:
    start = TEXT.index("Frau Ammer")
    gold = gold_of(TEXT, {**ASK, "speaker_mentions": [(start, start + 10)]}, REPLY)
    shorter = {**ASK, "quote": "Frau Ammer fragt nach", "speaker_mentions": [(start + 5, start + 10)]}
    scores = score(gold, record_of(TEXT, shorter, {**REPLY, "label": "addition", "replies_to": []}))
    # Without white space "Frau Ammer fragt nach dem Radweg." has 28 characters, 18 of which are found.
    assert scores.spans.turn == SpanCounts(correct=1, partial=1, boundary=2, overlap=2)
    assert scores.spans.labelled == SpanCounts(incorrect=1, partial=1, boundary=1, overlap=1)
    assert scores.spans.mention == SpanCounts(partial=1, overlap=1)  # "Ammer" of "FrauAmmer": 5 of 9


def test_content_and_wording_count_where_gold_has_them(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    start, end = TEXT.index("er komme"), TEXT.index(".\nEr wird")
    found = record_of(TEXT, {**ASK, "content": [(5, 9)]}, {**REPLY, "content": [(start, end)]}, DECIDE)
    gold = gold_of(TEXT, ASK, {**REPLY, "content": [(start, end)]}, {**DECIDE, "wording": (end + 2, end + 22)})
    # The question's content is in a document that gold annotates, so it is one too many.
    assert score(gold, found).spans.content == SpanCounts(correct=1, spurious=1, boundary=1, overlap=1)
    assert score(gold, found).spans.wording == SpanCounts(missed=1)
    assert score(gold_of(TEXT, ASK, REPLY, DECIDE), found).spans.content == SpanCounts()


def test_fields_of_the_meeting() -> None:
    facts = score(*_meeting(date=dt.date(2024, 5, 7))).facts
    assert facts.by_field == {
        "body": Share(1, 1),
        "date": Share(0, 1),
        "start_time": Share(1, 1),
        "end_time": Share(),
        "place": Share(),
        "chair": Share(1, 1),
        "public": Share(1, 1),
    }


def test_label_scores_are_those_of_scikit_learn(
    gold_of: Callable[..., Gold], record_of: Callable[..., Minutes]
) -> None:
    random = Random(0)
    spans = [{"start": i, "end": i + 1} for i in range(0, 80, 2)]
    theirs, ours = ([random.choice(LABELS) for _ in spans] for _ in range(2))
    gold = gold_of("x" * 80, *({**x, "label": y, **_outcome(y)} for x, y in zip(spans, theirs, strict=True)))
    found = record_of("x" * 80, *({**x, "label": y} for x, y in zip(spans, ours, strict=True)))
    metrics = score(gold, found).metrics
    precision, recall, f1, _ = precision_recall_fscore_support(theirs, ours, labels=LABELS)
    assert [metrics[f"f1_{label}"] for label in LABELS] == pytest.approx(f1)
    counts = [score(gold, found).confusion.of_label(label) for label in LABELS]
    assert [x.precision for x in counts] == pytest.approx(precision)
    assert [x.recall for x in counts] == pytest.approx(recall)
    assert metrics["macro5_f1"] == pytest.approx(f1_score(theirs, ours, average="macro"))
    assert metrics["label_f1"] == pytest.approx(f1_score(theirs, ours, average="micro"))


def _outcome(label: str) -> dict[str, str]:
    return {"outcome": "adopted"} if label == "decision" else {}
