"""Translating a published story: writing the words, and checking them, which makes them public.

Who translates sees the published words only, and needs no right to read originals.
"""

from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import Membership, Publication, Story, Translation, User
from involve.services.moderation.moderate import ChangedMeanwhile
from involve.services.moderation.staff_story import find_story
from involve.services.publishing.hidden_words import find_marks, holds_hidden_words, new_details
from involve.services.staff.access import RULES, Actor
from involve.services.trail.record import record
from involve.services.translations.translation_rows import hash_text, targets_of
from involve.services.upkeep.letters import tell_of_news
from involve.vocabulary.bilingual import Bilingual
from involve.vocabulary.days import day_of

LONGEST_TRANSLATION = 30_000


class TranslationRefused(BadInput):
    """The words cannot be kept or made public; `problem` is 'empty', 'too_long', 'marks', 'same' or 'hidden'."""

    code = "translation_refused"

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


class OwnTranslation(NotAllowed):
    """Who wrote the words does not check them while there is somebody else who may."""

    code = "own_translation"


@dataclass(frozen=True, slots=True)
class TranslationView:
    """A published story beside its translation into `language`, for one member of staff.

    `text` is empty where nothing is written, and where it is of older words and this person reads no originals: what
    has been hidden since may stand in it (`withheld`). `noticed` are personal details that the published words do not
    hold. `may_check` is whether this person may make these words public, `alone` whether nobody else could.
    """

    reference: str
    project: Bilingual
    original: str
    told_in: str
    language: str
    others: tuple[str, ...]
    state: str
    text: str
    withheld: bool
    mine: bool
    written_on: date | None
    checked_on: date | None
    question: str | None
    questioned_on: date | None
    noticed: tuple[str, ...]
    may_check: bool
    alone: bool
    version: str


def open_translation(session: Session, actor: Actor, reference: str, language: str) -> TranslationView:
    """Return a published story beside its translation into *language* ('cy' or 'en').

    Raises:
        NotFound: the story is not published, or is told in that language.
        NotAllowed: no grant covers it.
    """
    story, publication, row = _find(session, actor, reference, language, "translate")
    may_read = actor.may("read_original", story.project.body_id, story.project_id)
    withheld = row is not None and not _is_current(row, publication) and not may_read
    text = "" if row is None or withheld else row.text
    alone = not _has_colleague(session, actor, story)
    return TranslationView(
        reference=story.reference,
        project=Bilingual(story.project.name_cy, story.project.name_en),
        original=publication.text,
        told_in=publication.language,
        language=language,
        others=tuple(each for each in targets_of(publication.language) if each != language),
        state=row.state if row else "none",
        text=text,
        withheld=withheld,
        mine=row is not None and row.user_id == actor.user_id,
        written_on=day_of(row.written_at) if row else None,
        checked_on=day_of(row.checked_at) if row and row.checked_at else None,
        question=row.question if row else None,
        questioned_on=day_of(row.questioned_at) if row and row.questioned_at else None,
        noticed=new_details(text, publication.text),
        may_check=row is not None and not withheld and _may_check(session, actor, story, row),
        alone=alone,
        version=_version(publication, row),
    )


def keep_translation(
    session: Session, actor: Actor, reference: str, language: str, text: str, version: str, now: datetime
) -> None:
    """Keep *text* as a draft of the words that are published now; what was public leaves the page until it is checked.

    Raises:
        NotFound, NotAllowed: as `open_translation`.
        ChangedMeanwhile: the published words or the translation are no longer as they were shown under *version*.
        TranslationRefused: it is empty or too long, lacks or invents a mark of what is hidden, or is the very text of
            which the teller said that it is not what they meant.
    """
    story, publication, row = _find(session, actor, reference, language, "translate")
    if version != _version(publication, row):
        raise ChangedMeanwhile(reference)
    write_draft(session, publication, row, language, text, actor.user_id, now)
    record(session, "translated", "story", story.id, now, user_id=actor.user_id, language=language)


def write_draft(
    session: Session,
    publication: Publication,
    row: Translation | None,
    language: str,
    text: str,
    user_id: int | None,
    now: datetime,
) -> Translation:
    """Write *text* as a draft of the words of *publication*, for other services.

    Raises:
        TranslationRefused: as `keep_translation`.
    """
    text = text.strip()
    refuse_unfit(publication, row, text)
    if row is None:
        row = Translation(story_id=publication.story_id, language=language)
        session.add(row)
    row.text, row.of_text_hash, row.state = text, hash_text(publication.text), "draft"
    row.user_id, row.written_at = user_id, now
    row.checked_by_id, row.checked_at = None, None
    session.flush()
    return row


