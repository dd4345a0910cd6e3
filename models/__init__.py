"""Turn classifiers: the protocol that they follow and the rule baseline."""

from models.baseline import RuleBaseline
from models.classifier import Prediction, TurnClassifier, TurnInput

__all__ = ["Prediction", "RuleBaseline", "TurnClassifier", "TurnInput"]
