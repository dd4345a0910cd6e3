"""The layout of minutes: page furniture, blocks, headings, agenda items, label sections and sentence bounds.

`layout(text)` cuts a raw text into *blocks* (a heading, a label line, a paragraph, a list item), joins what page
breaks and hyphens tore apart, and cuts paragraphs into *units* (sentences). All offsets of blocks and units refer to
`Layout.clean`; agenda items are stated in raw offsets.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline import decisions
from pipeline.agenda import LISTS, Heading, Line, agenda_items, heading_of, person_like
from pipeline.clean import Cleaner, CleanText
from pipeline.furniture import Lines, page_furniture, split_lines
from pipeline.label_lines import LabelLines, label_lines
from pipeline.lexicon import pattern
from pipeline.paragraphs import BULLET, TERMINAL, gathered
from pipeline.section_labels import Section, label_of
from pipeline.sentences import sentences
from pipeline.syntax import Syntax
from pipeline.tables import Tables, speech_tables

BlockKind = Literal["heading", "label", "prose", "bullet", "list"]

_VOTE = re.compile(r"(?i)abstimmung|stimmen\b|\bja\s*:|(?<![-–] )\b\d+\s*:\s*\d+\s*$")
_SPEAKER_LABEL = pattern("layout.speaker_label")
_NAMING = ("head", "present", "end")  # kinds of labels that name people


@dataclass(frozen=True)
class Block:
    """One line of the clean text; `section` is the label section that it stands in."""

    start: int
    end: int
    kind: BlockKind
    section: Section = "body"
    label: Section | None = None
    heading: Heading | None = None


@dataclass(frozen=True)
class Unit:
    """A sentence, a label line or a list item of the clean text."""

    start: int
    end: int
    block: int
    first: bool


@dataclass(frozen=True)
class Item:
    """An agenda item that is dealt with, in raw offsets (see `corpus.record.AgendaItem`)."""

    number: str | None
    title: str | None
    paper: str | None
    start: int
    heading_end: int
    end: int
    level: int
    block: int


@dataclass(frozen=True)
class Layout:
    """What `layout` found in the raw `text`; `units` in order, without headings."""

    text: str
    clean: CleanText
    blocks: tuple[Block, ...]
    units: tuple[Unit, ...]
    items: tuple[Item, ...]
    furniture: tuple[tuple[int, int], ...]
    labels: LabelLines


def layout(text: str) -> Layout:
    """Find the layout of a raw text; an empty text has an empty layout."""
    lines = split_lines(text)
    furniture = page_furniture(lines)
    content = [i for i in range(len(lines.strip)) if i not in furniture and not lines.blank(i)]
    tables = speech_tables(lines, content)
    furniture |= tables.frame
    content = [i for i in content if i not in tables.frame]
    labels = label_lines(
        {i: _read(lines, tables, i) for i in content}, lambda line: label_of(line, 0, len(line)) is not None
    )
    cleaner = Cleaner(text)
    groups = gathered(lines, furniture, content, labels.starts, tables)
    blocks = [Block(*_block(cleaner, lines, tables, group), kind="prose") for group in groups]
    labelled = frozenset(n for n, group in enumerate(groups) if group[0] in labels.starts)
    clean = cleaner.finish()
    blocks = _sections(clean.text, [_classified(clean.text, block) for block in blocks])
    blocks, items = _agenda(text, clean, blocks, labelled)
    units = tuple(
        Unit(a, b, i, first=k == 0 or clean.text[block.start : a].strip(" .)").isdigit())
        for i, block in enumerate(blocks)
        if block.kind != "heading"
        for k, (a, b) in enumerate(_units(clean.text, block))
    )
    left_out = tuple(lines.strip[i] for i in sorted(furniture))
    return Layout(text, clean, tuple(blocks), units, tuple(items), left_out, labels)


def _read(lines: Lines, tables: Tables, i: int) -> str:
    """Return a line as it is read: a row of a table as "who: said"."""
    row = tables.rows.get(i)
    if row is None:
        return lines.content(i)
    said = lines.text[slice(*row.said)]
    return f"{lines.text[slice(*row.who)]}: {said}" if row.who else said


def _block(cleaner: Cleaner, lines: Lines, tables: Tables, group: Sequence[int]) -> tuple[int, int]:
    row = tables.rows.get(group[0])
    if row is None:
        return cleaner.block([lines.strip[i] for i in group])
    return cleaner.row(row.who, [tables.rows[i].said for i in group])


def _units(text: str, block: Block) -> list[tuple[int, int]]:
    """Cut a block into sentences; a label ("Beschluss-Nr. 12/2024:") is never cut."""
    spans = list(sentences(text, block.start, block.end))
    label = label_of(text, block.start, block.end) if block.kind == "label" else None
    while label and len(spans) > 1 and spans[1][0] < label[1]:
        spans[:2] = [(spans[0][0], spans[1][1])]
    return spans


def _classified(text: str, block: Block) -> Block:
    content = text[block.start : block.end]
    label = label_of(text, block.start, block.end)
    heading = heading_of(content)
    if label and label[0] in _NAMING and _speaks(text, label[1], block.end) and _SPEAKER_LABEL.match(content):
        return block
    if label and not (heading and heading.strong):
        kind = label[0]
        if kind in ("present", "excused", "absent", "head") and _VOTE.search(content):
            kind = "result"  # "Anwesend: 16   Abstimmungsergebnis: 13 : 3"
        return replace(block, kind="label", label=kind)
    if heading and not decisions.is_named_verdict(content):
        return replace(block, heading=heading)
    if BULLET.match(content):
        return replace(block, kind="bullet")
    return block


def _speaks(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence stands behind a label: "Der Vorsitzende: Ich rufe Punkt 3 auf.", not a signature."""
    return bool(TERMINAL.search(text[start:end])) and Syntax(text, start, end).finite()


