from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from corpus.record import LABELS, Attendance, Generator, Meeting, Minutes, Person, Turn, Votes

_ADDITION = {"id": "t3", "start": 124, "end": 172, "label": "addition"}


def _changed(minutes: Minutes, path: str, value: Any) -> dict[str, Any]:
    """Return the record as a dict with one value replaced: "turns.1.end"."""
    record: Any = json.loads(minutes.to_json())
    place = record
    *steps, last = path.split(".")
    for step in steps:
        place = place[int(step) if step.isdigit() else step]
    place[int(last) if last.isdigit() else last] = value
    return dict(record)


def test_the_untouched_record_holds(minutes: Minutes) -> None:
    assert Minutes.model_validate(json.loads(minutes.to_json())) == minutes


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("turns.0.end", 3, "start 15 is not before end 3"),
        ("turns.2.end", 9999, "turn t3: a span ends at 9999, the text at 173"),
        ("turns.1.start", 20, "turn t2 begins before the turn before it ends"),
        ("turns.1.id", "t1", "the turn t1 stands twice"),
        ("turns.1.speakers", ["p9"], "turn t2 names p9, which does not exist"),
        ("turns.1.addressees", ["p9"], "turn t2 names p9, which does not exist"),
        ("turns.1.agenda_item", "a9", "turn t2 names a9, which does not exist"),
        ("turns.1.replies_to", ["t3"], "turn t2 replies to t3, which is no earlier question"),
        ("turns.1.replies_to", ["t9"], "turn t2 replies to t9, which is no earlier question"),
        ("turns.0.label", "addition", "turn t2 replies to t1, which is no earlier question"),
        ("turns.1.label", "addition", "turn t2: only an answer replies to a question"),
        ("turns.1.extends", ["t1"], "turn t2: only an addition extends another turn"),
        ("turns.2", {**_ADDITION, "extends": ["t1"]}, "turn t3 extends t1, which is no earlier answer or addition"),
        ("turns.2", {**_ADDITION, "extends": ["t3"]}, "turn t3 extends t3, which is no earlier answer or addition"),
        ("turns.0.status", "deferred", "turn t1: only an answer is deferred"),
        ("turns.1.status", "open", "Input should be 'deferred'"),
        ("turns.0.label", "Frage", "Input should be 'question'"),
        ("turns.0.confidence", 1.5, "less than or equal to 1"),
        ("turns.0.probabilities", {"question": -0.5}, "greater than or equal to 0"),
        ("turns.0.cue", [9, 5], "does not run forwards"),
        ("turns.0.cue", [5, 5], "does not run forwards"),
        ("turns.0.content", [[5, 9999]], "turn t1: a span ends at 9999"),
        ("turns.0.speaker_mentions", [[-1, 4]], "does not run forwards"),
        ("persons.1.id", "p1", "the person p1 stands twice"),
        ("persons.0.mentions", [[0, 9999]], "person p1: a span ends at 9999"),
        ("persons.0.nickname", "Luxi", "Extra inputs are not permitted"),
        ("meeting.chair", "p9", "meeting names p9, which does not exist"),
        ("meeting.evidence", {"weather": [0, 3]}, "Input should be 'body'"),
        ("meeting.evidence", {"number": [0, 3]}, "the meeting has evidence for number, which it does not state"),
        (
            "meeting.attendance",
            [{"person": "p9", "status": "present", "span": [0, 3]}],
            "attendance names p9",
        ),
        ("agenda.0.heading_end", 0, "agenda item a1: offsets are not start < heading_end <= end"),
        ("agenda.0.end", 9999, "agenda item a1: a span ends at 9999"),
        ("decisions.0.turn", "t1", "a decision names t1, which is no turn labelled decision"),
        ("decisions.0.turn", "t9", "a decision names t9, which is no turn labelled decision"),
        ("decisions.0.wording", [0, 9999], "decision of t3: a span ends at 9999"),
        ("decisions.0.agenda_item", "a9", "decision of t3 names a9, which does not exist"),
        ("decisions.0.votes", {"yes": -1}, "greater than or equal to 0"),
        ("decisions.0.unanimous", False, "Input should be True"),
        ("pages", [[0, 9999]], "pages: a span ends at 9999"),
        ("schema_version", 2, "Input should be 1"),
    ],
)
def test_a_broken_promise_is_refused(minutes: Minutes, path: str, value: Any, message: str) -> None:
    with pytest.raises(ValidationError) as error:
        Minutes.model_validate(_changed(minutes, path, value))
    assert message in str(error.value)


