"""The words of a story as anyone may read them: hidden where staff hid something, corrected where its teller agreed."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Correction, Redaction, Story
from involve.text.redaction import Redacted, Wording, redact
from involve.text.types import PersonalDetail


def word_story(
    session: Session,
    story: Story,
    hidden: Iterable[PersonalDetail] | None = None,
    corrections: Sequence[Correction] | None = None,
) -> Redacted:
    """Return the story's words as they are, or would be, public.

    *hidden* is what staff hid unless something else is proposed, *corrections* those that the teller agreed to. A
    correction stands for the hidden spans that it was offered for; whatever else is hidden of its span, or was hidden
    since, is hidden, and then the correction has no effect.
    """
    details = list(hidden_of(session, story.id) if hidden is None else hidden)
    if corrections is None:
        corrections = accepted_of(session, story.id)
    wordings: list[Wording] = []
    for each in corrections:
        covers = {(start, end) for start, end in each.covers}
        within = [detail for detail in details if detail.start < each.end and each.start < detail.end]
        if all((detail.start, detail.end) in covers for detail in within):
            details = [detail for detail in details if detail not in within]
            wordings.append(Wording(each.start, each.end, each.replacement))
    return redact(story.text, details, wordings)


def hidden_of(session: Session, story_id: int) -> list[PersonalDetail]:
    """Return what staff hid of a story, in order."""
    rows = session.scalars(select(Redaction).where(Redaction.story_id == story_id).order_by(Redaction.start))
    return [PersonalDetail(row.start, row.end, row.kind) for row in rows]  # type: ignore[arg-type]


def accepted_of(session: Session, story_id: int) -> Sequence[Correction]:
    """Return the corrections of a story that its teller agreed to, in order."""
    agreed = (Correction.story_id == story_id, Correction.state == "accepted")
    return session.scalars(select(Correction).where(*agreed).order_by(Correction.start)).all()
