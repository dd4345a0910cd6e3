"""A sentence with its mentions and tokens, and where a subject can stand in it."""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.attribution import MentionedText
from pipeline.lexicon import word_set
from pipeline.syntax import FILLERS, PREPOSITIONS, Syntax

_BEFORE_NAMES = word_set("attribution.before_names")
_OPENING = re.compile(
    r"(?:[A-ZÄÖÜ]{2,5}\s+|(?:\w{1,8}\.\s?){1,3}|(?:Auch|Sowohl|Nur|Der|Die|Das|Dem|der|die|Ebenso|Selbst)\s+)?"
)
_JOINT = re.compile(r"\s*(?:,|und|u\.|sowie|[/+&]|,? als auch)\s+(?:(?:der|die|das)\s+)?")


class Clause:
    """The sentence `text[begin:end]` read as one main clause; `inside` are the numbers of its mentions."""

    def __init__(self, source: MentionedText, begin: int, end: int, inside: list[int], syntax: Syntax) -> None:
        self.text, self.masked, self.mentions = source.text, source.masked, source.mentions
        self.behind = source.behind
        self.begin, self.end, self.inside = begin, end, inside
        self.syntax, self.tokens = syntax, syntax.tokens

    def opens(self, i: int) -> bool:
        """Tell whether mention `i` can be the subject at the beginning."""
        mention = self.mentions[i]
        if mention.nominative is False and not self.text.startswith(("Herrn", "Dem "), self.begin):
            return False  # "Herrn Lux fehlt ein Plan", "Dem Werkleiter war nichts bekannt"
        return _OPENING.fullmatch(self.text, self.begin, mention.start) is not None

    def together(self, first: int) -> list[int]:
        """ "Frau Lux (SPD) und Herr Zeh", "die Ktabg. Lux, Zeh und Rot"."""
        group = [first]
        for i in self.inside[self.inside.index(first) + 1 :]:
            here = self.mentions[i]
            if here.nominative is False or not _JOINT.fullmatch(
                self.text, self.mentions[group[-1]].outer_end, here.start
            ):
                break
            group.append(i)
        joints = [self.text[self.mentions[a].outer_end : self.mentions[b].start] for a, b in pairwise(group)]
        if joints and "," in joints[0] and not any("und" in joint for joint in joints):
            return group[:1]  # "Frau Lux, Herr Zeh ...": an apposition, or two sentences
        return group

    def skip_fillers(self, k: int) -> int:
        last = k + 3
        while k < len(self.tokens) and k <= last and self.tokens[k].low in FILLERS and self.mention_at(k) is None:
            k += 1
        return k

    def mention_at(self, k: int) -> int | None:
        """The mention that begins at token `k`, or behind its article."""
        start = self.tokens[k].start
        for i in self.inside:
            between = self.mentions[i].start - start
            if between == 0:
                return i
            if 0 < between <= 7 and self.text[start : start + between].strip().lower() in _BEFORE_NAMES:
                return i
        return None

    def may_be_subject(self, i: int) -> bool:
        mention = self.mentions[i]
        if mention.nominative is False:
            return False
        before = self.text[max(0, mention.start - 12) : mention.start].split()
        return not (before and before[-1].lower() in PREPOSITIONS)
