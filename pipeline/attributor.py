"""Who speaks in a sentence, by which cue, at whose request and to whom.

The main clause decides: a speaker is the subject of its finite verb, before it ("Frau Lux fragt, ob ..."), behind it
("Zur Frage der Kosten erklärt er, ...", "..., erklärt Frau Lux."), in front of a colon ("GR. Mag. Lux: ...") or the
agent of a passive ("von Frau Lux wird gefragt"). Clauses behind "dass", "ob" or a relative pronoun have no say, and
neither have names in another case: "Herrn Zeh" is addressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from pipeline.attribution import Attribution, MentionedText
from pipeline.label_lines import TOPIC
from pipeline.lexicon import pattern
from pipeline.main_clause import MainClause
from pipeline.mentions import Mention
from pipeline.sources import echo, elliptic, nominal
from pipeline.speaker_labels import label_of
from pipeline.syntax import Syntax

_LEAD = pattern("attribution.lead")


class Attributor:
    """Read the sentences of one clean text; mentions must be in order."""

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self.source = MentionedText(text, mentions)

    def read(self, start: int, end: int, *, first: bool = True) -> Attribution | None:
        """Return the attribution of the sentence `text[start:end]`; `first` tells that it begins a block."""
        source = self.source
        inside = source.inside(start, end)
        lead = _LEAD.match(source.text, start, end)
        begin = lead.end() if lead else start
        if inside and source.mentions[inside[0]].start < begin:
            begin = start  # "1. Bürgermeister Lux" is no list item
        label = label_of(source, begin, end, inside)
        if label is not None:
            return label
        topic = TOPIC.match(source.text, begin, end) if first and inside else None
        if topic and source.mentions[inside[0]].start == topic.end():
            begin = topic.end()
            inside = source.inside(begin, end)
            label = label_of(source, begin, end, inside)
            if label is not None:
                return label
        syntax = Syntax(source.masked, begin, end)
        if not syntax.tokens:
            return None
        sentence = MainClause(source, begin, end, inside, syntax)
        found = sentence.subject() or nominal(sentence) or echo(sentence) or (sentence.elided() if first else None)
        if first and (found is None or not found.functions):
            found = elliptic(sentence) or found
        if found is None:
            return None
        spoken_to, *_ = groups = sentence.addressees(found)
        everybody = (
            sentence.askers
            or found.addressees
            or tuple(dict.fromkeys(chain.from_iterable(sentence.met(found, groups))))
        )
        functions = found.functions
        if found.verb is not None and found.verb.infinitive == "begrüßen" and spoken_to:
            functions = ("chair", *functions[1:])  # "begrüßt die Synodalen" against "begrüßt den Antrag"
        addressed = found.addressed if everybody or found.addressed else sentence.pronoun_addressed(found)
        return replace(
            found,
            functions=functions,
            askers=sentence.askers,
            addressees=everybody,
            addressed=addressed,
            on_request=sentence.asked,
        )
