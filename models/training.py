"""Train the turn classifier with transformers' `Trainer`. Needs the extra `train`."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from datasets import Dataset
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor
from transformers import (
    AutoModel,
    AutoTokenizer,
    EarlyStoppingCallback,
    EvalPrediction,
    PrinterCallback,
    Trainer,
    TrainerCallback,
    TrainerControl,
    TrainerState,
    TrainingArguments,
    set_seed,
)
from transformers.trainer import TRAINER_STATE_NAME
from transformers.trainer_utils import PREFIX_CHECKPOINT_DIR, get_last_checkpoint

from corpus.record import LABELS
from models.features import features
from models.labelled import Labelled
from models.network import IGNORED, TurnNetwork, parameter_groups
from models.settings import Shape, TurnSettings
from models.windows import Cut, cut, lay_out

Row = dict[str, Any]


def load_encoder(source: str, layers: int | None) -> tuple[torch.nn.Module, Tokenizer]:
    """Return an encoder and its tokenizer from a folder or a Hugging Face id, cut to its first `layers`.

    Raises `OSError` where there is none, as transformers does.
    """
    tokenizer = AutoTokenizer.from_pretrained(source).backend_tokenizer
    # dropout of attention would forbid the fast kernels of the CPU
    encoder = AutoModel.from_pretrained(
        source, add_pooling_layer=False, dtype=torch.float32, attention_probs_dropout_prob=0.0
    )
    if layers is not None:
        encoder.encoder.layer = encoder.encoder.layer[:layers]
        encoder.config.num_hidden_layers = len(encoder.encoder.layer)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return encoder, tokenizer


def rows(documents: Sequence[Labelled], tokenizer: Tokenizer) -> Dataset:
    """Return the documents as a dataset, a row each: piece ids, turns, features, labels and tags."""
    return Dataset.from_list([_row(document, cut(document.document, tokenizer)) for document in documents])


def _row(document: Labelled, pieces: Cut) -> Row:
    return {
        "ids": pieces.ids,
        "turns": pieces.turns,
        "features": features(document.document),
        "labels": [LABELS.index(label) for label in document.labels],
        "tags": _tags(document, pieces),
    }


def _tags(document: Labelled, pieces: Cut) -> NDArray[np.int64]:
    """Tag each piece as a part of a speaker's name: outside 0, begins 1, inside 2."""
    tags = np.zeros(len(pieces), np.int64)
    for start, end in document.speakers:
        inside = np.flatnonzero((pieces.ends > start) & (pieces.starts < end))
        tags[inside] = 2
        tags[inside[:1]] = 1
    tags[pieces.starts == pieces.ends] = IGNORED
    return tags


@dataclass(frozen=True)
class Collator:
    """Lay rows side by side as `TurnNetwork.forward` takes them."""

    shape: Shape
    padding: int

    def __call__(self, rows: Sequence[Row]) -> dict[str, Tensor]:
        ids = [np.asarray(row["ids"], np.int64) for row in rows]
        laid = lay_out(ids, self.shape.window, self.shape.context, self.padding)
        offsets = np.cumsum([0, *map(len, ids)])[:-1]
        spans = [np.asarray(row["turns"], np.int64) for row in rows]
        turns = np.concatenate([own + offset for own, offset in zip(spans, offsets, strict=True)])
        numbers = np.repeat(np.arange(len(rows)), [len(own) for own in spans])
        return {
            "ids": torch.from_numpy(laid.ids),
            "mask": torch.from_numpy(laid.mask),
            "places": torch.from_numpy(laid.places),
            "turns": torch.from_numpy(turns),
            "documents": torch.from_numpy(numbers),
            "features": torch.from_numpy(np.concatenate([np.asarray(row["features"], np.float32) for row in rows])),
            "labels": torch.from_numpy(np.concatenate([np.asarray(row["labels"], np.int64) for row in rows])),
            "tags": torch.from_numpy(np.concatenate([np.asarray(row["tags"], np.int64) for row in rows])),
        }


@dataclass(frozen=True)
class Trained:
    """One network that a seed gave, with the scores of its best epoch on the documents held out."""

    seed: int
    network: TurnNetwork
    scores: dict[str, float]
    epochs: float


