"""Concerns on the staff pages: told, read, acknowledged, closed by two where it is grave, in both languages."""

import pytest
from sqlalchemy import select

from involve.models import Concern, Event, Story
from involve.web.site import Site
from tests.factories import Clock, make_project, make_story
from tests.rotas import name_someone
from tests.web.conftest import SignIn

DANGER = {
    "cy": "Mae fy mhartner yn fy nharo bob nos ac mae arna i ofn mynd adref.",
    "en": "He hits me every night and I am afraid to go home.",
}
LISTS = {"cy": "/cy/staff/diogelu", "en": "/en/staff/safeguarding"}
STATES = {
    "cy": ("Heb ei gydnabod eto", "Mae rhywun yn delio ag ef", "Yn aros am ail berson"),
    "en": ("Not acknowledged yet", "Someone is dealing with it", "Waits for a second person"),
}


@pytest.fixture
def reference(site: Site) -> str:
    """A Welsh story of danger, beside one that is not."""
    with site.writing() as session:
        make_project(session)
        make_story(session)
        return make_story(session, text=DANGER["cy"]).reference


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_person_on_duty_finds_it_reads_it_deals_with_it_and_a_second_person_closes_it(
    sign_in: SignIn, site: Site, reference: str, language: str
) -> None:
    duty, second = sign_in("administrator"), sign_in("moderator")
    home = duty.get({"cy": "/cy/staff", "en": "/en/staff"}[language])
    assert home.soup.select('[role="alert"]')
    listed = duty.get(LISTS[language])
    assert reference in listed
    assert DANGER["cy"] not in listed
    shown = duty.get(f"{LISTS[language]}/1")
    # Marked words stand in elements of their own.
    assert DANGER["cy"].replace(" ", "") in shown.text.replace(" ", "")
    assert STATES[language][0] in shown
    assert shown.soup.select('a[href^="https://safeguarding.wales"]')
    shown = duty.send(shown)
    assert STATES[language][1] in shown
    assert not duty.get(LISTS[language]).soup.select('[role="alert"]')
    waiting = duty.send(shown, form="#conclude", outcome="local_authority", note="Cofnod 12.")
    assert STATES[language][2] in waiting
    forms = [form["action"] for form in waiting.soup.select("main form[method=post]")]
    assert len(forms) == 1
    second.send(second.get(f"{LISTS[language]}/1"), {"agrees": "1"})
    with site.reading() as session:
        concern = session.get_one(Concern, 1)
        assert concern.closed_by not in (None, concern.outcome_by)
        assert session.scalars(select(Story.state)).all() == ["received", "received"]
        viewed = session.scalars(select(Event.kind).where(Event.kind == "original_viewed")).all()
    assert len(viewed) >= 2


def test_an_outcome_without_a_choice_comes_back_with_the_note_and_so_does_the_switch_of_language(
    sign_in: SignIn, reference: str
) -> None:
    duty = sign_in("administrator")
    shown = duty.get("/en/staff/safeguarding/1")
    refused = duty.send(shown, form="#conclude", note="Spoke to the lead")
    assert refused.status == 422
    assert refused.fields("#conclude")["note"].strip() == "Spoke to the lead"
    twin = duty.post(
        "/cy/staff/diogelu/1/canlyniad", {**refused.fields("#conclude"), "outcome": "lead", "switch": "1"}
    )
    assert twin.fields("#conclude")["note"].strip() == "Spoke to the lead"
    assert twin.fields("#conclude")["outcome"] == "lead"
    long = duty.send(shown, form="#conclude", outcome="lead", note="x" * 1_001)
    assert (long.status, len(long.fields("#conclude")["note"].strip())) == (422, 1_001)


