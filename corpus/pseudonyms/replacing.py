"""Placeholders for private persons in a record and its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from corpus.gold import text_hash
from corpus.pseudonyms.contacts import contact_edits
from corpus.pseudonyms.edits import Edit, Rewritten
from corpus.pseudonyms.names import Names, Owner, kept_words, owner_of
from corpus.pseudonyms.occurrences import Hit, Kept, common_owners, find_hits, opening, runs
from corpus.pseudonyms.placeholders import Placeholders, coded
from corpus.pseudonyms.private import Who, replaced_persons
from corpus.pseudonyms.rewriting import Rewriter
from corpus.pseudonyms.unresolved import unresolved_names
from corpus.record import Minutes

MARK = "pseudonyms"
"""The entry of `Generator.models` that says whose names are replaced."""

_SOURCE = "document-{}.txt"
_SOURCE_LENGTH = 12
_BREAK = re.compile(r"\s*[\n\f\v]\s*")


def pseudonymise(minutes: Minutes, who: Who = "citizens", *, key: bytes | None = None) -> Minutes:
    """Return a record in which placeholders ("Person 3") stand for the names of private persons, in the text too.

    `who` is "citizens" or "all", which replaces office holders as well. All spans move along. Without a key the numbers
    are those of the document; with one (16 bytes at least) a name has the same code in all documents. `source` and
    `sha256` become those of the new text, since a path may hold a name. What is not protected: docs/pseudonyms.md.
    `PseudonymError` if the key is too short.
    """
    persons = replaced_persons(minutes, who)
    kept = kept_words(minutes, persons)
    words = frozenset(chain.from_iterable(kept.values())) if who == "citizens" else frozenset()
    owners = [owner_of(person, minutes.text) for person in persons]
    owners += _new(unresolved_names(minutes, words), owners)
    names = Names([owner for owner in owners if owner.family or owner.given or owner.common], words)
    staying = Kept(
        (span, kept[person.id]) for person in minutes.persons if person.id in kept for span in person.mentions
    )
    work = _Work(names, staying, Placeholders(minutes.text, key))
    text = Rewritten(minutes.text, work.edits(minutes.text, _borders(minutes)))
    replaced = {
        owner.id: work.placeholder(frozenset((number,)))
        for number, owner in enumerate(names.owners)
        if owner.id is not None
    }
    parts = Rewriter(minutes, text, replaced, work.said).parts()
    return Minutes.model_validate({**dict(minutes), **parts, **_origin(minutes, text.text, who, key)})


class _Work:
    """Replaces the names of one document."""

    def __init__(self, names: Names, kept: Kept, placeholders: Placeholders) -> None:
        self._names, self._kept, self._placeholders = names, kept, placeholders

    def placeholder(self, owners: frozenset[int]) -> str:
        """Return what stands for one person, or for a name that several bear and nothing tells apart."""
        first = self._names.owners[min(owners)]
        if len(owners) == 1:
            return self._placeholders.of(owners, first.whole)
        shared: Hashable = owners
        return self._placeholders.of(shared, replace(first, given_name=None).whole)

    def edits(self, text: str, borders: Sequence[int] = ()) -> list[Edit]:
        """Return the edits of a text; none reaches over a border between its parts."""
        found = [
            edit
            for run in runs(text, find_hits(text, self._names, self._kept), self._names)
            for edit in self._of_run(text, run, borders)
        ]
        return list(_merged(found, contact_edits(text, found)))

    def said(self, text: str) -> str:
        """Return a text that stands apart from that of the document, with its names replaced."""
        nobody = Kept(())
        alone = Names([replace(owner, mentions=()) for owner in self._names.owners], self._names.kept)
        return Rewritten(text, _Work(alone, nobody, self._placeholders).edits(text)).text

    def _of_run(self, text: str, run: Sequence[Hit], borders: Sequence[int]) -> Iterator[Edit]:
        owners = common_owners(run)
        new = self.placeholder(owners)
        if ending := run[-1].ending:
            new += f"’{ending}"
        start, end = run[0].start, run[-1].end
        if len(owners) == 1:
            start = opening(text, start, self._names.owners[min(owners)])
        kind, _, number = new.partition(" ")
        if run[-1].rest is not None:
            yield Edit(start, end, kind)
            yield Edit(*run[-1].rest, number)
            return
        first = bisect_right(borders, start)
        if first < len(borders) and borders[first] < end:
            border = borders[first]
            space = text[start:border]
            yield Edit(start, border, kind + space[len(space.rstrip()) :])
            yield Edit(border, end, number)
            return
        line_end = _BREAK.search(text, start, end)
        yield Edit(start, end, new.replace(" ", line_end.group()) if line_end else new)


def _new(found: Iterable[Owner], owners: Sequence[Owner]) -> Iterator[Owner]:
    """Yield the owners whose names nobody bears yet."""
    known = {word for owner in owners for word in owner.family}
    for owner in found:
        if not owner.family <= known:
            known |= owner.family
            yield owner


def _merged(names: Iterable[Edit], contacts: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits that do not overlap: an address that holds a name, or a part of it, takes all of both."""
    current: Edit | None = None
    fixed = False
    for edit, contact in sorted((*((edit, False) for edit in names), *((edit, True) for edit in contacts))):
        if current is not None and edit.start < current.end:
            new = edit.new if contact and not fixed else current.new
            current, fixed = Edit(current.start, max(current.end, edit.end), new), fixed or contact
            continue
        if current is not None:
            yield current
        current, fixed = edit, contact
    if current is not None:
        yield current


def _borders(minutes: Minutes) -> list[int]:
    turns = (offset for turn in minutes.turns for offset in (turn.start, turn.end))
    items = (offset for item in minutes.agenda for offset in (item.start, item.heading_end, item.end))
    pages = (offset for page in minutes.pages or () for offset in page)
    return sorted({*turns, *items, *pages})


def _origin(minutes: Minutes, text: str, who: Who, key: bytes | None) -> dict[str, object]:
    """Return the fields that say where a record comes from, without what leads back to the document."""
    sha256 = text_hash(text)
    before = minutes.generator.models.get(MARK)
    code = coded(key, minutes.source).lower() if key else sha256
    models = {**minutes.generator.models, MARK: "all" if before == "all" else who}
    return {
        "source": minutes.source if before else _SOURCE.format(code[:_SOURCE_LENGTH]),
        "sha256": sha256,
        "generator": minutes.generator.model_copy(update={"models": models}),
    }
