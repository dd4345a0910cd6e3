"""Who questions whom: a network from those who ask to those who are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from corpus.frames import Frames
from corpus.pictures.counting import Speakers, cells, speakers_of, top
from corpus.pictures.drawing import COLOURS, INK, QUIET, Picture, draw, short
from corpus.pictures.words import Language, Words, words_in

_WIDEST, _STEP = 9.0, 2.0  # points: the widest line, and what a question adds to a line where there are few
_Pair = tuple[str, str]
_Questions = dict[str, set[_Pair]]


def questions(data: Frames, *, most: int = 15, language: Language = "en") -> Picture:
    """Draw a line from each who asks to each who is asked, the wider the more questions.

    Asked are the addressees of a question, or where none is stated those who answer it. `most` of those who ask and
    of those who are asked are shown by name, the rest as others.
    """
    import pandas

    words = words_in(language)
    pairs: dict[_Pair, set[_Pair]] = defaultdict(set)  # asker and asked, and the questions as source and id
    of_askers: _Questions = defaultdict(set)
    of_asked: _Questions = defaultdict(set)
    asked_at_all = without_asker = without_asked = to_oneself = 0
    known = speakers_of(data)
    for question, askers, asked in _asked(data, known):
        asked_at_all += 1
        found = [(one, other) for one in askers for other in asked if one != other]
        without_asker += not askers
        without_asked += bool(askers) and not asked
        to_oneself += bool(askers and asked) and not found
        for one, other in found:
            pairs[one, other].add(question)
            of_askers[one].add(question)
            of_asked[other].add(question)
    others = words.others
    left, right = (_shown(found, most, others) for found in (of_askers, of_asked))
    lines: dict[_Pair, set[_Pair]] = defaultdict(set)
    for (one, other), found_questions in pairs.items():
        lines[one if one in left else others, other if other in right else others] |= found_questions
    rows = sorted(((one, other, len(found)) for (one, other), found in lines.items()), key=lambda row: (-row[2], row))

    more_ask, more_are_asked = (max(0, len(found) - most) for found in (of_askers, of_asked))
    caption = words.questions_caption(
        len(set().union(*pairs.values())),
        asked_at_all,
        len(data.meetings),
        registered=known.registered,
        more_ask=more_ask,
        more_are_asked=more_are_asked,
        among_others=len(lines.get((others, others), ())),
        without_asker=without_asker,
        without_asked=without_asked,
        to_oneself=to_oneself,
    )

    def paint(figure: Figure) -> None:
        _paint(figure.subplots(), left, right, rows, words)

    height = 0.5 + 0.26 * max(len(left), len(right), 2)
    table = pandas.DataFrame(rows, columns=["asker", "asked", "questions"])
    said = (words.asked(*row) for row in rows)
    return draw("questions", words.questions_title, caption, table, said, height, paint, words.nothing)


def _asked(data: Frames, known: Speakers) -> list[tuple[_Pair, list[str], list[str]]]:
    """Return each question (source and id) with the names of those who ask and of those who are asked."""
    answering: dict[_Pair, list[str]] = defaultdict(list)
    for source, speakers, replies in cells(data.turns, "source", "speaker_ids", "replies_to"):
        for question in replies:
            answering[source, question] += speakers
    found = []
    columns = ("source", "turn", "label", "speaker_ids", "addressee_ids")
    for source, turn, label, speakers, addressees in cells(data.turns, *columns):
        if label == "question":
            asked = addressees or answering[source, turn]
            names = [list(dict.fromkeys(known.names[source, id] for id in ids)) for ids in (speakers, asked)]
            found.append(((source, turn), names[0], names[1]))
    return found


def _shown(found: _Questions, most: int, others: str) -> dict[str, int]:
    """Return the names that are shown with their numbers of questions, those of most questions first."""
    counts = {name: len(questions) for name, questions in found.items()}
    shown = {name: counts[name] for name in top(counts, most)}
    if hidden := [questions for name, questions in found.items() if name not in shown]:
        shown[others] = len(set().union(*hidden))
    return shown


def _paint(
    axes: Axes,
    left: Mapping[str, int],
    right: Mapping[str, int],
    rows: Sequence[tuple[str, str, int]],
    words: Words,
) -> None:
    reach = max(len(left), len(right))
    # The shorter side is spread over the height of the longer one.
    places = [{name: (at + 0.5) * reach / len(side) for at, name in enumerate(side)} for side in (left, right)]
    colours = dict(zip((name for name in left if name != words.others), COLOURS[:-1], strict=False))
    drawn = [row for row in rows if row[:2] != (words.others, words.others)]  # that line would be as broad as all
    most = max((number for _, _, number in drawn), default=1)
    for one, other, number in reversed(drawn):
        start, end = places[0][one], places[1][other]
        curve = Path([(0, start), (0.5, start), (0.5, end), (1, end)], [Path.MOVETO, *[Path.CURVE4] * 3])
        colour, width = colours.get(one, QUIET), max(0.8, number * min(_STEP, _WIDEST / most))
        axes.add_patch(
            PathPatch(curve, facecolor="none", edgecolor=colour, linewidth=width, alpha=0.7, capstyle="butt")
        )
    for side, names, x, away, align in ((0, left, 0, -6, "right"), (1, right, 1, 6, "left")):
        for name, number in names.items():
            said, counted = short(name, 28), words.count(number)
            axes.annotate(
                f"{said}  {counted}" if side == 0 else f"{counted}  {said}",
                (x, places[side][name]),
                (away, 0),
                textcoords="offset points",
                ha=align,
                va="center",
                color=INK,
            )
    for x, said, align in ((0, words.asks, "right"), (1, words.is_asked, "left")):
        axes.annotate(said, (x, 0), (0, 6), textcoords="offset points", ha=align, va="bottom", color=QUIET)
    axes.set(xlim=(0, 1), ylim=(reach, 0))
    axes.set_axis_off()
