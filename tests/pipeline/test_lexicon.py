"""The lexicon files: they parse, name nothing twice, and the verbs are inflected as in German."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

import pipeline
from corpus.record import Outcome
from pipeline.lexicon import (
    Gender,
    Verb,
    VerbFunction,
    abbreviations,
    alternatives,
    cue_phrases,
    first_names,
    offices,
    parties,
    pattern,
    rows,
    swiss,
    verbs,
)

FILES = sorted(f.name for f in files("pipeline.lexicons").iterdir() if f.name.endswith(".tsv"))
OFFICE_KINDS = {
    "mandate",
    "executive",
    "administration",
    "chair",
    "group_speaker",
    "clerk",
    "guest",
    "citizen",
}


def _open(reason: str, *case: object) -> object:
    return pytest.param(*case, marks=pytest.mark.xfail(reason=reason, strict=True))


def _twice(entries: list[str]) -> list[str]:
    return [entry for entry, n in Counter(entries).items() if n > 1]


@pytest.mark.parametrize("name", FILES)
def test_files_parse(name: str) -> None:
    found = list(rows(name))
    assert found
    assert len({len(row) for row in found}) == 1
    assert [row for row in found if not row[0] and name != "offices.tsv"] == []


@pytest.mark.parametrize("name", FILES)
def test_files_are_commented_and_tidy(name: str) -> None:
    text = (files("pipeline.lexicons") / name).read_text(encoding="utf-8")
    assert text.startswith("#")
    assert text.endswith("\n")
    assert "\r" not in text
    assert not re.search(r"[ \u00a0]$", text, re.MULTILINE)


@pytest.mark.parametrize(
    "name",
    [
        "abbreviations.tsv",
        "cue_phrases.tsv",
        "office_heads.tsv",
        "parties.tsv",
        "silence.tsv",
        "titles.tsv",
    ],
)
def test_no_line_stands_twice(name: str) -> None:
    key = 1 if name == "cue_phrases.tsv" else 0
    assert _twice([row[key] for row in rows(name)]) == []


@pytest.mark.parametrize("name", ["groups.tsv", "group_heads.tsv"])
def test_no_group_stands_twice(name: str) -> None:
    assert _twice([row[0] for row in rows(name)]) == []  # "Bund" and "BUND" are two bodies


def test_no_office_stands_twice() -> None:
    assert _twice([o.masculine for o in offices() if o.masculine]) == []
    assert _twice([o.feminine for o in offices() if o.feminine]) == []
    assert {o.kind for o in offices()} <= OFFICE_KINDS
    assert {kind for _, kind in rows("office_heads.tsv")} <= OFFICE_KINDS


def test_an_abbreviation_stands_once_in_an_office() -> None:
    assert [o for o in offices() if _twice(list(o.abbreviations))] == []


def test_genders_are_known() -> None:
    known = set(get_args(Gender))
    for name in ("groups.tsv", "group_heads.tsv"):
        assert {row[1] for row in rows(name)} <= known
        assert {row[2] for row in rows(name)} <= {"group", "office", "citizen"}
    assert set(first_names().values()) == {"f", "m", "u"}


def test_titles_are_known() -> None:
    for form, kind, gender, case in rows("titles.tsv"):
        assert kind in ("honorific", "academic", "nobility"), form
        assert (gender in ("f", "m")) == (kind == "honorific"), form
        assert (case in ("nom", "obl", "any")) == (kind == "honorific"), form


def test_kinds_of_parties_are_known() -> None:
    assert {kind for _, _, kind in rows("parties.tsv")} == {"party", "local_list", "none", "group"}


@pytest.mark.xfail(
    reason="'Aktive Bürger' and 'AKTIVE BÜRGER', 'BUW' and 'BuW' are canonical forms of their own",
    strict=True,
)
def test_canonical_parties_differ_by_more_than_case() -> None:
    assert _twice([c.casefold() for c in {canonical for _, canonical, _ in rows("parties.tsv")}]) == []


@pytest.mark.parametrize("name", ["cue_phrases.tsv", "speech_verbs.tsv"])
def test_every_function_is_known(name: str) -> None:
    column = 0 if name == "cue_phrases.tsv" else 1
    assert {row[column] for row in rows(name)} <= set(get_args(VerbFunction))


def test_the_verb_file_is_sound() -> None:
    assert _twice([row[0] for row in rows("speech_verbs.tsv")]) == []
    for infinitive, _, object_, irregular in rows("speech_verbs.tsv"):
        assert re.fullmatch(r"(?:[a-zäöü]+\|)?[a-zäöüß]+n", infinitive), infinitive
        assert object_ in ("acc", "dat", "an", "bei", "von", "-"), infinitive
        assert re.fullmatch(r"(?:[a-zäöüß]+/[a-zäöüß]+/[a-zäöüß]+)?", irregular), infinitive


def test_articles_are_known() -> None:
    assert {row[1] for row in rows("articles.tsv")} <= set(get_args(Gender))
    assert {row[2] for row in rows("articles.tsv")} <= {"nom", "obl"}
    assert _twice(["/".join(row) for row in rows("articles.tsv")]) == []


@pytest.mark.parametrize(("file", "call"), [("patterns.tsv", "pattern"), ("function_words.tsv", "word_set")])
def test_every_name_is_used_and_every_use_is_named(file: str, call: str) -> None:
    sources = "".join(p.read_text(encoding="utf-8") for p in Path(pipeline.__file__).parent.rglob("*.py"))
    used = set(re.findall(rf'\b{call}\(\s*"([\w.]+)"', sources))
    assert {row[0] for row in rows(file)} == used


def test_no_word_stands_twice_in_its_class() -> None:
    for name in {row[0] for row in rows("function_words.tsv")}:
        assert (
            _twice([word for row in rows("function_words.tsv") if row[0] == name for word in row[1].split()]) == []
        ), name


def test_outcomes_are_those_of_the_record() -> None:
    assert {row[0] for row in rows("outcomes.tsv")} <= set(get_args(Outcome))


@pytest.mark.parametrize(
    ("name", "column"), [("cue_phrases.tsv", 1), ("labels.tsv", 1), ("outcomes.tsv", 1), ("silence.tsv", 0)]
)
def test_patterns_compile(name: str, column: int) -> None:
    for row in rows(name):
        re.compile(row[column])


@pytest.mark.parametrize("form", ["fragt", "bittet", "möchte", "stellt"])
def test_the_verbs_of_cues_have_phrases(form: str) -> None:
    assert all(function in get_args(VerbFunction) for function, _ in cue_phrases(form))
    assert cue_phrases(form)


def test_named_patterns_compile() -> None:
    for name, flags, _ in rows("patterns.tsv"):
        assert re.fullmatch(r"-|[im]+", flags), name
        assert pattern(name)
    with pytest.raises(KeyError):
        pattern("nowhere.nothing")


def _forms(infinitive: str) -> tuple[set[str], set[str], set[str], set[str]]:
    """Indicative, subjunctive, participle and infinitive forms of one verb."""
    found = verbs()
    return tuple(  # type: ignore[return-value]
        {form for form, readings in table.items() if any(r.infinitive == infinitive for r in readings)}
        for table in (found.indicative, found.subjunctive, found.participle, found.infinitive)
    )


@pytest.mark.parametrize(
    ("infinitive", "indicative", "subjunctive", "participle", "infinitives"),
    [
        # weak
        ("fragen", "fragt fragen fragte fragten", "frage fragen", "gefragt", "fragen"),
        (
            "antworten",
            "antwortet antworten antwortete antworteten",
            "antworte antworten",
            "geantwortet",
            "antworten",
        ),
        ("melden", "meldet melden meldete meldeten", "melde melden", "gemeldet", "melden"),
        ("erwidern", "erwidert erwidern erwiderte erwiderten", None, "erwidert", "erwidern"),
        (
            "entgegnen",
            "entgegnet entgegnen entgegnete entgegneten",
            "entgegne entgegnen",
            "entgegnet",
            "entgegnen",
        ),
        ("zweifeln", "zweifelt zweifeln zweifelte zweifelten", None, "gezweifelt", "zweifeln"),
        (
            "informieren",
            "informiert informieren informierte informierten informirt informiren informirte informirten",
            None,
            "informiert informirt",
            "informieren informiren",
        ),
        (
            "beantragen",
            "beantragt beantragen beantragte beantragten",
            "beantrage beantragen",
            "beantragt",
            "beantragen",
        ),
        (
            "hinterfragen",
            "hinterfragt hinterfragen hinterfragte hinterfragten",
            None,
            "hinterfragt",
            "hinterfragen",
        ),
        ("eröffnen", "eröffnet eröffnen eröffnete eröffneten", "eröffne eröffnen", "eröffnet", "eröffnen"),
        ("bedauern", "bedauert bedauern bedauerte bedauerten", None, "bedauert", "bedauern"),
        ("mahnen", "mahnt mahnen mahnte mahnten", "mahne mahnen", "gemahnt", "mahnen"),
        ("stören", "stört stören störte störten", "störe stören", "gestört", "stören"),
        (
            "äußern",
            "äußert äussert äußern äussern äußerte äusserte äußerten äusserten",
            None,
            "geäußert geäussert",
            None,
        ),
        pytest.param(
            "wiederholen",
            "wiederholt wiederholen wiederholte wiederholten",
            None,
            "wiederholt",
            "wiederholen",
        ),
        pytest.param(
            "bezeichnen",
            "bezeichnet bezeichnen bezeichnete bezeichneten",
            None,
            "bezeichnet",
            "bezeichnen",
        ),
        pytest.param(
            "zustimmen",
            "stimmt stimmen stimmte stimmten",
            "stimme stimmen",
            "zugestimmt",
            "zustimmen zuzustimmen",
        ),
        pytest.param(
            "rechnen",
            "rechnet rechnen rechnete rechneten",
            "rechne rechnen",
            "gerechnet",
            "rechnen",
        ),
        (
            "unterstützen",
            "unterstützt unterstützen unterstützte unterstützten",
            None,
            "unterstützt",
            "unterstützen",
        ),
        ("widerlegen", "widerlegt widerlegen widerlegte widerlegten", None, "widerlegt", "widerlegen"),
        ("ehren", "ehrt ehren ehrte ehrten", "ehre ehren", "geehrt", "ehren"),
        (
            "schlussfolgern",
            "schlussfolgert schlussfolgern schlussfolgerte schlussfolgerten "
            "schlußfolgert schlußfolgern schlußfolgerte schlußfolgerten",
            None,
            "geschlussfolgert geschlußfolgert",
            None,
        ),
        (
            "argumentieren",
            "argumentiert argumentieren argumentierte argumentierten "
            "argumentirt argumentiren argumentirte argumentirten",
            None,
            "argumentiert argumentirt",
            None,
        ),
        # strong and mixed
        ("bitten", "bittet bitten bat baten", "bitte bitten", "gebeten", "bitten"),
        ("sprechen", "spricht sprechen sprach sprachen", "spreche sprechen", "gesprochen", "sprechen"),
        ("raten", "rät raten riet rieten", "rate raten", "geraten", "raten"),
        (
            "empfehlen",
            "empfiehlt empfehlen empfahl empfahlen",
            "empfehle empfehlen",
            "empfohlen",
            "empfehlen",
        ),
        ("denken", "denkt denken dachte dachten", "denke denken", "gedacht", "denken"),
        ("schließen", "schließt schliesst schließen schliessen schloss schloß schlossen", None, "geschlossen", None),
        (
            "widersprechen",
            "widerspricht widersprechen widersprach widersprachen",
            None,
            "widersprochen",
            "widersprechen",
        ),
        (
            "verlassen",
            "verlässt verläßt verlassen verließ verliess verließen verliessen",
            None,
            "verlassen",
            "verlassen",
        ),
        # separable: finite forms without the prefix
        (
            "mitteilen",
            "teilt teilen teilte teilten theilt theilen theilte theilten",
            "teile teilen theile theilen",
            "mitgeteilt mitgetheilt",
            "mitteilen mitzuteilen mittheilen mitzutheilen",
        ),
        ("zusagen", "sagt sagen sagte sagten", "sage sagen", "zugesagt", "zusagen zuzusagen"),
        ("hinweisen", "weist weisen wies wiesen", "weise weisen", "hingewiesen", "hinweisen hinzuweisen"),
        (
            "vorschlagen",
            "schlägt schlagen schlug schlugen",
            None,
            "vorgeschlagen",
            "vorschlagen vorzuschlagen",
        ),
        ("nachhaken", "hakt haken hakte hakten", "hake haken", "nachgehakt", "nachhaken nachzuhaken"),
        (
            "bekanntgeben",
            "gibt geben gab gaben",
            "gebe geben",
            "bekanntgegeben",
            "bekanntgeben bekanntzugeben",
        ),
        ("anmerken", "merkt merken merkte merkten", None, "angemerkt", "anmerken anzumerken"),
        ("überleiten", "leitet leiten leitete leiteten", None, "übergeleitet", "überleiten überzuleiten"),
        ("aufnehmen", "nimmt nehmen nahm nahmen", "nehme nehmen", "aufgenommen", "aufnehmen aufzunehmen"),
        pytest.param(
            "kundtun",
            "tut tun tat taten",
            "tue tuen",
            "kundgetan",
            "kundtun kundzutun",
        ),
    ],
)
def test_verbs_are_inflected(
    infinitive: str, indicative: str, subjunctive: str | None, participle: str, infinitives: str | None
) -> None:
    found = _forms(infinitive)
    assert found[0] == set(indicative.split())
    if subjunctive is not None:
        assert found[1] == set(subjunctive.split())
    assert found[2] == set(participle.split())
    if infinitives is not None:
        assert found[3] == set(infinitives.split())


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("fragt", {"fragen", "anfragen", "nachfragen", "abfragen"}),
        ("teilt", {"mitteilen", "teilen"}),
        ("hinterfragt", {"hinterfragen"}),
        ("wies", {"hinweisen", "zurückweisen", "weisen"}),
    ],
)
def test_a_finite_form_has_all_its_readings(form: str, expected: set[str]) -> None:
    assert expected <= {verb.infinitive for verb in verbs().indicative[form]}


@pytest.mark.parametrize(
    "word", ["fragst", "mitteilt", "gefragen", "Frage", "gebittet", "vorschlagt", "empfehlt", "sprecht"]
)
def test_what_is_no_third_person_form_is_not_made(word: str) -> None:
    assert word not in verbs().indicative
    assert word not in verbs().participle


def test_a_reading_knows_its_prefix_and_function() -> None:
    assert Verb("zusagen", "zu", "promise", "dat") in verbs().indicative["sagt"]
    assert Verb("fragen", "", "ask", "acc") in verbs().indicative["fragt"]


@pytest.mark.parametrize(
    "stop",
    ["bgm", "ktabg", "rh", "stv", "vzbgm", "dr", "mag", "z.b", "abs", "ca", "fr", "hr", "beig", "dipl.-ing"],
)
def test_abbreviations_hold_those_of_offices_and_titles(stop: str) -> None:
    assert stop in abbreviations()


@pytest.mark.parametrize("word", ["rat", "uhrzeit", "die", "euro", "gmbh", "ende", "weg", "linke", "frau"])
def test_ordinary_words_are_no_abbreviations(word: str) -> None:
    assert word not in abbreviations()


@pytest.mark.parametrize(
    ("form", "canonical"),
    [
        ("CDU", "CDU"),
        ("DIE LINKE.", "DIE LINKE"),
        ("ÖVP", "ÖVP"),
        ("GRÜNE", "GRÜNE"),
        ("FPÖ", "FPÖ"),
        ("AfD", "AfD"),
        ("SVP", "SVP"),
    ],
)
def test_parties_by_their_usual_forms(form: str, canonical: str) -> None:
    assert parties()[form.lower()].casefold().rstrip(".") == canonical.casefold()


@pytest.mark.parametrize("word", ["rat", "der", "frau", "amt", "uhr", "ja", "gemeinde", "verwaltung", "gast"])
def test_ordinary_words_are_no_parties(word: str) -> None:
    assert word not in parties()


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Renate", "f"),
        ("Jörg", "m"),
        ("Ayşe", "f"),
        ("Urs", "m"),
        ("Kai", None),
        ("Beat", "m"),
        ("Fatma", "f"),
    ],
)
def test_given_names(name: str, gender: str | None) -> None:
    assert name in first_names()
    assert gender is None or first_names()[name] == gender


@pytest.mark.parametrize(
    "word", ["August", "Mai", "Paris", "Will", "Gang", "Wolf", "Christ", "Der", "Rat", "Straße", "Markt"]
)
def test_common_words_are_no_given_names(word: str) -> None:
    assert word not in first_names()


@pytest.mark.parametrize(
    ("forms", "text", "matched"),
    [
        (["Die Linke", "Die"], "Die Linke fragt", "Die Linke"),
        (["Die Linke", "Die"], "Die\u00a0Linke fragt", "Die\u00a0Linke"),
        (["FW|FÜR"], "FW|FÜR", "FW|FÜR"),
        (["B.90"], "Bx90", None),
    ],
)
def test_alternatives(forms: list[str], text: str, matched: str | None) -> None:
    m = re.match(alternatives(forms), text)
    assert (m.group() if m else None) == matched


@pytest.mark.parametrize("form", ["Ausschuss", "Ausschuß"])
def test_a_pattern_matches_the_spelling_before_1996(form: str) -> None:
    assert re.fullmatch(swiss("Ausschuss"), form)
    assert not re.fullmatch(swiss("Klasse"), "Klaße")


@pytest.mark.parametrize("form", ["schließt", "schliesst"])
def test_swiss_spelling(form: str) -> None:
    assert re.fullmatch(swiss("schließt"), form)
