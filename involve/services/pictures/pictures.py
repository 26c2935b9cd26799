"""All that the pictures of some evidence show, by a number of queries that does not grow with it."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from involve.services.evidence.facets import Choosing
from involve.services.evidence.filters import EvidenceFilter
from involve.services.pictures.by_area import ByArea, count_by_area
from involve.services.pictures.by_goal import GoalStances, count_by_goal
from involve.services.pictures.over_time import OverTime, count_over_time, days_of
from involve.services.pictures.rising import Rising, find_rising, split_newest
from involve.services.pictures.said import find_said
from involve.services.pictures.timeline import Timeline, show_timeline
from involve.services.pictures.together import Together, count_together
from involve.services.pictures.words import RisingWords, find_rising_words


@dataclass(frozen=True, slots=True)
class Pictures:
    """What is to be seen of the stories that fit a filter. Every number is of published stories, and exact.

    `timeline` only where one project is asked for.
    """

    total: int
    goals: tuple[GoalStances, ...]
    over_time: OverTime
    areas: ByArea
    together: Together
    rising: Rising
    words: RisingWords
    timeline: Timeline | None


def show_pictures(session: Session, wanted: EvidenceFilter, today: date) -> Pictures:
    """Return what is to be seen of the stories that fit *wanted*."""
    choosing = Choosing(session)
    index, fitting = choosing.index, choosing.fitting(wanted)
    topics = find_said(index, fitting)
    since, newest, earlier = split_newest(days_of(index, fitting))
    return Pictures(
        len(fitting),
        count_by_goal(choosing, fitting),
        count_over_time(index, fitting),
        count_by_area(index, fitting),
        count_together(index, fitting, topics),
        find_rising(since, newest, earlier, topics),
        find_rising_words(session, index, newest, earlier),
        show_timeline(session, index, fitting, wanted.project, today) if wanted.project else None,
    )
