"""Annotations for tests: one with every layer, and a strategy that makes any."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from corpus.gold import Gold

TEXT = (
    "Rat der Stadt Lindheim, 2. Mai 2024, 18 Uhr bis 20.10 Uhr, Ratssaal\n"
    "Anwesend: Frau Dr. Lux (SPD), Vorsitzende; Herr Roth, bis 19 Uhr\f\n"
    "TOP 1: Bad 😀\n\n"
    "Herr Roth fragt Frau Lux nach dem Bad.\r\n"
    "Sie antwortet, es öffne.\n"
    "Beschluss: angenommen, 8 : 1\n"
)


def span(part: str) -> dict[str, int]:
    start = TEXT.index(part)
    return {"start": start, "end": start + len(part)}


def full_gold() -> Gold:
    """An annotation that fills every field, over a text with a form feed and an astral character."""
    question, answer, decision = (
        "Herr Roth fragt Frau Lux nach dem Bad.",
        "Sie antwortet, es öffne.",
        "Beschluss: angenommen, 8 : 1",
    )
    mention = span("Herr Roth fragt")["start"]
    data: dict[str, Any] = {
        "text": TEXT,
        "origin": {"style": "rat-lindheim", "place": "Lindheim", "split": "dev"},
        "meeting": {
            "body": {"value": "Rat", **span("Rat")},
            "date": {"value": "2024-05-02", **span("2. Mai 2024")},
            "start_time": {"value": "18:00", **span("18 Uhr")},
            "end_time": {"value": "20:10", **span("20.10 Uhr")},
            "place": {"value": "Ratssaal", **span("Ratssaal")},
            "chair": "Lux",
            "public": False,
        },
        "attendance": [
            {
                **span("Frau Dr. Lux (SPD), Vorsitzende"),
                "person": "Lux",
                "status": "present",
                "roles": ["Vorsitzende"],
                "parties": ["SPD"],
            },
            {**span("Herr Roth, bis 19 Uhr"), "person": "Roth", "status": "excused", "from": "18", "until": "19 Uhr"},
        ],
        "agenda": [{**span("TOP 1: Bad 😀"), "number": "1", "title": "Bad 😀"}],
        "turns": [
            {
                **span(question),
                "label": "question",
                "speakers": ["Roth", "Verwaltung"],
                "speaker_mentions": [[mention, mention + 9]],
                "addressees": ["Lux"],
            },
            {
                **span(answer),
                "label": "answer",
                "speakers": ["Lux"],
                "roles": ["Sie", "es"],
                "parties": ["es"],
                "replies_to": [0],
            },
            {
                **span(decision),
                "label": "decision",
                "outcome": "adopted",
                "votes": {"yes": 8, "no": 1},
                "unanimous": True,
            },
        ],
        "sentences": [list(span(x).values()) for x in (question, answer, decision)],
        "notes": ["Anything."],
    }
    return Gold.model_validate(data)


NAMES = st.lists(st.text("abü |;😀\n\f", min_size=1, max_size=5), max_size=2, unique=True)
NUMBERS = st.text("a1. \f", min_size=1, max_size=4)
# Neither control characters nor white space alone: a file of these is refused as binary or empty.
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]) | st.sampled_from("\f\n"), min_size=12).map(
    "Rat".__add__
)


@st.composite
def golds(draw: st.DrawFn) -> Gold:
    """Any annotation that holds: up to three turns side by side, with mentions inside them."""
    text = draw(TEXTS)
    # Turns begin and end with ink.
    inked = [i for i, x in enumerate(text) if not x.isspace()]
    bounds = sorted(draw(st.lists(st.sampled_from(inked), min_size=2, max_size=6, unique=True)))
    turns: list[dict[str, Any]] = []
    for start, last in zip(bounds[::2], bounds[1::2], strict=False):
        end = last + 1
        label = draw(st.sampled_from(["question", "answer", "addition", "decision", "other"]))
        cuts = sorted(draw(st.lists(st.integers(start, end), max_size=4, unique=True)))
        turn: dict[str, Any] = {
            "start": start,
            "end": end,
            "label": label,
            "speaker_mentions": [x for x in zip(cuts[::2], cuts[1::2], strict=False) if text[slice(*x)].strip()],
            **{name: draw(NAMES) for name in ("speakers", "roles", "parties", "addressees")},
        }
        questions = [i for i, x in enumerate(turns) if x["label"] == "question"]
        if label == "answer" and questions:
            turn["replies_to"] = sorted(draw(st.sets(st.sampled_from(questions))))
        if label == "decision":
            counts = st.none() | st.integers(0, 99)
            votes = st.fixed_dictionaries({"yes": counts, "no": counts, "abstain": counts})
            turn |= {
                "outcome": "rejected",
                "votes": draw(st.none() | votes),
                "unanimous": draw(st.none() | st.just(True)),
            }
        turns.append(turn)
    return Gold.model_validate(
        {
            "text": text,
            "turns": turns,
            "sentences": [(turn["start"], turn["end"]) for turn in turns],
            "agenda": [{"start": 0, "end": 3, "number": draw(st.none() | NUMBERS), "title": draw(st.none() | NUMBERS)}],
            "attendance": [
                {"start": 0, "end": 3, "person": draw(NUMBERS), "status": "absent", "until": draw(st.none() | NUMBERS)}
            ],
            "meeting": {"chair": draw(st.none() | NUMBERS), "body": {"value": draw(NUMBERS), "start": 0, "end": 3}},
            "notes": draw(NAMES),
        }
    )
