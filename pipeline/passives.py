"""Who acts in a passive: "von Frau Lux wird gefragt", "Auf Nachfrage wird mitgeteilt"."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.attribution import Attribution, Order
from pipeline.clause import Clause
from pipeline.lexicon import Verb, pattern, verbs
from pipeline.syntax import PASSIVE

_AGENT = re.compile(r"\b(?:von|durch|seitens|vom)\s+$", re.IGNORECASE)
_ON_BEHALF = pattern("attribution.on_behalf")
_FROM_CROWD = re.compile(r"Aus (?:der|dem|den) ")
_QUESTION_NOUN = re.compile(r"\w*[Ff]ragen?")


def passive(clause: Clause, askers: Collection[int]) -> Attribution | None:
    """ "Es wird gefragt, ob", "Auf Nachfrage wird mitgeteilt", "von Frau Lux wurde erläutert"."""
    tokens = clause.tokens
    for n, token in enumerate(tokens):
        if token.low not in PASSIVE or not clause.syntax.in_main_clause(n):
            continue
        found = clause.syntax.participle(n + 1)
        if not found and n == 1 and tokens[0].low in verbs().participle:
            found = (0, verbs().participle[tokens[0].low])  # "Eingebracht wurde die Vorlage durch Frau Lux."
        if not found:
            continue
        p, readings = found
        return _passive_by(clause, askers, n, p, readings[0])
    return None


def _passive_by(clause: Clause, askers: Collection[int], n: int, p: int, verb: Verb) -> Attribution | None:
    """The passive with auxiliary at token `n` and participle at token `p`; `None` if a person undergoes it."""
    tokens = clause.tokens
    others = [i for i in clause.inside if i not in askers]
    # "Der Antrag von Herrn Lux wird abgelehnt" has no agent
    agents = [i for i in others if _agent(clause, i) and _beside_passive(clause, i, n, p)]
    for i in others:
        mention = clause.mentions[i]
        undergoes = i not in agents and mention.kind == "person" and mention.nominative is not False
        if undergoes and mention.start < tokens[n].start:
            return None  # "Herr Lux wird gebeten"
    function = verb.function
    question = any(_QUESTION_NOUN.fullmatch(token.text) for token in tokens[:p])
    if question and verb.infinitive in ("stellen", "aufwerfen", "richten"):
        function = "ask"  # "Es wurde die Frage aufgeworfen, ob"
    if function in ("decide", "move", "chair", "promise", "thank") and not agents:
        return None
    if not agents and _FROM_CROWD.match(clause.text, tokens[0].start):  # "Aus dem Plenum wird gefragt"
        agents = [i for i in clause.inside if clause.mentions[i].start <= tokens[0].start + 8]
    agents.sort(key=lambda i: clause.mentions[i].kind == "group")  # "seitens der Fraktion durch Herrn Lux"
    cue = (tokens[p].start, tokens[p].end)
    order: Order = "agent" if agents else "impersonal"
    return Attribution(order, tuple(agents[:1]), None, cue, (function,), verb, passive=True)


def _beside_passive(clause: Clause, i: int, n: int, p: int) -> bool:
    start = clause.mentions[i].start
    opens = start - clause.begin <= len("Seitens der ")
    return p == 0 or opens or clause.tokens[n].start < start < clause.tokens[p].start


def _agent(clause: Clause, i: int) -> bool:
    start = clause.mentions[i].start
    if _ON_BEHALF.search(clause.text, clause.begin, start):
        return False  # "Auf Vorschlag von Frau Lux wird der Punkt vertagt"
    if clause.mentions[i].article == "vom":
        return True
    return _AGENT.search(clause.text, max(0, start - 12), start) is not None
