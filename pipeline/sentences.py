"""Sentence bounds that survive the abbreviations, dates, sums and party names of minutes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.lexicon import abbreviations, pattern

_END = re.compile(r"[.!?…]+[\"“”«»')\]]*(?=\s|$)")
_MONTH = pattern("sentences.month")
_LAST_WORD = re.compile(r"\S+$")
_STARTER = pattern("sentences.starter")
# "(GRÜNE) und DIE LINKE. sprechen": the stop belongs to the name
_PARTY_STOP = re.compile(r"(?:DIE LINKE|Die Linke|Die LINKE)\.$")


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the sentences in `text[start:end]`, without outer white space, in order."""
    known = abbreviations()
    pos = start
    for m in _END.finditer(text, start, end):
        stop = m.end()
        follower = stop
        while follower < end and text[follower].isspace():
            follower += 1
        if follower < end and not _ends(text, pos, m, follower, known):
            continue
        if text[pos:stop].strip():
            yield _strip(text, pos, stop)
        pos = stop
    if text[pos:end].strip():
        yield _strip(text, pos, end)


def _ends(text: str, pos: int, stop: re.Match[str], follower: int, known: frozenset[str]) -> bool:
    head = text[follower]
    if not (head.isupper() or head.isdigit() or head in "„\"»«(–—-•§…'‚"):
        return False
    if stop.group() == ".." and text[stop.start() - 1].isupper():
        return False  # "Ratsherr A.. Lux": a masked name
    if stop.group() != ".":
        # "(z. B. Hof?) und" goes on in lower case and was refused above
        return True
    last = _LAST_WORD.search(text, pos, stop.start())
    word = (last.group() if last else "").lstrip("(„\"»'")
    low = word.lower()
    if low in known or low.rstrip(".") in known or low.rpartition("-")[2] in known:  # "AR-Vors. Lux"
        # "usw. Die" ends a sentence where an article follows; "Dr. Die" does not occur
        return low in ("usw", "etc", "u.a", "u.ä", "o.ä", "uhr") and bool(_STARTER.match(text, follower))
    if len(word) == 1 and word.isalpha() and word.isupper():
        return bool(_STARTER.match(text, follower))  # "Herr A. berichtet", "M. Lux" against "Anlage B. Diese ..."
    if (word.isdigit() and len(word) <= 3) or re.fullmatch(r"[IVX]+", word):
        if _MONTH.match(text, follower):
            return False  # "am 3. März"
        return bool(_STARTER.match(text, follower))  # "der 12. Sitzung" against "um 12. Die"
    if _PARTY_STOP.search(text, pos, stop.end()):
        return bool(_STARTER.match(text, follower))
    return True


def _strip(text: str, start: int, end: int) -> tuple[int, int]:
    while text[start].isspace():
        start += 1
    while text[end - 1].isspace():
        end -= 1
    return start, end
