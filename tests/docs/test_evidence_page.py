"""The examples of searches that the page about evidence gives are true."""

import re
from pathlib import Path

import pytest

from involve.text.query import phrase_form, read_query
from involve.text.search import index_keys

PAGE = Path(__file__).resolve().parents[2] / "docs" / "evidence.md"
ROW = re.compile(r"^\| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def examples() -> list[tuple[str, str, str]]:
    """Return the rows of the table of examples: what is typed, a story that it finds, and one that it does not."""
    table = PAGE.read_text(encoding="utf-8").split("| typed | finds | does not find |")[1].split("\n\n")[0]
    return [row for row in ROW.findall(table) if not row[0].startswith("---")]


def fits(story: str, typed: str) -> bool:
    """Say whether a story has what is searched for, by the keys under which it is kept."""
    query, keys, words = read_query(typed), set(index_keys(story)), phrase_form(story)
    return (
        all(word.keys & keys for word in query.words)
        and all(phrase in words for phrase in query.phrases)
        and not any(forms & keys for forms in query.excluded)
        and not any(phrase in words for phrase in query.no_phrases)
    )


@pytest.mark.parametrize(("typed", "found", "other"), examples())
def test_an_example_finds_what_it_says_and_nothing_else(typed: str, found: str, other: str) -> None:
    assert fits(found, typed)
    assert not fits(other, typed)


def test_there_are_examples_in_both_languages() -> None:
    assert len(examples()) >= 10
