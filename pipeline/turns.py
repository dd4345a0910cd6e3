"""Turns: runs cut where a question begins or ends, with speaker, cue and content, or wording and result."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.record import Form
from pipeline.attribution import Attribution
from pipeline.content import content
from pipeline.judge import Judge
from pipeline.layout import Layout, Unit
from pipeline.lexicon import VerbFunction
from pipeline.mentions import Mention
from pipeline.mood import subjunctives
from pipeline.run_builder import find_runs
from pipeline.runs import Reading, Run
from pipeline.section_labels import label_of
from pipeline.sentence import QUESTION_END

_LEAD_IN = 2  # sentences beside a question that stay in its turn


@dataclass(frozen=True)
class TurnDraft:
    """A turn in clean offsets, before labels, identities and links are known.

    `speakers`, `askers` and `addressees` are numbers of mentions; `pronoun` stands for a speaker, `addressed` for an
    addressee. `decision` tells that the body decides here; its
    `wording` and `result` are spans. `content` are the spans of what is said, without cue and speaker.
    """

    start: int
    end: int
    block: int
    form: Form = "reported"
    decision: bool = False
    order: str | None = None
    speakers: tuple[int, ...] = ()
    pronoun: tuple[int, int] | None = None
    same_speaker: bool = False
    exchange: bool = False
    functions: tuple[VerbFunction, ...] = ()
    cue: tuple[int, int] | None = None
    verb: str | None = None
    askers: tuple[int, ...] = ()
    addressees: tuple[int, ...] = ()
    addressed: tuple[int, int] | None = None
    on_request: bool = False
    passive: bool = False
    question: bool = False
    direct_question: bool = False
    carried: int = 0
    wording: tuple[int, int] | None = None
    result: tuple[tuple[int, int], ...] = ()
    content: tuple[tuple[int, int], ...] = ()


def find_turns(layout: Layout, mentions: Sequence[Mention]) -> list[TurnDraft]:
    """Return the turns of a document in order; `mentions` with their roles."""
    return [turn for run in find_runs(layout, mentions) for turn in _cut(layout, mentions, run)]


def speaker_spans(mentions: Sequence[Mention], turn: TurnDraft) -> tuple[tuple[int, int], ...]:
    """Return what names the speakers in the turn itself: they may be known from a heading or from before."""
    inside = [mentions[i] for i in turn.speakers if turn.start <= mentions[i].start < turn.end]
    if inside:
        return tuple((mention.start, mention.end) for mention in inside)
    return (turn.pronoun,) if turn.pronoun and turn.start <= turn.pronoun[0] < turn.end else ()


def given_turns(layout: Layout, mentions: Sequence[Mention], spans: Sequence[tuple[int, int]]) -> list[TurnDraft]:
    """Return a turn for each of these spans (clean offsets, in order, apart), with what the rules see in them.

    A unit belongs to the span that holds the most of it. Sentences that no rule takes for a part of a turn are read
    on their own.
    """
    runs = find_runs(layout, mentions)
    taken = {reading.unit: (run, reading) for run in runs for reading in run.readings}
    judge = Judge(layout, mentions)
    drafts = []
    for span, units in zip(spans, _units_of(layout.units, spans), strict=True):
        known = [taken[unit] for unit in units if unit in taken]
        run = max((run for run, _ in known), key=lambda r: sum(r is x for x, _ in known), default=Run())
        readings = [taken[unit][1] if unit in taken else _alone(judge, unit) for unit in units]
        drafts.append(_given(layout, mentions, run, readings, span))
    return drafts


def _units_of(units: Sequence[Unit], spans: Sequence[tuple[int, int]]) -> list[list[Unit]]:
    found: list[list[Unit]] = [[] for _ in spans]
    for unit in units:
        shares = [min(unit.end, end) - max(unit.start, start) for start, end in spans]
        largest = max(shares, default=0)
        if largest > 0:
            found[shares.index(largest)].append(unit)
    return found


def sections_of(layout: Layout, turns: Sequence[TurnDraft]) -> list[int]:
    """Return the number of headings before each turn."""
    headings = sorted(item.block for item in layout.items)
    return [bisect_right(headings, turn.block) for turn in turns]


def _alone(judge: Judge, unit: Unit) -> Reading:
    sentence = judge.sentence(unit)
    return Reading(unit, sentence.attribution, question=sentence.asks)


def _given(
    layout: Layout, mentions: Sequence[Mention], run: Run, readings: list[Reading], span: tuple[int, int]
) -> TurnDraft:
    start, end = span
    if not readings:  # less than half a sentence
        block = next((n for n, b in enumerate(layout.blocks) if b.start <= start < b.end), 0)
        question = bool(QUESTION_END.search(layout.clean.text[start:end]))
        return TurnDraft(start, end, block, question=question, direct_question=question, content=(span,))
    own = replace(run, readings=readings, result=[x for x in run.result if start <= x[0] < end])
    if run.decision:
        draft = _decision_draft(layout, own)
    else:
        first = not run.readings or readings[0].unit == run.readings[0].unit
        draft = _draft(layout, mentions, own, readings, _leader(run), first=first)
    direct = not run.decision and bool(QUESTION_END.search(layout.clean.text[start:end]))
    return replace(draft, start=start, end=end, direct_question=direct)


def _cut(layout: Layout, mentions: Sequence[Mention], run: Run) -> Iterator[TurnDraft]:
    """Cut a run where a question begins or ends; up to two sentences beside a question stay with it."""
    if run.decision:
        draft = _decision_draft(layout, run)
        if draft.wording or draft.result:  # else a form that nobody filled in
            yield draft
        return
    groups = [part for piece in _request_groups(run) for part in _question_groups(piece)]
    if run.form == "verbatim":
        groups = _final_question(run.readings)
    leader = _leader(run)
    for n, group in enumerate(groups):
        yield _draft(layout, mentions, run, group, leader, first=n == 0)


def _leader(run: Run) -> Attribution | None:
    return next((r.attribution for r in run.readings if r.attribution and not r.carried), None)


def _request_groups(run: Run) -> list[list[Reading]]:
    """Cut where somebody who was speaking of their own accord is asked: "Auf Nachfrage von Frau Lux teilt er mit"."""
    readings = run.readings
    asked = [bool(r.attribution and r.attribution.on_request and not r.carried) for r in readings]
    if not any(asked) or asked[0] or run.after_question:
        return [readings]
    k = asked.index(True)
    return [readings[:k], readings[k:]]


def _question_groups(readings: list[Reading]) -> list[list[Reading]]:
    first = readings[0].attribution
    if first is not None and first.order == "nominal" and "ask" in first.functions:
        return [readings]  # "Anfrage:" heads all that follows
    replies = readings[0].attribution is not None and (
        readings[0].attribution.on_request or "reply" in readings[0].attribution.functions
    )
    marks = [r.question and not (replies and not r.outright) for r in readings]
    if not any(marks) or all(marks):
        return [readings]
    owner = list(marks)
    for i, asked in enumerate(marks):
        if not asked:
            continue
        for step in (-1, 1):
            for k in _reach(readings, marks, i, step):
                owner[k] = True
    asked_at = [i for i, mine in enumerate(owner) if mine]
    for one, other in pairwise(asked_at):
        if other - one - 1 <= _LEAD_IN:  # a remark between two questions of the same speaker
            owner[one:other] = [True] * (other - one)
    groups: list[list[Reading]] = []
    for i, reading in enumerate(readings):
        if i and owner[i] == owner[i - 1]:
            groups[-1].append(reading)
        else:
            groups.append([reading])
    return groups


def _final_question(readings: list[Reading]) -> list[list[Reading]]:
    """Cut a speech before the question that it ends in; questions on the way are rhetoric."""
    asked = [i for i, r in enumerate(readings) if r.question]
    if not asked or asked[-1] < len(readings) - _LEAD_IN or len(readings) <= _LEAD_IN + 1:
        return [readings]
    k = asked[-1]
    while k - 1 in asked:
        k -= 1
    return [readings[:k], readings[k:]] if k > _LEAD_IN else [readings]


def _reach(readings: list[Reading], marks: list[bool], i: int, step: int) -> list[int]:
    """Numbers of the sentences beside question `i` that serve it: at most two to the border or to the next question.

    Before a question with a cue of its own there are none: "Frau Lux lobt den Entwurf. Sie fragt, ..." is two turns.
    """
    if step < 0 and readings[i].outright:
        return []
    reach: list[int] = []
    k = i + step
    while 0 <= k < len(readings) and not marks[k]:
        if step > 0 and readings[k].attribution is not None and not readings[k].carried and len(readings) - k > 1:
            break
        reach.append(k)
        k += step
    return reach if len(reach) <= _LEAD_IN else []


def _draft(
    layout: Layout,
    mentions: Sequence[Mention],
    run: Run,
    group: list[Reading],
    leader: Attribution | None,
    *,
    first: bool,
) -> TurnDraft:
    own = [r.attribution for r in group if r.attribution and not r.carried]
    head = own[0] if own else None
    asking = next((a for a in own if "ask" in a.functions), None)
    main = asking or head
    functions = tuple(f for a in own for f in a.functions)
    who = head if head and (head.subjects or head.pronoun) else None
    start, end = group[0].unit.start, group[-1].unit.end
    source = who or leader
    nearest = head or leader
    return TurnDraft(
        start=start,
        end=end,
        block=group[0].unit.block,
        form=run.form,
        order=nearest.order if nearest else None,
        speakers=source.subjects if source else (),
        pronoun=source.pronoun if source and not source.subjects else None,
        same_speaker=not first,
        exchange=bool(source and source.order == "elided" and not source.subjects),
        functions=functions,
        cue=main.cue if main else None,
        verb=main.verb.infinitive if main and main.verb else None,
        askers=tuple(i for a in own for i in a.askers),
        addressees=tuple(dict.fromkeys(i for a in own for i in a.addressees)),
        addressed=next((a.addressed for a in own if a.addressed), None),
        on_request=any(a.on_request for a in own),
        passive=bool(head and head.passive),
        question=any(r.question for r in group),
        direct_question=bool(QUESTION_END.search(layout.clean.text[start:end])),
        carried=sum(r.carried and any(subjunctives(layout.clean.text, r.unit.start, r.unit.end)) for r in group),
        content=_content(layout.clean.text, mentions, group),
    )


def _content(text: str, mentions: Sequence[Mention], group: list[Reading]) -> tuple[tuple[int, int], ...]:
    sentences = (((r.unit.start, r.unit.end), None if r.carried else r.attribution) for r in group)
    return tuple(content(text, mentions, sentences))


def _decision_draft(layout: Layout, run: Run) -> TurnDraft:
    readings = run.readings
    head = next(
        (r.attribution for r in readings if r.attribution and (r.attribution.subjects or r.attribution.pronoun)), None
    )
    plain = [r.unit for r in readings if (r.unit.start, r.unit.end) not in run.result]
    worded = [span for unit in plain if (span := _behind_label(layout, unit))]
    draft = TurnDraft(
        start=readings[0].unit.start,
        end=readings[-1].unit.end,
        block=readings[0].unit.block,
        decision=True,
        order=head.order if head else None,
        functions=("decide",),
        result=tuple(run.result),
        wording=(worded[0][0], worded[-1][1]) if worded else None,
    )
    if head is not None:
        addressees = () if "thank" in head.functions else head.addressees  # "dankt Frau Lux und stellt Zustimmung fest"
        return replace(draft, speakers=head.subjects, pronoun=head.pronoun, cue=head.cue, addressees=addressees)
    return draft


def _behind_label(layout: Layout, unit: Unit) -> tuple[int, int] | None:
    """Return what stands behind "Beschluss:" and the like in a unit, or the unit; `None` for a label alone."""
    text, start = layout.clean.text, unit.start
    found = label_of(text, start, unit.end) if layout.blocks[unit.block].label else None
    if found:
        start = found[1]
        while start < unit.end and text[start].isspace():
            start += 1
    return (start, unit.end) if start < unit.end else None
