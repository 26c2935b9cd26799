"""A decision as everybody sees it: what was asked, what was decided and why, and what came of it."""

from flask import render_template

from involve.i18n import format_date
from involve.i18n import gettext as _
from involve.services.deciding.decision_record import DecisionRecord, show_record
from involve.services.deciding.ground import show_ground
from involve.services.deciding.verdicts import show_held
from involve.vocabulary.ladders import find_rung
from involve.vocabulary.stages import find_stage
from involve.web.addresses import page
from involve.web.promises import blueprint
from involve.web.site import site


@page(blueprint, cy="/penderfyniadau/<int:decision_id>", en="/decisions/<int:decision_id>")
def show_decision(decision_id: int) -> str:
    """See a published decision."""
    with site().reading() as session:
        record = show_record(session, decision_id, site().today)
        claimed = find_rung(record.stage.ladder, record.stage.rung).influence
        held = show_held(session, record.project.id, claimed)
        ground = show_ground(session, decision_id, public=True)
    return render_template(
        "promises/decision.html",
        record=record,
        decision=record.decision,
        project=record.project,
        held=held,
        ground=ground,
        in_short=in_short(record),
        find_stage=find_stage,
    )


def in_short(record: DecisionRecord) -> str:
    """Return in one sentence when it was decided, and how it stands."""
    decided = format_date(record.decided_on)
    if not record.outcomes:
        return _("This was decided on %(date)s. What comes of it will be said here.", date=decided)
    since = format_date(record.outcomes[0].on_day)
    return _standing(record.status, decided, since)


def _standing(status: str, decided: str, since: str) -> str:
    if status == "under_way":
        return _(
            "This was decided on %(date)s and is under way. The latest news of it is of %(since)s.",
            date=decided,
            since=since,
        )
    if status == "done":
        return _("This was decided on %(date)s, and done on %(since)s.", date=decided, since=since)
    if status == "not_done":
        return _("This was decided on %(date)s, but it was not done. The reason is below.", date=decided)
    return _("This was decided on %(date)s, and agreed on %(since)s.", date=decided, since=since)
