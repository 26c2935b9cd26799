"""Being told by e-mail: looked at once more, kept, changed, deleted, and ended by the link in a letter."""

import pytest
from sqlalchemy import select

from involve.documents.letters import write_words
from involve.models import Contact, Event, Letter
from involve.services.stories.tell import Receipt
from involve.services.tellers.contacts import contact_of, keep_contact
from involve.services.tellers.conversation import write_to_teller
from involve.services.upkeep.letters import Envelope, send_letter
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, make_staff, make_story
from tests.pages import Browser, Page
from tests.web.my_story.coming_back import type_code

ADDRESS = "rhywun@enghraifft.example"
PAGES = {"cy": "/cy/fy-stori/e-bost", "en": "/en/my-story/email"}


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    """A story, beside somebody else's whose teller left an address."""
    with site.writing() as session:
        other = make_story(session, text="Noise: the library.")
        keep_contact(session, other.story_id, "arall@enghraifft.example", "en", NOW, CODE_KEY)
        return make_story(session)


def kept(site: Site, told: Receipt) -> str | None:
    with site.reading() as session:
        return contact_of(session, told.story_id, CODE_KEY)


def send(page: Browser, at: Page, go: str, **typed: str) -> Page:
    return page.send(at, {"go": go}, form="form#contact", **typed)


def stop_address(site: Site, settings: Settings, told: Receipt) -> str:
    """Write to the teller, and return the path of the link in the letter that they get."""
    letters: list[Envelope] = []
    with site.writing() as session:
        write_to_teller(session, make_staff(session), told.reference, "Which stop was it?", NOW)
        letter = session.scalars(select(Letter.id).order_by(Letter.id.desc())).first() or 0
    send_letter(site.factory, letter, NOW, letters.append, CODE_KEY)
    words = write_words(letters[0], settings)
    assert words.stop in words.body
    assert "stop was it" not in words.body
    assert told.code not in words.body
    return "/" + words.stop.partition("//")[2].partition("/")[2] if "//" in words.stop else words.stop


@pytest.mark.parametrize("language", ["cy", "en"])
def test_an_address_is_looked_at_once_more_then_kept_changed_and_deleted(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    type_code(page, told.code, language)
    look = send(page, page.get(PAGES[language]), "check", address=ADDRESS)
    assert ADDRESS in look
    assert kept(site, told) is None
    again = send(page, look, "write")
    assert again.fields("form#contact")["address"] == ADDRESS
    send(page, look, "keep")
    assert kept(site, told) == ADDRESS
    assert ADDRESS in page.get(PAGES[language])
    look = send(page, page.get(PAGES[language]), "check", address="newydd@enghraifft.example")
    send(page, look, "keep")
    assert kept(site, told) == "newydd@enghraifft.example"
    page.send(page.get(PAGES[language]), {"go": "remove"}, form="main form:not(#contact)")
    assert kept(site, told) is None
    with site.reading() as session:
        events = session.scalars(
            select(Event).where(Event.subject_id == told.story_id).order_by(Event.id)
        ).all()
        assert [each.kind for each in events if "contact" in each.kind] == [
            "contact_kept",
            "contact_kept",
            "contact_forgotten",
        ]
        assert "enghraifft" not in repr([each.detail for each in events])
        assert len(session.scalars(select(Contact)).all()) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write an e-mail address"),
        ("rhywun", "Write an e-mail address"),
        ("rhywun@", "Write an e-mail address"),
        ("x" * 300 + "@enghraifft.example", "Write an e-mail address"),
        ("a@enghraifft.example, b@enghraifft.example", "Write one address only"),
        ("a@enghraifft.example\r\nBcc: b@enghraifft.example", "Write one address only"),
        ("a@enghraifft.example\nSubject: x", "Write one address only"),
        ("Mair <a@enghraifft.example>", "Write one address only"),
    ],
)
@pytest.mark.parametrize("go", ["check", "keep"])
def test_what_is_no_single_address_is_refused_with_the_reason(
    page: Browser, site: Site, told: Receipt, typed: str, said: str, go: str
) -> None:
    type_code(page, told.code)
    refused = send(page, page.get(PAGES["en"]), go, address=typed)
    assert refused.status == 422
    assert refused.errors[0].startswith(said)
    assert kept(site, told) is None


@pytest.mark.parametrize("language", ["cy", "en"])
def test_one_press_on_the_link_of_a_letter_ends_them_without_a_code(
    page: Browser, site: Site, settings: Settings, told: Receipt, language: str
) -> None:
    with site.writing() as session:
        keep_contact(session, told.story_id, ADDRESS, language, NOW, CODE_KEY)
    path = stop_address(site, settings, told)
    assert path.startswith(f"/{language}/")
    asked = page.get(path)
    assert kept(site, told) == ADDRESS
    stopped = page.send(asked, form="main form")
    assert stopped.status == 200
    assert ADDRESS not in stopped
    assert kept(site, told) is None
    assert page.send(asked, form="main form").status == 200
    with site.reading() as session:
        assert len(session.scalars(select(Contact)).all()) == 1


def test_a_mail_program_may_press_it_by_itself(
    page: Browser, site: Site, settings: Settings, told: Receipt
) -> None:
    with site.writing() as session:
        keep_contact(session, told.story_id, ADDRESS, "en", NOW, CODE_KEY)
    path = stop_address(site, settings, told)
    assert page.post(path, {"List-Unsubscribe": "One-Click"}).status == 200
    assert kept(site, told) is None


def test_the_link_of_an_earlier_address_does_not_end_a_later_one(
    page: Browser, site: Site, settings: Settings, told: Receipt
) -> None:
    with site.writing() as session:
        keep_contact(session, told.story_id, ADDRESS, "en", NOW, CODE_KEY)
    path = stop_address(site, settings, told)
    with site.writing() as session:
        keep_contact(session, told.story_id, "newydd@enghraifft.example", "en", NOW, CODE_KEY)
    page.post(path, {})
    assert kept(site, told) == "newydd@enghraifft.example"


@pytest.mark.parametrize("mark", ["x", "WzEsIiJd.aaaa.bbbb", "%E2%80%AE"])
def test_a_link_that_is_not_ours_says_so_and_deletes_nothing(
    page: Browser, site: Site, told: Receipt, mark: str
) -> None:
    asked, pressed = page.get(f"/en/no-more-letters/{mark}"), page.post(f"/cy/dim-mwy-o-lythyrau/{mark}", {})
    assert (asked.status, asked.h1) == (404, "This link is not whole")
    assert (pressed.status, pressed.h1) == (404, "Nid yw’r ddolen hon yn gyfan")
    with site.reading() as session:
        assert len(session.scalars(select(Contact)).all()) == 1
