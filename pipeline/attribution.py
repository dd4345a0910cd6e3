"""What a sentence says about its speaker, and the text with its mentions in which it says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.lexicon import Verb, VerbFunction, pattern
from pipeline.mentions import Mention
from pipeline.syntax import Cue

Order = Literal["before", "behind", "label", "agent", "source", "impersonal", "nominal", "elided"]

_MASK = pattern("attribution.mask")
_DEGREE = pattern("attribution.degree")
_ASIDE = re.compile(r"\(.*[.!?]\s*\)$", re.DOTALL)


@dataclass(frozen=True)
class Attribution:
    """What the main clause of one sentence says about its speaker.

    `subjects` are numbers of mentions (several: they act together; none: passive or elided), `pronoun` the subject
    where it is one ("er", "Sie", "Letztere"), `addressed` the pronoun for the addressee ("antwortet ihm"). `functions`
    are those of all verbs that share the subject, in order.
    """

    order: Order
    subjects: tuple[int, ...] = ()
    pronoun: tuple[int, int] | None = None
    cue: tuple[int, int] | None = None
    functions: tuple[VerbFunction, ...] = ()
    verb: Verb | None = None
    askers: tuple[int, ...] = ()
    addressees: tuple[int, ...] = ()
    addressed: tuple[int, int] | None = None
    on_request: bool = False
    subjunctive: bool = False
    passive: bool = False
    others: tuple[Cue, ...] = ()


def mask(text: str) -> str:
    """Blank out brackets and quotations, length kept: what is quoted or bracketed is no main clause.

    Whole sentences in brackets stay: "(Ratsherr Lux verlässt um 19 Uhr die Sitzung.)".
    """
    return _MASK.sub(lambda m: m.group() if _ASIDE.match(m.group()) else " " * len(m.group()), text)


class MentionedText:
    """A clean text, the same with quotations blanked out, and its mentions in order."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.text = text
        self.masked = mask(text)
        self.mentions = mentions
        self._starts = [m.start for m in mentions]

    def inside(self, start: int, end: int) -> list[int]:
        """Numbers of the mentions that begin in `text[start:end]`."""
        return list(range(bisect_left(self._starts, start), bisect_left(self._starts, end)))

    def behind(self, mention: Mention) -> int:
        """Offset behind a mention and the degrees that follow its name."""
        m = _DEGREE.match(self.text, mention.outer_end)
        return m.end() if m else mention.outer_end
