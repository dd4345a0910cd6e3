from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.gold import Gold
from evaluation.agreement import Agreement, compare, estimates
from evaluation.agreement_report import agreement_json, agreement_tables

TEXT = "Frau Lux fragt.\nEs ist spät.\n"
DOCS = Path(__file__).parents[2] / "docs" / "agreement.md"


def _gold(label: str) -> Gold:
    return Gold.model_validate({"text": TEXT, "turns": [{"start": 0, "end": 15, "label": label}]})


@pytest.fixture
def agreement() -> Agreement:
    documents = (compare("see-1", [_gold("question"), _gold("addition"), _gold("question")]),)
    return Agreement(3, documents, estimates(documents, rounds=100), ("tal-1",))


def test_the_tables_hold_every_figure_and_every_pair(agreement: Agreement) -> None:
    figures, first, second, third, missing = agreement_tables(agreement)
    assert figures.title == "Agreement of 3 annotators over 1 document"
    # 13 letters are question, addition, question; 10 are in no turn: (13 / 3 + 10) / 23.
    assert figures.rows[0] == ("agreement_with_empty", "0.623", "–", "–")
    assert {row[0]: row[1] for row in figures.rows}["alpha_u_decision"] == "–"
    assert [x.title for x in (first, second, third)] == [
        f"Characters by label: annotator {pair} across" for pair in ("1 down, 2", "1 down, 3", "2 down, 3")
    ]
    assert first.rows[0] == ("question", "0", "0", "13", "0", "0", "0")
    assert first.rows[-1] == ("empty", "0", "0", "0", "0", "0", "10")
    assert missing.rows == (("tal-1",),)


def test_the_json_holds_the_same(agreement: Agreement) -> None:
    found = json.loads(json.dumps(agreement_json(agreement)))
    assert found["documents"] == ["see-1"]
    assert found["figures"]["alpha_u_decision"]["value"] is None
    assert [pair["annotators"] for pair in found["pairs"]] == [[1, 2], [1, 3], [2, 3]]
    assert found["pairs"][0]["characters"][0][2] == 13
    assert found["pairs"][0]["turns"]["confusion"]["question"]["addition"] == 1


def test_every_figure_is_documented(agreement: Agreement) -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert [name for name in agreement.estimates if f"`{name}`" not in text] == []
