"""What was measured as one HTML file that needs nothing else: tables, figures, wrong turns in their context.

Needs the extra `evaluation`.
"""

from corpus.page.figure import Figure
from evaluation.page.plots import (
    breakdown_figure,
    leaderboard_figure,
    learning_figure,
    metrics_figure,
    reliability_figure,
    risk_coverage_figure,
)
from evaluation.page.rendering import leaderboard_page, report_page

__all__ = [
    "Figure",
    "breakdown_figure",
    "leaderboard_figure",
    "leaderboard_page",
    "learning_figure",
    "metrics_figure",
    "reliability_figure",
    "report_page",
    "risk_coverage_figure",
]
