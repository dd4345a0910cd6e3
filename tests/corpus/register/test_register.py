from __future__ import annotations

import csv
import datetime as dt
import re
import resource
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from corpus.generation.archive import invented_archive
from corpus.register.agreement import Agreement, agreement
from corpus.register.comparing import CANDIDATE, PROPOSED, compare
from corpus.register.corrections import (
    NO_CORRECTIONS,
    CorrectionError,
    Corrections,
    read_corrections,
    reference_text,
    register_ids,
)
from corpus.register.entries import Appearance, Entry, appearances, folded
from corpus.register.houses import houses
from corpus.register.proposing import Register, propose
from corpus.register.table import COLUMNS, register_rows
from corpus.writers.cells import csv_line

ENDINGS = ("bach", "mann", "hoff", "stein", "wald", "er", "ing", "au")
SURNAMES = [
    f"{a}{b}" for a in ("Alt", "Berg", "Dorn", "Erl", "Fin", "Gold", "Hag", "Kirch", "Lind", "Ost") for b in ENDINGS
]
_NUMBER = count()
COUNCIL = ("Ines Falk", "Bernd Roth", "Carla Ebel", "Dora Thies", "Emil Zeh")


def _sitting(source: str, *people: str | Appearance, year: int = 2020, body: str = "Rat") -> list[Appearance]:
    """One document with the people named, "Anna Lux (SPD)", and five others whom the house knows it by."""
    found = []
    for number, one in enumerate((*people, *COUNCIL), 1):
        if isinstance(one, str):
            name, _, party = one.removesuffix(")").partition(" (")
            given, _, family = name.rpartition(" ")
            one = Appearance(
                "", "", family, given or None, party=party or None, gender="female" if "Anna" in one else None
            )
        forms = (" ".join(filter(None, (one.given_name, one.name))),)
        date = dt.date(year, 3, 1)
        found.append(
            replace(one, source=source, person=f"p{number}", body=body, date=date, mentions=1, surface_forms=forms)
        )
    return found


def _ids(register: Register) -> dict[str, str]:
    return {
        reference_text(x): proposal.register_id for proposal in register.proposals for x in proposal.entry.references
    }


def _same(register: Register, *references: str) -> bool:
    ids = _ids(register)
    return len({ids[reference] for reference in references}) == 1


def _candidates(register: Register, reference: str) -> set[str]:
    ids = {x: p for p in register.proposals for x in map(reference_text, p.entry.references)}
    return {id for id, _ in ids[reference].candidates}


def _write(path: Path, register: Register, corrections: Corrections = NO_CORRECTIONS) -> list[dict[str, str]]:
    path.write_text("".join(map(csv_line, (COLUMNS, *register_rows(register, corrections)))), encoding="utf-8")
    return _read(path)


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def _rewrite(path: Path, rows: Iterable[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def _row(rows: Sequence[dict[str, str]], reference: str) -> dict[str, str]:
    return next(row for row in rows if reference in row["persons"].split("; "))


def _entry(name: str, given: str | None = None, *, house: int = 0, **facts: object) -> Entry:
    entry = Entry(house, name, given)
    years = facts.pop("years", (2020,))
    for year in years if isinstance(years, tuple) else ():
        source = f"{name}-{given}-{house}-{year}-{next(_NUMBER)}.txt"
        entry.add(Appearance(source, "p1", name, given, body="Rat", date=dt.date(year, 1, 1), **facts))  # type: ignore[arg-type]
    return entry


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        (_entry("Lux", "Anna"), _entry("Lux", "A."), "the initial fits"),
        (_entry("Lux", "Anna"), _entry("Lux", "Anna Maria"), "one given name is part of the other"),
        (_entry("Hofmann", "Anna"), _entry("Hofrnann", "Anna"), "family names differ in 2 letters (Hofmann, Hofrnann)"),
        (_entry("Sommer", "Anna"), _entry("Sornmer", "Anna"), ""),
        (
            _entry("Bergmann", "Anna"),
            _entry("Bergmanu", "Anna"),
            "family names differ in 1 letter (Bergmann, Bergmanu)",
        ),
        (_entry("Lux", "Anna", party="SPD"), _entry("Lux", "Anna", party="FDP"), "other parties (SPD, FDP)"),
        (_entry("Lux", None, party="SPD"), _entry("Lux", "Anna", party="SPD"), "a given name is missing"),
    ],
)
def test_who_is_proposed_and_why(a: Entry, b: Entry, reason: str) -> None:
    comparison = compare(a, b)
    if not reason or "2 letters" in reason:
        assert comparison is None or comparison.score < PROPOSED
        return
    assert comparison
    assert comparison.score >= PROPOSED
    assert reason in comparison.reasons


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (_entry("Lux", "Anna"), _entry("Lux-Brandt", "Anna")),
        (_entry("Lux", "Anna", party="SPD", years=(2010,)), _entry("Brandt", "Anna", party="SPD", years=(2015,))),
        (_entry("Lux", "Anna"), _entry("Lux", "Anna", house=1)),
        (_entry("Lux", "Anna", years=(1960,)), _entry("Lux", "Anna", years=(2010,))),
    ],
)
def test_who_is_only_a_candidate(a: Entry, b: Entry) -> None:
    comparison = compare(a, b)
    assert comparison is None or comparison.score < PROPOSED
    if a.family != "lux" or b.family != "brandt":
        assert comparison
        assert comparison.score >= CANDIDATE


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (_entry("Lux", "Anna"), _entry("Lux", "Bernd")),
        (_entry("Lux", None, gender="female"), _entry("Lux", None, gender="male")),
        (_entry("Roth", "Anna"), _entry("Rath", "Berta")),
        (_entry("Zeh", "Anna"), _entry("Zech", "Anna")),
        (_entry("Lux", "Anna", party="SPD", years=(2010, 2020)), _entry("Brandt", "Anna", party="SPD", years=(2015,))),
    ],
)
def test_who_is_not_the_same(a: Entry, b: Entry) -> None:
    assert compare(a, b) is None