def test_a_probability_that_is_no_number_is_refused() -> None:
    # JSON has no NaN: the record would come back with null.
    with pytest.raises(ValidationError):
        Turn(id="t1", start=0, end=1, label="other", probabilities={"other": float("nan")})


def test_a_record_cannot_be_changed(minutes: Minutes) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        minutes.turns[0].label = "other"  # type: ignore[misc]


def test_attendance_reads_and_writes_from() -> None:
    by_name = Attendance(person="p1", status="present", from_="18:20 Uhr", span=(0, 3))
    assert by_name.model_dump(by_alias=True)["from"] == "18:20 Uhr"
    assert Attendance.model_validate_json(by_name.model_dump_json(by_alias=True)) == by_name


def test_person_by_id(minutes: Minutes) -> None:
    assert minutes.person("p1").name == "Lux"
    with pytest.raises(KeyError, match="p9"):
        minutes.person("p9")


_words = st.text(max_size=8)
_votes = st.builds(Votes, yes=st.none() | st.integers(0, 99), no=st.none() | st.integers(0, 99), abstain=st.none())


@st.composite
def records(draw: st.DrawFn) -> Minutes:
    text = draw(st.text(min_size=1, max_size=60))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    persons = tuple(
        Person(id=f"p{i}", kind="person", name=name, party=draw(st.none() | _words))
        for i, name in enumerate(draw(st.lists(_words, max_size=3)))
    )
    ids = st.lists(st.sampled_from([p.id for p in persons]), max_size=2) if persons else st.just([])
    turns: list[Turn] = []
    decisions: list[dict[str, Any]] = []
    for i, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=False)):
        label = draw(st.sampled_from(LABELS))
        questions = [t.id for t in turns if t.label == "question"]
        replies = draw(st.lists(st.sampled_from(questions))) if questions and label == "answer" else []
        turns.append(
            Turn(
                id=f"t{i}",
                start=start,
                end=end,
                label=label,
                confidence=draw(st.none() | st.floats(0, 1)),
                probabilities={label: draw(st.floats(0, 1))},
                speakers=tuple(draw(ids)),
                roles=tuple(draw(st.lists(_words, max_size=2))),
                cue=draw(st.none() | st.just((start, end))),
                replies_to=tuple(replies),
            )
        )
        if label == "decision":
            decisions.append({"turn": f"t{i}", "outcome": "noted", "votes": draw(st.none() | _votes)})
    return Minutes.model_validate(
        {
            "source": draw(_words),
            "sha256": "",
            "generator": Generator(package="0", config=""),
            "text": text,
            "meeting": Meeting(date=draw(st.none() | st.dates()), start_time=draw(st.none() | st.times())),
            "persons": persons,
            "turns": turns,
            "decisions": decisions,
        }
    )


@given(records())
def test_json_gives_the_record_back_in_one_line(minutes: Minutes) -> None:
    line = minutes.to_json()
    assert "\n" not in line
    assert Minutes.model_validate_json(line) == minutes


@given(records())
def test_every_span_is_a_part_of_the_text(minutes: Minutes) -> None:
    for turn in minutes.turns:
        for start, end in ((turn.start, turn.end), *((turn.cue,) if turn.cue else ())):
            assert len(minutes.text[start:end]) == end - start > 0
