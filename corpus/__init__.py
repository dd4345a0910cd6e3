"""The record of German minutes, and what reads, writes, shows and checks it."""

from corpus.checking import validate
from corpus.collection import Document, read_documents, samples_folder
from corpus.dataset import load_dataset
from corpus.frame import Exchange, TurnRow, exchanges, frame, turn_rows
from corpus.frames import Frames, dataset_of, frame_of, frames
from corpus.gold import Gold, GoldAgendaItem, GoldError, GoldTurn, read_gold, write_gold
from corpus.pseudonyms import PseudonymError, pseudonymise
from corpus.reading import ReadError, Source, decode, find_documents, read_source
from corpus.record import (
    AgendaItem,
    Attendance,
    Decision,
    Generator,
    Label,
    Meeting,
    Minutes,
    Outcome,
    Person,
    Turn,
    Votes,
)
from corpus.records import RecordError, records_of
from corpus.schema import json_schema
from corpus.version import __version__
from corpus.view import html
from corpus.writing import WriteError, Writer, open_writer

__all__ = [
    "AgendaItem",
    "Attendance",
    "Decision",
    "Document",
    "Exchange",
    "Frames",
    "Generator",
    "Gold",
    "GoldAgendaItem",
    "GoldError",
    "GoldTurn",
    "Label",
    "Meeting",
    "Minutes",
    "Outcome",
    "Person",
    "PseudonymError",
    "ReadError",
    "RecordError",
    "Source",
    "Turn",
    "TurnRow",
    "Votes",
    "WriteError",
    "Writer",
    "__version__",
    "dataset_of",
    "decode",
    "exchanges",
    "find_documents",
    "frame",
    "frame_of",
    "frames",
    "html",
    "json_schema",
    "load_dataset",
    "open_writer",
    "pseudonymise",
    "read_documents",
    "read_gold",
    "read_source",
    "records_of",
    "samples_folder",
    "turn_rows",
    "validate",
    "write_gold",
]
