from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from corpus.gold import Gold
from corpus.record import Generator, Minutes

GENERATOR = Generator(package="protokollant 0", config="0")


def _spanned(text: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Replace "quote" by the offsets of its first occurrence in the text."""
    quote = fields.pop("quote", None)
    if quote is None:
        return fields
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), **fields}


@pytest.fixture(scope="session")
def gold_of() -> Callable[..., Gold]:
    """Build gold: `gold_of(text, {"quote": …, "label": …}, …, agenda=[{"quote": …}])`."""

    def build(text: str, *turns: dict[str, Any], agenda: tuple[dict[str, Any], ...] = ()) -> Gold:
        return Gold.model_validate(
            {
                "text": text,
                "turns": [_spanned(text, dict(turn)) for turn in turns],
                "agenda": [_spanned(text, dict(item)) for item in agenda],
            }
        )

    return build


@pytest.fixture(scope="session")
def record_of() -> Callable[..., Minutes]:
    """Build a record in the notation of gold: speakers are names or (name, role, …), turns are t0, t1, …

    `outcome` and `votes` of a decision go to its `Decision`; without an outcome there is none.
    """

    def build(
        text: str,
        *turns: dict[str, Any],
        agenda: tuple[dict[str, Any], ...] = (),
        source: str = "protokolle/see-1.txt",
    ) -> Minutes:
        persons: dict[tuple[str, ...], str] = {}

        def ids(names: tuple[str | tuple[str, ...], ...]) -> list[str]:
            keys = [(x,) if isinstance(x, str) else x for x in names]
            return [persons.setdefault(key, f"p{len(persons)}") for key in keys]

        built, decisions = [], []
        for number, given in enumerate(turns):
            turn = _spanned(text, dict(given))
            outcome, votes = turn.pop("outcome", None), turn.pop("votes", None)
            if outcome:
                decisions.append({"turn": f"t{number}", "outcome": outcome, "votes": votes})
            turn["speakers"] = ids(turn.get("speakers", ()))
            turn["addressees"] = ids(turn.get("addressees", ()))
            turn["replies_to"] = [f"t{x}" for x in turn.get("replies_to", ())]
            built.append({"id": f"t{number}", **turn})
        items = [_spanned(text, dict(item)) for item in agenda]
        return Minutes.model_validate(
            {
                "source": source,
                "sha256": "",
                "generator": GENERATOR,
                "text": text,
                "persons": [
                    {"id": id, "kind": "person", "name": name, "roles": roles} for (name, *roles), id in persons.items()
                ],
                "turns": built,
                "decisions": decisions,
                "agenda": [{"id": f"a{i}", "heading_end": x["end"], **x} for i, x in enumerate(items)],
            }
        )

    return build


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    """The independent scorer that ours has to agree with."""
    shared = os.environ.get("PROTOKOLLANT_SHARED") or Path(__file__).parents[3] / "shared"
    path = Path(shared) / "tools" / "score.py"
    if not path.exists():
        pytest.skip(f"no independent scorer at {path}; set PROTOKOLLANT_SHARED to the folder of tools/")
    spec = importlib.util.spec_from_file_location("independent_score", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
