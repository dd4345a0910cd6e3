"""Validation of annotated documents: what is wrong, in which file, layer and place.

One document that cannot be read does not keep the others from being checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from corpus.collection import GOLD_ENDING, Document, stems
from corpus.gold import (
    Draft,
    Fault,
    Gold,
    GoldAttendee,
    GoldError,
    GoldTurn,
    gold_data,
    gold_faults,
)
from corpus.reading import ENDING, ReadError, read_source

_LINE_END_HYPHEN = re.compile(r"(?<=\w)[-\xad\u2010]\s*\n\s*")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_HONORIFIC = re.compile(r"(?:Herrn?|Frau|Hr\.|Fr\.)(?:\s|$)")
_DAMAGED = 0.75
_MASKED = re.compile(r"(?:\w{1,3}\.\s?)+")


@dataclass(frozen=True)
class Finding:
    """A fault and the file that has it; as text, one line: "rat.json: turns, 120: …"."""

    path: Path
    fault: Fault

    def __str__(self) -> str:
        place = "" if self.fault.offset is None else f", {self.fault.offset}"
        return f"{self.path}: {self.fault.layer}{place}: {self.fault.message}"


@dataclass(frozen=True)
class Validation:
    """The documents that hold, and all that is wrong with the others or between documents."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def validate(folder: Path) -> Validation:
    """Check the pairs `NAME.txt` and `NAME.json` in a folder; `ReadError` if it holds none."""
    documents: list[Document] = []
    findings: list[Finding] = []
    for stem in stems(folder):
        text, annotation = folder / (stem + ENDING), folder / (stem + GOLD_ENDING)
        if not annotation.exists():
            findings.append(Finding(text, Fault("file", None, f"has no annotation; put {annotation.name} beside it")))
            continue
        gold, faults = _read(annotation)
        findings += (Finding(annotation, fault) for fault in faults)
        if gold:
            documents.append(Document(stem, gold))
    findings += (Finding(folder / (name + GOLD_ENDING), fault) for name, fault in split_faults(documents))
    return Validation(tuple(documents), tuple(findings))


def _read(path: Path) -> tuple[Gold | None, list[Fault]]:
    try:
        data = gold_data(path)
    except GoldError as error:
        return None, [Fault("file", None, str(error).removeprefix(f"{path}: "))]
    try:
        draft = Draft.model_validate(data)
    except ValidationError as error:
        return None, [_field_fault(data, x["loc"], x["msg"]) for x in error.errors()]
    faults = [*_text_faults(path, draft.text), *gold_faults(draft)]
    if faults:
        return None, faults
    gold = Gold.model_validate(data)
    return gold, list(annotation_faults(gold))


def _field_fault(data: dict[str, Any], where: tuple[int | str, ...], message: str) -> Fault:
    """Say which entry of which layer has a field that does not hold, and where the entry begins in the text."""
    layer, path = str(where[0]), where[1:]
    entry = data[layer]
    offset = None
    if path and isinstance(path[0], int):
        entry = entry[path[0]]
        offset = entry.get("start") if isinstance(entry, dict) else None
    named = ".".join(str(x) for x in path)
    return Fault(layer, offset if isinstance(offset, int) else None, f"{named}: {message}" if named else message)


def _text_faults(path: Path, annotated: str) -> Iterator[Fault]:
    """Compare an annotation that holds its text itself with the text beside it."""
    try:
        text = read_source(path.with_suffix(ENDING)).text
    except ReadError as error:
        yield Fault("text", None, str(error))
        return
    if text != annotated:
        pairs = enumerate(zip(annotated, text, strict=False))
        at = next((i for i, (a, b) in pairs if a != b), min(len(annotated), len(text)))
        difference = f"{annotated[at : at + 20]!r}, not {text[at : at + 20]!r}"
        yield Fault("text", at, f"the annotation is not of this text; they differ: {difference}")


def annotation_faults(gold: Gold) -> Iterator[Fault]:
    """Yield what an annotation says that its text does not bear out."""
    words = {word for reading in _readings(gold.text) for word in _WORD.findall(reading)}
    for number, turn in enumerate(gold.turns):
        for layer, message in _turn_faults(gold, turn, words):
            yield Fault(layer, turn.start, f"turn {number}: {message}")
    for number, entry in enumerate(gold.attendance):
        for layer, message in _as_written(gold.text[entry.start : entry.end], entry):
            yield Fault(layer, entry.start, f"attendee {number}: {message}")
        if not _stands(entry.person, words):
            yield Fault(
                "attendance", entry.start, f"attendee {number}: {entry.person!r} stands nowhere in the document"
            )
    if gold.meeting.chair is not None and not _stands(gold.meeting.chair, words):
        yield Fault("meeting", None, f"the chair {gold.meeting.chair!r} stands nowhere in the document")
    bounds = {start for start, _ in gold.sentences}, {end for _, end in gold.sentences}
    for number, turn in enumerate(gold.turns if gold.sentences else ()):
        if turn.start not in bounds[0] or turn.end not in bounds[1]:
            yield Fault("sentences", turn.start, f"turn {number} does not begin and end with a sentence")


