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
