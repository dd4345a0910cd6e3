"""The course of a meeting: its agenda items and turns over the text of the minutes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from corpus.frames import Frames
from corpus.pictures.counting import cells
from corpus.pictures.drawing import COLOURS, QUIET, Picture, draw, short
from corpus.pictures.words import Language, Words, words_in
from corpus.record import Label

_BLUE, _ORANGE, _GREEN, _PURPLE, _GREY = COLOURS
_COLOURS: dict[Label | None, str] = {  # hues of the view of a record
    "question": _ORANGE,
    "answer": _GREEN,
    "addition": _BLUE,
    "decision": _PURPLE,
    "other": _GREY,
    None: _GREY,
}
_Bar = tuple[str, int, int]
"""What it is, and its begin and end in the text."""


def timeline(data: Frames, source: str | None = None, *, most: int = 30, language: Language = "en") -> Picture:
    """Draw where in the text the agenda items and the turns of one meeting stand.

    `source` is that of the meeting; it may be left out where there is only one. Of more than `most` items the
    longest are shown. Raises `ValueError` where no such meeting is there, or several are and none is named.
    """
    import pandas

    words = words_in(language)
    source = _only(data, source)
    agenda, turns, meeting = (frame[frame["source"] == source] for frame in (data.agenda, data.turns, data.meetings))
    items = list(cells(agenda, "number", "title", "start", "end"))
    longest = sorted(items, key=lambda item: item[2] - item[3])[:most]
    bars: list[_Bar] = [
        (" ".join(filter(None, item[:2])) or words.no_item_title, item[2], item[3]) for item in items if item in longest
    ]
    spoken = list(cells(turns, "label", "start", "end"))
    length = sum(meeting["characters"])
    number = Counter(label for label, _, _ in spoken)
    lanes = [label for label in _COLOURS if number[label] or label]

    caption = words.timeline_caption(
        len(bars),
        len(items),
        len(spoken),
        length,
        under_no_item=int(turns["agenda_item"].isna().sum()),
        shorter=len(items) - len(bars),
    )

    def paint(figure: Figure) -> None:
        if bars:
            upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(len(bars) * 0.2, len(lanes) * 0.26))
            _rows(upper, [(name, QUIET, [(start, end)]) for name, start, end in bars])
            upper.tick_params(axis="x", length=0)
            upper.spines["bottom"].set_visible(False)
        else:
            lower = figure.subplots()
        _rows(
            lower,
            [
                (
                    f"{words.label(lane)}  {words.count(number[lane])}",
                    _COLOURS[lane],
                    [(start, end) for x, start, end in spoken if x == lane],
                )
                for lane in lanes
            ],
        )
        for _, start, _ in bars:
            lower.axvline(start, color=QUIET, alpha=0.4, linewidth=0.6)
        lower.set(xlim=(0, length), xlabel=words.timeline_axis)
        lower.xaxis.set_major_formatter(lambda x, _: words.amount(x))

    rows = [
        *(("item", *bar) for bar in bars),
        *(("turn", words.label(label), start, end) for label, start, end in spoken),
    ]
    table = pandas.DataFrame(rows, columns=["kind", "name", "start", "end"])
    described = [words.standing(*bar) for bar in bars]
    described += [words.labelled(words.label(lane), number[lane]) for lane in lanes if spoken]
    stated = [_said(fact, words) for facts in cells(meeting, "body", "date") for fact in facts if fact is not None]
    title = ", ".join(stated) or source or words.no_meeting
    height = 0.8 + 0.2 * len(bars) + 0.26 * len(lanes)
    return draw("timeline", title, caption, table, described, height, paint, words.nothing)


def _only(data: Frames, source: str | None) -> str | None:
    """Return the meeting that is meant; `None` where there is none at all and none is named."""
    held = [name for (name,) in cells(data.meetings, "source")]
    if source is None and len(held) <= 1:
        return held[0] if held else None
    if source not in held:
        fault = f"are {len(held)} meetings" if source is None else f"is no meeting {source}"
        raise ValueError(f"there {fault}: name one of data.meetings['source']")
    return source


def _rows(axes: Axes, rows: Sequence[tuple[str, str, Sequence[tuple[int, int]]]]) -> None:
    """Draw a row for each name from top to bottom: its colour, and begin and end of its bars."""
    for at, (_, colour, spans) in enumerate(rows):
        axes.broken_barh([(start, end - start) for start, end in spans], (at - 0.38, 0.76), facecolor=colour)
    axes.set_yticks(range(len(rows)), [short(name) for name, _, _ in rows], fontsize=8.5)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)


def _said(fact: str | dt.date, words: Words) -> str:
    return fact if isinstance(fact, str) else words.date(fact)
