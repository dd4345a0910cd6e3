"""The spaCy baseline over a pipeline that stands in for spaCy's German package: it knows its sentences by heart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from corpus.reading import Source
from evaluation.systems import LabelsGivenTurns
from evaluation.systems.registry import load_systems
from evaluation.systems.subjects import Subjects
from pipeline.base import BaseError

Sentence = tuple[str, list[int], str]

# words, heads and labels of the TIGER treebank
SENTENCES: list[Sentence] = [
    ("Frau Zerwas fragt nach dem Plan .", [2, 0, 2, 2, 5, 3, 2], "sb nk ROOT mo nk nk punct"),
    ("Ferner teilt Zerwas das Ergebnis mit .", [1, 1, 1, 4, 1, 1, 1], "mo ROOT sb nk oa svp punct"),
    ("Das Amt antwortet im Mai .", [1, 2, 2, 2, 3, 2], "nk sb ROOT mo nk punct"),
    ("Die Halle öffnet im Mai .", [1, 2, 2, 2, 3, 2], "nk sb ROOT mo nk punct"),
]
ASKS, TELLS, OFFICE, OPENS = (words.replace(" .", ".") for words, _, _ in SENTENCES)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    nlp = spacy.blank("de")
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    texts = [[sentence] for sentence in SENTENCES] + [[SENTENCES[0], SENTENCES[3], SENTENCES[2]]]
    examples = [_example(nlp, text) for text in texts]
    fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(60):
        nlp.update(examples, sgd=optimizer)
    lemmas: Any = nlp.add_pipe("attribute_ruler")
    for form, lemma in (("fragt", "fragen"), ("teilt", "teilen"), ("antwortet", "antworten"), ("öffnet", "öffnen")):
        lemmas.add(patterns=[[{"LOWER": form}]], attrs={"LEMMA": lemma})
    names: Any = nlp.add_pipe("entity_ruler")
    names.add_patterns([{"label": "PER", "pattern": [{"ORTH": "Zerwas"}]}])
    folder = tmp_path_factory.mktemp("base")
    nlp.to_disk(folder)
    return str(folder)


def _example(nlp: Language, sentences: list[Sentence]) -> Example:
    words, heads, deps = [], [], []
    for text, of_sentence, labels in sentences:
        heads += [len(words) + head for head in of_sentence]
        words += text.split()
        deps += labels.split()
    doc = Doc(nlp.vocab, words, heads=heads, deps=deps)
    return Example(nlp.make_doc(doc.text), doc)


def test_the_subject_of_a_verb_of_speech_speaks(base: str, source_of: Callable[[str], Source]) -> None:
    text = f"{OPENS}\n\n{ASKS}\n\n{TELLS}\n\n{OFFICE}\n"
    minutes = Subjects("spacy", base).extract(source_of(text))
    assert [(text[turn.start : turn.end], turn.label) for turn in minutes.turns] == [
        (ASKS, "question"),
        (TELLS, "answer"),  # "teilt … mit"
        (OFFICE, "answer"),
    ]
    assert [person.name for person in minutes.persons] == ["Zerwas"]
    assert [turn.speakers for turn in minutes.turns] == [("p1",), ("p1",), ()]  # "Das Amt" is no person
    assert [text[turn.cue[0] : turn.cue[1]] for turn in minutes.turns if turn.cue] == ["fragt", "teilt", "antwortet"]


def test_a_sentence_without_such_a_verb_goes_on(base: str, source_of: Callable[[str], Source]) -> None:
    text = f"{ASKS} {OPENS} {OFFICE}"
    turns = Subjects("spacy", base).extract(source_of(text)).turns
    assert [text[turn.start : turn.end] for turn in turns] == [f"{ASKS} {OPENS}", OFFICE]


def test_given_turns_are_kept(base: str, source_of: Callable[[str], Source]) -> None:
    text = f"{ASKS}\n{OPENS}"
    system = Subjects("spacy", base)
    assert isinstance(system, LabelsGivenTurns)
    spans = [(0, len(ASKS)), (len(ASKS) + 1, len(text))]
    turns = system.extract_given(source_of(text), spans).turns
    assert [(turn.start, turn.end) for turn in turns] == spans
    assert [turn.label for turn in turns] == ["question", "addition"]


def test_any_base_can_be_named(base: str, tmp_path: Path) -> None:
    (system,), skipped = load_systems([f"spacy:{base}"])
    assert (system.name, skipped) == (f"spacy:{base}", ())
    with pytest.raises(BaseError, match="no spaCy pipeline"):
        Subjects("spacy", str(tmp_path / "fehlt"))


def test_a_base_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("de").to_disk(tmp_path)
    with pytest.raises(BaseError, match="has no parser"):
        Subjects("spacy", str(tmp_path))
