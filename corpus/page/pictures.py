"""The pictures of a page: of one meeting its course, of several what was decided when."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.frames import frames
from corpus.page.figure import Figure
from corpus.record import Minutes


def page_figures(records: Sequence[Minutes]) -> tuple[Figure, ...]:
    """Return the pictures of `corpus.pictures` that fit the records. Raises `ExtraMissing` without its extra."""
    from corpus.pictures import decisions, questions, speaking, timeline

    data = frames(records)
    over_time = (timeline(data),) if len(records) == 1 else (decisions(data), decisions(data, by="body"))
    drawn = (*over_time, questions(data), speaking(data), speaking(data, by="party"))
    return tuple(Figure(x.name, x.title, x.caption, x.description, x.svg()) for x in drawn if not x.data.empty)
