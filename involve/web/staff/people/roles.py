"""Who may do what, for every member of staff: each action, the roles that cover it, and one's own roles."""

from flask import render_template

from involve.services.staff.access import RULES
from involve.services.staff.memberships import list_own_roles
from involve.vocabulary.actions import ACTIONS
from involve.vocabulary.roles import ROLES
from involve.web.addresses import page
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint


@page(blueprint, cy="/staff/rolau", en="/staff/roles")
def show_roles() -> str:
    """See who may do what, and one's own roles."""
    with site().reading() as session:
        own = list_own_roles(session, signed_in())
    covered = [
        (action.name, [role.name for role in ROLES if role.id in RULES[action.id]])  # type: ignore[index]
        for action in ACTIONS
        if action.id in RULES
    ]
    return render_template("staff/roles.html", own=own, covered=covered, roles=ROLES)
