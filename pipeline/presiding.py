"""Who presides where: deputies who take the chair and hand it back."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.lexicon import pattern
from pipeline.mentions import Mention

_HANDS = pattern("presiding.hands")
_TAKES = pattern("presiding.takes")
_FOR_ONE_ITEM = pattern("presiding.for_one_item")
_NEAR = 48  # characters between "an" and the name: "an den stellvertretenden Vorsitzenden, Herrn Lux"


@dataclass(frozen=True)
class Handover:
    """From `start` to `end` (clean offsets, `None`: up to the next) the chair is whom the mention `by` names."""

    start: int
    end: int | None
    by: int


def handovers(text: str, mentions: Sequence[Mention], sections: Sequence[int]) -> list[Handover]:
    """Return where the chair changes, in order; `sections` are the offsets at which agenda items begin."""
    return sorted(_handovers(text, mentions, sections), key=lambda found: found.start)


def _handovers(text: str, mentions: Sequence[Mention], sections: Sequence[int]) -> Iterator[Handover]:
    starts = [mention.start for mention in mentions]
    for m in _HANDS.finditer(text):
        i = bisect_left(starts, m.end() - 4)
        near = [k for k in range(i, min(i + 3, len(mentions))) if starts[k] - m.end() <= _NEAR]
        named = [k for k in near if mentions[k].name and "." not in text[m.end() : starts[k]].replace("Dr.", "")]
        if named or near:
            by = (named or near)[0]
            yield _until(text, mentions[by].end, m.start(), by, sections)
    for m in _TAKES.finditer(text):
        inside = range(bisect_left(starts, m.start()), bisect_left(starts, m.end()))
        i = bisect_right(starts, m.start()) - 1
        before = [i] if i >= 0 and not any(sign in text[mentions[i].end : m.start()] for sign in ".;\n:") else []
        bearers = [
            k for k in (*inside, *before) if mentions[k].kind in ("person", "office") and mentions[k].end < m.end()
        ]
        for by in bearers[:1]:
            yield _until(text, max(m.end(), mentions[by].end), m.start(), by, sections)


def _until(text: str, start: int, verb: int, by: int, sections: Sequence[int]) -> Handover:
    """The handover that a sentence with its verb at `verb` tells; some hold for one item only."""
    begin = max(text.rfind(sign, 0, verb) for sign in (". ", "\n")) + 1
    ends = [at for sign in (". ", "\n") if (at := text.find(sign, start)) >= 0]
    k = bisect_right(sections, start)
    once = _FOR_ONE_ITEM.search(text, begin, min(ends, default=len(text)))
    return Handover(start, sections[k] if once and k < len(sections) else None, by)
