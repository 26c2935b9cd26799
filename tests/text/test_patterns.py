"""Turns of speech show how bodies worked, with gaps and alternatives, in both languages."""

import pytest

from involve.text.codebook import load_builtin
from involve.text.pipeline import analyse


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Housing said it was down to social services, so nothing was done.", "collaboration"),
        ("Y cyngor yn deud mai gwaith y bwrdd iechyd ydi o.", "collaboration"),
        ("We found out about the new road on Facebook.", "involvement"),
        ("Gaethon ni wybod am y peth oddi ar bolyn lamp.", "involvement"),
        ("If they had only fixed the gutter when we said, the wall would still be there.", "prevention"),
        ("Petai rhywun wedi gwrando bryd hynny, fyddai hi ddim wedi cwympo.", "prevention"),
        (
            "They encourage us to leave the car at home but then they cut the bus. Joined-up thinking it is not.",
            "integration",
        ),
        ("The grant ran out in March and so did the youth worker.", "long_term"),
        ("Cyllid blwyddyn oedd o, a rŵan mae o wedi dod i ben.", "long_term"),
    ],
)
def test_a_way_of_working_is_found_without_being_named(text: str, way: str) -> None:
    tags = {tag.concept: tag for tag in analyse(text, load_builtin()).tags if tag.scheme == "way"}
    assert way in tags
    assert all(text[each.start : each.end] == each.text for each in tags[way].passages)


@pytest.mark.parametrize(
    "text",
    ["The bus was late again and it rained.", "Mi ges i banad efo Mam pnawn ddoe.", "🙂", "'r 'n 'i"],
)
def test_a_plain_remark_shows_no_way_of_working(text: str) -> None:
    assert [tag for tag in analyse(text, load_builtin()).tags if tag.scheme == "way"] == []


def test_every_pattern_of_the_codebook_is_sound() -> None:
    patterns = [pattern for concept in load_builtin().concepts for pattern in concept.patterns]
    assert len(patterns) > 20
    assert all(pattern.cy and pattern.en for pattern in patterns)
