from __future__ import annotations

from corpus.collection import Document
from corpus.gold import Gold
from models import RuleBaseline
from pipeline import load
from pipeline.labelling import labelled
from tests.models.tiny import learned, minutes
from tests.pipeline.test_given import ANSWER, QUESTION, TEXT


def _gold(**change: object) -> Gold:
    start = TEXT.index(ANSWER)
    name = (TEXT.index("Ratsfrau Lux"), TEXT.index("Ratsfrau Lux") + len("Ratsfrau Lux"))
    turns = [
        {"start": TEXT.index(QUESTION), "end": start - 2, "label": "question", "speakers": ["Lux"],
         "speaker_mentions": [name]},
        {"start": start, "end": start + len(ANSWER), "label": "addition", "speakers": ["Roth"]},
    ]  # fmt: skip
    return Gold.model_validate({"text": TEXT, "origin": {"style": "rat", "split": "train"}, "turns": turns, **change})


def test_an_annotated_document() -> None:
    (found,) = labelled([Document("rat-1", _gold())], load(classifier="rules"))
    assert (found.name, found.style) == ("rat-1", "rat")
    assert found.labels == ("question", "addition")  # those of the annotation: the rules say answer
    assert [x.label for x in RuleBaseline().predict([found.document])[0]] == ["question", "answer"]
    assert [turn.text for turn in found.document.turns] == [QUESTION, ANSWER]
    assert [turn.functions for turn in found.document.turns] == [("ask",), ("reply",)]
    assert [found.document.text[a:b] for a, b in found.speakers] == ["Ratsfrau Lux"]
    assert [block.heading for block in found.document.blocks][:2] == [True, False]


def test_documents_without_turns_are_left_out() -> None:
    nlp = load(classifier="rules")
    documents = [Document("a", _gold(turns=[])), Document("b", _gold())]
    assert [x.name for x in labelled(documents, nlp)] == ["b"]


def test_offsets_are_those_of_the_clean_text() -> None:
    for found, document in zip(learned(), minutes(), strict=True):
        assert len(found.labels) == len(document.gold.turns) == len(found.document.turns)
        names = [document.gold.text[a:b] for turn in document.gold.turns for a, b in turn.speaker_mentions]
        inside = [found.document.text[a:b] for a, b in found.speakers]
        assert [_letters(x) for x in inside] == [_letters(x) for x in names]
        for turn in found.document.turns:
            assert found.document.text[turn.start : turn.start + len(turn.text)] == turn.text


def _letters(text: str) -> str:
    return "".join(x for x in text if x.isalpha())
