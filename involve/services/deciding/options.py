"""Options of a ballot: written by staff, or put forward by participants and accepted or declined with a reason."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, LanguageMissing, NotFound
from involve.models import Ballot, Option, Stage, Story, Vote
from involve.services.deciding.ballots import (
    FEWEST_OPTIONS,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_OPTIONS,
    change_ballot,
    find_ballot,
    standing_options,
)
from involve.services.staff.access import Actor
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual

LONGEST_REASON = 1_000
MOST_OWN = 3  # that one code may put forward for one ballot


@dataclass(frozen=True, slots=True)
class OptionDraft:
    """The words of an option; those of `text` may be left out in both languages."""

    title: Bilingual
    text: Bilingual


@dataclass(frozen=True, slots=True)
class Proposal:
    """An option as staff work on it. `reply_language` is that of whoever put it forward; None where nobody reads it."""

    id: int
    ballot_id: int
    version: int
    state: str
    voice: str
    language: str | None
    draft: OptionDraft
    reply_language: str | None


@dataclass(frozen=True, slots=True)
class MyOption:
    """What a participant put forward, in their words until it is accepted, and what became of it."""

    title: str
    text: str
    language: str
    state: str
    reason: str
    reason_language: str


def add_option(
    session: Session, actor: Actor, ballot_id: int, version: int, draft: OptionDraft, now: datetime
) -> int:
    """Add an option of the staff and return its id.

    Raises:
        NotFound, NotAllowed: there is no such ballot, or no grant covers it.
        Conflict: someone changed the ballot since *version*, or somebody voted.
        LanguageMissing: words lack their Welsh or their English; the argument is the language.
        BadInput: 'long', or 'many' (there are twelve).
    """
    ballot = find_ballot(session, actor, ballot_id)
    _check_draft(draft)
    _check_room(ballot)
    change_ballot(session, ballot, version)
    option = Option(voice="staff", state="accepted", position=len(ballot.options))
    _fill(option, draft)
    ballot.options.append(option)
    session.flush()
    # The row may go; the line still says whose it was.
    body = ballot.stage.project.body_id
    record(session, "option_added", "option", option.id, now, user_id=actor.user_id, body=body)
    return option.id


def edit_option(
    session: Session, actor: Actor, option_id: int, version: int, draft: OptionDraft, now: datetime
) -> None:
    """Replace the words of an option; one that a participant put forward is accepted by it.

    Raises:
        NotFound, NotAllowed: there is no such option, or no grant covers it.
        Conflict: someone changed the ballot since *version*, or somebody voted, or it was declined.
        LanguageMissing, BadInput: as `add_option`.
    """
    option = find_option(session, actor, option_id)
    _check_draft(draft)
    if option.state == "declined":
        raise Conflict("option")
    accepted = option.state == "proposed"
    if accepted:
        _check_room(option.ballot)
    change_ballot(session, option.ballot, version)
    _fill(option, draft)
    option.state = "accepted"
    session.flush()
    kind = "option_accepted" if accepted else "option_edited"
    record(session, kind, "option", option.id, now, user_id=actor.user_id)


def decline_option(
    session: Session, actor: Actor, option_id: int, version: int, reason: str, now: datetime
) -> None:
    """Decline what a participant put forward, with a *reason* in their reply language, which they read by code.

    Raises:
        NotFound, NotAllowed: there is no such option, or no grant covers it.
        Conflict: someone changed the ballot since *version*, or somebody voted.
        BadInput: 'staff' (nobody put it forward who could read the reason), 'reason' (none, or too long), or 'few' (as
            `remove_option`).
    """
    option = find_option(session, actor, option_id)
    if option.story_id is None:
        raise BadInput("staff")
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise BadInput("reason")
    _check_rest(option)
    change_ballot(session, option.ballot, version)
    option.state, option.reason = "declined", reason.strip()
    session.flush()
    record(session, "option_declined", "option", option.id, now, user_id=actor.user_id)


def remove_option(session: Session, actor: Actor, option_id: int, version: int, now: datetime) -> None:
    """Take an option of the staff away, or one whose teller took their story back.

    Raises:
        NotFound, NotAllowed: there is no such option, or no grant covers it.
        Conflict: someone changed the ballot since *version*, or somebody voted.
        BadInput: 'participant' (whoever put it forward is owed a reason: decline it), or 'few' (the vote is public, and
            this is one of its last two options).
    """
    option = find_option(session, actor, option_id)
    if option.story_id is not None:
        raise BadInput("participant")
    _check_rest(option)
    change_ballot(session, option.ballot, version)
    body = option.ballot.stage.project.body_id
    option.ballot.options.remove(option)
    session.flush()
    record(session, "option_removed", "option", option_id, now, user_id=actor.user_id, body=body)


def put_forward(
    session: Session, story_id: int, ballot_id: int, language: str, title: str, text: str, now: datetime
) -> int:
    """Keep what the teller of a story puts forward, in their *language*, and return its id.

    Raises:
        NotFound: the story was withdrawn, or its project has no such ballot.
        Conflict: the options of the ballot are settled already.
        BadInput: 'language', 'title' (none), 'long', or 'many' (this code put three forward).
    """
    ballot = find_own_ballot(session, story_id, ballot_id)
    if ballot.opened_at is not None:
        raise Conflict("ballot")
    if language not in ("cy", "en"):
        raise BadInput("language")
    if not title.strip():
        raise BadInput("title")
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        raise BadInput("long")
    if count_own(session, story_id, ballot_id) >= MOST_OWN:
        raise BadInput("many")
    option = Option(voice="participant", state="proposed", position=len(ballot.options), story_id=story_id)
    option.language = language
    words = OptionDraft(
        Bilingual(title, "") if language == "cy" else Bilingual("", title),
        Bilingual(text, "") if language == "cy" else Bilingual("", text),
    )
    _fill(option, words)
    ballot.options.append(option)
    session.flush()
    record(session, "option_put_forward", "option", option.id, now, actor="participant")
    return option.id


def list_proposals(session: Session, actor: Actor, ballot_id: int) -> tuple[Proposal, ...]:
    """Return what participants put forward and staff have neither accepted nor declined.

    Raises:
        NotFound, NotAllowed: there is no such ballot, or no grant covers it.
    """
    ballot = find_ballot(session, actor, ballot_id)
    return tuple(view_proposal(session, each) for each in ballot.options if each.state == "proposed")


def view_proposal(session: Session, option: Option) -> Proposal:
    """Return an option as staff work on it."""
    story = session.get(Story, option.story_id) if option.story_id is not None else None
    return Proposal(
        id=option.id,
        ballot_id=option.ballot_id,
        version=option.ballot.version,
        state=option.state,
        voice=option.voice,
        language=option.language,
        draft=OptionDraft(
            Bilingual(option.title_cy, option.title_en), Bilingual(option.text_cy, option.text_en)
        ),
        reply_language=story.reply_language if story else None,
    )


def list_own_options(session: Session, story_id: int, ballot_id: int) -> tuple[MyOption, ...]:
    """Return what the teller of a story put forward for a ballot."""
    query = select(Option).where(Option.story_id == story_id, Option.ballot_id == ballot_id)
    story = session.get_one(Story, story_id)
    return tuple(
        _my_option(option, story.reply_language) for option in session.scalars(query.order_by(Option.id))
    )


def forget_votes(session: Session, story_id: int) -> None:
    """Take a teller out of every ballot: their votes and proposals are gone; what was accepted is nobody's any more."""
    session.execute(delete(Vote).where(Vote.story_id == story_id))
    session.execute(delete(Option).where(Option.story_id == story_id, Option.state != "accepted"))
    session.execute(update(Option).where(Option.story_id == story_id).values(story_id=None, language=None))