def test_names_are_folded() -> None:
    assert [folded(x) for x in ("Müller-Lüdenscheidt", "GROẞ", "Yılmaz", "D'Angelo", "Çelik")] == [
        "mueller luedenscheidt",
        "gross",
        "yilmaz",
        "d angelo",
        "celik",
    ]


def test_council_and_committee_are_one_house_and_another_town_is_not() -> None:
    rat, ausschuss = _sitting("a/1.txt", "Anna Lux"), _sitting("a/2.txt", "Anna Lux", body="Bauausschuss")
    other = [
        replace(one, source="a/3.txt", name=f"{one.name}er") if one.name != "Lux" else replace(one, source="a/3.txt")
        for one in rat
    ]
    register = propose((*rat, *ausschuss, *other))
    assert houses((*rat, *ausschuss, *other)) == {"a/1.txt": 0, "a/2.txt": 0, "a/3.txt": 1}
    assert _same(register, "a/1.txt#p1", "a/2.txt#p1")
    assert not _same(register, "a/1.txt#p1", "a/3.txt#p1")
    assert _candidates(register, "a/1.txt#p1") == {_ids(register)["a/3.txt#p1"]}


def test_two_of_one_name_in_a_document_stay_apart() -> None:
    register = propose(_sitting("1.txt", "Anna Lux (SPD)", "Anna Lux (CDU)"))
    assert not _same(register, "1.txt#p1", "1.txt#p2")


def test_two_of_one_name_are_told_apart_by_their_parties_elsewhere() -> None:
    found = [*_sitting("1.txt", "Anna Lux (SPD)", "Anna Lux (CDU)"), *_sitting("2.txt", "Anna Lux (CDU)")]
    found += _sitting("3.txt", "Anna Lux")
    register = propose(found)
    ids = _ids(register)
    assert _same(register, "1.txt#p2", "2.txt#p1")
    assert ids["3.txt#p1"] not in (ids["1.txt#p1"], ids["1.txt#p2"])


def test_one_name_after_a_lifetime_is_another_row_and_a_candidate() -> None:
    found = [*_sitting("1.txt", "Anna Lux", year=1960), *_sitting("2.txt", "Anna Lux", year=2010)]
    found += _sitting("3.txt", "Anna Lux", year=2012)
    register = propose(found)
    ids = _ids(register)
    assert not _same(register, "1.txt#p1", "2.txt#p1")
    assert _same(register, "2.txt#p1", "3.txt#p1")
    assert ids["1.txt#p1"] in _candidates(register, "2.txt#p1")


def test_a_row_of_several_documents_says_why(tmp_path: Path) -> None:
    rows = _write(tmp_path / "r.csv", propose([*_sitting("1.txt", "Anna Lux"), *_sitting("2.txt", "Anna Lux")]))
    assert _row(rows, "1.txt#p1")["reasons"] == "one name in 2 documents with the same people"


def test_an_initial_that_fits_two_is_put_to_neither() -> None:
    found = [*_sitting("1.txt", "Anna Lux", "Arno Lux"), *_sitting("2.txt", "A. Lux")]
    register = propose(found)
    ids = _ids(register)
    assert ids["2.txt#p1"] not in (ids["1.txt#p1"], ids["1.txt#p2"])
    assert _candidates(register, "2.txt#p1") == {ids["1.txt#p1"], ids["1.txt#p2"]}


