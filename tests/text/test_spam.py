"""Texts that are no stories are noticed, whatever their language; short stories are stories."""

import pytest

from involve.text.spam import spam_reasons
from tests.text.strange import STRANGE_TEXTS


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("test", "test"),
        ("prawf prawf 1 2 3", "test"),
        ("asdf asdf", "test"),
        ("This is just a test message, please ignore", "test"),
        ("https://example.com/a https://example.com/b", "links"),
        ("😀😀😀", "no words"),
        ("", "no words"),
        ("bws bws bws bws bws bws", "repetition"),
        ("aaaaaaaaaaaaaaaa", "repetition"),
        ("Earn £500 a week from home, no experience needed, click here now", "advert"),
        ("Ennill £500 yr wythnos o adref, dim angen profiad, cliciwch yma", "advert"),
        ("CHEAP CRYPTO signals, 100% guaranteed", "advert"),
    ],
)
def test_a_text_that_is_no_story_says_why(text: str, reason: str) -> None:
    assert reason in spam_reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dim bws",
        "No bus",
        "Da",
        "The blood test took five weeks",
        "Methais y prawf gyrru ddwywaith",
        "To jest bardzo dobry pomysł",
        "مرحبا بكم في ويلز",
        "Click on the council site and nothing loads",
        "The payday loan nearly broke us",
        "NEB YN GWRANDO!!!",
    ],
)
def test_a_story_is_no_spam_however_short_and_in_any_language(text: str) -> None:
    assert spam_reasons(text) == ()


@pytest.mark.parametrize("text", STRANGE_TEXTS)
def test_a_strange_text_is_read_without_fault(text: str) -> None:
    assert isinstance(spam_reasons(text), tuple)
