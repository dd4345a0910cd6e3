"""Names with the family name first, which only the list of those present writes: "Lux, Dr. Anna (SPD)", "Lux Anna"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.layout import Block, Layout
from pipeline.lexicon import pattern
from pipeline.nominals import gender_of, is_given_name, names_people
from pipeline.persons import Mention

_REVERSED = r"""(?x) (?:\d{1,2}[.)]\s+)? (?:[a-z]\.\s?[A-Z]\.\s+)?
    (?P<family> (?:(?:von|van|de|zu|der|den)\s){0,2} [A-ZÄÖÜ][\w’'-]+ )
    (?P<comma>,)? \s+
    (?P<title> (?:(?:Prof|Dr|Mag|Ing|Dipl)\.(?:-Ing\.)?\s+|DI\s+)+ )?
    (?P<given> [A-ZÄÖÜ][\w-]+ ) (?:\s+(?:jun|sen|jr|sr)\.)? (?= \s*$ | \s*[,;(] )"""
_FAMILY_FIRST = (
    re.compile(_REVERSED),
    re.compile(_REVERSED.replace(" )\n    (?P<comma>,)?", r" \s [A-ZÄÖÜ][\w-]+ )(?P<comma>,)")),  # "Schulze Lux, Ida"
)
_SENTENCE = pattern("attendance.sentence")
HEAD_BLOCKS = 90
"""The blocks at the beginning among which the list is looked for."""

_GAP = 2  # blanks of the raw text that divide no columns yet


def listed_names(layout: Layout) -> tuple[Mention, ...]:
    """Return the names in the head that are written so, as mentions."""
    text = layout.clean.text
    found: list[Mention] = []
    unmarked: list[Mention] = []  # without comma: "Lux Anna"
    given_first = 0
    for block in layout.blocks[:HEAD_BLOCKS]:
        if block.kind in ("heading", "list"):
            continue
        if is_given_name(text[block.start : block.end].split(maxsplit=1)[0]):
            given_first += 1
        for start, end in _columns(layout, block):
            matches = (expression.match(text, start, end) for expression in _FAMILY_FIRST)
            m = next((m for m in matches if m and is_given_name(m["given"])), None)
            if m is None or names_people(m["family"].split()[-1]):
                continue
            title = (m["title"] or "").strip() or None
            span = m.start("family"), m.end("given")
            gender = gender_of(m["given"])
            name = Mention(*span, "person", m["family"], m["given"], title, gender=gender, outer_end=span[1])
            (found if m["comma"] else unmarked).append(name)
    if len(unmarked) > given_first:  # "Li Chen" among "Anna Lux" and "Jan Zeh" is none
        found.extend(unmarked)
    return tuple(found)


def head_end(layout: Layout) -> int:
    """Return the offset of the clean text before which the list stands."""
    return layout.blocks[:HEAD_BLOCKS][-1].end if layout.blocks else 0


def line_breaks(layout: Layout) -> list[int]:
    """Return where lines of the head were joined to one block though each may name somebody: offsets of the clean text.

    "Anna Lux (SPD), Ortsvorsteherin" / "Jan Zeh (CDU)" are no "Ortsvorsteherin Jan Zeh".
    """
    text = layout.clean.text
    breaks: list[int] = []
    for block in layout.blocks[:HEAD_BLOCKS]:
        if block.kind == "heading":
            break
        if text[block.end - 1] in ".?!" or _SENTENCE.search(text, block.start, block.end):
            continue
        breaks += (at for at in joined_lines(layout, block) if text[at].isupper())
    return breaks


def joined_lines(layout: Layout, block: Block) -> list[int]:
    """Return where a line of the raw text begins within a block: offsets of the clean text."""
    text, raw, offsets = layout.clean.text, layout.text, layout.clean.offsets
    if "\n" not in raw[offsets[block.start] : offsets[block.end - 1]]:
        return []
    return [
        i + 1 for i in range(block.start, block.end - 1) if text[i] == " " and "\n" in raw[offsets[i] : offsets[i + 1]]
    ]


def with_listed(mentions: Sequence[Mention], listed: Sequence[Mention]) -> tuple[Mention, ...]:
    """Put the names of the list in the place of what was found where they stand."""
    if not listed:
        return tuple(mentions)
    kept = [m for m in mentions if not any(m.start < name.end and name.start < m.end for name in listed)]
    return tuple(sorted((*kept, *listed), key=lambda m: m.start))


def _columns(layout: Layout, block: Block) -> list[tuple[int, int]]:
    """Spans of the columns of a line, which wide gaps divide in the raw text."""
    text, offsets = layout.clean.text, layout.clean.offsets
    gaps = [i for i in range(block.start, block.end - 1) if text[i] == " " and offsets[i + 1] - offsets[i] > _GAP]
    return list(zip([block.start, *(i + 1 for i in gaps)], [*gaps, block.end], strict=True))
