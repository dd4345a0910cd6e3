from __future__ import annotations

import pytest

from corpus.record import Votes
from pipeline import ballots

Count = tuple[int | None, int | None, int | None]


def _numbers(votes: Votes | None) -> Count | None:
    return votes and (votes.yes, votes.no, votes.abstain)


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ("Genehmigt, 6 : 0 : 1.", (6, 0, 1)),
        ("Die Niederschrift wird bestätigt (4/0/1).", (4, 0, 1)),
        ("angenommen (8-1-2)", (8, 1, 2)),
        ("8 J / 1 N / 2 E", (8, 1, 2)),
        ("Gruppe der Lehrenden 5:0:1, insgesamt 10:0:2", (10, 0, 2)),
        ("Abstimmung über den Antrag: 5 : 11, damit abgelehnt", (5, 11, None)),
        ("Einstimmig (6)", (6, None, None)),
        ("gegen 2 Stimmen beschlossen", (None, 2, None)),
        ("mit 9 Ja-Stimmen gegen 3 Stimmen", (9, 3, None)),
        ("Für den Antrag stimmen 5 Mitglieder, dagegen 8.", (5, 8, None)),
        ("Dafür stimmten 12, dagegen stimmten drei, es enthielten sich 2.", (12, 3, 2)),
        ("Dagegen 5 Stimmen, alles Übrige dafür.", (None, 5, None)),
        ("Gegenstimmen: GV Lux, GV Zeh; alle übrigen dafür", (None, 2, None)),
        ("Gegenstimme: GRin Ohm, alle übrigen dafür.", (None, 1, None)),
        ("Mit 9:3 Stimmen angenommen.\nGegenstimmen: GRin Ohm, GV Lux und GV Zeh", (9, 3, None)),
        ("Der Antrag wird mit 17 gegen 8 Stimmen abgelehnt.", (8, 17, None)),
        ("Der Antrag wird mit 41 zu 20 Stimmen verworfen.", (20, 41, None)),
        ("Der Antrag wird mit 41 zu 20 Stimmen angenommen.", (41, 20, None)),
        ("angenommen, 4 J, 1 N", (4, 1, None)),
        ("Der Gegenantrag vereinigt 22 Stimmen auf sich, 30 Stimmen sind dagegen.", (22, 30, None)),
        ("mit 19 von 21 abgegebenen Stimmen gewählt", (19, None, None)),
        ("5 Ja / 0 Nein / 1 Enth.", (5, 0, 1)),
        ("Abstimmung Ja Nein Enthaltung\nCDU 4 0 0\nSPD 1 0 1\ngesamt 5 0 1", (5, 0, 1)),
        ("Enthaltungen: SPD-Fraktion", None),
        ("Die Wache (1 RTW, 24/7) wird eingerichtet, so der Beschluss.", None),
        ("Die Sitzung beginnt um 19:30 Uhr.", None),
        ("Der Beschluss vom 12.03.2024 gilt.", None),
    ],
)
def test_counted(result: str, expected: Count | None) -> None:
    assert _numbers(ballots.count(result, result, result)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "dafür: 12 (7 CDU, 5 SPD) dagegen: 3 (2 GRÜNE, 1 SPD)",
            {"CDU": (7, None, None), "SPD": (5, 1, None), "GRÜNE": (None, 2, None)},
        ),
        (
            "Abstimmung Ja Nein Enthaltung\nCDU 4 0 0\nBFB 1 0 1\ngesamt 5 0 1",
            {"CDU": (4, 0, 0), "BFB": (1, 0, 1)},
        ),
        ("angenommen gegen 6 Stimmen der SPD", {"SPD": (None, 6, None)}),
        ("30 Ja-Stimmen (SPD, CDU)", {}),
        ("Der Platz (5 Bäume, 3 Bänke) wird gebaut.", {}),
        ("gegen 6 Stimmen der Anwohner", {}),
    ],
)
def test_votes_by_party(text: str, expected: dict[str, Count]) -> None:
    assert {party: _numbers(votes) for party, votes in ballots.by_party(text).items()} == expected