def train(
    train: Dataset,
    held_out: Dataset,
    make_network: Callable[[], TurnNetwork],
    padding: int,
    settings: TurnSettings,
    seed: int,
    folder: Path,
    say: Callable[[str], None],
) -> Trained:
    """Train with one seed and keep the epoch with the best macro F1; a checkpoint in `folder` is gone on from."""
    schedule = settings.schedule
    set_seed(seed)
    network = make_network()
    groups = parameter_groups(network, schedule)
    steps = schedule.epochs * -(-len(train) // schedule.documents)
    optimizer = torch.optim.AdamW(groups)
    warm = max(1, round(schedule.warmup * steps))
    decay = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / max(1, steps - warm)))
    )
    arguments = TrainingArguments(
        output_dir=str(folder),
        num_train_epochs=schedule.epochs,
        per_device_train_batch_size=schedule.documents,
        per_device_eval_batch_size=1,  # of a last batch that is not full, accelerate keeps as many rows as documents
        eval_strategy="epoch",
        save_strategy="epoch",
        save_total_limit=1,
        logging_steps=50,
        load_best_model_at_end=True,
        restore_callback_states_from_checkpoint=True,  # how long the training has been patient
        metric_for_best_model="macro4",
        greater_is_better=True,
        label_names=["labels"],
        remove_unused_columns=False,
        max_grad_norm=1.0,
        bf16=schedule.bf16,
        use_cpu=not torch.cuda.is_available(),
        seed=seed,
        report_to=[],
        disable_tqdm=True,
    )
    trainer = Trainer(
        model=network,
        args=arguments,
        train_dataset=train,
        eval_dataset=held_out,
        data_collator=Collator(settings.shape, padding),
        compute_metrics=_scores,
        optimizers=(optimizer, decay),
        callbacks=[EarlyStoppingCallback(schedule.patience), _Progress(seed, say)],
    )
    trainer.remove_callback(PrinterCallback)
    trainer.train(resume_from_checkpoint=_last_checkpoint(folder))
    scores = {name.removeprefix("eval_"): value for name, value in trainer.evaluate().items()}
    best = {name: value for name, value in scores.items() if name.startswith(("f1_", "macro"))}
    return Trained(seed, network.eval(), best, trainer.state.epoch or 0.0)


def _last_checkpoint(folder: Path) -> str | None:
    """Return the last checkpoint that is whole: its state is written last, after the weights."""
    for checkpoint in folder.glob(f"{PREFIX_CHECKPOINT_DIR}-*"):
        if not (checkpoint / TRAINER_STATE_NAME).is_file():
            shutil.rmtree(checkpoint)
    return get_last_checkpoint(str(folder)) if folder.is_dir() else None  # type: ignore[no-untyped-call]


class _Progress(TrainerCallback):
    """Say after each epoch how good the network is."""

    def __init__(self, seed: int, say: Callable[[str], None]) -> None:
        self.seed, self.say = seed, say

    def on_evaluate(self, args: TrainingArguments, state: TrainerState, control: TrainerControl, **rest: Any) -> None:
        """Say it."""
        macro4 = rest["metrics"].get("eval_macro4", 0.0)
        self.say(f"seed {self.seed}, epoch {state.epoch or 0:.0f}: macro4_f1 {macro4:.3f}")


def label_scores(gold: NDArray[np.int64], found: NDArray[np.int64]) -> dict[str, float]:
    """Return the F1 of each label, the mean of those with content (`macro4`) and of all (`macro5`)."""
    f1 = {}
    for n, label in enumerate(LABELS):
        both = (gold == n).sum() + (found == n).sum()
        f1[f"f1_{label}"] = float(2 * ((gold == n) & (found == n)).sum() / both) if both else 0.0
    return {**f1, "macro4": sum(f1[f"f1_{x}"] for x in LABELS[:4]) / 4, "macro5": sum(f1.values()) / 5}


def _scores(prediction: EvalPrediction) -> dict[str, float]:
    return label_scores(np.asarray(prediction.label_ids), np.asarray(prediction.predictions).argmax(-1))
