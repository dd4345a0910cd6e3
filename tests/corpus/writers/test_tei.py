from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from corpus.record import AgendaItem, Decision, Generator, Minutes, Person, Turn
from corpus.writers.tei import tei
from corpus.writers.tei_words import speakable
from tests.corpus.writers.schema import parla_clarin
from tests.pipeline import ruled

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NS = {"t": "http://www.tei-c.org/ns/1.0"}


def _parsed(minutes: Minutes) -> etree._Element:
    return etree.fromstring(tei(minutes).encode("utf-8"))


def _text(root: etree._Element) -> str:
    (text,) = root.findall("t:text", _NS)
    return "".join(text.itertext())


def _assert_valid(root: etree._Element) -> None:
    schema = parla_clarin()
    assert schema.validate(root), list(schema.error_log)[:3]
    ids = [element.get(_ID) for element in root.iter("*") if element.get(_ID)]
    assert len(set(ids)) == len(ids)
    for element in root.iter("*"):
        for name in ("who", "toWhom", "ana", "ref", "corresp", "target", "active", "passive"):
            assert {x.removeprefix("#") for x in element.get(name, "").split()} <= set(ids), (element.tag, name)


def test_the_full_record_is_valid(full: Minutes) -> None:
    _assert_valid(_parsed(full))


def test_the_text_is_that_of_the_record(full: Minutes) -> None:
    text = _text(_parsed(full))
    assert text == speakable(full.text) == full.text.replace("\f", "").replace("\x07", "\ufffd")
    assert "\r\n" in text


def test_utterances_have_speakers_addressees_and_categories(full: Minutes) -> None:
    root = _parsed(full)
    assert [(u.get(_ID), u.get("who"), u.get("toWhom"), u.get("ana")) for u in root.iterfind(".//t:u", _NS)] == [
        ("t1", "#p2", None, "#label.question #mood.subjunctive"),
        ("t2", "#p1", "#p2", "#label.answer #status.deferred"),
        ("t3", "#p4", None, "#label.addition"),
    ]
    content = ["".join(seg.itertext()) for seg in root.iterfind(".//t:u/t:seg[@type='content']", _NS)]
    assert content == ["ob der <Weg> gesperrt", "sei."]
    links = {group.get("type"): [x.get("target") for x in group] for group in root.iterfind(".//t:linkGrp", _NS)}
    assert links == {
        "replies_to": ["#t2 #t1"],
        "extends": ["#t3 #t2"],
        "amends": ["#t4 #t5"],
        "movers": ["#t4 #p2"],
        "excluded": ["#t4 #p1"],
    }


def test_items_are_divisions_and_narration_is_notes(full: Minutes) -> None:
    divisions = _parsed(full).findall(".//t:div", _NS)
    assert [(div.get("type"), div.get("n"), div.findtext("t:head", namespaces=_NS)) for div in divisions] == [
        ("preface", None, None),
        ("agendaItem", "1", "TOP 1 Wege & Plätze ("),
        ("agendaItem", "1.1", "TOP 1.1 Umleitung"),
        ("outside", None, None),
    ]
    assert [note.text for note in divisions[1].findall("t:note", _NS)] == ["=1+1 steht auf der Tafel."]
    assert [idno.text for idno in divisions[1].iterfind(".//t:idno", _NS)] == ["2024/031"]


def test_decisions_have_their_votes(full: Minutes) -> None:
    decision = _parsed(full).find(".//t:note[@type='decision']", _NS)
    assert decision is not None
    assert decision.get("ana") == "#label.decision #outcome.adopted"
    votes = [
        (group.get("subtype"), group.get("n"), {x.get("type"): x.get("quantity") for x in group})
        for group in decision.iterfind("t:measureGrp", _NS)
    ]
    assert votes == [
        (None, None, {"yes": "8", "no": "1"}),
        ("party", "GRÜNE", {"yes": "3"}),
        ("round", "1", {"yes": "4", "no": "4"}),
        ("round", "2", {"yes": "8", "no": "1"}),
        ("part", "Ziffer 2", {"no": "9"}),
    ]


def test_pages_begin_where_they_began(full: Minutes) -> None:
    breaks = _parsed(full).findall(".//t:pb", _NS)
    assert [pb.get("n") for pb in breaks] == ["1", "2", "3"]
    assert [element.tag.partition("}")[2] for pb in breaks for element in pb.iterancestors()][:2] == ["p", "div"]
    assert breaks[1].tail == "sei."
    assert breaks[2].tail == "Ende"


