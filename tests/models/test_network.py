from __future__ import annotations

from itertools import pairwise, product

import pytest
import torch
from tokenizers import Tokenizer
from torch import Tensor

from corpus.record import LABELS
from models.labelled import Labelled
from models.network import IGNORED, TurnNetwork, _log_marginals, _sequence_loss, parameter_groups, turn_vectors
from models.settings import Schedule
from models.training import Collator, rows
from tests.models.conftest import MakeNetwork
from tests.models.tiny import EXCHANGE, learned

SHORT = Labelled("a", "a", EXCHANGE, ("question", "answer", "addition"))
Inputs = dict[str, Tensor]


def _batch(network: TurnNetwork, tokenizer: Tokenizer, *documents: Labelled) -> Inputs:
    return Collator(network.shape, 1)(list(rows(documents, tokenizer)))


def _logits(network: TurnNetwork, inputs: Inputs) -> Tensor:
    with torch.no_grad():
        logits: Tensor = network(**inputs)["logits"]
    return logits


@pytest.mark.parametrize("crf", [False, True])
@pytest.mark.parametrize("sequence", ["recurrent", "attention", "none"])
def test_a_document_alone_is_as_in_a_batch(
    sequence: str, crf: bool, make_network: MakeNetwork, tokenizer: Tokenizer
) -> None:
    network = make_network(sequence=sequence, crf=crf)
    documents = (SHORT, *learned()[:2])  # windows of all lengths
    together = _logits(network, _batch(network, tokenizer, *documents))
    alone = torch.cat([_logits(network, _batch(network, tokenizer, x)) for x in documents])
    assert together.shape == (sum(len(x.labels) for x in documents), len(LABELS))
    torch.testing.assert_close(together, alone, rtol=1e-4, atol=1e-5)


def test_what_stands_in_the_padding_changes_nothing(make_network: MakeNetwork, tokenizer: Tokenizer) -> None:
    network = make_network()
    inputs = _batch(network, tokenizer, SHORT, learned()[0])
    assert (inputs["mask"] == 0).any()
    other = {**inputs, "ids": torch.where(inputs["mask"] == 0, 7, inputs["ids"])}
    torch.testing.assert_close(_logits(network, inputs), _logits(network, other))
    read = {**inputs, "mask": torch.ones_like(inputs["mask"])}  # the test can fail
    assert not torch.allclose(_logits(network, inputs), _logits(network, read))


@pytest.mark.parametrize(
    "shape",
    [
        {"sequence": "recurrent"},
        {"sequence": "attention"},
        {"sequence": "none"},
        {"crf": True},
        {"features": False},
        {"encoder": False},
        {"tags": False},
    ],
    ids=str,
)
def test_every_shape_learns(shape: dict[str, object], make_network: MakeNetwork, tokenizer: Tokenizer) -> None:
    network = make_network(Schedule(frozen_embeddings=False, focus=1.0), dropout=0.0, **shape)
    network.encoder.eval()
    inputs = _batch(network, tokenizer, SHORT, learned()[0])
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3)
    losses = []
    network.train()
    for _ in range(12):
        loss = network(**inputs)["loss"]
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < losses[0]
    idle = {name.split(".")[0] for name, weight in network.named_parameters() if weight.grad is None}
    expected = {"encoder"} if shape.get("encoder") is False else {"tags"} if shape.get("tags") is False else set()
    assert idle == expected


def test_no_loss_without_labels(make_network: MakeNetwork, tokenizer: Tokenizer) -> None:
    network = make_network()
    inputs = _batch(network, tokenizer, SHORT)
    assert set(network(**{**inputs, "labels": None})) == {"logits"}


def _scores(turns: int) -> tuple[Tensor, Tensor]:
    generator = torch.Generator().manual_seed(turns)
    size = len(LABELS)
    return torch.randn(turns, size, generator=generator), torch.randn(size + 1, size, generator=generator)


def _all_labellings(scores: Tensor, transitions: Tensor) -> dict[tuple[int, ...], Tensor]:
    found = {}
    for labels in product(range(len(LABELS)), repeat=len(scores)):
        total = transitions[-1, labels[0]] + sum(scores[n, label] for n, label in enumerate(labels))
        total = total + sum(transitions[a, b] for a, b in pairwise(labels))
        found[labels] = total
    return found


