"""Words with a slip of the thumb in them are still found; words that mean something else are left alone."""

import pytest

from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse
from involve.text.slips import meant_instead

WORDS = {"hospital", "ysbyty", "meddygfa", "pothole"}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hopsital", ["hospital"]),
        ("hospitl", ["hospital"]),
        ("hosspital", ["hospital"]),
        ("meddyhfa", ["meddygfa"]),
        ("ysbyy", []),
        ("xospital", []),
        ("hospital2", []),
        ("hsptl", []),
        ("a" * 20_000, []),
    ],
)
def test_a_word_is_meant_when_it_is_one_slip_away(typed: str, meant: list[str]) -> None:
    assert meant_instead(typed, WORDS.__contains__) == meant


@pytest.mark.parametrize(
    ("text", "goal", "shown"),
    [
        ("I waited all day at the hopsital", "healthier", "hopsital"),
        ("Dwi wedi bod yn yr ysbytty ers dydd Llun", "healthier", "ysbytty"),
    ],
)
def test_a_slip_does_not_hide_what_a_story_is_about(text: str, goal: str, shown: str) -> None:
    tags = {tag.concept: tag for tag in analyse(text, load_builtin()).tags}
    assert shown in [passage.text for passage in tags[goal].passages]
