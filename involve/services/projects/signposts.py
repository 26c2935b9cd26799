"""Where to turn at once: facts that an administrator keeps up to date. Only verified ones are shown."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.errors import LanguageMissing, NotAllowed, NotFound
from involve.models import Signpost
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.signposts import SIGNPOSTS


@dataclass(frozen=True, slots=True)
class SignpostView:
    """One service to turn to. `reach` is a number or address, the same in both languages."""

    slug: str
    name: Bilingual
    purpose: Bilingual
    reach: str
    hours: Bilingual
    source: str
    verified: bool
    checked_on: date | None


def list_signposts(session: Session, verified_only: bool = True) -> tuple[SignpostView, ...]:
    """Return the services in their order; to the public only verified ones."""
    rows = session.scalars(select(Signpost).order_by(Signpost.position))
    return tuple(_view(row) for row in rows if row.verified or not verified_only)


def change_signpost(session: Session, actor: Actor, changed: SignpostView, now: datetime) -> None:
    """Keep a corrected service, and record who changed which of its facts.

    Raises:
        NotAllowed: *actor* is no administrator.
        NotFound: there is no service with that slug.
        LanguageMissing: its words lack Welsh or English.
    """
    if not actor.may_anywhere("edit_signposts"):
        raise NotAllowed("edit_signposts")
    row = session.scalar(select(Signpost).where(Signpost.slug == changed.slug))
    if row is None:
        raise NotFound(changed.slug)
    if not all(
        words.cy.strip() and words.en.strip() for words in (changed.name, changed.purpose, changed.hours)
    ):
        raise LanguageMissing(changed.slug)
    facts = _columns(changed)
    different = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    for name in different:
        setattr(row, name, facts[name])
    if different:
        record(session, "signpost_changed", "signpost", row.id, now, user_id=actor.user_id, facts=different)


def seed_signposts(session: Session) -> None:
    """Put the first facts into a database that holds none; later changes are the administrator's."""
    if session.scalar(select(Signpost.id).limit(1)) is not None:
        return
    for position, fact in enumerate(SIGNPOSTS):
        seed = SignpostView(
            fact.id,
            fact.name,
            fact.purpose,
            fact.reach,
            fact.hours,
            fact.source,
            fact.verified,
            fact.checked_on,
        )
        session.add(Signpost(slug=fact.id, position=position, **_columns(seed)))


def _columns(signpost: SignpostView) -> dict[str, Any]:
    """Return what is kept of a service, by column."""
    return {
        "name_cy": signpost.name.cy,
        "name_en": signpost.name.en,
        "purpose_cy": signpost.purpose.cy,
        "purpose_en": signpost.purpose.en,
        "reach": signpost.reach,
        "hours_cy": signpost.hours.cy,
        "hours_en": signpost.hours.en,
        "source": signpost.source,
        "verified": signpost.verified,
        "checked_on": signpost.checked_on,
    }


def _view(row: Signpost) -> SignpostView:
    """Return the value of a signpost row."""
    return SignpostView(
        row.slug,
        Bilingual(row.name_cy, row.name_en),
        Bilingual(row.purpose_cy, row.purpose_en),
        row.reach,
        Bilingual(row.hours_cy, row.hours_en),
        row.source,
        row.verified,
        row.checked_on,
    )
