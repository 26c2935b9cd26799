"""Words that somebody agreed to never change: a new wording is added below, and the old one stays readable."""

from hashlib import sha256

import pytest

from involve.errors import NotFound
from involve.vocabulary.about import WORDINGS
from involve.vocabulary.consents import EXPRESS, USES, WORDING_VERSION, Wording, find_use, find_wording

# By use and version. Add a line for a new wording; never change one.
SEALED: dict[tuple[str, str], str] = {
    ("read", "2026-11-23"): "83fc519f39d12d65",
    ("read", "2026-11-29"): "a60b6cb2c2ec0c24",
    ("publish", "2026-11-23"): "6e3fcaeab1ffa472",
    ("quote", "2026-11-23"): "d6ad986a13484392",
    ("share", "2026-11-23"): "87e0908e02c18f6d",
    ("research", "2026-11-23"): "e00395f6d9b2094f",
    ("learn", "2026-11-23"): "bc9fe841ce2979a2",
    ("about", "2026-11-29"): "f10afe4a6c41d8db",
}


def seal(wording: Wording) -> str:
    words = [wording.words, *([wording.express] if wording.express else [])]
    return sha256("\n".join(text for each in words for text in (each.cy, each.en)).encode()).hexdigest()[:16]


def test_no_wording_that_people_answered_to_was_changed() -> None:
    found = {(use.id, wording.since): seal(wording) for use in USES for wording in use.wordings}
    found |= {("about", since): seal(Wording(since, words, None)) for since, words in WORDINGS.items()}
    changed = [
        f"{use} of {since}" for (use, since), mark in SEALED.items() if found.get((use, since)) != mark
    ]
    assert not changed, (
        f"Changed or gone: {', '.join(changed)}. People agreed to those very words. Put them back in "
        "involve/vocabulary/data/consents.toml, and add a [[use.wording]] with a newer day below them."
    )
    new = {key: mark for key, mark in found.items() if key not in SEALED}
    assert not new, f"Seal the new wording in SEALED of this test: {new}"


def test_each_use_has_its_wordings_in_order() -> None:
    for use in USES:
        days = [wording.since for wording in use.wordings]
        assert days == sorted(set(days))


def test_an_answer_finds_the_words_that_were_read_then() -> None:
    old, new = find_wording("read", "2026-11-23"), find_wording("read", WORDING_VERSION)
    assert "expressly agree" in old.en
    assert "expressly agree" not in new.en
    assert (
        find_wording("quote", "2026-11-23")
        == find_wording("quote", WORDING_VERSION)
        == find_use("quote").wording
    )


@pytest.mark.parametrize("language", ["cy", "en"])
def test_express_consent_is_part_of_the_wording_where_a_body_rests_on_it(language: str) -> None:
    plain = find_wording("read", WORDING_VERSION).in_language(language)
    whole = find_wording("read", WORDING_VERSION + EXPRESS).in_language(language)
    assert whole.startswith(plain)
    assert {"cy": "benodol", "en": "expressly"}[language] in whole.removeprefix(plain)
    assert find_use("read").version_now(True) == WORDING_VERSION + EXPRESS
    assert find_use("quote").version_now(True) == WORDING_VERSION


@pytest.mark.parametrize("version", ["import", "bench", "2020-01-01", ""])
def test_what_no_page_asked_has_no_words(version: str) -> None:
    with pytest.raises(NotFound):
        find_wording("read", version)
