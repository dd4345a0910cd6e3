"""The benchmarks that we stand beside others on: their files, readers and metrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evaluation.external.documents import Event, ExternalDocument, Tokens
from evaluation.external.metrics import score_names, score_quotations, score_speech_events, score_tokens
from evaluation.external.readers import read_events, read_names
from evaluation.scores import Metric


@dataclass(frozen=True)
class Found:
    """What a system found in one document, in the terms of the benchmarks."""

    events: tuple[Event, ...] = ()
    names: frozenset[Tokens] = frozenset()


@dataclass(frozen=True)
class Task:
    """One set of one benchmark; `name` and `set` are those of `published.tsv`, `file` stands under the folder of data.

    `score` gives every metric of one document, in counts that add up, always under the same names.
    """

    name: str
    set: str
    file: str
    read: Callable[[Path], tuple[ExternalDocument, ...]]
    score: Callable[[ExternalDocument, Found], Mapping[str, Metric]]

    @property
    def metrics(self) -> tuple[str, ...]:
        """The names of the metrics, in the order of the table."""
        return tuple(self.score(ExternalDocument("", ()), Found()))

    def documents(self, folder: Path) -> tuple[ExternalDocument, ...]:
        """Read the set from the folder of data; `EvaluationError` where it is missing or malformed."""
        return self.read(folder / self.file)


def _cues(gold: ExternalDocument, found: Found) -> Mapping[str, Metric]:
    return {"cue_f1": Metric((score_speech_events(gold.events, found.events).cue.fraction,))}


def _speech_events(gold: ExternalDocument, found: Found) -> Mapping[str, Metric]:
    scores = score_speech_events(gold.events, found.events)
    counts = {"cue_f1": scores.cue, "roles_f1": scores.roles, "joint_f1": scores.joint}
    return {name: Metric((x.fraction,)) for name, x in counts.items()}


def _quotations(gold: ExternalDocument, found: Found) -> Mapping[str, Metric]:
    """Score the full task, the simplified one (top level, source the only role), and what goes on without a cue.

    A quotation without a cue continues an earlier one or stands free; only such events of both sides are compared.
    """
    full = score_quotations(gold.events, found.events)
    top = score_quotations([x for x in gold.events if not x.nested], found.events, roles=("source",))
    theirs, ours = ([x for x in events if not x.cue] for events in (gold.events, found.events))
    continued = score_quotations(theirs, ours, roles=("source",))
    proportions = {
        "message_f1": full.message,
        "roles_f1": full.roles,
        "joint_f1": full.joint,
        "top_message_f1": top.message,
        "top_source_f1": top.roles,
        "top_joint_f1": top.joint,
        "continuation_message_f1": continued.message,
        "continuation_source_f1": continued.roles,
    }
    return {name: x.metric for name, x in proportions.items()}


def _reported_speech(gold: ExternalDocument, found: Found) -> Mapping[str, Metric]:
    types = ("direct", "indirect", "reported")
    return {f"{type}_f1": Metric((score_tokens(gold.events, found.events, type).fraction,)) for type in types}


def _names(gold: ExternalDocument, found: Found) -> Mapping[str, Metric]:
    return {"person_f1": Metric((score_names(gold.names, found.names).fraction,))}


_NEWS = Task("news2024", "test", "benchmarks/news2024.test.jsonl.gz", read_events, _quotations)
_SPEECHES = Task("spkatt2023", "dev", "benchmarks/spkatt2023.dev.jsonl.gz", read_events, _speech_events)
_CUES = Task("spkatt2023", "test", "benchmarks/spkatt2023.test_cues_only.jsonl.gz", read_events, _cues)
_NONFICTION = Task(
    "redewiedergabe", "non-fiction test", "benchmarks/rw_nonfict.test.jsonl.gz", read_events, _reported_speech
)
_GERMEVAL = Task("germeval2014", "test", "ner/germeval2014/NER-de-test.tsv", read_names, _names)

EXTERNAL: tuple[Task, ...] = (_NEWS, _CUES, _SPEECHES, _NONFICTION, _GERMEVAL)
"""The sets whose figures stand beside published ones. Of the test set of SpkAtt-2023 only the cues are public."""

DEVELOPMENT: tuple[Task, ...] = (
    replace(_NEWS, set="dev", file="benchmarks/news2024.dev.jsonl.gz"),
    _SPEECHES,
    replace(_NONFICTION, set="non-fiction dev", file="benchmarks/rw_nonfict.dev.jsonl.gz"),
    replace(_GERMEVAL, set="dev", file="ner/germeval2014/NER-de-dev.tsv"),
)
"""The sets on which the mapping of records to events was chosen."""
