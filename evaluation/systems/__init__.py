"""Systems under test: anything that makes a record of a text."""

from evaluation.systems.protocol import LabelsGivenTurns, System

__all__ = ["LabelsGivenTurns", "System"]
