"""The gate before every view: whoever's roles can never cover a page does not reach it."""

from flask import Flask, request
from flask.typing import ResponseReturnValue

from involve.errors import NotAllowed
from involve.services.staff.access import RULES as ACTIONS
from involve.services.staff.access import Actor
from involve.web.rules import RULES, Rule, check_rules
from involve.web.security import is_signed_in, require_sign_in, signed_in


def init_gate(app: Flask) -> None:
    """Close the gate; the site does not start while a page has no rule.

    Raises:
        RuleMissing: a page has no rule, or a rule no page.
    """
    check_rules({rule.endpoint for rule in app.url_map.iter_rules()})
    app.before_request(keep_rule)


def keep_rule() -> ResponseReturnValue | None:
    """Let the request on to its view, or ask for a sign-in, or stop.

    Where a page is about one project or body, the service that finds it asks again.

    Raises:
        NotAllowed: no role of whoever is signed in covers the page anywhere.
    """
    rule = RULES.get(request.endpoint or "")
    if rule is None or rule.who in ("public", "teller") or rule.teller:
        return None
    if not is_signed_in():
        return require_sign_in()
    if rule.action is not None and not passes(signed_in(), rule):
        raise NotAllowed(rule.action)
    return None


def passes(actor: Actor, rule: Rule) -> bool:
    """Whether there is a place where the roles of *actor* cover the action of a rule."""
    return any(
        grant.role in ACTIONS[rule.action] and (rule.scope != "body" or grant.project_id is None)
        for grant in actor.grants
        if rule.action is not None
    )
