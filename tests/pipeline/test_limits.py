from __future__ import annotations

import re
import time

import pytest

from pipeline.limits import LimitError, Limits, kept

SLOW = "a" * 40 + "b"


@pytest.mark.parametrize(
    "work",
    [lambda: time.sleep(30), lambda: re.fullmatch(r"(a|a)*c", SLOW), lambda: [None for _ in range(10**10) if _ < 0]],
    ids=["asleep", "pattern", "loop"],
)
def test_what_takes_too_long_is_ended(work: object) -> None:
    assert callable(work)
    began = time.monotonic()
    with pytest.raises(LimitError, match=r"needs more than 0\.2 seconds"), kept(Limits(seconds=0.2)):
        work()
    assert time.monotonic() - began < 5
    time.sleep(0.3)  # no signal comes afterwards


def test_an_error_that_is_swallowed_on_the_way_is_raised_all_the_same() -> None:
    with pytest.raises(LimitError), kept(Limits(seconds=0.1)):
        try:
            time.sleep(30)
        except Exception:
            time.sleep(30)


def test_what_takes_too_much_memory_is_ended() -> None:
    with pytest.raises(LimitError, match="needs more than 100 MB of memory"), kept(Limits(memory=100 << 20)):
        bytearray(200 << 20)
    assert len(bytearray(200 << 20)) == 200 << 20  # the limit is gone


def test_what_stays_below_comes_out() -> None:
    with kept(Limits(seconds=5, memory=100 << 20)):
        assert len(bytearray(50 << 20)) == 50 << 20
    with kept(Limits()):
        pass


def test_other_errors_stay_what_they_are() -> None:
    with pytest.raises(KeyError), kept(Limits(seconds=5, memory=100 << 20)):
        raise KeyError
