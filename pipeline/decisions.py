"""Decisions: which sentences state one, and with which outcome."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from corpus.record import Outcome
from pipeline.lexicon import Verb, pattern, rows, swiss, verbs, word_set
from pipeline.syntax import Syntax, is_subjunctive
from pipeline.votes import votes


def unanimous(text: str) -> bool:
    """Tell whether the text says that nobody was against it."""
    return bool(_UNANIMOUS.search(text)) and not re.search(r"(?i)nicht einstimmig", text)


_UNANIMOUS = pattern("decisions.unanimous")
_APPROVES = pattern("decisions.approves")
_BODY_VERB = pattern("decisions.body_verb")
_BODY_INVERTED = pattern("decisions.body_inverted")
_PASSIVE = pattern("decisions.passive")
_MAJORITY = pattern("decisions.majority")
_ACTS = pattern("decisions.acts")
_MOTION_PASSIVE = pattern("decisions.motion_passive")
_ELLIPTIC = pattern("decisions.elliptic")
_SETTLES = pattern("decisions.settles")
_CONCLUDES = pattern("decisions.concludes")
_NOMINATION = pattern("decisions.nomination")
_INVERTED = pattern("decisions.inverted")
_VERDICT = pattern("decisions.verdict")
_NAMED_VERDICT = pattern("decisions.named_verdict")
_BARE_VERDICT = pattern("decisions.bare_verdict")
_VOTED = pattern("decisions.voted")
_EARLIER = pattern("decisions.earlier")
_MANNER = pattern("decisions.manner")
_RIDER = pattern("decisions.rider")
_TOLD = pattern("decisions.told")
_TABLE_HEAD = pattern("ballots.table_head")
_TABLE_ROW = pattern("ballots.table_row")
_EXCLUDED = pattern("decisions.excluded")
_WORDING = pattern("decisions.wording")
_FINDING = pattern("decisions.finding")
_CONSENT = pattern("decisions.consent")
_WITHDRAWN = pattern("decisions.withdrawn")
_CONSEQUENCE = pattern("decisions.consequence")
_ELECTION = pattern("decisions.election")
_CALL = pattern("decisions.call")
_HYPOTHETICAL = pattern("decisions.hypothetical")
_BODY = pattern("decisions.body")
_BLANK = re.compile(r"(?:Ja|Nein|Dafür|Dagegen)[\w-]*\s*:\s*[._…]{3,}")  # a form that nobody filled in
_REFUSES = re.compile(r"\blehn\w+\b.*\bab\b|\babgelehnt\b")
_SPLIT_VERB = re.compile(r"\bauf\b")
_TO_A_BODY = re.compile(r"\b(?:in|an) (?:den|die|das)\b")
_SUBORDINATE = re.compile(r"\b(?:dass|ob)\b")
_CONDITIONAL = re.compile(r"\b(?:kann|könnte|soll|muss|müsse|solle|noch nicht|wird darum)\b")
_PAST = ("wurde", "ist", "sind")
_ANNOUNCING = ("folgenden", "folgende", "folgenden:")
_IDLE = word_set("decisions.idle")
_IDLE_PARTICIPLES = word_set("decisions.idle_participles")
_VERB_NEEDS = tuple((stem, re.compile(need)) for stem, need in rows("resolution_verbs.tsv"))


@cache
def _outcomes() -> tuple[tuple[Outcome, re.Pattern[str]], ...]:
    return tuple(
        (cast(Outcome, name), re.compile(swiss(expression), re.IGNORECASE)) for name, expression in rows("outcomes.tsv")
    )


def outcome(result: str, wording: str = "") -> Outcome:
    """Return the outcome by the result, read with the wording; "other" where neither says anything.

    The result decides; where it only approves ("einstimmig", "15 : 0"), the wording says what was approved: a
    postponement, an election, a taking note. More no than yes votes reject.
    """
    if _BLANK.search(result):
        return "other"
    stated, approved = stated_outcome(result), stated_outcome(wording)
    counted = votes(result) or votes(wording)
    if counted and counted.yes is not None and counted.no is not None and stated in (None, "adopted"):
        if counted.yes <= counted.no and counted.no:
            return "rejected"
        stated = stated or "adopted"
    if approved == "rejected" and stated == "adopted" and _REFUSES.search(wording) and not _APPROVES.search(result):
        return "rejected"  # the body adopts that it refuses
    if stated is None:
        return approved or "other"
    if stated == "other" and approved in ("noted", "postponed", "referred", "withdrawn"):
        return approved  # "zur Kenntnis genommen" above "erledigt, keine Abstimmung"
    if stated == "adopted" and approved in ("noted", "elected", "postponed", "referred", "withdrawn", "amended"):
        return "adopted" if approved == "noted" and _APPROVES.search(result) else approved
    return stated


def stated_outcome(text: str) -> Outcome | None:
    """Return what a text says by itself about the outcome, `None` where it says nothing."""
    return next((name for name, found in _outcomes() if found.search(text)), None) if text else None


def is_body(noun: str) -> bool:
    """Tell whether a noun names a body that decides ("Hauptausschuss", "Rat")."""
    return bool(_BODY.search(noun))


def body_decides(text: str, end_of_subject: int, end: int) -> bool:
    """Tell whether what follows a body as subject is a decision: "Der Rat | nimmt ... zur Kenntnis"."""
    m = _BODY_VERB.match(text, end_of_subject, end)
    return m is not None and _completed(m["verb"], text[m.end() : end])


def body_acts(text: str, end_of_subject: int, end: int) -> bool:
    """Tell whether a body, where it sits, does more than talk and be: "Der Rat | spricht 3000 Franken"."""
    m = _ACTS.match(text, end_of_subject, end)
    return m is not None and _acts(m["verb"], text[m.end() : end])


def _acts(verb: str, rest: str) -> bool:
    need = next((need for stem, need in _VERB_NEEDS if verb.startswith(stem)), None)
    if need:
        return bool(need.search(rest))
    return verb not in _IDLE and not is_subjunctive(verb) and not _speech(verbs().indicative.get(verb, ()))


def _speech(readings: tuple[Verb, ...]) -> bool:
    return any(verb.function != "decide" for verb in readings)


def body_decides_inverted(text: str, start: int, end: int) -> bool:
    """ "Ohne weitere Aussprache fasst der Gemeinderat folgenden ...", "Sodann wählt die Synode ..."."""
    m = _BODY_INVERTED.search(text, start, end)
    if not m or not is_body(m["noun"]) or _HYPOTHETICAL.search(text[start : m.start()]):
        return False
    return _completed(m["verb"], text[m.end() : end]) or text[start:end].rstrip().endswith(_ANNOUNCING)


def _completed(verb: str, rest: str) -> bool:
    need = next((need for stem, need in _VERB_NEEDS if verb.startswith(stem)), None)
    return need is None or bool(need.search(rest))


def passive_decision(text: str, start: int, end: int) -> bool:
    """ "Die Tagesordnung wird in der vorliegenden Fassung genehmigt" in a main clause."""
    if _INVERTED.match(text, start, end) or _MAJORITY.search(text, start, end):
        return True
    m = _MOTION_PASSIVE.match(text, start, end)
    if m and m["part"] not in _IDLE_PARTICIPLES and not _speech(verbs().participle.get(m["part"], ())):
        return True
    for m in _PASSIVE.finditer(text, start, end):
        between = m["between"]
        if m["part"] == "verwiesen" and _SPLIT_VERB.search(between) and not _TO_A_BODY.search(between):
            continue  # "es wurde auf den Termin verwiesen"
        if _HYPOTHETICAL.search(text[start : m.start()]) or _SUBORDINATE.search(between):
            continue
        if _MANNER.search(between) or (m.group().startswith(_PAST) and _EARLIER.search(between)):
            continue
        if not _CONDITIONAL.search(text[start : m.end()]):
            return True
    return False


def is_verdict(text: str) -> bool:
    """Tell whether a whole line is the result of a vote or its count ("Einstimmig zugestimmt", "Dafür: 8")."""
    bare = text.strip().rstrip(".")
    return len(text) < 400 and not bare.endswith(("– Nein", "– Ja")) and bool(_VERDICT.fullmatch(bare))


def is_named_verdict(text: str) -> bool:
    """Tell whether a line names what was voted on, and the result: "Änderungsantrag SPD: abgelehnt"."""
    if len(text) > 400:
        return False
    named = _NAMED_VERDICT.match(text)
    if named is not None and (is_verdict(named["result"]) or _INVERTED.match(named["result"])):
        return True
    return bool(_BARE_VERDICT.match(text))


def is_elliptic(text: str) -> bool:
    """Tell whether a sentence without a verb of its own can state a result: "Als Material überwiesen."."""
    m = _ELLIPTIC.match(text)
    return m is not None and not Syntax(text, 0, m.start("part")).finite()


def settles(text: str) -> bool:
    """Tell whether words decide, whoever is the subject: "Er wird ohne Gegenstimme gewählt und nimmt an."."""
    return bool(_SETTLES.search(text))


def is_nomination(text: str) -> bool:
    """Tell whether a line names an office and who is proposed or elected for it: "Kassenwart: Vorschlag Jan Lux"."""
    return bool(_NOMINATION.match(text))


def is_voted(text: str) -> bool:
    """Tell whether a count or consent makes a resolution of a passive: "wird befürwortet (5:0:1)"."""
    return bool(_VOTED.search(text))


def excludes(text: str) -> bool:
    """Tell whether somebody takes no part in a resolution: "Frau Lux wirkt wegen Befangenheit nicht mit"."""
    return len(text) < 300 and bool(_EXCLUDED.search(text))


def is_rider(text: str) -> bool:
    """Tell whether a sentence behind a resolution belongs to it: "Die Verwaltung wird um Bericht gebeten."."""
    return bool(_RIDER.search(text))


def tells(text: str) -> bool:
    """Tell whether the chair says word by word how a vote ended: "Dann ist das so beschlossen."."""
    return bool(_TOLD.search(text))


def concludes(text: str) -> bool:
    """Tell whether a chair who speaks draws a conclusion: "Dann haben wir davon Kenntnis genommen."."""
    return bool(_CONCLUDES.match(text))


def is_table_head(text: str) -> bool:
    """Tell whether a line heads a table of votes: "Abstimmung  Ja  Nein  Enthaltung"."""
    return bool(_TABLE_HEAD.search(text))


def is_table_row(text: str) -> bool:
    """Tell whether a line is a row of a table of votes: "CDU  4  0  1"."""
    return bool(_TABLE_ROW.fullmatch(text.strip()))


def is_wording(text: str) -> bool:
    """Tell whether a sentence above a result can be its wording though it stands right below a speech."""
    return bool(_WORDING.match(text))


def is_finding(text: str) -> bool:
    """Tell whether somebody finds a result or consent: "stellt einstimmige Zustimmung fest"."""
    m = _FINDING.search(text)
    return bool(_CONSENT.search(text)) or (m is not None and not _HYPOTHETICAL.search(text[: m.start()]))


def is_consequence(text: str) -> bool:
    """Tell whether a sentence only says what follows from the count: "Damit ist der Antrag abgelehnt."."""
    return bool(_CONSEQUENCE.search(text))


def is_withdrawal(text: str) -> bool:
    """Tell whether somebody withdraws a motion: "zieht seinen Antrag zurück"."""
    return bool(_WITHDRAWN.search(text))


def is_ballot(text: str) -> bool:
    """Tell whether votes for persons are counted: "Frau Lux erhielt 6 Stimmen"."""
    return bool(_ELECTION.search(text))


def is_election(text: str) -> bool:
    """Tell whether a resolution elects or counts votes for persons."""
    return is_ballot(text) or stated_outcome(text) == "elected"


def is_vote_call(text: str) -> bool:
    """Tell whether somebody calls the vote: "lässt über die Vorlage abstimmen"."""
    return bool(_CALL.search(text))
