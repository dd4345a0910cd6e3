"""Turn classifiers: the protocol that they follow and the rule baseline."""

from models.baseline import RuleBaseline
from models.classifier import DocumentInput, Prediction, TextBlock, TurnClassifier, TurnInput

__all__ = ["DocumentInput", "Prediction", "RuleBaseline", "TextBlock", "TurnClassifier", "TurnInput"]
