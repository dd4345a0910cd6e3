"""Counted votes of a turn that is known to be a decision, in all and by party.

What elsewhere could be a time or a scale ("7 : 13") counts here, and so does who voted no by name.
"""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.record import Votes
from pipeline.lexicon import alternatives, pattern, rows
from pipeline.roles import is_party
from pipeline.votes import Ballot, number, votes

_NUMBER = rf"(\d{{1,3}}|{alternatives(row[0] for row in rows('numbers.tsv'))})"
_BALLOTS: tuple[Ballot, ...] = ("yes", "no", "abstain")
_TRIPLE = pattern("ballots.ratio")
_PAIR = pattern("ballots.pair")
_SENTENCES: dict[Ballot, re.Pattern[str]] = {
    "yes": re.compile(pattern("ballots.more_yes").pattern.replace("NUMBER", _NUMBER), re.IGNORECASE),
    "no": re.compile(pattern("ballots.more_no").pattern.replace("NUMBER", _NUMBER), re.IGNORECASE),
    "abstain": re.compile(pattern("ballots.more_abstain").pattern.replace("NUMBER", _NUMBER), re.IGNORECASE),
}
_NAMES: dict[Ballot, re.Pattern[str]] = {
    "no": pattern("ballots.no_names"),
    "abstain": pattern("ballots.abstain_names"),
}
_TABLE_HEAD = pattern("ballots.table_head")
_TABLE_ROW = pattern("ballots.table_row")
_TABLE_SUM = pattern("ballots.table_sum")
_PARTY_ITEM = pattern("ballots.party_item")
_PARTY_LINE = pattern("ballots.party_line")
_PARTY_OF = pattern("ballots.party_of")
_SWAPPED = pattern("ballots.swapped")
_ROUND = pattern("ballots.round")
_COUNTED_PARTY = re.compile(r"(?P<party>[^,;:()]+?)\s*\((?P<n>\d{1,3})\)")
_AND = re.compile(r",|\bund\b")
_BRACKET = re.compile(r"(?P<ballot>[^()\n;]{0,40})\((?P<parties>[^()\n]*\d[^()\n]*)\)")


def count(result: str, results: str, whole: str) -> Votes | None:
    """Count the votes by the line of the `result`, then by all `results`; by the `whole` turn where these count none.

    >>> count("Gegenstimmen: GV Lux, GV Zeh; alle übrigen dafür.", "", "")
    Votes(yes=None, no=2, abstain=None)
    """
    counted = {**_counted(results, pairs=True), **_counted(result, pairs=True)} or _counted(whole, pairs=False)
    return _votes(counted) if counted else None


def rounds(text: str) -> list[str]:
    """Cut a text where a ballot begins, if there were several: "Im ersten Wahlgang ... Im zweiten Wahlgang ..."."""
    bounds = [*(m.start() for m in _ROUND.finditer(text)), len(text)]
    return [text[a:b] for a, b in pairwise(bounds)] if len(bounds) > 2 else []


def by_party(text: str) -> dict[str, Votes]:
    """Return the votes of single parties, by the party as written: a table, "dafür: 12 (5 CDU, 4 SPD, 3 FDP)".

    >>> by_party("gegen 6 Stimmen der SPD")
    {'SPD': Votes(yes=None, no=6, abstain=None)}
    """
    if table := _table(text):
        return {party: numbers for party, numbers in table.items() if not _TABLE_SUM.fullmatch(party)}
    found: dict[str, dict[Ballot, int]] = {}
    for bracket in _BRACKET.finditer(text):
        ballot = _ballot(bracket["ballot"])
        for item in _PARTY_ITEM.finditer(bracket["parties"]):
            if ballot and is_party(item["party"]):
                found.setdefault(item["party"], {})[ballot] = int(item["n"])
    for line in _PARTY_LINE.finditer(text):
        for item in _COUNTED_PARTY.finditer(line["parties"]):
            if (ballot := _ballot(line["ballot"])) and is_party(item["party"].strip()):
                found.setdefault(item["party"].strip(), {})[ballot] = int(item["n"])
    for m in _PARTY_OF.finditer(text):
        if is_party(m["party"]):
            found.setdefault(m["party"], {})["no" if m["side"] == "gegen" else "yes"] = int(m["n"])
    return {party: _votes(numbers) for party, numbers in found.items()}


def _ballot(text: str) -> Ballot | None:
    """The last ballot that is named before a bracket with parties."""
    named = [*_numbers(votes(text) or votes(f"{text.rstrip(' :')}: 1"))]
    return named[0] if len(named) == 1 else None


def _counted(text: str, *, pairs: bool) -> dict[Ballot, int]:
    if (table := _table(text)) and (sums := [v for party, v in table.items() if _TABLE_SUM.fullmatch(party)]):
        return _numbers(sums[-1])
    triples = list(_TRIPLE.finditer(text))
    if triples:  # "Gruppe der Lehrenden 5:0:1, insgesamt 10:0:2"
        summed = (t for t in triples if _TABLE_SUM.search(text, max(0, t.start() - 12), t.start()))
        triple = next(summed, triples[0])
        return dict(zip(_BALLOTS, (int(n) for n in triple.groups() if n), strict=False))  # "4 J, 1 N" has no third
    found = _numbers(votes(text))
    if pairs and not found.keys() & {"yes", "no"} and (m := _PAIR.search(text)):
        found |= {"yes": int(m["yes"]), "no": int(m["no"])}
    for ballot, expression in _SENTENCES.items():
        if ballot not in found and (m := expression.search(text)):
            found[ballot] = number(next(n for n in m.groups() if n))
    for ballot, expression in _NAMES.items():
        if ballot not in found and (m := expression.search(text)):
            names = [name.strip() for name in _AND.split(m["names"]) if name.strip()]
            if not any(is_party(name) or "raktion" in name for name in names):
                found[ballot] = len(names)
    for line in _PARTY_LINE.finditer(text):  # "Dafür: ÖVP (12), SPÖ (5)" counts 17
        if (side := _ballot(line["ballot"])) and side not in found:
            found[side] = sum(int(item["n"]) for item in _COUNTED_PARTY.finditer(line["parties"]))
    if _SWAPPED.search(text) and found.get("yes", 0) > found.get("no", 0):
        found["yes"], found["no"] = found["no"], found["yes"]
    return found


def _table(text: str) -> dict[str, Votes]:
    head = _TABLE_HEAD.search(text)
    if not head:
        return {}
    return {
        m["party"].strip(): Votes(yes=int(m["yes"]), no=int(m["no"]), abstain=int(m["abstain"]))
        for m in _TABLE_ROW.finditer(text, head.end())
    }


def _numbers(counted: Votes | None) -> dict[Ballot, int]:
    stated: dict[Ballot, int | None] = (
        {"yes": counted.yes, "no": counted.no, "abstain": counted.abstain} if counted else {}
    )
    return {ballot: n for ballot, n in stated.items() if n is not None}


def _votes(numbers: dict[Ballot, int]) -> Votes:
    return Votes(yes=numbers.get("yes"), no=numbers.get("no"), abstain=numbers.get("abstain"))
