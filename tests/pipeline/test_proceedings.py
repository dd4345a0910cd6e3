from __future__ import annotations

from corpus.record import Decision, Votes
from tests.pipeline.ruled import extract


def _decisions(text: str) -> tuple[tuple[Decision, ...], dict[str, str]]:
    minutes = extract(f"Anwesend: Herr Lux (CDU), Frau Zeh (SPD), Frau Ohm\n\nTOP 3 Markt\n\n{text}\n")
    return minutes.decisions, {person.id: person.name for person in minutes.persons}


def test_who_moved_and_who_took_no_part() -> None:
    (decision,), names = _decisions(
        "Auf Antrag von Frau Zeh wird der Punkt einstimmig vertagt. Herr Lux wirkt wegen Befangenheit nicht mit."
    )
    assert [names[p] for p in decision.movers] == ["Zeh"]
    assert [names[p] for p in decision.excluded] == ["Lux"]


def test_nobody_moved() -> None:
    (decision,), _ = _decisions("Der Antrag wird abgelehnt.")
    assert (decision.movers, decision.seconders, decision.excluded, decision.amends) == ((), (), (), None)


def test_an_amendment_names_the_main_motion() -> None:
    decisions, names = _decisions(
        "Änderungsantrag Frau Zeh: abgelehnt mit 3 Ja und 7 Nein\n\nDer Hauptantrag wird angenommen."
    )
    assert [decision.amends for decision in decisions] == [decisions[1].turn, None]
    assert [names[p] for p in decisions[0].movers] == ["Zeh"]


def test_votes_on_parts() -> None:
    (decision,) = extract(
        "TOP 3 Markt\n\nAbstimmungsergebnis:\nZiffer 1: einstimmig angenommen\nZiffer 2: 3 Ja, 7 Nein, abgelehnt\n"
    ).decisions
    assert [(part.label, part.outcome, part.votes) for part in decision.parts] == [
        ("Ziffer 1", "adopted", None),
        ("Ziffer 2", "rejected", Votes(yes=3, no=7)),
    ]


def test_one_vote_has_no_parts() -> None:
    (decision,), _ = _decisions("Abstimmungsergebnis:\nVorlage: einstimmig angenommen")
    assert decision.parts == ()


def test_several_ballots() -> None:
    (decision,), _ = _decisions(
        "Im ersten Wahlgang entfallen 6 Ja-Stimmen und 6 Nein-Stimmen auf Frau Zeh. Im zweiten Wahlgang wird Frau Zeh"
        " mit 8 Ja-Stimmen bei 4 Nein-Stimmen gewählt."
    )
    assert decision.rounds == (Votes(yes=6, no=6), Votes(yes=8, no=4))
    assert (decision.outcome, decision.votes) == ("elected", Votes(yes=8, no=4))
