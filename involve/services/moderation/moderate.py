"""Moderation: what is hidden of a story, whether it is published, held or declined, and whether its tags are right."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, LanguageMissing, NotAllowed
from involve.models import Judgement, Redaction, Story
from involve.services.moderation.second_people import ask_second_people
from involve.services.moderation.staff_story import Span, find_story, hidden_spans, story_version
from involve.services.publishing.publish import publish_story, refresh_publication, unpublish_story
from involve.services.staff.access import Actor
from involve.services.stories.tags import speak
from involve.services.tellers.conversation import reads_as
from involve.services.trail.record import record
from involve.services.upkeep.letters import tell_of_news
from involve.vocabulary.noticed import GRAVE, bits_of
from involve.vocabulary.personal_kinds import PERSONAL_KINDS
from involve.vocabulary.reasons import LONGEST_SENTENCE, reasons_for

KINDS = frozenset(kind.id for kind in PERSONAL_KINDS)


class ChangedMeanwhile(Conflict):
    """Somebody else changed the story since this person opened it."""

    code = "changed_meanwhile"


@dataclass(frozen=True, slots=True)
class Press:
    """What a moderator says with one press of a button.

    `verdict` is 'redacted' (only what is hidden), 'published', 'held' or 'declined'; the last two need a `reason`, and
    may have a `sentence` for the teller, in the teller's reply language. `spans` are all that is hidden from now on;
    None leaves that as it is. `together` is shared by the stories that are judged with one press.
    """

    verdict: str
    spans: tuple[Span, ...] | None = None
    reason: str | None = None
    sentence: str = ""
    together: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """What was kept: the judgement's id, whether a second person must agree, and the jobs of letters to send.

    `job_id` is that of the letter to the teller, `asked` those of the letters to people who can be the second.
    """

    id: int
    pending: bool
    job_id: int | None
    asked: tuple[int, ...] = ()


def judge_story(session: Session, actor: Actor, reference: str, press: Press, now: datetime) -> Judged:
    """Keep what is hidden and what becomes of a story, as one step that can be seen and undone.

    To decline a story that may tell of danger, or threaten somebody, takes two people: until the second agrees
    (`judgements.review_judgement`), it is held back.

    Raises:
        BadInput: no such verdict, or none with that reason; a sentence that is too long; a span outside the text.
        LanguageMissing: the sentence is not in the language that the teller chose.
        PublishingNotAgreed: published without the participant's consent.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "moderate")
    _check(story, press)
    before = hidden_spans(session, story)
    hid = press.spans is not None and (before is None or set(before) != set(press.spans))
    step = _step(story, press, actor, before, hid, now)
    session.add(step)
    session.flush()
    if hid and press.spans is not None:
        hide_spans(session, story, press.spans, actor.user_id, now)
        record(
            session, "redacted", "story", story.id, now, user_id=actor.user_id, spans=len(set(press.spans))
        )
    if press.verdict == "redacted":
        refresh_publication(session, story)
        return Judged(step.id, False, None)
    _replace_proposals(session, story, step, now)
    told = set_state(session, story, "held" if step.pending else press.verdict, now)
    kind = "decline_proposed" if step.pending else press.verdict
    record(session, kind, "story", story.id, now, user_id=actor.user_id)
    # That a second person is asked is no news yet.
    news = tell_of_news(session, story.id, now) if told and not step.pending else None
    asked = ask_second_people(session, actor, story, now) if step.pending else ()
    return Judged(step.id, step.pending, news, asked)


def redact_story(
    session: Session, actor: Actor, reference: str, spans: tuple[Span, ...], now: datetime
) -> Judged:
    """Keep *spans* (start, end, kind; code points of the original) as what stays hidden; a published form follows.

    Raises:
        BadInput, NotFound, NotAllowed: as `judge_story`.
    """
    return judge_story(session, actor, reference, Press("redacted", spans), now)


def decide_story(
    session: Session, actor: Actor, reference: str, verdict: str, now: datetime, reason: str = "other"
) -> Judged:
    """Publish, hold or decline a story (`verdict`: 'published', 'held', 'declined'); what is hidden stays as it is.

    Raises:
        BadInput, PublishingNotAgreed, NotFound, NotAllowed: as `judge_story`.
    """
    if verdict == "redacted":
        raise BadInput("verdict")
    return judge_story(session, actor, reference, Press(verdict, reason=_if_needed(verdict, reason)), now)