def _sections(text: str, blocks: list[Block]) -> list[Block]:
    """Carry the label sections forward: what follows "Sachverhalt:" is background until the next label."""
    section: Section = "body"
    done = []
    for block in blocks:
        if block.label and block.label != "reference":
            section = block.label
        elif block.heading and section != "agenda" and _ends(section, block.heading):
            section = "body"
        done.append(_placed(block, block.kind, section))
    return done


def _ends(section: Section, heading: Heading) -> bool:
    return heading.strong or (section in LISTS and not person_like(heading.title))


def _agenda(
    raw: str, clean: CleanText, blocks: list[Block], labelled: frozenset[int]
) -> tuple[list[Block], list[Item]]:
    """Mark headings and the announced agenda among the blocks, and state the items in raw offsets.

    No block of the numbers `labelled` is a heading: it begins with a speaker.
    """
    kinds_read = ["bullet" if n in labelled and b.kind == "prose" else b.kind for n, b in enumerate(blocks)]
    agenda = agenda_items(
        [
            Line(clean.text[b.start : b.end], b.heading, b.section, kind, _between_blanks(raw, clean, b))
            for b, kind in zip(blocks, kinds_read, strict=True)
        ]
    )
    kinds: dict[int, BlockKind] = dict.fromkeys(agenda.listed, "list")
    for entry in agenda.items:
        kinds.update(dict.fromkeys((entry.block, *entry.more), "heading"))
    starts = [clean.offsets[blocks[entry.block].start] for entry in agenda.items]
    items = []
    for n, entry in enumerate(agenda.items):
        last = blocks[entry.more[-1] if entry.more else entry.block]
        start, heading_end = clean.raw(blocks[entry.block].start, last.end)
        following = (starts[k] for k in range(n + 1, len(starts)) if agenda.items[k].level <= entry.level)
        end = next(following, clean.offsets[-1])
        items.append(Item(entry.number, entry.title, entry.paper, start, heading_end, end, entry.level, entry.block))
    return _below_headings(blocks, kinds), items


def _between_blanks(text: str, clean: CleanText, block: Block) -> bool:
    """Tell whether a short block has empty lines above and below."""
    if block.end - block.start > 80:
        return False
    start, end = clean.raw(block.start, block.end)
    above = text[max(0, start - 40) : start]
    below = text[end : end + 40]
    gap_above, gap_below = above[len(above.rstrip()) :], below[: len(below) - len(below.lstrip())]
    return gap_above.count("\n") > 1 and gap_below.count("\n") > 1


def _below_headings(blocks: list[Block], kinds: dict[int, BlockKind]) -> list[Block]:
    """Give headings and listed items their kind; a heading closes the section before it."""
    section: Section = "body"
    done = []
    for i, block in enumerate(blocks):
        kind = kinds.get(i, block.kind)
        if kind == "heading":
            section = "body"
        elif block.label and block.label != "reference":
            section = block.label
        done.append(_placed(block, kind, "agenda" if kind == "list" else section))
    return done


def _placed(block: Block, kind: BlockKind, section: Section) -> Block:
    return block if (block.kind, block.section) == (kind, section) else replace(block, kind=kind, section=section)
