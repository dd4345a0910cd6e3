"""Who speaks how much: shares of turns or of text, by person or by party."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

from matplotlib.figure import Figure

from corpus.frames import Frames
from corpus.pictures.counting import cells, speakers_of, top
from corpus.pictures.drawing import COLOURS, INK, QUIET, Picture, draw, short
from corpus.pictures.words import Language, words_in


def speaking(
    data: Frames,
    by: Literal["person", "party"] = "person",
    *,
    of: Literal["turns", "characters"] = "turns",
    most: int = 15,
    language: Language = "en",
) -> Picture:
    """Draw the shares of the `most` who speak most, and of the others together.

    Only turns with a known speaker count, by party only those whose speaker has a stated one. A turn of several is
    divided among them equally; `characters` are those of the text of the turns.
    """
    import pandas

    words = words_in(language)
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
        shown.append((words.others, total - sum(amount for _, amount in shown)))
    rows = [(name, amount, amount / total) for name, amount in shown]

    caption = words.speaking_caption(
        included,
        len(data.turns),
        len(data.meetings),
        by,
        of,
        registered=known.registered,
        more=hidden,
        silent=silent,
        partyless=partyless,
    )

    def paint(figure: Figure) -> None:
        axes = figure.subplots()
        bars = [0.0 if name == words.others else share for name, _, share in rows]  # theirs would dwarf all others
        axes.barh(range(len(rows)), bars, color=COLOURS[0], height=0.72)
        for at, (name, amount, share) in enumerate(rows):
            # A turn that is divided counts in parts.
            form = ".4g" if of == "turns" and amount < 1000 else ".0f"
            said = f"{words.share(share)} ({words.amount(amount, form)})"
            colour = QUIET if name == words.others else INK
            axes.annotate(said, (bars[at], at), (4, 0), textcoords="offset points", va="center", color=colour)
        axes.set_yticks(range(len(rows)), [short(name) for name, _, _ in rows])
        axes.set(ylim=(len(rows) - 0.4, -0.6), xlim=(0, max(bars) * 1.25), xticks=[])
        axes.tick_params(axis="y", length=0)
        axes.spines[:].set_visible(False)

    table = pandas.DataFrame(rows, columns=[by, of, "share"])
    described = (f"{name} {words.share(share)}" for name, _, share in rows)
    title, height = words.speaking_title(by), 0.25 + 0.25 * len(rows)
    return draw(f"speaking-{by}-{of}", title, caption, table, described, height, paint, words.nothing)