def test_a_colleague_flags_a_story_by_hand_and_the_person_on_duty_has_it_on_every_page(
    sign_in: SignIn, site: Site
) -> None:
    with site.writing() as session:
        make_project(session)
        quiet = make_story(session).reference
    moderator, administrator = sign_in("moderator"), sign_in("administrator")
    page = moderator.get(f"/en/staff/stories/{quiet}/concern")
    assert moderator.get(f"/cy/staff/straeon/{quiet}").soup.select(
        f'a[href="/cy/staff/straeon/{quiet}/pryder"]'
    )
    after = moderator.send(page, form="#concern", reason="She sounds in danger")
    assert "The people on duty are told now" in after
    assert not after.soup.select('[role="alert"]')
    banner = administrator.get("/cy/staff/prosiectau").one('[role="alert"]')
    assert banner.select('a[href="/cy/staff/diogelu"]')
    assert "She sounds in danger" in administrator.get("/en/staff/safeguarding/1")


def test_an_overdue_concern_shows_on_the_home_of_all_who_may_act(
    sign_in: SignIn, reference: str, clock: Clock
) -> None:
    moderator, analyst = sign_in("moderator"), sign_in("analyst")
    sign_in("administrator")
    assert not moderator.get("/en/staff").soup.select('[role="alert"]')
    clock.move(hours=4)
    assert "1 concern is overdue" in moderator.get("/en/staff").one('[role="alert"]').get_text()
    assert not analyst.get("/en/staff").soup.select('[role="alert"]')


@pytest.mark.parametrize("role", ["worker", "intermediary", "analyst", "decision_maker"])
def test_who_does_not_read_originals_cannot_open_a_concern(
    sign_in: SignIn, reference: str, role: str
) -> None:
    staff = sign_in(role)
    for path in ("/en/staff/safeguarding", "/cy/staff/diogelu/1"):
        refused = staff.get(path)
        assert refused.status == 403
        assert DANGER["cy"] not in refused
    assert staff.get("/en/staff/safeguarding/duty").status == 403
    assert sign_in("moderator", "corff-arall").get("/cy/staff/diogelu/1").status == 404


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_administrator_names_people_changes_hours_and_takes_a_name_off(
    sign_in: SignIn, site: Site, language: str
) -> None:
    with site.writing() as session:
        make_project(session)
        able = name_someone(session)
    administrator = sign_in("administrator")
    body = {"cy": "/cy/staff/diogelu/dyletswydd/corff-prawf", "en": "/en/staff/safeguarding/duty/corff-prawf"}
    project = {"cy": "/cy/staff/prosiectau/bywyd-da/dyletswydd", "en": "/en/staff/projects/bywyd-da/duty"}
    empty = administrator.send(administrator.get(body[language]), form="#name", days=["0", "3"])
    assert empty.status == 422
    assert empty.fields("#name")["days"] == ["0", "3"]
    person = str(able.user_id)
    named = administrator.send(empty, form="#name", person=person, part="deputy")
    assert {"cy": "Dirprwy", "en": "Deputy"}[language] in named.one("ul.tasks").get_text()
    stranger = administrator.send(named, form="#name", person="99", part="duty")
    assert stranger.status == 422
    gone = administrator.post(body[language], {**named.fields("ul.tasks form"), "remove": "1"})
    assert not gone.soup.select("ul.tasks")
    kept = administrator.send(
        administrator.get(project[language]), form="form:has(select[name=hours])", hours="2"
    )
    assert kept.one('select[name="hours"] option[selected]')["value"] == "2"


@pytest.mark.parametrize("role", ["moderator", "decision_maker", "analyst", "worker"])
def test_only_administrators_name_people(sign_in: SignIn, site: Site, role: str) -> None:
    with site.writing() as session:
        make_project(session)
    for path in ("/en/staff/safeguarding/duty/corff-prawf", "/cy/staff/prosiectau/bywyd-da/dyletswydd"):
        assert sign_in(role).get(path).status == 403
    assert (
        sign_in("administrator", "corff-arall").get("/en/staff/safeguarding/duty/corff-prawf").status == 404
    )
    assert sign_in("administrator").get("/en/staff/safeguarding/duty/nothing").status == 404
