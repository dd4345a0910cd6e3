"""Splits that share nothing: whole groups of documents go to train, dev or test.

Documents of one house style, of one town, or with somebody of the same family name belong together, and so does
what is joined through others. A model that is tested on one group has then seen nothing of it.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from corpus.checking import surnames
from corpus.collection import Document
from corpus.gold import SPLITS, Origin, Split


def groups(documents: Sequence[Document]) -> list[tuple[Document, ...]]:
    """Return the groups of documents that share a style, a town or a surname, in the order of the documents."""
    parent = list(range(len(documents)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    first: dict[tuple[str, str], int] = {}
    for i, document in enumerate(documents):
        place = document.gold.origin.place if document.gold.origin else None
        shared = {("style", document.style), *(("surname", name) for name in surnames(document.gold))}
        for key in shared | ({("place", place)} if place else set()):
            parent[root(i)] = root(first.setdefault(key, i))
    found: dict[int, list[Document]] = {}
    for i, document in enumerate(documents):
        found.setdefault(root(i), []).append(document)
    return [tuple(group) for group in found.values()]


def split(documents: Sequence[Document], shares: Mapping[Split, float], seed: int = 0) -> dict[str, Split]:
    """Assign a split to every document by name, so that the turns come as near to `shares` as whole groups can.

    The largest groups go first, each to the split that lacks most; the seed orders groups of one size. A split with
    the share 0 gets none. Raises `ValueError` for shares that do not sum to one.
    """
    if min(shares.values()) < 0:
        raise ValueError("the shares of dev and test are more than everything: make them smaller")
    if abs(sum(shares.values()) - 1) > 1e-6:
        raise ValueError(f"the shares of the splits sum to {sum(shares.values()):g}: make them sum to 1")
    ordered = groups(documents)
    random.Random(seed).shuffle(ordered)
    ordered.sort(key=_turns, reverse=True)
    total = sum(map(_turns, ordered)) or 1
    lacking = {name: shares.get(name, 0) * total for name in SPLITS}
    assigned: dict[str, Split] = {}
    for group in ordered:
        chosen = max((name for name in SPLITS if shares.get(name, 0)), key=lambda name: lacking[name])
        lacking[chosen] -= _turns(group)
        assigned.update((document.name, chosen) for document in group)
    return assigned


def with_split(document: Document, name: Split) -> Document:
    """Return the document with its split written into its origin."""
    origin = document.gold.origin or Origin(style=document.style)
    gold = document.gold.model_copy(update={"origin": origin.model_copy(update={"split": name})})
    return Document(document.name, gold)


def _turns(group: tuple[Document, ...]) -> int:
    return sum(len(document.gold.turns) for document in group)
