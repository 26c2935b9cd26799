"""What the demonstration asks about the meaning of stories, and what its invented tellers answer."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from involve.services.projects.projects import find_stage_id
from involve.services.projects.signifiers import Signified, SignifierPlan, add_signifier, settle_triad
from involve.services.staff.access import Actor
from involve.vocabulary.bilingual import Bilingual

_UNFIT = "does-not-fit"
_LABELS = {"triad": "corners", "scale": "ends", "choice": "answers"}
Asked = Mapping[str, Mapping[str, Any]]


def add_signifiers(
    session: Session, data: Mapping[str, Any], actor: Actor, now: datetime
) -> dict[str, Asked]:
    """Ask what each stage of *data* asks; return the questions by project and by their names in the data."""
    asked: dict[str, dict[str, Mapping[str, Any]]] = {}
    for project in data["project"]:
        asked[project["slug"]] = {}
        for stage in project["stage"]:
            for signifier in stage.get("signifier", ()):
                stage_id = find_stage_id(session, project["slug"], stage["kind"])
                add_signifier(session, actor, stage_id, _plan(signifier), now, signifier["id"])
                asked[project["slug"]][signifier["id"]] = signifier
    return dict(asked)


def signified_of(story: Mapping[str, Any], asked: Asked) -> dict[str, Signified]:
    """Return what the teller of a story answered, by key of the signifier."""
    return {key: _signified(asked[key], value) for key, value in story.get("signified", {}).items()}


def _signified(signifier: Mapping[str, Any], value: Any) -> Signified:
    if value == _UNFIT:
        return Signified(fits=False)
    if signifier["kind"] == "triad":
        return Signified(triad=settle_triad(value))
    if signifier["kind"] == "scale":
        return Signified(place=value)
    if signifier["kind"] == "frequency":
        return Signified(answer=value)
    names = [answer["id"] for answer in signifier["answers"]]
    return Signified(answer=f"a{names.index(value) + 1}")


def _plan(signifier: Mapping[str, Any]) -> SignifierPlan:
    labels = signifier.get(_LABELS.get(signifier["kind"], ""), ())
    words = tuple(Bilingual(label["cy"], label["en"]) for label in labels)
    return SignifierPlan(signifier["kind"], Bilingual(**signifier["question"]), words)
