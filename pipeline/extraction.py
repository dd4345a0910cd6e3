"""`load()` a pipeline, `extract()` the record of a document, `to_minutes()` from a processed `Doc`."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from corpus.reading import Source, read_source
from corpus.record import (
    AgendaItem,
    Attendance,
    Decision,
    Generator,
    Meeting,
    Minutes,
    Person,
    Turn,
)
from corpus.version import __version__
from pipeline.components import COMPONENTS, TurnLabels, sections_of
from pipeline.layout import Layout
from pipeline.meeting import read_head
from pipeline.references import Reference


class BaseError(ValueError):
    """The spaCy pipeline that was asked for as base cannot be loaded."""


def load(base: str | None = None) -> Language:
    """Return a pipeline with all components of protokollant.

    `base` is a spaCy package or folder (`"de_core_news_md"`) whose components run first: persons that its entity
    recogniser finds seed the names. Without it the pipeline is blank German with our rules and lexicons alone.
    Raises `BaseError` where the base is missing.
    """
    if base is None:
        nlp = spacy.blank("de")
    else:
        try:
            nlp = spacy.load(base)
        except OSError as error:
            raise BaseError(
                f"no spaCy pipeline {base!r}: install it (python -m spacy download {base}) or give the path of a folder"
            ) from error
    for component in COMPONENTS:
        if component not in nlp.pipe_names:
            nlp.add_pipe(component)
    nlp.max_length = 20_000_000
    return nlp


@cache
def _default() -> Language:
    return load()


def extract(text_or_path: str | Path | Source, *, nlp: Language | None = None) -> Minutes:
    """Return the record of one document: a text (`str`), a file (`Path`) or a source that was read before.

    Raises `corpus.ReadError` where the file cannot be read.
    """
    nlp = nlp or _default()
    if isinstance(text_or_path, str):
        return to_minutes(nlp(text_or_path))
    source = text_or_path if isinstance(text_or_path, Source) else read_source(text_or_path)
    return to_minutes(nlp(source.text), source, nlp=nlp)


def to_minutes(doc: Doc, source: Source | None = None, *, nlp: Language | None = None) -> Minutes:
    """Build the record from a document that all components have seen, in the pipeline's own or `nlp.pipe`'s order.

    Without a `source` the record's source is "text", and its hash that of the text in UTF-8. Raises `ValueError` where
    a component has not run.
    """
    missing = [
        name
        for name in ("layout", "mentions", "turns", "labels", "references", "links", "decisions")
        if getattr(doc._, f"minutes_{name}") is None
    ]
    if missing:
        raise ValueError(f"the document lacks {', '.join(missing)}: process it with the pipeline of load()")
    found: Layout = doc._.minutes_layout
    raw = found.clean.raw
    mentions = doc._.minutes_mentions
    references = doc._.minutes_references
    head = read_head(found, mentions)
    sections = sections_of(found, doc._.minutes_turns)
    person_of = {i: person.id for person in references.persons for i in person.mentions}
    turns = tuple(
        Turn(
            id=f"t{n + 1}",
            agenda_item=f"a{section}" if section else None,
            start=raw(draft.start, draft.end)[0],
            end=raw(draft.start, draft.end)[1],
            label=label.label,
            confidence=max(label.probabilities.values()) if label.probabilities else None,
            probabilities=dict(label.probabilities or {}),
            speakers=speakers,
            speaker_mentions=_mentions(found, mentions, draft),
            roles=_texts(found, (span for i in draft.speakers for span in mentions[i].offices)),
            parties=_texts(found, (span for i in draft.speakers for span in mentions[i].parties)),
            cue=raw(*draft.cue) if draft.cue else None,
            addressees=addressees,
            content=tuple(raw(*span) for span in draft.content),
            form=draft.form,
            replies_to=tuple(f"t{k + 1}" for k in links),
        )
        for n, (draft, label, section, speakers, addressees, links) in enumerate(
            zip(
                doc._.minutes_turns,
                doc._.minutes_labels,
                sections,
                references.speakers,
                references.addressees,
                doc._.minutes_links,
                strict=True,
            )
        )
    )
    return Minutes(
        source=source.name if source else "text",
        sha256=source.sha256 if source else hashlib.sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest(),
        generator=_generator(nlp or _default()),
        text=doc.text,
        pages=source.pages if source else None,
        meeting=Meeting(
            body=head.body,
            date=head.date,
            start_time=head.start_time,
            end_time=head.end_time,
            place=head.place,
            chair=references.chair,
            public=head.public,
            attendance=tuple(
                Attendance(
                    person=person_of[a.mention],
                    status=a.status,
                    from_=a.arrives,
                    until=a.leaves,
                    span=raw(mentions[a.mention].start, mentions[a.mention].end),
                )
                for a in head.attendance
                if a.mention in person_of
            ),
        ),
        persons=tuple(_person(found, mentions, person) for person in references.persons),
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
            for n, item in enumerate(found.items, 1)
        ),
        turns=turns,
        decisions=tuple(
            Decision(
                turn=turns[d.turn].id,
                agenda_item=turns[d.turn].agenda_item,
                wording=raw(*d.wording) if d.wording else None,
                outcome=d.outcome,
                votes=d.votes,
                unanimous=True if d.unanimous else None,
                evidence=tuple(raw(*span) for span in d.evidence),
            )
            for d in doc._.minutes_decisions
        ),
        warnings=_warnings(found, turns),
    )


def _mentions(found: Layout, mentions: tuple, draft) -> tuple[tuple[int, int], ...]:  # type: ignore[no-untyped-def,type-arg]
    if draft.speakers:
        return tuple(found.clean.raw(mentions[i].start, mentions[i].end) for i in draft.speakers)
    return (found.clean.raw(*draft.pronoun),) if draft.pronoun else ()


def _texts(found: Layout, spans) -> tuple[str, ...]:  # type: ignore[no-untyped-def]
    return tuple(dict.fromkeys(found.clean.text[a:b] for a, b in spans))


def _person(found: Layout, mentions, reference: Reference) -> Person:  # type: ignore[no-untyped-def]
    return Person(
        id=reference.id,
        kind=reference.kind,
        name=reference.name,
        given_name=reference.given_name,
        title=reference.title,
        honorific=reference.honorific,
        roles=reference.roles,
        party=reference.party,
        mentions=tuple(found.clean.raw(mentions[i].start, mentions[i].end) for i in reference.mentions),
        certainty=reference.certainty,
    )


def _warnings(found: Layout, turns: tuple[Turn, ...]) -> tuple[str, ...]:
    warnings = []
    if not turns:
        warnings.append("no turn was found")
    if not found.items:
        warnings.append("no agenda item was found")
    return tuple(warnings)


def _generator(nlp: Language) -> Generator:
    labels = nlp.get_pipe("protokollant_turn_labels")
    models = {
        "base": f"{nlp.meta['lang']}_{nlp.meta['name']}",
        "turn_labels": labels.classifier.name if isinstance(labels, TurnLabels) else "unknown",
    }
    settings = json.dumps([__version__, nlp.pipe_names, models], sort_keys=True)
    return Generator(package=__version__, models=models, config=hashlib.sha256(settings.encode()).hexdigest()[:12])
