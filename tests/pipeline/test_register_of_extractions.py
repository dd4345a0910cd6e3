"""The register on persons as extraction finds them, with all that it gets wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from corpus.generation import generate
from corpus.gold import Gold
from corpus.register.agreement import agreement
from corpus.register.entries import Appearance, appearances, folded
from corpus.register.proposing import propose
from tests.pipeline import ruled

SURNAMES = [f"{a}{b}" for a in ("Alt", "Berg", "Dorn", "Erl") for b in ("bach", "mann", "hoff", "stein", "wald")]


def _members(gold: Gold) -> dict[str, str]:
    """Return who of the house bears which family name; in a generated house no two share one."""
    assert gold.origin
    return {folded(entry.person): f"{gold.origin.style} {entry.person}" for entry in gold.attendance}


def test_generated_minutes(capsys: pytest.CaptureFixture[str]) -> None:
    """The third figures of docs/register.md: `pytest tests/pipeline/test_register_of_extractions.py`."""
    people: list[Appearance] = []
    truth: dict[tuple[str, str], int] = {}
    known: dict[str, int] = {}
    documents = 0
    for document in generate(1500, 7, surnames=SURNAMES):
        documents += 1
        minutes = ruled.extract(document.gold.text).model_copy(update={"source": Path(document.name).as_posix()})
        members = _members(document.gold)
        for one in appearances(minutes):
            # What is no member of the house is an error of extraction, and the same as nobody else.
            who = members.get(folded(one.name), f"{one.source} {one.person}")
            people.append(one)
            truth[one.reference] = known.setdefault(who, len(known))
    register = propose(people)
    found = agreement(register, truth)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{len(people)} persons of {documents} documents, {len(register.proposals)} rows: "
            f"precision {found.precision:.3f}, recall {found.recall:.3f}\n"
        )
    assert found.precision is not None
    assert found.precision > 0.9
