"""A few words that stand for many: languages and sides take turns, and what is left out is marked."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Publication
from involve.services.returns.quotations import LONGEST_QUOTATION, quote_cited, quote_few
from tests.factories import make_project
from tests.publications import Shown, add_rows
from tests.returns import cite, make_decision

LATE = (
    "The late bus makes the children miss school",
    "The late bus makes my children late for school each day",
    "A late bus again and the children miss school",
)
ON_TIME = "Our driver waits for everyone and the bus is never late"
WELSH = "Mae’r bws yn hwyr bob bore a’r plant yn colli ysgol"


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session


def say(session: Session, text: str, stance: str, language: str = "en", quotable: bool = True) -> Publication:
    shown = Shown(text, language, tags=(("goal", "healthier", stance),))
    (reference,) = add_rows(session, "bywyd-da", [shown])
    row = session.scalars(select(Publication).where(Publication.reference == reference)).one()
    row.quotable = quotable
    session.flush()
    return row


def test_what_some_say_against_the_rest_is_quoted_beside_what_most_say(session: Session) -> None:
    for text in LATE:
        say(session, text, "concern")
    say(session, ON_TIME, "strength")
    first, second = quote_few(session, 1, 2)
    assert first.text in LATE
    assert second.text == ON_TIME
    assert len(quote_few(session, 1, 9)) == 4


def test_one_voice_in_a_language_that_few_tell_in_is_among_the_first(session: Session) -> None:
    for text in LATE:
        say(session, text, "concern")
    say(session, WELSH, "concern", "cy")
    say(session, "Ni chewch ddyfynnu hyn.", "concern", "cy", quotable=False)
    assert [each.language for each in quote_few(session, 1, 3)] == ["cy", "en", "en"]


def test_words_begin_where_something_was_found_and_say_what_is_left_out(session: Session) -> None:
    row = say(session, f"I live here. I am ill. {'So it goes on and on. ' * 20}", "concern")
    row.tags[0].passages = [[row.text.index("ill"), row.text.index("ill") + 3]]
    session.flush()
    (quoted,) = quote_few(session, 1, 3)
    assert quoted.text.startswith("[…] I am ill. So it goes on and on.")
    assert quoted.text.endswith("on and on. […]")
    assert len(quoted.text) <= LONGEST_QUOTATION + len("[…] ") * 2
    row.text, row.tags = "one two " * 100, []
    session.flush()
    assert quote_few(session, 1, 1)[0].text.endswith("one two one […]")


def test_a_decision_is_quoted_for_and_against_and_only_by_those_who_agreed(session: Session) -> None:
    decision_id = make_decision(session)
    rows = [say(session, text, "concern") for text in LATE]
    silent = say(session, "No words.", "concern", quotable=False)
    for row, side in ((silent, "for"), (rows[0], "for"), (rows[1], "for"), (rows[2], "against")):
        cite(session, decision_id, row.story_id, side)
    quoted = [each.reference for each in quote_cited(session, decision_id)]
    assert quoted == [rows[0].reference, rows[2].reference]
