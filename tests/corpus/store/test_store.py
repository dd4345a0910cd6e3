from __future__ import annotations

import datetime as dt
import sqlite3
from dataclasses import fields, replace
from pathlib import Path

import pytest

from corpus.record import Minutes
from corpus.store import Entry, Failed, Found, Selection, Stamp, Store, StoreError, entry_of, only_run
from corpus.store.rows import turn_text
from corpus.store.schema import migrate, steps
from corpus.store.selection import search_expression
from tests.corpus.store.examples import ANSWER, DECISION, QUESTION, everything, minutes

FINGERPRINT = "f"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "archiv.db"


def _put(store: Store, record: Minutes, path: str | None = None, fingerprint: str = FINGERPRINT) -> None:
    store.ledger.put(Found(path or record.source, Stamp(1, 2), record.sha256, 1), entry_of(record), fingerprint)


def test_what_is_put_comes_back_sorted_by_path(path: Path) -> None:
    records = [minutes(name, more=name) for name in ("b.txt", "a.txt", "ä.txt", "a/z.txt")]
    with Store(path) as store:
        for record in records:
            store.put(record)
        assert list(store.records()) == sorted(records, key=lambda record: record.source)
        assert list(store.paths()) == ["a.txt", "a/z.txt", "b.txt", "ä.txt"]
    with Store(path, create=False) as store:
        assert [record.source for record in store.records()] == ["a.txt", "a/z.txt", "b.txt", "ä.txt"]


def test_the_tables_hold_what_the_record_says(path: Path) -> None:
    with Store(path) as store:
        store.put(minutes())
    held = {table: [row[1:] for row in rows] for table, rows in everything(path).items()}
    assert held["meeting"] == [("Gemeinderat Höhenfeld", None, "2019-05-14", "19:30", None, None, None, None)]
    assert held["person"][0] == ("p1", "person", "Lux", None, None, "Frau", "SPD", "Stadträtin", None, "known")
    assert held["attendance"] == [(0, "p1", "present", None, "ab TOP 2", None)]
    assert [row[:4] for row in held["agenda"]] == [("a1", "3", "Mühlweg", None)]
    assert [(row[0], row[2], row[7], row[8], row[13]) for row in held["turn"]] == [
        ("t1", "question", "Lux", "Sommer", QUESTION),
        ("t2", "answer", "Sommer", "", "Herr Sommer antwortet, dass die Umgestaltung noch daure."),
        ("t3", "decision", "", "", DECISION),
    ]
    assert held["turn_person"] == [
        ("t1", "addressee", 0, "p2"),
        ("t1", "speaker", 0, "p1"),
        ("t2", "speaker", 0, "p2"),
    ]
    assert held["link"] == [("t2", "replies_to", "t1")]
    assert held["decision"] == [("t3", None, "adopted", 8, 1, None, None, "{}", DECISION)]


def test_the_rows_have_the_columns_of_their_tables(path: Path) -> None:
    entry = entry_of(minutes())
    with Store(path):
        db = sqlite3.connect(path)
        for field in fields(Entry):
            columns = {name for _, name, *_ in db.execute(f"PRAGMA table_info({field.name})")}
            row = getattr(entry, field.name)[0]
            assert set(row._fields) == columns - {"record", "key", "suffix", "fingerprint"} - (
                {"id"} if field.name == "record" else set()
            )
        db.close()


def test_a_frame_between_pieces_of_content_stays_in_the_text_of_a_turn() -> None:
    text = "Der Weg, so Frau Lux, sei frei."
    record = minutes()
    turn = record.turns[0].model_copy(update={"start": 0, "end": len(text), "content": ((0, 7), (22, 31))})
    assert turn_text(record.model_copy(update={"text": text}), turn) == text


def test_a_record_with_half_a_character_is_stored(path: Path) -> None:
    record = minutes()
    with Store(path) as store:
        store.put(record.model_copy(update={"text": record.text.replace("Mühle", "M\udcfchle")}))
        (stored,) = store.records()
    assert stored.text == record.text.replace("Mühle", "M\ufffdhle")


def test_a_changed_document_is_replaced(path: Path) -> None:
    with Store(path) as store:
        _put(store, minutes(more="alt"))
        _put(store, minutes(more="neu"))
        assert [record.text.endswith("neu") for record in store.records()] == [True]
        assert store.counts().turns == 3
    held = everything(path)
    assert len(held["record"]) == 1 and len(held["found"]) == 3


