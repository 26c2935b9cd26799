"""Texts: short in both languages, in signs that every network counts once."""

import pytest

from involve.documents.texts import MOST_PARTS, PART_GSM, count_parts, longest_text, write_text
from involve.errors import NotFound
from involve.services.upkeep.letters import Envelope
from involve.services.upkeep.tokens import make_short_token, read_short_token
from involve.settings import Settings
from tests.factories import NOW, SECRET_KEY

SITE = Settings(
    secret_key=SECRET_KEY, public_url="https://dweud-eich-stori.bwrdd-iechyd-hywel-dda.example.cymru"
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        # A ŵ makes all of it Unicode; an é does not, and a euro sign counts twice.
        ("é" * 160, 1),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("ŵ" * 70, 1),
        ("ŵ" + "a" * 70, 2),
        ("ŷ" * 134, 2),
        ("ŷ" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_networks_count_them(text: str, parts: int) -> None:
    assert count_parts(text) == parts


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_text_has_two_parts_at_most_even_on_a_site_with_a_long_name(language: str) -> None:
    envelope = Envelope(1, "news", language, "+447700900123", {}, NOW, contact_id=123_456, state="a" * 32)
    text = write_text(envelope, SITE)
    assert count_parts(text) <= MOST_PARTS
    assert text.isascii()
    assert len(longest_text(SITE)) <= MOST_PARTS * PART_GSM
    assert text.startswith("Mae rhywbeth newydd" if language == "cy" else "There is something new")


def test_a_short_mark_is_read_back_and_one_that_is_not_ours_is_refused() -> None:
    token = make_short_token(SECRET_KEY, "stop", 42, "abcdef0123456789")
    assert read_short_token(SECRET_KEY, "stop", token) == (42, "abcdef01")
    for wrong in (
        "",
        "42",
        "42.abcdef01",
        token[:-1],
        "43" + token[2:],
        token + "=",
        "é" * 9,
        "..",
        "٤٢" + token[2:],
    ):
        with pytest.raises(NotFound):
            read_short_token(SECRET_KEY, "stop", wrong)
    with pytest.raises(NotFound):
        read_short_token(SECRET_KEY, "other", token)
