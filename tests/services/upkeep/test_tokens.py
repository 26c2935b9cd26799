"""Tokens of links: signed, for one purpose, and for as long as they say."""

from datetime import timedelta

import pytest
from itsdangerous import URLSafeTimedSerializer

from involve.errors import NotFound
from involve.services.upkeep.tokens import make_token, read_token
from tests.factories import SECRET_KEY

HOUR = timedelta(hours=1)


def test_a_token_says_what_it_was_made_for() -> None:
    assert read_token(SECRET_KEY, "reset", make_token(SECRET_KEY, "reset", 7, "mark"), HOUR) == (7, "mark")
    assert read_token(SECRET_KEY, "stop", make_token(SECRET_KEY, "stop", 3)) == (3, "")


def test_a_token_for_one_purpose_is_void_for_every_other_and_under_another_key() -> None:
    token = make_token(SECRET_KEY, "stop", 3)
    for key, purpose in ((SECRET_KEY, "reset"), ("another key of thirty-two characters", "stop")):
        with pytest.raises(NotFound):
            read_token(key, purpose, token)


def test_a_token_runs_out() -> None:
    token = make_token(SECRET_KEY, "reset", 7)
    with pytest.raises(NotFound):
        read_token(SECRET_KEY, "reset", token, timedelta(seconds=-1))


def test_a_token_that_was_changed_is_void() -> None:
    token = make_token(SECRET_KEY, "reset", 7)
    for changed in (token[:-1], "A" + token, token.upper(), "", "ŵ"):
        with pytest.raises(NotFound):
            read_token(SECRET_KEY, "reset", changed, HOUR)


def test_a_signed_value_of_another_shape_is_void() -> None:
    signer = URLSafeTimedSerializer(SECRET_KEY, salt="involve reset")
    for value in ("7", {"about": 7}, [7], ["x", "y"], None):
        with pytest.raises(NotFound):
            read_token(SECRET_KEY, "reset", signer.dumps(value), HOUR)
