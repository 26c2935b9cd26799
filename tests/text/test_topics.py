"""Topics: whole in both languages, each known by words that no other topic claims."""

from collections import Counter

from involve.text.topics import load_topics
from involve.vocabulary import goals


def test_there_are_enough_topics_and_each_has_its_own_id() -> None:
    ids = Counter(topic.id for topic in load_topics())
    assert 60 <= len(ids) <= 100
    assert set(ids.values()) == {1}


def test_each_topic_is_whole_in_both_languages() -> None:
    known = {goal.id for goal in goals.GOALS}
    for topic in load_topics():
        assert topic.name.cy, topic.id
        assert topic.name.en, topic.id
        assert set(topic.goals) <= known, topic.id
        assert min(len(topic.cue.cy), len(topic.cue.en)) >= 5, topic.id


def test_a_word_leads_to_few_topics() -> None:
    for language in ("cy", "en"):
        claims = Counter(
            word.lower() for topic in load_topics() for word in set(getattr(topic.cue, language))
        )
        assert [word for word, times in claims.items() if times > 2] == []
