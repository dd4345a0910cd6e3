"""A base that stands in for spaCy's German package: the same components, trained on a few sentences."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.about import __version__ as spacy_version
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import fix_random_seed

from pipeline import load, to_minutes
from pipeline.base import BaseError
from pipeline.clean import CleanText
from pipeline.components import COMPONENTS
from pipeline.entities import family_names, marked_speakers
from pipeline.layout import layout
from pipeline.persons import find_mentions

NAME = "de_core_news_md"
PIPES = ("tok2vec", "tagger", "morphologizer", "parser", "lemmatizer", "attribute_ruler", "ner")

# text; tags, parts of speech, heads and labels of the TIGER treebank; entities
SENTENCES: list[tuple[str, str, str, list[int], str, list[str]]] = [
    (
        "Zerwas wähnt , dass die Halle öffnet .",
        "NE VVFIN $, KOUS ART NN VVFIN $.",
        "PROPN VERB PUNCT SCONJ DET NOUN VERB PUNCT",
        [1, 1, 1, 6, 5, 6, 1, 1],
        "sb ROOT punct cp nk sb oc punct",
        ["B-PER", "O", "O", "O", "O", "O", "O", "O"],
    ),
    (
        "Ferner wähnt Zerwas , dass die Halle öffnet .",
        "ADV VVFIN NE $, KOUS ART NN VVFIN $.",
        "ADV VERB PROPN PUNCT SCONJ DET NOUN VERB PUNCT",
        [1, 1, 1, 1, 7, 6, 7, 1, 1],
        "mo ROOT sb punct cp nk sb oc punct",
        ["O", "O", "B-PER", "O", "O", "O", "O", "O", "O"],
    ),
    (
        "Die Halle öffnet im Mai .",
        "ART NN VVFIN APPRART NN $.",
        "DET NOUN VERB ADP NOUN PUNCT",
        [1, 2, 2, 2, 3, 2],
        "nk sb ROOT mo nk punct",
        ["O"] * 6,
    ),
]
SAID = "Zerwas wähnt, dass die Halle öffnet."
INVERTED = "Ferner wähnt Zerwas, dass die Halle öffnet."


def _doc(nlp: Language, number: int) -> Doc:
    words, tags, pos, heads, deps, ents = SENTENCES[number]
    return Doc(
        nlp.vocab, words.split(), tags=tags.split(), pos=pos.split(), heads=heads, deps=deps.split(), ents=ents,
        lemmas=words.split(), morphs=[f"POS={x}" for x in pos.split()],
    )  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for `sys.path` with the package: its pipeline knows its sentences by heart."""
    nlp = spacy.blank("de")
    for name in PIPES:
        settings = {"min_action_freq": 1} if name == "parser" else {}
        nlp.add_pipe("trainable_lemmatizer" if name == "lemmatizer" else name, name=name, config=settings)
    examples = [Example(nlp.make_doc(doc.text), doc) for doc in (_doc(nlp, n) for n in range(len(SENTENCES)))]
    fix_random_seed(0)
    optimizer = nlp.initialize(lambda: examples)
    rules: Any = nlp.get_pipe("attribute_ruler")
    rules.add(patterns=[[{"LOWER": "zerwas"}]], attrs={"POS": "PROPN"})
    for _ in range(40):
        nlp.update(examples, sgd=optimizer)
    nlp.meta.update(name="core_news_md", version="3.8.0")
    folder = tmp_path_factory.mktemp("site")
    _package(folder, NAME, "3.8.0", nlp.meta)
    nlp.to_disk(folder / NAME / f"{NAME}-3.8.0")
    return folder


def _package(site: Path, name: str, version: str, meta: dict[str, Any] | None) -> None:
    """Install a package as spaCy packages its pipelines; without `meta` one that breaks when it is imported."""
    for folder in (site / name, site / f"{name}-{version}.dist-info"):
        folder.mkdir(parents=True)
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (site / f"{name}-{version}.dist-info" / "METADATA").write_text(metadata, encoding="utf-8")
    if meta is None:
        (site / name / "__init__.py").write_text("raise SystemExit('somebody else's code ran')\n", encoding="utf-8")
        return
    (site / name / "meta.json").write_text(json.dumps(meta), encoding="utf-8")
    (site / name / "__init__.py").write_text(
        "from spacy.util import load_model_from_init_py\n\n\n"
        "def load(**overrides):\n    return load_model_from_init_py(__file__, **overrides)\n",
        encoding="utf-8",
    )