def test_the_header_has_persons_offices_and_organisations(full: Minutes) -> None:
    root = _parsed(full)
    chair, member = root.findall(".//t:person", _NS)[:2]
    assert (chair.get("role"), chair.findtext("t:affiliation/t:roleName", namespaces=_NS)) == (
        "chair",
        "Bürgermeisterin",
    )
    assert member.get("sex") == "F"
    party = member.find("t:affiliation[@role='member']", _NS)
    assert party is not None
    organisations = {org.get(_ID): org.findtext("t:orgName", namespaces=_NS) for org in root.iterfind(".//t:org", _NS)}
    assert organisations[party.get("ref", "").removeprefix("#")] == "GRÜNE"
    assert organisations["p5"] == "Bauamt"
    relation = root.find(".//t:relation", _NS)
    assert relation is not None
    assert (relation.get("active"), relation.get("passive")) == ("#p4", "#p2 #p3")


def test_ids_that_xml_forbids_are_replaced(full: Minutes) -> None:
    renamed = full.model_copy(
        update={
            "persons": (
                *full.persons,
                Person(id="7 x", kind="person", name="Zeh"),
                Person(id="t1", kind="person", name="T"),
            ),
        }
    )
    _assert_valid(_parsed(Minutes.model_validate(renamed.model_dump(by_alias=True))))


def test_the_register_is_in_the_header(full: Minutes) -> None:
    root = etree.fromstring(tei(full, {(full.source, "p2"): "r9"}).encode())
    assert [idno.text for idno in root.iterfind(".//t:person/t:idno[@type='register']", _NS)] == ["r9"]


def test_a_record_with_nothing_but_text_is_valid() -> None:
    minutes = Minutes(source="x", sha256="0", generator=Generator(package="dev", config="c"), text="Nichts.")
    _assert_valid(_parsed(minutes))


@st.composite
def _records(draw: st.DrawFn) -> Minutes:
    """Records whose spans cut each other in every way that a record allows."""
    text = draw(st.text(alphabet="aB <&\n\r\t\f\x00\x0b\x85\u2028😀\ufffe", min_size=12, max_size=60)) + "x"
    at = st.integers(0, len(text) - 1)

    def span() -> tuple[int, int]:
        start = draw(at)
        return start, draw(st.integers(start + 1, len(text)))

    bounds = sorted(draw(st.sets(st.integers(0, len(text)), min_size=4, max_size=6)))
    turns = tuple(
        Turn(id=f"t{n}", start=start, end=end, label="decision" if n == 1 else "other", content=(span(),), cue=span())
        for n, (start, end) in enumerate(zip(bounds[::2], bounds[1::2], strict=False), 1)
    )
    items = []
    for n in range(draw(st.integers(0, 3))):
        start, end = span()
        items.append(AgendaItem(id=f"a{n}", start=start, heading_end=draw(st.integers(start + 1, end)), end=end))
    cuts = sorted({0, *draw(st.lists(at, max_size=3)), len(text)})
    return Minutes(
        source="x.txt",
        sha256="0",
        generator=Generator(package="0.1", config="c"),
        text=text,
        pages=tuple(pairwise(cuts)),
        persons=(Person(id="p1", kind="person", name="B", mentions=tuple(span() for _ in range(3))),),
        agenda=tuple(items),
        turns=turns,
        decisions=(Decision(turn="t1", outcome="other", wording=span(), evidence=(span(),)),),
    )


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(_records())
def test_every_record_is_valid_and_keeps_its_text_and_pages(minutes: Minutes) -> None:
    root = _parsed(minutes)
    _assert_valid(root)
    assert _text(root) == speakable(minutes.text)
    assert len(root.findall(".//t:pb", _NS)) == len(minutes.pages or ())
    assert [x.get(_ID) for x in root.iter() if (x.get(_ID) or "").startswith("t") and x.get(_ID)[1:].isdigit()] == [
        turn.id for turn in minutes.turns
    ]


@pytest.mark.parametrize(
    "text",
    [
        "TOP 1 Wege\n\nFrau Lux fragt, ob der Weg frei sei. Herr Ebel antwortet, er sei frei.\n\n"
        "Beschluss: Der Weg bleibt frei.\nAbstimmungsergebnis: 8 Ja, 1 Nein\n\nTOP 1.1 Bänke\n\nKeine Wortmeldung.\n",
        "Frau Lux fragt.\n",
    ],
)
def test_what_extraction_finds_is_valid(text: str) -> None:
    minutes = ruled.extract(text)
    root = _parsed(minutes)
    _assert_valid(root)
    assert _text(root) == text
