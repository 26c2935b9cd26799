"""Answering: each teller finds the answer in the language that they chose, once, after it was looked at."""

import pytest
from flask import Flask

from involve.web.site import Site
from tests.factories import make_story
from tests.pages import Browser, Page
from tests.web.my_story.coming_back import type_code

WORDS = {"text_cy": "Bydd bws am saith.", "text_en": "There will be a bus at seven."}


def test_an_answer_to_two_is_looked_at_then_read_by_each_in_their_language(
    app: Flask, moderator: Browser, site: Site
) -> None:
    with site.writing() as session:
        welsh = make_story(session, reply_language="cy", text="Dim bws ar ôl chwech.")
        english = make_story(session, reply_language="en")
    form = moderator.get(f"/en/staff/replies/new?story={welsh.reference}&story={english.reference}")
    preview = moderator.send(form, {"go": "preview"}, form="#reply", **WORDS)
    assert all(words in preview for words in WORDS.values())
    assert "Bydd bws am saith" not in come_back(app, welsh.code, "en")
    moderator.send(preview, {"go": "send"}, form="main form[method=post]")
    for code, language, mine, other in (
        (welsh.code, "en", "text_cy", "text_en"),
        (english.code, "cy", "text_en", "text_cy"),
    ):
        opened = come_back(app, code, language)
        assert WORDS[mine] in opened
        assert WORDS[other] not in opened


def come_back(app: Flask, code: str, language: str) -> Page:
    """Open a story by its code in a browser that knows nothing."""
    return type_code(Browser(app.test_client()), code, language)  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "missing"), [("cy", "text_cy"), ("en", "text_en")])
def test_the_language_that_a_teller_chose_cannot_be_left_out(
    moderator: Browser, site: Site, language: str, missing: str
) -> None:
    with site.writing() as session:
        reference = make_story(session, reply_language=language).reference
    form = moderator.get(f"/en/staff/replies/new?story={reference}")
    refused = moderator.send(form, {"go": "send"}, form="#reply", **{**WORDS, missing: "  "})
    assert refused.status == 422
    other = "text_en" if missing == "text_cy" else "text_cy"
    assert refused.fields("#reply")[other].strip() == WORDS[other]


def test_sending_the_same_answer_twice_answers_once(moderator: Browser, site: Site, page: Browser) -> None:
    with site.writing() as session:
        told = make_story(session)
    form = moderator.get(f"/en/staff/replies/new?story={told.reference}")
    preview = moderator.send(form, {"go": "preview"}, form="#reply", **WORDS)
    for _ in range(2):
        moderator.send(preview, {"go": "send"}, form="main form[method=post]")
    assert type_code(page, told.code).text.count(WORDS["text_en"]) == 1


@pytest.mark.parametrize("text", ["x" * 5001, "\x00\x1f", "w " * 50_000])
def test_what_cannot_be_sent_is_refused_with_words(moderator: Browser, site: Site, text: str) -> None:
    with site.writing() as session:
        reference = make_story(session).reference
    form = moderator.get(f"/cy/staff/atebion/newydd?story={reference}")
    refused = moderator.send(form, {"go": "send"}, form="#reply", text_cy="Iawn.", text_en=text)
    assert refused.status == 422
    assert refused.errors