def test_documents_of_one_content_have_one_record(path: Path) -> None:
    with Store(path) as store:
        _put(store, minutes("b.txt"))
        assert store.ledger.put_same(Found("a.txt", sha256=minutes().sha256), FINGERPRINT)
        assert not store.ledger.put_same(Found("a.md", sha256=minutes().sha256), FINGERPRINT)  # read in another way
        assert not store.ledger.put_same(Found("c.txt", sha256=minutes().sha256), "other")
        assert [record.source for record in store.records()] == ["a.txt"]
        counts = store.counts()
        assert (counts.done, counts.records, counts.turns) == (2, 1, 3)
        _put(store, minutes("b.txt", more="neu"))
        assert [record.source for record in store.records()] == ["a.txt", "b.txt"]
        _put(store, minutes("a.txt", more="neu"), "a.txt")
        assert [record.source for record in store.records()] == ["a.txt"]
    assert len(everything(path)["record"]) == 1


def test_removed_documents_are_kept_but_stand_in_no_answer(path: Path) -> None:
    with Store(path) as store:
        _put(store, minutes())
        store.ledger.mark_removed(["rat.txt"])
        assert list(store.records()) == list(store.search("Mühle")) == list(store.paths()) == []
        assert list(store.paths(removed=True)) == ["rat.txt"]
        assert (store.counts().removed, store.counts().records) == (1, 0)
        store.ledger.touch(Found("rat.txt", Stamp(1, 2)))
        assert [record.source for record in store.records()] == ["rat.txt"]


def test_failures_count_their_attempts_until_they_are_mended(path: Path) -> None:
    failed = Failed("timeout", "rat.txt takes more than 1 seconds")
    with Store(path) as store:
        for _ in range(2):
            store.ledger.put_failure(Found("rat.txt", sha256="x"), failed, FINGERPRINT)
        store.ledger.put_failure(Found("b.txt"), Failed("error", "b.txt: KeyError\udcfc", "trace"), FINGERPRINT)
        (failure,) = store.failures("timeout")
        assert (failure.path, failure.reason, failure.attempts) == ("rat.txt", failed.reason, 2)
        assert [failure.reason for failure in store.failures()] == [r"b.txt: KeyError\udcfc", failed.reason]
        _put(store, minutes())
        assert [failure.path for failure in store.failures()] == ["b.txt"]
        assert (store.counts().done, store.counts().failed) == (1, 1)


def test_a_failure_keeps_what_was_made_of_the_same_content(path: Path) -> None:
    with Store(path) as store:
        _put(store, minutes())
        store.ledger.put_failure(Found("rat.txt", sha256=minutes().sha256), Failed("timeout", "…"), "new")
        assert len(list(store.records())) == 1
        store.ledger.put_failure(Found("rat.txt", sha256="other"), Failed("unreadable", "…"), "new")
        assert list(store.records()) == []
    assert everything(path)["record"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Mühle", ["t1"]),
        ("muhle", ["t1"]),
        ("MÜHLE", ["t1"]),
        ("Muehle", []),
        ("Umgestaltung", ["t2"]),  # "Umge-" / "staltung" in the document
        ("Umge*", ["t2"]),
        ("Umge", []),
        ('"der Weg"', ["t1"]),
        ('"Weg der"', []),
        ("Haushalt OR Mühle", ["t1", "t3"]),
        ("der NOT Haushalt", ["t1"]),
        ("(Weg OR Haushalt) Mühle", ["t1"]),
        ("beschließt", ["t3"]),
        ("beschliesst", []),
        ("Mühlen-Weg", []),
        ("§ Weg", ["t1"]),
        ("text:Weg", []),
        ("Sommer", ["t2"]),  # the speaker
    ],
)
def test_search(path: Path, query: str, found: list[str]) -> None:
    with Store(path) as store:
        store.put(minutes())
        assert sorted(hit.turn for hit in store.search(query)) == found


def test_a_hit_says_where_it_stands(path: Path) -> None:
    with Store(path) as store:
        store.put(minutes())
        (hit,) = store.search("Mühle")
    assert (hit.path, hit.body, hit.date) == ("rat.txt", "Gemeinderat Höhenfeld", dt.date(2019, 5, 14))
    assert (hit.number, hit.title, hit.label, hit.speakers) == ("3", "Mühlweg", "question", "Lux")
    assert hit.snippet == "Frau Lux fragt, ob der Weg an der [Mühle] gesperrt sei."


