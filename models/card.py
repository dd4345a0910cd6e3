"""The card of a trained turn classifier, in the form of Hugging Face."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.record import LABELS
from models.labelled import Labelled
from models.settings import TurnSettings

if TYPE_CHECKING:
    from models.producing import Report

_HEAD = """---
language: de
license: mit
library_name: onnx
pipeline_tag: text-classification
tags: [minutes, local-government, deliberation]
---

# Turn classifier of protokollant

Labels the turns of German minutes as question, answer, addition, decision or other. Written by `protokollant train
turns`; run it with `protokollant extract … --classifier onnx:FOLDER`.
"""


def card(report: Report, settings: TurnSettings, documents: Sequence[Labelled], encoder: str) -> str:
    """Return the card as Markdown: data, settings and the figures of every form on the documents held out."""
    labels = Counter(label for document in documents for label in document.labels)
    styles = len({document.style for document in documents})
    counts = ", ".join(f"{labels[label]} {label}" for label in LABELS)
    seeds = ", ".join(f"{seed}: {score:.3f}" for seed, score in report.seeds.items())
    rows = "\n".join(
        f"| {form} | {x.megabytes:.1f} | {x.macro4:.3f} | {' | '.join(f'{x.f1[label]:.3f}' for label in LABELS)} "
        f"| {x.same:.3f} | {x.ece_before:.3f} | {x.ece_after:.3f} | {x.temperature:.2f} |"
        for form, x in report.variants.items()
    )
    return f"""{_HEAD}
## Training

- Data: {report.documents} documents in {styles} house styles, {report.turns} turns ({counts})
- Encoder: `{encoder}`
- Macro F1 of the four labels with content on the documents held out, by seed: {seeds}; seed {report.seed} was kept
- Fingerprint of data, settings and encoder: `{report.fingerprint}`

```json
{settings.model_dump_json(indent=2)}
```

## On the documents held out

They chose the epoch and the seed and fitted the temperature, so these figures flatter. ECE: expected calibration
error over 15 bins, before and after the scores are divided by the temperature.

| form | MB | macro4 | {" | ".join(LABELS)} | labels as torch | ECE before | ECE after | temperature |
|---|---:|---:|{"---:|" * len(LABELS)}---:|---:|---:|---:|
{rows}
"""
