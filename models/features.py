"""What the rules know of a turn, as numbers: the columns beside the encoder's vectors.

Among them are whether a question is open, whether whoever asked it speaks or is named in the turn, and how long ago it
was asked. A question is what the rule baseline takes for one, so nothing here needs a label.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from corpus.record import LABELS, Label
from models.baseline import RuleBaseline
from models.classifier import DocumentInput, TurnInput

FUNCTIONS = ("ask", "reply", "report", "add", "opinion", "request", "promise", "thank", "chair", "move", "decide")
SPEAKER_KINDS = (
    "chair",
    "mandate",
    "group_speaker",
    "executive",
    "administration",
    "guest",
    "clerk",
    "group",
    "person",
    "office",
    "citizen",
)
_REACH = 3  # turns back that a reply may look

COLUMNS: tuple[str, ...] = (
    *(f"cue_{x}" for x in FUNCTIONS),
    *(f"first_{x}" for x in FUNCTIONS),
    *(f"by_{x}" for x in SPEAKER_KINDS),
    *(f"rules_{x}" for x in LABELS),
    "asks",
    "direct_question",
    "on_request",
    "carried",
    "passive",
    "decides",
    "verbatim",
    "nobody_named",
    "no_cue",
    "addressees",
    "length",
    "section_begins",
    "document_begins",
    "same_speaker",
    "spoke_before",
    "names_last_speaker",
    "addresses_last_speaker",
    "question_open",
    "since_question",
    "answered_since",
    "asker_speaks",
    "names_asker",
    "was_addressed",
    "asker_was_other_kind",
)


def features(document: DocumentInput) -> NDArray[np.float32]:
    """Return one row a turn with the columns `COLUMNS`, most of them 0 or 1, all between 0 and 2."""
    turns = document.turns
    labels = [prediction.label for prediction in RuleBaseline().predict([document])[0]]
    rows = np.zeros((len(turns), len(COLUMNS)), np.float32)
    for n, turn in enumerate(turns):
        ruled = (float(labels[n] == x) for x in LABELS)
        rows[n] = [*_own(turn), *ruled, *_flags(turn), *_context(turns, labels, n)]
    return rows


def _own(turn: TurnInput) -> list[float]:
    return [
        *(float(x in turn.functions) for x in FUNCTIONS),
        *(float(x in turn.functions[:1]) for x in FUNCTIONS),
        *(float(turn.speaker_kind == x) for x in SPEAKER_KINDS),
    ]


def _flags(turn: TurnInput) -> list[float]:
    return [
        float(turn.asks),
        float(turn.direct_question),
        float(turn.on_request),
        min(turn.carried, 4) / 4,
        float(turn.passive),
        float(turn.decides),
        float(turn.verbatim),
        float(turn.speaker is None),
        float(not turn.functions),
        float(bool(turn.addressees)),
        math.log1p(min(len(turn.text), 3000)) / 8,
    ]


def _context(turns: Sequence[TurnInput], labels: Sequence[Label | None], n: int) -> list[float]:
    turn = turns[n]
    last = turns[n - 1] if n else None
    section = [k for k in range(n) if turns[k].section == turn.section]
    asked = [k for k in section if labels[k] == "question"]
    since = n - asked[-1] if asked else 0
    askers = {turns[k].speaker for k in asked if n - k <= _REACH + 2} - {None}
    last_asker = turns[asked[-1]] if asked else None
    return [
        float(last is None or last.section != turn.section),
        float(last is None),
        float(last is not None and turn.speaker is not None and last.speaker == turn.speaker),
        float(turn.speaker is not None and any(turns[k].speaker == turn.speaker for k in section)),
        float(last is not None and last.speaker is not None and last.speaker in turn.mentioned),
        float(last is not None and last.speaker is not None and last.speaker in turn.addressees),
        float(bool(asked)),
        min(since, 6) / 6,
        float(bool(asked) and any(labels[k] == "answer" for k in range(asked[-1], n))),
        float(turn.speaker in askers),
        float(bool(askers.intersection(turn.mentioned) - {turn.speaker})),
        float(turn.speaker is not None and any(turn.speaker in turns[k].addressees for k in asked)),
        float(last_asker is not None and last_asker.speaker_kind != turn.speaker_kind),
    ]
