"""Extraction with the labels of the rules, for tests of what the rules find."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

import pipeline
from corpus import Minutes


@cache
def _nlp() -> Language:
    return pipeline.load(classifier="rules")


def extract(text: str) -> Minutes:
    return pipeline.extract(text, nlp=_nlp())


def speakers(minutes: Minutes) -> list[str]:
    """Name the speakers of each turn, several joined by "+"."""
    return ["+".join(minutes.person(p).name for p in turn.speakers) for turn in minutes.turns]


def addressees(minutes: Minutes) -> list[str]:
    """Name the addressees of each turn in the same way."""
    return ["+".join(minutes.person(p).name for p in turn.addressees) for turn in minutes.turns]
