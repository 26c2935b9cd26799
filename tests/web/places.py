"""A place for tests of who may go where: a project of a body with a row for everything that an address can name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from involve.models import Publication, PublicationTag, Stage
from involve.services.codebook.drafting import ThemeDraft, save_theme
from involve.services.codebook.releasing import release_draft
from involve.services.codebook.rounds import start_round
from involve.services.deciding.decisions import DecisionDraft, draft_decision
from involve.services.evidence.exports import ask_for_export
from involve.services.evidence.filters import EvidenceFilter
from involve.services.importing.tables import Table
from involve.services.importing.uploads import keep_upload
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insights import log_insight
from involve.services.projects.outreach import Work, log_outreach
from involve.services.projects.project_drafts import start_draft
from involve.services.projects.signifiers import SignifierPlan, add_signifier
from involve.services.publishing.corrections import list_corrections_for_staff, offer_correction
from involve.services.reading.reading_sessions import open_session, seat_staff
from involve.services.reading.themes import put_forward
from involve.services.safeguarding.concerns import raise_concern
from involve.services.staff.access import Actor
from involve.services.staff.api_keys import make_key
from involve.services.staff.sessions import begin_session, list_sessions
from involve.services.telling.answer_templates import save_answer
from involve.vocabulary.bilingual import Bilingual
from tests.ballots import make_draft_ballot
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.publications import publish

WORDS = Bilingual("Rhywbeth", "Something")


@dataclass
class Place:
    """A project. `named` holds, for each name that stands in an address, the value that leads to a row of here."""

    body: str
    slug: str
    actor: Actor
    stage_id: int
    named: dict[str, Any] = field(default_factory=dict)


def make_place(session: Session, body: str, slug: str) -> Place:
    """Open a project and fill it with one row of each kind."""
    make_project(session, slug, body=body)
    stage = session.query(Stage).order_by(Stage.id.desc()).first()
    assert stage is not None
    stage.rung = "collaborate"
    place = Place(body, slug, make_staff(session, "administrator", body), stage.id)
    for name, maker in MAKERS.items():
        place.named[name] = maker(session, place)
        session.flush()
    return place


def _publish_story(session: Session, place: Place) -> str:
    receipt = make_story(session, place.slug)
    publish(session, receipt)
    return receipt.reference


def _ask(session: Session, place: Place) -> int:
    plan = SignifierPlan("scale", WORDS, (Bilingual("Dim", "None"), Bilingual("Llawer", "Much")))
    return add_signifier(session, place.actor, place.stage_id, plan, NOW)


def _option(session: Session, place: Place) -> int:
    from involve.models import Option

    option = session.query(Option).filter_by(ballot_id=place.named["ballot_id"]).first()
    assert option is not None
    return option.id


def _theme(session: Session, place: Place) -> int:
    open_session(session, place.actor, place.stage_id, NOW)
    return put_forward(session, seat_staff(session, place.actor, place.stage_id), WORDS, NOW)


def _correction(session: Session, place: Place) -> int:
    reference = place.named["reference"]
    offer_correction(session, place.actor, reference, "my friends", "friends", "slip", NOW)
    return list_corrections_for_staff(session, place.actor, reference, NOW)[0].id


def _heard(session: Session, place: Place) -> str:
    tag = (
        session.query(PublicationTag).join(Publication).filter_by(reference=place.named["reference"]).first()
    )
    assert tag is not None
    return f"{tag.scheme}-{tag.concept}"


def _session(session: Session, place: Place) -> int:
    begin_session(session, place.actor.user_id, "password", "", NOW)
    return list_sessions(session, place.actor.user_id, NOW)[0].id


def _export(session: Session, place: Place) -> str:
    ask_for_export(session, EvidenceFilter(project=place.slug), "csv", f"key-{place.slug}", NOW)
    return f"key-{place.slug}"


def _concern(session: Session, place: Place) -> int:
    receipt = make_story(session, place.slug)
    return raise_concern(session, place.actor, receipt.reference, "", NOW)


def _import(session: Session, place: Place) -> str:
    table = Table(((1, ["text"]), (2, ["words"])))
    keep_upload(session, place.actor, place.slug, table, (f"import-{place.slug}", "a.csv"), NOW)
    return f"import-{place.slug}"


def _round(session: Session, place: Place) -> int:
    release_draft(session, place.actor, place.slug, NOW)
    return start_round(session, place.actor, place.slug, 100, 7, NOW)


# How to make what an address names, in this order. An address with a new name needs a line here.
MAKERS: dict[str, Callable[[Session, Place], Any]] = {
    "body": lambda session, place: place.body,
    "user_id": lambda session, place: place.actor.user_id,
    "slug": lambda session, place: place.slug,
    "body_slug": lambda session, place: place.body,
    "concern_id": _concern,
    "stage_id": lambda session, place: place.stage_id,
    "reference": _publish_story,
    "target": lambda session, place: "cy",
    "correction_id": _correction,
    "section": lambda session, place: "about",
    "kind": lambda session, place: "codes",
    "draft_id": lambda session, place: start_draft(
        session, place.actor, place.body, f"{place.slug}-drafft", NOW
    ),
    "ballot_id": lambda session, place: make_draft_ballot(session, place.actor, place.stage_id),
    "option_id": _option,
    "decision_id": lambda session, place: draft_decision(
        session, place.actor, place.stage_id, DecisionDraft(WORDS, WORDS, WORDS), NOW
    ),
    "heard": _heard,
    "outreach_id": lambda session, place: log_outreach(
        session, place.actor, place.slug, Work(NOW.date(), people=1), NOW
    ),
    "insight_id": lambda session, place: log_insight(
        session, place.actor, InsightDraft(place.slug, "No bus in the evening."), uuid4(), NOW, CODE_KEY
    ),
    "signifier_id": _ask,
    "theme_id": _theme,
    "template_id": lambda session, place: save_answer(session, place.actor, place.slug, "Bws", WORDS, NOW),
    "theme_key": lambda session, place: save_theme(
        session,
        place.actor,
        place.slug,
        "",
        ThemeDraft(WORDS, WORDS, cues_cy=("bws",), cues_en=("bus",)),
        NOW,
    ),
    "version": lambda session, place: 1,
    "round_id": _round,
    "session_id": _session,
    "api_key_id": lambda session, place: (
        make_key(session, place.actor, place.body, "Bwrdd", None, NOW, CODE_KEY).view.id
    ),
    "key": _export,
    "import_key": _import,
    "passkey_id": lambda session, place: 1,
}