@pytest.mark.parametrize("query", ["", "AND", "Weg OR", "(Weg", '"Weg', "*", "NOT Weg"])
def test_what_is_no_query_is_refused_or_finds_nothing(path: Path, query: str) -> None:
    with Store(path) as store:
        store.put(minutes())
        try:
            assert [hit.turn for hit in store.search(query)] in ([], ["t1"])
        except StoreError as error:
            assert "cannot be searched" in str(error)


def test_quoting_leaves_operators_and_beginnings() -> None:
    assert search_expression('Kita-Gebühren ("a b" OR Weg*)') == '"Kita-Gebühren" AND ( "a b" OR "Weg"* )'
    assert search_expression("a b NOT (c d)") == '"a" AND "b" NOT ( "c" AND "d" )'


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), ["2012/a.txt", "2019/b.txt"]),
        (Selection(body="höhen"), ["2019/b.txt"]),
        (Selection(body="HÖHEN"), ["2019/b.txt"]),
        (Selection(since=dt.date(2012, 3, 1)), ["2012/a.txt", "2019/b.txt"]),
        (Selection(since=dt.date(2012, 3, 2)), ["2019/b.txt"]),
        (Selection(until=dt.date(2012, 3, 1)), ["2012/a.txt"]),
        (Selection(path="2012/*"), ["2012/a.txt"]),
        (Selection(body="rat", path="*b.txt"), ["2019/b.txt"]),
    ],
)
def test_selections(path: Path, selection: Selection, found: list[str]) -> None:
    with Store(path) as store:
        store.put(minutes("2012/a.txt", body="Ausschuss", date="2012-03-01", more="a"))
        store.put(minutes("2019/b.txt"))
        assert [record.source for record in store.records(selection)] == found
        assert sorted({hit.path for hit in store.search("Mühle", selection)}) == found
        assert len(list(store.search("Mühle", speaker="lux"))) == 2
        assert len(list(store.search("Mühle", speaker="sommer"))) == 0
        assert len(list(store.search("Mühle", limit=1))) == 1


def test_records_can_be_put_while_others_are_read(path: Path) -> None:
    with Store(path) as store:
        store.put(minutes("a.txt", more="a"))
        store.put(minutes("b.txt", more="b"))
        read = []
        for record in store.records():
            read.append(record.source)
            with Store(path) as other:
                other.put(minutes(f"{record.source}.neu", more=record.source + "neu"))
        assert read == ["a.txt", "b.txt"]
        assert store.counts().records == 4


def test_a_store_of_an_earlier_version_gets_what_it_lacks(path: Path) -> None:
    db = sqlite3.connect(path, isolation_level=None)
    migrate(db, steps()[:1])
    entry = entry_of(minutes())
    db.execute(
        "INSERT INTO record VALUES (1, 'x', '.txt', 'f', '1', 'c', 'text', 'utf-8', 1, 'p', '', '', '', 9, ?)",
        (entry.record[0].json,),
    )
    db.execute("INSERT INTO document VALUES (1, 'rat.txt', 'done', 'x', 1, 1, 1, 'f', 1, 0, '', '')")
    db.execute("INSERT INTO meeting (record, body) VALUES (1, 'Rat')")
    marks = ", ".join("?" * len(entry.turn[0]))
    for key, turn in enumerate(entry.turn):
        db.execute(f"INSERT INTO turn VALUES (?, 1, {marks})", (key, *turn))
    db.close()
    with Store(path) as store:
        assert [hit.turn for hit in store.search("Mühle")] == ["t1"]
        assert [record.source for record in store.records()] == ["rat.txt"]
        store.put(minutes("b.txt", more="b"))
        assert len(list(store.search("Mühle"))) == 2
    assert _read(path, "PRAGMA user_version") == [(len(steps()),)]


def test_a_step_that_fails_leaves_the_store_as_it_was(path: Path) -> None:
    with Store(path) as store:
        store.put(minutes())
    db = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(db, (*steps(), "CREATE TABLE later (a);\nINSERT INTO nowhere VALUES (1);\n"))
    db.close()
    with Store(path) as store:
        assert len(list(store.records())) == 1
    assert ("later",) not in _read(path, "SELECT name FROM sqlite_master")


