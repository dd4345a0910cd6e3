"""Who speaks how much: shares of turns or of text, by person or by party."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from matplotlib.figure import Figure

from corpus.captions import counted
from corpus.frames import Frames
from corpus.pictures.counting import OTHERS, cells, left_out, meetings, speakers_of, top
from corpus.pictures.drawing import COLOURS, INK, QUIET, Picture, draw, short


def speaking(
    data: Frames,
    by: Literal["person", "party"] = "person",
    *,
    of: Literal["turns", "characters"] = "turns",
    most: int = 15,
) -> Picture:
    """Draw the shares of the `most` who speak most, and of the others together.

    Only turns with a known speaker count, by party only those whose speaker has a stated one. A turn of several is
    divided among them equally; `characters` are those of the text of the turns.
    """
    import pandas

    known = speakers_of(data)
    named = known.names if by == "person" else known.parties
    amounts: dict[str, float] = defaultdict(float)
    included = silent = partyless = 0
    for source, ids, start, end in cells(data.turns, "source", "speaker_ids", "start", "end"):
        names = dict.fromkeys(named[source, id] for id in ids if (source, id) in named)
        for name in names:
            amounts[name] += ((end - start) if of == "characters" else 1) / len(names)
        included += bool(names)
        silent += not ids
        partyless += bool(ids) and not names
    total = sum(amounts.values())
    shown = [(name, amounts[name]) for name in top(amounts, most)]
    if hidden := len(amounts) - len(shown):
        shown.append((OTHERS, total - sum(amount for _, amount in shown)))
    rows = [(name, amount, amount / total) for name, amount in shown]

    measure = "the turns" if of == "turns" else "the characters of the turns"
    holder = "known speaker" if by == "person" else "speaker of a stated party"
    caption = (
        f"{included} of {counted(len(data.turns), 'turn')} in {meetings(data)}: those with a {holder}. Shares of "
        f"{measure}; a turn of several is divided among them."
        + (f" {known.note}" if by == "person" else "")
        + (f" Others, without a bar: {hidden} more." if hidden else "")
        + left_out((silent, "without a speaker"), (partyless, "whose speaker has no stated party"))
    )

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        bars = [0.0 if name == OTHERS else share for name, _, share in rows]  # theirs would dwarf all others
        axes.barh(range(len(rows)), bars, color=COLOURS[0], height=0.72)
        for at, (name, amount, share) in enumerate(rows):
            said = f"{share:.1%} ({amount:,.4g})" if of == "turns" else f"{share:.1%} ({amount:,.0f})"
            colour = QUIET if name == OTHERS else INK
            axes.annotate(said, (bars[at], at), (4, 0), textcoords="offset points", va="center", color=colour)
        axes.set_yticks(range(len(rows)), [short(name) for name, _, _ in rows])
        axes.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, max(bars) * 1.25), xticks=[])
        axes.tick_params(axis="y", length=0)
        axes.spines[:].set_visible(False)

    table = pandas.DataFrame(rows, columns=[by, of, "share"])
    words = (f"{name} {share:.1%}" for name, _, share in rows)
    title = f"Who speaks how much, by {by}"
    return draw(f"speaking-{by}-{of}", title, caption, table, words, 0.25 + 0.25 * len(rows), paint)
