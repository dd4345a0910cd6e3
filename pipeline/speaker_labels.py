"""Speakers in front of a colon: "GR. Mag. Lux: Ich stelle ...", "LU → ZE: ...", "Frau Lux an Herrn Zeh: ..."."""

from __future__ import annotations

import re

from pipeline.attribution import Attribution, MentionedText
from pipeline.lexicon import VerbFunction, pattern, verbs
from pipeline.mentions import Mention
from pipeline.syntax import Syntax, is_finite

_BEFORE_LABEL = re.compile(r"[\w|/ .(-]{0,24}")
_LABEL_TAIL = pattern("attribution.label_tail")
# what else a label says of the speaker: "Lux (SPD) (zur Geschäftsordnung):", "Lux [persönliche Erklärung]:"
_LABEL_NOTES = re.compile(
    r"(?:\s*[(\[][^()\[\]\n]{1,60}[)\]]){1,3}(?:\s+[-–]\s+[A-ZÄÖÜ]\w+)?(?=\s*:)|\s+[-–]\s+[A-ZÄÖÜ]\w+(?=:)"
)
# a label that names nobody: "Eigentümerin Whg. 7:", "Bürger 2:"
_LABEL_NUMBER = re.compile(r"\.?(?:\s+[A-ZÄÖÜ][\w.-]*){0,2}(?:\s+\d{1,3})?(?=\s*:)")
_AGREES = pattern("attribution.agrees")
_LABEL_END = re.compile(r"\s*[)]?\s*(?:gewandt\s*)?(?P<verb>fragt|antwortet|erklärt|meint)?\s*:")
_HECKLE = re.compile(r"\(?(?:Zu|Zwischen|Ein)rufe?\s+(?:von\b|vom\b|des\b|der\b|aus\b)")
_LABEL_TO = re.compile(r"\s*(?:→|->|an)\s+(?:(?:den|die|das)\s+)?")
_COLLEAGUE = pattern("attribution.colleague")
_LABEL_FUNCTIONS: dict[str, tuple[VerbFunction, ...]] = {"fragt": ("ask",), "antwortet": ("reply",)}


def label_of(source: MentionedText, begin: int, end: int, inside: list[int]) -> Attribution | None:
    """Read "GR. Mag. Lux: Ich stelle ...", "(Pauline): ...", "Zusatzfrage Stv. Lux: ..."."""
    for i in inside[:2]:
        mention = source.mentions[i]
        if mention.start > begin and not _BEFORE_LABEL.fullmatch(source.text, begin, mention.start):
            break
        to = _addressed_by_label(source, i, end)
        agrees = _AGREES.match(source.text, mention.outer_end, end) if mention.start == begin else None
        if agrees:  # notes: "GR Lux ebenso."
            return Attribution("before", (i,), cue=agrees.span("cue"), functions=("opinion",))
        behind = _label_end(source, i, to, begin, end)
        oblique = mention.nominative is False and not _HECKLE.match(source.text, begin)
        if not behind or oblique or _names_only(source, behind.end(), end, to or i):
            continue
        functions: tuple[VerbFunction, ...] = ()
        if behind["verb"]:
            functions = _LABEL_FUNCTIONS.get(behind["verb"], ("report",))
        else:
            functions = _predicate(source, behind.end(), end)
        spoken_to = (to,) if to else _called(source, behind.end(), end)
        return Attribution(
            "label", (i,), cue=(behind.end() - 1, behind.end()), functions=functions, addressees=spoken_to
        )
    return None


def _predicate(source: MentionedText, start: int, end: int) -> tuple[VerbFunction, ...]:
    """What the label does where the note behind it begins with its verb: "Frau Lux: fragt nach den Kosten"."""
    syntax = Syntax(source.masked, start, end)
    if not syntax.tokens or syntax.tokens[0].low not in verbs().indicative:
        return ()
    return syntax.cue(0).functions


def _label_tail(source: MentionedText, mention: Mention, begin: int, end: int) -> int:
    """Offset behind what may stand between a name and its colon: "Frau Lux, MBA, an Herrn Zeh gewandt: ..."."""
    behind = source.behind(mention)
    notes = _LABEL_NOTES.match(source.text, behind, end)
    if notes:
        return notes.end()
    number = _LABEL_NUMBER.match(source.text, behind, end)
    unnamed = number and (mention.kind in ("office", "citizen") or number.group().strip(". ").isdigit())
    if number and unnamed and mention.start == begin and mention.kind != "group":
        return number.end()
    m = _LABEL_TAIL.match(source.text, behind, end)
    if not m or mention.start != begin or mention.kind == "group":
        return behind
    between = Syntax(source.masked, behind, m.end()).tokens
    if any(is_finite(token.text) and not token.text.startswith("ge") for token in between):
        return behind  # "gewandt" is no finite verb
    return m.end()


def _addressed_by_label(source: MentionedText, i: int, end: int) -> int | None:
    """The mention behind the speaker in "Frau Lux an Herrn Zeh: ..." or "LU → ZE: ..."."""
    if i + 1 >= len(source.mentions) or source.mentions[i + 1].start >= end:
        return None
    between = _LABEL_TO.fullmatch(source.text, source.mentions[i].outer_end, source.mentions[i + 1].start)
    return i + 1 if between else None


def _called(source: MentionedText, start: int, end: int) -> tuple[int, ...]:
    """Whom verbatim speech calls by name or office: "Herr Bürgermeister, wann ...?", "Das stimmt, Frau Lux."."""
    for i in source.inside(start, end):
        mention = source.mentions[i]
        called = mention.honorific or _COLLEAGUE.match(source.text, mention.start)
        if mention.nominative is False or mention.article or not called:
            continue
        before = source.text[start : mention.start].rstrip()
        follows = source.text[mention.outer_end : mention.outer_end + 1]
        if (not before or before[-1] in ".!?:,–") and follows in (",", "!", ".", "?"):
            return (i,)
    return ()


def _label_end(source: MentionedText, i: int, to: int | None, begin: int, end: int) -> re.Match[str] | None:
    """The colon behind a speaker, and behind whom the label addresses or what else it says."""
    behind = _LABEL_END.match(source.text, source.mentions[to].outer_end, end) if to else None
    return behind or _LABEL_END.match(source.text, _label_tail(source, source.mentions[i], begin, end), end)


def _names_only(source: MentionedText, start: int, end: int, label: int) -> bool:
    """Tell whether a label is followed by a name and no sentence: a line of the attendance list.

    "Frau Bürgermeisterin!", "Herr Präsident, meine Damen und Herren!" call somebody.
    """
    k = label + 1
    if k >= len(source.mentions) or not start <= source.mentions[k].start <= min(start + 3, end - 1):
        return False
    if source.text[start:end].rstrip().endswith(("!", "?")):
        return False
    return not Syntax(source.masked, source.mentions[k].outer_end, end).finite()
