"""The HTML that notebooks show for a record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from corpus.captions import (
    addressee_caption,
    counted,
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


def html(minutes: Minutes, most: int | None = None) -> str:
    """Return the head of the meeting, a table of the turns and one of the decisions, of each the first `most` rows.

    What comes from the document is escaped.
    """
    head = escape(meeting_caption(minutes.meeting) or "meeting not stated")
    source = escape(one_line(minutes.source))
    counts = f"{source} · {counted(len(minutes.turns), 'turn')} · {counted(len(minutes.decisions), 'decision')}"
    turns = (
        (
            escape(turn.id),
            _label(turn.label) if turn.label else "–",
            escape(speaker_caption(minutes, turn)),
            escape(addressee_caption(minutes, turn)),
            escape(", ".join(turn.replies_to)),
            escape(one_line(minutes.text[turn.start : turn.end])),
        )
        for turn in minutes.turns[:most]
    )
    decisions = (
        (
            escape(decision.turn),
            decision.outcome,
            votes_caption(decision),
            escape(decision_wording(minutes, decision)),
        )
        for decision in minutes.decisions[:most]
    )
    return (
        f'<div><strong>{head}</strong><div style="opacity:.65">{counts}</div>'
        + _table(("turn", "label", "speaker", "to", "replies to", "text"), turns)
        + _rest(len(minutes.turns), most, "turn")
        + _table(("turn", "outcome", "votes", "wording"), decisions)
        + _rest(len(minutes.decisions), most, "decision")
        + "</div>"
    )


def _rest(number: int, most: int | None, noun: str) -> str:
    """Return a line that says how many rows are not shown, and what shows them."""
    if most is None or number <= most:
        return ""
    return f'<div style="opacity:.65">{counted(number - most, f"more {noun}")}: <code>corpus.html(minutes)</code></div>'


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
