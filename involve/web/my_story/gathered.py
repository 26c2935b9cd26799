"""All that the page of my story shows, read in one go."""

from dataclasses import dataclass

from involve.services.deciding.panel import MySeat, show_my_seat
from involve.services.deciding.verdicts import MyVerdict, show_verdict
from involve.services.deciding.votes import MyBallot, list_my_ballots
from involve.services.missing.about import show_about_me
from involve.services.projects.project_views import ProjectView
from involve.services.projects.projects import get_project
from involve.services.projects.signposts import SignpostView, list_signposts
from involve.services.publishing.corrections import CorrectionView, list_my_corrections
from involve.services.reading.reading_sessions import SessionView, readings_of_story
from involve.services.tellers.appeals import MyAppeal, show_my_appeal
from involve.services.tellers.contacts import contact_fails
from involve.services.tellers.conversation import Conversation, read_conversation
from involve.services.tellers.like_mine import LikeMine, show_like_mine
from involve.services.tellers.my_contact import show_my_contact
from involve.services.tellers.my_decisions import MyDecision, list_my_decisions
from involve.services.tellers.my_story import MyStory, show_my_story
from involve.services.tellers.my_translation import MyTranslations, list_my_translations
from involve.services.tellers.my_way import MyWay, show_my_way
from involve.web.site import site


@dataclass(frozen=True, slots=True)
class Gathered:
    """A story as its teller sees it, and everything around it."""

    story: MyStory
    project: ProjectView
    way: MyWay
    decisions: tuple[MyDecision, ...]
    alike: LikeMine
    conversation: Conversation
    corrections: tuple[CorrectionView, ...]
    appeal: MyAppeal | None
    seat: MySeat | None
    ballots: tuple[MyBallot, ...]
    readings: tuple[SessionView, ...]
    said: MyVerdict
    my_translations: MyTranslations
    signposts: tuple[SignpostView, ...]
    has_contact: bool
    contact_fails: bool
    said_about_me: bool

    @property
    def asks_what_changed(self) -> bool:
        """Whether it is time to ask if anything changed: something came of a decision, or the answer was due."""
        return site().today > self.story.answer_by or any(each.outcomes for each in self.decisions)


def gather(story_id: int) -> Gathered:
    """Return the story and everything around it; its answers, and what was said of it, count as read now.

    Raises:
        NotFound: it was withdrawn.
    """
    now, today = site().clock(), site().today
    with site().writing() as session:
        story = show_my_story(session, story_id, now)
        return Gathered(
            story=story,
            project=get_project(session, story.project_slug, today),
            way=show_my_way(session, story),
            decisions=list_my_decisions(session, story),
            alike=show_like_mine(session, story),
            conversation=read_conversation(session, story_id, "participant", now),
            corrections=list_my_corrections(session, story_id, now),
            appeal=show_my_appeal(session, story_id, now),
            seat=show_my_seat(session, story_id),
            ballots=list_my_ballots(session, story_id, today),
            readings=readings_of_story(session, story_id),
            said=show_verdict(session, story_id),
            my_translations=list_my_translations(session, story_id),
            signposts=list_signposts(session),
            has_contact=show_my_contact(session, story_id, site().settings.code_key) is not None,
            contact_fails=contact_fails(session, story_id),
            said_about_me=bool(show_about_me(session, story_id).answers),
        )
