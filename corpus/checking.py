"""Checks of annotated samples: does the gold hold against its text and against the guidelines?

The format itself is checked when gold is read (`corpus.gold`); here is what needs the text beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpus.gold import Gold, GoldError, GoldTurn, read_gold
from corpus.reading import ReadError, read_source

_LINE_END_HYPHEN = re.compile(r"(?<=\w)[-\xad\u2010]\s*\n\s*")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")


def check_samples(folder: Path) -> list[str]:
    """Return the faults of the pairs `NAME.txt` and `NAME.json` in a folder; `ReadError` if it holds none."""
    return [fault for stem in _stems(folder) for fault in _pair_faults(folder / stem)]


def count_samples(folder: Path) -> tuple[int, Counter[str]]:
    """Return the number of gold documents in a folder and that of their turns by label."""
    golds = [read_gold(path) for path in sorted(folder.glob("*.json"))]
    return len(golds), Counter(turn.label for gold in golds for turn in gold.turns)


def _stems(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise ReadError(f"{folder} is no folder: name one with pairs of .txt and .json files")
    stems = sorted({path.stem for ending in ("*.txt", "*.json") for path in folder.glob(ending)})
    if not stems:
        raise ReadError(f"{folder} holds no samples: put pairs of .txt and .json files there")
    return stems


def _pair_faults(stem: Path) -> Iterator[str]:
    text_path, gold_path = (stem.with_name(stem.name + ending) for ending in (".txt", ".json"))
    if not text_path.exists():
        yield f"{gold_path}: has no text; put {text_path.name} beside it"
    if not gold_path.exists():
        yield f"{text_path}: has no gold; put {gold_path.name} beside it"
        return
    try:
        gold = read_gold(gold_path)
    except GoldError as error:
        yield str(error)
        return
    if text_path.exists():
        try:
            source = read_source(text_path)
        except ReadError as error:
            yield str(error)
        else:
            if source.text != gold.text:
                difference = _difference(gold.text, source.text)
                yield f"{gold_path}: its text is not that of {text_path.name}; {difference}"
    yield from (f"{gold_path}: {fault}" for fault in _gold_faults(gold))


def _difference(gold: str, text: str) -> str:
    pairs = enumerate(zip(gold, text, strict=False))
    at = next((i for i, (a, b) in pairs if a != b), min(len(gold), len(text)))
    return f"they differ from {at} on: {gold[at : at + 20]!r}, not {text[at : at + 20]!r}"


def _gold_faults(gold: Gold) -> Iterator[str]:
    words = {word for reading in _readings(gold.text) for word in _WORD.findall(reading)}
    for number, turn in enumerate(gold.turns):
        for fault in _turn_faults(gold, turn, words):
            yield f"turn {number}: {fault}"


def _turn_faults(gold: Gold, turn: GoldTurn, words: set[str]) -> Iterator[str]:
    for start, end in turn.speaker_mentions:
        if not turn.start <= start < end <= turn.end:
            yield f"the mention {start}-{end} is not within {turn.start}-{turn.end}"
    texts = _readings(gold.text[turn.start : turn.end])
    for what, values in (("role", turn.roles), ("party", turn.parties)):
        for value in values:
            if not any(reading in text for reading in _readings(value) for text in texts):
                yield f"the {what} {value!r} does not stand in its text"
    for speaker in turn.speakers:
        if not words.issuperset(_WORD.findall(speaker)):
            yield f"the speaker {speaker!r} stands nowhere in the document"


def _readings(text: str) -> tuple[str, str]:
    # A hyphen at the end of a line divides a word ("Bürger-/meister") or belongs to it ("Bruns-/Okafor").
    joined, kept = (_SPACE.sub(" ", _LINE_END_HYPHEN.sub(hyphen, text)).strip() for hyphen in ("", "-"))
    return joined, kept
