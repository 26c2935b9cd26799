"""Whatever happens in whichever order, each follower is told each thing exactly once."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from involve.database import SessionFactory, transaction
from involve.models import Base, Decision, Project
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from involve.services.upkeep.letters import Envelope, PostDelayed
from involve.services.upkeep.rounds import go_round
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.factories import CODE_KEY, NOW, make_project
from tests.services.following.happened import decide
from tests.services.following.readers import follow, wish

FOLLOWERS = {
    "un@example.org": ("at_once", (("project", "bywyd-da"), ("body", "corff-prawf"))),
    "dau@example.org": ("daily", (("everything", "all"), ("project", "bywyd-da"))),
    "tri@example.org": ("weekly", (("body", "corff-prawf"), ("goal", "culture"))),
}
# What may happen next: something is decided or hidden, hours go by, the sender looks, the mail server goes or comes.
STEPS = st.lists(
    st.one_of(
        st.just(("decide", 0)),
        st.just(("hide", 0)),
        st.tuples(st.just("wait"), st.integers(1, 60)),
        st.just(("round", 0)),
        st.just(("send", 0)),
        st.just(("toggle", 0)),
        st.tuples(st.just("also"), st.sampled_from(sorted(FOLLOWERS))),
    ),
    min_size=5,
    max_size=40,
)


@dataclass
class World:
    """A project that three people follow, a sender that works when told to, and a mail server that comes and goes."""

    factory: SessionFactory
    now: datetime = NOW
    away: bool = False
    decided: list[int] = field(default_factory=list)
    hidden: set[int] = field(default_factory=set)
    told: Counter[tuple[str, str]] = field(default_factory=Counter)

    def post(self, envelope: Envelope) -> None:
        """Take a letter, or say that it is no time for it."""
        if self.away:
            raise PostDelayed("away")
        assert envelope.follower is not None
        self.told.update((envelope.address, item.key) for item in envelope.follower.news)

    def do(self, step: str, value: int | str) -> None:
        """Do the next thing."""
        if step == "decide":
            with transaction(self.factory) as session:
                self.decided.append(decide(session, at=self.now))
        elif step == "hide" and self.decided:
            self.hidden.add(self.decided[-1])
            hidden = update(Decision).where(Decision.id == self.decided[-1])
            with transaction(self.factory) as session:
                session.execute(hidden.values(state="draft", published_at=None))
        elif step == "wait":
            self.now += timedelta(hours=int(value))
        elif step == "round":
            go_round(self.factory, self.now)
        elif step == "send":
            run_due_jobs(self.factory, make_handlers(self.post, CODE_KEY), lambda: self.now)
        elif step == "toggle":
            self.away = not self.away
        elif step == "also":
            pace, things = FOLLOWERS[str(value)]
            with transaction(self.factory) as session:
                follow(session, wish(*things[1], address=str(value), pace=pace), self.now)


ORDERS = settings(
    max_examples=10,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@ON_SQLITE
@settings(ORDERS)
@given(steps=STEPS)
def test_each_follower_is_told_each_thing_once_whatever_the_order_of_rounds(
    factory: SessionFactory, steps: list[tuple[str, int | str]]
) -> None:
    go_through(factory, steps)


@ON_POSTGRESQL
@settings(ORDERS, max_examples=3)
@given(steps=STEPS)
def test_it_is_so_on_the_other_database(factory: SessionFactory, steps: list[tuple[str, int | str]]) -> None:
    go_through(factory, steps)


def go_through(factory: SessionFactory, steps: list[tuple[str, int | str]]) -> None:
    """Let what may happen happen, and hold what followers were told to it."""
    with transaction(factory) as session:
        for table in reversed(Base.metadata.sorted_tables):
            if table.name != "event":
                session.execute(table.delete())
        make_project(session)
        session.execute(update(Project).values(goals=["culture"]))
        for address, (pace, things) in FOLLOWERS.items():
            follow(session, wish(*things[0], address=address, pace=pace))
    world = World(factory)
    for step, value in steps:
        world.do(step, value)
    world.away = False
    for _ in range(6):
        # At noon: letters that gather a day or more do not come in the night.
        world.now = (world.now + timedelta(days=8)).replace(hour=12)
        world.do("round", 0)
        world.do("send", 0)
    for address in FOLLOWERS:
        for number in set(world.decided) - world.hidden:
            assert world.told[address, f"decision:{number}"] == 1, (address, number)
    assert max(world.told.values(), default=0) <= 1
