"""The pictures of a page, in German: of one meeting its course, of several what was decided when."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.frames import frames
from corpus.page.figure import Figure
from corpus.record import Minutes


def page_figures(records: Sequence[Minutes]) -> tuple[Figure, ...]:
    """Return the pictures of `corpus.pictures` that fit the records. Raises `ExtraMissing` without its extra."""
    from corpus.pictures import decisions, questions, speaking, timeline

    data = frames(records)
    if len(records) == 1:
        drawn = [timeline(data, language="de")]
    else:
        drawn = [decisions(data, by, language="de") for by in ("outcome", "body")]
    drawn.append(questions(data, language="de"))
    drawn += [speaking(data, by, language="de") for by in ("person", "party")]
    return tuple(Figure(x.name, x.title, x.caption, x.description, x.svg()) for x in drawn if not x.data.empty)
