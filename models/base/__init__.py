"""The base for names and speakers: spaCy's configuration of it, and the examples that it is trained on."""
