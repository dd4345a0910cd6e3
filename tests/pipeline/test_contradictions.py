from __future__ import annotations

import pytest

from corpus.record import Votes
from pipeline.contradictions import contradictions
from pipeline.resolutions import Resolution


@pytest.mark.parametrize(
    ("text", "votes", "unanimous", "by_party", "present", "expected"),
    [
        ("Anwesend: 9\n8 : 2", Votes(yes=8, no=2), False, {}, 30, ["t1: 10 votes, but 9 present"]),
        ("Anwesend: 10\n8 : 2", Votes(yes=8, no=2), False, {}, 5, []),
        ("8 : 2", Votes(yes=8, no=2), False, {}, 9, ["t1: 10 votes, but 9 present"]),
        ("8 : 2", Votes(yes=8, no=2), False, {}, None, []),
        ("einstimmig", Votes(no=1), True, {}, None, ["t1: called unanimous, but with 1 against"]),
        ("einstimmig", Votes(abstain=1), True, {}, None, []),
        (
            "dafür: 9 (4 CDU, 4 SPD)",
            Votes(yes=9),
            False,
            {"CDU": Votes(yes=4), "SPD": Votes(yes=4)},
            None,
            ["t1: 9 yes in all, but 8 by party"],
        ),
        ("9 Ja, davon 4 CDU", Votes(yes=9), False, {"CDU": Votes(yes=4)}, None, []),
        (
            "abgegebene Stimmen 10, gültig 8, ungültig 1",
            None,
            False,
            {},
            None,
            ["t1: 10 ballots cast, but 8 valid and 1 invalid"],
        ),
        ("abgegebene Stimmen 10, gültig 9, ungültig 1", None, False, {}, None, []),
    ],
)
def test_contradictions(
    text: str,
    votes: Votes | None,
    unanimous: bool,
    by_party: dict[str, Votes],
    present: int | None,
    expected: list[str],
) -> None:
    resolution = Resolution("adopted", votes, unanimous, by_party)
    assert list(contradictions("t1", text, resolution, present)) == expected
