from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.checking import annotation_faults
from corpus.generation import generate
from corpus.generation.grammar import Clause, Question, matters, offices, patterns, words
from corpus.generation.noise import Edit, damaged, edited, paged, wrapped
from corpus.gold import Gold, GoldTurn
from corpus.record import LABELS

NAMES = [f"{a}{b}" for a in ("Alt", "Berg", "Dorn", "Erl") for b in ("bach", "mann", "hoff", "stein", "wald")]

DOCUMENTS = list(generate(600, 1, surnames=NAMES))
TURNS = [(document.gold, turn) for document in DOCUMENTS for turn in document.gold.turns]


def test_the_seed_decides() -> None:
    assert list(generate(100, 1, surnames=NAMES)) == DOCUMENTS[: len(list(generate(100, 1, surnames=NAMES)))]
    assert list(generate(100, 2, surnames=NAMES)) != list(generate(100, 1, surnames=NAMES))


def test_there_are_as_many_turns_as_asked_for_and_all_labels() -> None:
    assert len(TURNS) >= 600
    assert {turn.label for _, turn in TURNS} == set(LABELS)


def test_everything_is_marked_as_generated_and_for_training() -> None:
    origins = [document.gold.origin for document in DOCUMENTS]
    assert all(origin and origin.generated and origin.split == "train" for origin in origins)
    assert len({document.name for document in DOCUMENTS}) == len(DOCUMENTS)


def test_the_annotation_holds() -> None:
    assert [fault for document in DOCUMENTS for fault in annotation_faults(document.gold)] == []


def test_turns_begin_and_end_with_ink() -> None:
    for gold, turn in TURNS:
        text = gold.text[turn.start : turn.end]
        assert text == text.strip()


def test_no_slot_is_left() -> None:
    assert [document.name for document in DOCUMENTS if any(x in document.gold.text for x in "{}[]|\\")] == []


def test_answers_reply_to_questions_by_others() -> None:
    answers = [(gold, turn) for gold, turn in TURNS if turn.label == "answer"]
    replies = [(turn, gold.turns[i]) for gold, turn in answers for i in turn.replies_to]
    assert replies
    assert all(not set(answer.speakers) & set(question.speakers) for answer, question in replies)


def test_pronouns_and_collective_answers_occur() -> None:
    mentions = [gold.text[start:end] for gold, turn in TURNS for start, end in turn.speaker_mentions]
    assert {"Er", "Sie"} & set(mentions)
    assert any(len(turn.replies_to) > 1 for _, turn in TURNS)


def test_votes_stand_in_the_text() -> None:
    counted = [(gold, turn) for gold, turn in TURNS if turn.votes]
    assert counted
    for gold, turn in counted:
        assert turn.votes
        numbers = [x for x in (turn.votes.yes, turn.votes.no, turn.votes.abstain) if x is not None]
        assert all(str(x) in gold.text[turn.start : turn.end] for x in numbers)


ROOF = Clause("das Dach", "hält", "halte", "noch zwei Winter")


def test_the_orders_of_a_clause() -> None:
    assert ROOF.main(False) == "das Dach hält noch zwei Winter"
    assert ROOF.subordinate(True) == "das Dach noch zwei Winter halte"


@pytest.mark.parametrize(
    ("question", "indirect", "direct"),
    [
        (Question("das Dach", "hält", "halte", "", "ob"), "ob das Dach hält", "Hält das Dach?"),
        (Question("das Bad", "öffnet", "öffne", "", "wann"), "wann das Bad öffnet", "Wann öffnet das Bad?"),
        (
            Question("", "fehlen", "fehlten", "im Ort", "wie viele"),
            "wie viele im Ort fehlen",
            "Wie viele fehlen im Ort?",
        ),
    ],
)
def test_the_orders_of_a_question(question: Question, indirect: str, direct: str) -> None:
    assert question.indirect(False) == indirect
    assert question.direct(False) == direct


def test_every_matter_is_complete() -> None:
    for matter in matters():
        assert matter.facts and matter.opinions and matter.motions and matter.resolutions, matter.title
        assert all(len(question.answers) == 2 for question in matter.questions), matter.title
    assert len(matters()) >= 6


def test_every_region_has_every_rank() -> None:
    for region in {office.region for office in offices()} - {"*"}:
        ranks = {office.rank for office in offices() if office.region == region}
        assert ranks == {"chair", "executive", "officer", "member"}, region


def test_every_label_has_patterns_in_every_register() -> None:
    for label in LABELS:
        for register in ("reported", "colon"):
            fitting = [x for x in patterns() if x.label == label and x.register in (register, "any")]
            assert len(fitting) >= 2, (label, register)
    assert len(words("party")) >= 5


TEXT = "Frau Lux fragt nach dem Gemeindehaus.\nHerr Roth antwortet ausführlich."


def _gold() -> Gold:
    end = TEXT.index("\n")
    turns = (
        GoldTurn(start=0, end=end, label="question", speakers=("Lux",), speaker_mentions=((0, 8),)),
        GoldTurn(start=end + 1, end=len(TEXT), label="answer", speakers=("Roth",), replies_to=(0,)),
    )
    return Gold(text=TEXT, turns=turns)


def _words(gold: Gold) -> list[list[str]]:
    return ["".join(gold.text[x.start : x.end].replace("-\n", "").split()).split() for x in gold.turns]


@given(st.integers(10, 40), st.booleans(), st.integers(0, 99))
def test_wrapping_keeps_the_words_of_turns(width: int, hyphens: bool, seed: int) -> None:
    gold = wrapped(_gold(), width, hyphens, random.Random(seed))
    assert _words(gold) == _words(_gold())
    assert max(map(len, gold.text.split("\n"))) <= max(width, len("Gemeindehaus."))


def test_page_marks_stand_behind_finished_lines() -> None:
    assert paged(_gold(), 2, "- {} -").text == TEXT
    assert paged(_gold(), 1, "- {} -").text == TEXT.replace("\n", "\n- 2 -\n")
    divided = wrapped(_gold(), 20, True, random.Random(0))
    assert "-\n- 2 -" not in paged(divided, 1, "- {} -").text


def test_what_is_put_in_at_a_border_stays_outside() -> None:
    gold = edited(_gold(), [Edit(0, 0, "1\n"), Edit(38, 0, "2\n"), Edit(38, 1, "X")])
    assert gold.text.startswith("1\nFrau Lux")
    first, second = gold.turns
    assert gold.text[first.start : first.end] == "Frau Lux fragt nach dem Gemeindehaus."
    assert gold.text[second.start : second.end].startswith("Xerr Roth")


def test_damage_spares_what_is_annotated() -> None:
    for seed in range(20):
        gold = damaged(_gold(), random.Random(seed))
        assert "Lux" in gold.text and "Roth" in gold.text
        assert list(annotation_faults(gold)) == []
    assert any(damaged(_gold(), random.Random(seed)).text != TEXT for seed in range(20))


@pytest.mark.parametrize("seed", range(8))
def test_the_annotation_holds_for_other_seeds(seed: int) -> None:
    for document in generate(700, seed, surnames=NAMES):
        assert list(annotation_faults(document.gold)) == []
