"""Where to turn at once is dated, sourced and in both languages, and what was not seen is not shown."""

import re

import pytest

from involve.errors import NotFound
from involve.vocabulary.signposts import SIGNPOSTS, Signpost, find_signpost

NUMBER = re.compile(r"\d{3}|[\d ]{6,14}")


@pytest.mark.parametrize("signpost", SIGNPOSTS, ids=lambda signpost: signpost.id)
def test_a_signpost_is_whole(signpost: Signpost) -> None:
    for words in (signpost.name, signpost.purpose, signpost.hours):
        assert words.cy.strip()
        assert words.en.strip()
    assert NUMBER.fullmatch(signpost.reach)


@pytest.mark.parametrize("signpost", SIGNPOSTS, ids=lambda signpost: signpost.id)
def test_only_what_was_read_on_a_day_is_verified(signpost: Signpost) -> None:
    assert signpost.verified == (signpost.checked_on is not None)
    assert signpost.verified == ("." in signpost.source)


def test_emergencies_come_first() -> None:
    assert [signpost.id for signpost in SIGNPOSTS][:4] == ["999", "101", "nhs-111", "nhs-111-2"]


def test_help_in_welsh_and_for_children_and_against_violence_is_verified() -> None:
    verified = {signpost.id for signpost in SIGNPOSTS if signpost.verified}
    assert {"samaritans", "samaritans-welsh", "live-fear-free", "childline", "meic"} <= verified


def test_a_number_that_was_not_seen_is_kept_back() -> None:
    assert not find_signpost("call").verified
    with pytest.raises(NotFound):
        find_signpost("nowhere")
