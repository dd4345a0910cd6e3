"""What there is to do, apart from what does it, so that a process can wait for it without loading spaCy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    """One document to work on: a file, a member of an archive ("2024.zip!/rat.pdf"), or bytes that are given a name."""

    name: str
    data: bytes | None = None
