"""Writes `docs/roles.md`, who may do what, from the rules in the code: the tool behind `make roles`.

`python -m involve.roles` prints the page. It needs no settings, no database and no network.
"""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from involve.app import create_app
from involve.services.staff.access import RULES as ACTIONS
from involve.settings import Settings
from involve.vocabulary.actions import find_action
from involve.vocabulary.roles import ROLES
from involve.web.addresses import PAGE
from involve.web.rules import RULES, Rule

HEAD = """# Who may do what

Written by `make roles` from `involve/services/staff/access.py` and `involve/web/rules.py`; a test says when it is out
of date. Do not change it by hand. Staff find the first two tables on the site under “Who may do what”, in both
languages.

A role is given in a body, and then counts in all its projects, or in one project only. Whoever has no role where
something belongs is answered as if it did not exist; whoever has one that does not cover the page is told so, and whom
to ask.
"""
SCOPES = {
    "project": "the project",
    "body": "the whole body",
    "anywhere": "any place, since all bodies share it",
}
OTHERS = {
    "public": "Everybody, without signing in",
    "teller": "Whoever opened a story by its code",
    "signed_in": "Every member of staff who is signed in",
}
YES, NO = "yes", "–"


def main() -> None:
    """Print the page."""
    print(render(), end="")


def render() -> str:
    """Return the page as Markdown."""
    with TemporaryDirectory() as folder:
        # Keys that sign nothing: the site is only asked for its addresses.
        app = create_app(Settings(data_dir=Path(folder), secret_key="-" * 32, code_key="+" * 32))
        parts = [HEAD, _roles(), _actions(), _pages(app), *(_open_pages(app, who) for who in OTHERS)]
        app.extensions["involve"].factory.kw["bind"].dispose()
    return "\n".join(parts)


def _roles() -> str:
    """Return what each role is for."""
    rows = ([role.name.en, role.purpose.en] for role in ROLES)
    return "## Roles\n\n" + _table(["role", "what it is for"], rows)


def _actions() -> str:
    """Return actions by roles."""
    rows = ([find_action(name).en, f"`{name}`", *_marks(roles)] for name, roles in ACTIONS.items())
    return "## Actions\n\n" + _table(["what", "action", *_names()], rows)


def _pages(app: Flask) -> str:
    """Return pages of staff by roles."""
    rows = (
        [_describe(app, name), *_where(rule), *_marks(ACTIONS[rule.action])]
        for name, rule in RULES.items()
        if rule.action is not None
    )
    return "## Pages of staff\n\n" + _table(["page", "action", "a role counts in", *_names()], rows)


def _open_pages(app: Flask, who: str) -> str:
    """Return the pages that ask for no role."""
    rows = ([_describe(app, name)] for name, rule in RULES.items() if rule.who == who)
    return f"## {OTHERS[who]}\n\n" + _table(["page"], rows)


def _where(rule: Rule) -> list[str]:
    """Return the action of a page, and where a role counts for it."""
    place = SCOPES[rule.scope or "anywhere"]
    return [f"`{rule.action}`", f"{place}; or the story is open by its code" if rule.teller else place]


def _describe(app: Flask, endpoint: str) -> str:
    """Return the English address of a page, how it is asked for, and what the person does there."""
    rules = list(app.url_map.iter_rules(endpoint))
    rule = next((each for each in rules if (each.defaults or {}).get(PAGE) == "en"), rules[0])
    said = (app.view_functions[endpoint].__doc__ or "").strip().splitlines() or [""]
    sends = " (form)" if "POST" in (rule.methods or ()) else ""
    words = "" if endpoint == "static" else f": {said[0].rstrip('.')}"
    return f"`{rule.rule}`{sends}{words}"


def _names() -> list[str]:
    """Return the roles as headings."""
    return [role.name.en for role in ROLES]


def _marks(roles: Iterable[str]) -> list[str]:
    """Return for each role whether it is among *roles*."""
    held = frozenset(roles)
    return [YES if role.id in held else NO for role in ROLES]


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    """Return a table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines)


if __name__ == "__main__":
    main()
