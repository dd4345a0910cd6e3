"""Readers: the bytes of one format in, its text out. `corpus.reading` chooses among them by the bytes."""
