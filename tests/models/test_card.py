from __future__ import annotations

import json
import re

from corpus.record import LABELS
from models.card import card
from models.producing import Report, Variant
from models.settings import TurnSettings
from tests.models.test_labelled import DOCUMENT


def _variant(macro4: float) -> Variant:
    f1 = {label: n / 10 for n, label in enumerate(LABELS, 1)}
    return Variant(macro4, f1, 0.123, 0.045, 1.7, 0.98, 22.5)


REPORT = Report("f1ngerpr1nt", 2, 6, {0: 0.5, 7: 0.61234}, 7, {"int8": _variant(0.6), "torch": _variant(0.62)})


def test_what_it_was_trained_on_and_how() -> None:
    text = card(REPORT, TurnSettings(seeds=(0, 7)), [DOCUMENT, DOCUMENT], "deepset/gbert-base")
    assert "2 documents in 1 house styles, 6 turns (2 question, 2 answer, 2 addition, 0 decision, 0 other)" in text
    assert "`deepset/gbert-base`" in text
    assert "`f1ngerpr1nt`" in text
    assert "by seed: 0: 0.500, 7: 0.612; seed 7 was kept" in text
    settings = re.search(r"```json\n(.*?)```", text, re.DOTALL)
    assert settings and TurnSettings.model_validate(json.loads(settings[1])).seeds == (0, 7)
    assert text.startswith("---\nlanguage: de\n")


def test_the_figures_of_every_form() -> None:
    text = card(REPORT, TurnSettings(), [DOCUMENT], "x")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert len({row.count("|") for row in rows}) == 1
    assert rows[2] == ("| int8 | 22.5 | 0.600 | 0.100 | 0.200 | 0.300 | 0.400 | 0.500 | 0.980 | 0.123 | 0.045 | 1.70 |")
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["int8", "torch"]
