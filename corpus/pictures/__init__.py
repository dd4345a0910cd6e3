"""Pictures of the frames of an archive, each one function, each with a caption that says what is counted.

Needs the extra `pictures`.
"""

from corpus.dataset import ExtraMissing

try:
    from corpus.pictures.decisions import decisions
    from corpus.pictures.drawing import Picture
    from corpus.pictures.questions import questions
    from corpus.pictures.speaking import speaking
    from corpus.pictures.timeline import timeline
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "matplotlib":
        raise
    raise ExtraMissing(
        "matplotlib is not installed: pip install 'protokollant[pictures]'", name="matplotlib"
    ) from error

__all__ = ["Picture", "decisions", "questions", "speaking", "timeline"]
