"""How far a resolution reaches: up to a wording above its result, down to a result below its label.

Blocks of a document tell it where words do not: a result in a line of its own words nothing, and what stands in the
same paragraph above it, said by nobody, is what was voted on; between "Beschluss:" and "Abstimmungsergebnis:" nothing
else can stand.
"""

from __future__ import annotations

from pipeline import decisions
from pipeline.layout import Layout, Unit
from pipeline.sentence import Judge

_MOST = 14  # units of a wording; longer ones stand under a label
_FARTHEST = 40  # units between a label and its result


def units_above(layout: Layout, judge: Judge, n: int) -> list[Unit]:
    """Return the units above unit `n`, a bare result, that word what was voted on; none where somebody speaks there.

    They reach up to a blank line, a heading or a speech; right below a speech only what reads like a wording counts.
    """
    units, found = layout.units, list[Unit]()
    for i in range(n - 1, max(-1, n - 1 - _MOST), -1):
        unit, below = units[i], units[i + 1]
        if not joined(layout, unit, below):
            return found
        sentence = judge.sentence(unit)
        if sentence.block.kind in ("label", "list") or sentence.verdict or sentence.counted:
            return found
        speaks = judge.speaks(sentence) and not judge.body_acts(sentence)
        if speaks or sentence.subjunctive or sentence.text_asks:
            whole = [x for x in found if x.block != unit.block]
            return whole if len(whole) == 1 and decisions.is_wording(_text(layout, whole[0])) else []
        found.insert(0, unit)
    return []


def result_below(layout: Layout, judge: Judge, n: int) -> int | None:
    """Return the block of the result label to which the wording below the label unit `n` reaches, `None` if to none."""
    here = layout.units[n].block
    for unit in layout.units[n + 1 : n + 1 + _FARTHEST]:
        block = layout.blocks[unit.block]
        if any(b.kind == "heading" for b in layout.blocks[here + 1 : unit.block]):
            return None
        if block.label == "result":
            return unit.block
        if block.kind == "label" and block.label != "reference" and not is_head_count(_text(layout, unit)):
            return None
        if unit.first and judge.speaks(judge.sentence(unit)):
            return None
    return None


def is_head_count(text: str) -> bool:
    """Tell whether a line counts who is there for a vote: "Anwesend: 21"."""
    head, colon, count = text.partition(":")
    return bool(colon) and len(head) < 40 and count.strip().isdigit()


def joined(layout: Layout, above: Unit, below: Unit) -> bool:
    """Tell whether no blank line and no heading stands between two units."""
    if above.block == below.block:
        return True
    if any(b.kind == "heading" for b in layout.blocks[above.block + 1 : below.block]):
        return False
    end, start = layout.clean.raw(above.start, above.end)[1], layout.clean.raw(below.start, below.end)[0]
    return layout.text.count("\n", end, start) == 1


def _text(layout: Layout, unit: Unit) -> str:
    return layout.clean.text[unit.start : unit.end]
