"""How much of a document's text another reader's text has, word by word and in order."""

from __future__ import annotations

from difflib import SequenceMatcher

from evaluation.counts import Share


def words_in_order(reference: str, text: str) -> Share:
    """Return how many words of the reference stand in the text, in the same order.

    Words are what white space parts. The order is that of the matching blocks of Ratcliff and Obershelp (difflib),
    so the share is a lower bound of what the longest common subsequence would give.
    """
    words = reference.split()
    matcher = SequenceMatcher(None, words, text.split(), autojunk=False)
    return Share(sum(block.size for block in matcher.get_matching_blocks()), len(words))
