"""Decisions: which sentences state one, with which outcome and how many votes."""

from __future__ import annotations

import re
from functools import cache

from corpus.record import Outcome, Votes
from pipeline.lexicon import rows, swiss

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
_RATIO = re.compile(
    r"(?<![\d.:,/])(?P<yes>\d{1,3})\s*(?P<by>[:/]|zu|gegen)\s*(?P<no>\d{1,3})(?:\s*(?:[:/]|zu|bei)\s*(?P<abstain>\d{1,3}))?(?![\d.:,/])(?!\s*Uhr)(?:\s*(?:Stimmen|angenommen|abgelehnt|beschlossen|genehmigt)|(?=\s*(?:$|[.,;)(–-]|bei\b|mit\b)))"
)
_WITH = re.compile(rf"\bmit\s+{_N}\s+(?:von\s+\d+\s+)?Stimmen\b(?!\s*(?:der|von|aus|gegen|dagegen))", re.IGNORECASE)
_UNANIMOUS = re.compile(
    r"(?i)\beinstimmig|\beinmütig|\beinvernehmlich|\beinhellig|ohne (?:Gegenstimmen?|Gegenstimme)|ausschließlich Zustimmung|allseitige[nrs]? (?:Zustimmung|Einv)|alle[rn]? (?:Fraktionen|Mitglieder|Anwesenden) (?:stimmen|zugestimmt)|von allen"
)
_CONTEXT = re.compile(r"(?i)stimm|abstimm|beschl|angenommen|abgelehnt|ergebnis|zugest|genehmigt|anwesend|^\s*\(?\d+\s*[:/]\s*\d+")


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


_APPROVES = re.compile(r"(?i)zugestimmt|zustimmung|beschlossen|angenommen|annahme|genehmigt")


def _stated(text: str) -> Outcome | None:
    return next((name for name, pattern in _outcomes() if pattern.search(text)), None) if text else None


