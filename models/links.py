"""Which questions an answer answers, by a logistic regression over pairs of an answer and an earlier question.

Pairs are scored in the order of the answers, so that a question that an earlier answer took is known as taken. The
weights are few enough to be read; `models.link_training` fits them.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from itertools import islice, takewhile
from pathlib import Path

from corpus.record import Label
from models.weights import WeightsError

_LIKELY = 0.5
_LIKELIEST = 0.35  # enough for the best question, where none is likely
_REACH = 6  # questions back
_WORD = re.compile(r"[^\W\d_]{5,}|\d{2,}")


@dataclass(frozen=True)
class LinkInput:
    """What is known of one turn.

    `probability` is that of its label, `named` tells that the turn names its speaker, and `mentioned` are all other
    persons that it names. `on_request`: it says itself that somebody asked ("Auf Nachfrage von ..."). `collective`: it
    says that it answers several questions; `particular`: one of several. `asked_in` is the section of its questions
    where the text says so. `sequences` are the letter sequences of its content (`letter_sequences`).
    """

    label: Label | None
    speakers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    on_request: bool = False
    section: int = 0
    asked_in: int | None = None
    named: bool = True
    mentioned: frozenset[str] = frozenset()
    collective: bool = False
    particular: bool = False
    probability: float = 1.0
    sequences: frozenset[str] = field(default=frozenset(), repr=False)

    @property
    def asks_itself(self) -> bool:
        """Whether it reports the question of somebody it names, so that it leaves other questions open."""
        return self.on_request and bool(self.addressees)


def earlier_questions(turns: Sequence[LinkInput], n: int) -> Iterator[int]:
    """Yield the numbers of the questions that the answer `n` may answer, the nearest first.

    Nobody answers their own question; but where the answer does not name its speaker, who speaks is a guess.
    """
    answer = turns[n]
    section = answer.section if answer.asked_in is None else answer.asked_in
    for k in range(n - 1, -1, -1):
        if turns[k].section < section:
            return
        own = answer.named and set(turns[k].speakers) & set(answer.speakers)
        if turns[k].section == section and turns[k].label == "question" and not own:
            yield k


@dataclass(frozen=True)
class Round:
    """An answer, the questions it may answer (nearest first) and the answers around it.

    The `block` are the questions asked last before it, with no answer between them; `before` and `after` are the other
    answers to this block, up to the next question.
    """

    turns: Sequence[LinkInput]
    answer: int
    questions: tuple[int, ...]
    taken: frozenset[int]

    @cached_property
    def replies(self) -> list[int]:
        """Answers of the section behind the first of the questions, without those that report another question."""
        first, section = self.questions[-1], self.turns[self.questions[0]].section
        inside = takewhile(lambda k: self.turns[k].section == section, range(first, len(self.turns)))
        return [k for k in inside if self.turns[k].label == "answer" and not self.turns[k].asks_itself]

    @cached_property
    def block(self) -> tuple[int, ...]:
        last = self.questions[0]
        return tuple(k for k in self.questions if not any(k < j < last for j in self.replies))

    @cached_property
    def before(self) -> list[int]:
        return [j for j in self.replies if self.questions[0] < j < self.answer]

    @cached_property
    def after(self) -> list[int]:
        behind = range(self.answer + 1, len(self.turns))
        end = next((k for k in behind if self.turns[k].label == "question"), len(self.turns))
        return [j for j in self.replies if self.answer < j < end]

    @cached_property
    def askers(self) -> set[str]:
        return {person for k in self.questions for person in self.turns[k].speakers}

    @cached_property
    def overlaps(self) -> dict[int, float]:
        """How much of the content of each question comes again in the answer."""
        own = self.turns[self.answer].sequences
        return {k: _overlap(own, self.turns[k].sequences) for k in self.questions}

    def _elsewhere(self, question: int) -> float:
        asked = self.turns[question].sequences
        return max((_overlap(self.turns[j].sequences, asked) for j in (*self.before, *self.after)), default=0)

    @cached_property
    def addressed(self) -> set[int]:
        """The last question of each asker whom the answer addresses; all of the block where it answers several."""
        found: set[int] = set()
        for asker in self.turns[self.answer].addressees:
            theirs = [k for k in self.questions if asker in self.turns[k].speakers]
            found.update(theirs[:1])
            if self.turns[self.answer].collective:
                found.update(k for k in theirs if k in self.block)
        return found

    def columns(self, rank: int) -> dict[str, float]:
        """Return what is known of the answer and the question at this place, all between 0 and 3."""
        k = self.questions[rank]
        question, answer = self.turns[k], self.turns[self.answer]
        askers, speakers = set(question.speakers), set(answer.speakers)
        named = answer.mentioned
        several = k in self.block and len(self.block) > 1
        alone = not self.before and not self.after
        first = bool(self.after) and not self.before
        best = self.overlaps[k] == max(self.overlaps[x] for x in self.block) > 0
        between = self.turns[k + 1 : self.answer]
        return {
            "bias": 1,
            "nearest": rank == 0,
            "rank": min(rank, 4) / 4,
            "open": not any(k < j < self.answer for j in self.replies),
            "taken": k in self.taken,
            "not_in_block": k not in self.block,
            "several_one_answer": several and alone,
            "several_first_answer": several and first,
            "several_first_to_first": several and first and k == self.block[-1],
            "several_later_answer": several and bool(self.before),
            "collective": several and answer.collective,
            "particular": several and answer.particular,
            "to_somebody_else": bool(answer.addressees),
            "names_asker": bool(named & askers),
            "names_other_asker": bool(named & self.askers) and not named & askers,
            "on_request": answer.on_request,
            "asked_answerer": bool(speakers & set(question.addressees)),
            "asked_other": bool(question.addressees and speakers) and not speakers & set(question.addressees),
            "overlap": self.overlaps[k],
            "best_overlap": several and best,
            "best_overlap_shared": several and best and not alone,
            "fits_another_answer": several and self._elsewhere(k) > self.overlaps[k],
            "others_between": min(sum(x.label not in ("question", "answer") for x in between), 5) / 5,
            "asker_between": any(askers & set(x.speakers) for x in between),
            "answered_before": any(speakers & set(self.turns[j].speakers) for j in self.before),
            "asker_answers": bool(askers & speakers),
            "question_sure": question.probability,
            "answer_sure": answer.probability,
        }


Chooser = Callable[[Round], Iterable[int]]
"""Chooses the questions that an answer answers."""


def link(turns: Sequence[LinkInput], choose: Chooser) -> list[tuple[int, ...]]:
    """Return for each turn the numbers of the questions that it answers, in order.

    Where an answer says whom it answers, that decides. One that reports a question of somebody it names ("Auf
    Nachfrage von ...") answers no other one.
    """
    links: list[tuple[int, ...]] = [()] * len(turns)
    taken: set[int] = set()
    for n, turn in enumerate(turns):
        if turn.label != "answer":
            continue
        questions = tuple(islice(earlier_questions(turns, n), _REACH))
        if questions:
            found = Round(turns, n, questions, frozenset(taken))
            links[n] = tuple(sorted(found.addressed or (() if turn.asks_itself else choose(found))))
            taken.update(links[n])
    return links


def choose_open(found: Round) -> Sequence[int]:
    """Choose by rule: all questions since the last answer, the nearest where there are none."""
    answer = found.turns[found.answer]
    if answer.on_request and not answer.collective:
        return ()
    return found.questions[:1] if found.before else found.block


def letter_sequences(text: str) -> frozenset[str]:
    """Return numbers, and all five letters on end of the words: compounds and inflected forms share most of them."""
    found: set[str] = set()
    for word in _WORD.findall(text.lower().replace("ß", "ss")):
        found.update([word] if word.isdigit() else (word[i : i + 5] for i in range(len(word) - 4)))
    return frozenset(found)


def _overlap(answer: frozenset[str], question: frozenset[str]) -> float:
    shared = len(answer & question)
    return min(shared / math.sqrt(max(1, min(len(answer), len(question), 60))), 3)


COLUMNS = tuple(Round((LinkInput("question"), LinkInput("answer")), 1, (0,), frozenset()).columns(0))


@dataclass(frozen=True)
class LinkScorer:
    """The weights of the regression, one for each of `COLUMNS`."""

    name: str
    weights: Mapping[str, float]

    def choose(self, found: Round) -> list[int]:
        """Choose the likely questions, or the likeliest if that is likely enough."""
        likely = {k: self.probability(found.columns(rank)) for rank, k in enumerate(found.questions)}
        best = max(likely, key=lambda k: (likely[k], k))
        return [k for k, p in likely.items() if p >= _LIKELY] or [best] * (likely[best] >= _LIKELIEST)

    def probability(self, columns: Mapping[str, float]) -> float:
        """Return how probable it is that the answer answers this question."""
        return 1 / (1 + math.exp(-sum(self.weights[name] * value for name, value in columns.items())))


def load_links(path: Path | None = None) -> LinkScorer:
    """Load the weights that ship with the package, or those that `protokollant train links` wrote.

    Raises `WeightsError` where they cannot be read or were trained for other columns.
    """
    path = path or Path(str(files("models") / "links.json"))
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        scorer = LinkScorer(str(stored["name"]), {str(k): float(v) for k, v in stored["weights"].items()})
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise WeightsError(f"{path} cannot be read ({error}): write it anew with `protokollant train links`") from error
    if set(scorer.weights) != set(COLUMNS):
        raise WeightsError(f"{path} was trained for other columns: train again with this version")
    return scorer
