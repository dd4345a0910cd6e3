"""The record of a system in the terms of the benchmarks: its turns as events, its persons as names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from corpus.record import Minutes, Person, Turn
from evaluation.external.documents import Event, Tokens
from evaluation.external.prose import Prose

_CLAUSE = re.compile(r"[,:]")
_QUOTE = re.compile(r"[„“\"»«]")


def events_of(minutes: Minutes, prose: Prose) -> tuple[Event, ...]:
    """Return the events of a record: one for each sentence of a turn that holds its cue or some of its content.

    A turn is all that one speaker says on end, an event is one quotation. So a turn is cut where the benchmark ends
    sentences. The sentence of the cue gives an event with cue and addressees; every other one continues it, as free
    indirect speech without a cue. Source is what names the speaker in that sentence, or else in the turn.
    A turn whose content the record does not tell is content from end to end.

    The type of the event with the cue is read off the text: *direct* if the message begins with a quotation mark,
    *indirect* if a comma or colon parts it from the cue ("Frau Lux teilt mit, …") or it comes first, else *reported*
    ("Frau Lux dankt der Verwaltung"): there the message is what the turn holds of the sentence, as the
    Redewiedergabe scheme has it. This mapping was chosen on the development sets.
    """
    persons = {person.id: person for person in minutes.persons}
    return tuple(event for turn in minutes.turns for event in _events(turn, persons, prose))


def names_of(minutes: Minutes, prose: Prose) -> frozenset[Tokens]:
    """Return what names persons, without honorific, title, office and party: "Frau Bürgermeisterin Eva Lux": "Eva Lux".

    A name runs from the first to the last word of the mention that belongs to the person's given or family name; a
    mention without any such word counts as it stands.
    """
    return frozenset(
        name
        for person in minutes.persons
        if person.kind == "person"
        for mention in person.mentions
        if (name := _name(person, mention, prose))
    )


def _events(turn: Turn, persons: Mapping[str, Person], prose: Prose) -> Iterator[Event]:
    cue = prose.tokens(*turn.cue) if turn.cue else frozenset()
    whole = prose.tokens(turn.start, turn.end)
    content = (_covered(turn.content, prose) or whole) - cue
    named = _covered(turn.speaker_mentions, prose)
    speakers, addressees = (_mentions(ids, persons, prose) & whole for ids in (turn.speakers, turn.addressees))
    home = {min(cue)[0]} if cue else set()
    for number in sorted({sentence for sentence, _ in content} | home):
        message = _within(content, number)
        source = _within(named, number) or _within(speakers, number) or named
        if number not in home:
            yield Event(message=message, source=source, type="indirectFreeIndirect")
            continue
        type = _type(cue, message, prose) if message else None
        if type == "reported":
            message = _within(whole, number)
        yield Event(cue=cue, message=message, source=source, addressee=_within(addressees, number), type=type)


def _within(tokens: Tokens, number: int) -> Tokens:
    return frozenset(position for position in tokens if position[0] == number)


def _mentions(ids: Iterable[str], persons: Mapping[str, Person], prose: Prose) -> Tokens:
    return _covered((span for id in ids for span in persons[id].mentions), prose)


def _covered(spans: Iterable[tuple[int, int]], prose: Prose) -> Tokens:
    return frozenset(position for span in spans for position in prose.tokens(*span))


def _type(cue: Tokens, message: Tokens, prose: Prose) -> str:
    begins, cue_ends = prose.spans[min(message)][0], prose.spans[max(cue)][1]
    if _QUOTE.match(prose.text, begins):
        return "direct"
    return "indirect" if begins < cue_ends or _CLAUSE.search(prose.text, cue_ends, begins) else "reported"


def _name(person: Person, mention: tuple[int, int], prose: Prose) -> Tokens:
    words = set(f"{person.given_name or ''} {person.name}".split())
    tokens = sorted(prose.tokens(*mention))
    known = [n for n, token in enumerate(tokens) if prose.word(token) in words]
    return frozenset(tokens[known[0] : known[-1] + 1] if known else tokens)
