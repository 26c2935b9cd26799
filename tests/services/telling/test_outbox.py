"""The outbox: how far each message has come, and letters that wait, fail and are tried again."""

from datetime import datetime, timedelta

from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.documents.post import make_post
from involve.models import Letter
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import show_my_story
from involve.services.telling.outbox import OutboxFilter, show_outbox, try_again
from involve.services.upkeep.handlers import make_handlers
from involve.services.upkeep.jobs import run_due_jobs
from tests.factories import CODE_KEY, make_story
from tests.mailbox import Mailbox, open_mailbox
from tests.services.telling.answers import LATER, send, tell


def send_due(factory: SessionFactory, mailbox: Mailbox, now: datetime) -> None:
    run_due_jobs(factory, make_handlers(make_post(mailbox.settings()), CODE_KEY), lambda: now)


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
