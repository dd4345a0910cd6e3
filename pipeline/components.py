"""spaCy components: thin shells around the pure functions of this package.

Each reads what the components before it have written to the document and writes one attribute and, where spans fit,
one span group:

| component | attribute | span group |
|---|---|---|
| `protokollant_layout` | `doc._.minutes_layout` | `agenda` |
| `protokollant_persons` | `doc._.minutes_mentions` | `mentions` |
| `protokollant_roles` | `doc._.minutes_mentions` (with roles and parties) | `roles` |
| `protokollant_turns` | `doc._.minutes_turns` | |
| `protokollant_turn_labels` | `doc._.minutes_labels` | `turns` |
| `protokollant_references` | `doc._.minutes_references` | |
| `protokollant_links` | `doc._.minutes_links` | |
| `protokollant_decisions` | `doc._.minutes_decisions` | |
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, cast

from spacy.language import Language
from spacy.tokens import Doc, Span

from models import DocumentInput, Prediction, TextBlock, TurnClassifier, TurnInput
from models.choice import EMBEDDED, make_classifier
from pipeline.codes import with_codes
from pipeline.entities import family_names, marked_speakers
from pipeline.layout import Layout, layout
from pipeline.links import LEARNED, Links, find_links, make_chooser
from pipeline.listed_names import line_breaks, list_end, listed_names, with_listed
from pipeline.mentions import Mention
from pipeline.persons import find_mentions
from pipeline.references import References, resolve
from pipeline.resolutions import Resolution, read_resolution, settled
from pipeline.roles import attach_roles
from pipeline.subjects import speaking_subjects
from pipeline.turns import TurnDraft, find_turns, sections_of

TURNS, TURN_LABELS, LINKS = "protokollant_turns", "protokollant_turn_labels", "protokollant_links"
COMPONENTS = (
    "protokollant_layout",
    "protokollant_persons",
    "protokollant_roles",
    TURNS,
    TURN_LABELS,
    "protokollant_references",
    LINKS,
    "protokollant_decisions",
)
_ATTRIBUTES = ("layout", "mentions", "turns", "labels", "references", "links", "decisions")

for _name in _ATTRIBUTES:
    if not Doc.has_extension(f"minutes_{_name}"):
        Doc.set_extension(f"minutes_{_name}", default=None)

SpanLabel = tuple[tuple[int, int], str]

_RESOLVED = "protokollant_resolved"


@dataclass(frozen=True)
class DecisionDraft:
    """What one decision turn (its number) decides; spans in clean offsets."""

    turn: int
    resolution: Resolution
    wording: tuple[int, int] | None
    evidence: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Analysis:
    """All that the components have written to one document."""

    layout: Layout
    mentions: tuple[Mention, ...]
    turns: tuple[TurnDraft, ...]
    labels: tuple[Prediction, ...]
    references: References
    links: Links
    decisions: tuple[DecisionDraft, ...]

    @classmethod
    def of(cls, doc: Doc) -> Analysis:
        """Collect it; `ValueError` names the components that have not run."""
        values = {name: getattr(doc._, f"minutes_{name}") for name in _ATTRIBUTES}
        missing = [name for name, value in values.items() if value is None]
        if missing:
            raise ValueError(f"the document lacks {', '.join(missing)}: process it with the pipeline of load()")
        return cls(**values)

    @property
    def sections(self) -> list[int]:
        """Number of headings before each turn."""
        return sections_of(self.layout, self.turns)


class Component:
    """A shell: `predict` reads a document and annotates nothing, `set_annotations` writes what it returned."""

    def __init__(
        self,
        name: str,
        attribute: str,
        predict: Callable[[Doc], Any],
        group: tuple[str, Callable[[Doc, Any], Iterable[SpanLabel]]] | None = None,
    ) -> None:
        self.name, self.attribute, self.predict, self.group = name, f"minutes_{attribute}", predict, group

    def __call__(self, doc: Doc) -> Doc:
        self.set_annotations(doc, self.predict(doc))
        return doc

    def set_annotations(self, doc: Doc, prediction: Any) -> None:
        """Write the prediction to the attribute, and its spans to the span group."""
        setattr(doc._, self.attribute, prediction)
        if self.group:
            key, spans = self.group
            doc.spans[key] = [
                span for (start, end), label in spans(doc, prediction) if (span := _span(doc, start, end, label))
            ]


def _span(doc: Doc, start: int, end: int, label: str) -> Span | None:
    return doc.char_span(start, end, label=label, alignment_mode="expand")


def _needs(doc: Doc, attribute: str, component: str) -> Any:
    value = getattr(doc._, f"minutes_{attribute}")
    if value is None:
        raise ValueError(f"{component} has not run on this document: add it to the pipeline before this component")
    return value


@Language.factory("protokollant_layout", assigns=["doc._.minutes_layout", "doc.spans", "token.sent_start"])
def make_layout(nlp: Language, name: str) -> Component:
    """Find page furniture, blocks, headings, agenda items and sentence bounds."""
    return LayoutFinder(name)


class LayoutFinder(Component):
    """The component behind `protokollant_layout`; sentence bounds that a component before it has set stay."""

    def __init__(self, name: str) -> None:
        super().__init__(name, "layout", lambda doc: layout(doc.text), ("agenda", _agenda_spans))

    def set_annotations(self, doc: Doc, prediction: Layout) -> None:
        """Write the layout, and begin a sentence at each of its headings and units."""
        super().set_annotations(doc, prediction)
        if doc.has_annotation("SENT_START") or not len(doc):
            return
        offsets = prediction.clean.offsets
        starts = [offsets[unit.start] for unit in prediction.units]
        starts += [offsets[block.start] for block in prediction.blocks if block.kind == "heading"]
        # all at once: the setter of a token looks at the whole document
        bounds: Any = doc.to_array(["SENT_START"])
        bounds[doc.to_array(["IDX"]).searchsorted(starts, side="right") - 1] = 1
        doc.from_array(["SENT_START"], bounds)


def _agenda_spans(doc: Doc, found: Layout) -> Iterable[SpanLabel]:
    return (((item.start, item.heading_end), "AGENDA") for item in found.items)


@Language.factory(
    "protokollant_persons", requires=["doc._.minutes_layout"], assigns=["doc._.minutes_mentions", "doc.spans"]
)
def make_persons(nlp: Language, name: str) -> Component:
    """Find mentions of persons, offices, groups and citizens; what a base before it says of persons helps."""

    def predict(doc: Doc) -> tuple[Mention, ...]:
        found: Layout = _needs(doc, "layout", "protokollant_layout")
        listed = listed_names(found)
        names = {*family_names(doc), *(mention.name for mention in listed if mention.name)}
        told = speaking_subjects(found)
        names.update(subject.name for subject in told if subject.name)
        speakers = [*marked_speakers(doc, found.clean), *(subject[:2] for subject in told)]
        mentions = with_listed(found, find_mentions(found.clean.text, names, speakers, line_breaks(found)), listed)
        return with_codes(found.clean.text, mentions, list_end(found), found.labels.speakers | found.labels.listed)

    return Component(name, "mentions", predict, ("mentions", _mention_spans))


def _mention_spans(doc: Doc, mentions: tuple[Mention, ...]) -> Iterable[SpanLabel]:
    clean = doc._.minutes_layout.clean
    return ((clean.raw(m.start, m.end), m.kind.upper()) for m in mentions)


@Language.factory(
    "protokollant_roles",
    requires=["doc._.minutes_layout", "doc._.minutes_mentions"],
    assigns=["doc._.minutes_mentions", "doc.spans"],
)
def make_roles(nlp: Language, name: str) -> Component:
    """Attach offices, functions and parties to the mentions."""

    def predict(doc: Doc) -> tuple[Mention, ...]:
        found: Layout = _needs(doc, "layout", "protokollant_layout")
        return tuple(attach_roles(found.clean.text, _needs(doc, "mentions", "protokollant_persons")))

    return Component(name, "mentions", predict, ("roles", _role_spans))


def _role_spans(doc: Doc, mentions: tuple[Mention, ...]) -> Iterable[SpanLabel]:
    clean = doc._.minutes_layout.clean
    for mention in mentions:
        yield from ((clean.raw(*span), "ROLE") for span in mention.offices)
        yield from ((clean.raw(*span), "PARTY") for span in mention.parties)


@Language.factory(
    "protokollant_turns",
    requires=["doc._.minutes_layout", "doc._.minutes_mentions"],
    assigns=["doc._.minutes_turns"],
)
def make_turns(nlp: Language, name: str) -> Component:
    """Find the turns: cues, speakers, addressees, reported content, decisions of the body."""

    def predict(doc: Doc) -> tuple[TurnDraft, ...]:
        found: Layout = _needs(doc, "layout", "protokollant_layout")
        return tuple(find_turns(found, _needs(doc, "mentions", "protokollant_persons")))

    return Component(name, "turns", predict)


@Language.factory(
    "protokollant_turn_labels",
    requires=["doc._.minutes_layout", "doc._.minutes_mentions", "doc._.minutes_turns"],
    assigns=["doc._.minutes_labels", "doc.spans"],
    default_config={"classifier": EMBEDDED, "abstain": None, "threads": 0},
)
def make_turn_labels(nlp: Language, name: str, classifier: str, abstain: float | None, threads: int) -> Component:
    """Label the turns with a classifier, by its name as in `pipeline.load`; assign another one to `classifier`."""
    return TurnLabels(name, make_classifier(classifier, threads), abstain)


class TurnLabels(Component):
    """The component behind `protokollant_turn_labels`; labels less probable than `abstain` are left out."""

    def __init__(self, name: str, classifier: TurnClassifier, abstain: float | None = None) -> None:
        self.classifier, self.abstain = classifier, abstain
        super().__init__(name, "labels", self._predict, ("turns", _turn_spans))

    def _predict(self, doc: Doc) -> tuple[Prediction, ...]:
        return self._sure(self.classifier.predict([document_input(doc)])[0])

    def _sure(self, predictions: Iterable[Prediction]) -> tuple[Prediction, ...]:
        return tuple(replace(p, label=None) if self._unsure(p) else p for p in predictions)

    def _unsure(self, prediction: Prediction) -> bool:
        if self.abstain is None or not prediction.probabilities:
            return False
        return max(prediction.probabilities.values()) < self.abstain


def _turn_spans(doc: Doc, labels: tuple[Prediction, ...]) -> Iterable[SpanLabel]:
    clean = doc._.minutes_layout.clean
    for turn, prediction in zip(doc._.minutes_turns, labels, strict=True):
        yield clean.raw(turn.start, turn.end), prediction.label or ""


def document_input(doc: Doc) -> DocumentInput:
    """State what a classifier may know of a document whose turns are found."""
    found, mentions, turns = _draft(doc)
    blocks = tuple(TextBlock(block.start, block.end, block.kind == "heading") for block in found.blocks)
    return DocumentInput(found.clean.text, blocks, tuple(_turn_inputs(found, mentions, turns, _resolved(doc))))


def _turn_inputs(
    found: Layout, mentions: tuple[Mention, ...], turns: tuple[TurnDraft, ...], references: References
) -> Iterator[TurnInput]:
    kinds = {p.id: _speaker_kind(p.mentions, mentions) for p in references.persons}
    person_of = {i: p.id for p in references.persons for i in p.mentions}
    starts = [mention.start for mention in mentions]
    for turn, section, speakers, addressees in zip(
        turns, sections_of(found, turns), references.speakers, references.addressees, strict=True
    ):
        speaker = speakers[0] if speakers else None
        chair = speaker is not None and speaker == references.chair
        named = range(bisect_left(starts, turn.start), bisect_left(starts, turn.end))
        yield TurnInput(
            text=found.clean.text[turn.start : turn.end],
            section=section,
            speaker=speaker,
            speaker_kind="chair" if chair else kinds.get(speaker) if speaker else None,
            functions=turn.functions,
            verb=turn.verb,
            asks=turn.question,
            direct_question=turn.direct_question,
            on_request=turn.on_request,
            carried=turn.carried,
            passive=turn.passive,
            decides=turn.decision,
            verbatim=turn.form == "verbatim",
            addressees=addressees,
            mentioned=tuple(dict.fromkeys(person_of[i] for i in named if i in person_of)),
            start=turn.start,
        )


def _speaker_kind(numbers: tuple[int, ...], mentions: tuple[Mention, ...]) -> str | None:
    """Kind of the office that a person bears; whoever is named with a party and no office is a member."""
    kinds = [mentions[i].office_kind for i in numbers if mentions[i].office_kind]
    if not kinds and any(mentions[i].parties for i in numbers):
        return "mandate"
    return kinds[0] if kinds else mentions[numbers[0]].kind if numbers else None


@Language.factory(
    "protokollant_references",
    requires=["doc._.minutes_layout", "doc._.minutes_mentions", "doc._.minutes_turns"],
    assigns=["doc._.minutes_references"],
)
def make_references(nlp: Language, name: str) -> Component:
    """Resolve names, offices and pronouns to the persons of the document."""
    return Component(name, "references", _resolved)


def drafted(doc: Doc) -> tuple[Layout, tuple[Mention, ...]]:
    """Return what turns are found in; `ValueError` names a component that has not run."""
    return _needs(doc, "layout", "protokollant_layout"), _needs(doc, "mentions", "protokollant_persons")


def _draft(doc: Doc) -> tuple[Layout, tuple[Mention, ...], tuple[TurnDraft, ...]]:
    return (*drafted(doc), _needs(doc, "turns", TURNS))


def _resolved(doc: Doc) -> References:
    """Resolve the mentions; only once for labels and references, unless a component between changed something."""
    draft = _draft(doc)
    before, references = doc.user_data.get(_RESOLVED, ((), None))
    if references is None or any(a is not b for a, b in zip(before, draft, strict=True)):
        references = resolve(*draft)
        doc.user_data[_RESOLVED] = (draft, references)
    return cast(References, references)


@Language.factory(
    "protokollant_links",
    requires=[
        "doc._.minutes_layout",
        "doc._.minutes_mentions",
        "doc._.minutes_turns",
        "doc._.minutes_labels",
        "doc._.minutes_references",
    ],
    assigns=["doc._.minutes_links"],
    default_config={"scorer": LEARNED},
)
def make_links(nlp: Language, name: str, scorer: str) -> Component:
    """Tie answers to their questions, by a `scorer` "learned" or "rules", and additions to what they extend."""
    choose = make_chooser(scorer)

    def predict(doc: Doc) -> Links:
        found, mentions = drafted(doc)
        turns = _needs(doc, "turns", TURNS)
        labels = _needs(doc, "labels", TURN_LABELS)
        references: References = _needs(doc, "references", "protokollant_references")
        return find_links(found, mentions, turns, labels, references, choose)

    return Component(name, "links", predict)


@Language.factory(
    "protokollant_decisions",
    requires=["doc._.minutes_layout", "doc._.minutes_turns", "doc._.minutes_labels"],
    assigns=["doc._.minutes_decisions"],
)
def make_decisions(nlp: Language, name: str) -> Component:
    """Read wording, outcome and votes of the decisions."""

    def predict(doc: Doc) -> tuple[DecisionDraft, ...]:
        found: Layout = _needs(doc, "layout", "protokollant_layout")
        turns = _needs(doc, "turns", "protokollant_turns")
        labels = _needs(doc, "labels", "protokollant_turn_labels")
        return _decisions(found, turns, [n for n, label in enumerate(labels) if label.label == "decision"])

    return Component(name, "decisions", predict)


def _decisions(layout: Layout, turns: tuple[TurnDraft, ...], deciding: list[int]) -> tuple[DecisionDraft, ...]:
    sections = sections_of(layout, turns)
    read = [(sections[n], _resolution(layout.clean.text, turns[n])) for n in deciding]
    return tuple(
        DecisionDraft(n, resolution, turns[n].wording, turns[n].result)
        for n, resolution in zip(deciding, settled(read), strict=True)
    )


def _resolution(text: str, turn: TurnDraft) -> Resolution:
    result = "\n".join(text[a:b] for a, b in turn.result)
    labelled = text[turn.start : turn.wording[1]] if turn.wording else ""  # with "Geänderter Beschluss:"
    return read_resolution(text[turn.start : turn.end], result, labelled)