def check_translation(
    session: Session, actor: Actor, reference: str, language: str, version: str, now: datetime
) -> int | None:
    """Make a translation public, after *actor* compared it with the published words.

    Returns the id of the job that lets the teller know, where they asked for that.

    Raises:
        NotFound, NotAllowed: as `open_translation`, or nothing is written.
        OwnTranslation: they wrote it, and somebody else may check it.
        ChangedMeanwhile: the words are no longer as they were shown under *version*.
        TranslationRefused: 'hidden': it holds words that are hidden in the story; 'marks', 'same': as for a draft.
    """
    story, publication, row = _find(session, actor, reference, language, "check_translation")
    if row is None:
        raise NotFound("translation")
    if version != _version(publication, row):
        raise ChangedMeanwhile(reference)
    if not _may_check(session, actor, story, row):
        raise OwnTranslation(reference)
    refuse_unfit(publication, row, row.text)
    if holds_hidden_words(session, story, publication.text, row.text):
        raise TranslationRefused("hidden")
    row.state, row.of_text_hash = "published", hash_text(publication.text)
    row.checked_by_id, row.checked_at = actor.user_id, now
    row.question, row.questioned_at = None, None
    record(
        session,
        "translation_published",
        "story",
        story.id,
        now,
        user_id=actor.user_id,
        language=language,
        second=row.user_id != actor.user_id,
    )
    return tell_of_news(session, story.id, now)


def refuse_unfit(publication: Publication, row: Translation | None, text: str) -> None:
    """Stop where *text* cannot be a translation of the published words.

    Raises:
        TranslationRefused: as `keep_translation`.
    """
    if not text:
        raise TranslationRefused("empty")
    if len(text) > LONGEST_TRANSLATION:
        raise TranslationRefused("too_long")
    if set(find_marks(text)) != set(find_marks(publication.text)):
        raise TranslationRefused("marks")
    if row is not None and row.state == "questioned" and row.text == text:
        raise TranslationRefused("same")


def find_row(session: Session, story_id: int, language: str) -> Translation | None:
    """Return the translation of a story into *language*, for other services."""
    return session.scalar(
        select(Translation).where(Translation.story_id == story_id, Translation.language == language)
    )


def _find(
    session: Session, actor: Actor, reference: str, language: str, action: str
) -> tuple[Story, Publication, Translation | None]:
    """Return the story (locked), its published form, and its translation if there is one."""
    story = find_story(session, actor, reference, action)  # type: ignore[arg-type]
    publication = session.scalar(select(Publication).where(Publication.story_id == story.id))
    if publication is None or language not in targets_of(publication.language):
        raise NotFound(reference)
    return story, publication, find_row(session, story.id, language)


def _is_current(row: Translation, publication: Publication) -> bool:
    """Whether a translation is of the words that are published now."""
    return row.of_text_hash == hash_text(publication.text)


def _may_check(session: Session, actor: Actor, story: Story, row: Translation) -> bool:
    """Whether these words are this person's to check: not their own, unless nobody else is there."""
    if row.state == "published" or not actor.may(
        "check_translation", story.project.body_id, story.project_id
    ):
        return False
    return row.user_id != actor.user_id or not _has_colleague(session, actor, story)


def _has_colleague(session: Session, actor: Actor, story: Story) -> bool:
    """Whether somebody else at work may check translations in this project."""
    at_work = or_(User.password.is_not(None), User.invitation_hash.is_(None))
    wanted = (
        select(Membership.id)
        .join(Membership.user)
        .where(
            User.active,
            at_work,
            User.id != actor.user_id,
            Membership.role.in_(RULES["check_translation"]),
            Membership.body_id == story.project.body_id,
            or_(Membership.project_id.is_(None), Membership.project_id == story.project_id),
        )
        .limit(1)
    )
    return session.scalar(wanted) is not None


def _version(publication: Publication, row: Translation | None) -> str:
    """Return a mark of the published words and of the translation, as they stand now."""
    stands = (publication.text, row and (row.text, row.state, row.user_id))
    return sha256(repr(stands).encode("utf-8", "surrogatepass")).hexdigest()[:16]
