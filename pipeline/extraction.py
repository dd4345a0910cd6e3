"""`load()` a pipeline, `extract()` the record of a document, `to_minutes()` from a processed `Doc`."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.gold import text_hash
from corpus.readers.content import MAX_CHARACTERS
from corpus.reading import Source, read_source
from corpus.record import AgendaItem, Attendance, Decision, Generator, Meeting, Minutes, PartialVote, Person, Turn
from corpus.version import __version__
from models.choice import EMBEDDED
from pipeline.base import BaseError as BaseError
from pipeline.base import load_base
from pipeline.clean import CleanText
from pipeline.components import COMPONENTS, LINKS, TURN_LABELS, Analysis, TurnLabels
from pipeline.contradictions import contradictions
from pipeline.meeting import read_head
from pipeline.mentions import Mention
from pipeline.mood import mood
from pipeline.moves import read_moves
from pipeline.proceedings import Proceedings, read_proceedings
from pipeline.references import Reference
from pipeline.turns import speaker_spans

_STATED = ("body", "number", "date", "start_time", "end_time", "place", "public")
_FEWEST = 5  # on an attendance list; a head that names only the chair and the clerk is none


def load(
    base: str | None = None, *, classifier: str = EMBEDDED, abstain: float | None = None, threads: int = 0
) -> Language:
    """Return a pipeline with all components of protokollant.

    `classifier` labels the turns: "embedded" (ours, under onnxruntime), "rules", "onnx:FOLDER" or "torch:FOLDER" with
    a folder that `protokollant train turns` wrote. Labels less probable than `abstain` are left out; `threads` is for
    the classifier (0: as many as there are cores).

    `base` is a spaCy package or folder (`"de_core_news_md"`) whose components run first: what they say of persons
    helps (docs/base.md). Without it the pipeline is blank German with our rules and lexicons alone. Raises
    `BaseError` where the base is missing or does not fit.
    """
    nlp = spacy.blank("de") if base is None else load_base(base)
    labelling = {"classifier": classifier, "abstain": abstain, "threads": threads}
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            nlp.add_pipe(component, config=labelling if component == TURN_LABELS else {})
    nlp.max_length = MAX_CHARACTERS
    return nlp


@cache
def _default() -> Language:
    return load()


def extract(text_or_path: str | Path | Source, *, nlp: Language | None = None) -> Minutes:
    """Return the record of one document: a text (`str`), a file (`Path`) or a source that was read before.

    Raises `corpus.ReadError` where the file cannot be read, and `TypeError` for anything else.
    """
    if not isinstance(text_or_path, str | Path | Source):
        kind = type(text_or_path).__name__
        raise TypeError(f"extract takes a text (str), a file (pathlib.Path) or a corpus.Source, not {kind}")
    nlp = nlp or _default()
    if isinstance(text_or_path, str):
        _check_encodable(text_or_path)
        return to_minutes(nlp(text_or_path), nlp=nlp)
    source = text_or_path if isinstance(text_or_path, Source) else read_source(text_or_path)
    return to_minutes(nlp(source.text), source, nlp=nlp)


def _check_encodable(text: str) -> None:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"the text holds half a character (a lone surrogate) at {error.start}: read it again"
        ) from error


def to_minutes(doc: Doc, source: Source | None = None, *, nlp: Language | None = None) -> Minutes:
    """Build the record from a document that all components have seen, for instance one of `nlp.pipe(texts)`.

    Without a `source` the record's source is "text", and its hash that of the text in UTF-8; `nlp` is the pipeline
    that the record names as its generator. Raises `ValueError` where a component has not run.
    """
    found = Analysis.of(doc)
    text = found.layout.text
    clean, mentions, references = found.layout.clean, found.mentions, found.references
    turns = tuple(_turn(found, n) for n in range(len(found.turns)))
    meeting = _meeting(found)
    return Minutes(
        source=source.name if source else "text",
        sha256=source.sha256 if source else text_hash(text),
        generator=_generator(nlp or _default()),
        text=text,
        pages=source.pages if source else None,
        meeting=meeting,
        persons=tuple(_person(clean, mentions, reference) for reference in references.persons),
        agenda=tuple(
            AgendaItem(
                id=f"a{n}",
                number=item.number,
                title=item.title,
                paper=item.paper,
                start=item.start,
                heading_end=item.heading_end,
                end=item.end,
                level=item.level,
            )
            for n, item in enumerate(found.layout.items, 1)
        ),
        turns=turns,
        decisions=_decisions(found, turns),
        warnings=(*(source.notes if source else ()), *_warnings(found, meeting)),
    )


def _decisions(found: Analysis, turns: tuple[Turn, ...]) -> tuple[Decision, ...]:
    clean, person_of = found.layout.clean, _person_of(found)
    proceedings = [_proceedings(found, d.turn) for d in found.decisions]
    return tuple(
        Decision(
            turn=turns[d.turn].id,
            agenda_item=turns[d.turn].agenda_item,
            wording=clean.raw(*d.wording) if d.wording else None,
            outcome=d.resolution.outcome,
            votes=d.resolution.votes,
            unanimous=True if d.resolution.unanimous else None,
            by_party=d.resolution.by_party,
            movers=_known(person_of, how.movers),
            seconders=_known(person_of, how.seconders),
            excluded=_known(person_of, how.excluded),
            amends=_amended(found, n, proceedings),
            rounds=how.rounds,
            parts=tuple(
                PartialVote(span=clean.raw(x.start, x.end), label=x.label, outcome=x.outcome, votes=x.votes)
                for x in how.parts
            ),
            evidence=tuple(clean.raw(*span) for span in d.evidence),
        )
        for n, (d, how) in enumerate(zip(found.decisions, proceedings, strict=True))
    )


def _proceedings(found: Analysis, n: int) -> Proceedings:
    start, end, mentions = found.turns[n].start, found.turns[n].end, found.mentions
    first = bisect_left(mentions, start, key=lambda mention: mention.start)
    last = bisect_left(mentions, end, key=lambda mention: mention.start)
    return read_proceedings(found.layout.clean.text, start, end, list(enumerate(mentions[first:last], first)))


def _amended(found: Analysis, n: int, proceedings: Sequence[Proceedings]) -> str | None:
    """Return the turn of the main motion: the next resolution of the item that is on no amendment."""
    if not proceedings[n].amendment:
        return None
    section = found.sections[found.decisions[n].turn]
    for k in range(n + 1, len(proceedings)):
        turn = found.decisions[k].turn
        if found.sections[turn] == section and not proceedings[k].amendment:
            return f"t{turn + 1}"
    return None


def _person_of(found: Analysis) -> dict[int, str]:
    """Return the persons by mention; a mention that nothing resolved goes to the only person of its name."""
    named: dict[str, list[str]] = {}
    for person in found.references.persons:
        named.setdefault(person.name, []).append(person.id)
    alone = {name: ids[0] for name, ids in named.items() if len(ids) == 1}
    return {
        i: id
        for i, mention in enumerate(found.mentions)
        if (id := found.references.person_of.get(i) or alone.get(mention.name or mention.head or ""))
    }


def _known(person_of: dict[int, str], mentions: Iterable[int]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(person_of[i] for i in mentions if i in person_of))


def _turn(found: Analysis, n: int) -> Turn:
    draft, prediction, section = found.turns[n], found.labels[n], found.sections[n]
    clean, mentions = found.layout.clean, found.mentions
    start, end = clean.raw(draft.start, draft.end)
    return Turn(
        id=f"t{n + 1}",
        agenda_item=f"a{section}" if section else None,
        start=start,
        end=end,
        label=prediction.label,
        confidence=max(prediction.probabilities.values()) if prediction.probabilities else None,
        probabilities=dict(prediction.probabilities or {}),
        speakers=found.references.speakers[n],
        speaker_mentions=tuple(clean.raw(*span) for span in speaker_spans(mentions, draft)),
        roles=_texts(clean, (span for i in draft.speakers for span in mentions[i].offices)),
        parties=_texts(clean, (span for i in draft.speakers for span in mentions[i].parties)),
        cue=clean.raw(*draft.cue) if draft.cue else None,
        addressees=found.references.addressees[n],
        content=tuple(piece for span in draft.content for piece in clean.pieces(found.layout.text, *span)),
        form=draft.form,
        mood=mood(clean.text[a:b] for a, b in draft.content),
        replies_to=tuple(f"t{k + 1}" for k in found.links.replies[n]),
        extends=tuple(f"t{k + 1}" for k in found.links.extends[n]),
        status="deferred" if found.links.deferred[n] else None,
    )


def _texts(clean: CleanText, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(clean.text[start:end] for start, end in spans))


def _person(clean: CleanText, mentions: tuple[Mention, ...], reference: Reference) -> Person:
    return Person(
        id=reference.id,
        kind=reference.kind,
        name=reference.name,
        given_name=reference.given_name,
        title=reference.title,
        honorific=reference.honorific,
        roles=reference.roles,
        party=reference.party,
        mentions=tuple(clean.raw(mentions[i].start, mentions[i].end) for i in reference.mentions),
        certainty=reference.certainty,
        candidates=reference.candidates,
        gender=reference.gender,
    )


def _meeting(found: Analysis) -> Meeting:
    head, listed = read_head(found.layout), found.references.listed
    clean, mentions = found.layout.clean, found.mentions
    person_of = found.references.person_of
    stated = {name: fact for name in _STATED if (fact := getattr(head, name)) is not None}
    evidence = {name: clean.raw(fact.start, fact.end) for name, fact in stated.items()}
    chair = found.references.chair
    if chair is not None:
        names = [entry.mention for entry in listed if entry.presides] + list(range(len(mentions)))
        i = next(i for i in names if person_of.get(i) == chair)
        evidence["chair"] = clean.raw(mentions[i].start, mentions[i].end)
    moves = {
        (person_of[m.mention], m.kind): m.when for m in read_moves(found.layout, mentions) if m.mention in person_of
    }
    return Meeting(
        **{name: fact.value for name, fact in stated.items()},
        chair=chair,
        attendance=tuple(
            Attendance(
                person=person_of[entry.mention],
                status=entry.status,
                capacity=entry.capacity,
                from_=entry.arrives or moves.get((person_of[entry.mention], "arrives")),
                until=entry.leaves or moves.get((person_of[entry.mention], "leaves")),
                span=clean.raw(mentions[entry.mention].start, mentions[entry.mention].end),
            )
            for entry in listed
            if entry.mention in person_of
        ),
        evidence=evidence,
    )


def _warnings(found: Analysis, meeting: Meeting) -> Iterable[str]:
    if not found.turns:
        yield "no turn was found"
    if not found.layout.items:
        yield "no agenda item was found"
    listed = sum(entry.status == "present" for entry in meeting.attendance)
    present = listed if listed >= _FEWEST else None
    for decision in found.decisions:
        turn = found.turns[decision.turn]
        text = found.layout.clean.text[turn.start : turn.end]
        yield from contradictions(f"t{decision.turn + 1}", text, decision.resolution, present)


def _generator(nlp: Language) -> Generator:
    labels = nlp.get_pipe(TURN_LABELS)
    classifier = labels.classifier.name if isinstance(labels, TurnLabels) else "unknown"
    models = {"base": f"{nlp.meta['lang']}_{nlp.meta['name']}", "turn_labels": classifier}
    abstain = labels.abstain if isinstance(labels, TurnLabels) else None
    links = nlp.config["components"].get(LINKS, {}).get("scorer")
    settings = json.dumps([__version__, nlp.pipe_names, models, abstain, links], sort_keys=True)
    return Generator(package=__version__, models=models, config=hashlib.sha256(settings.encode()).hexdigest()[:12])