def test_a_register_says_score_reasons_forms_counts_and_dates(tmp_path: Path) -> None:
    found = [*_sitting("1.txt", "Anna Lux (SPD)", year=2010), *_sitting("2.txt", "A. Lux (SPD)", year=2014)]
    row = _row(_write(tmp_path / "r.csv", propose(found)), "2.txt#p1")
    assert float(row["score"]) >= PROPOSED
    assert "the initial fits" in row["reasons"]
    assert (row["first_date"], row["surface_forms"], row["mentions"]) == ("2014-03-01", "A. Lux (1)", "1")


def test_the_order_of_the_documents_does_not_matter() -> None:
    found = [one for n in range(6) for one in _sitting(f"{n}.txt", "Anna Lux", "B. Maier", year=2010 + n)]
    assert _ids(propose(found)) == _ids(propose(found[::-1]))


@pytest.mark.parametrize(
    ("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1252"), (";", "utf-8-sig"), ("\t", "utf-16")]
)
def test_a_decision_survives_new_runs_and_new_documents(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "r.csv"
    found = [*_sitting("1.txt", "Anna Lüx", year=2010), *_sitting("2.txt", "A. Lüx", year=2014)]
    rows = _write(path, propose(found))
    _row(rows, "2.txt#p1")["decision"] = "different"
    _rewrite(path, rows, delimiter, encoding)
    for _ in range(3):
        corrections = read_corrections(path)
        register = propose(found, corrections)
        assert not _same(register, "1.txt#p1", "2.txt#p1")
        rows = _write(path, register, corrections)
        assert _row(rows, "2.txt#p1")["decision"] == "different"
        assert _row(rows, "2.txt#p1")["different_from"] == _row(rows, "1.txt#p1")["register_id"]
    more = [*found, *_sitting("3.txt", "Anna Lüx", year=2015)]
    register = propose(more, read_corrections(path))
    assert _same(register, "1.txt#p1", "3.txt#p1")
    assert not _same(register, "1.txt#p1", "2.txt#p1")


def test_same_puts_together_what_no_proposal_would(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = [*_sitting("1.txt", "Anna Lux"), *_sitting("2.txt", "Anna Brandt")]
    rows = _write(path, propose(found))
    lux, brandt = _row(rows, "1.txt#p1"), _row(rows, "2.txt#p1")
    assert lux["register_id"] != brandt["register_id"]
    brandt["register_id"] = lux["register_id"]
    lux["decision"] = brandt["decision"] = "same"
    _rewrite(path, rows)
    for _ in range(2):
        corrections = read_corrections(path)
        register = propose(found, corrections)
        assert _same(register, "1.txt#p1", "2.txt#p1")
        assert _ids(register)["1.txt#p1"] == lux["register_id"]
        _write(path, register, corrections)


def test_ids_stay_when_documents_come(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = _sitting("5.txt", "Anna Lux")
    before = _ids(propose(found))
    _write(path, propose(found))
    after = _ids(propose([*found, *_sitting("1.txt", "Aaron Aal", year=1999)], read_corrections(path)))
    assert {reference: after[reference] for reference in before} == before
    assert after["1.txt#p1"] not in before.values()


def test_unsure_stays_and_binds_nobody(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = [*_sitting("1.txt", "Anna Lux"), *_sitting("2.txt", "A. Lux")]
    rows = _write(path, propose(found))
    _row(rows, "2.txt#p1")["decision"] = "unsure"
    _rewrite(path, rows)
    corrections = read_corrections(path)
    register = propose(found, corrections)
    assert _same(register, "1.txt#p1", "2.txt#p1")
    assert _row(_write(path, register, corrections), "2.txt#p1")["decision"] == "unsure"


def test_a_decision_on_a_document_that_is_not_there_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = [*_sitting("1.txt", "Anna Lux"), *_sitting("2.txt", "A. Lux")]
    rows = _write(path, propose(found))
    for row in rows:
        row["decision"] = "same" if "Lux" in row["name"] else ""
    _rewrite(path, rows)
    corrections = read_corrections(path)
    part = propose(found[: len(found) // 2], corrections)
    assert _row(_write(path, part, corrections), "2.txt#p1")["decision"] == "same"
    assert _same(propose(found, read_corrections(path)), "1.txt#p1", "2.txt#p1")


def test_a_decision_on_somebody_else_is_left_out_and_said(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    rows = _write(path, propose(_sitting("1.txt", "Anna Lux")))
    _row(rows, "1.txt#p1")["decision"] = "same"
    _rewrite(path, rows)
    register = propose(_sitting("1.txt", "Bernd Zeh"), read_corrections(path))
    number = rows.index(_row(rows, "1.txt#p1")) + 2
    assert register.notes == (f"row {number}: 1.txt#p1 is now Zeh, not Lux: its decision is left out",)


def _corrupt(rows: list[dict[str, str]], *changes: tuple[int, str, str]) -> list[dict[str, str]]:
    for number, column, value in changes:
        rows[number][column] = value
    return rows


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (((0, "decision", "gleich"),), "row 2: no such decision: 'gleich'; write same, different, unsure or nothing"),
        (((1, "register_id", ""),), "row 3 has no register_id"),
        (((0, "persons", "1.txt"),), "row 2: '1.txt' is no person: write DOCUMENT#ID"),
        (
            ((0, "decision", "same"), (1, "decision", "same"), (0, "persons", "1.txt#p1"), (1, "persons", "1.txt#p1")),
            "row 3 and row 2 both decide on 1.txt#p1, and not alike: leave it in one of them",
        ),
        (
            ((0, "decision", "same"), (0, "register_id", "r1"), (0, "different_from", "r9; r1")),
            "row 2 is the same as r1 and different from it: choose one",
        ),
    ],
)
def test_conflicts_name_the_row(tmp_path: Path, changes: tuple[tuple[int, str, str], ...], message: str) -> None:
    path = tmp_path / "r.csv"
    _rewrite(path, _corrupt(_write(path, propose(_sitting("1.txt", "Anna Lux"))), *changes))
    with pytest.raises(CorrectionError) as error:
        read_corrections(path)
    assert message in str(error.value)


def test_other_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(CorrectionError, match="has no column register_id"):
        read_corrections(tmp_path / "x.csv")
    with pytest.raises(CorrectionError, match="cannot be read"):
        read_corrections(tmp_path / "fehlt.csv")


def test_strange_names_of_documents_come_back(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    found = _sitting("=a; b#c%3B/ä.txt", "Anna Lux")
    _write(path, propose(found))
    assert ("=a; b#c%3B/ä.txt", "p1") in register_ids(path)


def test_a_long_row_goes_on_in_the_next(tmp_path: Path) -> None:
    found = [one for n in range(700) for one in _sitting(f"{'x' * 60}{n}.txt")]
    rows = [row for row in _write(tmp_path / "r.csv", propose(found)) if row["name"] == "Falk"]
    assert len(rows) == 2
    assert max(len(row["persons"]) for row in rows) < 32_767
    assert len({row["register_id"] for row in rows}) == 1


def _of_invented(towns: int, years: int, seed: int) -> tuple[Register, Agreement, int]:
    people: list[Appearance] = []
    truth = {}
    for sitting in invented_archive(towns, years, seed, surnames=SURNAMES):
        for one in appearances(sitting.minutes):
            people.append(one)
            truth[one.reference] = sitting.identities[one.person]
    register = propose(people)
    return register, agreement(register, truth), len(people)


def test_proposals_on_an_invented_archive(capsys: pytest.CaptureFixture[str]) -> None:
    """The figures of docs/register.md: `pytest tests/corpus/register -k invented`."""
    register, found, people = _of_invented(towns=12, years=20, seed=5)
    ids = len({proposal.register_id for proposal in register.proposals})
    assert found.precision is not None
    assert found.recall is not None
    with capsys.disabled():
        sys.stdout.write(
            f"\n{people} persons of documents, {len(register.proposals)} rows, {ids} ids, "
            f"{register.compared} pairs compared: precision {found.precision:.3f}, recall {found.recall:.3f}\n"
        )
    assert found.precision >= 0.98
    assert found.recall >= 0.8


@pytest.mark.slow
def test_a_large_archive_is_compared_in_blocks(capsys: pytest.CaptureFixture[str]) -> None:
    """The second figures of docs/register.md: `pytest tests/corpus/register -k large -m slow`."""
    started = time.perf_counter()
    register, found, people = _of_invented(towns=400, years=6, seed=3)
    seconds = time.perf_counter() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        sys.stdout.write(
            f"\n{people} persons of documents, {len(register.proposals)} rows, {register.compared} pairs compared, "
            f"{seconds:.0f} s, {memory} MiB: precision {found.precision:.3f}, recall {found.recall:.3f}\n"
        )
    assert register.compared < 10 * len(register.proposals)


def test_pairs_are_counted_without_being_listed() -> None:
    assert Agreement(0, 0, 0).precision is None
    assert Agreement(3, 1, 0).precision == 0.75
    assert Agreement(3, 0, 1).recall == 0.75


def test_blocks_keep_the_comparisons_few() -> None:
    """Twice the towns, twice the comparisons: no town is compared with every other."""
    pairs = [_of_invented(towns, 5, 1)[0].compared for towns in (4, 8)]
    assert pairs[1] < 2.6 * pairs[0]


def test_the_columns_are_documented() -> None:
    page = (Path(__file__).parents[3] / "docs" / "register.md").read_text(encoding="utf-8")
    section = page.partition("## The file\n")[2].partition("| decision |")[0]
    cells = re.findall(r"^\| (`.*?) \|", section, re.MULTILINE)
    assert tuple(column for cell in cells for column in re.findall(r"`(\w+)`", cell)) == COLUMNS
