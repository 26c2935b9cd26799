"""What may stand in an answer to many: fields of a short list, filled for each, and nothing of a story."""

import pytest
from sqlalchemy import func, select

from involve.database import SessionFactory, transaction
from involve.models import Reply
from involve.services.moderation.replies import Answer
from involve.services.staff.access import Actor
from involve.services.tellers.my_story import show_my_story
from involve.services.telling.fields import FieldRefused
from involve.services.telling.previewing import preview_answer
from tests.factories import make_story
from tests.publications import make_public
from tests.services.telling.answers import LATER, decide, send, tell


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
        assert (reply.text_cy, reply.text_en) == ("“Bws am wyth”: bydd.", "“A bus at eight”: there will.")
