"""What says the same as an insight: published stories and other insights, in both languages at once, with the reasons.

The software only suggests; staff say that two are the same thing, or that they are not. Nobody is counted by it: two
colleagues may have heard it from the same people, and a story's teller may be one of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, select, text
from sqlalchemy.orm import Session, selectinload

from involve.errors import BadInput, NotFound
from involve.models import Insight, InsightLink, Publication
from involve.services.evidence.evidence import get_story
from involve.services.evidence.public_story import PublicStory
from involve.services.insights.insight_answers import find_insight
from involve.services.insights.insight_erasing import is_there
from involve.services.insights.insight_views import InsightView, view_insights
from involve.services.insights.insights import find_own
from involve.services.publishing.keys import decode_keys, encode_keys
from involve.services.staff.access import Actor, projects_where
from involve.services.trail.record import record
from involve.text.sameness import Candidate, Reason, explain, nearly_same, rank_candidates
from involve.text.search import name_words
from involve.vocabulary.insights import VERDICTS

MOST = 5
# The newest that share a topic (or, without one, a word) are looked at; those of the same project first.
LOOKED_AT = 400


@dataclass(frozen=True, slots=True)
class Match:
    """Something that may say the same: a published story or another insight, and why. `verdict` is what staff said."""

    story: PublicStory | None
    insight: InsightView | None
    reasons: tuple[Reason, ...]
    near: bool
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Matches:
    """What may say the same as an insight; what staff said is not the same stands apart."""

    stories: tuple[Match, ...]
    insights: tuple[Match, ...]
    apart: tuple[Match, ...]


def find_matches(session: Session, actor: Actor, insight_id: int) -> Matches:
    """Return what may say the same as an insight of a project of this person, the likest first.

    Raises:
        NotFound, NotAllowed: there is no such insight, or no grant covers it.
    """
    row = find_insight(session, actor, insight_id, "read_insights")
    said = _verdicts(session, row.id)
    stories = _with_judged(_like_stories(session, row), said, "story")
    readable = [project.id for project in projects_where(session, actor, "read_insights")]
    insights = _with_judged(_like_insights(session, row, readable), said, "insight")
    found = [_story_match(session, row, each, said) for each in stories]
    found += _insight_matches(session, actor, row, insights, readable, said)
    there = [each for each in found if each is not None]
    same = sorted(
        (each for each in there if each.verdict != "different"), key=lambda each: each.verdict != "same"
    )
    return Matches(
        tuple(each for each in same if each.story),
        tuple(each for each in same if each.insight),
        tuple(each for each in there if each.verdict == "different"),
    )


def find_like_stories(session: Session, actor: Actor, insight_id: int) -> tuple[Match, ...]:
    """Return the published stories that may say the same as one's own insight.

    Raises:
        NotFound: there is no such insight, or it is somebody else's.
    """
    row = find_own(session, actor, insight_id)
    found = (_story_match(session, row, each, {}) for each in _like_stories(session, row))
    return tuple(each for each in found if each is not None)


def judge_story(
    session: Session, actor: Actor, insight_id: int, reference: str, verdict: str | None, now: datetime
) -> None:
    """Say that an insight and a published story say the same thing, or that they do not; None takes it back.

    Raises:
        NotFound, NotAllowed: there is no such insight or published story, or no grant covers it.
        BadInput: there is no such verdict.
    """
    row = find_insight(session, actor, insight_id, "match_insights")
    story_id = None
    if "\0" not in reference:
        query = select(Publication.story_id).where(Publication.reference == reference)
        story_id = session.scalar(query)
    if story_id is None:
        raise NotFound(reference)
    _judge(session, actor, row, verdict, now, story_id=story_id)


def judge_insight(
    session: Session, actor: Actor, insight_id: int, other_id: int, verdict: str | None, now: datetime
) -> None:
    """Say that two insights say the same thing, or that they do not; None takes it back.

    Raises:
        NotFound, NotAllowed: one of them is not there, or no grant covers it.
        BadInput: there is no such verdict, or both are one.
    """
    if insight_id == other_id:
        raise BadInput("one")
    low, high = sorted((insight_id, other_id))
    row = find_insight(session, actor, low, "match_insights")
    find_insight(session, actor, high, "match_insights")
    _judge(session, actor, row, verdict, now, other_id=high)


def _judge(
    session: Session, actor: Actor, row: Insight, verdict: str | None, now: datetime, **other: Any
) -> None:
    """Keep what staff say in the place of what they said before; the same again changes nothing."""
    if verdict is not None and verdict not in {each.id for each in VERDICTS}:
        raise BadInput("verdict")
    link = session.scalar(select(InsightLink).filter_by(insight_id=row.id, **other))
    if (link.verdict if link else None) == verdict:
        return
    if link is not None and verdict is None:
        session.delete(link)
    elif link is not None and verdict is not None:
        link.verdict, link.user_id, link.at = verdict, actor.user_id, now
    elif verdict is not None:
        session.add(InsightLink(insight_id=row.id, verdict=verdict, user_id=actor.user_id, at=now, **other))
    session.flush()
    record(
        session, "insight_matched", "insight", row.id, now, user_id=actor.user_id, verdict=verdict, **other
    )


def _verdicts(session: Session, insight_id: int) -> dict[tuple[str, int], str]:
    """Return what staff said, by kind and id of the other."""
    either = (InsightLink.insight_id == insight_id) | (InsightLink.other_id == insight_id)
    said: dict[tuple[str, int], str] = {}
    for link in session.scalars(select(InsightLink).where(either)):
        if link.story_id is not None:
            said["story", link.story_id] = link.verdict
        elif link.other_id is not None:
            other = link.other_id if link.insight_id == insight_id else link.insight_id
            said["insight", other] = link.verdict
    return said


def _with_judged(found: Sequence[int], said: dict[tuple[str, int], str], kind: str) -> list[int]:
    """Return what was found and what staff spoke of, once each."""
    return list(dict.fromkeys([*found, *(other for each, other in said if each == kind)]))


def _like_stories(session: Session, row: Insight) -> list[int]:
    """Return the ids of the stories whose published words are likest."""
    named = name_words(row.text)
    keys = sorted(named.topics) or sorted({key for _word, own in named.words for key in own})
    if not keys:
        return []
    rows = session.scalars(
        select(Publication)
        .where(_holds_any(session, keys))
        .options(selectinload(Publication.tags))
        .order_by((Publication.project_id == row.project_id).desc(), Publication.id.desc())
        .limit(LOOKED_AT)
    ).all()
    candidates = [
        Candidate(decode_keys(each.keys), frozenset((tag.scheme, tag.concept) for tag in each.tags))
        for each in rows
    ]
    return [rows[place].story_id for place in rank_candidates(row.text, _concepts(row), candidates, MOST)]


def _like_insights(session: Session, row: Insight, readable: Sequence[int]) -> list[int]:
    """Return the ids of the insights whose words are likest."""
    rows = session.scalars(
        select(Insight)
        .where(Insight.project_id.in_(readable), Insight.id != row.id, is_there())
        .options(selectinload(Insight.tags))
        .order_by((Insight.project_id == row.project_id).desc(), Insight.id.desc())
        .limit(LOOKED_AT)
    ).all()
    candidates = [Candidate(decode_keys(each.keys), _concepts(each)) for each in rows]
    return [rows[place].id for place in rank_candidates(row.text, _concepts(row), candidates, MOST)]


def _concepts(row: Insight) -> frozenset[tuple[str, str]]:
    return frozenset((tag.scheme, tag.concept) for tag in row.tags)


def _holds_any(session: Session, keys: Iterable[str]) -> ColumnElement[bool]:
    """Return the condition that the published words hold one of *keys* at the least."""
    encoded = encode_keys(keys)
    if session.get_bind().dialect.name == "sqlite":
        found = text("select rowid from publication_search where publication_search match :match")
        return Publication.id.in_(found.bindparams(match=" OR ".join(encoded)).columns(Publication.id))
    return func.to_tsvector(text("'simple'"), Publication.keys).op("@@")(
        func.to_tsquery(text("'simple'"), " | ".join(encoded))
    )


def _story_match(
    session: Session, row: Insight, story_id: int, said: dict[tuple[str, int], str]
) -> Match | None:
    """Return a story beside an insight; None where it is not published now."""
    reference = session.scalar(select(Publication.reference).where(Publication.story_id == story_id))
    story = get_story(session, reference) if reference else None
    if story is None:
        return None
    near = nearly_same(row.text, story.text)
    return Match(story, None, explain(row.text, story.text), near, said.get(("story", story_id)))


def _insight_matches(
    session: Session,
    actor: Actor,
    row: Insight,
    ids: Sequence[int],
    readable: Sequence[int],
    said: dict[tuple[str, int], str],
) -> list[Match]:
    """Return other insights beside one, those that this person may read."""
    query = select(Insight).where(Insight.id.in_(ids), Insight.project_id.in_(readable), is_there())
    by_id = {each.id: each for each in session.scalars(query)}
    others = [by_id[each] for each in ids if each in by_id]
    return [
        Match(
            None,
            view,
            explain(row.text, view.text),
            nearly_same(row.text, view.text),
            said.get(("insight", view.id)),
        )
        for view in view_insights(session, actor, others)
    ]
