"""Staff print posters and cards for their project; nobody else does, and no story code stands on any."""

from io import BytesIO

import pypdf
import pytest

from involve.web.site import Site
from tests.factories import Clock
from tests.pages import Browser
from tests.web.conftest import SignIn

PAGE = {"cy": "/cy/staff/prosiectau/bywyd-da/papur", "en": "/en/staff/projects/bywyd-da/paper"}


def read(browser: Browser, kind: str) -> str:
    answer = browser.client.get(f"{PAGE['cy']}/{kind}.pdf")
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
    assert answer.headers["Cache-Control"] == "no-store"
    return " ".join(pypdf.PdfReader(BytesIO(answer.data)).pages[0].extract_text().split())


def test_a_poster_invites_in_both_languages_with_the_rung_and_the_day(sign_in: SignIn, project: str) -> None:
    words = read(sign_in("intermediary"), "poster")
    for said in (
        "Corff Prawf",
        "Test Body",
        "22 Ebrill 2026",
        "22 April 2026",
        "bywyd-da/dweud",
    ):
        assert said in words
    assert words.index("Corff Prawf") < words.index("Test Body")


def test_eight_cards_lead_to_my_story_without_any_code(sign_in: SignIn, project: str) -> None:
    words = read(sign_in("worker"), "codes")
    assert words.count("/cy/fy-stori") == words.count("/en/my-story") == 8
    assert "#" not in words


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_page_leads_to_all_that_can_be_printed(sign_in: SignIn, project: str, language: str) -> None:
    shown = sign_in("administrator").get(PAGE[language])
    assert [link["href"].rpartition("/")[2] for link in shown.soup.select("main a[href*='.pdf']")][:3] == [
        "poster.pdf",
        "cards.pdf",
        "codes.pdf",
    ]


def test_nobody_is_invited_to_what_is_over(sign_in: SignIn, project: str, clock: Clock) -> None:
    clock.move(days=40)
    browser = sign_in("administrator")
    assert browser.client.get(f"{PAGE['en']}/poster.pdf").status_code == 409
    assert "takes no stories now" in browser.get(PAGE["en"])
    assert "fy-stori" in read(browser, "codes")


@pytest.mark.parametrize(("role", "status"), [("analyst", 403), ("worker", 404)])
def test_others_get_no_poster(sign_in: SignIn, project: str, site: Site, role: str, status: int) -> None:
    browser = sign_in(role, "corff-prawf" if status == 403 else "corff-arall")
    assert browser.client.get(f"{PAGE['en']}/poster.pdf").status_code == status


def test_what_is_no_paper_is_not_there(sign_in: SignIn, project: str) -> None:
    assert sign_in("worker").client.get(f"{PAGE['en']}/anything.pdf").status_code == 404
