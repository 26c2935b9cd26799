"""The pages of the audit trail: who read what, every change, and a file to take along, in both languages."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select

from involve.models import Event, User
from involve.web.site import Site
from tests.factories import ENGLISH_STORY, make_project, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn

BOTH = pytest.mark.parametrize("language", ["cy", "en"])
TRAIL = {"cy": "/cy/staff/cyrff/corff-prawf/trywydd", "en": "/en/staff/bodies/corff-prawf/audit"}
LOOKED = {"cy": "Darllen geiriau gwreiddiol stori", "en": "Read the original words of a story"}


@pytest.fixture
def reference(site: Site) -> str:
    """The reference of a story; another body has one too."""
    with site.writing() as session:
        make_project(session, "dau", body="corff-arall")
        make_story(session, "dau")
        make_project(session, "un")
        return make_story(session, "un").reference


@BOTH
def test_an_administrator_sees_who_read_a_story(sign_in: SignIn, reference: str, language: str) -> None:
    sign_in("moderator").get(f"/en/staff/stories/{reference}")
    admin = sign_in("administrator")
    shown = admin.get(f"{TRAIL[language]}?kind=original_viewed")
    assert shown.soup.select("details[open]")
    (row,) = shown.soup.select("tbody tr")
    assert LOOKED[language] in row.text
    assert "Mair" in row.text
    assert reference in row.text
    by_story = admin.get(f"{TRAIL[language]}?story={reference}")
    assert LOOKED[language] in by_story
    assert {"cy": "Rhannu stori", "en": "Told a story"}[language] in by_story
    assert ENGLISH_STORY[:20] not in by_story
    nobody = admin.get(f"{TRAIL[language]}?kind=withdrawn")
    assert not nobody.soup.select("tbody tr")


@BOTH
@pytest.mark.parametrize(
    "asked",
    ["story=0000-0000", "first=yesterday", "kind=king", "who=king", "first=2026-03-02&last=2026-03-01"],
)
def test_a_question_that_cannot_be_answered_is_explained_and_kept(
    sign_in: SignIn, reference: str, language: str, asked: str
) -> None:
    refused = sign_in("administrator").get(f"{TRAIL[language]}?{asked}")
    assert refused.status == 422
    assert refused.errors
    name, _, typed = asked.partition("&")[0].partition("=")
    if name in ("story", "first"):
        assert refused.one(f"#{name}")["value"] == typed


@pytest.mark.parametrize("place", ["x", "-1", "9" * 40, "0"])
def test_a_place_that_there_is_not_is_no_failure(sign_in: SignIn, reference: str, place: str) -> None:
    assert sign_in("administrator").get(f"{TRAIL['en']}?before={place}").status == 200


@BOTH
def test_the_trail_goes_on_page_by_page(sign_in: SignIn, site: Site, reference: str, language: str) -> None:
    admin = sign_in("administrator")
    for _ in range(60):
        admin.get(TRAIL["en"])
    first = admin.get(f"{TRAIL[language]}?kind=trail_read")
    assert len(first.soup.select("tbody tr")) == 50
    second = admin.get(str(first.one(".paging a")["href"]))
    assert (
        len(second.soup.select("tbody tr")) == 10
    )  # the look at the first page is newer than where it ended
    assert not second.soup.select(".paging a")


@BOTH
def test_the_file_holds_what_was_asked_for_and_nothing_that_a_spreadsheet_runs(
    sign_in: SignIn, site: Site, reference: str, language: str
) -> None:
    admin = sign_in("administrator")
    with site.writing() as session:
        for user in session.scalars(select(User)):
            user.name = "=HYPERLINK(1)"
    admin.get(f"/en/staff/stories/{reference}")
    shown = admin.get(f"{TRAIL[language]}?kind=original_viewed")
    taken = admin.get(str(shown.one('main a[href*=".csv"]')["href"]))
    assert taken.response.mimetype == "text/csv"
    assert taken.response.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.reader(StringIO(taken.html.lstrip("\ufeff"))))
    assert len(rows) == 2
    assert LOOKED[language] in rows[1]
    assert reference in rows[1]
    assert "'=HYPERLINK(1)" in rows[1]
    with site.reading() as session:
        kinds = session.scalars(select(Event.kind).order_by(Event.id.desc()).limit(2)).all()
    assert kinds == ["trail_exported", "trail_read"]


def test_the_members_lead_to_what_each_did(sign_in: SignIn, site: Site, reference: str) -> None:
    admin = sign_in("administrator")
    members = admin.get("/en/staff/bodies/corff-prawf/members")
    assert members.soup.select(f'a[href="{TRAIL["en"]}"]')
    one = admin.get(str(members.soup.select("tbody a")[0]["href"]))
    did: Browser = admin
    assert did.get(str(one.one('a[href*="audit"]')["href"])).status == 200


@BOTH
def test_the_page_of_a_story_leads_administrators_to_its_lines(
    sign_in: SignIn, reference: str, language: str
) -> None:
    address = {"cy": f"/cy/staff/straeon/{reference}", "en": f"/en/staff/stories/{reference}"}[language]
    link = f'main a[href="{TRAIL[language]}?story={reference}"]'
    assert not sign_in("moderator").get(address).soup.select(link)
    admin = sign_in("administrator")
    led = admin.get(str(admin.get(address).one(link)["href"]))
    assert LOOKED[language] in led
