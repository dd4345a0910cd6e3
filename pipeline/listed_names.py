"""Names as only the list of those present writes them: "Lux, Dr. Anna (SPD)", "GR Lux Anna", "Huber J.", "9. Greiner,".

Family names alone are read where the line can name nobody but a person: behind a number, with an initial, in a row of
such names, among those who are excused. Given names alone ("Monika (Kassenwartin)") are those of clubs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pipeline.layout import Block, Layout
from pipeline.lexicon import pattern
from pipeline.mentions import Mention
from pipeline.nominals import gender_of, is_given_name, names_people

_REVERSED = r"""(?x) (?:[-–•*]\s+|\[.?\]\s+)? (?:\d{1,2}[.)]?\s+)? (?:[a-z]\.\s?[A-Z]\.\s+)?
    (?P<family> (?:(?:von|van|de|zu|der|den)\s){0,2} [A-ZÄÖÜ][\w’'-]+ )
    (?P<comma>,)? \s+
    (?P<title> (?:(?:Prof|Dr|Mag|Ing|Dipl)\.(?:-Ing\.)?\s+|DI\s+)+ )?
    (?P<given> [A-ZÄÖÜ][\w-]+(?:\s[A-ZÄÖÜ][\w-]+)? ) (?:\s+(?:jun|sen|jr|sr)\.)? (?= \s*$ | \s*[,;(|] | \s\.{3} )"""
_FAMILY_FIRST = (
    re.compile(_REVERSED),
    re.compile(_REVERSED.replace(" )\n    (?P<comma>,)?", r" \s [A-ZÄÖÜ][\w-]+ )(?P<comma>,)")),  # "Schulze Lux, Ida"
)
_SENTENCE = pattern("attendance.sentence")
_LISTING = pattern("attendance.listing")
_NUMBERED = re.compile(
    r"""(?x) \d{1,2}[.)]\s+ (?:(?:[A-ZÄÖÜ][\w.-]*|der|die|des|d\.|l\.)\s+){0,5}?
    (?P<name>[A-ZÄÖÜ][\w’'-]{2,})(?:\s[IVX]{1,3})? (?=\s*(?:[,;(]|\.$))"""
)
_ABBREVIATED = re.compile(  # "KBD Lux", "VAe Zeh": an office in letters, and a name
    r"(?![IVX]+\s)(?=\w*[A-ZÄÖÜ]\w*[A-ZÄÖÜ])[A-ZÄÖÜ][\wäöü]{1,6}\.?\s+(?:Dr\.\s+)?(?P<name>[A-ZÄÖÜ][a-zäöüß]+(?:-[A-ZÄÖÜ][a-zäöüß]+)?)(?=\s*(?:[,(]|$))"
)
_ITEM = re.compile(
    r"""(?x) \s* (?:(?P<before>[A-ZÄÖÜ][a-zäöü]{0,4}\.)\s?)?
    (?P<name>[A-ZÄÖÜ][\w’'-]{2,}) (?:\s(?P<initial>[A-ZÄÖÜ]\.))? (?P<note>\s*\([^()]*\))?
    (?:,\s(?:ab|bis)\s[^,;]*)? \s* \.? \s* $"""
)
_APART = re.compile(r"\s*[,;](?!\s*(?:ab|bis|zu)\s)(?![^()]*\))\s*")
_EXPERT = re.compile(r"[a-z]\.\s?[A-Z]\.\s")  # "s.B. Lux"
_LIST_LABEL = re.compile(r"[^:\n()]{2,60}:(?!\d)\s*")
_MISSING = re.compile(rf"(?:{pattern('attendance.excused').pattern}|{pattern('attendance.absent').pattern})", re.I)
_OPENS = pattern("attendance.opens")
_NOBODY = pattern("attendance.nobody")
HEAD_BLOCKS = 90
"""The blocks at the beginning among which the list is looked for."""

_SECTIONS = ("present", "excused", "absent")
_GAP = 2  # blanks of the raw text that divide no columns yet


def listed_names(layout: Layout) -> tuple[Mention, ...]:
    """Return the names in the head that are written so, as mentions."""
    text = layout.clean.text
    found: list[Mention] = []
    unmarked: list[Mention] = []  # without comma: "Lux Anna"
    doubtful: list[Mention] = []  # "Conrad, Timo": two given names, or such a family name
    given_first, breaks = 0, line_breaks(layout)
    for block in layout.blocks[:HEAD_BLOCKS]:
        if block.kind in ("heading", "list"):
            continue
        if is_given_name(text[block.start : block.end].split(maxsplit=1)[0]):
            given_first += 1
        for start, end in _columns(layout, block, *(at for at in breaks if block.start < at < block.end)):
            label = _LIST_LABEL.match(text, start, end)
            start = label.end() if label else start
            matches = (expression.match(text, start, end) for expression in _FAMILY_FIRST)
            m = next((m for m in matches if m and all(map(is_given_name, m["given"].split()))), None)
            families = m["family"].split() if m else []
            given = bool(families) and is_given_name(families[-1])
            if (
                m is None
                or (names_people(families[-1]) and not given)
                or (len(families) > 1 and is_given_name(families[0]))
            ):
                continue
            if given and not m["comma"]:
                continue
            title = (m["title"] or "").strip() or None
            span = m.start("family"), m.end("given")
            gender = gender_of(m["given"].split()[0])
            name = Mention(*span, "person", m["family"], m["given"], title, gender=gender, outer_end=span[1])
            (doubtful if given else found if m["comma"] else unmarked).append(name)
    if len(found) > len(doubtful):
        found.extend(doubtful)
    if len(unmarked) > given_first:  # "Li Chen" among "Anna Lux" and "Jan Zeh" is none
        found.extend(unmarked)
    return tuple(found)


def list_end(layout: Layout) -> int:
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
        tells = text[block.end - 1] in ".?!" or _SENTENCE.search(text, block.start, block.end)
        if tells and not _LISTING.search(text, block.start, block.end):
            continue
        breaks += (at for at in joined_lines(layout, block) if text[at].isupper() or _EXPERT.match(text, at))
        breaks += (gap + 1 for gap in gaps(layout, block.start, block.end) if text[gap + 1].isupper())
    return sorted(breaks)


def joined_lines(layout: Layout, block: Block) -> list[int]:
    """Return where a line of the raw text begins within a block: offsets of the clean text."""
    text, raw, offsets = layout.clean.text, layout.text, layout.clean.offsets
    if "\n" not in raw[offsets[block.start] : offsets[block.end - 1]]:
        return []
    return [
        i + 1 for i in range(block.start, block.end - 1) if text[i] == " " and "\n" in raw[offsets[i] : offsets[i + 1]]
    ]


def with_listed(layout: Layout, mentions: Sequence[Mention], listed: Sequence[Mention]) -> tuple[Mention, ...]:
    """Put the names of the list in the place of what was found where they stand, and add those of nobody else."""
    kept = _family_first(layout, [*_apart(mentions, listed), *listed])
    bare = _apart(_bare_names(layout), [m for m in kept if m.kind == "person" and m.name])
    return tuple(sorted((*_apart(kept, bare), *bare), key=lambda m: m.start))


def _apart(mentions: Iterable[Mention], others: Sequence[Mention]) -> list[Mention]:
    """The mentions that overlap none of the others."""
    return [m for m in mentions if not any(m.start < other.end and other.start < m.end for other in others)]


def _family_first(layout: Layout, mentions: Sequence[Mention]) -> list[Mention]:
    """Turn "Egle Kurt" round where most names of the list are written so."""
    stop = list_end(layout)
    turned = straight = 0
    for m in mentions:
        if m.start < stop and m.kind == "person" and m.name and m.given_name and not m.given_name.endswith("."):
            at, behind = (layout.clean.text.find(x, m.start, m.end) for x in (m.name, m.given_name))
            given = is_given_name(m.given_name.split()[0]), is_given_name(m.name)
            turned += 0 <= at < behind or given == (False, True)
            straight += at > behind and given == (True, False)
    if turned <= straight:
        return list(mentions)
    text = layout.clean.text
    return [
        replace(m, name=m.given_name, given_name=m.name, gender=gender_of(m.name) or m.gender)
        if m.start < stop
        and m.kind == "person"
        and m.name
        and m.given_name
        and is_given_name(m.name)
        and text.find(m.given_name, m.start, m.end) < text.find(m.name, m.start, m.end)
        else m
        for m in mentions
    ]


def _bare_names(layout: Layout) -> Iterator[Mention]:
    """Names without given name, title or office, in lines of the list that name persons only."""
    text = layout.clean.text
    for block in layout.blocks[:HEAD_BLOCKS]:
        if block.kind in ("heading", "list") or block.section not in (*_SECTIONS, "body", "head"):
            continue
        listed = block.section in _SECTIONS
        begins = {block.start, *joined_lines(layout, block)}
        for start, end in _columns(layout, block):
            m = _NUMBERED.match(text, start, end) or (_ABBREVIATED.match(text, start, end) if listed else None)
            if m and (listed or text[end - 1] in ",;"):
                if not _common(m["name"]):
                    yield _bare(m.start("name"), m.end("name"), m["name"], None)
            elif listed or text[end - 1] == "," or _labelled(text, start, end):
                yield from _items(text, start, end, missing=block.section in ("excused", "absent") and start in begins)


def _items(text: str, start: int, end: int, *, missing: bool) -> Iterator[Mention]:
    """Names in a row: "Entschuldigt: Lux, Zeh", "Lux, Zeh, Rot, Ott", "Huber J., Huber M.", "Monika (Kassenwartin)"."""
    label = _LIST_LABEL.match(text, start, end)
    missing = bool(_MISSING.search(label.group())) if label else missing
    start = label.end() if label else start
    cuts = [m.span() for m in _APART.finditer(text, start, end)]
    spans = list(zip([start, *(b for _, b in cuts)], [*(a for a, _ in cuts), end], strict=True))
    found = [m if m and not _office_before(m) else None for m in (_ITEM.match(text, a, b) for a, b in spans)]
    names = [m for m in found if m and not _common(m["name"])]
    row = (len(names) > 3 and 2 * len(names) > len(spans)) or (
        len(spans) == 2 and spans[1][0] == end and len(names) == 1
    )
    chain = True  # "Jan Zeh, Lindenau" names a place behind a person
    for m in found:
        given = m is not None and is_given_name(m["name"])
        chain = chain and m is not None and (given or not _common(m["name"]))
        if m and m["before"]:
            if not _common(m["name"]):
                yield _bare(m.start("before"), m.end("name"), m["name"], m["before"])
        elif m and given and chain and (m["note"] or missing):
            yield _bare(m.start("name"), m.end("name"), m["name"], None)
        elif m and not _common(m["name"]) and (row or m["initial"] or (missing and chain)):
            yield _bare(m.start("name"), m.end("initial") if m["initial"] else m.end("name"), m["name"], m["initial"])


def _labelled(text: str, start: int, end: int) -> bool:
    """Tell whether a line opens a list: "Gegenwärtig: Joh. Lux, Nik. Zeh"."""
    label = _LIST_LABEL.match(text, start, end)
    return label is not None and bool(_OPENS.match(label.group()) or _MISSING.search(label.group()))


def _office_before(m: re.Match[str]) -> bool:
    """ "Abg. Lux", unlike "Joh. Lux" and "J. Lux"."""
    return m["before"] is not None and len(m["before"]) > 2 and names_people(m["before"][:-1])


def _bare(start: int, end: int, name: str, given: str | None) -> Mention:
    return Mention(start, end, "person", name, given, gender=gender_of(given or name), outer_end=end)


def _common(word: str) -> bool:
    return names_people(word) or bool(_NOBODY.fullmatch(word) or _MISSING.search(word)) or word.isupper()


def gaps(layout: Layout, start: int, end: int) -> list[int]:
    """Return the blanks of a line that stand for a wide gap or a tab of the raw text."""
    text, raw, offsets = layout.clean.text, layout.text, layout.clean.offsets
    return [
        i
        for i in range(start, end - 1)
        if text[i] == " " and (offsets[i + 1] - offsets[i] > _GAP or "\t" in raw[offsets[i] : offsets[i + 1]])
    ]


def _columns(layout: Layout, block: Block, *lines: int) -> list[tuple[int, int]]:
    """Spans of the columns of a line that wide gaps of the raw text divide, and of lines that end an entry.

    `lines` are offsets at which further lines begin.
    """
    text = layout.clean.text
    ended = joined_lines(layout, block) if block.section in _SECTIONS else []
    ended = [i for i in ended if text[i - 2] in ");"]
    cuts = sorted({*gaps(layout, block.start, block.end), *(i - 1 for i in (*ended, *lines) if i > block.start)})
    return list(zip([block.start, *(i + 1 for i in cuts)], [*cuts, block.end], strict=True))
