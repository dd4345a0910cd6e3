"""Which systems there are, by name.

Others add theirs with an entry point of the group `protokollant_systems`. Its name is that of the system, and its
object a function without arguments that returns one (`evaluation.systems.System`):

    [project.entry-points.protokollant_systems]
    mine = "my_package:make_system"

A system that is no Python, or that needs another environment, writes records (`evaluation.systems.recorded`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from importlib.metadata import EntryPoint, entry_points

from evaluation.benchmark import Skipped
from evaluation.errors import EvaluationError
from evaluation.systems.cues import Cues
from evaluation.systems.majority import Majority
from evaluation.systems.ours import combination, network, with_classifier
from evaluation.systems.protocol import System
from evaluation.systems.subjects import Subjects
from models.choice import RULES, is_choice

Factory = Callable[[], System]

DEFAULT = "combination"
"""The system that ships: the others are compared with it."""

_GROUP = "protokollant_systems"
_OWN: dict[str, Factory] = {
    "majority": Majority,
    "cues": Cues,
    "spacy": lambda: Subjects("spacy", "de_core_news_md"),
    "rules": lambda: with_classifier("rules", RULES),
    "network": network,
    DEFAULT: combination,
}


def names() -> tuple[str, ...]:
    """Return the names of our systems and of those that entry points add."""
    return (*_OWN, *sorted(entry_points(group=_GROUP).names - _OWN.keys()))


def load_systems(wanted: Iterable[str]) -> tuple[tuple[System, ...], tuple[Skipped, ...]]:
    """Load systems by name; one that cannot be loaded is skipped.

    Besides `names()`, `spacy:BASE` is the spaCy baseline with another package or folder, and `onnx:FOLDER` or
    `torch:FOLDER` our pipeline with another classifier. Raises `EvaluationError` for any other name.
    """
    systems: list[System] = []
    skipped: list[Skipped] = []
    for name, make in [(name, _factory(name)) for name in wanted]:
        try:
            systems.append(make())
        except Exception as error:  # what stops somebody else's system is not known
            skipped.append(Skipped(name, str(error).partition("\n")[0] or type(error).__name__))
    return tuple(systems), tuple(skipped)


def _factory(name: str) -> Factory:
    if name in _OWN:
        return _OWN[name]
    kind, _, argument = name.partition(":")
    if kind == "spacy" and argument:
        return lambda: Subjects(name, argument)
    if is_choice(name):
        return lambda: with_classifier(name, name)
    for point in entry_points(group=_GROUP, name=name):
        return partial(_make, point)
    known = ", ".join(names())
    raise EvaluationError(f"no system {name}: there are {known}, spacy:BASE, onnx:FOLDER and torch:FOLDER")


def _make(point: EntryPoint) -> System:
    factory: Factory = point.load()
    return factory()
