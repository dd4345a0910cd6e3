"""Paragraphs: which lines make one block each, and which are wrapped, torn by hyphens or by page breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline import decisions
from pipeline.agenda import heading_of
from pipeline.furniture import Lines
from pipeline.lexicon import abbreviations, pattern, verbs
from pipeline.nominals import names_people
from pipeline.section_labels import label_of
from pipeline.syntax import Syntax
from pipeline.tables import Tables

BULLET = re.compile(r"(?:[-–—•▪·*+o‣●○►→]\s+|[-=]{0,2}>\s+|\(?[a-z]\)\s|\(?\d{1,2}[.)]\s)")
TERMINAL = re.compile(r"[.!?:;…][\"“”«»')\]]*$")
_OPEN_PHRASE = pattern("layout.open_phrase")


def gathered(
    lines: Lines, furniture: frozenset[int], content: Sequence[int], labelled: frozenset[int], tables: Tables
) -> list[list[int]]:
    """Gather the numbers of the lines that make one block each; `labelled` are those that begin with a speaker."""
    width = _width(lines, content)
    groups: list[list[int]] = []
    for i in content:
        above, row = groups[-1][-1] if groups else None, tables.rows.get(i)
        if row or above in tables.rows:
            if row and row.goes_on and above in tables.rows:
                groups[-1].append(i)
            else:
                groups.append([i])
            continue
        begins = i in labelled and not (groups and _runs_into(lines, groups[-1][-1], i, width))
        if groups and not begins and _goes_on(lines, furniture, groups[-1], i, width):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _width(lines: Lines, content: Sequence[int]) -> int:
    """Return the width at which lines are wrapped, or 0 where every line is a paragraph of its own."""
    lengths = sorted(b - a for a, b in (lines.strip[i] for i in content))
    if not lengths:
        return 0
    width = lengths[int(len(lengths) * 0.9)]
    if lengths[-1] > 140 or width < 40:
        return 0
    full = [i for i, k in pairwise(content) if k == i + 1 and len(lines.content(i)) >= 0.6 * width]
    ended = sum(_closed(lines.content(i)) for i in full)
    return width if 2 * ended <= len(full) else 0  # wrapped lines seldom end with the sentence


def _goes_on(lines: Lines, furniture: frozenset[int], group: list[int], i: int, width: int) -> bool:
    """Tell whether line `i` carries on the block that `group` has gathered so far."""
    last = group[-1]
    before, here = lines.content(last), lines.content(i)
    adjacent = i == last + 1
    over_page = any(k in furniture for k in range(last + 1, i))
    heading = heading_of(before) if len(group) == 1 else None
    if heading and here.split(None, 1)[0].rstrip(",:") in verbs().indicative:
        return False  # "TOP 1: Frau Lux, Bauamt" / "teilt mit, dass"
    if heading and (decisions.is_verdict(here) or decisions.is_elliptic(here) or _whole_sentence_below(before, here)):
        return False  # "TOP 4 Urnenwand" / "geändert beschlossen (5:1)"
    if _torn(before, here) or (adjacent and _OPEN_PHRASE.search(before)):
        return True
    if _starts_block(here) or label_of(here, 0, len(here)) or _alone(before):
        return False
    long = width and len(before) >= 0.6 * width
    open_end = not _closed(before)
    if adjacent:
        if not width:
            return False
        if heading or heading_of(lines.content(group[0])):
            return bool(open_end and (long or not (_sentence_like(here) or Syntax(here, 0, len(here)).finite())))
        # a full line goes on; a short one ends a paragraph, or is a line of a list
        return bool(long) if not open_end else bool(long or here[:1].islower())
    return bool(over_page and open_end and long and not heading_of(lines.content(group[0])))


def _whole_sentence_below(heading: str, line: str) -> bool:
    """Tell whether a whole sentence stands below a heading without a verb: "TOP 1 Protokoll" / "Es wird genehmigt."."""
    if not line[0].isupper() or not _closed(line) or heading.endswith((",", "-")) or _OPEN_PHRASE.search(heading):
        return False
    return Syntax(line, 0, len(line)).finite() and not Syntax(heading, 0, len(heading)).finite()


def _runs_into(lines: Lines, last: int, i: int, width: int) -> bool:
    """Tell whether a colon in line `i` only ends what the line before says: "... so die Antwort des" / "Amtes: ..."."""
    before = lines.content(last)
    if _OPEN_PHRASE.search(before) or (before[-1].isalpha() and names_people(before.rsplit(None, 1)[-1])):
        return True
    return bool(width) and i == last + 1 and len(before) >= 0.8 * width and before[-1].isalpha()


def _closed(line: str) -> bool:
    """Tell whether a line ends a sentence: "... Auszahlungen bzw." does not."""
    if not TERMINAL.search(line):
        return False
    word = line.rsplit(None, 1)[-1]
    return not (word.endswith(".") and word[:-1].lower() in abbreviations())


def _torn(before: str, here: str) -> bool:
    """Tell whether a word or sentence was torn: "Umge-" / "staltung", "der 3." is none."""
    if here[0].islower() and not _starts_block(here):
        return not _closed(before) and not before.endswith(("•", "☐"))
    return (
        len(before) > 1 and before[-1] in "-\u00ad" and before[-2].isalpha() and here[0].isalpha() and here[0].islower()
    )


def _starts_block(here: str) -> bool:
    return bool(BULLET.match(here) or heading_of(here))


def _alone(before: str) -> bool:
    """A line that ends in a colon, or is a label, stays alone."""
    if before.endswith(":"):
        return True
    label = label_of(before, 0, len(before))
    return label is not None and label[1] == len(before)


def _sentence_like(line: str) -> bool:
    return bool(re.search(r"[.!?]$", line)) or bool(
        re.match(r"(?:Herrn?|Frau|Der|Die|Das|Es|Er|Sie|Auf|Nach|Zu|Stadtr\w+|Rats\w+)\s[^:]*\s[a-zäöü]+t\s", line)
    )
