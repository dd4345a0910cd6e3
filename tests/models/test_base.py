from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.util import load_config

import models.base
from corpus.collection import Document
from corpus.gold import Gold
from models.base.examples import annotated, examples
from models.base.training import train_base

TEXT = """TOP 1 Der Weg am Berg

Ratsherr Lux (SPD) fragt Frau Berg, ob der Berg gesperrt sei.

Sie verneint das. Der Vorsitzende dankt Frau Berg.
"""


def _gold(text: str, turns: list[tuple[str, str]], people: tuple[str, ...] = ()) -> Gold:
    """Annotate turns of one sentence each by what names their speaker, and the name."""
    found: list[Mapping[str, Any]] = []
    for mention, name in turns:
        start = text.index(mention, found[-1]["end"] if found else 0)
        end = text.index(".", start) + 1
        span = (start, start + len(mention))
        roles = [mention.split()[0]] if " " in mention and not mention.startswith(("Der", "Frau")) else []
        who = {"speakers": [name], "speaker_mentions": [span], "roles": roles}
        found.append({"start": start, "end": end, "label": "addition", **who})
    here = [{"start": text.index(x), "end": text.index(x) + len(x), "person": x} for x in people]
    return Gold.model_validate({"text": text, "turns": found, "attendance": here})


GOLD = _gold(TEXT, [("Ratsherr Lux", "Lux"), ("Sie", "Berg"), ("Der Vorsitzende", "Roth")], ("Berg",))


def test_speakers_are_whole_mentions_and_other_persons_family_names() -> None:
    doc = annotated(spacy.blank("de"), GOLD)
    assert [(ent.text, ent.label_) for ent in doc.ents] == [
        ("Ratsherr Lux", "SPEAKER"),
        ("Berg", "PER"),
        ("Der Vorsitzende", "SPEAKER"),
        ("Berg", "PER"),
    ]


def test_a_noun_is_no_family_name() -> None:
    doc = annotated(spacy.blank("de"), GOLD)
    named = {ent.start_char for ent in doc.ents}
    assert not named & {TEXT.index("am Berg") + 3, TEXT.index("der Berg") + 4}


def test_passages_hold_the_whole_text_and_all_entities() -> None:
    text = "".join(f"Ratsherr Lux (SPD) fragt nach Punkt {n}, wie zuvor.\n\n" for n in range(60))
    gold = _gold(text, [("Ratsherr Lux", "Lux")] * 60)
    passages = list(examples([Document("a", gold)]))
    assert len(passages) > 1
    assert "".join(passage.text_with_ws for passage in passages) == text
    assert sum(len(passage.ents) for passage in passages) == 60


def test_the_configuration_asks_for_no_accelerator_and_is_seeded() -> None:
    config = load_config(Path(models.base.__file__).parent / "config.cfg", interpolate=False)
    assert config["system"] == {"seed": 0, "gpu_allocator": None}
    assert config["nlp"]["pipeline"] == ["tok2vec", "ner"]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("trained") / "base"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        train_base([Document("a", GOLD)], [Document("b", GOLD)], folder, epochs=70)
    return folder


def test_the_trained_base_finds_what_it_has_seen(trained: Path) -> None:
    nlp = spacy.load(trained)
    assert nlp.meta["name"] == "minutes_base"
    assert ("Ratsherr Lux", "SPEAKER") in [(ent.text, ent.label_) for ent in nlp(TEXT).ents]


def test_a_filled_folder_is_refused(trained: Path) -> None:
    with pytest.raises(ValueError, match="is not empty: name a new folder"):
        train_base([Document("a", GOLD)], [Document("b", GOLD)], trained, epochs=1)


def test_training_on_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no document for train"):
        train_base([], [Document("b", GOLD)], tmp_path / "base", epochs=1)
