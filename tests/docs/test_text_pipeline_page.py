"""The story that the page on the text pipeline works through is read as the page says."""

import re
from pathlib import Path

from involve.text.codebook import load_builtin
from involve.text.forms import normalise
from involve.text.language import identify_words
from involve.text.pipeline import analyse
from involve.text.redaction import redact
from involve.text.tokens import tokenise

PAGE = Path(__file__).resolve().parents[2] / "docs" / "text-pipeline.md"
WORDS = PAGE.read_text(encoding="utf-8")
STORY = re.search(r"^> (.+)$", WORDS, re.MULTILINE)[1]  # type: ignore[index]
NAMES = {"cy": "Welsh", "en": "English"}


def rows(heading: str) -> list[list[str]]:
    """Return the cells of the table whose first line begins with *heading*."""
    table = WORDS.split(f"| {heading} |")[1].split("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def test_each_word_is_looked_up_as_the_page_says() -> None:
    tokens = tokenise(STORY)
    read = {}
    for token, language in zip(tokens, identify_words(tokens), strict=True):
        form = normalise(token.surface, language)
        step = form.step + (f", {form.mutation} mutation" if form.mutation else "")
        read[f"`{token.surface}`"] = [NAMES.get(language, ""), f"`{form.key}`", step]
    shown = rows("words")
    assert len(shown) > 4
    assert [row for row in shown if read[row[0]] != row[1:]] == []


def test_the_tags_are_those_of_the_page() -> None:
    analysis = analyse(STORY, load_builtin())
    assert rows("tag") == [
        [
            f"{tag.scheme} {tag.concept}",
            tag.stance,
            f"{tag.confidence:.2f}",
            ", ".join(f"`{passage.text}`" for passage in tag.passages),
        ]
        for tag in analysis.tags
    ]
    assert analysis.language == "mixed"


def test_the_personal_details_are_those_of_the_page() -> None:
    details = analyse(STORY, load_builtin()).personal
    assert [(detail.kind, f"{detail.start} to {detail.end}" in WORDS) for detail in details] == [
        ("name", True),
        ("phone", True),
    ]
    assert redact(STORY, details).text.endswith("Ffoniwch [enw · name] ar [ffôn · phone].")
