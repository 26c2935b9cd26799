"""The first look at a text leaves out only what no changed cue can concern, in either language."""

import pytest

from involve.text.cue_sieve import CueSieve
from involve.text.lexicon import Listed

AMONG: tuple[tuple[str, Listed], ...] = (("ysbyty", "cy"), ("hospital", "en"))


@pytest.mark.parametrize(
    ("cue", "language", "text", "held"),
    [
        ("bws", "cy", "Mae'r fws yn hwyr.", True),
        ("bws", "cy", "Roedd y ward yn lân.", False),
        ("safle bws", "cy", "Doedd dim safle yno.", False),
        ("safle bws", "cy", "Wrth y (safle bws) roedd hi.", True),
        ("friend", "en", "My friends' garden", True),
        ("bus stop", "en", "They stopped the bus.", True),
        ("bus stop", "en", "Stop the car.", False),
        ("isol*", "en", "Self-isolating was hard.", True),
        # A slip: it may be meant as the cue, or by now as two things.
        ("neighbour", "en", "My nieghbour helped.", True),
        ("hospitol", "en", "The hospitl was full.", True),
        ("friend", "en", "The hospitl was full.", False),
    ],
)
def test_only_what_no_cue_can_concern_is_left_out(cue: str, language: Listed, text: str, held: bool) -> None:
    assert CueSieve([(cue, language)], AMONG).may_hold(text) is held
