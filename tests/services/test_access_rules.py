"""Rules of who may do what: each is for roles that there are, and has words in both languages."""

from typing import get_args

import pytest

from involve.errors import NotAllowed, NotFound
from involve.models import Project
from involve.services.staff.access import RULES, Action, Actor, Grant, require, require_in_body
from involve.vocabulary.actions import ACTIONS, find_action
from involve.vocabulary.roles import ROLES

OWN, FOREIGN = Project(id=1, body_id=1), Project(id=2, body_id=2)


def actor(role: str, project: int | None = None) -> Actor:
    return Actor(1, "mair@corff.example", "Mair", (Grant(role, 1, project),))


def test_every_action_has_a_rule_and_words() -> None:
    assert set(RULES) == set(get_args(Action))
    missing = set(RULES) - {each.id for each in ACTIONS}
    assert not missing, f"write the words of {sorted(missing)} into involve/vocabulary/actions.py"
    assert {each.id for each in ACTIONS} - set(RULES) == set()
    assert find_action("moderate").cy != find_action("moderate").en


def test_rules_name_roles_that_there_are_and_an_administrator_may_do_all() -> None:
    known = {role.id for role in ROLES}
    assert {role for roles in RULES.values() for role in roles} <= known
    assert [action for action, roles in RULES.items() if "administrator" not in roles] == []
    assert {role for role in known if not any(role in roles for roles in RULES.values())} == set()


def test_who_has_no_role_there_does_not_learn_that_it_exists() -> None:
    require(actor("moderator"), "moderate", OWN)
    with pytest.raises(NotAllowed):
        require(actor("analyst"), "moderate", OWN)
    with pytest.raises(NotFound):
        require(actor("moderator"), "moderate", FOREIGN)
    with pytest.raises(NotFound):
        require(actor("moderator", project=9), "moderate", OWN)


def test_a_role_in_one_project_is_none_in_the_whole_body() -> None:
    require_in_body(actor("decision_maker"), "set_up", 1)
    with pytest.raises(NotAllowed):
        require_in_body(actor("decision_maker", project=1), "set_up", 1)
    with pytest.raises(NotFound):
        require_in_body(actor("decision_maker"), "set_up", 2)
