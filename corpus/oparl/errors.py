"""What keeps an OParl feed from being mirrored, told so that a reader knows what to do."""

from __future__ import annotations

from dataclasses import dataclass


class OParlError(ValueError):
    """A page or file that cannot be had, or a feed that must not be followed; trying again is no use."""


class Unavailable(OParlError):
    """A server that does not answer as it should, for now.

    `retry_after` is how many seconds it wants to be left alone; `down` says that the server itself is at fault,
    not one address of it.
    """

    def __init__(self, message: str, *, retry_after: float | None = None, down: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        self.down = down


class ServerDown(OParlError):
    """Nothing has come from the server for several addresses in a row: the run ends here."""


@dataclass(frozen=True)
class Problem:
    """An address or a file that was left out, and why."""

    where: str
    reason: str
