"""Whom a verb is directed to: "bittet Herrn Lux", "dankt der Verwaltung", "erkundigt sich beim Bauamt"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.lexicon import VerbFunction, pattern, word_set
from pipeline.mentions import Mention
from pipeline.syntax import PREPOSITIONS, Cue

_JOINT = re.compile(
    r"\s*(?:(?P<last>,?\s*(?:und|sowie|insbesondere|besonders|darunter|vor allem))|,)\s+"
    r"(?:besonders\s+|auch\s+)?(?:von\s+|an\s+)?(?:den\s+|die\s+|der\s+)?"
)
_CLAUSE_BEGINS = re.compile(r"[,;:]|\b(?:dass|ob)\b")
_PLAIN_OBJECT = re.compile(r"\s*(?:(?:\w+\s+){0,2})(?:der |die |den |dem |das )?")
_GENITIVE = re.compile(r"[A-ZÄÖÜ]\w+\s*(?:der |des )?$")
_OF_SOMETHING = re.compile(r"[A-ZÄÖÜ]\w+ von")
_PRONOUN = pattern("addressees.pronoun")
_ASKED_PRONOUN = pattern("addressees.asked_pronoun")
_FRONTED = pattern("addressees.fronted")
_FRONTED_BEHIND = pattern("addressees.fronted_behind")
_GREETING = word_set("addressees.greeting")
_SITTING = word_set("addressees.sitting")
_POINTING = word_set("addressees.pointing")
_CROWD = word_set("addressees.crowd")


def addressees(masked: str, mentions: Sequence[Mention], candidates: Sequence[int], cue: Cue) -> list[int]:
    """Return whom the verb of a cue is directed to: persons in the case that it asks for, behind it.

    `candidates` are the numbers of the mentions of its sentence that are no subjects, in order.
    """
    if cue.span is None or (cue.verb is None and not {"ask", "chair"} & set(cue.functions)):
        return []
    asks = "ask" in cue.functions
    case = cue.verb.object if cue.verb else "acc" if asks else "an"
    for k, i in enumerate(candidates):
        start = mentions[i].start
        if start <= cue.span[0]:
            continue
        between = masked[cue.span[1] : start]
        if _CLAUSE_BEGINS.search(between):
            break
        if cue.verb is not None and cue.verb.infinitive in _POINTING and between.split()[-1:] == ["an"]:
            break  # "verweist an das Bauamt"
        if (mentions[i].article == "beim" and (asks or case == "bei")) or _is_object(between, case, asks=asks):
            return _enumerated(masked, mentions, candidates[k:])
    return []


def fronted(masked: str, begin: int, mention: Mention, functions: Sequence[VerbFunction]) -> bool:
    """Tell whether a mention in front is spoken to: "Von Herrn Lux will ...", "An Frau Zeh gewandt ..."."""
    before = masked[begin : mention.start]
    m = _FRONTED.fullmatch(before)
    if (m is None and before) or mention.nominative is True:
        return False
    if _FRONTED_BEHIND.match(masked, mention.outer_end):
        return True
    return m is not None and ("ask" in functions if m["asks"] else before.startswith("Gegenüber"))


def greets_all(mentions: Sequence[Mention], greeted: Sequence[int], cue: Cue, cues: Sequence[Cue]) -> bool:
    """Tell whether a verb of greeting or thanks is directed to whoever is there, which makes nobody an addressee.

    "begrüßt die Anwesenden, insbesondere Frau Lux"; "eröffnet die Sitzung und begrüßt Frau Lux".
    """
    if cue.verb is None or cue.verb.infinitive not in _GREETING:
        return False
    if any(other.verb is not None and other.verb.infinitive in _SITTING for other in cues):
        return True
    heads = [(mentions[i].head or "").lower() for i in greeted[:1]]
    return any(head in _CROWD or head.removesuffix("n") in _CROWD for head in heads)


def pronoun_addressed(masked: str, cue: Cue, end: int, *, subject_first: bool) -> tuple[int, int] | None:
    """Return the pronoun for whom the verb of a cue is directed to: "antwortet ihm", "will von ihr wissen".

    "sie" is an object only where the subject stands before the verb: "Zu den Kosten fragt sie, ob ...".
    """
    if cue.span is None or {"chair", "move", "decide"} & set(cue.functions[:1]):
        return None
    clause = _CLAUSE_BEGINS.search(masked, cue.span[1], end)
    expression = _ASKED_PRONOUN if "ask" in cue.functions else _PRONOUN
    found = expression.search(masked, cue.span[1], clause.start() + 1 if clause else end)
    if found is None or (found["p"] == "sie" and not subject_first):
        return None
    return found.span("p")


def _enumerated(masked: str, mentions: Sequence[Mention], candidates: Sequence[int]) -> list[int]:
    """ "die Anwesenden, insbesondere Herrn Lux", "Herrn Lux, Frau Zeh und Herrn Rot"; no list without "und"."""
    group, sure = [candidates[0]], 1
    for i in candidates[1:]:
        joint = _JOINT.fullmatch(masked, mentions[group[-1]].outer_end, mentions[i].start)
        if not joint:
            break
        group.append(i)
        if joint["last"]:
            sure = len(group)
    return group[:sure]


def _is_object(between: str, case: str, *, asks: bool) -> bool:
    """Tell from the words between verb and mention whether the mention is the person addressed."""
    words = between.split()
    last = words[-1].lower() if words else ""
    if last in ("an", "gegenüber"):
        return True
    if last == "bei":
        return asks or case == "bei"  # "rechnet mit 20 Euro bei zwei Personen"
    if last in ("von", "vom"):
        return asks and not _OF_SOMETHING.search(between)
    if last in PREPOSITIONS or last in ("seitens", "namens") or case not in ("acc", "dat"):
        return False
    if last not in ("der", "die", "den", "dem") and _GENITIVE.search(between.rstrip() + " "):
        return False
    return _PLAIN_OBJECT.fullmatch(between) is not None
