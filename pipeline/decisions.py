"""Decisions: which sentences state one, with which outcome and how many votes."""

from __future__ import annotations

import re
from functools import cache

from corpus.record import Outcome, Votes
from pipeline.lexicon import pattern, rows, swiss

_NUMBERS = {
    "kein": 0, "keine": 0, "keiner": 0, "keinen": 0, "ohne": 0, "null": 0, "ein": 1, "eine": 1, "einer": 1, "einem": 1, "zwei": 2, "drei": 3, "vier": 4,
    "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15,
    "sechzehn": 16, "siebzehn": 17, "achtzehn": 18, "neunzehn": 19, "zwanzig": 20, "einundzwanzig": 21, "zweiundzwanzig": 22, "dreiundzwanzig": 23,
    "vierundzwanzig": 24, "fünfundzwanzig": 25, "dreißig": 30,
}  # fmt: skip
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
_KINDS = {
    "yes": r"(?:Ja|Für|Pro|Dafür|Zustimmungs?)(?:\s*-?\s*Stimmen?)?\b(?!-)|Stimmen?\s+(?:dafür|für)\b|Zustimmungen\b|Befürwort\w+|xZustimmung",
    "no": r"(?:Nein|Gegen|Contra|Kontra)\s*-?\s*Stimmen?\b|Gegenstimmte\b|Stimmen?\s+(?:dagegen|gegen)\b|(?:Dagegen|Nein)\b(?!-)|x?Ablehnung(?:en)?\b",
    "abstain": r"x?(?:Stimm)?Enthaltung(?:en)?\b|Enthalten\b",
}
_BEFORE = {k: re.compile(rf"(?<![\w:.,]){_N}\s*x?\s*(?:{v})", re.IGNORECASE) for k, v in _KINDS.items()}
_BEHIND = {
    k: re.compile(rf"(?<!\w)(?:{v})(?:\s*\([^)]*\))?\s*[:=]\s*(?P<n>\d{{1,3}}|keine?r?|eine?|zwei|drei|--?)(?![\d.]*\d)", re.IGNORECASE)
    for k, v in _KINDS.items()
}
_LOOSE = {k: re.compile(rf"(?i)\b(?:{v})\s+(?P<n>\d{{1,3}})(?![.\d]*\d)\b(?!\s*(?:Uhr|Euro|€|[-–]?\s*(?:Ja|Nein|Enth|Stimm|Gegen)))") for k, v in _KINDS.items()}
_RATIO = pattern("decisions.ratio")
_WITH = re.compile(rf"\bmit\s+{_N}\s+(?:von\s+\d+\s+)?Stimmen\b(?!\s*(?:der|von|aus|gegen|dagegen))", re.IGNORECASE)
_UNANIMOUS = pattern("decisions.unanimous")
_CONTEXT = pattern("decisions.context")


def unanimous(text: str) -> bool:
    """Tell whether the text says that nobody was against it."""
    return bool(_UNANIMOUS.search(text)) and not re.search(r"(?i)nicht einstimmig", text)


def votes(text: str) -> Votes | None:
    """Read the counted votes of a result, `None` where it counts none; a kind that is not counted stays `None`.

    >>> votes("Bei 3 Nein-Stimmen und einer Enthaltung mehrheitlich zugestimmt")
    Votes(yes=None, no=3, abstain=1)
    """
    found: dict[str, int] = {}
    for kind in _KINDS:
        m = _BEHIND[kind].search(text) or _BEFORE[kind].search(text) or _LOOSE[kind].search(text)
        if m:
            found[kind] = _number(m["n"])
    if "yes" not in found and "no" not in found and _CONTEXT.search(text):
        m = _RATIO.search(text)
        if m:
            found["yes"], found["no"] = int(m["yes"]), int(m["no"])
            if m["abstain"]:
                found["abstain"] = int(m["abstain"])
    if "yes" not in found:
        m = _WITH.search(text)
        if m:
            found["yes"] = _number(m["n"])
    if not found or not any(found.values()) and not re.search(r"\d", text):
        return None
    return Votes(yes=found.get("yes"), no=found.get("no"), abstain=found.get("abstain"))


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.get(text.lower(), 0)


@cache
def _outcomes() -> tuple[tuple[Outcome, re.Pattern[str]], ...]:
    return tuple((outcome, re.compile(swiss(pattern), re.IGNORECASE)) for outcome, pattern in rows("outcomes.tsv"))  # type: ignore[misc]


def outcome(result: str, wording: str = "") -> Outcome:
    """Return the outcome by the result, read with the wording; "other" where neither says anything.

    The result decides; where it only approves ("einstimmig", "15 : 0"), the wording says what was approved: a
    postponement, an election, a taking note. More no than yes votes reject.
    """
    stated, approved = _stated(result), _stated(wording)
    counted = votes(result) or votes(wording)
    if counted and counted.yes is not None and counted.no is not None and stated in (None, "adopted"):
        if counted.yes <= counted.no and counted.no:
            return "rejected"
        stated = stated or "adopted"
    if stated is None:
        return approved or "other"
    if stated == "adopted" and approved in ("noted", "elected", "postponed", "referred", "withdrawn", "amended"):
        return "adopted" if approved == "noted" and _APPROVES.search(result) else approved
    return stated


_APPROVES = pattern("decisions.approves")


def _stated(text: str) -> Outcome | None:
    return next((name for name, pattern in _outcomes() if pattern.search(text)), None) if text else None


