"""How far a resolution reaches: up to a wording above its result, down to a result below its label.

Blocks of a document tell it where words do not: a result in a line of its own words nothing, and what stands in the
same paragraph above it, said by nobody, is what was voted on; between "Beschluss:" and "Abstimmungsergebnis:" nothing
else can stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline import decisions
from pipeline.judge import Judge
from pipeline.layout import Layout, Unit
from pipeline.sentence import OPEN_END

_NUMBERED = re.compile(r"\d{1,2}\.\s")
_MOST = 14  # units of a wording; longer ones stand under a label
_FARTHEST = 40  # units between a label and its result
_SPOKEN = 12  # units between the call of a vote and its result, word by word


def units_above(layout: Layout, judge: Judge, n: int) -> list[Unit]:
    """Return the units above unit `n`, a bare result, that word what was voted on; none where somebody speaks there.

    They reach up to a blank line, a heading or a speech; right below a speech only what reads like a wording counts.
    """
    units, found = layout.units, list[Unit]()
    for i in range(n - 1, max(-1, n - 1 - _MOST), -1):
        unit, below = units[i], units[i + 1]
        sentence = judge.sentence(unit)
        beside = not found and unit.block == below.block - 1 and judge.body_acts(sentence)
        if not beside and not joined(layout, unit, below):
            return found
        if sentence.block.kind in ("label", "list") or sentence.verdict or sentence.counted:
            return found
        speaks = judge.speaks(sentence) and not judge.body_acts(sentence)
        if speaks or sentence.subjunctive or sentence.text_asks:
            whole = [x for x in found if x.block != unit.block]
            return whole if len(whole) == 1 and decisions.is_wording(_text(layout, whole[0])) else []
        found.insert(0, unit)
    return found if len(found) < _MOST else []


def result_below(layout: Layout, judge: Judge, n: int) -> int:
    """Return where the result label begins to which the wording below the label unit `n` reaches, -1 if to none."""
    here, label = layout.units[n].block, _text(layout, layout.units[n])
    for unit in layout.units[n + 1 : n + 1 + _FARTHEST]:
        block = layout.blocks[unit.block]
        if any(b.kind == "heading" for b in layout.blocks[here + 1 : unit.block]):
            return -1
        if block.label == "result":
            return unit.start
        if block.kind == "label" and block.label != "reference" and not is_head_count(_text(layout, unit)):
            return -1
        announced = unit.block == here + 1 and label.endswith(":")  # right below "Beschluss:"
        if unit.first and not announced and judge.speaks(judge.sentence(unit)) and not judge.resolves(unit):
            return -1
    return -1


def result_spoken(layout: Layout, judge: Judge, n: int) -> int:
    """Return where the sentence ends that tells the result of the vote that unit `n` calls word by word, -1 if none.

    "Wer ist dafür? – Danke. Gegenstimmen? – Keine. Damit ist das so beschlossen."
    """
    here, end = layout.units[n], -1
    for unit in layout.units[n : n + _SPOKEN]:
        block, text = layout.blocks[unit.block], _text(layout, unit)
        if unit.block > here.block + 2 or block.kind in ("heading", "label"):
            break
        again = decisions.is_vote_call(text) and (end >= 0 or unit.block != here.block)
        if again or (end >= 0 and unit.block != here.block):
            break
        if unit.first and unit != here and judge.sentence(unit).attribution:
            break
        if decisions.tells(text) or decisions.concludes(text):
            end, here = unit.end, unit
    return end


def next_item(layout: Layout, above: Sequence[Unit], unit: Unit) -> bool:
    """Tell whether a numbered paragraph follows a wording that has no numbers: "3. Die Feuerspritze wird ..."."""
    worded = {u.block for u in above if not OPEN_END.search(_text(layout, u))} - {above[0].block}
    here, *before = (
        bool(_NUMBERED.match(layout.clean.text, layout.blocks[block].start)) for block in (unit.block, *worded)
    )
    return here and bool(before) and not any(before)


def ends_item(layout: Layout, n: int) -> bool:
    """Tell whether the next agenda item, its resolution, or nothing begins behind unit `n`."""
    if n + 1 >= len(layout.units):
        return True
    here, following = layout.units[n].block, layout.units[n + 1].block
    labelled = following != here and layout.blocks[following].label in ("decision", "result")
    return labelled or any(b.kind == "heading" for b in layout.blocks[here + 1 : following])


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
