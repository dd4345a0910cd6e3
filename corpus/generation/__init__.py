"""Generated minutes for training: a grammar that writes text and annotation together, reproducibly from a seed."""

from corpus.generation.house import NAMES_OF_A_HOUSE
from corpus.generation.minutes import generate

__all__ = ["NAMES_OF_A_HOUSE", "generate"]
