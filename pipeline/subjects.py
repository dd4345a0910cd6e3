"""Speakers whom only their sentence tells: nobody but somebody who speaks "regt an" or "fragt, ob ...".

No lexicon holds every office and its abbreviation ("KBD Terhorst", "s.B. Lux", "Der Sigrist"), and clubs write bare
given names. What stands at the beginning of a sentence before a verb of speech is a speaker all the same.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.label_lines import LABEL_LEAD, TOPIC
from pipeline.layout import Layout
from pipeline.lexicon import alternatives, first_names, pattern, verbs, word_set
from pipeline.nominals import is_given_name, names_people
from pipeline.syntax import FILLERS, Syntax
from pipeline.words import looks_finite

_LEAD = pattern("attribution.lead")
_SUBJECT = pattern("subjects.subject")
_CLAUSE = pattern("subjects.clause")
_ABSTRACT = pattern("subjects.abstract")
_HUMAN = word_set("subjects.human")
_BEHIND = re.compile(r"(?:\s*[(\[][^()\n]{1,60}[)\]])*\s*(?::|(?P<word>[a-zäöüß]+)\b)")
_JOINT = re.compile(r"\s*(?:,|und|u\.|[/+&])\s+")
_ELLIPTIC = word_set("subjects.elliptic")
_NO_NAME = word_set("names.no_name") | word_set("subjects.no_name")


class Subject(NamedTuple):
    """A speaker in clean offsets, with the family or given name where one is written."""

    start: int
    end: int
    name: str | None


def speaking_subjects(layout: Layout) -> list[Subject]:
    """Return who stands before a verb of speech at the beginning of a sentence, known to a lexicon or not."""
    sure: list[Subject] = []
    bare: list[Subject] = []
    for subject, alone in _candidates(layout):
        (bare if alone else sure).append(subject)
    times = Counter(subject.name for subject in bare)
    sure += [x for x in bare if times[x.name] > 1 or (x.name or "") in first_names()]
    labelled = list(_labelled(layout))
    taken = {subject.start for subject in labelled}
    return sorted([*labelled, *(subject for subject in sure if subject.start not in taken)])


def _labelled(layout: Layout) -> Iterator[Subject]:
    """Yield the speakers whom labels show (`pipeline.label_lines`): in front of colons and of verbs."""
    labels = layout.labels
    if not labels.speakers:
        return
    text = layout.clean.text
    speaker = re.compile(rf"(?:{alternatives(labels.speakers | labels.listed)})(?!\w)")
    for unit in layout.units:
        lead = LABEL_LEAD.match(text, unit.start, unit.end)
        found = []
        topic = TOPIC.match(text, lead.end() if lead else unit.start, unit.end)
        m = speaker.match(text, lead.end() if lead else unit.start, unit.end)
        if m is None and topic:
            m = speaker.match(text, topic.end(), unit.end)
        while m is not None:
            found.append(m)
            joint = _JOINT.match(text, m.end(), unit.end)
            m = speaker.match(text, joint.end(), unit.end) if joint else None
        if found and _acts(text, found[-1].end(), unit.end):
            for m in found:
                last = m.group().rsplit(None, 1)[-1]
                listed = last in labels.listed and not last.isupper() and not names_people(last)
                yield Subject(*m.span(), last if listed or is_given_name(m.group()) else None)


def _acts(text: str, start: int, end: int) -> bool:
    """Tell whether a colon, a finite verb or what is left of a sentence in notes ("Lux auch.") stands behind a name."""
    m = _BEHIND.match(text, start, end)
    return m is not None and (m["word"] is None or looks_finite(m["word"]) or m["word"] in _ELLIPTIC)


def _candidates(layout: Layout) -> Iterator[tuple[Subject, bool]]:
    """Yield speakers and whether a single word names them, which may be any noun."""
    text = layout.clean.text
    for unit in layout.units:
        lead = _LEAD.match(text, unit.start, unit.end)
        m = _SUBJECT.match(text, lead.end() if lead else unit.start, unit.end)
        if m is None or m["verb"] not in verbs().indicative or m["verb"].endswith("en"):
            continue  # "Andere Gemeinden sehen das anders."
        noun = m["noun"] or m["name"]
        if noun in _NO_NAME or _ABSTRACT.search(noun) or (m["prefix"] or "").strip() in _NO_NAME:
            continue
        syntax = Syntax(text, m.start("verb"), unit.end)
        cue = syntax.cue(0)
        following = next((token for token in syntax.tokens[1:] if token.low not in FILLERS), None)
        if not cue.functions or cue.verb is None or (following and following.text in ("er", "sie", "Herr", "Frau")):
            continue  # "Die Frage beantwortet Frau Lux."
        human = cue.verb.infinitive in _HUMAN and bool(_CLAUSE.search(text, m.end(), unit.end))
        if not human and (m["article"] or not m["prefix"]) and m["name"] not in first_names():
            continue
        named = m.end("noun") if m["article"] else m.end("name")
        yield Subject(m.start("subject"), named, m["name"]), not m["article"] and not m["prefix"]
