"""Reading what tellers say their stories mean: triangles, scales and choices, for one group or two side by side."""

from flask import render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms.validators import Optional

from involve.i18n import lazy_gettext as _l
from involve.services.projects.meanings import GROUPS, Meaning, list_groups, list_meanings
from involve.services.projects.projects import find_project, get_project
from involve.services.staff.access import require
from involve.web.addresses import page
from involve.web.fields import PickField, choice
from involve.web.labels import facet_label
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.projects.meaning_pictures import Picture, draw_meaning

EVERYONE = _l("Everyone")
NOBODY = _l("Nobody")
TOLD_AS = {"own": _l("Told by themselves"), "on_behalf": _l("Told for someone else")}


class GroupForm(FlaskForm):  # type: ignore[misc]
    """Whose answers to see, and whose beside them."""

    class Meta:
        """A form that only asks needs no token."""

        csrf = False

    one = PickField(_l("Whose answers"), [Optional()])
    other = PickField(_l("Beside those of"), [Optional()])


@page(
    blueprint,
    cy="/staff/prosiectau/<slug>/camau/<int:stage_id>/ystyron",
    en="/staff/projects/<slug>/stages/<int:stage_id>/meanings",
)
def read_meanings(slug: str, stage_id: int) -> str:
    """See what tellers say their stories mean; a part of a picture opens its stories."""
    with site().reading() as session:
        require(signed_in(), "read_queue", find_project(session, slug))
        project = get_project(session, slug, site().today)
        groups = list_groups(session, signed_in(), slug, stage_id)
        chosen = choose_groups(groups)
        sides = [list_meanings(session, signed_in(), slug, stage_id, group) for group in chosen]
    form = GroupForm(request.args)
    form.one.choices = [choice("", EVERYONE), *(choice(each, group_name(each)) for each in groups)]
    form.other.choices = [choice("", NOBODY), *(choice(each, group_name(each)) for each in groups)]
    rows = [
        (
            together[0].signifier,
            [draw_side(each, group) for each, group in zip(together, chosen, strict=True)],
        )
        for together in zip(*sides, strict=True)
    ]

    def place_link(question: int, place: str) -> str:
        """Return the address that opens the stories in a part of a picture."""
        asked = {"one": chosen[0], "other": "".join(chosen[1:]), "question": question, "place": place}
        return url_for("staff.read_meanings", slug=slug, stage_id=stage_id, **asked, _anchor="opened")

    values = {"form": form, "project": project, "rows": rows, "opened": opened(sides)}
    return render_template("staff/meanings.html", **values, place_link=place_link)


def choose_groups(groups: tuple[str, ...]) -> list[str]:
    """Return the group that was asked for ('' for everyone), and the one beside it."""
    one, other = request.args.get("one", ""), request.args.get("other", "")
    return [one if one in groups else "", *([other] if other in groups else [])]


def group_name(group: str) -> str:
    """Return the name of a group in the page's language."""
    name, _, value = group.partition(":")
    if name not in GROUPS:
        return str(EVERYONE)
    return str(TOLD_AS[value]) if name == "told_as" else facet_label(name, value)


def draw_side(meaning: Meaning, group: str) -> tuple[str, Meaning, Picture]:
    """Return the name of a group, its answers, and their picture."""
    return group_name(group), meaning, draw_meaning(meaning)


def opened(sides: list[tuple[Meaning, ...]]) -> tuple[str, ...] | None:
    """Return the references of the stories in the part of a picture that was pressed."""
    number, place = request.args.get("question", 0, type=int), request.args.get("place", "")
    found = [each for side in sides for each in side if each.signifier.id == number]
    if not found or not place:
        return None
    return tuple(dict.fromkeys(meant.reference for each in found for meant in each.at(place)))