def _turn_faults(gold: Gold, turn: GoldTurn, words: set[str]) -> Iterator[tuple[str, str]]:
    for start, end in turn.speaker_mentions:
        if not turn.start <= start < end <= turn.end:
            yield "mentions", f"the mention {start}-{end} is not within {turn.start}-{turn.end}"
    yield from _as_written(gold.text[turn.start : turn.end], turn)
    text = gold.text[turn.start : turn.end]
    if text != text.strip():
        yield "turns", "begins or ends with white space: move its border"
    for layer, what, names in (("speakers", "speaker", turn.speakers), ("addressees", "addressee", turn.addressees)):
        for name in names:
            if not _stands(name, words):
                yield layer, f"the {what} {name!r} stands nowhere in the document"


def _stands(name: str, words: set[str]) -> bool:
    """Say whether all words of a name occur, if need be with letters that were damaged ("Döh1er")."""
    return all(word in words or get_close_matches(word, words, 1, _DAMAGED) for word in _WORD.findall(name))


def _as_written(text: str, entry: GoldTurn | GoldAttendee) -> Iterator[tuple[str, str]]:
    texts = _readings(text)
    for layer, what, values in (("roles", "role", entry.roles), ("parties", "party", entry.parties)):
        for value in values:
            if not any(reading in text for reading in _readings(value) for text in texts):
                yield layer, f"the {what} {value!r} does not stand in its text"


def _readings(text: str) -> tuple[str, str]:
    # A hyphen at the end of a line divides a word ("Bürger-/meister") or belongs to it ("Bruns-/Okafor").
    joined, kept = (_SPACE.sub(" ", _LINE_END_HYPHEN.sub(hyphen, text)).strip() for hyphen in ("", "-"))
    return joined, kept


def split_faults(documents: Sequence[Document]) -> Iterator[tuple[str, Fault]]:
    """Yield what different splits share: a house style, a town, or the family name of somebody."""
    sharing: dict[str, list[tuple[Document, set[str], set[str]]]] = {"style": [], "town": [], "surname": []}
    for document in documents:
        origin = document.gold.origin
        if origin and origin.split:
            place = {origin.place} if origin.place else set()
            sharing["style"].append((document, {origin.style}, {origin.style}))
            sharing["town"].append((document, place, place))
            sharing["surname"].append((document, surnames(document.gold), _people(document.gold)))
    for what, entries in sharing.items():
        first: dict[str, Document] = {}
        for document, certain, _ in entries:
            for value in certain:
                first.setdefault(value, document)
        for document, _, possible in entries:
            for value in sorted(possible & first.keys()):
                other = first[value]
                if other.split != document.split:
                    message = f"the {what} {value!r} is in {document.split} here and in {other.split} in {other.name}"
                    yield document.name, Fault("speakers" if what == "surname" else "origin", None, message)


def surnames(gold: Gold) -> set[str]:
    """Return the family names of those who attend, or who are named with Herr, Frau or an office before the name.

    Masked names ("A.") are none, nor are offices that stand for somebody without a name ("Revierleiter").
    """
    found = {entry.person for entry in gold.attendance}
    for turn in gold.turns:
        mentions = [reading for start, end in turn.speaker_mentions for reading in _readings(gold.text[start:end])]
        for name in turn.speakers:
            before = [x.removesuffix(name).strip() for x in mentions if x.endswith(name)]
            found.update({name} if any(_HONORIFIC.match(x) or x.startswith(turn.roles) for x in before) else ())
    offices = {role for turn in gold.turns for role in turn.roles} | {x for y in gold.attendance for x in y.roles}
    return {name for name in found - offices if not _MASKED.fullmatch(name)}


def _people(gold: Gold) -> set[str]:
    """Return all names in an annotation, those of offices and groups among them."""
    named = {name for turn in gold.turns for name in (*turn.speakers, *turn.addressees)}
    return named | surnames(gold) | ({gold.meeting.chair} if gold.meeting.chair else set())
