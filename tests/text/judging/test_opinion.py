"""The second opinion weighs in what a whole story means; it never tags without words, and nothing needs it."""

from pathlib import Path

import pytest

from involve.errors import BadInput
from involve.text.codebook import load_builtin
from involve.text.judging import opinion as module
from involve.text.judging.make import goal_files, mark_of, read_stories
from involve.text.judging.opinion import Meant, Opinion, learn_opinion, load_opinion
from involve.text.judging.table import load_tables
from involve.text.meaning import SIZE, can_embed, embed, likeness
from involve.text.pipeline import Reading, analyse

STORIES = goal_files(Path(__file__).parents[1] / "stories")
needs_extra = pytest.mark.skipif(not can_embed(), reason="the extra embeddings is not installed")


def test_it_was_learnt_from_this_codebook_and_these_stories() -> None:
    opinion = load_opinion()
    assert opinion.made_from["mark"] == mark_of(read_stories(STORIES)), "run make weights"
    assert {len(row) for row in opinion.weights.values()} == {len(opinion.centre)} == {SIZE}
    assert set(opinion.weights) == {concept.id for concept in load_builtin().concepts} | {"risk"}


def test_what_the_vectors_tell_moves_a_margin_and_what_they_do_not_leaves_it() -> None:
    vectors = [(1.0, 0.0), (-1.0, 0.0)] * 20
    labels = [{"culture": "strength"}, {}] * 20
    margins = [{"culture": 0.0, "global": -1.0}] * 40
    opinion = learn_opinion(margins, vectors, labels, (0.0, 0.0), {})
    near, far = Meant(opinion, (1.0, 0.0)), Meant(opinion, (-1.0, 0.0))
    assert near.weigh("culture", 0.0) > 0.5 > -0.2 > far.weigh("culture", 0.0)
    assert near.weigh("global", -1.0) == pytest.approx(far.weigh("global", -1.0), abs=0.05)


def test_a_damaged_file_is_refused_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FILE", tmp_path / "opinion.json")
    load_opinion.cache_clear()
    try:
        with pytest.raises(BadInput, match="install Involve again"):
            load_opinion()
    finally:
        load_opinion.cache_clear()


@needs_extra
def test_the_same_thing_said_in_the_other_language_lies_nearer_than_something_else() -> None:
    welsh, english, other = embed(
        [
            "Does dim bws ar ôl chwech o’r gloch.",
            "There is no bus after six.",
            "The choir sang at the chapel.",
        ]
    )
    assert likeness(welsh, english) > likeness(welsh, other)
    assert likeness(welsh, welsh) == pytest.approx(1.0, abs=1e-4)


@needs_extra
@pytest.mark.parametrize("text", ["", "   ", "😀" * 3000, "gair\0gair"])
def test_any_text_gets_a_vector(text: str) -> None:
    assert len(next(embed([text]))) == SIZE


@needs_extra
def test_with_it_each_tag_still_has_words_of_its_own() -> None:
    reading = Reading(load_tables(), load_opinion())
    for row in read_stories(STORIES[:1])[:12]:
        tags = analyse(row["text"], load_builtin(), reading=reading).tags
        assert all(tag.passages for tag in tags)
        assert all(row["text"][p.start : p.end] == p.text for tag in tags for p in tag.passages)


@needs_extra
def test_it_can_take_a_tag_away_and_raise_another() -> None:
    text = "The last bus goes at six, and my GP was so kind at the surgery"
    concepts = [*(concept.id for concept in load_builtin().concepts), "risk"]
    nothing = dict.fromkeys(concepts, (0.0,) * SIZE)
    against = Opinion(
        (0.0,) * SIZE,
        dict.fromkeys(concepts, 1.0),
        {c: -9.0 * (c == "healthier") for c in concepts},
        nothing,
        {},
    )
    without = {tag.concept for tag in analyse(text, load_builtin()).tags}
    weighed = {
        tag.concept for tag in analyse(text, load_builtin(), reading=Reading(load_tables(), against)).tags
    }
    assert without - weighed == {"healthier"}
