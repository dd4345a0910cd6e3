"""Labels of speakers that the structure of a document shows: "Finanzreferat: ...", "EV 1: ...", "- Lux: ...".

No lexicon holds every office, code and name. What stands before a colon at the beginning of a line is a speaker if its
words name people, if the list of those present has it, if it stands between two speakers, or if it comes again under
one heading: a form has each of its fields ("Sachverhalt:", "Kosten:") once there, a debate has its speakers more often.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from pipeline.agenda import heading_of
from pipeline.lexicon import first_names, pattern, word_set
from pipeline.nominals import first_of_several, names_people

LABEL_LEAD = pattern("label_lines.lead")
TOPIC = pattern("label_lines.topic")
_LABEL = pattern("label_lines.label")
_NO_SPEAKER = pattern("label_lines.no_speaker")
_ABSTRACT = pattern("subjects.abstract")
_NO_NAME = word_set("names.no_name")
_ABBREVIATED = re.compile(r"(?:[A-ZÄÖÜ]{2,5}|[A-ZÄÖÜ]\w{0,6}\.) [A-ZÄÖÜ][a-zäöüß-]{2,}")
_ROW = re.compile(r"[^:]{1,40}:\s*(?P<items>[^:]+[,;].+)")
_APART = re.compile(r"[,;()/]|\bund\b")
_LIST_LINES = 40  # lines of the head among which those present stand


@dataclass(frozen=True)
class LabelLines:
    """`starts` are the numbers of the lines that begin with a speaker, `speakers` what stands there before the colon.

    `listed` are the names and codes of the list of those present.
    """

    starts: frozenset[int]
    speakers: frozenset[str]
    listed: frozenset[str]


@dataclass(frozen=True)
class _Label:
    line: int
    section: int
    text: str

    @property
    def known(self) -> bool:
        first = self.text.split()[0].rstrip(".")
        return len(first) > 1 and names_people(first) and first.lower() not in first_of_several()


def label_lines(lines: Mapping[int, str], is_section: Callable[[str], bool]) -> LabelLines:
    """Find the `lines` (by number) that begin with a speaker; `is_section` tells labels such as "Beschluss:"."""
    found = list(_labels(lines, is_section))
    listed = frozenset(_listed(lines))
    again = _again(found)
    sure = {x.text for x in found if x.known or x.text in again or _in_list(x.text, listed)}
    sure.update(_between(found, lines, sure))
    starts = frozenset(x.line for x in found if x.text in sure)
    return LabelLines(starts, frozenset(sure), listed)


def _between(labels: Sequence[_Label], content: Iterable[int], sure: set[str]) -> Iterator[str]:
    """Labels in a row of at least three lines, most of which begin with a speaker; "LM Lux" in a row of two."""
    place = {line: n for n, line in enumerate(content)}
    rows: list[list[_Label]] = [[]]
    for label in labels:
        if rows[-1] and (place[label.line] > place[rows[-1][-1].line] + 1 or label.section != rows[-1][-1].section):
            rows.append([])
        rows[-1].append(label)
    for row in rows:
        unsure = [label.text for label in row if label.text not in sure]
        if len(row) > 2 and 2 * len(unsure) < len(row):
            yield from (text for text in unsure if not _abstract(text))
        elif len(row) == 2 and len(unsure) == 1 and _ABBREVIATED.fullmatch(unsure[0]):
            yield unsure[0]


def _labels(lines: Mapping[int, str], is_section: Callable[[str], bool]) -> Iterator[_Label]:
    section = 0
    for i, line in lines.items():
        if heading_of(line):
            section += 1
        lead = LABEL_LEAD.match(line)
        m = _LABEL.match(line, lead.end() if lead else 0)
        if m and not is_section(line) and not _NO_SPEAKER.match(m["label"]):
            yield _Label(i, section, m["label"])


def _again(labels: Sequence[_Label]) -> set[str]:
    """Labels that come again under one heading, behind another one."""
    sections: dict[tuple[int, str], list[int]] = defaultdict(list)
    for n, label in enumerate(labels):
        sections[label.section, label.text].append(n)
    return {
        text
        for (_, text), places in sections.items()
        if any(b - a > 1 for a, b in pairwise(places)) and not _abstract(text)
    }


def _abstract(label: str) -> bool:
    return " " not in label and _ABSTRACT.search(label) is not None


def _in_list(label: str, listed: frozenset[str]) -> bool:
    first, *rest = label.split()
    if not rest:
        return label in listed or label in first_names()
    if first.isupper() or first.endswith("."):
        return rest[-1] in listed or first in listed  # "LM Lux", "EV 2"
    return label in listed


def _listed(lines: Mapping[int, str]) -> Iterator[str]:
    """Names and codes of those present: "TN: Lux (V), Zeh, Frau Rot (PL)", "anw.: SL, 3 LV, Schulträger"."""
    for line in islice(lines.values(), _LIST_LINES):
        if heading_of(line):
            return
        row = _ROW.match(line)
        items = [item.split() for item in _APART.split(row["items"])] if row else []
        named = [words[-1] for words in items if words and words[-1][0].isupper() and words[-1] not in _NO_NAME]
        if line[-1] not in ".!?" and 2 * len(named) > len(items):
            yield from named
