"""What stops a measurement: the message says what is wrong and, where it can be said, what to do."""


class EvaluationError(ValueError):
    """Input that cannot be measured: no gold, two records of one document, a text without words."""
