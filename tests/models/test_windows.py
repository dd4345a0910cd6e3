from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers import models as pieces_of

from models import DocumentInput, TextBlock, TurnInput
from models.windows import cut, lay_out, windows
from tests.models.tiny import ANSWER, EXCHANGE, HEADING, IDLE, QUESTION, TALK, TEXT, learned

_shapes = st.integers(1, 40).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))


@given(st.integers(0, 300), _shapes)
def test_every_piece_is_read_afresh_once(length: int, shape: tuple[int, int]) -> None:
    size, context = shape
    found = windows(length, size, context)
    assert [n for window in found for n in range(window.fresh, window.end)] == list(range(length))
    for before, window in pairwise(found):
        assert window.fresh - window.begin == min(context, before.end)
    assert all(0 < window.end - window.begin <= size for window in found)
    assert all(window.end - window.begin == size for window in found[:-1])


@pytest.mark.parametrize(("size", "context"), [(8, 8), (8, 9), (8, -1), (0, 0)])
def test_a_window_must_leave_room_for_fresh_pieces(size: int, context: int) -> None:
    with pytest.raises(ValueError, match=f"a window of {size} pieces cannot have {context} pieces of context"):
        windows(20, size, context)


@given(st.lists(st.integers(0, 60), max_size=4), _shapes)
def test_windows_lie_side_by_side(lengths: list[int], shape: tuple[int, int]) -> None:
    documents = [1 + np.arange(length) + 1000 * n for n, length in enumerate(lengths)]
    batch = lay_out(documents, *shape, 0)
    assert batch.ids.shape == batch.mask.shape
    assert ((batch.ids == 0) == (batch.mask == 0)).all()
    assert batch.ids.reshape(-1)[batch.places].tolist() == [x for own in documents for x in own.tolist()]


def test_headings_and_the_blocks_of_turns_are_read(tokenizer: Tokenizer) -> None:
    found = cut(EXCHANGE, tokenizer)
    heading, other = tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")
    marks = [(int(i), int(a)) for i, a, b in zip(found.ids, found.starts, found.ends, strict=True) if a == b]
    lines = ((heading, HEADING), (other, QUESTION), (other, ANSWER), (other, TALK))
    assert marks == [(mark, TEXT.index(line)) for mark, line in lines]
    idle = TEXT.index(IDLE)
    assert not ((found.starts >= idle) & (found.starts < idle + len(IDLE))).any()


def test_a_turn_over_two_blocks_reads_both(tokenizer: Tokenizer) -> None:
    start = TEXT.index(ANSWER)
    long = replace(EXCHANGE.turns[1], text=TEXT[start : TEXT.index(TALK) - 1])
    found = cut(replace(EXCHANGE, turns=(long,)), tokenizer)
    assert TEXT.index(IDLE) in found.starts
    assert TEXT.index(QUESTION) not in found.starts
    assert TEXT.index(TALK) not in found.starts


def test_a_turn_that_shares_its_block(tokenizer: Tokenizer) -> None:
    text = f"{QUESTION} {ANSWER}"
    turns = (TurnInput(QUESTION), TurnInput(ANSWER, start=len(QUESTION) + 1))
    found = cut(DocumentInput(text, (TextBlock(0, len(text)),), turns), tokenizer)
    (_, end), (begin, last) = found.turns
    assert end == begin
    assert last == len(found)
    assert text[found.starts[begin] : found.ends[last - 1]].strip() == ANSWER


def test_the_pieces_of_a_turn_cover_it(tokenizer: Tokenizer) -> None:
    for document in (EXCHANGE, *(x.document for x in learned())):
        found = cut(document, tokenizer)
        assert (np.diff(found.starts) >= 0).all()
        assert (np.diff(found.ends) >= 0).all()
        for turn, (first, last) in zip(document.turns, found.turns, strict=True):
            covered = {n for a, b in zip(found.starts[first:last], found.ends[first:last], strict=True)
                       for n in range(a, b)}  # fmt: skip
            end = turn.start + len(turn.text)
            assert all(n in covered for n in range(turn.start, end) if not document.text[n].isspace())
            assert all(document.text[n].isspace() for n in covered if not turn.start <= n < end)


def test_a_turn_without_pieces_gets_the_one_behind_it(tokenizer: Tokenizer) -> None:
    blank = f"{QUESTION}   {ANSWER}"
    turn = TurnInput("", start=len(QUESTION) + 1)
    found = cut(DocumentInput(blank, (TextBlock(0, len(blank)),), (turn,)), tokenizer)
    ((first, last),) = found.turns
    assert last == first + 1
    assert found.ends[first] > turn.start


def test_a_document_without_turns_or_text(tokenizer: Tokenizer) -> None:
    found = cut(replace(EXCHANGE, turns=()), tokenizer)
    assert found.turns.shape == (0, 2)
    assert (found.ends <= len(HEADING)).all()
    assert len(cut(DocumentInput("", (), ()), tokenizer)) == 0


def test_a_tokenizer_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match=r"has neither <s> nor \[CLS\]: give an encoder"):
        cut(EXCHANGE, Tokenizer(pieces_of.WordLevel({"[UNK]": 0}, unk_token="[UNK]")))
