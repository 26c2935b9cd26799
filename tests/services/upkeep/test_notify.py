"""Letters by GOV.UK Notify: e-mails and texts, each sent once whatever is lost on the way, with nothing of a story."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.documents.post import make_post
from involve.models import Contact, Letter
from involve.services.upkeep.letters import send_letter, write_to_user
from tests.factories import CODE_KEY, ENGLISH_STORY, NOW, make_staff
from tests.notify_service import Notify, refusal
from tests.services.upkeep.notified import ADDRESS, NUMBER, fails, letters, send_due, tell


def test_a_text_says_in_the_tellers_language_that_there_is_news_and_nothing_of_what(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify)
    (text,) = notify.sent
    body = text["personalisation"]["body"]
    assert (text["type"], text["phone_number"]) == ("sms", NUMBER)
    assert "https://involve.example/cy/fy-stori" in body
    assert "https://involve.example/cy/stop/" in body
    assert not any(word in body for word in ENGLISH_STORY.split() if len(word) > 4)
    assert letters(factory) == [("sent", "sending")]


def test_an_e_mail_by_notify_has_subject_words_and_a_way_to_end_them(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id - 1)
    send_due(factory, notify)
    (message,) = notify.sent
    assert message["email_address"] == ADDRESS
    assert message["personalisation"]["subject"] == "There is something new on Involve"
    assert message["one_click_unsubscribe_url"] in message["personalisation"]["body"]
    assert ADDRESS not in message["reference"]


def test_staff_hear_by_notify_too_and_no_unsubscribing_stands_there(
    factory: SessionFactory, notify: Notify
) -> None:
    with transaction(factory) as session:
        write_to_user(session, "sign_in_changed", make_staff(session).user_id, NOW)
    send_due(factory, notify)
    assert "one_click_unsubscribe_url" not in notify.sent[0]


def test_a_letter_whose_answer_was_lost_on_the_way_is_recognised_and_not_sent_twice(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    notify.lost = 1
    send_due(factory, notify)
    assert letters(factory) == [("due", None)]
    send_due(factory, notify, NOW + timedelta(hours=1))
    assert letters(factory) == [("sent", "sending")]
    assert len(notify.sent) == 1
    assert notify.asked == [notify.sent[0]["reference"]]


def test_a_sender_that_dies_after_handing_over_sends_nothing_twice(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    class Killed(BaseException):
        """The process ends here."""

    post = make_post(notify.settings())
    assert post is not None

    def post_and_die(envelope: object) -> str:
        post(envelope)  # type: ignore[arg-type]
        raise Killed

    tell(factory, story_id)
    with factory() as session:
        letter_id = session.scalars(select(Letter.id)).one()
    with pytest.raises(Killed):
        send_letter(factory, letter_id, NOW, post_and_die, CODE_KEY)
    send_due(factory, notify, NOW + timedelta(hours=1))
    assert (len(notify.sent), letters(factory)) == (1, [("sent", "sending")])


@pytest.mark.parametrize(
    "trouble",
    [
        refusal(500, "Exception", "Internal server error"),
        refusal(
            429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
        ),
        refusal(429, "TooManyRequestsError", "Exceeded send limits (50) for today"),
    ],
)
def test_a_notify_that_is_down_for_a_day_loses_and_doubles_nothing(
    factory: SessionFactory, notify: Notify, story_id: int, trouble: tuple[int, dict[str, object]]
) -> None:
    tell(factory, story_id)
    notify.trouble = trouble
    for hours in range(24):
        send_due(factory, notify, NOW + timedelta(hours=hours))
    assert letters(factory) == [("due", None)]
    notify.trouble = None
    send_due(factory, notify, NOW + timedelta(hours=25))
    send_due(factory, notify, NOW + timedelta(hours=26))
    assert (len(notify.sent), letters(factory)) == (1, [("sent", "sending")])


def test_nobody_listens_there_and_nothing_is_lost(
    factory: SessionFactory, notify: Notify, story_id: int
) -> None:
    tell(factory, story_id)
    send_due(factory, notify, settings=notify.settings(notify_url="http://127.0.0.1:1"))
    send_due(factory, notify, NOW + timedelta(hours=1))
    assert len(notify.sent) == 1


WRONG_KEY = "trial-0b5a3d6e-3c53-4d0c-9a3a-3a6f5a9a1c11-00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize(
    "wrong",
    [
        {"notify_api_key": WRONG_KEY},
        {"notify_text_template": "00000000-0000-4000-8000-000000000000"},
        {"text_by": "off"},
    ],
)
def test_with_a_wrong_key_or_template_letters_wait_until_it_is_mended_and_no_number_is_given_up(
    factory: SessionFactory, notify: Notify, story_id: int, wrong: dict[str, str]
) -> None:
    tell(factory, story_id)
    send_due(factory, notify, settings=notify.settings(**wrong))
    with factory() as session:
        assert session.scalars(select(Letter.last_error)).one() == "PostNotAllowed"
    assert not fails(factory, story_id)
    send_due(factory, notify, NOW + timedelta(hours=1))
    assert letters(factory) == [("sent", "sending")]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, "ValidationError", "phone_number Not enough digits"), "PostRefused"),
        (refusal(400, "ValidationError", "email_address Not a valid email address"), "PostRefused"),
        (refusal(400, "BadRequestError", "Cannot send to international mobile numbers"), "PostRefused"),
        (
            refusal(400, "BadRequestError", "Can’t send to this recipient using a team-only API key"),
            "PostNotAllowed",
        ),
        (
            refusal(400, "BadRequestError", "Can’t send to this recipient when service is in trial mode"),
            "PostNotAllowed",
        ),
        (refusal(403, "AuthError", "Error: Your system clock must be accurate"), "PostNotAllowed"),
        ((400, {"message": "a bare proxy"}), "PostNotAllowed"),
        (refusal(502, "Proxy", "Bad gateway"), "PostDelayed"),
    ],
)
def test_what_notify_says_is_told_apart_by_whose_fault_it_is(
    factory: SessionFactory, notify: Notify, story_id: int, answer: tuple[int, dict[str, object]], kind: str
) -> None:
    tell(factory, story_id)
    notify.trouble = answer
    send_due(factory, notify)
    with factory() as session:
        letter = session.scalars(select(Letter)).one()
        assert letter.last_error == kind
        assert letter.state == ("failed" if kind == "PostRefused" else "due")
    assert fails(factory, story_id) == (kind == "PostRefused")


def test_no_row_and_no_line_of_the_log_holds_a_number(
    factory: SessionFactory, notify: Notify, story_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    tell(factory, story_id)
    notify.trouble = refusal(400, "ValidationError", f"phone_number {NUMBER} is not right")
    send_due(factory, notify)
    with factory() as session:
        letter = session.scalars(select(Letter)).one()
        said = json.dumps([letter.detail, letter.last_error, letter.delivery])
        assert "900123" not in said + session.scalars(select(Contact.sealed).order_by(Contact.id)).all()[1]
    assert "900123" not in caplog.text
