"""The figures of a report and of a leaderboard; where nothing is measured, axes without points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from corpus.captions import one_line
from corpus.page.figure import Figure
from evaluation.calibration import Calibration
from evaluation.intervals import Estimate
from evaluation.page.drawing import QUIET, SERIES, draw
from evaluation.tables import number

_MARKERS = ("o", "s", "^", "D", "v", "P")
_STAGES = ("span_f1", "label_f1", "turn_f1")
_LONGEST = 32
_NO_CHARACTERS = {0xFFFE: None, 0xFFFF: None}  # which XML refuses
_INTERVAL = "The line through a point is its 95 % interval."

_Point = tuple[float, Estimate]


def metrics_figure(estimates: Mapping[str, Estimate]) -> Figure:
    """Draw every defined metric with its interval, in the order given."""
    defined = {name: x for name, x in estimates.items() if x.value is not None}
    return _dots("metrics", "Metrics", _INTERVAL, tuple(defined), {"score": tuple(defined.values())})


def breakdown_figure(parts: Mapping[str, Mapping[str, float | None]], by: str) -> Figure:
    """Draw how well turns are found, labelled and wholly right in each part (part → metric → value), the best first."""
    best = {part: metrics["turn_f1"] for part, metrics in parts.items()}
    ranked = sorted(parts, key=lambda part: (best[part] is None, -(best[part] or 0.0), part))
    series = {name: [Estimate(parts[part][name]) for part in ranked] for name in _STAGES}
    return _dots(f"by-{by}", f"By {by}", "The best turn_f1 comes first.", ranked, series)


def leaderboard_figure(results: Mapping[str, Mapping[str, Estimate]], metric: str) -> Figure:
    """Draw a metric of each system on each set (system → set → figure) with intervals, systems in the order given."""
    sets = dict.fromkeys(name for found in results.values() for name in found)
    series = {name: [found.get(name, Estimate(None)) for found in results.values()] for name in sets}
    return _dots(f"leaderboard-{metric}", f"Systems: {metric}", _INTERVAL, tuple(results), series)


def learning_figure(curves: Mapping[str, Mapping[int, Estimate]], metric: str) -> Figure:
    """Draw a metric against the documents of the training (system → documents → figure) with intervals."""
    points = {name: sorted(curve.items()) for name, curve in curves.items()}

    def paint(axes: Axes) -> None:
        for at, (name, curve) in enumerate(points.items()):
            _series(axes, at, name, curve, line="-")
        axes.set(xlabel="documents of the training", ylabel=metric)
        _legend(axes, len(curves))

    words = (
        f"{_plain(name)}: " + ", ".join(f"{documents} documents {_said(x)}" for documents, x in curve)
        for name, curve in points.items()
    )
    return draw(f"learning-{metric}", f"Learning curve: {metric}", _INTERVAL, words, 3.4, paint)


def reliability_figure(found: Calibration) -> Figure:
    """Draw the accuracy of the bins of equal width against their mean confidence (reliability diagram)."""
    bins = [
        (x.confidence, x.accuracy, x.turns) for x in found.bins if x.confidence is not None and x.accuracy is not None
    ]
    confidences, accuracies = [x for x, _, _ in bins], [y for _, y, _ in bins]

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (4, 3)))
        axes.plot(confidences, accuracies, color=SERIES[0], linewidth=1)
        # The area of a dot grows with the turns of its bin, from one that can still be seen.
        axes.scatter(confidences, accuracies, [12 + 240 * x / found.turns for _, _, x in bins], SERIES[0], alpha=0.75)
        axes.set(xlabel="mean confidence", ylabel="accuracy", xlim=(-0.03, 1.03), ylim=(-0.03, 1.03))

    words = (f"confidence {number(x)}, accuracy {number(y)}, {turns} turns" for x, y, turns in bins)
    caption = (
        "On the dashed line, labels are right as often as they are sure; below it they are too sure. "
        f"The larger a dot, the more turns. Expected calibration error: {number(found.ece)}."
    )
    return draw("reliability", "Reliability of the confidences", caption, words, 3.8, paint)


def risk_coverage_figure(found: Calibration) -> Figure:
    """Draw the share of wrong labels against the share of turns that get one, the surest first."""
    curve = [(x.coverage, 1 - x.accuracy) for x in found.risk_coverage if x.accuracy is not None]

    def paint(axes: Axes) -> None:
        axes.plot([x for x, _ in curve], [y for _, y in curve], color=SERIES[0], marker="o", markevery=[-1])
        axes.set(xlabel="coverage", ylabel="error rate", xlim=(0, 1.03))
        axes.set_ylim(bottom=0)

    words = (
        f"from confidence {x.threshold:g} on: coverage {number(x.coverage)}, accuracy {number(x.accuracy)}"
        for x in found.coverage
    )
    caption = (
        "Were only the surest labels given: the share that is given, and how much of it is wrong. "
        f"Area under the curve (AURC): {number(found.aurc)}."
    )
    return draw("risk-coverage", "Risk and coverage", caption, words, 3.4, paint)


def _dots(name: str, title: str, caption: str, rows: Sequence[str], series: Mapping[str, Sequence[Estimate]]) -> Figure:
    """Draw a row for each name from top to bottom, in it a dot of each series with its interval."""

    def paint(axes: Axes) -> None:
        for at, (label, estimates) in enumerate(series.items()):
            # The dots of a row stand one below the other, so that their intervals do not cover each other.
            shift = 0.6 * ((at + 0.5) / len(series) - 0.5)
            _series(axes, at, label, [(row + shift, x) for row, x in enumerate(estimates)], sideways=True)
        axes.set_yticks(range(len(rows)), [_short(row) for row in rows])
        axes.set(xlim=(-0.02, 1.02), ylim=(len(rows) - 0.4, -0.6))
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)
        _legend(axes, len(series))

    words = (
        f"{_plain(row)}: " + ", ".join(f"{_plain(label)} {_said(estimates[at])}" for label, estimates in series.items())
        for at, row in enumerate(rows)
    )
    return draw(name, title, caption, words, 0.9 + len(rows) * max(0.27, 0.14 * len(series)), paint)


def _series(
    axes: Axes, at: int, label: str, points: Sequence[_Point], *, line: str = "none", sideways: bool = False
) -> None:
    """Draw the defined points of the series number `at`; `sideways` has the figures along the horizontal axis."""
    defined = [(place, x.value) for place, x in points if x.value is not None]
    places, values = [place for place, _ in defined], [value for _, value in defined]
    colour = SERIES[at % len(SERIES)]
    axes.plot(
        values if sideways else places,
        places if sideways else values,
        label=_short(label),
        color=colour,
        marker=_MARKERS[at % len(_MARKERS)],
        linestyle=line,
    )
    # Lines of their own: an interval of percentiles need not hold its figure, which error bars would demand.
    reach = [(place, x.low, x.high) for place, x in points if x.low is not None and x.high is not None]
    bars = axes.hlines if sideways else axes.vlines
    bars([place for place, _, _ in reach], [low for _, low, _ in reach], [high for _, _, high in reach], colour)


def _legend(axes: Axes, series: int) -> None:
    if series > 1:
        axes.figure.legend(loc="outside upper center", ncols=min(3, series))


def _plain(name: str) -> str:
    return one_line(name).translate(_NO_CHARACTERS)


def _short(name: str) -> str:
    line = _plain(name)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def _said(x: Estimate) -> str:
    return number(x.value) if x.low is None else f"{number(x.value)} ({number(x.low)}–{number(x.high)})"