_BODY_VERB = pattern("decisions.body_verb")
_BODY_INVERTED = pattern("decisions.body_inverted")
_VERB_NEEDS = {
    "stimm": r"\bzu\b|einstimmig|mehrheitlich|\bfür\b|\bgegen\b|\büber\b.*\bab\b",
    "nimm": r"\bKenntnis\b|\ban\b", "nahm": r"\bKenntnis\b|\ban\b", "nehm": r"\bKenntnis\b|\ban\b",
    "lehn": r"\bab\b", "spr": r"\bfür\b.*\baus\b|\bgegen\b.*\baus\b", "kommt": r"überein", "kam": r"überein", "folgt": r"Vorschlag|Empfehlung|Antrag", "fasst": r"Beschluss|Beschluß|Empfehlung|Entschließung",
    "setzt": r"\bab\b|\bfest\b|\bein\b", "stell": r"\bfest\b.*(?:Jahres|Haushalt|Beschluss)|(?:Jahres|Haushalt|Abschluss).*\bfest\b|\bzurück\b", "erklärt": r"\beinverstanden\b", "schließt": r"\ban\b",
    "erteil": r"Zustimmung|Einvernehmen|Entlastung|Auftrag|Genehmigung", "verwe": r"\b(?:in|an)\b", "verwi": r"\b(?:in|an)\b", "hebt": r"\bauf\b", "legt": r"\bfest\b",
}  # fmt: skip
_PASSIVE = pattern("decisions.passive")
# "Vorgeschlagen und stillschweigend gewählt werden ..."
_MAJORITY = pattern("decisions.majority")
_INVERTED = pattern("decisions.inverted")
_VERDICT = pattern("decisions.verdict")
_FINDING = pattern("decisions.finding")
_CONSENT = pattern("decisions.consent")
_WITHDRAWN = pattern("decisions.withdrawn")
_CONSEQUENCE = pattern("decisions.consequence")
_ELECTION = pattern("decisions.election")
_CALL = pattern("decisions.call")
_HYPOTHETICAL = pattern("decisions.hypothetical")
_BODY = pattern("decisions.body")


def is_body(noun: str) -> bool:
    """Tell whether a noun names a body that decides ("Hauptausschuss", "Rat")."""
    return bool(_BODY.search(noun))


def body_decides(text: str, end_of_subject: int, end: int) -> bool:
    """Tell whether what follows a body as subject is a decision: "Der Rat | nimmt ... zur Kenntnis"."""
    m = _BODY_VERB.match(text, end_of_subject, end)
    if not m:
        return False
    need = next((pattern for stem, pattern in _VERB_NEEDS.items() if m["verb"].startswith(stem)), None)
    return need is None or bool(re.search(need, text[m.end() : end]))


def body_decides_inverted(text: str, start: int, end: int) -> bool:
    """"Ohne weitere Aussprache fasst der Gemeinderat folgenden ...", "Sodann wählt die Synode ..."."""
    m = _BODY_INVERTED.search(text, start, end)
    if not m or not is_body(m["noun"]) or _HYPOTHETICAL.search(text[start : m.start()]):
        return False
    need = next((pattern for stem, pattern in _VERB_NEEDS.items() if m["verb"].startswith(stem)), None)
    return need is None or bool(re.search(need, text[m.end() : end])) or text[start:end].rstrip().endswith(("folgenden", "folgende", "folgenden:"))


def passive_decision(text: str, start: int, end: int) -> bool:
    """"Die Tagesordnung wird in der vorliegenden Fassung genehmigt" in a main clause."""
    if _INVERTED.match(text, start, end) or _MAJORITY.search(text, start, end):
        return True
    for m in _PASSIVE.finditer(text, start, end):
        if m["part"] == "verwiesen" and re.search(r"\bauf\b", m["between"]) and not re.search(r"\b(?:in|an) (?:den|die|das)\b", m["between"]):
            continue  # "es wurde auf den Termin verwiesen"
        if not _HYPOTHETICAL.search(text[start : m.start()]) and not re.search(r"\b(?:dass|ob)\b", m["between"]) and not re.search(r"\b(?:kann|könnte|soll|muss|müsse|solle|noch nicht|wird darum)\b", text[start : m.end()]):
            return True
    return False


def is_verdict(text: str) -> bool:
    """Tell whether a whole line is the result of a vote or its count ("Einstimmig zugestimmt", "Dafür: 8")."""
    return len(text) < 400 and bool(_VERDICT.fullmatch(text.strip().rstrip(".")))


def is_finding(text: str) -> bool:
    """Tell whether somebody finds a result or consent: "stellt einstimmige Zustimmung fest"."""
    m = _FINDING.search(text)
    return bool(m) and not _HYPOTHETICAL.search(text[: m.start()]) or bool(_CONSENT.search(text))


def is_consequence(text: str) -> bool:
    """Tell whether a sentence only says what follows from the count: "Damit ist der Antrag abgelehnt."."""
    return bool(_CONSEQUENCE.search(text))


def is_withdrawal(text: str) -> bool:
    """Tell whether somebody withdraws a motion: "zieht seinen Antrag zurück"."""
    return bool(_WITHDRAWN.search(text))


def is_ballot(text: str) -> bool:
    """Tell whether votes for persons are counted: "Frau Lux erhielt 6 Stimmen"."""
    return bool(_ELECTION.search(text))


def is_vote_call(text: str) -> bool:
    """Tell whether somebody calls the vote: "lässt über die Vorlage abstimmen"."""
    return bool(_CALL.search(text))
