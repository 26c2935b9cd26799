"""What came of what people said: of everybody, of a body, a goal, an area, and of one project in full."""

from typing import Any

from flask import render_template, request

from involve.database import Session
from involve.errors import NotFound
from involve.services.promises.promises import show_promise
from involve.services.reading.theme_views import list_public_themes
from involve.services.returns.accounts import Accounts, list_accounts, show_account
from involve.services.returns.answered import Measured, measure_project, measure_scope
from involve.services.returns.concerns import count_concerns
from involve.services.returns.scopes import (
    EVERYBODY,
    Scope,
    area_scope,
    body_scope,
    goal_scope,
    list_areas,
    list_bodies,
    list_goals,
)
from involve.vocabulary.areas import find_area
from involve.vocabulary.goals import find_goal
from involve.vocabulary.influence import find_influence
from involve.vocabulary.measures import COUNTED_ONCE, FEWEST_FOR_SHARE, MEASURES
from involve.web.addresses import page
from involve.web.promises.words import WORDS
from involve.web.site import site
from involve.web.what_changed import blueprint
from involve.web.what_changed.embedded import snippets

# Digits of a page's number: whatever is longer leads nowhere.
LONGEST_NUMBER = 6


@page(blueprint, cy="/beth-newidiodd", en="/what-changed")
def show_what_changed() -> str:
    """See, project by project, what bodies did with what people said."""
    with site().reading() as session:
        accounts, measured = _read(session, EVERYBODY)
        ways = {
            "bodies": list_bodies(session, site().today),
            "goals": [find_goal(each) for each in list_goals(session, site().today)],
            "areas": [find_area(each) for each in list_areas(session, site().today)],
        }
    return _render(EVERYBODY, accounts, measured, ways=ways)


@page(blueprint, cy="/beth-newidiodd/cyrff/<slug>", en="/what-changed/bodies/<slug>")
def show_body(slug: str) -> str:
    """See what one body did with what people said."""
    with site().reading() as session:
        scope = body_scope(session, slug)
        accounts, measured = _read(session, scope)
    return _render(scope, accounts, measured, snippets=snippets("what_changed.embed_body", slug, scope.name))


@page(blueprint, cy="/beth-newidiodd/nodau/<goal_id>", en="/what-changed/goals/<goal_id>")
def show_goal(goal_id: str) -> str:
    """See what was done in the projects in which people spoke of a well-being goal."""
    scope = goal_scope(goal_id)
    with site().reading() as session:
        return _render(scope, *_read(session, scope))


@page(blueprint, cy="/beth-newidiodd/ardaloedd/<gss>", en="/what-changed/areas/<gss>")
def show_area(gss: str) -> str:
    """See what was done in the projects in which people of an area spoke."""
    scope = area_scope(gss)
    with site().reading() as session:
        return _render(scope, *_read(session, scope))


@page(blueprint, cy="/beth-newidiodd/prosiectau/<slug>", en="/what-changed/projects/<slug>")
def show_project(slug: str) -> str:
    """See the whole account of one project."""
    with site().reading() as session:
        account, quoted = show_account(session, slug, site().clock())
        promise = show_promise(session, slug, site().today)
        concerns = count_concerns(session, account.project.id, account.done)
        measured = measure_project(session, account.project.id)
        themes = list_public_themes(session, account.project.id)
    return render_template(
        "what_changed/project.html",
        each=account,
        quoted=quoted,
        themes=themes,
        concerns=concerns,
        measured=measured,
        measures=MEASURES,
        once=COUNTED_ONCE,
        fewest=FEWEST_FOR_SHARE,
        promise=promise,
        snippets=snippets("what_changed.embed_project", slug, account.project.name),
        find_goal=find_goal,
        find_influence=find_influence,
        **WORDS,
    )


def _read(session: Session, scope: Scope) -> tuple[Accounts, Measured | None]:
    """Return the page of accounts that was asked for, and the measures of all pages where there are any.

    Raises:
        NotFound: there is no such page.
    """
    number = request.args.get("page", "1")
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise NotFound("page")
    accounts = list_accounts(session, site().clock(), scope, int(number), most_replies=1)
    return accounts, measure_scope(session, scope, site().today)


def _render(scope: Scope, accounts: Accounts, measured: Measured | None, **values: Any) -> str:
    return render_template(
        "what_changed/list.html",
        scope=scope,
        accounts=accounts,
        measured=measured,
        # How soon cannot be added up over projects.
        once=[each for each in COUNTED_ONCE if each.id != "weeks"],
        fewest=FEWEST_FOR_SHARE,
        find_goal=find_goal,
        find_influence=find_influence,
        **values,
    )
