"""Whoever knows every number ever shown, and who was counted when, and subtracts: nobody's answer is found."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory
from involve.models import Batch, BatchStory, Message, Reply, Stage, Story, Verdict
from involve.services.account.suppression import FEWEST, Sum, find_exposed, find_ranges
from involve.services.deciding.verdicts import Share, show_held
from involve.services.returns.answered import GROUPS, measure_project
from involve.services.snapshots.due import take_snapshot
from involve.services.tellers.my_story import withdraw_story
from involve.vocabulary.days import ENDLESS
from tests.databases import ON_POSTGRESQL, ON_SQLITE
from tests.factories import make_project
from tests.publications import Shown, add_rows
from tests.returns import ON_DAY, hear, make_decision, note

MONDAY = datetime(2026, 4, 6, 9, 0, tzinfo=UTC)
FELT = ("inform", "consult", "involve")
TAGS = (("goal", "healthier", "concern"),)

MADE_OF = {"answered": ("in_time", "late"), "enough": ("same", "more")}


@dataclass
class Attacker:
    """All that was ever shown, as sums over the people of whom the attacker knows that they were counted."""

    values: dict[str, int] = field(default_factory=dict)
    sums: dict[str, Sum] = field(default_factory=dict)
    # What each one really said or got, by "question:story": kept when it is counted.
    truth: dict[str, str] = field(default_factory=dict)
    groups: dict[int, list[str]] = field(default_factory=dict)
    alike: set[str] = field(default_factory=set)

    def see(self, name: str, number: int, groups: list[int], part: str) -> None:
        """Note a number that is shown on a day, and of which part of which groups it is the sum."""
        self.values[name] = number
        self.sums[name] = Sum(name, tuple(f"{each}={part}" for each in groups))
        for each in groups:
            self.values[f"{each}={part}"] = sum(self.is_in(person, part) for person in self.groups[each])
            people = tuple(f"{person}={part}" for person in self.groups[each])
            self.sums[f"{each}={part}"] = Sum(f"{each}={part}", people)
            for person in self.groups[each]:
                self.values[f"{person}={part}"] = self.is_in(person, part)
            if len({self.is_in(person, part) for person in self.groups[each]}) == 1:
                self.alike.add(f"{each}={part}")

    def is_in(self, person: str, part: str) -> int:
        """Whether a person belongs to a part, or to one of those that it is made of."""
        return int(self.truth[person] in MADE_OF.get(part, (part,)))

    def found(self) -> set[str]:
        """Return what of single people is found; where a body treated all alike, that is no secret of theirs."""
        unknown = {name for name in self.values if "=" in name}
        people = {name for name in unknown if ":" in name}
        sums = list(self.sums.values())
        # Somebody is in a part or is not.
        least = [Sum(f"one {name}", (name, f"not {name}")) for name in people]
        values = self.values | {each.total: 1 for each in least}
        ranges = find_ranges(values, [*sums, *least], unknown | {f"not {name}" for name in people})
        known = {name for name in people if ranges[name][0] == ranges[name][1]}
        known |= find_exposed(self.values, sums, unknown) & people
        known |= {
            name
            for name in unknown - people
            if 0 < self.values[name] < FEWEST and ranges[name][1] == ranges[name][0]
        }
        open_secrets = {person for name in self.alike for person in self.sums[name].parts} | self.alike
        return known - open_secrets


def truths(session: Session, stage: Stage) -> dict[str, str]:
    """Return what each has got and said so far, by "question:story"."""
    found: dict[str, str] = {}
    first = dict(session.execute(select(Message.story_id, Reply.written_at).join(Message.reply)).all())
    for story in session.scalars(select(Story).where(Story.state != "withdrawn")):
        at = first.get(story.id)
        due = story.received_at.date() + timedelta(days=stage.answer_days or 0)
        found[f"answered:{story.id}"] = (
            "unanswered" if at is None else "in_time" if at.date() <= due else "late"
        )
    for row in session.scalars(select(Verdict)):
        for question, said in (("before", row.influence_before), ("after", row.influence_after)):
            if said:
                found[f"{question}:{row.story_id}"] = "agree" if said >= 4 else "other"
        if row.changed:
            found[f"changed:{row.story_id}"] = "no" if row.changed == "no" else "yes"
        if row.felt:
            order = FELT.index(row.felt)
            found[f"felt:{row.story_id}"] = ("less", "same", "more")[order]
    return found


def look(session: Session, attacker: Attacker, stage: Stage, day: str) -> None:
    """Note everything that is shown now, and who is in the groups that were closed."""
    now = truths(session, stage)
    members: dict[int, list[str]] = defaultdict(list)
    for row in session.scalars(select(BatchStory)):
        members[row.batch_id].append(f"{row.question}:{row.story_id}")
    for batch_id, people in members.items():
        if batch_id not in attacker.groups:
            assert not {each for each in people if each in attacker.truth}, "counted twice"
            attacker.groups[batch_id] = people
            attacker.truth |= {each: now[each] for each in people}
    closed = session.scalars(
        select(Batch).where(Batch.closed_on.is_not(None), Batch.dropped_on.is_(None))
    ).all()

    def ids(*kinds: str, language: str = "all") -> list[int]:
        return [each.id for each in closed if each.kind in kinds and language in ("all", each.language)]

    measured = measure_project(session, stage.project_id).groups
    for group in GROUPS:
        shown = measured[group]
        if shown.answered:
            assert shown.answered.whole == sum(
                len(attacker.groups[each]) for each in ids("answered", language=group)
            )
            attacker.see(
                f"{day} answered {group}", shown.answered.part, ids("answered", language=group), "answered"
            )
        if shown.in_time:
            # Which of the groups show it is known as well: it is the whole that it is a part of.
            within = [each for each in ids("answered", language=group) if in_time_shown(session, each)]
            assert shown.in_time.whole == sum(len(attacker.groups[each]) for each in within)
            attacker.see(f"{day} in time {group}", shown.in_time.part, within, "in_time")
        if shown.confirmed:
            attacker.see(
                f"{day} confirmed {group}", shown.confirmed.part, ids("confirmed", language=group), "yes"
            )
    held = show_held(session, stage.project_id, "consult")
    for kinds, part, share in (
        (("before",), "agree", held.agree_before),
        (("after",), "agree", held.agree_after),
        (("changed", "confirmed"), "yes", held.changed),
    ):
        if share:
            attacker.see(f"{day} {kinds}", hits(share), ids(*kinds), part)
    for name, share in held.felt or ():
        attacker.see(f"{day} felt {name}", hits(share), ids("felt"), name)


def in_time_shown(session: Session, batch_id: int) -> bool:
    from involve.models import BatchNumber

    row = select(BatchNumber.shown).where(BatchNumber.batch_id == batch_id, BatchNumber.measure == "in_time")
    return bool(session.scalar(row))


def hits(share: Share) -> int:
    """Return what a share in per cent gives away (of fewer than a hundred answers: everything)."""
    return round(share.percent * share.answers / 100)


# A step: so many tell, how often they are answered (and how late) and say yes, how many take back, how many weeks pass.
steps = st.lists(
    st.tuples(
        st.integers(0, 14),
        st.sampled_from([0.0, 0.5, 0.8, 1.0]),
        st.sampled_from([0.2, 0.5, 0.9]),
        st.integers(0, 3),
        st.integers(1, 7),
    ),
    min_size=3,
    max_size=7,
)


Drawn = list[tuple[int, float, float, int, int]]
LIVES = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])


@ON_SQLITE
@given(steps, st.integers(0, 10_000), st.booleans())
@settings(LIVES)
def test_nobody_is_found_by_subtracting_any_numbers_from_any_others(
    factory: SessionFactory, drawn: Drawn, seed: int, made: bool
) -> None:
    attack(factory, drawn, seed, made)


@ON_POSTGRESQL
@given(steps, st.integers(0, 10_000), st.booleans())
@settings(LIVES, max_examples=4)
def test_it_is_so_on_the_other_database(factory: SessionFactory, drawn: Drawn, seed: int, made: bool) -> None:
    attack(factory, drawn, seed, made)


def attack(factory: SessionFactory, drawn: Drawn, seed: int, made: bool) -> None:
    """Let people live, note every number that is shown meanwhile, and find nobody."""
    with factory() as session:
        make_project(session)
        stage = session.scalars(select(Stage)).one()
        stage.answer_days, stage.report_months, stage.closes_on, stage.answer_by = 14, 3, ENDLESS, ENDLESS
        if made:
            decision = make_decision(session)
            hear(session, decision, "healthier")
            note(session, decision, "done", ON_DAY, MONDAY)
        attacker, now, chance = Attacker(), MONDAY, Random(seed)
        for tell, answered, agreed, gone, weeks in drawn:
            live(session, stage, chance, tell, answered, agreed, gone, now)
            now += timedelta(weeks=weeks)
            take_snapshot(session, now)
            look(session, attacker, stage, now.date().isoformat())
        found = attacker.found()
    assert found == set()


def live(
    session: Session,
    stage: Stage,
    chance: Random,
    tell: int,
    answered: float,
    agreed: float,
    gone: int,
    now: datetime,
) -> None:
    """Let a step of life pass: people tell, are answered, say what they think of it, say something else, and leave."""
    shown = [Shown(language=chance.choice(["cy", "en", "en"]), tags=TAGS, now=now) for _ in range(tell)]
    add_rows(session, "bywyd-da", shown)
    stories = session.scalars(select(Story).where(Story.state != "withdrawn").order_by(Story.id)).all()
    replied = set(session.scalars(select(Message.story_id)))
    for story in stories:
        if story.id not in replied and chance.random() < answered:
            at = now + timedelta(days=chance.choice([1, 10, 20]))
            row = Reply(project_id=stage.project_id, text_cy="Diolch.", text_en="Thanks.", written_at=at)
            row.messages = [Message(story_id=story.id, language="en")]
            session.add(row)
        verdict = session.get(Verdict, story.id)
        if verdict is None or chance.random() < 0.1:
            verdict = verdict or Verdict(story_id=story.id)
            verdict.changed = "yes" if chance.random() < agreed else "no"
            verdict.influence_before = 5 if chance.random() < agreed else 2
            verdict.influence_after = 5 if chance.random() < agreed else None
            verdict.felt = FELT[int(chance.random() > agreed) + int(chance.random() > agreed)]
            verdict.answered_at = now
            session.add(verdict)
    session.flush()
    for story in chance.sample(list(stories), min(gone, len(stories))):
        withdraw_story(session, story.id, now)
