"""Pseudonyms: placeholders for the names of private persons."""

from corpus.pseudonyms.placeholders import PseudonymError
from corpus.pseudonyms.private import Who
from corpus.pseudonyms.replacing import pseudonymise
from corpus.pseudonyms.writing import Pseudonyms, PseudonymWriter, read_key

__all__ = ["PseudonymError", "PseudonymWriter", "Pseudonyms", "Who", "pseudonymise", "read_key"]
