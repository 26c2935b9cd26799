"""Following by e-mail on the site: asked for, confirmed by a link, changed, ended in one press, in two languages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select, update

from involve.models import Follow, Follower, Letter, Project
from involve.services.backups.withdrawals import STOPPED
from involve.settings import Settings
from involve.web.site import Site
from tests.factories import NOW, make_project
from tests.mailbox import Mailbox, open_mailbox
from tests.pages import Browser, Page
from tests.services.following.happened import answer, decide
from tests.services.following.readers import ADDRESS, follow, go, link_in, wish

PATHS = {"cy": "/cy/dilyn/prosiect/bywyd-da", "en": "/en/follow/project/bywyd-da"}
CONFIRM = {"cy": "/cy/dilyn/cadarnhau/", "en": "/en/follow/confirm/"}
CHANGE = {"cy": "/cy/dilyn/newid/", "en": "/en/follow/change/"}
STOP = {"cy": "/cy/dilyn/dim-mwy/", "en": "/en/follow/no-more/"}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as mailbox:
        yield mailbox


@pytest.fixture
def settings(settings: Settings, mailbox: Mailbox) -> Settings:
    """The site sends its letters to the mailbox."""
    sending = mailbox.settings()
    names = ("public_url", "mail_host", "mail_port", "mail_security", "mail_from")
    return replace(settings, **{name: getattr(sending, name) for name in names})


def ask(page: Browser, path: str = PATHS["en"], **typed: Any) -> Page:
    return page.send(page.get(path), {"go": "ask"}, form="form#follow", **{"address": ADDRESS, **typed})


def count(site: Site, table: type) -> int:
    with site.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("language", ["cy", "en"])
def test_who_asks_confirms_hears_changes_and_ends_it(
    page: Browser, site: Site, mailbox: Mailbox, project: str, language: str
) -> None:
    shown = page.get(f"/{language}/" + ("prosiectau" if language == "cy" else "projects") + "/bywyd-da")
    assert shown.soup.select(f'main a[href="{PATHS[language]}"]')
    sent = ask(page, PATHS[language], pace="at_once")
    assert {"cy": "Edrychwch ar eich e-bost", "en": "Look at your e-mail"}[language] == sent.h1
    assert ADDRESS not in sent
    go(site.factory, mailbox, NOW)
    path = link_in(mailbox.messages[-1], CONFIRM[language])
    opened = page.get(path)
    with site.writing() as session:
        assert session.scalars(select(Follow.confirmed_at)).one() is None
    agreed = page.send(opened, form="main form")
    assert {"cy": "Rydych chi’n dilyn hyn nawr", "en": "You follow this now"}[language] == agreed.h1
    with site.writing() as session:
        answer(session, at=NOW)
    go(site.factory, mailbox, NOW)
    told = mailbox.messages[-1]
    mine = page.get(link_in(told, CHANGE[language]))
    assert {"cy": "Bywyd da yn y fro", "en": "A good life locally"}[language] in mine
    assert ADDRESS not in mine
    changed = page.send(mine, {"go": "keep"}, form="form#letters", pace="monthly", language="cy")
    assert changed.one("[role=status]")
    with site.reading() as session:
        assert session.execute(select(Follower.pace, Follower.language)).one() == ("monthly", "cy")
    asked = page.get(link_in(told, STOP[language]))
    assert count(site, Follower) == 1
    assert page.send(asked, form="main form").status == 200
    assert (count(site, Follower), count(site, Follow)) == (0, 0)
    assert page.get(link_in(told, CHANGE[language])).status == 404


def test_a_mail_program_ends_it_with_one_press(
    page: Browser, site: Site, mailbox: Mailbox, project: str
) -> None:
    ask(page)
    go(site.factory, mailbox, NOW)
    stop = str(mailbox.messages[-1]["List-Unsubscribe"]).strip("<>").removeprefix("https://involve.example")
    assert page.client.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert count(site, Follower) == 0
    assert page.client.post(stop, data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert [(line.kind, line.at) for line in site.withdrawals.read()] == [(STOPPED, NOW)]


def test_the_last_thing_taken_away_takes_the_address_with_it(
    page: Browser, site: Site, mailbox: Mailbox, project: str
) -> None:
    with site.writing() as session:
        follow(session, wish())
        follow(session, wish("everything", "all"))
        answer(session, at=NOW)
    go(site.factory, mailbox, NOW)
    mine = page.get(link_in(mailbox.messages[-1], CHANGE["en"]))
    assert len(mine.soup.select("main section.card")) == 2
    first, second = (str(each["value"]) for each in mine.soup.select("main button[name=stop]"))
    action = mine.response.request.path
    left = page.post(action, {"stop": first})
    assert len(left.soup.select("main section.card")) == 1
    assert page.post(action, {"stop": "nothing"}).status == 200
    assert page.post(action, {"stop": second}).status == 200
    assert count(site, Follower) == 0
    assert [line.kind for line in site.withdrawals.read()] == [STOPPED, STOPPED]


def test_the_answer_is_the_same_whether_the_address_is_there_already(
    page: Browser, site: Site, project: str
) -> None:
    new = ask(page).html
    with site.writing() as session:
        follow(session, wish())
    assert ask(page).html == new
    for _ in range(10):
        assert ask(page).html == new


@pytest.mark.parametrize(
    ("subject", "leads"),
    [
        ("goal/culture", "goals/culture"),
        ("area/W06000002", "areas/W06000002"),
        ("body/corff-prawf", "bodies/corff-prawf"),
        ("everything", ""),
    ],
)
def test_what_is_wider_than_a_project_leads_to_what_changed_in_it(
    page: Browser, project: str, subject: str, leads: str
) -> None:
    (back,) = page.get(f"/en/follow/{subject}").soup.select("a.back")
    assert back["href"] == f"/en/what-changed/{leads}".rstrip("/")
    assert page.get(str(back["href"])).status == 200


@pytest.mark.parametrize("language", ["cy", "en"])
@pytest.mark.parametrize(
    "address",
    [
        "",
        "mair",
        "mair@",
        "a@example.org, b@example.org",
        "a@example.org\r\nBcc: b@example.org",
        "Mair <a@example.org>",
        "a" * 10_000 + "@example.org",
        "mair@example.org\x00",
    ],
)
def test_what_is_no_address_is_refused_and_everything_comes_back(
    page: Browser, site: Site, project: str, address: str, language: str
) -> None:
    refused = ask(page, PATHS[language], address=address, pace="daily", language="cy")
    assert (refused.status, len(refused.errors)) == (422, 1)
    kept = refused.fields("form#follow")
    assert (kept["pace"], kept["language"]) == ("daily", "cy")
    assert (count(site, Follower), count(site, Letter)) == (0, 0)


@pytest.mark.parametrize(
    "typed", [{"pace": "hourly"}, {"pace": "p" * 10_000}, {"language": "fr"}, {"pace": None}]
)
def test_what_was_not_on_the_page_cannot_be_chosen(
    page: Browser, site: Site, project: str, typed: dict[str, str | None]
) -> None:
    assert ask(page, **typed).status == 422
    assert count(site, Follower) == 0


def test_what_is_typed_stays_when_the_language_is_changed(page: Browser, site: Site, project: str) -> None:
    shown = page.get(PATHS["en"])
    turned = page.post(
        PATHS["cy"], {**shown.fields("form#follow"), "address": "mair@", "pace": "daily", "switch": "1"}
    )
    assert turned.fields("form#follow")["address"] == "mair@"
    assert turned.fields("form#follow")["pace"] == "daily"
    assert count(site, Follower) == 0


def test_a_draft_and_what_is_not_listed_cannot_be_followed(page: Browser, site: Site, project: str) -> None:
    with site.writing() as session:
        make_project(session, "cudd")
        session.execute(update(Project).where(Project.slug == "cudd").values(listed=False))
        drafted = decide(session, state="draft")
    for path in ("project/cudd", "project/nid-yw-yma", f"decision/{drafted}", "goal/x", "story/1", "theme/x"):
        assert page.get(f"/en/follow/{path}").status == 404
        assert page.post(f"/en/follow/{path}", {"address": ADDRESS}).status == 404


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_link_that_was_changed_is_old_or_of_somebody_else_opens_nothing(
    page: Browser, site: Site, mailbox: Mailbox, project: str, language: str
) -> None:
    ask(page, PATHS[language])
    go(site.factory, mailbox, NOW)
    letter = mailbox.messages[-1]
    confirm, stop = link_in(letter, CONFIRM[language]), link_in(letter, STOP[language])
    mark = confirm.removeprefix(CONFIRM[language])
    for path in (
        confirm[:-3],
        confirm + "x",
        CONFIRM[language] + "x" * 10_000,
        # A mark for one purpose is void for every other.
        CHANGE[language] + mark,
        STOP[language] + mark,
        CONFIRM[language] + stop.removeprefix(STOP[language]),
    ):
        assert page.get(path).status == 404, path
        assert page.post(path, {}).status == 404, path
    with site.reading() as session:
        assert session.scalars(select(Follow.confirmed_at)).one() is None
    page.post(stop, {})
    # The address was typed again: the links of the letter before are void.
    ask(page, PATHS[language])
    assert page.post(confirm, {}).status == 404
    page.post(stop, {})
    assert count(site, Follower) == 1


def test_without_a_mail_server_the_page_says_so(page: Browser, site: Site, project: str) -> None:
    object.__setattr__(site, "settings", replace(site.settings, mail_host=""))
    assert "sends no e-mails at the moment" in page.get(PATHS["en"])


def test_nobody_keeps_a_page_of_a_follower(page: Browser, site: Site, mailbox: Mailbox, project: str) -> None:
    ask(page)
    go(site.factory, mailbox, NOW)
    opened = page.get(link_in(mailbox.messages[-1], CONFIRM["en"]))
    assert opened.response.headers["Cache-Control"] == "no-store"
    assert opened.one('meta[name="robots"]')["content"] == "noindex"
    assert "Set-Cookie" not in opened.response.headers
