from __future__ import annotations

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from corpus.record import Minutes
from corpus.writers.markdown import escaped, markdown
from corpus.writing import open_writer


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "*fett* _kursiv_ `code` [link](http://x) ![bild](x)",
        "| a | b |",
        "&amp; © $x$ ~~weg~~ \\",
        "https://beispiel.invalid und www.beispiel.invalid und a@b.invalid",
        "# keine Überschrift",
    ],
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    tokens = MarkdownIt("commonmark").enable("table").parse("- " + "x " + escaped(text))
    (inline,) = [token for token in tokens if token.type == "inline"]
    assert inline.children is not None
    assert {token.type for token in inline.children} <= {"text", "text_special"}
    assert "".join(token.content for token in inline.children) == "x " + text


def test_a_summary(full: Minutes) -> None:
    lines = markdown(full).splitlines()
    assert lines[0] == "# Rat, 14.5.2024, 19:00, Ratssaal"
    assert "- Chair: Dr. Falk, Bürgermeisterin" in lines
    assert "- A. Lux (GRÜNE), from ab TOP 1" in lines
    assert "## 1 Wege \\& Plätze (2024/031)" in lines
    assert "### 1.1 Umleitung" in lines
    assert "- **t1 question** Lux (GRÜNE): Frau Lux (GRÜNE) fragt, ob der \\<Weg\\> gesperrt sei." in lines
    assert any(
        line.startswith("- **t2 answer (deferred)** Dr. Falk, Bürgermeisterin → Lux (replies to t1): ")
        for line in lines
    )
    at = next(n for n, line in enumerate(lines) if line.startswith("- **t4 decision**"))
    assert lines[at + 1 : at + 11] == [
        "  - Decision: **adopted**, Ziffer 1 ja, Ziffer 2 nein.",
        "  - Votes: 8 yes, 1 no",
        "  - Votes of GRÜNE: 3 yes",
        "  - Ballot 1: 4 yes, 4 no",
        "  - Ballot 2: 8 yes, 1 no",
        "  - Ziffer 1: adopted",
        "  - Ziffer 2: rejected: 9 no",
        "  - Moved by: Lux",
        "  - Took no part: Dr. Falk",
        "  - Amends: t5",
    ]


def test_items_without_a_turn_are_listed(full: Minutes) -> None:
    lines = markdown(full.model_copy(update={"turns": (), "decisions": ()})).splitlines()
    assert lines.index("## 1 Wege \\& Plätze (2024/031)") < lines.index("### 1.1 Umleitung")


def test_a_file_holds_all_summaries_and_a_folder_one_each(tmp_path: Path, full: Minutes, minutes: Minutes) -> None:
    for target in (tmp_path / "alle.md", tmp_path / "einzeln"):
        with open_writer(target, "markdown") as writer:
            writer.write(full)
            writer.write(minutes)
    assert (tmp_path / "alle.md").read_text(encoding="utf-8") == f"{markdown(full)}\n{markdown(minutes)}"
    assert (tmp_path / "einzeln" / "rat.md").read_text(encoding="utf-8") == markdown(full)
