"""Annotation formats of other tools: what is written can be read back without loss, `tsv` and `parquet` excepted."""

from corpus.formats.conversion import FORMATS, ConversionError, Report, convert, read, write

__all__ = ["FORMATS", "ConversionError", "Report", "convert", "read", "write"]
