"""Who may use each page: every route has a stated rule, and every role is refused or let in as the rule says.

Each page of staff is really asked for, by GET and by POST, in each role, in a project of one's own, in another project
the body, in another body, and by nobody. A page that leads to a new kind of row needs a line in tests/web/places.py.
"""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, url_for
from flask.testing import FlaskClient

from involve.models import Membership, Project
from involve.services.projects.signposts import seed_signposts
from involve.services.staff.access import RULES as ACTIONS
from involve.vocabulary.roles import ROLES
from involve.web.addresses import PAGE
from involve.web.rules import RULES, Rule, RuleMissing, check_rules
from involve.web.site import Site
from tests.pages import check_page
from tests.web.conftest import SignIn
from tests.web.places import MAKERS, Place, make_place

OWN, OTHER, FOREIGN = "own project", "other project of the body", "other body"
STAFF = {endpoint: rule for endpoint, rule in RULES.items() if rule.action is not None and not rule.teller}
# What a page names beside its address, as a question and as a field of its form.
SENT = {
    "insights.answer_insights": {"insight": "insight_id"},
    "insights.match_insight": {"reference": "reference"},
    "staff.write_reply": {"story": "reference"},
}
# Pages whose names mean something else than a row of a project.
NAMED = {"staff.edit_signpost": {"slug": "999"}}
# Pages of which a role alone does not open every row; a test of their own says which.
NARROWER = {
    "insights.correct_mine": "only one's own insights",
    "insights.delete_mine": "only one's own insights",
    "insights.show_kept": "only one's own insights",
    "staff.fetch_refused": "only the rows of one's own file",
    "staff.show_import": "only one's own files",
    "staff.remove_hours": "only one's own entries",
}
REFUSED = (403, 404)
# The form that asks for a story code.
CODE_FORM = re.compile('name="code"')
SIGN_IN = re.compile("/staff/(mewngofnodi|sign-in)")
EACH_ROLE = pytest.mark.parametrize("role", [role.id for role in ROLES])


@dataclass
class World:
    """The site with a row of everything in three places, as it was before anybody asked for anything."""

    app: Flask
    places: dict[str, Place]
    database: Path
    before: sqlite3.Connection

    def keep(self) -> None:
        """Remember how everything stands."""
        with sqlite3.connect(self.database) as live:
            live.backup(self.before)

    def restore(self) -> None:
        """Make everything as it was."""
        with sqlite3.connect(self.database) as live:
            self.before.backup(live)

    def ask(self, client: FlaskClient, endpoint: str, method: str, place: Place, language: str) -> Any:
        """Ask for a page of a place, and undo what that did."""
        named = {**place.named, **NAMED.get(endpoint, {})}
        sent = {name: named[source] for name, source in SENT.get(endpoint, {}).items()}
        with self.app.test_request_context(f"/{language}/"):
            self.app.preprocess_request()
            expected = next(self.app.url_map.iter_rules(endpoint)).arguments
            # Names of what belongs to one account, not to a place, lead to no row.
            values = {name: named.get(name, 1) for name in expected - {PAGE}}
            path = url_for(endpoint, **{PAGE: language}, **values)
        if method == "GET":
            answer = client.get(path, query_string=sent)
            # A page of a form that was sent leads to the page that holds it, which lets in or refuses.
            leads_back = answer.status_code == 303 and not SIGN_IN.search(answer.location)
            return client.get(answer.location) if leads_back else answer
        answer = client.post(path, data={**sent, "csrf_token": client.csrf_token})  # type: ignore[attr-defined]
        if answer.status_code not in REFUSED:
            self.restore()
        return answer


@pytest.fixture
def world(app: Flask, site: Site, data_dir: Path) -> Iterator[World]:
    """Two projects of one body and one of another."""
    app.test_client_class = FlaskClient
    with site.writing() as session:
        seed_signposts(session)
        places = {
            OWN: make_place(session, "corff-prawf", "un"),
            OTHER: make_place(session, "corff-prawf", "dau"),
            FOREIGN: make_place(session, "corff-arall", "tri"),
        }
    before = sqlite3.connect(":memory:")
    yield World(app, places, data_dir / "involve.sqlite3", before)
    before.close()