def is_grave(story: Story) -> bool:
    """Whether one person alone may not decline the story."""
    return bool(story.noticed & bits_of(GRAVE))


def hide_spans(
    session: Session, story: Story, spans: tuple[Span, ...], user_id: int | None, now: datetime
) -> None:
    """Make *spans* what is hidden of a story; its published form is for the caller to bring up to date."""
    session.execute(delete(Redaction).where(Redaction.story_id == story.id))
    session.add_all(
        Redaction(story_id=story.id, start=start, end=end, kind=kind, user_id=user_id, at=now)
        for start, end, kind in sorted(set(spans))
    )
    session.flush()


def set_state(session: Session, story: Story, state: str, now: datetime) -> bool:
    """Bring a story, and its published form with it, to *state*; return whether that is another than before.

    Raises:
        PublishingNotAgreed: the state is 'published', without the participant's consent.
    """
    before = story.state
    if state == "published":
        publish_story(session, story, now)
    else:
        unpublish_story(session, story)
        story.state = state
    return before != state


def check_version(session: Session, actor: Actor, reference: str, version: str) -> None:
    """Stop when the story is no longer as it was shown under *version*.

    Raises:
        ChangedMeanwhile: somebody changed it.
        NotFound, NotAllowed: as `open_story`.
    """
    if story_version(session, find_story(session, actor, reference, "moderate")) != version:
        raise ChangedMeanwhile(reference)


def judge_tag(
    session: Session, actor: Actor, reference: str, scheme: str, concept: str, verdict: str, now: datetime
) -> None:
    """Keep what staff say of a tag: 'confirmed' or 'rejected'.

    Raises:
        BadInput: there is no such concept or verdict.
        NotFound, NotAllowed: as `open_story`.
    """
    story = find_story(session, actor, reference, "tag")
    reads_originals = actor.may("read_original", story.project.body_id, story.project_id)
    if story.state != "published" and not reads_originals:
        # Nobody judges words that they may not read.
        raise NotAllowed("tag")
    speak(session, story, "staff", scheme, concept, verdict, now, user_id=actor.user_id)


def _check(story: Story, press: Press) -> None:
    """Hold a press to the rules.

    Raises:
        BadInput: as `judge_story`.
    """
    if press.verdict not in ("redacted", "published", "held", "declined"):
        raise BadInput("verdict")
    reasons = {reason.id for reason in reasons_for(press.verdict)}
    if (reasons or press.reason is not None) and press.reason not in reasons:
        raise BadInput("reason")
    if len(press.sentence) > LONGEST_SENTENCE:
        raise BadInput("sentence")
    if reads_as(press.sentence) not in (None, story.reply_language, "mixed"):
        raise LanguageMissing(story.reply_language)
    if any(
        not 0 <= start < end <= len(story.text) or kind not in KINDS for start, end, kind in press.spans or ()
    ):
        raise BadInput("span")


def _replace_proposals(session: Session, story: Story, step: Judgement, now: datetime) -> None:
    """A new verdict takes the place of those that wait for a second person."""
    session.execute(
        update(Judgement)
        .where(Judgement.story_id == story.id, Judgement.pending, Judgement.id != step.id)
        .values(pending=False, undone_at=now, undone_by=step.user_id)
    )


def _step(
    story: Story, press: Press, actor: Actor, before: tuple[Span, ...] | None, hid: bool, now: datetime
) -> Judgement:
    """Return the row of a press; *before* is what was hidden, None where nobody had said it."""
    sentence = press.sentence.strip() or None
    return Judgement(
        story_id=story.id,
        verdict=press.verdict,
        reason=press.reason,
        sentence=sentence,
        language=story.reply_language if sentence else None,
        state_before=story.state,
        spans_before=None if before is None else [list(span) for span in before],
        hid=hid,
        pending=press.verdict == "declined" and is_grave(story),
        together=press.together,
        user_id=actor.user_id,
        at=now,
    )


def _if_needed(verdict: str, reason: str) -> str | None:
    """Return the reason where the verdict needs one."""
    return reason if reasons_for(verdict) else None
