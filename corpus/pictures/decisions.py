"""Decisions over time, by outcome or by body."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Literal

from matplotlib.figure import Figure

from corpus.frames import Frames
from corpus.pictures.counting import Period, cells, top
from corpus.pictures.drawing import COLOURS, INK, QUIET, Picture, draw, short
from corpus.pictures.words import Language, Words, words_in

_IN_A_YEAR: dict[Period, int] = {"month": 12, "quarter": 4, "year": 1}
_MOST_PERIODS = 24  # of those that fit side by side, where the period is not given
_MOST_NUMBERED = 36  # of columns, above which the numbers would touch
_MOST_TICKS = 8


def decisions(
    data: Frames,
    by: Literal["outcome", "body"] = "outcome",
    *,
    period: Period | None = None,
    most: int = 8,
    language: Language = "en",
) -> Picture:
    """Draw the numbers of decisions over time, a row for each outcome or each body.

    Without `period` it is the shortest of month, quarter and year that gives at most 24 columns. The `most` frequent
    bodies are shown, the rest as others.
    """
    import pandas

    words = words_in(language)
    meeting = {source: (date, body) for source, date, body in cells(data.meetings, "source", "date", "body")}
    dated: list[tuple[dt.date, str]] = []
    for source, outcome in cells(data.decisions, "source", "outcome"):
        date, body = meeting[source]
        if date is not None:
            dated.append((date.date(), words.outcome(outcome) if by == "outcome" else body or words.no_body))
    period = period or _fitting([date for date, _ in dated])
    total = Counter(name for _, name in dated)
    shown = top(total, len(total) if by == "outcome" else most)
    hidden = len(total) - len(shown)
    counts = Counter((name if name in shown else words.others, _place(date, period)) for date, name in dated)
    names = [*shown, words.others] if hidden else shown
    places = range(min((x for _, x in counts), default=0), max((x for _, x in counts), default=-1) + 1)
    rows = [(name, _label(x, period, words), counts[name, x]) for name in names for x in places]

    caption = words.decisions_caption(
        len(dated),
        len(data.decisions),
        len(data.meetings),
        by,
        period,
        more=hidden,
        undated=len(data.decisions) - len(dated),
    )

    def paint(figure: Figure) -> None:
        grid = figure.subplots(len(names), 1, sharex=True, squeeze=False)[:, 0]
        for axes, name in zip(grid, names, strict=True):
            heights = {x: counts[name, x] for x in places if counts[name, x]}
            bars = axes.bar(list(heights), list(heights.values()), color=QUIET if name == words.others else COLOURS[0])
            if len(places) <= _MOST_NUMBERED:
                axes.bar_label(
                    bars, [words.count(height) for height in heights.values()], padding=1, fontsize=8, color=INK
                )
            # All rows have the height of the highest bar, but that of the others, which would dwarf them.
            highest = max(
                number for (of, _), number in counts.items() if (of == words.others) == (name == words.others)
            )
            axes.set(ylim=(0, highest * 1.4), yticks=[])
            axes.spines["left"].set_visible(False)
            axes.set_ylabel(f"{short(name)}  {words.count(sum(heights.values()))}", rotation=0, ha="right", va="center")
        marked = places[:: -(-len(places) // _MOST_TICKS)]
        grid[-1].set_xticks(marked, [_label(x, period, words) for x in marked])
        grid[-1].set_xlim(places[0] - 0.7, places[-1] + 0.7)

    table = pandas.DataFrame(rows, columns=[by, period, "decisions"])
    said = (words.decided(*row) for row in rows if row[-1])
    title, height = words.decisions_title(by, period), 0.5 + 0.48 * len(names)
    return draw(f"decisions-{by}", title, caption, table, said, height, paint, words.nothing)


def _fitting(dates: list[dt.date]) -> Period:
    for period in _IN_A_YEAR:
        if not dates or _place(max(dates), period) - _place(min(dates), period) < _MOST_PERIODS:
            return period
    return "year"


def _place(date: dt.date, period: Period) -> int:
    parts = _IN_A_YEAR[period]
    return date.year * parts + (date.month - 1) * parts // 12


def _label(place: int, period: Period, words: Words) -> str:
    year, part = divmod(place, _IN_A_YEAR[period])
    return words.period(year, part + 1, period)
