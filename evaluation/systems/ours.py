"""Our own pipeline with one classifier or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.language import Language

from corpus.reading import Source
from corpus.record import Minutes
from evaluation.systems.records import Span
from models.calibration import Calibration
from models.choice import EMBEDDED, RULES
from models.inference import load_onnx
from models.weights import embedded_folder
from pipeline.components import TURN_LABELS, TurnLabels
from pipeline.extraction import extract, load, to_minutes
from pipeline.given import process_given


@dataclass(frozen=True)
class Pipeline:
    """A pipeline that `pipeline.load` gave."""

    name: str
    nlp: Language

    def extract(self, source: Source) -> Minutes:
        return extract(source, nlp=self.nlp)

    def extract_given(self, source: Source, turns: Sequence[Span]) -> Minutes:
        return to_minutes(process_given(self.nlp, source.text, turns), source, nlp=self.nlp)


def with_classifier(name: str, classifier: str) -> Pipeline:
    """Return the pipeline with a classifier by the word that `pipeline.load` takes."""
    return Pipeline(name, load(classifier=classifier))


def combination() -> Pipeline:
    """Return the pipeline as it ships: the network, and the rules with their vote."""
    return with_classifier("combination", EMBEDDED)


def network() -> Pipeline:
    """Return the pipeline with the embedded network alone; its probabilities are not calibrated."""
    shipped = load_onnx(embedded_folder())
    nlp = load(classifier=RULES)
    labels = nlp.get_pipe(TURN_LABELS)
    assert isinstance(labels, TurnLabels)
    labels.classifier = replace(shipped, name=f"{shipped.name} without the rules", calibration=Calibration())
    return Pipeline("network", nlp)