def enter(world: World, sign_in: SignIn, role: str, project: str | None = None) -> FlaskClient:
    """Return a browser of someone with a role in the body, or in one project of it only."""
    client = sign_in(role).client
    if project is not None:
        with world.app.extensions["involve"].writing() as session:
            newest = session.query(Membership).order_by(Membership.id.desc()).first()
            newest.project_id = session.query(Project).filter_by(slug=project).one().id
    page = client.get("/en/staff", follow_redirects=True).get_data(as_text=True)
    client.csrf_token = page.partition('name="csrf_token" value="')[2].partition('"')[0]  # type: ignore[attr-defined]
    assert client.csrf_token  # type: ignore[attr-defined]
    world.keep()
    return client


def methods_of(app: Flask, endpoint: str) -> list[str]:
    """Return how a page is asked for."""
    return sorted((next(app.url_map.iter_rules(endpoint)).methods or set()) & {"GET", "POST"})


def places_of(app: Flask, endpoint: str) -> tuple[str, ...]:
    """Return the places that a page can be about: one where its address does not say."""
    names = next(app.url_map.iter_rules(endpoint)).arguments - {PAGE}
    return (OWN, OTHER, FOREIGN) if (names or endpoint in SENT) and endpoint not in NAMED else (OWN,)


def is_covered(rule: Rule, role: str, where: str, only_own: bool) -> bool:
    """Whether the table lets a role in: given in the whole body, or in the one project only."""
    if role not in ACTIONS[rule.action]:  # type: ignore[index]
        return False
    if only_own and rule.scope == "body":
        return False
    return rule.scope == "anywhere" or where == OWN or (where == OTHER and not only_own)


def compare(world: World, client: FlaskClient, role: str, only_own: bool = False) -> list[str]:
    """Ask for every page of staff and return where the answer is not what the table says."""
    wrong = []
    for endpoint, rule in STAFF.items():
        places = places_of(world.app, endpoint)
        # What a role may not do at all, one that is given in a single project may do least of all in others.
        never = only_own and role not in ACTIONS[rule.action]  # type: ignore[index]
        for where in places[:1] if never else places:
            covered = is_covered(rule, role, where, only_own)
            for method, language in zip(methods_of(world.app, endpoint), ("en", "cy"), strict=False):
                if covered and endpoint in NARROWER:
                    continue
                answer = world.ask(client, endpoint, method, world.places[where], language)
                if covered == (answer.status_code in REFUSED) or answer.status_code >= 500:
                    wrong.append(f"{method} {endpoint}, {where}, {role}: {answer.status_code}")
    return wrong


def test_every_page_says_who_may_use_it_and_no_rule_is_left_over(app: Flask) -> None:
    check_rules({rule.endpoint for rule in app.url_map.iter_rules()})
    with pytest.raises(RuleMissing, match=r'"staff\.new_page": in_project'):
        check_rules({*RULES, "staff.new_page"})
    with pytest.raises(RuleMissing, match="promises"):
        check_rules({name for name in RULES if not name.startswith("promises.")})


def test_the_test_knows_a_row_for_every_name_in_an_address_of_staff(app: Flask) -> None:
    names = {name for endpoint in STAFF for name in next(app.url_map.iter_rules(endpoint)).arguments}
    unknown = names - set(MAKERS) - {PAGE}
    assert not unknown, f"write into MAKERS of tests/web/places.py how to make a row for {sorted(unknown)}"


