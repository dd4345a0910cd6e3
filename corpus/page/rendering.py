"""The page of one or more meetings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from corpus.captions import one_line
from corpus.german import LABELS, OUTCOMES
from corpus.gold import text_hash
from corpus.joining import encodable
from corpus.page.figure import Figure, distinct
from corpus.page.review import review_data
from corpus.page.sheet import Sheet
from corpus.page.shell import render
from corpus.record import Minutes, Person

_SCRIPTS = ("reading.js", "corrections.js", "showing.js", "editing.js", "saving.js", "review.js")
_STATES = {
    ("question", "open"): "Unbeantwortet",
    ("question", "deferred"): "Antwort zurückgestellt",
    ("answer", "deferred"): "stellt die Antwort zurück",
}


@dataclass(frozen=True)
class _Meeting(Sheet):
    """A sheet with what its script reads."""

    @property
    def sha256(self) -> str:
        return text_hash(encodable(self.minutes.text))

    @property
    def data(self) -> Markup:
        return review_data(self.minutes, self.name)


def minutes_page(records: Iterable[Minutes], figures: Sequence[Figure] = ()) -> str:
    """Return a page on which records are read, searched and corrected, in their order; `figures` stand behind them.

    It is in German, needs nothing but itself and a browser, and saves what is corrected as gold.
    """
    sheets = tuple(_Meeting(f"m{n}", minutes) for n, minutes in enumerate(records, 1))
    names = {one_line(person.name) for sheet in sheets for person in _speaking(sheet.minutes)}
    return render(
        "corpus.page",
        "minutes.jinja",
        "minutes.css",
        _SCRIPTS,
        title=sheets[0].title if len(sheets) == 1 else "Protokolle",
        sheets=sheets,
        turns=sum(len(sheet.minutes.turns) for sheet in sheets),
        speakers=sorted(names - {""}, key=str.casefold),
        figures=distinct(figures),
        labels=LABELS,
        outcomes=OUTCOMES,
        states=_STATES,
        line=one_line,
    )


def _speaking(minutes: Minutes) -> Iterable[Person]:
    ids = {id for turn in minutes.turns for id in turn.speakers}
    return (person for person in minutes.persons if person.id in ids)
