"""Stories and the law: stated before a project is announced, changed by administrators, read by those who tell."""

import pytest

from involve.services.projects.privacy import change_privacy
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.conftest import SignIn
from tests.web.staff.projects.test_set_up import PRIVACY, announce, begin, fill, fill_all
from tests.web.tell.telling import Teller

OWN = {"cy": "/cy/staff/prosiectau/bywyd-da/preifatrwydd", "en": "/en/staff/projects/bywyd-da/privacy"}


def state(site: Site, **values: str) -> None:
    with site.writing() as session:
        actor = make_staff(session, "administrator")
        change_privacy(session, actor, "bywyd-da", {**PRIVACY, **values}, NOW)


def send(browser: Browser, language: str = "en", **typed: str) -> Page:
    return browser.send(browser.get(OWN[language]), form="#privacy", **typed)


@pytest.mark.parametrize("missing", ["basis", "condition", "officer_cy", "keep_months", "keep_published"])
def test_a_project_is_not_announced_before_it_says_why_it_may_use_stories(
    sign_in: SignIn, site: Site, missing: str
) -> None:
    with site.writing() as session:
        make_project(session, "noise")
    decider = sign_in("decision_maker")
    begin(decider)
    fill_all(decider)
    fill(decider, "privacy", draft=1, **{missing: ""}) if missing.endswith(("_cy", "months")) else drop(
        site, missing
    )
    refused = announce(decider)
    assert refused.status == 409
    assert "Stories and the law" in refused.one(".notice:not(.notice--good)").text
    assert decider.get("/en/projects/bysiau").status == 404


def drop(site: Site, name: str) -> None:
    """Take a choice out of the draft: a browser cannot unpick one."""
    from involve.models import ProjectDraft

    with site.writing() as session:
        draft = session.get_one(ProjectDraft, 1)
        draft.data = {**draft.data, "privacy": {**draft.data["privacy"], name: ""}}


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_administrator_records_it_and_the_public_reads_it(
    sign_in: SignIn, site: Site, page: Browser, language: str
) -> None:
    with site.writing() as session:
        make_project(session)
    administrator = sign_in("administrator")
    staff = {"cy": "/cy/staff/prosiectau/bywyd-da", "en": "/en/staff/projects/bywyd-da"}[language]
    public = {"cy": "/cy/prosiectau/bywyd-da", "en": "/en/projects/bywyd-da"}[language]
    unsaid = {"cy": "Heb ei gofnodi eto", "en": "Not yet recorded"}[language]
    assert unsaid in administrator.get(staff)
    assert PRIVACY["officer_cy"] not in page.get(public)
    refused = send(administrator, language, **{**PRIVACY, "officer_en": ""})
    assert refused.status == 422
    assert refused.fields("#privacy")["rests_on_cy"].strip() == PRIVACY["rests_on_cy"]
    send(administrator, language, **PRIVACY)
    assert unsaid not in administrator.get(staff)
    for words in (PRIVACY[f"officer_{language}"], PRIVACY[f"rests_on_{language}"]):
        assert words in page.get(public)
    assert "2028" in page.get(public)


def test_it_cannot_be_made_longer_once_someone_has_told(sign_in: SignIn, site: Site) -> None:
    with site.writing() as session:
        make_project(session)
        make_story(session, tagged=False)
    state(site)
    refused = send(sign_in("administrator"), keep_months="36")
    assert refused.status == 422
    assert "shorter, not longer" in refused
    assert refused.fields("#privacy")["keep_months"] == "36"


@pytest.mark.parametrize("role", ["decision_maker", "moderator", "worker"])
def test_only_administrators_change_it(sign_in: SignIn, site: Site, role: str) -> None:
    with site.writing() as session:
        make_project(session)
    assert sign_in(role).get(OWN["en"]).status == 403


@pytest.mark.parametrize(
    ("language", "why", "how_long"),
    [
        ("cy", "Mae gan y corff hwn dasg", "Caiff eich geiriau gwreiddiol eu dileu"),
        ("en", "This body has a task", "Your original words are erased"),
    ],
)
def test_whoever_tells_reads_why_and_how_long_before_they_agree(
    page: Browser, site: Site, language: str, why: str, how_long: str
) -> None:
    with site.writing() as session:
        make_project(session)
    teller = Teller(page, "bywyd-da", language)

    def agreeing() -> Page:
        return teller.go_on(teller.go_on(teller.start(), story="No bus."))

    before = agreeing()
    assert why not in before
    state(site)
    agree = agreeing()
    for words in (why, how_long, PRIVACY[f"controller_{language}"], PRIVACY[f"officer_{language}"]):
        assert words in agree
