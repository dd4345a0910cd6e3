"""What ties turns together: what an answer answers, what an addition extends, and which answers only put off."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from models.classifier import Prediction
from models.links import Chooser, LinkInput, choose_open, letter_sequences, link, load_links
from pipeline.layout import Item, Layout
from pipeline.lexicon import pattern, word_set
from pipeline.mentions import Mention
from pipeline.references import References
from pipeline.turns import TurnDraft, sections_of

LEARNED, RULES = "learned", "rules"
_OPENING = 160  # characters in which an answer says what it answers
_COLLECTIVE = pattern("links.collective")
_PARTICULAR = pattern("links.particular")
_ITEM = pattern("links.item")
_PUT_OFF = pattern("links.put_off")
_UNKNOWN = pattern("links.unknown")
_JOINING = pattern("links.joining")
_EXTENDING = word_set("links.extending")


@dataclass(frozen=True)
class Links:
    """For each turn the numbers of the questions that it answers, of the turns that it extends, and if it puts off."""

    replies: tuple[tuple[int, ...], ...]
    extends: tuple[tuple[int, ...], ...]
    deferred: tuple[bool, ...]


def make_chooser(scorer: str = LEARNED) -> Chooser:
    """Return what chooses the questions of an answer, by its name; `ValueError` for another word."""
    if scorer == LEARNED:
        return load_links().choose
    if scorer == RULES:
        return choose_open
    raise ValueError(f"no such scorer of links: {scorer}; give {LEARNED} or {RULES}")


def find_links(
    layout: Layout,
    mentions: Sequence[Mention],
    turns: Sequence[TurnDraft],
    labels: Sequence[Prediction],
    references: References,
    choose: Chooser,
) -> Links:
    """Tie the turns of a document together; all sequences but the mentions run parallel."""
    inputs = link_inputs(layout, mentions, turns, labels, references)
    sentences = _sentences(layout, turns)
    extends = [
        _extended(inputs, n, joins=bool(_JOINING.search(sentences(n)[0])), adds=turn.verb in _EXTENDING)
        if inputs[n].label == "addition"
        else ()
        for n, turn in enumerate(turns)
    ]
    deferred = [turn.label == "answer" and defers(sentences(n)) for n, turn in enumerate(inputs)]
    return Links(tuple(link(inputs, choose)), tuple(extends), tuple(deferred))


def link_inputs(
    layout: Layout,
    mentions: Sequence[Mention],
    turns: Sequence[TurnDraft],
    labels: Sequence[Prediction],
    references: References,
) -> list[LinkInput]:
    """State what the scorer of links may know of the turns."""
    text = layout.clean.text
    person_of = references.person_of
    starts = [mention.start for mention in mentions]
    items = sorted(layout.items, key=lambda item: item.block)
    inputs = []
    for turn, section, prediction, speakers, addressees in zip(
        turns, sections_of(layout, turns), labels, references.speakers, references.addressees, strict=True
    ):
        inside = range(bisect_left(starts, turn.start), bisect_left(starts, turn.end))
        opening = text[turn.start : min(turn.end, turn.start + _OPENING)] if prediction.label == "answer" else ""
        item = _ITEM.search(opening)
        linked = prediction.label in ("question", "answer")
        inputs.append(
            LinkInput(
                label=prediction.label,
                speakers=speakers,
                addressees=addressees,
                on_request=turn.on_request,
                section=section,
                asked_in=_section_of(items[:section], item["number"]) if item else None,
                named=any(i in inside for i in turn.speakers),
                mentioned=frozenset(person_of[i] for i in inside if i in person_of) - set(speakers),
                collective=bool(_COLLECTIVE.search(opening)),
                particular=bool(_PARTICULAR.search(opening)),
                probability=(prediction.probabilities or {}).get(prediction.label, 1.0) if prediction.label else 1.0,
                sequences=letter_sequences(_content(text, turn)) if linked else frozenset(),
            )
        )
    return inputs


def defers(sentences: Sequence[str]) -> bool:
    """Tell whether an answer only puts off: it begins with that, or with not knowing, and promises more for later."""
    later = [bool(_PUT_OFF.search(sentence)) for sentence in sentences]
    return any(later) and (later[0] or bool(_UNKNOWN.search(sentences[0])))


def _extended(turns: Sequence[LinkInput], n: int, *, joins: bool, adds: bool) -> tuple[int, ...]:
    """Return the turn that an addition carries on: that of whom it joins, else the one right before by another."""
    addition = turns[n]
    before = [
        k
        for k in range(n - 1, -1, -1)
        if turns[k].section == addition.section
        and turns[k].label in ("answer", "addition")
        and not set(turns[k].speakers) & set(addition.speakers)
    ]
    if joins and addition.mentioned:
        return tuple(k for k in before if set(turns[k].speakers) & addition.mentioned)[:1]
    known = addition.speakers and before[:1] == [n - 1] and turns[n - 1].speakers
    return (n - 1,) if known and (joins or adds) else ()


def _section_of(items: Sequence[Item], number: str) -> int | None:
    """Return the number of the section under the last of these items that has this number."""
    return next((k for k in range(len(items), 0, -1) if items[k - 1].number == number), None)


def _content(text: str, turn: TurnDraft) -> str:
    return " ".join(text[start:end] for start, end in turn.content) or text[turn.start : turn.end]


def _sentences(layout: Layout, turns: Sequence[TurnDraft]) -> Callable[[int], list[str]]:
    starts = [unit.start for unit in layout.units]
    text = layout.clean.text

    def sentences(n: int) -> list[str]:
        turn = turns[n]
        inside = range(bisect_left(starts, turn.start), bisect_left(starts, turn.end))
        bounds = sorted({turn.start, *(starts[i] for i in inside), turn.end})
        return [text[start:end] for start, end in pairwise(bounds)]

    return sentences
