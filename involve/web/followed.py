"""Where what is followed stands: an address for each kind of thing, and the page that one would read of it."""

from collections.abc import Callable

from flask import Blueprint, url_for

from involve.services.following.things import Thing
from involve.vocabulary.following import ALL, FOLLOW_KINDS
from involve.web.addresses import View, page

# What is wider than a project, by kind: the page of what changed in it, and how that is told which.
WIDER = {
    "goal": ("what_changed.show_goal", "goal_id"),
    "area": ("what_changed.show_area", "gss"),
    "body": ("what_changed.show_body", "slug"),
}


def follow_page(
    blueprint: Blueprint, cy: str, en: str, ending: str = "", methods: tuple[str, ...] = ("GET",)
) -> Callable[[View], View]:
    """Return a decorator that gives a view an address in each language for each kind of thing.

    The view takes `kind` and `subject`.
    """

    def add(view: View) -> View:
        for kind in FOLLOW_KINDS:
            fixed = {"kind": kind.id, **({"subject": ALL} if kind.id == "everything" else {})}
            which = "" if "subject" in fixed else "/<subject>"
            paths = {"cy": f"{cy}/{kind.word.cy}{which}{ending}", "en": f"{en}/{kind.word.en}{which}{ending}"}
            page(blueprint, **paths, methods=methods, **fixed)(view)
        return view

    return add


def page_of(thing: Thing) -> str:
    """Return the path of the page that says of a thing what its feed does, in the page's language."""
    if thing.kind == "project":
        return url_for("projects.show_project", slug=thing.slug)
    if thing.kind == "theme":
        return url_for("projects.show_themes", slug=thing.slug, _anchor=f"theme-{thing.subject}")
    if thing.kind == "decision":
        return url_for("promises.show_decision", decision_id=int(thing.subject))
    if thing.kind in WIDER:
        endpoint, name = WIDER[thing.kind]
        return url_for(endpoint, **{name: thing.subject})
    return url_for("what_changed.show_what_changed")
