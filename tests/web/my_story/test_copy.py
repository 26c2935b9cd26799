"""Taking a copy of my data along: by code, readable, kept by no cache, and without the code."""

import json

import pytest

from involve.services.stories.tell import Receipt
from involve.web.site import Site
from tests.factories import WELSH_STORY, make_project, make_story
from tests.pages import Browser
from tests.web.my_story.coming_back import type_code

PAGES = {"cy": "/cy/fy-stori/copi", "en": "/en/my-story/copy"}


@pytest.fixture
def told(site: Site) -> Receipt:
    with site.writing() as session:
        make_project(session)
        make_story(session, text="Somebody else walks by the canal.")
        return make_story(session, text=WELSH_STORY)


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_copy_is_read_on_the_page_and_taken_as_a_file(
    page: Browser, told: Receipt, language: str
) -> None:
    mine = type_code(page, told.code, language)
    assert PAGES[language] in mine.html
    shown = page.get(PAGES[language])
    assert WELSH_STORY in shown
    saved = page.client.get(f"{PAGES[language]}/html")
    data = page.client.get(f"{PAGES[language]}/json")
    assert json.loads(data.data)["kept"]["story"]["rows"][0]["text"] == WELSH_STORY
    for form, response in (("html", saved), ("json", data)):
        assert response.status_code == 200
        assert response.headers["Content-Disposition"] == f'attachment; filename="involve.{form}"'
        assert response.headers["Cache-Control"] == "no-store"
        text = response.get_data(as_text=True)
        assert WELSH_STORY in text
        assert "canal" not in text
        assert told.code not in text
    assert "<script" not in saved.get_data(as_text=True)


@pytest.mark.parametrize("path", ["", "/html", "/json"])
def test_without_an_open_story_there_is_no_copy(page: Browser, told: Receipt, path: str) -> None:
    response = page.client.get(f"{PAGES['en']}{path}")
    assert response.status_code == 303
    assert WELSH_STORY not in response.get_data(as_text=True)


def test_another_kind_of_file_is_none(page: Browser, told: Receipt) -> None:
    type_code(page, told.code)
    assert page.client.get(f"{PAGES['en']}/exe").status_code in (303, 404)
