"""Tab-separated columns, one token a line, a blank line after each sentence: for reading and for other tools.

Not lossless: tokens are words and marks, and what belongs to no turn has no columns.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from corpus.collection import Document
from corpus.gold import Gold

HEAD = ("document", "token", "start", "end", "turn", "label", "speaker_mention", "speakers", "addressees", "replies_to")
EMPTY = "_"

_TOKEN = re.compile(r"\w+|[^\w\s]")


def write(documents: Iterable[Document], path: Path) -> None:
    """Write all documents to one file: `label` and `speaker_mention` in BIO, turns numbered from 0."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, dialect="excel-tab", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
        writer.writerow(HEAD)
        for document in documents:
            for row in _rows(document.gold):
                writer.writerow((document.name, *row) if row else ())


def _rows(gold: Gold) -> Iterator[tuple[str, ...]]:
    ends = {end for _, end in gold.sentences} or {turn.end for turn in gold.turns}
    number = 0
    for token in _TOKEN.finditer(gold.text):
        while number < len(gold.turns) and gold.turns[number].end <= token.start():
            number += 1
        turn = gold.turns[number] if number < len(gold.turns) else None
        columns: tuple[str, ...]
        if turn is None or token.end() <= turn.start:
            columns = (EMPTY, "O", "O", EMPTY, EMPTY, EMPTY)
        else:
            mention = next((x for x in turn.speaker_mentions if x[0] < token.end() and token.start() < x[1]), None)
            columns = (
                str(number),
                _bio(token.start(), turn.start, turn.label),
                _bio(token.start(), mention[0], "SPEAKER") if mention else "O",
                *(_joined(x) for x in (turn.speakers, turn.addressees, map(str, turn.replies_to))),
            )
        yield (token.group(), str(token.start()), str(token.end()), *columns)
        if any(at in ends for at in range(token.start() + 1, token.end() + 1)):
            yield ()


def _bio(token: int, start: int, label: str) -> str:
    return f"{'B' if token <= start else 'I'}-{label}"


def _joined(values: Iterable[str]) -> str:
    return "|".join(re.sub(r"\s+", " ", x) for x in values) or EMPTY
