"""The record on a terminal: a table of the turns and one of the decisions, legible at 80 columns."""

from __future__ import annotations

from types import TracebackType

from rich.console import Console
from rich.table import Table
from rich.text import Text

from corpus.captions import (
    addressee_caption,
    decision_wording,
    meeting_caption,
    one_line,
    speaker_caption,
    votes_caption,
)
from corpus.record import Label, Minutes

_STYLES: dict[Label, str] = {
    "question": "yellow",
    "answer": "green",
    "addition": "blue",
    "decision": "magenta",
    "other": "dim",
}


class ReadableWriter:
    """A `corpus.writing.Writer` for readers."""

    def __init__(self, console: Console) -> None:
        self._console = console

    def write(self, minutes: Minutes) -> None:
        print_minutes(minutes, self._console)

    def __enter__(self) -> ReadableWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


def print_minutes(minutes: Minutes, console: Console) -> None:
    """Print a heading, the turns and the decisions; text is cut to the width and marked with "…"."""
    console.print(Text(one_line(minutes.source), style="bold"))
    if meeting := meeting_caption(minutes.meeting):
        console.print(Text(meeting))
    if not minutes.turns:
        console.print("no turns found")
    else:
        console.print(_turns(minutes))
    if minutes.decisions:
        console.print(_decisions(minutes))
    console.print()


def _turns(minutes: Minutes) -> Table:
    table = _table("turn")
    table.add_column("label", max_width=14)
    # Addressee and question share columns with speaker and label: at 80 columns the text needs the room.
    table.add_column("speaker → addressee", overflow="fold", max_width=24)
    table.add_column("text", no_wrap=True, overflow="ellipsis", min_width=16, ratio=1)
    for turn in minutes.turns:
        label = f"{turn.label} to {', '.join(turn.replies_to)}" if turn.replies_to else turn.label or "–"
        speaker, addressee = speaker_caption(minutes, turn) or "–", addressee_caption(minutes, turn)
        table.add_row(
            Text(turn.id),
            Text(label, style=_STYLES[turn.label] if turn.label else ""),
            Text(f"{speaker} → {addressee}" if addressee else speaker),
            Text(one_line(minutes.text[turn.start : turn.end])),
        )
    return table


def _decisions(minutes: Minutes) -> Table:
    table = _table("turn", "outcome")
    table.add_column("votes", overflow="fold", max_width=24)
    table.add_column("wording", no_wrap=True, overflow="ellipsis", min_width=16, ratio=1)
    for decision in minutes.decisions:
        table.add_row(
            Text(decision.turn),
            Text(decision.outcome, style=_STYLES["decision"]),
            Text(votes_caption(decision) or "–"),
            Text(decision_wording(minutes, decision)),
        )
    return table


def _table(*narrow: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), expand=True, header_style="bold")
    for name in narrow:
        table.add_column(name, no_wrap=True)
    return table
