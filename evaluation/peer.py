"""A spaCy pipeline of the shape of `de_core_news_md`, with random weights: it reads at the speed of the real one.

Shape and sizes are those of the packages of spaCy 3.8: embeddings of norm, prefix, suffix and shape with static
vectors, four layers of width 96, one tok2vec for tagger, morphologizer, parser and lemmatizer, another for names.
What it finds is noise. The numbers of labels are about those of the German packages, the edit trees are a guess.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product
from typing import Any

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from thinc.util import fix_random_seed

TAGS = 55
MORPHS = 700
DEPENDENCIES = 40
ENTITIES = ("LOC", "MISC", "ORG", "PER")
EDIT_TREES = 1000
VECTORS, VECTOR_WIDTH = 20_000, 300
NAME = "random weights in the shape of de_core_news_md"

_WIDTH = 96
_BATCH = 256  # documents that the packages read at once
_FEATURES = {
    "POS": ("NOUN", "PROPN", "PRON", "DET", "ADJ", "VERB", "AUX", "NUM"),
    "Case": ("Acc", "Dat", "Gen", "Nom"),
    "Gender": ("Fem", "Masc", "Neut"),
    "Number": ("Plur", "Sing"),
    "Person": ("1", "2", "3"),
    "Degree": ("Cmp", "Pos", "Sup"),
}


def make_peer(seed: int = 0) -> Language:
    """Build the pipeline; the same seed gives the same weights."""
    fix_random_seed(seed)
    random = np.random.default_rng(seed)
    nlp = spacy.blank("de")
    nlp.batch_size = _BATCH
    # No word has a vector of its own: a missing one costs as much as a found one.
    nlp.vocab.reset_vectors(shape=(VECTORS, VECTOR_WIDTH))  # type: ignore[arg-type]  # the stub says int
    shared = {"@architectures": "spacy.Tok2VecListener.v1", "width": _WIDTH, "upstream": "tok2vec"}
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": shared}
    nlp.add_pipe("tok2vec", config={"model": _tok2vec(spaces=True)})
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": _transitions("parser", shared), "min_action_freq": 1})
    nlp.add_pipe("trainable_lemmatizer", name="lemmatizer", config={"model": tagger, "min_tree_freq": 1, "top_k": 1})
    nlp.add_pipe("ner", config={"model": _transitions("ner", _tok2vec(spaces=False))})
    nlp.initialize(lambda: _examples(nlp))
    _fill(nlp, random)
    return nlp


def _tok2vec(*, spaces: bool) -> dict[str, Any]:
    rows = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}
    if spaces:
        rows |= {"SPACY": 50, "IS_SPACE": 50}
    return {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": _WIDTH,
            "attrs": list(rows),
            "rows": list(rows.values()),
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": _WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    }


def _transitions(kind: str, tok2vec: dict[str, Any]) -> dict[str, Any]:
    return {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": kind,
        "extra_state_tokens": False,
        "hidden_width": 64,
        "maxout_pieces": 2,
        "use_upper": True,
        "nO": None,
        "tok2vec": tok2vec,
    }


def _examples(nlp: Language) -> Iterator[Example]:
    """Yield invented sentences in which every label occurs; each word hangs on the one in the middle."""
    length, root = 20, 10
    morphs = [dict(zip(_FEATURES, values, strict=True)) for values in islice(product(*_FEATURES.values()), MORPHS)]
    for begin in range(0, max(MORPHS, EDIT_TREES), length):
        numbers = range(begin, begin + length)
        of_word = [morphs[n % MORPHS] for n in numbers]
        words = [f"w{n}" for n in numbers]
        doc = Doc(
            nlp.vocab,
            words=words,
            tags=[f"T{n % TAGS}" for n in numbers],
            pos=[features["POS"] for features in of_word],
            morphs=["|".join(f"{key}={x}" for key, x in features.items() if key != "POS") for features in of_word],
            heads=[root] * length,
            # The first ten words hang to the right, the others to the left: every label occurs on both sides.
            deps=["ROOT" if at == root else f"d{(begin // 2 + at % 10) % DEPENDENCIES}" for at in range(length)],
            lemmas=[f"{word}e{n % EDIT_TREES}" for n, word in zip(numbers, words, strict=True)],
            ents=[f"B-{ENTITIES[at]}" if at < len(ENTITIES) else "O" for at in range(length)],
        )
        yield Example(Doc(nlp.vocab, words=words), doc)


def _fill(nlp: Language, random: np.random.Generator) -> None:
    """Put random weights where spaCy begins with zeros, in the layers of the labels: all would be the first one."""
    layers = {"tagger": "output_layer", "morphologizer": "output_layer", "lemmatizer": "output_layer"}
    for name, layer in {**layers, "parser": "upper", "ner": "upper"}.items():
        component: Any = nlp.get_pipe(name)
        output = component.model.get_ref(layer)
        weights = output.get_param("W")
        scale = np.float32(weights.shape[1] ** -0.5)
        output.set_param("W", random.standard_normal(weights.shape, dtype=np.float32) * scale)
        if name == "parser":  # left to itself it makes each word a sentence, which takes longer than trees do
            bias = output.get_param("b").copy()
            bias[component.move_names.index("B-ROOT")] = -100
            output.set_param("b", bias)
