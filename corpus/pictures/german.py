"""What the pictures say in German: whole sentences, each with its numbers."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from corpus.german import LABELS, NO_LABEL, OUTCOMES, german_date
from corpus.pictures.counting import Period, listed
from corpus.record import Label, Outcome

_BY = {"person": "Person", "party": "Partei", "outcome": "Ergebnis", "body": "Gremium"}
_PERIODS: dict[Period, str] = {"month": "Monat", "quarter": "Quartal", "year": "Jahr"}
_MARKS = str.maketrans(",.", ".,")


class German:
    """The words of German pictures; labels and outcomes are called as on the page of the report."""

    nothing = "Nichts zu zeichnen."
    others = "andere"
    no_body = "ohne Gremium"
    no_item_title = "Punkt ohne Titel"
    no_meeting = "Keine Sitzung"
    asks, is_asked = "fragt", "wird gefragt"
    questions_title = "Wer fragt wen"
    timeline_axis = "Zeichen des Textes; jede Linie ist der Anfang eines Punktes"

    def count(self, number: int) -> str:
        return self.amount(number)

    def amount(self, number: float, form: str = ".0f") -> str:
        return f"{number:,{form}}".translate(_MARKS)

    def share(self, share: float) -> str:
        return f"{self.amount(share * 100, '.1f')}\N{NO-BREAK SPACE}%"

    def date(self, day: dt.date) -> str:
        return german_date(day)

    def period(self, year: int, part: int, period: Period) -> str:
        return {"month": f"{part:02}/{year}", "quarter": f"Q{part}/{year}", "year": f"{year}"}[period]

    def label(self, label: Label | None) -> str:
        return LABELS[label] if label else NO_LABEL

    def outcome(self, outcome: Outcome) -> str:
        return OUTCOMES[outcome]

    def asked(self, one: str, other: str, number: int) -> str:
        return f"{one} an {other}: {self.count(number)}"

    def questions_caption(
        self,
        included: int,
        questions: int,
        meetings: int,
        *,
        registered: bool,
        more_ask: int,
        more_are_asked: int,
        among_others: int,
        without_asker: int,
        without_asked: int,
        to_oneself: int,
    ) -> str:
        return (
            f"{self.count(included)} von {self._counted(questions, 'Frage', 'Fragen')} in {self._meetings(meetings)}: "
            "gezählt ist, wo bekannt ist, wer fragt und wer gefragt wird, also an wen die Frage geht oder, wo das "
            "nicht steht, wer antwortet. Eine Frage von mehreren oder an mehrere steht auf mehreren Linien. "
            f"{self._persons(registered)}"
            + listed(
                "Andere",
                (more_ask, f"{self._more_names(more_ask)} bei denen, die fragen"),
                (more_are_asked, f"{self._more_names(more_are_asked)} bei denen, die gefragt werden"),
            )
            + listed(
                "Ohne Linie",
                (among_others, f"{self._counted(among_others, 'Frage', 'Fragen')} von anderen an andere"),
            )
            + listed(
                "Weggelassen",
                (without_asker, f"{self.count(without_asker)} ohne bekannte Fragende"),
                (without_asked, f"{self.count(without_asked)} ohne bekannte Gefragte"),
                (to_oneself, f"{self.count(to_oneself)} an sich selbst"),
            )
        )

    def speaking_title(self, by: Literal["person", "party"]) -> str:
        return f"Wer wie viel spricht, nach {_BY[by]}"

    def speaking_caption(
        self,
        included: int,
        turns: int,
        meetings: int,
        by: Literal["person", "party"],
        of: Literal["turns", "characters"],
        *,
        registered: bool,
        more: int,
        silent: int,
        partyless: int,
    ) -> str:
        measure = "den Redebeiträgen" if of == "turns" else "den Zeichen der Redebeiträge"
        known = "wer spricht" if by == "person" else "wer spricht und von welcher Partei"
        others = self._more_names(more) if by == "person" else self._counted(more, "weitere Partei", "weitere Parteien")
        return (
            f"{self.count(included)} von {self._of_turns(turns)} in {self._meetings(meetings)}: gezählt ist, wo "
            f"bekannt ist, {known}. Anteile an {measure}; ein Redebeitrag mehrerer ist unter ihnen geteilt."
            + (f" {self._persons(registered)}" if by == "person" else "")
            + listed("Andere, ohne Balken", (more, others))
            + listed(
                "Weggelassen",
                (silent, f"{self.count(silent)} ohne Sprecher"),
                (partyless, f"{self.count(partyless)} von Sprechern ohne genannte Partei"),
            )
        )

    def timeline_caption(
        self, shown: int, items: int, turns: int, characters: int, *, under_no_item: int, shorter: int
    ) -> str:
        return (
            f"{self.count(shown)} von {self._counted(items, 'Tagesordnungspunkt', 'Tagesordnungspunkten')} und "
            f"{self._turns(turns)} im Text von {self._counted(characters, 'Zeichen', 'Zeichen')}. "
            f"Unter keinem Punkt: {self._turns(under_no_item)}."
            + listed("Weggelassen", (shorter, self._counted(shorter, "kürzerer Punkt", "kürzere Punkte")))
        )

    def standing(self, name: str, start: int, end: int) -> str:
        return f"{name} von {self.count(start)} bis {self.count(end)}"

    def labelled(self, label: str, turns: int) -> str:
        return f"{label}: {self._turns(turns)}"

    def decisions_title(self, by: Literal["outcome", "body"], period: Period) -> str:
        return f"Beschlüsse nach {_BY[by]} und {_PERIODS[period]}"

    def decided(self, name: str, when: str, number: int) -> str:
        return f"{name}, {when}: {self.count(number)}"

    def decisions_caption(
        self,
        included: int,
        decisions: int,
        meetings: int,
        by: Literal["outcome", "body"],
        period: Period,
        *,
        more: int,
        undated: int,
    ) -> str:
        return (
            f"{self.count(included)} von {self._counted(decisions, 'Beschluss', 'Beschlüssen')} in "
            f"{self._meetings(meetings)}, nach {_BY[by]} und nach {_PERIODS[period]} der Sitzung."
            + listed("Andere, in eigenem Maßstab", (more, self._counted(more, "weiteres Gremium", "weitere Gremien")))
            + listed("Weggelassen", (undated, f"{self.count(undated)} aus Sitzungen ohne Datum"))
        )

    def _persons(self, registered: bool) -> str:
        if registered:
            return "Personen sind die des Registers; wer dort fehlt, zählt nach dem Namen."
        return "Wer denselben Namen hat, zählt als eine Person, ebenso Einwohner und Ämter ohne Namen."

    def _counted(self, number: int, one: str, many: str) -> str:
        return f"{self.count(number)} {one if number == 1 else many}"

    def _meetings(self, number: int) -> str:
        return self._counted(number, "Sitzung", "Sitzungen")

    def _turns(self, number: int) -> str:
        return self._counted(number, "Redebeitrag", "Redebeiträge")

    def _of_turns(self, number: int) -> str:
        return self._counted(number, "Redebeitrag", "Redebeiträgen")

    def _more_names(self, number: int) -> str:
        return self._counted(number, "weiterer Name", "weitere Namen")