def count_own(session: Session, story_id: int, ballot_id: int) -> int:
    """Return how many options the teller of a story put forward for a ballot."""
    query = select(func.count(Option.id)).where(Option.story_id == story_id, Option.ballot_id == ballot_id)
    return session.scalar(query) or 0


def find_option(session: Session, actor: Actor, option_id: int) -> Option:
    """Return the row of an option that *actor* may work on; its ballot stays locked.

    Raises:
        NotFound, NotAllowed: there is none, or no grant covers it.
    """
    ballot_id = session.scalar(select(Option.ballot_id).where(Option.id == option_id))
    if ballot_id is None:
        raise NotFound("option")
    ballot = find_ballot(session, actor, ballot_id)
    for option in ballot.options:
        if option.id == option_id:
            return option
    raise NotFound("option")


def find_own_ballot(session: Session, story_id: int, ballot_id: int) -> Ballot:
    """Return the row of a ballot that the teller of a story takes part in; it stays locked.

    Raises:
        NotFound: the story was withdrawn, or its project has no such ballot.
    """
    story = session.get(Story, story_id)
    if story is None or story.state == "withdrawn":
        raise NotFound("story")
    ballot = session.scalar(
        select(Ballot)
        .join(Stage, Stage.id == Ballot.stage_id)
        .where(Ballot.id == ballot_id, Stage.project_id == story.project_id)
        .with_for_update(of=Ballot)
    )
    if ballot is None:
        raise NotFound("ballot")
    return ballot


def _my_option(option: Option, reply_language: str) -> MyOption:
    language = option.language or "cy"
    title, text = (option.title_cy, option.text_cy) if language == "cy" else (option.title_en, option.text_en)
    return MyOption(title, text, language, option.state, option.reason or "", reply_language)


def _check_draft(draft: OptionDraft) -> None:
    """Hold an option to both languages and its length; a text is needed in both or in neither."""
    described = bool(draft.text.cy.strip() or draft.text.en.strip())
    for language in ("cy", "en"):
        title, text = draft.title.in_language(language), draft.text.in_language(language)
        if not title.strip() or (described and not text.strip()):
            raise LanguageMissing(language)
        if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
            raise BadInput("long")


def _check_room(ballot: Ballot) -> None:
    if len(standing_options(ballot)) >= MOST_OPTIONS:
        raise BadInput("many")


def _check_rest(option: Option) -> None:
    """Leave a vote that was opened with something to choose between."""
    ballot = option.ballot
    if ballot.opened_at is not None and len(standing_options(ballot)) <= FEWEST_OPTIONS:
        raise BadInput("few")


def _fill(option: Option, draft: OptionDraft) -> None:
    option.title_cy, option.title_en = draft.title.cy.strip(), draft.title.en.strip()
    option.text_cy, option.text_en = draft.text.cy.strip(), draft.text.en.strip()
