"""Decisions over time, by outcome or by body."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Literal

from matplotlib.figure import Figure

from corpus.captions import counted
from corpus.frames import Frames
from corpus.pictures.counting import OTHERS, cells, left_out, meetings, top
from corpus.pictures.drawing import COLOURS, INK, QUIET, Picture, draw, short

Period = Literal["month", "quarter", "year"]

_IN_A_YEAR: dict[Period, int] = {"month": 12, "quarter": 4, "year": 1}
_MOST_PERIODS = 24  # of those that fit side by side, where the period is not given
_MOST_NUMBERED = 36  # of columns, above which the numbers would touch
_MOST_TICKS = 8
_UNNAMED = "body not stated"


def decisions(
    data: Frames, by: Literal["outcome", "body"] = "outcome", *, period: Period | None = None, most: int = 8
) -> Picture:
    """Draw the numbers of decisions over time, a row for each outcome or each body.

    Without `period` it is the shortest of month, quarter and year that gives at most 24 columns. The `most` frequent
    bodies are shown, the rest as others.
    """
    import pandas

    meeting = {source: (date, body) for source, date, body in cells(data.meetings, "source", "date", "body")}
    dated: list[tuple[dt.date, str]] = []
    for source, outcome in cells(data.decisions, "source", "outcome"):
        date, body = meeting[source]
        if date is not None:
            dated.append((date.date(), outcome if by == "outcome" else body or _UNNAMED))
    period = period or _fitting([date for date, _ in dated])
    total = Counter(name for _, name in dated)
    shown = top(total, len(total) if by == "outcome" else most)
    hidden = len(total) - len(shown)
    counts = Counter((name if name in shown else OTHERS, _place(date, period)) for date, name in dated)
    names = [*shown, OTHERS] if hidden else shown
    places = range(min((x for _, x in counts), default=0), max((x for _, x in counts), default=-1) + 1)
    rows = [(name, _label(x, period), counts[name, x]) for name in names for x in places]

    caption = (
        f"{len(dated)} of {counted(len(data.decisions), 'decision')} in {meetings(data)}, by {by} and by {period} of "
        "the meeting."
        + (f" Others, on a scale of their own: {hidden} more." if hidden else "")
        + left_out((len(data.decisions) - len(dated), "of meetings without a date"))
    )

    def paint(figure: Figure) -> None:
        grid = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
        for axes, name in zip(grid, names, strict=True):
            heights = {x: counts[name, x] for x in places if counts[name, x]}
            bars = axes.bar(list(heights), list(heights.values()), color=QUIET if name == OTHERS else COLOURS[0])
            if len(places) <= _MOST_NUMBERED:
                axes.bar_label(bars, padding=1, fontsize=8, color=INK)
            # All rows have the height of the highest bar, but that of the others, which would dwarf them.
            highest = max(number for (of, _), number in counts.items() if (of == OTHERS) == (name == OTHERS))
            axes.set(ylim=(0, highest * 1.4), yticks=[])
            axes.spines["left"].set_visible(False)
            axes.set_ylabel(f"{short(name)}  {sum(heights.values())}", rotation=0, ha="right", va="center")
        marked = places[:: -(-len(places) // _MOST_TICKS)]
        grid[-1].set_xticks(marked, [_label(x, period) for x in marked])
        grid[-1].set_xlim(places[0] - 0.7, places[-1] + 0.7)

    table = pandas.DataFrame(rows, columns=[by, period, "decisions"])
    words = (f"{name} in {when}: {number}" for name, when, number in rows if number)
    title = f"Decisions by {by} and {period}"
    return draw(f"decisions-{by}", title, caption, table, words, 0.5 + 0.48 * len(names), paint)


def _fitting(dates: list[dt.date]) -> Period:
    for period in _IN_A_YEAR:
        if not dates or _place(max(dates), period) - _place(min(dates), period) < _MOST_PERIODS:
            return period
    return "year"


def _place(date: dt.date, period: Period) -> int:
    parts = _IN_A_YEAR[period]
    return date.year * parts + (date.month - 1) * parts // 12


def _label(place: int, period: Period) -> str:
    year, part = divmod(place, _IN_A_YEAR[period])
    return {"month": f"{year}-{part + 1:02}", "quarter": f"{year} Q{part + 1}", "year": f"{year}"}[period]
