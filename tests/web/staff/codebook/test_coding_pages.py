"""Coders mark sentences on the site, each alone, and see how far they agree once they have finished."""

import pytest

from involve.services.codebook.drafting import save_theme
from involve.services.codebook.releasing import release_draft
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff
from tests.pages import Browser
from tests.publications import make_public
from tests.services.codebook.test_codebooks import BUSES
from tests.web.conftest import SignIn

ROUNDS = {
    "cy": "/cy/staff/prosiectau/bywyd-da/llyfr-codau/codio",
    "en": "/en/staff/projects/bywyd-da/codebook/coding",
}
AGREEMENT = {"cy": "cytundeb", "en": "agreement"}
BOTH = pytest.mark.parametrize("language", ["cy", "en"])


@pytest.fixture
def coder(sign_in: SignIn, site: Site) -> Browser:
    """An analyst of a project with a released codebook and one published story."""
    with site.writing() as session:
        make_project(session)
        actor = make_staff(session, "analyst")
        save_theme(session, actor, "bywyd-da", "", BUSES, NOW)
        release_draft(session, actor, "bywyd-da", NOW)
        make_public(session, "There is no bus after six. I stay at home.")
    return sign_in("analyst")


@BOTH
def test_a_story_is_coded_sentence_by_sentence_and_agreement_follows(
    coder: Browser, sign_in: SignIn, language: str
) -> None:
    begun = coder.send(coder.get(ROUNDS[language]), form="#begin", size="1")
    story = coder.get(begun.one(".tasks a")["href"])
    wrong = coder.send(story, form="#code", do="mark", theme="buses")
    assert len(wrong.errors) == 1
    assert wrong.fields("#code")["theme"] == "buses"
    marked = coder.send(wrong, form="#code", do="mark", sentences="0", stance="concern")
    assert BUSES.name.in_language(language) in marked.one(".chips").text
    other = sign_in("analyst")
    assert not other.get(story.response.request.path).soup.select(".chips")
    back = coder.send(marked, form="#code", do="done")
    seen = coder.get(coder.send(back, do="finish").one(f"main a[href$={AGREEMENT[language]}]")["href"])
    assert seen.soup.select("table")
    assert not other.get(f"{begun.response.request.path}/{AGREEMENT[language]}").soup.select("table")
    file = coder.client.get(
        f"{begun.response.request.path}/{AGREEMENT[language]}/{'ffeil' if language == 'cy' else 'file'}"
    )
    assert file.get_data(as_text=True).count("\n") > 3


@BOTH
@pytest.mark.parametrize("size", ["", "101"])
def test_a_size_that_cannot_be_is_refused(coder: Browser, language: str, size: str) -> None:
    refused = coder.send(coder.get(ROUNDS[language]), form="#begin", size=size)
    assert (refused.status, len(refused.errors)) == (422, 1)
