"""The words of a story as anyone may read them: hidden where staff hid something, corrected where its teller agreed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Correction, Redaction, Story
from involve.text.redaction import Redacted, Wording, redact
from involve.text.types import PersonalDetail

_HIDDEN = select(Redaction).order_by(Redaction.start)
_ACCEPTED = select(Correction).where(Correction.state == "accepted").order_by(Correction.start)


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
    details = hidden_of(session, story.id) if hidden is None else hidden
    return word_text(
        story.text, details, accepted_of(session, story.id) if corrections is None else corrections
    )


def word_text(text: str, hidden: Iterable[PersonalDetail], corrections: Iterable[Correction]) -> Redacted:
    """Return the words of *text* as they are public where that is *hidden* and these *corrections* were agreed to."""
    details = list(hidden)
    wordings: list[Wording] = []
    for each in corrections:
        covers = {(start, end) for start, end in each.covers}
        within = [detail for detail in details if detail.start < each.end and each.start < detail.end]
        if all((detail.start, detail.end) in covers for detail in within):
            details = [detail for detail in details if detail not in within]
            wordings.append(Wording(each.start, each.end, each.replacement))
    return redact(text, details, wordings)


def word_many(session: Session, texts: Mapping[int, str]) -> dict[int, Redacted]:
    """Return what `word_story` does, of many stories at once: *texts* are their own words by their number."""
    hidden: dict[int, list[PersonalDetail]] = defaultdict(list)
    for row in session.scalars(_HIDDEN.where(Redaction.story_id.in_(texts))):
        hidden[row.story_id].append(_detail(row))
    accepted: dict[int, list[Correction]] = defaultdict(list)
    for each in session.scalars(_ACCEPTED.where(Correction.story_id.in_(texts))):
        accepted[each.story_id].append(each)
    return {number: word_text(text, hidden[number], accepted[number]) for number, text in texts.items()}


def hidden_of(session: Session, story_id: int) -> list[PersonalDetail]:
    """Return what staff hid of a story, in order."""
    return [_detail(row) for row in session.scalars(_HIDDEN.where(Redaction.story_id == story_id))]


def accepted_of(session: Session, story_id: int) -> Sequence[Correction]:
    """Return the corrections of a story that its teller agreed to, in order."""
    return session.scalars(_ACCEPTED.where(Correction.story_id == story_id)).all()


def _detail(row: Redaction) -> PersonalDetail:
    return PersonalDetail(row.start, row.end, row.kind)  # type: ignore[arg-type]
