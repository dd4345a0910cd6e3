"""Writers of records, one module a form, behind `corpus.writing.open_writer`."""
