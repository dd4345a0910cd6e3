from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import DocBin

import pipeline
from models import DocumentInput, Prediction, TurnInput
from pipeline import load, to_minutes
from pipeline.components import COMPONENTS

ROOT = Path(pipeline.__file__).parents[1]
TEXT = """\
TOP 1 Radweg

Ratsfrau Lang (GRÜNE) fragt Amtsleiter Kern, wann der Radweg fertig werde.

Herr Kern antwortet, dass dies im Juni der Fall sei.

Beschluss:
Der Rat nimmt den Bericht zur Kenntnis.

Abstimmungsergebnis: 9 Ja, 2 Nein
"""

# whose results each component reads itself
NEEDS = {
    "protokollant_persons": ["protokollant_layout"],
    "protokollant_roles": ["protokollant_layout", "protokollant_persons"],
    "protokollant_turns": ["protokollant_layout", "protokollant_persons"],
    "protokollant_turn_labels": ["protokollant_layout", "protokollant_persons", "protokollant_turns"],
    "protokollant_references": ["protokollant_layout", "protokollant_persons", "protokollant_turns"],
    "protokollant_links": ["protokollant_turns", "protokollant_turn_labels", "protokollant_references"],
    "protokollant_decisions": ["protokollant_layout", "protokollant_turns", "protokollant_turn_labels"],
}


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(classifier="rules")


def _python(code: str, folder: Path) -> str:
    """Run code in a fresh interpreter in another folder and return what it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_pipeline_has_all_components_in_order(nlp: Language) -> None:
    assert tuple(nlp.pipe_names) == COMPONENTS


def test_every_component_loads_by_name_after_importing_spacy_alone(tmp_path: Path) -> None:
    code = f"""
import spacy
for name in {COMPONENTS!r}:
    nlp = spacy.blank("de")
    nlp.add_pipe(name)
    print(nlp.pipe_names[0])
"""
    assert _python(code, tmp_path).split() == list(COMPONENTS)


def test_components_run_by_name_in_a_pipeline_of_ones_own(tmp_path: Path) -> None:
    code = f"""
import spacy
nlp = spacy.blank("de")
for name in {COMPONENTS!r}:
    nlp.add_pipe(name)
doc = nlp({TEXT!r})
print([span.label_ for span in doc.spans["turns"]])
"""
    assert _python(code, tmp_path) == "['question', 'answer', 'decision']"


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_says_what_it_assigns(name: str, nlp: Language) -> None:
    meta = nlp.get_factory_meta(name)
    assert any(attribute.startswith("doc._.minutes_") for attribute in meta.assigns)


def test_the_requirements_are_met_in_order(nlp: Language) -> None:
    assert not any(nlp.analyze_pipes()["problems"].values())


@pytest.mark.parametrize("name", NEEDS)
def test_a_missing_requirement_is_a_known_problem(name: str) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe(name)
    assert nlp.analyze_pipes()["problems"][name]


@pytest.mark.parametrize(("name", "missing"), [(name, one) for name, needs in NEEDS.items() for one in needs])
def test_a_missing_component_is_named(name: str, missing: str) -> None:
    nlp = spacy.blank("de")
    for component in COMPONENTS[: COMPONENTS.index(missing)]:
        nlp.add_pipe(component)
    nlp.add_pipe(name)
    with pytest.raises(ValueError, match=f"{missing} has not run on this document"):
        nlp(TEXT)


def test_predict_writes_nothing(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    component = nlp.get_pipe("protokollant_layout")
    prediction = component.predict(doc)
    assert doc._.minutes_layout is None
    assert not doc.spans
    component.set_annotations(doc, prediction)
    assert doc._.minutes_layout == prediction
    assert [span.text for span in doc.spans["agenda"]] == ["TOP 1 Radweg"]


def test_span_groups(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(s.label_, s.text) for s in doc.spans["agenda"]] == [("AGENDA", "TOP 1 Radweg")]
    assert ("PERSON", "Ratsfrau Lang") in [(s.label_, s.text) for s in doc.spans["mentions"]]
    assert [(s.label_, s.text) for s in doc.spans["roles"]][:3] == [
        ("ROLE", "Ratsfrau"),
        ("PARTY", "GRÜNE"),
        ("ROLE", "Amtsleiter"),
    ]
    assert [s.label_ for s in doc.spans["turns"]] == ["question", "answer", "decision"]
    assert doc.spans["turns"][1].text == "Herr Kern antwortet, dass dies im Juni der Fall sei."


def test_span_groups_are_there_where_nothing_was_found(nlp: Language) -> None:
    doc = nlp("")
    assert {key: len(doc.spans[key]) for key in ("agenda", "mentions", "roles", "turns")} == {
        "agenda": 0,
        "mentions": 0,
        "roles": 0,
        "turns": 0,
    }


def _spans(doc: spacy.tokens.Doc) -> dict[str, list[tuple[str, int, int]]]:
    return {key: [(s.label_, s.start_char, s.end_char) for s in doc.spans[key]] for key in doc.spans}


def test_span_groups_survive_a_doc_bin(nlp: Language) -> None:
    docs = [nlp(TEXT), nlp("Herr Ohm fragt nach dem Plan.")]
    data = DocBin(docs=docs).to_bytes()
    back = list(DocBin().from_bytes(data).get_docs(spacy.blank("de").vocab))
    assert [doc.text for doc in back] == [doc.text for doc in docs]
    assert [_spans(doc) for doc in back] == [_spans(doc) for doc in docs]


@pytest.mark.parametrize(
    "text", [TEXT, TEXT.replace("\n", "\r\n"), f"\ufeff{TEXT}", "a\u00adb\f\t \u00a0ß\x00", "", " \n "]
)
def test_the_text_is_not_changed(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


def test_a_saved_pipeline_loads_without_our_import(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "gespeichert")
    code = f"""