def _read(path: Path, query: str) -> list[tuple[object, ...]]:
    db = sqlite3.connect(path)
    rows = db.execute(query).fetchall()
    db.close()
    return rows


def _write(path: Path, *statements: str) -> None:
    db = sqlite3.connect(path)
    for statement in statements:
        db.execute(statement)
    db.commit()
    db.close()


def test_a_store_of_a_later_version_is_refused(path: Path) -> None:
    Store(path).close()
    _write(path, f"PRAGMA user_version = {len(steps()) + 1}")
    with pytest.raises(StoreError, match="later version of protokollant"):
        Store(path)


def test_other_databases_are_not_written_to(path: Path) -> None:
    _write(path, "CREATE TABLE kasse (betrag)")
    with pytest.raises(StoreError, match="no store of protokollant"):
        Store(path)


@pytest.mark.parametrize("damage", ["text", "head", "pages", "truncated"])
def test_a_damaged_store_says_so(path: Path, damage: str) -> None:
    with Store(path) as store:
        for n in range(60):
            store.put(minutes(f"{n}.txt", more=str(n)))
    data = bytearray(path.read_bytes())
    if damage == "text":
        data = bytearray(b"Niederschrift\n" * 100)
    elif damage == "head":
        data[:16] = b"x" * 16
    elif damage == "pages":
        data[4096:] = b"\xff" * (len(data) - 4096)
    else:
        del data[8192:]
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"archiv.db is (?:damaged|not a store, or is damaged)"), Store(path) as store:
        list(store.records())


def test_no_store_is_made_where_one_is_asked_for(path: Path) -> None:
    with pytest.raises(StoreError, match="does not exist"):
        Store(path, create=False)
    assert not path.exists()
    with pytest.raises(StoreError, match="cannot be opened"):
        Store(path / "b.db")


def test_a_full_disk_keeps_what_came_before(path: Path) -> None:
    with Store(path) as store:
        _put(store, minutes("a.txt", more="a"))
        (pages,) = next(store._db.rows("PRAGMA page_count"))
        store._db.change(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="the disk is full"):
            for n in range(50):
                _put(store, minutes(f"{n}.txt", more=f"{n} " * 1000))
    held = everything(path)  # whole
    done = [row[0] for row in held["document"]]
    assert len(held["record"]) == len(done) < 50
    with Store(path) as store:
        assert [record.source for record in store.records()] == done
        _put(store, minutes("50.txt", more="50 " * 1000))
        assert len(list(store.records())) == len(done) + 1


def test_one_run_at_a_time(path: Path) -> None:
    with only_run(path):
        with pytest.raises(StoreError, match="in use by another run"), only_run(path):
            pass
        with Store(path) as store:
            store.put(minutes())  # readers and notebooks go on
    with only_run(path):
        pass


def test_a_failure_of_another_content_forgets_the_fingerprint_of_the_first(path: Path) -> None:
    with Store(path) as store:
        found = Found("rat.txt", Stamp(1, 2), "x", 1)
        store.ledger.put_failure(found, Failed("error", "…"), "f1")
        store.ledger.put_failure(replace(found, sha256="y"), Failed("error", "…"), "f2")
        known = store.ledger.known("rat.txt")
    assert known and (known.sha256, known.fingerprint, known.state) == ("y", "f2", "failed")


def test_speakers_are_counted_when_a_record_comes_and_in_stores_of_an_earlier_version(path: Path) -> None:
    counts = [("p1", 1, 1, 0, len(QUESTION)), ("p2", 1, 0, 1, len(ANSWER))]
    with Store(path) as store:
        store.put(minutes())
        store.put(minutes(more="changed"))  # takes the place of the first
    db = sqlite3.connect(path, isolation_level=None)
    read = "SELECT person, turns, questions, answers, characters FROM speaker"
    assert db.execute(read).fetchall() == counts
    for thing in (
        "TRIGGER speaker_added",
        "TABLE speaker",
        "INDEX link_target",
        "INDEX turn_question",
        "VIEW resolution",
    ):
        db.execute(f"DROP {thing}")
    db.execute("PRAGMA user_version = 2")
    Store(path).close()
    assert db.execute(read).fetchall() == counts
    db.close()
