from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files
from xml.etree import ElementTree

import pytest

from evaluation.calibration import Judged, calibration
from evaluation.intervals import Estimate
from evaluation.page import (
    Figure,
    breakdown_figure,
    leaderboard_figure,
    learning_figure,
    metrics_figure,
    reliability_figure,
    risk_coverage_figure,
)

HOSTILE = "$x$ <b>&\x00\ufffe \N{GRINNING FACE} \U0001f469‍"
SURE = calibration([Judged(0.9, True), Judged(0.8, False), Judged(0.4, True)])
DRAWN: dict[str, Callable[[], Figure]] = {
    "metrics": lambda: metrics_figure({"span_f1": Estimate(0.8, 0.7, 0.9), "link_f1": Estimate(None)}),
    "breakdown": lambda: breakdown_figure(
        {
            "see": {"span_f1": 0.9, "label_f1": 0.8, "turn_f1": 0.7},
            HOSTILE: {"span_f1": 0.9, "label_f1": 0.85, "turn_f1": 0.8},
            "tal": {"span_f1": 0.5, "label_f1": None, "turn_f1": None},
        },
        "style",
    ),
    "leaderboard": lambda: leaderboard_figure(
        {"rules": {"dev": Estimate(0.6, 0.5, 0.7), "real": Estimate(0.9)}, HOSTILE: {"dev": Estimate(0.7)}}, "turn_f1"
    ),
    "learning": lambda: learning_figure({"rules": {20: Estimate(0.6), 10: Estimate(0.5, 0.4, 0.6)}}, "turn_f1"),
    "reliability": lambda: reliability_figure(SURE),
    "risk": lambda: risk_coverage_figure(SURE),
}
drawn = pytest.mark.parametrize("name", sorted(DRAWN))


@drawn
def test_the_same_figure_is_the_same_text(name: str) -> None:
    assert DRAWN[name]() == DRAWN[name]()


@drawn
def test_a_figure_has_the_colours_of_the_page_and_no_others(name: str) -> None:
    svg = DRAWN[name]().svg
    page = (files("corpus.page") / "shell.css").read_text(encoding="utf-8")
    used = set(re.findall(r"var\((--[\w-]+)\)", svg))
    assert used <= set(re.findall(r"^\s*(--[\w-]+):", page, re.MULTILINE))
    assert "--ink" in used
    assert not re.findall(r"(?:fill|stroke): #", svg)


@drawn
def test_a_figure_is_an_image_with_words(name: str) -> None:
    figure = DRAWN[name]()
    root = ElementTree.fromstring(figure.svg)
    assert (root.tag, root.get("role"), root.get("aria-label")) == ("svg", "img", figure.title)
    words = next(x for x in root.iter("desc") if x.get("id") == root.get("aria-describedby"))
    assert words.text == figure.description
    assert not {"style", "metadata", "script", "image"} & {x.tag for x in root.iter()}
    assert "http" not in figure.svg


@drawn
def test_references_of_a_figure_resolve(name: str) -> None:
    figure = DRAWN[name]()
    ids = re.findall(r'\bid="([^"]+)"', figure.svg)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'(?:href="#|url\(#)([^")]+)', figure.svg)) <= set(ids)


def test_text_is_text() -> None:
    figure = DRAWN["breakdown"]()
    texts = ["".join(x.itertext()) for x in ElementTree.fromstring(figure.svg).iter("text")]
    assert any(text.startswith("$x$ <b>&") for text in texts)


def test_the_description_has_the_values() -> None:
    assert DRAWN["metrics"]().description == "span_f1: score 0.800 (0.700–0.900)"
    assert DRAWN["learning"]().description == "rules: 10 documents 0.500 (0.400–0.600), 20 documents 0.600"


def test_the_best_part_comes_first_and_an_undefined_one_last() -> None:
    parts = DRAWN["breakdown"]().description.split("; ")
    assert [part[:3] for part in parts] == ["$x$", "see", "tal"]
    assert parts[2] == "tal: span_f1 0.500, label_f1 –, turn_f1 –"


def test_nothing_measured_is_an_empty_figure() -> None:
    nothing = calibration([])
    assert [x.description for x in (reliability_figure(nothing), risk_coverage_figure(nothing))] == ["–", "–"]
    assert metrics_figure({}).description == "–"


def test_an_interval_need_not_hold_its_figure() -> None:
    assert metrics_figure({"span_f1": Estimate(0.5, 0.6, 0.7)}).description == "span_f1: score 0.500 (0.600–0.700)"


def test_more_series_than_colours_can_be_drawn() -> None:
    many = {f"Menge {x}": Estimate(x / 10) for x in range(8)}
    assert "Menge 7" in leaderboard_figure({"rules": many}, "turn_f1").svg
