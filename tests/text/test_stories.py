"""Whole stories, as people write them: every suggestion shows words that stand in the story."""

import json
from pathlib import Path

import pytest

from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse

STORIES = [
    json.loads(line)
    for line in (Path(__file__).parent / "stories" / "invented.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]


@pytest.mark.parametrize("language", ["cy", "en", "mixed"])
def test_no_tag_is_without_words_of_the_story(language: str) -> None:
    told = [story["text"] for story in STORIES if story["lang"] == language]
    tagged = [(text, tag) for text in told for tag in analyse(text, load_builtin()).tags]
    assert len(tagged) > len(told) / 2
    for text, tag in tagged:
        assert tag.passages, text
        assert all(text[each.start : each.end] == each.text for each in tag.passages)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_language_of_a_story_is_seen(language: str) -> None:
    told = [story["text"] for story in STORIES if story["lang"] == language and not story["spam"]]
    wrong = [text for text in told if analyse(text, load_builtin()).language != language]
    assert len(wrong) <= len(told) / 20, wrong
