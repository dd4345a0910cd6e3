"""What stands for a name: a number within the document, or with a key a code that is the same in all documents."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Hashable

SHORTEST_KEY = 16  # bytes: who can try all keys can try all names
_CODE_LENGTH = 8  # 40 bits: two of 100,000 names share a code once in 200 archives
_PLACEHOLDER = re.compile(r"Person (?:\d+|[A-Z2-7]{8}(?:-\d+)?)")
_NUMBERED = re.compile(r"\bPerson\s+(\d+)")


class PseudonymError(ValueError):
    """A request that cannot be met; the message says what to do."""


def is_placeholder(name: str) -> bool:
    """Tell whether a name is one that stands for another."""
    return _PLACEHOLDER.fullmatch(name) is not None


class Placeholders:
    """Placeholders of one document, given out in the order in which they are asked for."""

    def __init__(self, text: str, key: bytes | None) -> None:
        self._key = key if key is None else checked(key)
        self._taken = {f"Person {number}" for number in _NUMBERED.findall(text)}
        self._given: dict[Hashable, str] = {}

    def of(self, owner: Hashable, name: str) -> str:
        """Return what stands for an owner; `name` is what its code is made of."""
        if owner not in self._given:
            self._given[owner] = self._next() if self._key is None else self._coded(self._key, name)
            self._taken.add(self._given[owner])
        return self._given[owner]

    def _next(self) -> str:
        number = len(self._given) + 1
        while f"Person {number}" in self._taken:
            number += 1
        return f"Person {number}"

    def _coded(self, key: bytes, name: str) -> str:
        code = placeholder = f"Person {coded(key, name)[:_CODE_LENGTH]}"
        number = 2
        while placeholder in self._taken:  # namesakes
            placeholder, number = f"{code}-{number}", number + 1
        return placeholder


def checked(key: bytes) -> bytes:
    """Return a key that is long enough; `PseudonymError` if it is not."""
    if len(key) < SHORTEST_KEY:
        raise PseudonymError(
            f"the key has {len(key)} bytes and needs at least {SHORTEST_KEY}: make one with `openssl rand -hex 32`"
        )
    return key


def coded(key: bytes, text: str) -> str:
    """Return a code of a text (HMAC-SHA256, RFC 2104) in letters and digits."""
    digest = hmac.new(key, text.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii").rstrip("=")
