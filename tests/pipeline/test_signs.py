"""Signs for persons, which the list of those present introduces."""

from __future__ import annotations

from pipeline.layout import layout
from pipeline.persons import find_mentions
from pipeline.signs import with_signs

_LIST = """Teilnehmer:
Frau Kurz (KU), Leitung
Herr Dr. Lang (LA)
Frau Seyfarth (SE)

TOP 1 Protokoll

"""


def _signed(text: str) -> list[tuple[str, str | None]]:
    found = layout(text)
    mentions = with_signs(found, find_mentions(found.clean.text))
    return [(found.clean.text[m.start : m.end], m.name) for m in mentions if m.name and m.end - m.start == 2]


def test_a_sign_of_the_list_names_its_person() -> None:
    assert _signed(_LIST + "- KU: Wann kommt das Gerät?\n- LA: Im März.") == [("KU", "Kurz"), ("LA", "Lang")]


def test_a_sign_in_a_word_or_in_brackets_is_none() -> None:
    assert _signed(_LIST + "- SE-Karten und KUMA gibt es (LA) im Lager.") == []


def test_an_office_or_a_party_behind_a_name_is_no_sign() -> None:
    assert _signed(_LIST.replace("(KU)", "(SPD)").replace("(LA)", "(OB)") + "- SE: Nein.") == []
