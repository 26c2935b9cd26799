"""Two texts that say the same, in one language or in both, and the words that show it."""

import pytest

from involve.text.sameness import Candidate, explain, nearly_same, rank_candidates
from involve.text.search import index_keys

STORIES = (
    "The last bus leaves at five and I cannot see the doctor after work.",
    "Mae’r bws olaf yn gadael am bump, a dydw i ddim yn gweld fy ffrindiau gyda’r nos.",
    "The library closed last spring and my children have nowhere warm to read after school.",
    "Mae’r llyfrgell wedi cau a does unman cynnes i’r plant ddarllen.",
    "We grow vegetables in the old quarry and share them.",
)


def ranked(text: str, concepts: frozenset[tuple[str, str]] = frozenset()) -> list[int]:
    candidates = [Candidate(frozenset(index_keys(each)), frozenset()) for each in STORIES]
    return list(rank_candidates(text, concepts, candidates, 5))


@pytest.mark.parametrize(
    ("text", "first", "found"),
    [
        ("People tell me that there is no bus home after work.", 0, {0, 1}),
        ("Does dim bws gyda’r nos, meddai pobl wrtha i.", 1, {0, 1}),
        ("Parents miss the library for their children.", 2, {2, 3}),
        ("Mae rhieni’n gweld eisiau’r llyfrgell i’r plant.", 3, {2, 3}),
    ],
)
def test_what_says_the_same_is_found_in_both_languages(text: str, first: int, found: set[int]) -> None:
    places = ranked(text)
    assert places[0] == first
    assert set(places) == found


@pytest.mark.parametrize(
    "text", ["", "   ", "the and of", "yr a'r o", "🙂", "Dogs bark at night on the beach."]
)
def test_what_shares_nothing_finds_nothing(text: str) -> None:
    assert ranked(text) == []


def test_no_more_are_given_than_asked_for() -> None:
    candidates = [Candidate(frozenset(index_keys(STORIES[0])), frozenset())] * 9
    assert len(rank_candidates("No bus after work", frozenset(), candidates, 3)) == 3


def test_the_reasons_are_words_of_either_text_and_the_topic_in_both_languages() -> None:
    text, other = "The evening bus is gone, people say.", "Does dim bysiau gyda’r nos."
    [reason] = explain(text, other)
    assert reason.topic is not None
    assert (reason.topic.name.cy, reason.topic.name.en) == ("Bysiau", "Buses")
    assert all(word in text for word in reason.here)
    assert all(word in other for word in reason.there)


def test_other_words_are_reasons_in_any_of_their_forms() -> None:
    reasons = explain("Kerbs are broken near the chapel.", "The kerb by our chapel broke.")
    pairs = {(each.here, each.there) for each in reasons if each.topic is None}
    assert (("kerbs",), ("kerb",)) in pairs


def test_nearly_the_same_words_are_told_from_the_same_topic() -> None:
    assert nearly_same(STORIES[0], STORIES[0].upper())
    assert not nearly_same(STORIES[0], STORIES[1])
    assert not nearly_same("", "")
