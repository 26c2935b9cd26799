"""Which stories an answer goes to: those that were ticked, or everybody of an audience."""

from dataclasses import dataclass

from flask import request

from involve.errors import BadInput
from involve.services.moderation.replies import look_at_stories
from involve.services.telling.audience import Audience, Listed, Reach, list_audience, reach_of
from involve.vocabulary.bilingual import Bilingual
from involve.web.fields import read_number
from involve.web.security import signed_in
from involve.web.site import site


@dataclass(frozen=True, slots=True)
class Chosen:
    """The stories to answer, how their tellers hear of it, and what the form carries along.

    `told` counts those of the audience who were told before and are left out, `left` those beyond what one answer goes
    to, `again` the address at which they are among them; `gone` are references of stories withdrawn meanwhile.
    """

    project: str
    references: tuple[str, ...]
    needed: dict[str, int]
    gone: tuple[str, ...]
    reach: tuple[Reach, ...]
    carried: list[tuple[str, str]]
    told: int = 0
    left: int = 0
    decision_id: int | None = None
    name: Bilingual | None = None


def choose_stories() -> Chosen:
    """Return the stories asked for. The page carries them along: what was looked at is what is sent.

    Raises:
        BadInput: there are none, or they are of several projects.
        NotFound, NotAllowed: one is not there, or is not this person's to answer.
    """
    audience, actor = read_audience(), signed_in()
    with site().reading() as session:
        listed = list_audience(session, actor, audience) if audience else None
        references = named(listed)
        if listed and not references:
            raise BadInput("told")
        asked = look_at_stories(session, actor, references)
        if not asked.references:
            raise BadInput("gone")
        told, left = (listed.told, listed.left) if listed and audience and not audience.again else (0, 0)
        return Chosen(
            asked.project,
            asked.references,
            asked.needed,
            asked.gone,
            reach_of(session, asked.references),
            carry(listed, references),
            told,
            left,
            listed.decision_id if listed else None,
            listed.name if listed else None,
        )


def read_audience() -> Audience | None:
    """Return the audience that was asked for ("theme:3", "topic:goal:health", or all of a project); None for none."""
    kind, _, which = request.values.get("to", "").partition(":")
    project, again = request.values.get("project", ""), "again" in request.values
    if kind == "topic":
        scheme, _, concept = which.partition(":")
        return Audience(kind, project=project, scheme=scheme, concept=concept, again=again)
    if kind:
        return Audience(kind, id=read_number(which), again=again)
    return Audience("project", project=project, again=again) if project else None


def named(listed: Listed | None) -> tuple[str, ...]:
    """Return the references that the page carries, those that were ticked, or those of the audience."""
    if request.method == "POST" and "chosen" in request.form:
        return tuple(dict.fromkeys(request.form["chosen"].split()))
    return listed.references if listed else tuple(dict.fromkeys(request.values.getlist("story")))


def carry(listed: Listed | None, references: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return what the form carries: the stories, and where they are from."""
    kept = [(name, request.values[name]) for name in ("to", "project", "again") if name in request.values]
    outbox = [("outbox", listed.project)] if listed else []
    return [("chosen", " ".join(references)), *kept, *outbox]
