from __future__ import annotations

import pytest

from corpus.record import Person
from evaluation.names import all_named, is_person, same, words


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Ahlers", "Herrn Dr. Ahlers"),
        ("Berg", "Bergs"),
        ("Vorsitzende", "der Vorsitzenden"),
        ("Referent", "Referentinnen"),
        ("van Eck", "Frau van Eck"),
        ("Schulze Pellworm", "Landrat Dr. Schulze Pellworm"),
        ("A.", "Herr A."),
        ("Schulze Pellworm", "Pellworm"),
    ],
)
def test_the_same_speaker(name: str, other: str) -> None:
    assert same(name, [other])
    assert same(other, [name])


@pytest.mark.parametrize(
    ("name", "other"),
    [("Ahlers", "Cordes"), ("Frau", "Frau"), ("Ahlers", ""), ("", "Ahlers"), ("Herr Berg", "Herr Tal")],
)
def test_not_the_same_speaker(name: str, other: str) -> None:
    assert not same(name, [other])


@pytest.mark.parametrize(("name", "other"), [("Ahlers", "Ahlersen"), ("Bürgermeister", "Bürgermeisterin")])
def test_only_one_ending_is_taken_off(name: str, other: str) -> None:
    # A limit of the rule: "-er" goes from the one word and "-s" or "-in" from the other.
    assert not same(name, [other])


def test_titles_and_articles_are_no_words_of_a_name() -> None:
    assert words("Herrn Prof. Dr. Dipl.-Ing. Tal") == {"tal"}
    assert words("die Frau") == frozenset()


def test_an_office_names_its_holder() -> None:
    person = Person(id="p1", kind="person", name="Dr. Berg", roles=("Stadträtin", "Vorsitzende"))
    assert is_person("Vorsitzenden", person)
    assert is_person("Berg", person)
    assert not is_person("Verwaltung", person)


def test_every_name_needs_a_person_and_more_persons_do_no_harm() -> None:
    berg, tal = (Person(id=x, kind="person", name=x) for x in ("Berg", "Tal"))
    assert all_named(("Berg",), iter((tal, berg)))
    assert all_named(("Berg", "Tal"), (tal, berg))
    assert not all_named(("Berg", "Tal"), (tal,))
    assert not all_named(("Berg",), ())
