"""`load()` a pipeline, `extract()` the record of a document, `to_minutes()` from a processed `Doc`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.reading import Source, read_source
from corpus.record import AgendaItem, Attendance, Decision, Generator, Meeting, Minutes, Person, Turn
from corpus.version import __version__
from models.choice import EMBEDDED
from pipeline.base import BaseError as BaseError
from pipeline.base import load_base
from pipeline.clean import CleanText
from pipeline.components import COMPONENTS, TURN_LABELS, Analysis, TurnLabels
from pipeline.meeting import read_head
from pipeline.moves import read_moves
from pipeline.persons import Mention
from pipeline.references import Reference
from pipeline.turns import speaker_spans

_STATED = ("body", "number", "date", "start_time", "end_time", "place", "public")
_MAX_CHARACTERS = 20_000_000  # rules need no more memory than the text, unlike the parsers that spaCy's limit protects


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
    nlp.max_length = _MAX_CHARACTERS
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
    return Minutes(
        source=source.name if source else "text",
        sha256=source.sha256 if source else hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        generator=_generator(nlp or _default()),
        text=text,
        pages=source.pages if source else None,
        meeting=_meeting(found),
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
        decisions=tuple(
            Decision(
                turn=turns[d.turn].id,
                agenda_item=turns[d.turn].agenda_item,
                wording=clean.raw(*d.wording) if d.wording else None,
                outcome=d.resolution.outcome,
                votes=d.resolution.votes,
                unanimous=True if d.resolution.unanimous else None,
                by_party=d.resolution.by_party,
                evidence=tuple(clean.raw(*span) for span in d.evidence),
            )
            for d in found.decisions
        ),
        warnings=tuple(_warnings(found)),
    )


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
        content=tuple(clean.raw(*span) for span in draft.content),
        form=draft.form,
        replies_to=tuple(f"t{k + 1}" for k in found.links[n]),
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
    )


def _meeting(found: Analysis) -> Meeting:
    head = read_head(found.layout, found.mentions)
    clean, mentions = found.layout.clean, found.mentions
    person_of = {i: person.id for person in found.references.persons for i in person.mentions}
    stated = {name: fact for name in _STATED if (fact := getattr(head, name)) is not None}
    evidence = {name: clean.raw(fact.start, fact.end) for name, fact in stated.items()}
    chair = found.references.chair
    if chair is not None:
        names = [entry.mention for entry in head.attendance if entry.presides] + list(range(len(mentions)))
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
            for entry in head.attendance
            if entry.mention in person_of
        ),
        evidence=evidence,
    )


def _warnings(found: Analysis) -> Iterable[str]:
    if not found.turns:
        yield "no turn was found"
    if not found.layout.items:
        yield "no agenda item was found"
    for decision in found.decisions:
        votes = decision.resolution.votes
        if decision.resolution.unanimous and votes and votes.no:
            yield f"t{decision.turn + 1}: called unanimous, but with {votes.no} against"


def _generator(nlp: Language) -> Generator:
    labels = nlp.get_pipe(TURN_LABELS)
    classifier = labels.classifier.name if isinstance(labels, TurnLabels) else "unknown"
    models = {"base": f"{nlp.meta['lang']}_{nlp.meta['name']}", "turn_labels": classifier}
    abstain = labels.abstain if isinstance(labels, TurnLabels) else None
    settings = json.dumps([__version__, nlp.pipe_names, models, abstain], sort_keys=True)
    return Generator(package=__version__, models=models, config=hashlib.sha256(settings.encode()).hexdigest()[:12])