@pytest.fixture
def installed(site: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.syspath_prepend(str(site))
    yield
    sys.modules.pop(NAME, None)


def test_the_installed_package_runs_first_and_the_record_names_it(installed: None) -> None:
    nlp = load(base=NAME, classifier="rules")
    assert nlp.pipe_names == [*PIPES, *COMPONENTS]
    assert to_minutes(nlp(SAID), nlp=nlp).generator.models["base"] == NAME


def test_its_entities_feed_the_persons(installed: None) -> None:
    nlp = load(base=NAME, classifier="rules")
    doc = nlp(SAID)
    minutes = to_minutes(doc, nlp=nlp)
    assert [ent.text for ent in doc.ents] == ["Zerwas"]
    assert [person.name for person in minutes.persons] == ["Zerwas"]
    assert find_mentions(SAID) == []


def test_its_parser_tells_who_speaks(installed: None) -> None:
    nlp = load(base=NAME, classifier="rules")
    doc = nlp(INVERTED)
    assert [span.text for span in doc.spans["mentions"]] == ["Zerwas"]
    with nlp.select_pipes(disable="parser"):
        doc = nlp(INVERTED)
    assert ([ent.text for ent in doc.ents], list(doc.spans["mentions"])) == (["Zerwas"], [])


def _sentence(words: str, pos: str = "", ents: str = "", heads: list[int] | None = None, deps: str = "") -> Doc:
    split = words.split()
    vocab = spacy.blank("de").vocab
    return Doc(vocab, split, pos=pos.split() or None, ents=ents.split() or None, heads=heads, deps=deps.split() or None)


@pytest.mark.parametrize(
    ("doc", "names"),
    [
        (_sentence("Anna Lux klagt .", ents="B-PER I-PER O O"), ["Lux"]),
        (_sentence("Lux klagt .", "PROPN VERB PUNCT", "B-PER O O"), ["Lux"]),
        (_sentence("Klagt niemand ?", "VERB PRON PUNCT", "B-PER O O"), []),  # the tagger knows better
        (_sentence("Bremen klagt .", ents="B-LOC O O"), []),
        (_sentence("Li klagt .", ents="B-PER O O"), []),  # two letters are too often an abbreviation
    ],
)
def test_family_names_of_a_base(doc: Doc, names: list[str]) -> None:
    assert list(family_names(doc)) == names


def _clean(doc: Doc) -> CleanText:
    return layout(doc.text).clean


OBJECT = "Herr Lux hat gesagt , dass es regnet ."
OBJECT_DEPS, TOLD_DEPS = "nk sb ROOT oc punct cp ep oc punct", "nk da ROOT oc punct cp ep oc punct"
REPORTED_DEPS = "sb ROOT punct sb rs punct"


@pytest.mark.parametrize(
    ("doc", "found"),
    [
        (_sentence("Frau Lux nickt .", ents="B-SPEAKER I-SPEAKER O O"), ["Frau Lux"]),
        (_sentence("Frau Lux nickt .", ents="O B-PER O O"), []),
        (_sentence(OBJECT, "", "O B-PER O O O O O O O", [1, 2, 2, 2, 7, 7, 7, 3, 2], OBJECT_DEPS), ["Lux"]),
        # "Der Rat hat Lux gesagt, dass": told, not telling
        (_sentence(OBJECT, "", "O B-PER O O O O O O O", [1, 2, 2, 2, 7, 7, 7, 3, 2], TOLD_DEPS), []),
        # an infinitive is no clause: "Lux hat gesagt"
        (_sentence("Lux hat gesagt .", "", "B-PER O O O", [1, 1, 1, 1], "sb ROOT oc punct"), []),
        (_sentence("Lux meint , es regne .", "", "B-PER O O O O O", [1, 1, 1, 4, 1, 1], REPORTED_DEPS), ["Lux"]),
    ],
)  # fmt: skip
def test_who_speaks_according_to_a_base(doc: Doc, found: list[str]) -> None:
    clean = _clean(doc)
    assert [clean.text[start:end] for start, end in marked_speakers(doc, clean)] == found


def test_a_speaker_that_no_rule_knows_becomes_a_mention() -> None:
    text = "Ferner wünscht K. Iseli Angaben.\nDer BA fragt sich das. Herr Lux nickt."
    spans = [(text.index(name), text.index(name) + len(name)) for name in ("K. Iseli", "Der BA", "Herr Lux")]
    mentions = find_mentions(text, speakers=spans)
    assert [(text[m.start : m.end], m.kind, m.name) for m in mentions] == [
        ("K. Iseli", "person", "Iseli"),
        ("Der BA", "group", None),
        ("Herr Lux", "person", "Lux"),
    ]
    assert [text[m.start : m.end] for m in find_mentions(text)] == ["Herr Lux"]


@pytest.mark.parametrize("version", ["999.9.9", "1.0.0"])
def test_a_placeholder_is_refused_and_not_imported(version: str, tmp_path: Path, monkeypatch: Any) -> None:
    _package(tmp_path, NAME, version, None)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(BaseError, match=rf"'{NAME}' {version} holds no spaCy pipeline.*pip uninstall {NAME}"):
        load(base=NAME)
    assert NAME not in sys.modules


def test_a_missing_package_comes_with_both_ways_and_a_warning() -> None:
    with pytest.raises(BaseError) as error:
        load(base=NAME)
    message = str(error.value)
    assert f"python -m spacy download {NAME}" in message
    assert "https://github.com/explosion/spacy-models/releases" in message
    assert "never pip install de-core-news-md" in message
    assert "\n" not in message


def _saved(folder: Path, **meta: str) -> str:
    spacy.blank("de").to_disk(folder)
    held = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    (folder / "meta.json").write_text(json.dumps({**held, **meta}), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("meta", "message"),
    [
        ({"lang": "en"}, "is for the language 'en': minutes need a German one"),
        ({"spacy_version": ">=2.3.0,<2.4.0"}, f"needs spaCy >=2.3.0,<2.4.0, this is {spacy_version}"),
        ({"spacy_version": ">=4.0.0,<4.1.0"}, "get the version that fits"),
    ],
)
def test_a_base_that_does_not_fit_is_refused(meta: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(BaseError, match=re.escape(message)):
        load(base=_saved(tmp_path, **meta))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_another_patch_release_does_no_harm(tmp_path: Path) -> None:
    minor = spacy_version.rpartition(".")[0]
    assert load(base=_saved(tmp_path, spacy_version=f">={minor}.99,<4"), classifier="rules").pipe_names == list(
        COMPONENTS
    )


def test_a_broken_base_is_named(tmp_path: Path) -> None:
    folder = _saved(tmp_path)
    (tmp_path / "tokenizer").unlink()
    with pytest.raises(BaseError, match="cannot be loaded"):
        load(base=folder)
