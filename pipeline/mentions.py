"""A mention: what a clerk writes for somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipeline.lexicon import Gender

MentionKind = Literal["person", "office", "group", "citizen"]
ClosedSpan = tuple[int, int]


@dataclass(frozen=True)
class Mention:
    """One mention; offsets refer to the clean text.

    `start:end` is the shortest text that names somebody, as in the guidelines; `outer_end` lies behind a party in
    brackets and an apposition. `nominative` is `False` where the form cannot be the subject ("Herrn Lux"), `None`
    where the form leaves it open. `offices` are the spans of the offices and functions as written, `lemmas` their
    base forms. `code` is what stands for the person in the document ("KU", `pipeline.codes`).
    """

    start: int
    end: int
    kind: MentionKind
    name: str | None = None
    given_name: str | None = None
    title: str | None = None
    honorific: str | None = None
    office_kind: str | None = None
    offices: tuple[ClosedSpan, ...] = ()
    lemmas: tuple[str, ...] = ()
    parties: tuple[ClosedSpan, ...] = ()
    gender: Gender | None = None
    nominative: bool | None = None
    article: str | None = None
    outer_end: int = 0
    head: str | None = None
    code: str | None = None
