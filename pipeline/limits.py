"""Limits of what one document may cost, kept in the process that works on it.

A signal ends what takes too long, and the operating system refuses memory beyond the limit; both come out as a
`LimitError`. Neither can end a call into a library that never returns: for that see `pipeline.workers`.
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_AGAIN = 5.0  # seconds to the next signal, where a library has swallowed the error of the first
_STATM = Path("/proc/self/statm")
_STATUS = Path("/proc/self/status")


class LimitError(RuntimeError):
    """A document that costs more than it may; the message goes on from its name ("needs more than …")."""


@dataclass(frozen=True)
class Limits:
    """What a document may cost, `None` for any amount.

    `seconds` by the clock hold for reading it and again for extraction; `memory` are bytes beyond what the process
    has before. Without SIGALRM (Windows) and /proc (all but Linux) they are not kept here.
    """

    seconds: float | None = None
    memory: int | None = None


NO_LIMITS = Limits()


@contextmanager
def kept(limits: Limits) -> Iterator[None]:
    """Raise `LimitError` where what happens inside takes more than the limits; only in the main thread."""
    with _memory_kept(limits.memory), _seconds_kept(limits.seconds):
        yield


def peak_memory() -> int | None:
    """Return the bytes of memory that this process used at its peak; `None` where the system does not say.

    Linux hands the peak of `getrusage` on from the process that started this one, `/proc` does not.
    """
    if _STATUS.exists():
        line = next((line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:")), None)
        return int(line.split()[1]) * 1024 if line else None
    try:
        import resource
    except ImportError:  # Windows
        return None
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * 1024


def wants_memory(error: Exception) -> bool:
    """Tell whether an error says that memory was refused; onnxruntime has one of its own around that of C++."""
    return isinstance(error, MemoryError) or "bad_alloc" in str(error)


class _TimeUp(BaseException):
    """Raised by the signal; no `Exception`, so that nobody takes it for a fault of the document."""


def _raise_time_up(_number: int, _frame: FrameType | None) -> None:
    raise _TimeUp


@contextmanager
def _seconds_kept(seconds: float | None) -> Iterator[None]:
    here = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if seconds is None or not here:
        yield
        return
    before = signal.signal(signal.SIGALRM, _raise_time_up)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _TimeUp as error:
        raise LimitError(f"needs more than {seconds:g} seconds: split it by session, or raise the limit") from error
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _memory_kept(memory: int | None) -> Iterator[None]:
    try:
        import resource
    except ImportError:
        memory = None
    if memory is None or not _STATM.exists():
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(_STATM.read_text().split()[0]) * resource.getpagesize()
    most = taken + memory if before[1] == resource.RLIM_INFINITY else min(taken + memory, before[1])
    resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
    try:
        yield
    except Exception as error:
        if wants_memory(error):
            reason = f"needs more than {memory >> 20} MB of memory: split it by session, or raise the limit"
            raise LimitError(reason) from error
        raise
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
