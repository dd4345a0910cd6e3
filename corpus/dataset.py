"""The corpus as `datasets.Dataset`: turns, documents or sentences, with typed features, from files and offline.

Needs the extra `datasets`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from corpus.collection import Document, read_documents, samples_folder
from corpus.gold import SPLITS, GoldTurn, Split
from corpus.record import LABELS, AttendanceStatus, Outcome

if TYPE_CHECKING:
    from datasets import Dataset, Features

View = Literal["turns", "documents", "sentences"]
VIEWS: tuple[View, ...] = get_args(View)


class ExtraMissing(ModuleNotFoundError):
    """A package that an extra of protokollant brings is not installed; the message names the extra."""


def load_dataset(view: View = "turns", split: Split | None = None, *, folder: Path | str | None = None) -> Dataset:
    """Return one view of our corpus, or of a folder of annotated documents, in the order of the documents.

    - `turns`: a row for each turn with its text, the label as a class and the numbers of the questions it replies to
    - `documents`: a row for each document with its text, meeting, attendance, agenda and turns
    - `sentences`: a row for each sentence, heading or list item; those of no turn have the label -1 and the turn -1

    Without `split` all three come, told apart by the column `split`. Raises `ExtraMissing` without the package
    `datasets`, `ValueError` for an unknown view or split.
    """
    if view not in VIEWS:
        raise ValueError(f"no such view: {view}; there are {', '.join(VIEWS)}")
    if split is not None and split not in SPLITS:
        raise ValueError(f"no such split: {split}; there are {', '.join(SPLITS)}")
    documents = read_documents(Path(folder or samples_folder()), (split,) if split else ())
    return dataset(view, documents)


def dataset(view: View, documents: Iterable[Document]) -> Dataset:
    """Return one view of the given documents."""
    try:
        from datasets import Dataset
    except ModuleNotFoundError as error:
        raise ExtraMissing("the package datasets is not installed: pip install 'protokollant[datasets]'") from error

    rows = [row for document in documents for row in _ROWS[view](document)]
    schema = features(view)
    return Dataset.from_dict({name: [row[name] for row in rows] for name in schema}, features=schema)


def features(view: View) -> Features:
    """Return the columns of a view and their types; nested lists stand for several values."""
    from datasets import ClassLabel, Features, List, Value

    text, number = Value("string"), Value("int32")
    origin = {
        "document": text,
        "style": text,
        "place": text,
        "split": text,
        "generated": Value("bool"),
    }
    span = {"start": number, "end": number}
    turn = {
        **span,
        "label": ClassLabel(names=list(LABELS)),
        "speakers": List(text),
        "speaker_mentions": List(List(number)),
        "roles": List(text),
        "parties": List(text),
        "addressees": List(text),
        "replies_to": List(number),
        "outcome": ClassLabel(names=list(get_args(Outcome))),
        "yes": number,
        "no": number,
        "abstain": number,
        "unanimous": Value("bool"),
    }
    if view == "turns":
        return Features({**origin, "turn": number, "text": text, "heading": text, **turn})
    if view == "sentences":
        return Features({**origin, "sentence": number, **span, "text": text, "turn": number, "label": turn["label"]})
    attendee = {
        **span,
        "person": text,
        "status": ClassLabel(names=list(get_args(AttendanceStatus))),
        "roles": List(text),
        "parties": List(text),
        "from": text,
        "until": text,
    }
    return Features(
        {
            **origin,
            "text": text,
            "body": text,
            "date": text,
            "start_time": text,
            "end_time": text,
            "meeting_place": text,
            "chair": text,
            "public": Value("bool"),
            "attendance": List(attendee),
            "agenda": List({**span, "number": text, "title": text}),
            "turns": List(turn),
        }
    )


def write_parquet(folder: Path, documents: Iterable[Document]) -> list[Path]:
    """Write `VIEW-SPLIT.parquet` for each view and each split that has documents; return the files.

    Documents without a split go to `VIEW-all.parquet`.
    """
    from datasets import disable_progress_bars, enable_progress_bars, is_progress_bar_enabled

    folder.mkdir(parents=True, exist_ok=True)
    by_split: dict[str, list[Document]] = {}
    for document in documents:
        by_split.setdefault(document.split or "all", []).append(document)
    files = []
    shown = is_progress_bar_enabled()
    disable_progress_bars()
    try:
        for split, members in sorted(by_split.items()):
            for view in VIEWS:
                path = folder / f"{view}-{split}.parquet"
                dataset(view, members).to_parquet(path)
                files.append(path)
    finally:
        if shown:
            enable_progress_bars()
    return files


_Row = dict[str, Any]


def _origin(document: Document) -> _Row:
    origin = document.gold.origin
    return {
        "document": document.name,
        "style": document.style,
        "place": origin.place if origin else None,
        "split": document.split,
        "generated": bool(origin and origin.generated),
    }


def _turn(turn: GoldTurn) -> _Row:
    votes = turn.votes
    return {
        **turn.model_dump(exclude={"votes", "unanimous"}),
        "speaker_mentions": [list(span) for span in turn.speaker_mentions],
        "yes": votes.yes if votes else None,
        "no": votes.no if votes else None,
        "abstain": votes.abstain if votes else None,
        "unanimous": turn.unanimous,
    }


def _turn_rows(document: Document) -> Iterator[_Row]:
    gold = document.gold
    for number, turn in enumerate(gold.turns):
        heading = next((x for x in reversed(gold.agenda) if x.start <= turn.start), None)
        yield {
            **_origin(document),
            "turn": number,
            "text": gold.text[turn.start : turn.end],
            "heading": gold.text[heading.start : heading.end] if heading else None,
            **_turn(turn),
        }


def _document_rows(document: Document) -> Iterator[_Row]:
    gold = document.gold
    facts = {name: fact.value for name, fact in gold.meeting.facts.items()}
    yield {
        **_origin(document),
        "text": gold.text,
        **{name: facts.get(name) for name in ("body", "date", "start_time", "end_time")},
        "meeting_place": facts.get("place"),
        "chair": gold.meeting.chair,
        "public": gold.meeting.public,
        "attendance": [x.model_dump(by_alias=True) for x in gold.attendance],
        "agenda": [x.model_dump() for x in gold.agenda],
        "turns": [_turn(turn) for turn in gold.turns],
    }


def _sentence_rows(document: Document) -> Iterator[_Row]:
    gold = document.gold
    number = 0
    for at, (start, end) in enumerate(gold.sentences):
        while number < len(gold.turns) and gold.turns[number].end <= start:
            number += 1
        inside = number < len(gold.turns) and gold.turns[number].start <= start
        yield {
            **_origin(document),
            "sentence": at,
            "start": start,
            "end": end,
            "text": gold.text[start:end],
            "turn": number if inside else -1,
            "label": gold.turns[number].label if inside else -1,
        }


_ROWS: dict[View, Callable[[Document], Iterator[_Row]]] = {
    "turns": _turn_rows,
    "documents": _document_rows,
    "sentences": _sentence_rows,
}
