"""Generated minutes for training: a grammar that writes text and annotation together, reproducibly from a seed."""

from corpus.generation.minutes import generate

__all__ = ["generate"]
