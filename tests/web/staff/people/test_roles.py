"""Who may do what, page by page: a refusal is a clear page, never a dead end and never a leak."""

import pytest
from sqlalchemy import select

from involve.models import Event
from involve.services.staff.access import RULES
from involve.services.staff.member_changes import switch_member, take_role
from involve.services.staff.memberships import find_member
from involve.vocabulary.roles import ROLES
from involve.web.site import Site
from tests.factories import ENGLISH_STORY, make_project, make_staff, make_story
from tests.pages import Browser
from tests.web.conftest import SignIn


@pytest.mark.parametrize("role", [role.id for role in ROLES])
def test_each_role_sees_and_does_what_the_rules_say(sign_in: SignIn, site: Site, role: str) -> None:
    with site.writing() as session:
        make_project(session)
        reference = make_story(session).reference
    staff = sign_in(role)
    queue = staff.get("/en/staff")
    assert queue.status == 200
    assert (reference in queue) == (role in RULES["read_queue"])
    story = staff.get(f"/en/staff/stories/{reference}")
    assert story.status == (200 if role in RULES["read_queue"] else 403)
    assert (ENGLISH_STORY in story) == (role in RULES["read_original"])
    assert bool(story.soup.select("#moderate")) == (role in RULES["moderate"])
    reply = staff.get(f"/en/staff/replies/new?story={reference}")
    assert reply.status == (200 if role in RULES["reply"] else 403)
    assert staff.get("/en/staff/signposts").status == (200 if role in RULES["edit_signposts"] else 403)


@pytest.mark.parametrize("role", [role.id for role in ROLES if role.id not in RULES["moderate"]])
def test_no_form_that_is_not_shown_can_be_sent_all_the_same(
    moderator: Browser, sign_in: SignIn, site: Site, page: Browser, role: str
) -> None:
    with site.writing() as session:
        reference = make_story(session).reference
    form = moderator.get(f"/en/staff/stories/{reference}").fields("#moderate")
    other = sign_in(role)
    other.client.application.config["WTF_CSRF_ENABLED"] = False
    sent = other.post(f"/en/staff/stories/{reference}/moderate", {**form, "verdict": "published"})
    assert sent.status == 403
    assert page.get(f"/en/evidence/{reference}").status == 404


@pytest.mark.parametrize(
    "path", ["/en/staff", "/cy/staff/atebion/newydd?story=1", "/en/staff/stories/1234-5678"]
)
def test_who_is_not_signed_in_is_sent_to_sign_in(page: Browser, path: str) -> None:
    shown = page.get(path)
    assert shown.soup.select("input[type=password]")


@pytest.mark.parametrize("reference", ["0000-0000", "'--", "%00", "x" * 300, "../../etc"])
def test_an_unknown_story_is_not_found(moderator: Browser, reference: str) -> None:
    assert moderator.get(f"/en/staff/stories/{reference}").status == 404


@pytest.mark.parametrize(("path", "code"), [("members", "not_allowed"), ("stories/0000-0000", "not_found")])
def test_a_refusal_is_an_event_that_names_the_page(
    moderator: Browser, site: Site, path: str, code: str
) -> None:
    assert moderator.get(f"/en/staff/{path}").status in (403, 404)
    with site.reading() as session:
        event = session.scalars(select(Event).order_by(Event.id.desc())).first()
    assert event is not None
    assert (event.kind, event.subject_id, event.detail["code"]) == ("page_refused", event.user_id, code)
    assert event.detail["page"].startswith("staff.")


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize("how", ["role", "off"])
def test_what_was_typed_stays_when_the_role_goes_while_the_form_is_open(
    sign_in: SignIn, site: Site, language: str, how: str
) -> None:
    words = {
        "cy": "Diolch i chi am ddweud hyn wrthym. Bydd bws hwyr.",
        "en": "Thank you for telling us. A late bus runs.",
    }
    with site.writing() as session:
        make_project(session)
        reference = make_story(session).reference
        admin = make_staff(session, "administrator")
    moderator = sign_in("moderator")
    form = moderator.get(
        {"cy": "/cy/staff/atebion/newydd?story=", "en": "/en/staff/replies/new?story="}[language] + reference
    )
    with site.writing() as session:
        user_id = moderator.client.user_id  # type: ignore[attr-defined]
        if how == "off":
            switch_member(session, admin, "corff-prawf", user_id, False, site.clock())
        else:
            held = find_member(session, admin, "corff-prawf", user_id)[1].roles[0].id
            take_role(session, admin, "corff-prawf", user_id, held, site.clock())
    area = form.soup.select("main textarea")[0]["name"]
    refused = moderator.send(form, **{str(area): words[language]})
    assert refused.status == 403
    assert words[language] in str(refused.soup.select("main textarea")[0])
    assert (
        refused.h1
        == {
            ("role", "cy"): "Nid yw eich rôl yn caniatáu hyn",
            ("role", "en"): "Your role does not cover this",
            ("off", "cy"): "Mae eich cyfrif wedi’i ddiffodd",
            ("off", "en"): "Your account is switched off",
        }[(how, language)]
    )
