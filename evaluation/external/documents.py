"""Documents of other people's benchmarks: sentences of tokens, and what is annotated in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Position = tuple[int, int]
"""A token: number of its sentence in the document, its number in the sentence."""

Tokens = frozenset[Position]

Part = Literal["cue", "message", "source", "addressee", "frame", "topic", "evidence", "medium", "particle"]

SPACE, PARAGRAPH = " ", "\n\n"


@dataclass(frozen=True)
class Event:
    """One quotation or speech event: `source` says `message` to `addressee`, told by `cue`; empty where not stated.

    `type` is that of the Redewiedergabe scheme (Brunner et al. 2020), `nested` an event within another one's message.
    """

    cue: Tokens = frozenset()
    message: Tokens = frozenset()
    source: Tokens = frozenset()
    addressee: Tokens = frozenset()
    frame: Tokens = frozenset()
    topic: Tokens = frozenset()
    evidence: Tokens = frozenset()
    medium: Tokens = frozenset()
    particle: Tokens = frozenset()
    type: str | None = None
    nested: bool = False

    def part(self, name: Part) -> Tokens:
        tokens: Tokens = getattr(self, name)
        return tokens


@dataclass(frozen=True)
class ExternalDocument:
    """One document of a benchmark; `names` are the names of persons.

    `between` is what stands between two sentences in the text: a space, or a paragraph break where the sentences are
    none of one text.
    """

    name: str
    sentences: tuple[tuple[str, ...], ...]
    events: tuple[Event, ...] = ()
    names: frozenset[Tokens] = frozenset()
    between: str = SPACE
