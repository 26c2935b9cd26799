"""Members of a body: an administrator lists and invites them, gives and takes roles, and switches access off and on."""

from typing import Any

from flask import make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from involve.errors import BadInput
from involve.i18n import lazy_gettext as _l
from involve.services.projects.projects import LARGEST_ID
from involve.services.staff.inviting import Guest, Invited, invite_member
from involve.services.staff.member_changes import (
    LastAdministrator,
    OwnRole,
    SwitchedOff,
    give_role,
    switch_member,
    take_role,
)
from involve.services.staff.members import INVITATION_LASTS
from involve.services.staff.memberships import bodies_to_manage, find_member, list_members, list_places
from involve.web.addresses import page
from involve.web.flashes import flash
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.people.member_forms import InviteForm, RoleForm

GIVEN = _l("The role is given.")
HELD = _l("They had that role already.")
TAKEN = _l("The role is taken away.")
OFF = _l("Access is switched off. Every session of theirs has ended.")
ON = _l("Access is switched on again.")
OWN = _l("You cannot take this away from yourself. Ask another administrator to do it.")
LAST = _l("A body needs an administrator who has signed in. Give somebody else that role first.")
IS_OFF = _l("This person’s access is switched off. Switch it on first.")
NO_ADDRESS = _l("This is not an e-mail address. Check it, for example for a space")
PARTS: dict[type[BadInput], Any] = {OwnRole: OWN, LastAdministrator: LAST, SwitchedOff: IS_OFF}


@page(blueprint, cy="/staff/aelodau", en="/staff/members")
def choose_body() -> ResponseReturnValue:
    """Go to the members of my body; where I look after several, choose one."""
    with site().reading() as session:
        bodies = bodies_to_manage(session, signed_in())
    if len(bodies) == 1:
        return redirect(url_for("staff.show_members", body=bodies[0].slug), 303)
    return render_template("staff/members_bodies.html", bodies=bodies)


@page(blueprint, cy="/staff/cyrff/<body>/aelodau", en="/staff/bodies/<body>/members")
def show_members(body: str) -> str:
    """See everybody who has a role in the body."""
    with site().reading() as session:
        found, members = list_members(session, signed_in(), body)
    return render_template("staff/members.html", body=found, members=members, me=signed_in().user_id)


@page(
    blueprint,
    cy="/staff/cyrff/<body>/aelodau/gwahodd",
    en="/staff/bodies/<body>/members/invite",
    methods=("GET", "POST"),
)
def invite_to_body(body: str) -> ResponseReturnValue:
    """Invite somebody to a role."""
    with site().reading() as session:
        form = InviteForm(list_places(session, signed_in(), body))
        named = next(each for each in bodies_to_manage(session, signed_in()) if each.slug == body)
    if request.method == "POST" and "switch" not in request.form and form.validate():
        try:
            invited = _invite(body, form)
            site().carry_out(invited.job_id)
            return show_invitation(body, form.email.data, invited)
        except SwitchedOff:
            form.email.errors = [IS_OFF]
        except BadInput:
            form.email.errors = [NO_ADDRESS]
    shown = render_template("staff/member_invite.html", form=form, body=named, twin_form="invite")
    return make_response(shown, 422 if form.errors else 200)


@page(
    blueprint,
    cy="/staff/cyrff/<body>/aelodau/<int:user_id>",
    en="/staff/bodies/<body>/members/<int:user_id>",
    methods=("GET", "POST"),
)
def change_member(body: str, user_id: int) -> ResponseReturnValue:
    """Give a member a role, take one away, or switch their access off or on."""
    with site().reading() as session:
        form = RoleForm(list_places(session, signed_in(), body))
    if request.method != "POST" or "switch" in request.form:
        return show_member(body, user_id, form)
    giving = not {"take", "off", "on"} & set(request.form)
    if giving and not form.validate():
        return show_member(body, user_id, form)
    try:
        flash(_change(body, user_id, form), "good")
    except (OwnRole, LastAdministrator, SwitchedOff) as error:
        flash(PARTS[type(error)], "warn")
    return redirect(url_for("staff.show_members", body=body), 303)


def _invite(body: str, form: InviteForm) -> Invited:
    """Invite whom the form names."""
    guest = Guest(form.email.data, form.role.data, form.project.data, form.language.data)
    with site().writing() as session:
        key = site().settings.secret_key
        return invite_member(session, signed_in(), body, guest, site().clock(), key)


def _change(body: str, user_id: int, form: RoleForm) -> Any:
    """Do what the button says, and return the words for it."""
    actor, now, pressed = signed_in(), site().clock(), request.form
    with site().writing() as session:
        if "take" in pressed:
            number = pressed.get("take", -1, type=int)
            take_role(session, actor, body, user_id, min(number, LARGEST_ID), now)
            return TAKEN
        if "off" in pressed or "on" in pressed:
            switch_member(session, actor, body, user_id, "on" in pressed, now)
            return ON if "on" in pressed else OFF
        given = give_role(session, actor, body, user_id, form.role.data, form.project.data, now)
        return GIVEN if given else HELD


def show_member(body: str, user_id: int, form: RoleForm) -> ResponseReturnValue:
    """Show what a member holds in this body, and the form of one role more."""
    with site().reading() as session:
        found, member = find_member(session, signed_in(), body, user_id)
    shown = render_template(
        "staff/member.html",
        form=form,
        body=found,
        member=member,
        own=member.user_id == signed_in().user_id,
        twin_form="give" if member.is_on else None,
    )
    return make_response(shown, 422 if form.errors else 200)


def show_invitation(body: str, email: str, invited: Invited) -> ResponseReturnValue:
    """Show once what can be handed over; it is kept nowhere, so no cache may keep this page either."""
    shown = render_template(
        "staff/member_invited.html",
        body=body,
        email=email,
        token=invited.token,
        posted="email" in site().settings.carriers,
        days=INVITATION_LASTS.days,
    )
    answer = make_response(shown)
    answer.headers["Cache-Control"] = "no-store"
    return answer
