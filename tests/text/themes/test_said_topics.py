"""Topics that a text names, with the sentences that name them."""

import pytest

from involve.text.themes.said_topics import find_said_topics


@pytest.mark.parametrize(
    ("text", "topic", "sentences"),
    [
        ("Mae’r bws olaf wedi mynd. Dwi’n unig.", "bus", ["Mae’r bws olaf wedi mynd."]),
        ("I like it here. The last bus has gone.", "bus", ["The last bus has gone."]),
        ("Dim meddyg. Dim bws. Es i at y feddygfa.", "gp", ["Dim meddyg.", "Es i at y feddygfa."]),
        ("The bus and the buses were late.", "bus", ["The bus and the buses were late."]),
    ],
)
def test_a_topic_comes_with_the_sentences_that_name_it(text: str, topic: str, sentences: list[str]) -> None:
    found = {each.id: [place.text for place in places] for each, places in find_said_topics(text).items()}
    assert found[topic] == sentences


@pytest.mark.parametrize(
    "text",
    [
        # To get something is not to procure it, and how things are done is not what about.
        "Ges i fap gan rywun, ac mi ges i baned.",
        "We asked for funding and early help.",
        "",
    ],
)
def test_what_names_no_subject_is_no_topic(text: str) -> None:
    assert find_said_topics(text) == {}
