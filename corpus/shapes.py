"""Which of the shapes of real minutes occur, and how often: the sections A to G of our catalogue as patterns.

A pattern is searched in the *frame* of a turn, not in its text: what the annotation knows stands there as a sign.
`«HRN»` is a mention of the speaker made of Herr or Frau (H), office (R) and name (N); further letters are T title,
G given name, I initial, D article, P pronoun, W any other word. `{role}`, `{party}` and `{to}` are offices and
parties of the speaker, and addressees: "Frau Rätin Lux (SPD) bittet Herrn Roth" has the frame
"«HRN» ({party}) bittet Herrn {to}".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from corpus.collection import Document
from corpus.gold import Gold, GoldTurn
from corpus.lexicon import lexicon_rows
from corpus.record import LABELS

_SPACE = re.compile(r"\s+")
_LINE_END_HYPHEN = re.compile(r"(?<=[a-zäöüß])-\s*\n\s*(?=[a-zäöüß])")
_WORD = re.compile(r"[\w.*:’'-]+")
_SIGNS = (
    ("H", re.compile(r"(?:Herrn?|Frau|Hr\.|Fr\.|Hrn\.|Kolleg(?:e|in))")),
    ("T", re.compile(r"(?:Dr|Prof|Mag|Ing|Dipl|PD|DI|BSc|MSc|MBA|MA|jur|med|phil|rer|nat|h)\b\.?(?:[-.]?\w+\.?)*")),
    ("D", re.compile(r"(?:[DdEe]er|[Dd](?:ie|as|em|en)|[Ee]in(?:e[rmns]?)?|[Kk]ein(?:e[rmn]?)?)")),
    (
        "P",
        re.compile(
            r"(?:[Ee]r|[Ss]ie|[Ii]hm|[Ii]hr|[Dd]ies(?:er|e)|[Jj]ene[r]?|[Ll]etztere[rn]?|[Ee]rstere[rn]?|[Ii]ch|[Ww]ir)"
        ),
    ),
    ("I", re.compile(r"\w{1,2}\.")),
    ("G", re.compile(r"[A-ZÄÖÜ]\w+(?:-[A-ZÄÖÜ]\w+)?")),
)
_QUOTES = str.maketrans("«»", "„“")
_LETTER = dict(zip(LABELS, "qaxdo", strict=True))


@dataclass(frozen=True)
class Shape:
    """One shape: `scope` says what the pattern is searched in.

    `turn` or a label: the frames of those turns; `decision_text`, `text` (each line), `heading`, `mention`,
    `after_mention` (a mention and five characters more), `name`, `party`: these as written; `item`: the labels of an
    item's turns as letters (q, a, x for additions, d, o).
    """

    code: str
    scope: str
    pattern: re.Pattern[str]
    description: str


@dataclass(frozen=True)
class Occurrences:
    """How often a shape occurs, and in how many documents."""

    times: int = 0
    documents: int = 0


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the shapes of the catalogue in its order."""
    found = []
    for code, scope, pattern, description in lexicon_rows("shapes.tsv"):
        found.append(Shape(code, scope, re.compile(pattern, re.MULTILINE), description))
    return tuple(found)


def count_shapes(documents: Iterable[Document]) -> Mapping[str, Occurrences]:
    """Count the occurrences of every shape by its code; several matches in one turn or line count once."""
    counts = {shape.code: Occurrences() for shape in shapes()}
    for document in documents:
        places = _places(document.gold)
        for shape in shapes():
            times = sum(bool(shape.pattern.search(place)) for place in places.get(shape.scope, ()))
            if times:
                before = counts[shape.code]
                counts[shape.code] = Occurrences(before.times + times, before.documents + 1)
    return counts


def turn_shapes(gold: Gold, turn: GoldTurn) -> tuple[str, ...]:
    """Return the codes of the shapes that a turn has, in the order of the catalogue; not those of lines and items."""
    places = _places_of_turn(gold, turn)
    return tuple(
        shape.code for shape in shapes() if any(shape.pattern.search(place) for place in places.get(shape.scope, ()))
    )


def _places_of_turn(gold: Gold, turn: GoldTurn) -> dict[str, list[str]]:
    """Return the strings of the scopes that a turn has."""
    framed = frame(gold, turn)
    return {
        "turn": [framed],
        turn.label: [framed],
        **({"decision_text": [gold.text[turn.start : turn.end]]} if turn.label == "decision" else {}),
        "name": list(turn.speakers),
        "party": list(turn.parties),
        "mention": [_folded(gold.text[a:b]) for a, b in turn.speaker_mentions],
        "after_mention": [gold.text[a : b + 5] for a, b in turn.speaker_mentions],
    }


def _places(gold: Gold) -> dict[str, list[str]]:
    """Return the strings of each scope."""
    places: dict[str, list[str]] = {}
    for turn in gold.turns:
        for scope, strings in _places_of_turn(gold, turn).items():
            places.setdefault(scope, []).extend(strings)
    places["heading"] = [gold.text[item.start : item.end] for item in gold.agenda]
    places["text"] = gold.text.split("\n")
    places["item"] = list(_items(gold))
    return places


def _items(gold: Gold) -> Iterator[str]:
    bounds = [item.start for item in gold.agenda] + [len(gold.text)]
    for start, end in pairwise(bounds):
        yield "".join(_LETTER[turn.label] for turn in gold.turns if start <= turn.start < end)


def frame(gold: Gold, turn: GoldTurn) -> str:
    """Return the text of a turn in one line, with signs for what the annotation says of it."""
    parts: list[str] = []
    at = turn.start
    for start, end in sorted(turn.speaker_mentions):
        if start < at:
            continue
        parts += (_framed(gold.text[at:start], turn), f"«{_signs(gold.text[start:end], turn)}»")
        at = end
    return "".join((*parts, _framed(gold.text[at : turn.end], turn)))


def _framed(text: str, turn: GoldTurn) -> str:
    text = _folded(text).translate(_QUOTES)
    for sign, values in (("{role}", turn.roles), ("{party}", turn.parties), ("{to}", turn.addressees)):
        for value in sorted(values, key=len, reverse=True):
            text = _word(value).sub(sign, text)
    return text


@cache
def _word(value: str) -> re.Pattern[str]:
    """Return the pattern of a value as a whole word, which is no sign."""
    return re.compile(rf"(?<![\w{{]){re.escape(value)}(?![\w}}])")


def _signs(mention: str, turn: GoldTurn) -> str:
    text = _folded(mention)
    for letter, values in (("R", turn.roles), ("N", turn.speakers)):
        for value in sorted(values, key=len, reverse=True):
            text = _word(value).sub(f"\0{letter}\0", text)
    signs = []
    for part in text.split("\0"):
        if part in ("R", "N"):
            signs.append(part)
            continue
        for word in _WORD.findall(part):
            signs.append(next((sign for sign, pattern in _SIGNS if pattern.fullmatch(word)), "W"))
    return "".join(signs)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", _LINE_END_HYPHEN.sub("", text))
