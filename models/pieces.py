"""The vocabulary of the encoder: which pieces German needs, and a tokenizer of these pieces."""

from __future__ import annotations

import gzip
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from itertools import islice
from typing import TYPE_CHECKING

from models.e5 import EncoderError, Pieces

if TYPE_CHECKING:
    from tokenizers import Tokenizer
    from tokenizers.normalizers import Normalizer

PREFIX = "▁"  # stands for the blank before a word
MASK = "<mask>"
WORDS = "spacy-lookups-data"
_BATCH = 5000
# Latin letters, digits and signs; then dashes, quotation marks, currencies and signs such as ℓ and №.
_CHARACTERS = (range(0x21, 0x250), range(0x2010, 0x2150))
_LONGEST_SIGNS = 8  # "31.12.": no word has them, and minutes are full of them; longer ones are rules across a page


def german_words() -> Iterator[str]:
    """Yield the million words of `de_lexeme_prob`, the most probable first, equally probable ones by alphabet."""
    try:
        file = files("spacy_lookups_data") / "data" / "de_lexeme_prob.json.gz"
        probabilities: dict[str, float] = json.loads(gzip.decompress(file.read_bytes()))
    except ModuleNotFoundError as error:
        raise EncoderError(f"{WORDS} is not installed: pip install 'protokollant[train]'") from error
    yield from sorted(probabilities, key=lambda word: (-probabilities[word], word))


def special_ids(pieces: Pieces) -> tuple[int, ...]:
    """Return the ids of the special pieces, ascending."""
    found = {pieces.bos, pieces.eos, pieces.pad, pieces.unk}
    if MASK in pieces.texts:
        found.add(pieces.texts.index(MASK))
    return tuple(sorted(found))


def every_id(pieces: Pieces) -> tuple[int, ...]:
    """Return all ids: the special ones first, then the others, ascending."""
    return _in_order(special_ids(pieces), set(range(len(pieces.texts))))


def chosen_ids(pieces: Pieces, normalisation: Mapping[int, str], words: Iterable[str], most: int) -> tuple[int, ...]:
    """Return the ids of at most `most` pieces: the special ones first, then the others, ascending.

    Kept are the single characters of Latin script, digits and signs such as "/20", and then, word by word until one
    does not fit, the pieces into which the untrimmed tokenizer cuts a word, and its single characters. Text whose
    pieces are all kept is cut as before: a best path that stays possible stays the best.
    """
    special = special_ids(pieces)
    by_text = {text: number for number, text in enumerate(pieces.texts)}
    kept = set(special)
    kept.update(n for text, n in by_text.items() if _is_basic(text))
    if len(kept) > most:
        raise EncoderError(
            f"{most} pieces are too few: special pieces, single characters and signs alone are {len(kept)}"
        )
    untrimmed = make_tokenizer(pieces, range(len(pieces.texts)), normalisation)  # with the ids of the file
    remaining = iter(words)
    while batch := list(islice(remaining, _BATCH)):
        for word, encoding in zip(batch, untrimmed.encode_batch_fast(batch, add_special_tokens=False), strict=True):
            new = {*encoding.ids, *(by_text[character] for character in word if character in by_text)} - kept
            if len(kept) + len(new) > most:
                return _in_order(special, kept)
            kept |= new
    return _in_order(special, kept)


def make_tokenizer(pieces: Pieces, ids: Iterable[int], normalisation: Mapping[int, str]) -> Tokenizer:
    """Return a Unigram tokenizer of the pieces with these ids; their places in `ids` become the new ids.

    Offsets of its encodings are those of the text as it was given.
    """
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors

    kept = tuple(ids)
    place = {old: new for new, old in enumerate(kept)}
    vocabulary = [(pieces.texts[old], float(pieces.scores[old])) for old in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=place[pieces.unk], byte_fallback=False))
    tokenizer.normalizer = _normaliser(normalisation)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(PREFIX, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace(PREFIX, prepend_scheme="always")
    tokenizer.add_special_tokens([pieces.texts[old] for old in special_ids(pieces)])
    bos, eos = pieces.texts[pieces.bos], pieces.texts[pieces.eos]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{bos} $A {eos}",
        pair=f"{bos} $A {eos} {eos} $B {eos}",
        special_tokens=[(bos, place[pieces.bos]), (eos, place[pieces.eos])],
    )
    return tokenizer


def coverage(full: Tokenizer, trimmed: Tokenizer, texts: Iterable[str]) -> float | None:
    """Return the share of the untrimmed tokenizer's tokens that the trimmed one cuts as well; `None` without tokens."""
    same, total = 0, 0
    for text in texts:
        before, after = (tokenizer.encode(text, add_special_tokens=False) for tokenizer in (full, trimmed))
        found = set(zip(after.offsets, after.tokens, strict=True))
        same += sum(token in found for token in zip(before.offsets, before.tokens, strict=True))
        total += len(before.ids)
    return same / total if total else None


def _normaliser(normalisation: Mapping[int, str]) -> Normalizer:
    """Return the table as steps of `tokenizers`: NFKC, before it what the table does otherwise, after it single blanks.

    NFKC also composes a letter with the accent after it, which the table, made of single code points, cannot say.
    """
    from tokenizers import Regex, normalizers

    otherwise: dict[str, list[int]] = {}
    for code, replacement in normalisation.items():
        if unicodedata.normalize("NFKC", chr(code)) != replacement:
            otherwise.setdefault(replacement, []).append(code)
    steps: list[Normalizer] = [
        normalizers.Replace(Regex("[" + "".join(rf"\x{{{code:x}}}" for code in sorted(codes)) + "]"), replacement)
        for replacement, codes in sorted(otherwise.items())
    ]
    return normalizers.Sequence([*steps, normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])


def _is_basic(text: str) -> bool:
    """Tell whether a piece is a single character, or digits and signs, of Latin script."""
    characters = text.removeprefix(PREFIX)
    if not all(any(ord(character) in block for block in _CHARACTERS) for character in characters):
        return False
    return len(characters) < 2 or (len(characters) <= _LONGEST_SIGNS and not any(map(str.isalpha, characters)))


def _in_order(special: tuple[int, ...], kept: set[int]) -> tuple[int, ...]:
    return (*special, *sorted(kept.difference(special)))
