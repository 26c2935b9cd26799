"""The promise of one project, and the promises of all of them, body by body."""

from collections import defaultdict

from flask import render_template

from involve.services.deciding.ballots import list_ballots
from involve.services.deciding.decisions import list_decisions
from involve.services.deciding.verdicts import show_held
from involve.services.promises.promises import ProjectPromise, count_duties, list_promises, show_promise
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.influence import find_influence
from involve.vocabulary.ladders import find_ladder, find_rung
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.promises import blueprint
from involve.web.promises.words import WORDS
from involve.web.site import site


@page(blueprint, cy="/addewidion", en="/promises")
def show_promises() -> str:
    """See what every body promised, and how it stands."""
    with site().reading() as session:
        promises = list_promises(session, site().today)
    bodies: dict[Bilingual, list[ProjectPromise]] = defaultdict(list)
    for each in promises:
        bodies[each.project.body].append(each)
    return render_template(
        "promises/list.html",
        total=count_duties(promises),
        bodies=[(body, count_duties(each), each) for body, each in bodies.items()],
        find_stage=find_stage,
        **WORDS,
    )


@page(blueprint, cy="/prosiectau/<slug>/addewid", en="/projects/<slug>/promise")
def show_project_promise(slug: str) -> str:
    """See what one project promises, what was kept, and what people who took part say of it."""
    with site().reading() as session:
        promise = show_promise(session, slug, site().today)
        current = next(each for each in promise.stages if each.stage.id == promise.project.current.id)
        held = show_held(session, promise.project.id, current.influence)
        decisions = list_decisions(session, slug, public=True)
        ballots = list_ballots(session, slug, site().today, public=True)
    return render_template(
        "promises/project.html",
        promise=promise,
        current=current,
        ladder=find_ladder(current.stage.ladder),
        rung=find_rung(current.stage.ladder, current.stage.rung),
        held=held,
        opened=any(each.stage.opens_on <= site().today for each in promise.stages),
        decisions=decisions,
        ballots=ballots,
        find_influence=find_influence,
        find_rung=find_rung,
        find_stage=find_stage,
        **WORDS,
    )
