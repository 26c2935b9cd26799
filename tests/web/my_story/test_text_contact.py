"""Being told by text: asked for only where the site sends texts, ended by a short link, and said when it fails."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from involve.documents.texts import write_text
from involve.models import Contact, Letter
from involve.services.stories.tell import Receipt
from involve.services.tellers.contacts import contact_of, keep_contact
from involve.services.upkeep.letters import Envelope, send_letter, tell_of_news
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import CODE_KEY, NOW, make_story
from tests.notify_service import Notify
from tests.pages import Browser
from tests.web.my_story.coming_back import type_code
from tests.web.my_story.test_contact import PAGES, kept, send

NUMBER = "07700 900123"


@pytest.fixture
def told(site: Site, project: str) -> Receipt:
    with site.writing() as session:
        return make_story(session)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """A site that sends both."""
    ours = Notify(port=1).settings()
    names = ("public_url", "mail_by", "text_by", "notify_api_key", "notify_url")
    return replace(settings, **{name: getattr(ours, name) for name in names})


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_number_is_looked_at_once_more_then_kept_and_deleted(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    type_code(page, told.code, language)
    look = send(page, page.get(PAGES[language]), "check", address="+44 (0)7700 900123")
    assert NUMBER in look
    send(page, look, "keep")
    assert kept(site, told) == NUMBER
    with site.reading() as session:
        contact = session.scalars(select(Contact)).one()
        assert contact.channel == "text"
        assert "900123" not in contact.sealed
    page.send(page.get(PAGES[language]), {"go": "remove"}, form="main form:not(#contact)")
    assert kept(site, told) is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Write an e-mail address or a mobile number"),
        ("rhywun", "Write an e-mail address or a mobile number"),
        ("07700 900123, 07700 900124", "Write an e-mail address or a mobile number"),
        ("07700 900123\r\nSubject: x", "Write an e-mail address or a mobile number"),
        ("029 2038 7000", "No text can be sent to this number"),
        ("a@enghraifft.example\r\nBcc: b@enghraifft.example", "Write one address only"),
    ],
)
def test_what_cannot_be_written_to_is_refused_with_the_reason(
    page: Browser, site: Site, told: Receipt, typed: str, said: str
) -> None:
    type_code(page, told.code)
    refused = send(page, page.get(PAGES["en"]), "keep", address=typed)
    assert refused.status == 422
    assert refused.errors[0].startswith(said)
    assert kept(site, told) is None


@pytest.mark.parametrize("language", ["cy", "en"])
def test_the_short_link_of_a_text_ends_them_and_says_the_same_when_pressed_again(
    page: Browser, site: Site, settings: Settings, told: Receipt, language: str
) -> None:
    texts: list[Envelope] = []
    with site.writing() as session:
        keep_contact(session, told.story_id, NUMBER, language, NOW, CODE_KEY)
        tell_of_news(session, told.story_id, NOW)
        letter_id = session.scalars(select(Letter.id)).one()
    send_letter(site.factory, letter_id, NOW, texts.append, CODE_KEY)
    path = write_text(texts[0], settings).rpartition("involve.example")[2]
    asked = page.get(path)
    assert kept(site, told) == NUMBER
    for _ in range(2):
        stopped = page.send(asked, form="main form")
        assert stopped.status == 200
        assert kept(site, told) is None
    assert page.get(path[:-1]).status == 404
    assert page.post(f"/{language}/stop/9.abc.def", {}).status == 404


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_teller_is_told_that_a_number_does_not_work_until_they_leave_another(
    page: Browser, site: Site, told: Receipt, language: str
) -> None:
    words = {"cy": "Nid yw ein negeseuon yn cyrraedd", "en": "Our messages do not"}[language]
    with site.writing() as session:
        keep_contact(session, told.story_id, NUMBER, language, NOW, CODE_KEY)
        session.scalars(select(Contact)).one().failed_at = NOW
    assert words in type_code(page, told.code, language)
    at = page.get(PAGES[language])
    assert words in at
    send(page, send(page, at, "check", address="newydd@enghraifft.example"), "keep")
    assert words not in page.get(PAGES[language])
    assert words not in page.get({"cy": "/cy/fy-stori", "en": "/en/my-story"}[language])


class TestWithoutTexts:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, text_by="off")

    def test_nobody_is_asked_for_a_number_and_none_is_taken(
        self, page: Browser, site: Site, told: Receipt
    ) -> None:
        type_code(page, told.code)
        at = page.get(PAGES["en"])
        assert "number" not in at.text.lower().replace("reference number", "")
        refused = send(page, at, "keep", address=NUMBER)
        assert refused.errors[0].startswith("Write an e-mail address, for example")
        assert kept(site, told) is None


class TestWithTextsOnly:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, mail_by="smtp", mail_host="")

    def test_nobody_is_asked_for_an_address_and_none_is_taken(
        self, page: Browser, site: Site, told: Receipt
    ) -> None:
        type_code(page, told.code)
        refused = send(page, page.get(PAGES["en"]), "keep", address="a@enghraifft.example")
        assert refused.errors[0].startswith("This site sends text messages only")
        send(page, page.get(PAGES["en"]), "keep", address=NUMBER)
        with site.reading() as session:
            assert contact_of(session, told.story_id, CODE_KEY) == NUMBER
