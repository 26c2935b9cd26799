"""The orders of a list: what shares most with the others comes first or last, and every page goes on where it ended."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.errors import BadInput
from involve.services.evidence.evidence import find_stories
from involve.services.evidence.filters import EvidenceFilter
from tests.factories import make_project
from tests.publications import Shown, add_rows

USUAL = (("goal", "healthier", "concern"), ("way", "prevention", "concern"))
STORIES = {
    "usual": Shown("Far to walk.", tags=USUAL),
    "usual too": Shown("Far to walk.", tags=USUAL),
    "partly": Shown("Far to walk.", tags=(*USUAL[:1], ("goal", "equal", "idea"))),
    "odd": Shown("Far to walk.", tags=(("goal", "culture", "strength"),)),
    "bare": Shown("Far to walk."),
}


@pytest.fixture
def session(factory: SessionFactory) -> Iterator[Session]:
    with transaction(factory) as session:
        make_project(session)
        yield session


def in_order(session: Session, sort: str, names: dict[str, str], limit: int) -> list[str]:
    """Return the names of all stories, read *limit* at a time."""
    seen: list[str] = []
    after = None
    while True:
        page = find_stories(session, EvidenceFilter(), limit, after, sort=sort)
        seen += [names[story.reference] for story in page.stories]
        after = page.next
        if after is None:
            return seen


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_the_typical_share_most_with_the_others_and_the_unlike_least(session: Session, limit: int) -> None:
    names = dict(zip(add_rows(session, "bywyd-da", STORIES.values()), STORIES, strict=True))
    assert in_order(session, "typical", names, limit) == ["usual too", "usual", "partly", "odd", "bare"]
    assert in_order(session, "unlike", names, limit) == ["odd", "partly", "usual too", "usual", "bare"]


def test_typical_is_meant_among_those_that_fit(session: Session) -> None:
    add_rows(session, "bywyd-da", [Shown(tags=USUAL)] * 3)
    odd = add_rows(session, "bywyd-da", [Shown(language="cy", tags=STORIES["odd"].tags)] * 2)
    add_rows(session, "bywyd-da", [Shown(language="cy", tags=USUAL)])
    found = find_stories(session, EvidenceFilter(language="cy"), sort="typical").stories
    assert [story.reference for story in found[:2]] == odd[::-1]


@pytest.mark.parametrize(
    ("sort", "after"), [("best", None), ("typical", "1-x"), ("match", "1-99999"), ("newest", "1-")]
)
def test_an_order_or_a_place_that_is_none_is_refused(session: Session, sort: str, after: str | None) -> None:
    with pytest.raises(BadInput):
        find_stories(session, EvidenceFilter(), after=after, sort=sort)
