"""The words of pages and pictures in German, for readers of minutes."""

from __future__ import annotations

import datetime as dt

from corpus.record import AttendanceStatus, Capacity, Label, Outcome, Votes

LABELS: dict[Label, str] = {
    "question": "Frage",
    "answer": "Antwort",
    "addition": "Ergänzung",
    "decision": "Beschluss",
    "other": "Sonstiges",
}
NO_LABEL = "ohne Art"
OUTCOMES: dict[Outcome, str] = {
    "adopted": "angenommen",
    "rejected": "abgelehnt",
    "noted": "zur Kenntnis genommen",
    "amended": "geändert angenommen",
    "postponed": "vertagt",
    "referred": "verwiesen",
    "withdrawn": "zurückgezogen",
    "elected": "gewählt",
    "other": "anderes Ergebnis",
}
ATTENDANCE: dict[AttendanceStatus, str] = {"present": "anwesend", "excused": "entschuldigt", "absent": "abwesend"}
CAPACITIES: dict[Capacity, str] = {
    "member": "Mitglied",
    "administration": "Verwaltung",
    "guest": "Gast",
    "minutes": "Schriftführung",
}
_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = (
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
)


def german_date(day: dt.date) -> str:
    """Return "Dienstag, 14. Mai 2024"."""
    return f"{_DAYS[day.weekday()]}, {day.day}. {_MONTHS[day.month - 1]} {day.year}"


def german_times(start: dt.time | None, end: dt.time | None) -> str:
    """Return "19:00 bis 20:10 Uhr", "ab 19:00 Uhr", "bis 20:10 Uhr" or nothing."""
    begins, ends = (time.strftime("%H:%M") if time else "" for time in (start, end))
    if begins and ends:
        return f"{begins} bis {ends} Uhr"
    return f"ab {begins} Uhr" if begins else f"bis {ends} Uhr" if ends else ""


def german_votes(votes: Votes | None, unanimous: bool | None = None) -> str:
    """Return the votes as far as they are stated: "einstimmig, 11 Ja", or nothing."""
    counted = ((votes.yes, "Ja"), (votes.no, "Nein"), (votes.abstain, "Enthaltung")) if votes else ()
    stated = [
        f"{number} {word}en" if word == "Enthaltung" and number != 1 else f"{number} {word}"
        for number, word in counted
        if number is not None
    ]
    return ", ".join((*(["einstimmig"] if unanimous else []), *stated))
