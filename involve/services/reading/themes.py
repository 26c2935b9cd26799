"""Themes in a reading session: put forward, named, agreed with or not, and merged by those who put them forward."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from involve.errors import BadInput, Conflict, NotAllowed, NotFound
from involve.models import Theme, ThemeWord
from involve.services.reading.reading_sessions import Reader, require_open
from involve.services.trail.record import record
from involve.vocabulary.bilingual import Bilingual

LONGEST_NAME = 120
MOST_THEMES = 60
VERDICTS = ("agree", "disagree")


class NameIsTheirs(NotAllowed):
    """Somebody else put the theme forward: only the name's missing language can be added."""


@dataclass(frozen=True, slots=True)
class Naming:
    """The name of a theme as it was read (`version`) and as it is to be; '' where a language is still missing."""

    version: int
    name: Bilingual


def put_forward(session: Session, reader: Reader, name: Bilingual, now: datetime) -> int:
    """Put a theme forward, and agree with it; return its id.

    Raises:
        Conflict, NotAllowed: the session was closed, or the rung lets this reader make none.
        BadInput: the name is missing in both languages ('name') or too long ('long'), or there are enough ('many').
    """
    require_open(session, reader, making=True)
    name = check_name(name)
    count = session.scalar(select(func.count()).where(Theme.session_id == reader.session_id)) or 0
    if count >= MOST_THEMES:
        raise BadInput("many")
    theme = Theme(
        session_id=reader.session_id,
        name_cy=name.cy,
        name_en=name.en,
        voice=reader.voice,
        story_id=reader.story_id,
        user_id=reader.user_id,
        created_at=now,
    )
    session.add(theme)
    session.flush()
    say_of(session, reader, theme.id, "agree", now)
    _record(session, "theme_added", theme, reader, now)
    return theme.id


def rename_theme(session: Session, reader: Reader, theme_id: int, naming: Naming, now: datetime) -> None:
    """Name a theme anew; of somebody else's only the language that is still missing can be written.

    Raises:
        NotFound, Conflict: there is no such theme; the session was closed, or the name changed since it was read.
        NotAllowed: the rung lets this reader name none.
        NameIsTheirs: somebody else put it forward, and the words that they wrote would change.
        BadInput: as for `put_forward`.
    """
    require_open(session, reader, making=True)
    theme, name = find_theme(session, reader, theme_id), check_name(naming.name)
    if theme.version != naming.version:
        raise Conflict("name")
    if not is_own(theme, reader):
        kept = (theme.name_cy in ("", name.cy), theme.name_en in ("", name.en))
        if not all(kept):
            raise NameIsTheirs("name")
    if (theme.name_cy, theme.name_en) == (name.cy, name.en):
        return
    theme.name_cy, theme.name_en, theme.version = name.cy, name.en, theme.version + 1
    session.flush()
    _record(session, "theme_named", theme, reader, now)


def say_of(session: Session, reader: Reader, theme_id: int, verdict: str, now: datetime) -> None:
    """Keep whether a reader agrees with a theme; a later word replaces it.

    Raises:
        NotFound, Conflict: there is no such theme, or the session was closed.
        BadInput: there is no such verdict.
    """
    require_open(session, reader)
    theme = find_theme(session, reader, theme_id)
    if verdict not in VERDICTS:
        raise BadInput("verdict")
    own = next((word for word in theme.words if is_by(word, reader)), None)
    if own is None:
        own = ThemeWord(story_id=reader.story_id, user_id=reader.user_id)
        theme.words.append(own)
    own.verdict, own.said_at = verdict, now
    session.flush()


def merge_theme(session: Session, reader: Reader, theme_id: int, into_id: int, now: datetime) -> bool:
    """Merge a theme into another one; return False where who put it forward is asked first.

    Raises:
        NotFound, Conflict, NotAllowed: as for `rename_theme`; merged themes are found no more.
        BadInput: a theme cannot be merged into itself.
    """
    require_open(session, reader, making=True)
    theme, into = find_theme(session, reader, theme_id), find_theme(session, reader, into_id)
    if theme is into:
        raise BadInput("itself")
    if not is_own(theme, reader):
        theme.asked_into_id = into.id
        session.flush()
        return False
    _merge(session, theme, into, reader, now)
    return True


def answer_merge(session: Session, reader: Reader, theme_id: int, accept: bool, now: datetime) -> None:
    """Accept that one's own theme is merged as somebody asked, or keep it by itself.

    Raises:
        NotFound: nobody asks, or the other theme is gone.
        NotAllowed: somebody else put it forward.
        Conflict: the session was closed.
    """
    require_open(session, reader)
    theme = find_theme(session, reader, theme_id)
    if not is_own(theme, reader):
        raise NotAllowed("theirs")
    if theme.asked_into_id is None:
        raise NotFound("question")
    if accept:
        _merge(session, theme, find_theme(session, reader, theme.asked_into_id), reader, now)
    theme.asked_into_id = None
    session.flush()


def part_theme(session: Session, reader: Reader, theme_id: int, now: datetime) -> None:
    """Take a merge back: the theme stands by itself again, as it was.

    Raises:
        NotFound, Conflict: there is no such theme in this session, or the session was closed.
        NotAllowed: somebody else put it forward.
    """
    require_open(session, reader)
    theme = session.get(Theme, theme_id)
    if theme is None or theme.session_id != reader.session_id:
        raise NotFound("theme")
    if not is_own(theme, reader):
        raise NotAllowed("theirs")
    theme.merged_into_id = None
    session.flush()
    _record(session, "theme_parted", theme, reader, now)


def find_theme(session: Session, reader: Reader, theme_id: int) -> Theme:
    """Return the row of a theme in the reader's session that is not merged into another.

    Raises:
        NotFound: there is none.
    """
    theme = session.get(Theme, theme_id)
    if theme is None or theme.session_id != reader.session_id or theme.merged_into_id is not None:
        raise NotFound("theme")
    return theme


def is_own(theme: Theme, reader: Reader) -> bool:
    """Say whether a reader may change a theme without asking.

    The machine's are everybody's, and so is one whose teller took their story back; staff answer for theirs together.
    """
    if theme.voice == "staff":
        return reader.voice == "staff"
    return theme.voice == "machine" or theme.story_id in (None, reader.story_id)


def is_by(word: ThemeWord, reader: Reader) -> bool:
    """Say whether a reader said this word."""
    return (word.story_id, word.user_id) == (reader.story_id, reader.user_id)


def check_name(name: Bilingual) -> Bilingual:
    """Return a name without needless spaces.

    Raises:
        BadInput: neither language has one ('name'), or one is too long ('long').
    """
    cy, en = (" ".join(words.split()) for words in (name.cy, name.en))
    if not cy and not en:
        raise BadInput("name")
    if max(len(cy), len(en)) > LONGEST_NAME:
        raise BadInput("long")
    return Bilingual(cy, en)


def _merge(session: Session, theme: Theme, into: Theme, reader: Reader, now: datetime) -> None:
    """Merge, with all that was merged into it before."""
    theme.merged_into_id, theme.asked_into_id = into.id, None
    earlier = update(Theme).where(Theme.merged_into_id == theme.id)
    session.execute(earlier.values(merged_into_id=into.id))
    session.flush()
    _record(session, "theme_merged", theme, reader, now)


def _record(session: Session, kind: str, theme: Theme, reader: Reader, now: datetime) -> None:
    record(session, kind, "theme", theme.id, now, actor=reader.voice, user_id=reader.user_id)