import spacy
doc = spacy.load("gespeichert")({TEXT!r})
print([span.label_ for span in doc.spans["turns"]])
"""
    assert _python(code, tmp_path) == "['question', 'answer', 'decision']"


class _AllOther:
    name = "all-other"

    def predict(self, documents: Sequence[DocumentInput]) -> list[list[Prediction]]:
        return [[Prediction("other", {"other": 0.75, "addition": 0.25}) for _ in x.turns] for x in documents]


def test_another_classifier_takes_the_place_of_the_baseline() -> None:
    nlp = load(classifier="rules")
    nlp.get_pipe("protokollant_turn_labels").classifier = _AllOther()  # type: ignore[attr-defined]
    minutes = to_minutes(nlp(TEXT), nlp=nlp)
    assert {turn.label for turn in minutes.turns} == {"other"}
    assert minutes.turns[0].confidence == 0.75
    assert minutes.turns[0].probabilities == {"other": 0.75, "addition": 0.25}
    assert minutes.generator.models["turn_labels"] == "all-other"
    assert minutes.decisions == ()


def test_the_classifier_sees_what_it_may_know() -> None:
    seen: list[TurnInput] = []

    class Watching(_AllOther):
        def predict(self, documents: Sequence[DocumentInput]) -> list[list[Prediction]]:
            seen.extend(turn for document in documents for turn in document.turns)
            return super().predict(documents)

    nlp = load(classifier="rules")
    nlp.get_pipe("protokollant_turn_labels").classifier = Watching()  # type: ignore[attr-defined]
    nlp(TEXT)
    question, answer, decision = seen
    assert question.text == "Ratsfrau Lang (GRÜNE) fragt Amtsleiter Kern, wann der Radweg fertig werde."
    assert (question.speaker_kind, question.functions, question.verb) == ("mandate", ("ask",), "fragen")
    assert question.addressees == (answer.speaker,)
    assert (answer.speaker_kind, answer.functions) == ("administration", ("reply",))
    assert (decision.decides, decision.speaker) == (True, None)
    assert {turn.section for turn in seen} == {1}


def test_the_layout_begins_sentences_unless_somebody_did_before() -> None:
    text = "TOP 1 Weg\n\nFrau Lux fragt am 19.08.2022, ob z.B. Dr. Roth komme. Herr Roth antwortet.\n"
    sentences = [sentence.text.strip() for sentence in load(classifier="rules")(text).sents]
    assert sentences == ["TOP 1 Weg", "Frau Lux fragt am 19.08.2022, ob z.B. Dr. Roth komme.", "Herr Roth antwortet."]
    nlp = spacy.blank("de")
    nlp.add_pipe("sentencizer")
    before = [sentence.text for sentence in nlp(text).sents]
    nlp.add_pipe("protokollant_layout")
    assert [sentence.text for sentence in nlp(text).sents] == before


def test_labels_and_references_agree_when_turns_change_between() -> None:
    nlp = load(classifier="rules")
    doc = nlp("Frau Lux fragt nach dem Weg.\n\nHerr Roth antwortet, er sei frei.\n")
    doc._.minutes_turns = doc._.minutes_turns[:1]
    doc = nlp.get_pipe("protokollant_references")(doc)
    assert len(doc._.minutes_references.speakers) == 1
