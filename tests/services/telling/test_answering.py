"""Answering many at once: whom it goes to, what may stand in it, and that nobody is told twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.documents.post import make_post
from involve.errors import BadInput, NotAllowed, NotFound
from involve.models import (
    Decision,
    DecisionPassage,
    Letter,
    Message,
    Outcome,
    Publication,
    Reply,
    Stage,
    Story,
    Tag,
)
from involve.services.moderation.replies import Answer, Sent, answer_stories
from involve.services.projects.projects import find_project
from involve.services.reading.reading_sessions import seat_staff
from involve.services.reading.theme_passages import group_sentences
from involve.services.reading.themes import put_forward
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import show_my_story, withdraw_story
from involve.services.telling.audience import Audience, list_audience, reach_of
from involve.services.telling.fields import FieldRefused
from involve.services.telling.outbox import OutboxFilter, list_untold, show_outbox, try_again
from involve.services.telling.previewing import preview_answer
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from tests.factories import CODE_KEY, NOW, make_project, make_staff, make_story
from tests.mailbox import Mailbox, open_mailbox
from tests.publications import make_public
from tests.reading_room import NAME, Room

LATER = NOW + timedelta(days=1)
ANSWER = Answer("Bydd bws am saith.", "There will be a bus at seven.")


@pytest.fixture
def staff(factory: SessionFactory) -> Actor:
    """A decision-maker of a body with one project."""
    with transaction(factory) as session:
        make_project(session)
        return make_staff(session, "decision_maker")


def tell(session: Session, words: str, **told: object) -> str:
    return make_story(session, text=words, tagged=False, **told).reference


def decide(session: Session, *behind: str, state: str = "published") -> int:
    """Return the id of a decision that stands on the published stories named."""
    decision = Decision(
        project_id=1,
        stage_id=1,
        title_cy="Bws am saith",
        title_en="A bus at seven",
        text_cy="Bydd bws.",
        text_en="There will be a bus.",
        change_cy="",
        change_en="",
        state=state,
        created_at=NOW,
        published_at=NOW if state == "published" else None,
    )
    session.add(decision)
    session.flush()
    for publication in session.scalars(select(Publication).where(Publication.reference.in_(behind))):
        passage = {"publication_id": publication.id, "start": 0, "stop": 3, "added_at": NOW}
        session.add(DecisionPassage(decision_id=decision.id, **passage))
    session.flush()
    return decision.id


def send(session: Session, staff: Actor, references: list[str], answer: Answer = ANSWER) -> Sent:
    return answer_stories(session, staff, references, answer, LATER)


def to_tell(session: Session, staff: Actor, kind: str = "decision", **which: object) -> tuple[str, ...]:
    return list_audience(session, staff, Audience(kind, **which)).references  # type: ignore[arg-type]


def test_everybody_behind_a_decision_is_to_be_told_until_they_are_and_again_when_something_comes_of_it(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        cited = [make_public(session, words) for words in ("Dim bws.", "No bus at all.")]
        make_public(session, "The library is fine.")
        decision_id = decide(session, *cited)
        assert to_tell(session, staff, id=decision_id) == tuple(cited)
        send(session, staff, cited[:1], Answer("Do.", "Yes.", decision_id=decision_id))
        assert to_tell(session, staff, id=decision_id) == (cited[1],)
        # An answer about something else tells nobody of the decision.
        send(session, staff, cited[1:])
        assert to_tell(session, staff, id=decision_id) == (cited[1],)
        noted = LATER + timedelta(days=30)
        outcome = {"status": "done", "text_cy": "Mae’n rhedeg.", "text_en": "It runs."}
        session.add(Outcome(decision_id=decision_id, on_day=noted.date(), noted_at=noted, **outcome))
        session.flush()
        assert to_tell(session, staff, id=decision_id) == tuple(cited)
        (untold, never) = list_untold(session, find_project(session, "bywyd-da"))
        assert (untold.decision_id, untold.people, never.decision_id, never.people) == (
            decision_id,
            2,
            None,
            1,
        )


def test_a_decision_that_is_no_longer_news_leaves_only_who_came_later(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        first = make_public(session, "No bus.")
        decision_id = decide(session, first)
        send(session, staff, [first], Answer("Do.", "Yes.", decision_id=decision_id))
        second = make_public(session, "No bus on Sundays.")
        publication = session.scalars(select(Publication).where(Publication.reference == second)).one()
        passage = {"publication_id": publication.id, "start": 0, "stop": 3, "added_at": LATER}
        session.add(DecisionPassage(decision_id=decision_id, **passage))
        session.flush()
        listed = list_audience(session, staff, Audience("decision", decision_id))
        assert (listed.references, listed.told) == ((second,), 1)
        assert to_tell(session, staff, id=decision_id, again=True) == (first, second)


def test_a_theme_reaches_the_stories_in_it_and_in_those_merged_into_it(factory: SessionFactory) -> None:
    with transaction(factory) as session:
        room = Room(session)
        theme_id = room.theme()
        references = [receipt.reference for receipt in room.receipts]
        staff = seat_staff(session, room.chair, room.stage_id)
        group_sentences(session, staff, theme_id, references[0], (0,), NOW)
        assert to_tell(session, room.chair, "theme", id=theme_id) == (references[0],)
        part = put_forward(session, staff, NAME, NOW)
        group_sentences(session, staff, part, references[1], (0,), NOW)
        from involve.models.theme import Theme

        session.get_one(Theme, part).merged_into_id = theme_id
        session.flush()
        assert set(to_tell(session, room.chair, "theme", id=theme_id)) == set(references)


def test_a_goal_reaches_stories_that_are_not_public_but_not_those_of_which_a_person_said_no(
    factory: SessionFactory, staff: Actor
) -> None:
    def tag(reference: str, voice: str, state: str) -> Tag:
        story = session.scalars(select(Story).where(Story.reference == reference)).one()
        about = {"scheme": "goal", "concept": "health", "stance": "concern", "passages": []}
        return Tag(story_id=story.id, voice=voice, state=state, at=NOW, **about)

    with transaction(factory) as session:
        ill, wrong, other = (tell(session, words) for words in ("I am ill.", "A sick joke.", "Trees."))
        session.add_all([tag(ill, "machine", "suggested"), tag(wrong, "machine", "suggested")])
        session.add(tag(wrong, "participant", "rejected"))
        session.flush()
        topic = {"project": "bywyd-da", "scheme": "goal", "concept": "health"}
        assert to_tell(session, staff, "topic", **topic) == (ill,)
        assert to_tell(session, staff, "project", project="bywyd-da") == (ill, wrong, other)
        assert to_tell(session, staff, "stage", id=1) == (ill, wrong, other)


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (Audience("decision", 99), NotFound),
        (Audience("theme", 99), NotFound),
        (Audience("stage", 99), NotFound),
        (Audience("project", project="nowhere"), NotFound),
        (Audience("everybody"), BadInput),
    ],
)
def test_an_audience_that_is_not_there_is_refused(
    factory: SessionFactory, staff: Actor, wanted: Audience, error: type[Exception]
) -> None:
    with factory() as session, pytest.raises(error):
        list_audience(session, staff, wanted)


def test_a_decision_that_is_not_public_is_told_to_nobody(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        told = make_public(session, "No bus.")
        decision_id = decide(session, told, state="draft")
        with pytest.raises(NotFound):
            list_audience(session, staff, Audience("decision", decision_id))
        with pytest.raises(NotFound):
            send(session, staff, [told], Answer("Do.", "Yes.", decision_id=decision_id))


def test_another_body_sees_no_audience_and_a_role_without_answering_none_either(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        for actor, error in (
            (make_staff(session, "administrator", "corff-arall"), NotFound),
            (make_staff(session, "analyst"), NotAllowed),
        ):
            with pytest.raises(error):
                list_audience(session, actor, Audience("stage", 1))
            with pytest.raises(error):
                show_outbox(session, actor, "bywyd-da", OutboxFilter())
            with pytest.raises(error):
                try_again(session, actor, "bywyd-da", 1, NOW)


def test_each_reads_the_fields_of_their_own_story_in_their_language_and_nothing_of_the_story(
    factory: SessionFactory, staff: Actor
) -> None:
    words = Answer(
        "{Cyfeirnod}, {dyddiad}: am “{prosiect}”, gan {corff}.",
        "{reference}, {told_on}: about “{project}”, by {body}.",
    )
    with transaction(factory) as session:
        welsh, english = (
            make_story(session, text=f"Stori {language}.", reply_language=language, tagged=False)
            for language in ("cy", "en")
        )
        previews = preview_answer(session, [welsh.reference, english.reference], words)
        send(session, staff, [welsh.reference, english.reference], words)
        read = [
            show_my_story(session, receipt.story_id, LATER).replies[0].text for receipt in (welsh, english)
        ]
        assert read == [
            f"{welsh.reference}, 2 Ebrill 2026: am “Bywyd da yn y fro”, gan Corff Prawf.",
            f"{english.reference}, 2 April 2026: about “A good life locally”, by Test Body.",
        ]
        assert [preview.text for preview in previews] == read
        assert [preview.example for preview in previews] == [welsh.reference, english.reference]


@pytest.mark.parametrize(
    ("answer", "problem", "field"),
    [
        (Answer("{enw}", "Hello."), "unknown", "enw"),
        (Answer("Helo.", "Dear {name}"), "unknown", "name"),
        (Answer("Helo.", "{story.text}"), "unknown", "story.text"),
        (Answer("Helo.", "{}"), "unknown", ""),
        (Answer("Helo {", "Hello"), "braces", "{"),
        (Answer("Helo", "Hello reference}"), "braces", "}"),
        (Answer("{{cyfeirnod}}", "{{reference}}"), "braces", "{"),
        (Answer("{cyfeirnod}", "Hello"), "one_language", "reference"),
        (Answer("Helo", "{reference}"), "one_language", "cyfeirnod"),
        (Answer("{cyfeirnod}", "{reference}", public=True), "public", "cyfeirnod"),
        (Answer("{penderfyniad}", "{decision}"), "nothing", "penderfyniad"),
    ],
)
def test_a_field_that_cannot_be_filled_is_refused_by_name_before_anything_is_kept(
    factory: SessionFactory, staff: Actor, answer: Answer, problem: str, field: str
) -> None:
    with transaction(factory) as session:
        reference = tell(session, "No bus.")
        with pytest.raises(FieldRefused) as refused:
            send(session, staff, [reference], answer)
        assert (refused.value.problem, refused.value.field) == (problem, field)
        assert session.scalar(select(func.count(Reply.id))) == 0


def test_a_public_answer_may_name_what_is_the_same_for_everybody(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = make_public(session, "No bus.")
        decision_id = decide(session, told)
        words = Answer("“{penderfyniad}”: bydd.", "“{decision}”: there will.", True, decision_id=decision_id)
        send(session, staff, [told], words)
        reply = session.scalars(select(Reply)).one()
        assert (reply.text_cy, reply.text_en) == ("“Bws am saith”: bydd.", "“A bus at seven”: there will.")


def test_a_story_that_is_withdrawn_between_looking_and_sending_is_named_and_the_rest_goes_out(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        stays = make_story(session, text="No bus.", tagged=False)
        goes = make_story(session, text="No train.", tagged=False)
        both = [stays.reference, goes.reference]
        assert len(preview_answer(session, both, ANSWER)) == 2
        withdraw_story(session, goes.story_id, NOW)
        sent = send(session, staff, both)
        assert (sent.told, sent.gone) == (1, (goes.reference,))
        assert show_my_story(session, stays.story_id, LATER).replies[0].text == ANSWER.text_en
        with pytest.raises(BadInput):
            send(session, staff, [goes.reference])


def at_once(*acts: Callable[[], object]) -> None:
    with ThreadPoolExecutor(len(acts)) as pool:
        for act in [pool.submit(act) for act in acts]:
            act.result()


def test_the_same_answer_sent_from_two_windows_at_once_is_there_once(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = [tell(session, f"Bus {n}.", contact=f"{n}@example.org") for n in range(5)]
    barrier, sent = Barrier(2), []

    def press(references: list[str]) -> None:
        barrier.wait()
        with transaction(factory) as session:
            sent.append(send(session, staff, references))

    # In another order, so that they would wait for each other if the rows were taken as they come.
    at_once(lambda: press(told), lambda: press(told[::-1]))
    assert sorted((each.told, each.before) for each in sent) == [(0, 5), (5, 0)]
    with factory() as session:
        assert session.scalar(select(func.count(Message.id))) == 5
        assert session.scalar(select(func.count(Letter.id))) == 5


def test_two_windows_with_some_people_in_common_tell_each_of_them_once(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = [tell(session, f"Bus {n}.") for n in range(6)]
    barrier = Barrier(2)

    def press(references: list[str]) -> None:
        barrier.wait()
        with transaction(factory) as session:
            send(session, staff, references)

    at_once(lambda: press(told[:4]), lambda: press(told[2:]))
    with factory() as session:
        rows = session.execute(select(Message.story_id, func.count()).group_by(Message.story_id)).all()
        assert sorted(row[1] for row in rows) == [1] * 6


def test_people_are_counted_by_language_and_by_how_they_hear_of_it(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        told = [
            tell(session, "One.", reply_language="cy", contact="a@example.org"),
            tell(session, "Two.", reply_language="cy"),
            tell(session, "Three."),
        ]
        imported = tell(session, "Four.")
        session.scalars(select(Story).where(Story.reference == imported)).one().code_hash = None
        session.flush()
        reach = {each.language: each for each in reach_of(session, [*told, imported])}
        assert (reach["cy"].people, reach["cy"].by_email, reach["cy"].by_code) == (2, 1, 1)
        assert (reach["en"].people, reach["en"].by_code, reach["en"].nobody) == (2, 1, 1)


def test_the_outbox_says_how_far_each_message_has_come(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        with_address = make_story(session, text="One.", contact="a@example.org", tagged=False)
        without = make_story(session, text="Two.", reply_language="cy", tagged=False)
        send(session, staff, [with_address.reference, without.reference])
        show_my_story(session, without.story_id, LATER)
        outbox = show_outbox(session, staff, "bywyd-da", OutboxFilter())
        assert {(line.reference, line.state, line.letter) for line in outbox.lines} == {
            (with_address.reference, "due", "due"),
            (without.reference, "read", None),
        }
        counts = {(each.channel, each.state): (each.cy, each.en) for each in outbox.tallies}
        assert counts["code", "due"] == (0, 1)
        assert counts["code", "read"] == (1, 0)
        assert counts["letter", "due"] == (0, 1)
        assert outbox.untold == ()
        read = show_outbox(session, staff, "bywyd-da", OutboxFilter(state="read"))
        assert [line.reference for line in read.lines] == [without.reference]
        assert show_outbox(session, staff, "bywyd-da", OutboxFilter(state="letter_failed")).lines == ()


def test_a_mail_server_that_is_away_for_a_day_leaves_the_outbox_right_and_each_is_written_to_once(
    factory: SessionFactory, staff: Actor
) -> None:
    def letters(state: str) -> int:
        with factory() as session:
            tallies = show_outbox(session, staff, "bywyd-da", OutboxFilter()).tallies
            return next(each.en for each in tallies if (each.channel, each.state) == ("letter", state))

    with transaction(factory) as session:
        told = [tell(session, f"Bus {n}.", contact=f"{n}@example.org") for n in range(4)]
        send(session, staff, told)
    with open_mailbox() as mailbox:
        mailbox.answer = "451 Come again later"
        for hours in range(0, 24, 3):
            # Pressing again while nothing goes out makes no second letter.
            with transaction(factory) as session:
                send(session, staff, told)
            send_due(factory, mailbox, LATER + timedelta(hours=hours))
        assert (letters("due"), len(mailbox.messages)) == (4, 0)
        mailbox.answer = ""
        for hours in (25, 26):
            send_due(factory, mailbox, LATER + timedelta(hours=hours))
        assert (letters("due"), letters("sent")) == (0, 4)
        assert sorted(str(message["To"]) for message in mailbox.messages) == [
            f"{n}@example.org" for n in range(4)
        ]


def send_due(factory: SessionFactory, mailbox: Mailbox, now: datetime) -> None:
    run_due_jobs(factory, make_handlers(make_post(mailbox.settings()), CODE_KEY), lambda: now)


def test_a_letter_that_failed_is_tried_again_once_however_often_that_is_pressed(
    factory: SessionFactory, staff: Actor
) -> None:
    with transaction(factory) as session:
        send(session, staff, [tell(session, "One.", contact="a@example.org")])
        letter = session.scalars(select(Letter)).one()
        letter.state, letter.last_error = "failed", "PostDelayed"
        session.flush()
        (failed,) = show_outbox(session, staff, "bywyd-da", OutboxFilter()).failed
        assert (failed.id, failed.error) == (letter.id, "PostDelayed")
        assert try_again(session, staff, "bywyd-da", letter.id, LATER) is not None
        assert try_again(session, staff, "bywyd-da", letter.id, LATER) is None
        assert show_outbox(session, staff, "bywyd-da", OutboxFilter()).failed == ()


def test_a_stage_of_another_project_is_not_among_the_stories(factory: SessionFactory, staff: Actor) -> None:
    with transaction(factory) as session:
        make_project(session, "arall")
        here, there = tell(session, "Here."), tell(session, "There.", project="arall")
        other = session.scalars(select(Stage.id).order_by(Stage.id.desc())).first()
        assert to_tell(session, staff, "stage", id=other) == (there,)
        assert to_tell(session, staff, "project", project="bywyd-da") == (here,)
