"""What the pipeline found, as an annotation for a person to correct."""

from __future__ import annotations

from spacy.tokens import Doc

from corpus.annotating import gold_of
from corpus.gold import Gold
from pipeline.components import Analysis
from pipeline.extraction import to_minutes
from pipeline.layout import Layout


def preannotate(doc: Doc) -> Gold:
    """Return the annotation of a document that all components have seen; `ValueError` where one has not run.

    Persons that share a name cannot be told apart in it, as in all gold.
    """
    found = Analysis.of(doc)
    return gold_of(to_minutes(doc), _sentences(found.layout))


def _sentences(layout: Layout) -> tuple[tuple[int, int], ...]:
    headings = ((block.start, block.end) for block in layout.blocks if block.kind == "heading")
    units = ((unit.start, unit.end) for unit in layout.units)
    return tuple(layout.clean.raw(*span) for span in sorted((*headings, *units)))