@pytest.mark.parametrize("turns", [1, 2, 4])
def test_the_marginals_are_those_of_all_labellings(turns: int) -> None:
    scores, transitions = _scores(turns)
    every = _all_labellings(scores, transitions)
    whole = torch.logsumexp(torch.stack(list(every.values())), 0)
    for turn, label in product(range(turns), range(len(LABELS))):
        own = torch.stack([total for labels, total in every.items() if labels[turn] == label])
        assert _log_marginals(scores, transitions)[turn, label].item() == pytest.approx(
            (torch.logsumexp(own, 0) - whole).item(), abs=1e-5
        )


def test_the_loss_is_that_of_all_labellings() -> None:
    sizes, transitions = [3, 1, 4], _scores(9)[1]
    parts = [_scores(size)[0] for size in sizes]
    labels = [torch.tensor([n % len(LABELS) for n in range(3, 3 + size)]) for size in sizes]
    expected = 0.0
    for scores, gold in zip(parts, labels, strict=True):
        every = _all_labellings(scores, transitions)
        expected += (torch.logsumexp(torch.stack(list(every.values())), 0) - every[tuple(gold.tolist())]).item()
    loss = _sequence_loss(torch.cat(parts), torch.cat(labels), sizes, transitions)
    assert loss.item() == pytest.approx(expected / sum(sizes), abs=1e-5)


def test_a_turn_is_its_mean_beside_its_first_piece() -> None:
    pieces = torch.tensor([[1.0, 0.0], [3.0, 2.0], [5.0, 4.0], [9.0, 9.0]])
    vectors = turn_vectors(pieces, torch.tensor([[0, 2], [2, 3]]))
    assert vectors.tolist() == [[2.0, 1.0, 1.0, 0.0], [5.0, 4.0, 5.0, 4.0]]


def test_attention_is_that_of_torch(make_network: MakeNetwork) -> None:
    layer = make_network(sequence="attention", width=16).head.joined
    theirs = torch.nn.TransformerEncoderLayer(16, 4, 32, 0.2, batch_first=True).eval()
    assert isinstance(layer, torch.nn.TransformerEncoderLayer)
    theirs.load_state_dict(layer.state_dict())
    turns = torch.randn(1, 7, 16)
    torch.testing.assert_close(layer(turns), theirs(turns), rtol=1e-4, atol=1e-5)


def test_names_of_speakers_are_tagged(tokenizer: Tokenizer) -> None:
    text = EXCHANGE.text
    start = text.index("Frau Lux")
    named = Labelled("a", "a", EXCHANGE, ("question", "answer", "addition"), ((start, start + len("Frau Lux (SPD)")),))
    (row,) = rows([named], tokenizer)
    tags = row["tags"]
    begins = [n for n, tag in enumerate(tags) if tag == 1]
    inside = [n for n, tag in enumerate(tags) if tag == 2]
    assert len(begins) == 1
    assert inside == list(range(begins[0] + 1, begins[0] + 1 + len(inside)))
    assert tokenizer.decode([row["ids"][n] for n in (*begins, *inside)]).replace("▁", " ").split()[:2] == [
        "Frau",
        "Lux",
    ]
    marks = {tokenizer.token_to_id("<s>"), tokenizer.token_to_id("</s>")}
    assert all(tag == IGNORED for tag, piece in zip(tags, row["ids"], strict=True) if piece in marks)


def test_embeddings_are_frozen_on_request(make_network: MakeNetwork) -> None:
    for frozen in (True, False):
        network = make_network()
        groups = parameter_groups(network, Schedule(frozen_embeddings=frozen))
        grouped = [id(weight) for group in groups for weight in group["params"]]
        assert len(grouped) == len(set(grouped))
        embeddings = {id(w) for w in network.encoder.embeddings.parameters()}
        assert embeddings.isdisjoint(grouped) is frozen
        assert set(grouped) | embeddings == {id(w) for w in network.parameters()}
        assert all(w.ndim > 1 for group in groups if group["weight_decay"] for w in group["params"])
