"""The queue of stories that wait for a person."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from involve.services.moderation.queue import count_queue, list_queue
from involve.services.projects.meanings import list_signified_stages
from involve.services.promises.waiting import list_waiting
from involve.services.staff.access import projects_where
from involve.services.tellers.appeals import list_appeals
from involve.services.tellers.conversation import list_unread
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.working_days import READ_WITHIN
from involve.web.addresses import page
from involve.web.security import signed_in
from involve.web.site import site
from involve.web.staff import blueprint
from involve.web.staff.moderation.queue_asked import STATES, filter_groups, read_filter, write_filter
from involve.web.staff.moderation.undo_offer import take_undo_offer
from involve.web.staff.talking.collecting import first_page


@page(blueprint, cy="/staff", en="/staff")
def show_queue() -> ResponseReturnValue:
    """See what waits: risk of harm first, then the oldest duty."""
    actor, wanted, today = signed_in(), read_filter(request.args), site().today
    if not actor.may_anywhere("read_queue"):
        return first_page() or render_template("staff/no_queue.html")
    with site().reading() as session:
        mine = projects_where(session, actor, "read_queue")
        projects = {each.slug: Bilingual(each.name_cy, each.name_en) for each in mine}
        answering = [each.slug for each in projects_where(session, actor, "reply")]
        place = (request.args.get("after", ""), request.args.get("before", ""))
        listed = list_queue(session, actor, wanted, today, *place)
        counts = count_queue(session, actor, wanted, today)
        meanings = list_signified_stages(session, actor)
        appeals = list_appeals(session, actor)
        unread = list_unread(session, actor)
        late = [each for each in list_waiting(session, actor, today) if each.late]
    return render_template(
        "staff/queue.html",
        listed=listed,
        counts=counts,
        meanings=meanings,
        appeals=appeals,
        unread=unread,
        late=late,
        states=STATES,
        wanted=wanted,
        asked=write_filter(wanted),
        groups=filter_groups(wanted, counts, projects),
        ticked=frozenset(request.args.getlist("story")),
        read_within=READ_WITHIN,
        undo=take_undo_offer(),
        may_moderate=actor.may_anywhere("moderate"),
        answering=[(slug, projects[slug]) for slug in answering if slug in projects],
    )