def test_no_page_of_staff_is_public() -> None:
    asks = {name: rule.who for name, rule in RULES.items() if name.startswith("staff.")}
    assert set(asks.values()) == {"staff", "signed_in"}
    # Pages that any member of staff may see show nothing of any story or body; each is named here with its reason.
    assert {name for name, who in asks.items() if who == "signed_in"} == {
        "staff.show_queue",  # says that there is no queue for this role, and where its work is
        "staff.help_with_code",  # how letters are said on the telephone
        "staff.show_waiting",  # only what waits in projects where it is one's turn
        "staff.show_roles",  # the rules, and one's own roles
    }


@EACH_ROLE
def test_a_role_in_a_body_opens_what_the_table_says(world: World, sign_in: SignIn, role: str) -> None:
    assert compare(world, enter(world, sign_in, role), role) == []


@EACH_ROLE
def test_a_role_in_one_project_opens_that_one_only(world: World, sign_in: SignIn, role: str) -> None:
    assert compare(world, enter(world, sign_in, role, "un"), role, only_own=True) == []


def test_who_is_not_signed_in_reaches_no_page_of_staff(world: World) -> None:
    client = world.app.test_client()
    client.csrf_token = ""  # type: ignore[attr-defined]
    wrong = []
    for endpoint in [*STAFF, *(name for name, rule in RULES.items() if rule.who == "signed_in")]:
        for method in methods_of(world.app, endpoint):
            answer = world.ask(client, endpoint, method, world.places[OWN], "cy")
            sent_to_sign_in = answer.status_code == 303 and SIGN_IN.search(answer.location)
            if not (sent_to_sign_in if method == "GET" else answer.status_code in (400, 403)):
                wrong.append(f"{method} {endpoint}: {answer.status_code}")
    assert wrong == []


@pytest.mark.parametrize("language", ["cy", "en"])
def test_a_refusal_says_what_to_do_and_not_whether_the_thing_exists_elsewhere(
    world: World, sign_in: SignIn, language: str
) -> None:
    moderator = enter(world, sign_in, "moderator")
    foreign = world.ask(moderator, "staff.show_story", "GET", world.places[FOREIGN], language)
    address = {"cy": "/cy/staff/straeon/0000-0000", "en": "/en/staff/stories/0000-0000"}[language]
    unknown, own_body = (
        moderator.get(address),
        f"/{language}/staff/" + ("cyfeirio" if language == "cy" else "signposts"),
    )
    refused = moderator.get(own_body)
    assert (foreign.status_code, unknown.status_code, refused.status_code) == (404, 404, 403)
    told = [
        each.get_data(as_text=True).partition("<main")[2].partition("</main")[0]
        for each in (foreign, unknown)
    ]
    assert told[0] == told[1]
    for page in (foreign, refused):
        html = page.get_data(as_text=True)
        check_page(html, page.request.path)
        assert {"cy": "weinyddwr", "en": "administrator"}[language] in html


def test_who_opened_no_story_reaches_no_page_of_one(world: World, sign_in: SignIn) -> None:
    nobody = world.app.test_client()
    nobody.csrf_token = ""  # type: ignore[attr-defined]
    for client in (nobody, enter(world, sign_in, "administrator")):
        world.keep()
        shown = {}
        for endpoint in (name for name, rule in RULES.items() if rule.who == "teller"):
            for method in methods_of(world.app, endpoint):
                answer = world.ask(client, endpoint, method, world.places[OWN], "cy")
                if answer.status_code == 200 and not CODE_FORM.search(answer.get_data(as_text=True)):
                    shown[f"{method} {endpoint}"] = answer.status_code
        assert shown == {}


def test_no_form_is_taken_without_its_token(world: World, sign_in: SignIn) -> None:
    client = enter(world, sign_in, "administrator")
    client.csrf_token = "stale"  # type: ignore[attr-defined]
    taken = [
        endpoint
        for endpoint in (name for name, rule in RULES.items() if rule.who in ("staff", "signed_in", "teller"))
        if "POST" in methods_of(world.app, endpoint)
        and world.ask(client, endpoint, "POST", world.places[OWN], "en").status_code != 400
    ]
    assert taken == []
