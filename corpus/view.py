"""The HTML that notebooks show for a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from corpus.captions import (
    addressee_caption,
    decision_wording,
    meeting_caption,
    one_line,
    speaker_caption,
    votes_caption,
)
from corpus.record import Label, Minutes

# Half-transparent greys, and the page's own colour for text: readable on a light and on a dark page.
_TABLE = "border-collapse:collapse;width:100%;margin:.5em 0"
_CELL = (
    "text-align:left;vertical-align:top;padding:.3em .6em;color:inherit;background:none;white-space:normal;"
    "border-bottom:1px solid rgba(128,128,128,.35)"
)
_LABEL_COLOURS: dict[Label, str] = {
    "question": "#d98e04",
    "answer": "#2e9d5b",
    "addition": "#3d85c6",
    "decision": "#b455c8",
    "other": "rgba(128,128,128,.6)",
}


def html(minutes: Minutes) -> str:
    """Return the head of the meeting, a table of the turns and one of the decisions.

    What comes from the document is escaped.
    """
    head = escape(meeting_caption(minutes.meeting) or "meeting not stated")
    source = escape(one_line(minutes.source))
    counts = f"{source} · {len(minutes.turns)} turns · {len(minutes.decisions)} decisions"
    turns = (
        (
            escape(turn.id),
            _label(turn.label) if turn.label else "–",
            escape(speaker_caption(minutes, turn)),
            escape(addressee_caption(minutes, turn)),
            escape(", ".join(turn.replies_to)),
            escape(one_line(minutes.text[turn.start : turn.end])),
        )
        for turn in minutes.turns
    )
    decisions = (
        (
            escape(decision.turn),
            decision.outcome,
            votes_caption(decision),
            escape(decision_wording(minutes, decision)),
        )
        for decision in minutes.decisions
    )
    return (
        f'<div><strong>{head}</strong><div style="opacity:.65">{counts}</div>'
        + _table(("turn", "label", "speaker", "to", "replies to", "text"), turns)
        + _table(("turn", "outcome", "votes", "wording"), decisions)
        + "</div>"
    )


def _label(label: Label) -> str:
    return f'<span style="border-left:4px solid {_LABEL_COLOURS[label]};padding-left:.4em">{label}</span>'


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = "".join(f"<tr>{''.join(_cell('td', cell) for cell in row)}</tr>" for row in rows)
    if not body:
        return ""
    head = "".join(_cell("th", column) for column in columns)
    return f'<table style="{_TABLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(tag: str, content: str) -> str:
    return f'<{tag} style="{_CELL}">{content}</{tag}>'
