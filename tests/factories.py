"""Makers of what most tests need: a body, a project that is open, a story that was told, a member of staff."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from involve.services.projects.projects import ProjectPlan, StagePlan, add_body, add_project
from involve.services.staff.access import Actor, load_actor
from involve.services.staff.members import accept_invitation, invite_user
from involve.services.stories.tell import Receipt, StoryDraft, tell_story
from involve.services.stories.understand import tag_story
from involve.vocabulary.bilingual import Bilingual

NOW = datetime(2026, 4, 2, 10, 30, tzinfo=UTC)
CODE_KEY = "the code key of the tests, long enough"
SECRET_KEY = "the secret key of the tests, long enough"
PUBLIC_USES = frozenset({"read", "publish", "quote"})
WELSH_STORY = "Mae’r bws olaf yn gadael am chwech, felly dydw i ddim yn gweld fy ffrindiau ar ôl gwaith."
ENGLISH_STORY = "There is no bus after six, so I cannot see my friends, and I feel lonely in the evenings."

_numbers = count(1)


@dataclass
class Clock:
    """A clock that stands still until a test moves it."""

    now: datetime = field(default=NOW)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **later: float) -> None:
        """Go on by that much time, as for `timedelta`."""
        self.now += timedelta(**later)


def make_body(session: Session, slug: str = "corff-prawf") -> str:
    """Add a body, unless it is there, and return its slug."""
    add_body(session, slug, Bilingual("Corff Prawf", "Test Body"))
    return slug


def make_plan(
    slug: str,
    body: str = "corff-prawf",
    opens: int = -10,
    closes: int = 20,
    answer: int = 60,
    now: datetime = NOW,
) -> ProjectPlan:
    """Return the plan of a project with one stage; its days are counted from *now*."""

    def day(days: int) -> date:
        return (now + timedelta(days=days)).date()

    stage = StagePlan(
        kind="identification",
        ladder="iap2",
        rung="consult",
        question=Bilingual(
            "Beth sy’n bwysig i chi lle’r ydych chi’n byw?", "What matters to you where you live?"
        ),
        undecided=Bilingual("Pa fysiau sy’n rhedeg gyda’r nos.", "Which buses run in the evening."),
        decided=Bilingual("Faint o arian sydd ar gael.", "How much money there is."),
        opens_on=day(opens),
        closes_on=day(closes),
        answer_by=day(answer),
    )
    return ProjectPlan(
        body,
        slug,
        Bilingual("Bywyd da yn y fro", "A good life locally"),
        Bilingual("Dywedwch wrthym sut beth yw byw yma.", "Tell us what it is like to live here."),
        (stage,),
    )


def make_project(session: Session, slug: str = "bywyd-da", **plan: Any) -> str:
    """Open a project of a test body and return its slug; *plan* as for `make_plan`."""
    made = make_plan(slug, **plan)
    make_body(session, made.body)
    add_project(session, made, NOW)
    return slug


def make_draft(project: str = "bywyd-da", text: str = ENGLISH_STORY, **changed: Any) -> StoryDraft:
    """Return what someone sends: agreed to reading, publishing and quoting unless *changed* says otherwise."""
    draft = StoryDraft(
        project=project,
        text=text,
        client_id=uuid4(),
        page_language="en",
        reply_language="en",
        uses=PUBLIC_USES,
    )
    return replace(draft, **changed)


def make_story(
    session: Session,
    project: str = "bywyd-da",
    text: str = ENGLISH_STORY,
    now: datetime = NOW,
    tagged: bool = True,
    **changed: Any,
) -> Receipt:
    """Tell a story, have the machine read it (unless not `tagged`), and return the receipt."""
    receipt = tell_story(session, make_draft(project, text, **changed), now, CODE_KEY)
    if tagged:
        tag_story(session, receipt.story_id, now)
    return receipt


def make_staff(
    session: Session,
    role: str = "moderator",
    body: str = "corff-prawf",
    email: str = "",
    password_hash: str = "none",
) -> Actor:
    """Return a member of staff with *role* in the body."""
    make_body(session, body)
    email = email or f"{role}{next(_numbers)}@corff.example"
    invitation = invite_user(session, email, role, body, None, NOW, SECRET_KEY)
    user_id = accept_invitation(session, invitation.token, password_hash, "Mair", NOW, SECRET_KEY)
    return load_actor(session, user_id)