_BODY_VERB = re.compile(
    r"\s+(?:\([^)]*\)\s+)?(?:(?!möge|soll|woll|kann|könn|müss|hat|habe)[a-zäöüß]+\s+){0,3}?(?P<verb>beschließt|beschliesst|beschloss|beschließen|beschlossen|empfiehlt|empfahl|empfehlen|stimmt|stimmte|stimmen|nimmt|nahm|nehmen|nahmen|genehmigt|genehmigte|lehnt|lehnte|wählt"
    r"|wählte|wählen|vertagt|vertagte|verweist|verwies|überweist|überwies|beauftragt|beauftragte|ermächtigt|ermächtigte|bestätigt|bestätigte|billigt|billigte|verabschiedet|verabschiedete|fasst|fasste|benannte|billigten|nahm|erteilt|erteilte"
    r"|bestellt|bestellte|benennt|befürwortet|befürwortete|spricht|sprach|kommt|kam|verständigt|verständigte|folgt|folgte|setzt|setzte|stellt|erklärt|schließt|votiert|votierte|anerkennt|gewährt|entlastet|hebt|legt)\b"
)
_BODY_INVERTED = re.compile(
    r"\b(?P<verb>beschließt|beschliesst|beschloss|empfiehlt|empfahl|genehmigt|genehmigte|wählt|wählte|fasst|fasste|stimmt|stimmte|nimmt|nahm|bestätigt|verabschiedet|billigt|vertagt|verweist|lehnt|lehnte|beauftragt)\s+(?:der|die|das)\s+(?P<noun>[A-ZÄÖÜ][\w-]+)"
)
_VERB_NEEDS = {
    "stimm": r"\bzu\b|einstimmig|mehrheitlich|\bfür\b|\bgegen\b|\büber\b.*\bab\b",
    "nimm": r"\bKenntnis\b|\ban\b", "nahm": r"\bKenntnis\b|\ban\b", "nehm": r"\bKenntnis\b|\ban\b",
    "lehn": r"\bab\b", "spr": r"\bfür\b.*\baus\b|\bgegen\b.*\baus\b", "kommt": r"überein", "kam": r"überein", "folgt": r"Vorschlag|Empfehlung|Antrag", "fasst": r"Beschluss|Beschluß|Empfehlung|Entschließung",
    "setzt": r"\bab\b|\bfest\b|\bein\b", "stell": r"\bfest\b.*(?:Jahres|Haushalt|Beschluss)|(?:Jahres|Haushalt|Abschluss).*\bfest\b|\bzurück\b", "erklärt": r"\beinverstanden\b", "schließt": r"\ban\b",
    "erteil": r"Zustimmung|Einvernehmen|Entlastung|Auftrag|Genehmigung", "verwe": r"\b(?:in|an)\b", "verwi": r"\b(?:in|an)\b", "hebt": r"\bauf\b", "legt": r"\bfest\b",
}  # fmt: skip
_PASSIVE = re.compile(
    r"\b(?:wird|werden|wurde|wurden|ist|sind)\b(?P<between>(?:[^.;:]|(?<=\d)\.|[.:](?!\s+[A-ZÄÖÜ„])){0,260}?)\b(?P<part>beschlossen|angenommen|abgelehnt|genehmigt|vertagt|verwiesen|zurückgestellt|zurückgezogen|gewählt|wiedergewählt|abgesetzt|zugestimmt|bestätigt|verabschiedet"
    r"|überwiesen|gebilligt|empfohlen|entlastet|verschoben|zur Kenntnis genommen|für erledigt erklärt|gefasst|entsprochen|stattgegeben|gefolgt|bestellt|bestimmt|benannt|berufen|entsandt|erteilt|geschlossen(?= angenommen)|von der Tagesordnung genommen)\b(?!\s+(?:werden|worden sei|hat|habe|haben|hatte|sei|seien|wird|soll|sollen|müssen|können))"
)
# "Vorgeschlagen und stillschweigend gewählt werden ..."
_MAJORITY = re.compile(r"\b(?:findet|fand|finden|fanden|erhält|erhielt|verfehlt|verfehlte)\b[^,;]*\b(?:k?eine |die )?(?:erforderliche |nötige )?Mehrheit\b")
_INVERTED = re.compile(r"(?:\w+ und )?(?:\w+ )?(?:[Gg]ewählt|[Bb]eschlossen|[Gg]enehmigt|[Aa]ngenommen|[Bb]estätigt) (?:wird|werden|wurde|wurden|ist|sind)\b")
_VERDICT = re.compile(
    r"(?ix) (?:[-–•*]\s*)? (?: \(? (?:ein|mehr)(?:stimmig|heitlich)\w* \b .{0,120} | (?:bei|mit) \s+ (?:\w+\s+){0,2} (?:\d+|eine[rnm]?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn) \s* (?:Ja|Nein|Gegen|Stimm|Enthalt|Für|dafür) .*"
    r"| (?:mit\s+)?\d+ \s* (?:x?\s*Ja\b|Nein|Gegen|Enthalt|Stimmen|Für-?stimmen|dafür|dagegen|x?Zustimmung).* | (?:Ja|Nein|Enthaltung(?:en)?|Dafür|Dagegen|Ja-Stimmen|Nein-Stimmen|Gegenstimmen|Stimmenthaltung(?:en)?|Befangen|Abgegebene\sStimmen|Zustimmung|Ablehnung) \s* :? \s* (?:\d|:|$|-|keine|\().*"
    r"| (?:Abstimmung(?:sergebnis)?|Ergebnis) \s* :? \s* \d+ \s* [:/] .* | \d+ \s* [:/] \s* \d+ (?:\s*[:/]\s*\d+)? .{0,60}"
    r"| (?:zur\s)?Kenntnis(?:nahme|\sgenommen|se?\sgenommen)\b.{0,80} | zustimmend\b.* | (?:un)?geändert\s+beschlossen.* | (?:ohne\s(?:Votum|Beschluss|Gegenstimmen?|Enthaltung\w*)|angenommen|abgelehnt|vertagt|zurückgestellt|zugestimmt|genehmigt|verwiesen|abgesetzt|beschlossen)\b.{0,80} | ohne | keine\sAbstimmung.* | so\sbeschlossen.* | wie\s(?:Antrag|Vorlage).{0,40}"
    r"| (?:Mehrheitliche|Einstimmige)\b.* ) $"
)
_FINDING = re.compile(
    r"""(?x) \b(?: (?:stelle|stellt|stellte|stellen|hält|hielt)\b (?=.*\b(?:fest|feststellen)\b) | (?:konstatiert|konstatierte|erklärt|erklärte|verkündet|verkündete)\b | (?:fasst|fasste)\b(?=.*\bzusammen\b) | (?:gibt|gab)\b(?=.*\bbekannt\b) )
    .*? (?: (?:einstimmige|mehrheitliche|allgemeine|allseitige|ausschließlich\w*|breite|grundsätzliche)? \s* \b(?:Zustimmung|Kenntnisnahme|Einvernehmen|Einverständnis|Ablehnung|Annahme|Konsens|Einstimmigkeit|Vorberatung|Verweis|Verweisung|Überweisung|Vertagung|Erledigung|Mehrheit)\b
    | \b(?:einstimmig|mehrheitlich)\b | für\s(?:angenommen|abgelehnt|beschlossen|gewählt|erledigt) | (?:angenommen|abgelehnt|beschlossen|gewählt|verwiesen|zugestimmt|genehmigt|vertagt)\s(?:worden\s)?(?:ist|sei|seien|sind|wurde|werde) | kein(?:en)?\sWiderspruch )
    | \b(?:stellt|stellte|setzt|setzte|nimmt|nahm)\b [^,]* \b(?:Tagesordnung|Tagesordnungspunkte?|TOP)\b .* \b(?:zurück|ab|herunter)\b"""
)
_CONSENT = re.compile(
    r"(?:(?:Es|Hierüber|Darüber|Dazu|Hierzu|Damit) (?:besteht|bestand|herrscht|herrschte|gibt|gab|erhebt sich|erhob sich) (?:\w+ )?(?:Einvernehmen|Einverständnis|Konsens|Einigkeit|kein Widerspruch|keinen Widerspruch|keine Einwände|keinen Einwand)|Hiergegen erh[eo]bt? sich kein|"
    r"(?:Dagegen|Hiergegen|Dem) (?:wird|wurde|erhebt sich|erhob sich) (?:nicht widersprochen|kein Widerspruch)|Widerspruch erh[eo]bt? sich nicht|(?:Die|Der) (?:Mitglieder|Ausschussmitglieder|Anwesenden|Fraktionen|Ratsmitglieder)\b[^.,]{0,60}\b(?:stimmen|stimmten)\b[^.,]{0,80}\bzu\b)"
)
_WITHDRAWN = re.compile(r"\b(?:zieht|ziehen|zog|zogen)\b[^.,]*\b(?:Antrag|Anträge|Änderungsantrag|Anfrage|Vorlage)\b[^.,]*\bzurück\b|\bnimmt\b[^.,]*\bAntrag\b[^.,]*\bzurück\b")
_CONSEQUENCE = re.compile(
    r"^(?:Damit|Somit|Demnach)\b|\b(?:ist|sind|wird|war|wurde) (?:damit|somit)\b"
    r"|^(?:Der|Die) (?:\w*[Aa]ntrag|Vorlage|Beschluss\w*|Vorschlag) (?:ist|wird|wurde|war) (?:\w+ )?(?:abgelehnt|angenommen|beschlossen|genehmigt)\.?$"
)
_ELECTION = re.compile(r"\b(?:erhielt|erhielten|erhält|erhalten|entfielen|entfallen|entfiel)\b.*\bStimmen?\b")
_CALL = re.compile(
    r"\b(?:um ein|um das) (?:Zeichen|Handzeichen)|\blasse ich\b[^\n]{0,80}\babstimmen|(?:lässt|ließ|lassen)\b[^\n]{0,120}\babstimmen|(?:stellt|stellte)\b[^\n]{0,160}\bzur Abstimmung|(?:kommen wir|wir kommen)\b[^\n]{0,60}\bAbstimmung|bring\w+ \b[^\n]{0,80}\bzur Abstimmung|\bum das Handzeichen"
)
_HYPOTHETICAL = re.compile(r",\s*(?:dass|ob|wenn|falls|weil|da|sofern|nachdem|welche[rs]?|die|der|das)\b[^,]*$")
_BODY = re.compile(
    r"(?i)(?:rat|ausschuss|ausschuß|kreistag|versammlung|vertretung|bürgerschaft|beirat|senat|synode|kommission|gremium|plenum|parlament|konvent|hauptausschuss|landtag|bezirkstag|samtgemeinderat|präsidium|konferenz|fakultätsrat|mitglieder|magistrat|gemeindevorstand|vorstand|vollversammlung|kirchenvorstand|presbyterium)(?:s|es)?$"
)


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
