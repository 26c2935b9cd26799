"""What came back to people, through the API: the same decisions and accounts as on the public pages, and no more."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from involve.models import Decision, Project, Publication, Stage
from involve.services.moderation.replies import reply_to_stories
from involve.web.site import Site
from tests.factories import NOW, make_project, make_staff, make_story
from tests.pages import CheckedClient
from tests.publications import Shown, add_rows, publish
from tests.returns import cite, hear, make_decision, note
from tests.web.api.test_read import get

REFUSED = [
    ("decisions?limit=0", 422, "limit"),
    ("decisions?limit=51", 422, "limit"),
    ("decisions?goal=culture", 422, "goal"),
    ("decisions?after=x", 400, ""),
    ("decisions?after=999", 400, ""),
    ("decisions?project=unheard-of", 404, ""),
    ("decisions?project=cudd", 404, ""),
    ("what-changed?goal=unheard-of", 422, "goal"),
    ("what-changed?area=Gwynedd", 422, "area"),
    ("what-changed?page=0", 422, "page"),
    ("what-changed?way=prevention", 422, "way"),
    ("what-changed?page=2", 404, ""),
    ("what-changed?body=unheard-of", 404, ""),
    ("what-changed?body=%00", 400, ""),
    ("what-changed?project=cudd", 404, ""),
    ("what-changed?project=bywyd-da&page=2", 404, ""),
]


@pytest.fixture
def returned(site: Site, project: str) -> int:
    """A decision that relies on two stories and did not follow a goal; beside it a draft, and a hidden project."""
    with site.writing() as session:
        told = make_story(session, text="The bus to the surgery is gone, and I worry.")
        publish(session, told)
        shy = make_story(session, text="I would rather not be quoted.")
        publish(session, shy)
        session.execute(
            update(Publication).where(Publication.story_id == shy.story_id).values(quotable=False)
        )
        make_story(session, text="Waiting in the queue, unpublished.")
        decision_id = make_decision(session)
        session.execute(update(Decision).values(passages_then=1, heard_then=1))
        cite(session, decision_id, told.story_id)
        cite(session, decision_id, shy.story_id)
        hear(session, decision_id, "culture", "not_followed")
        note(session, decision_id, "under_way", NOW.date(), NOW)
        make_decision(session, "draft")
        staff = make_staff(session)
        reply_to_stories(session, staff, [told.reference], "Diolch yn fawr.", "Thank you.", NOW, public=True)
        reply_to_stories(session, staff, [told.reference], "Preifat.", "In private.", NOW)
        make_project(session, "cudd")
        make_decision_in(session, "cudd")
        session.execute(update(Project).where(Project.slug == "cudd").values(listed=False))
        return decision_id


def make_decision_in(session: Any, slug: str) -> None:
    """Move a new decision to another project."""
    stage = session.scalars(select(Stage).join(Stage.project).where(Project.slug == slug)).one()
    row = session.get_one(Decision, make_decision(session))
    row.project_id, row.stage_id = stage.project_id, stage.id
    session.flush()


def test_a_decision_is_given_with_what_it_stands_on_and_what_came_of_it(
    client: CheckedClient, returned: int
) -> None:
    said = get(client, "decisions")
    assert (said["total"], said["next"]) == (1, None)
    (decision,) = said["decisions"]
    assert decision["title"] == {"cy": "Bws am wyth", "en": "A bus at eight"}
    assert (decision["id"], decision["project"], decision["status"]) == (returned, "bywyd-da", "under_way")
    assert decision["question"]["en"] == "What matters to you where you live?"
    assert decision["change"] is None
    assert decision["page"]["cy"].endswith(f"/cy/penderfyniadau/{returned}")
    assert decision["outcomes"] == [
        {
            "status": "under_way", "on_day": "2026-04-02", "noted_on": "2026-04-02",
            "words": {"cy": "Mae’r bws yn rhedeg.", "en": "The bus runs."},
        }
    ]  # fmt: skip
    (heard,) = decision["heard"]
    assert (heard["judgement"], heard["reason"]) == (
        "not_followed", {"cy": "Nid oes arian.", "en": "There is no money."},
    )  # fmt: skip
    (quoted, unquoted) = decision["relies_on"]
    assert (quoted["text"], unquoted["text"]) == ("The b", None)
    published = {each["reference"] for each in get(client, "stories")["stories"]}
    assert {quoted["reference"], unquoted["reference"]} == published


def test_decisions_come_page_by_page_those_published_last_first(
    client: CheckedClient, site: Site, project: str
) -> None:
    with site.writing() as session:
        # The first was written down before the others and published after them; two at the same moment.
        moments = [NOW + timedelta(hours=hours) for hours in (2, 0, 0, 1)]
        written = [make_decision(session, now=moment) for moment in moments]
    seen: list[int] = []
    address = "decisions?limit=1"
    while True:
        page = get(client, address)
        assert page["total"] == 4
        seen += [each["id"] for each in page["decisions"]]
        if page["next"] is None:
            break
        address = f"decisions?limit=1&after={page['next']}&project={project}"
    assert seen == [written[0], written[3], written[2], written[1]]


@pytest.mark.parametrize(
    ("asked", "stories"),
    [("", 2), ("?project=bywyd-da", 2), ("?body=corff-prawf", 2), ("?goal=healthier", 1)],
)
def test_an_account_says_what_the_page_says(
    client: CheckedClient, returned: int, asked: str, stories: int
) -> None:
    said = get(client, f"what-changed{asked}")
    assert (said["total"], said["page"], said["next"], said["statuses"]) == (1, 1, None, {"under_way": 1})
    (account,) = said["accounts"]
    assert account["project"] == "bywyd-da"
    assert account["asked"] == [
        {"cy": "Beth sy’n bwysig i chi lle’r ydych chi’n byw?", "en": "What matters to you where you live?"}
    ]
    assert (account["published"], said["published"]) == (stories, stories)
    assert account["answers"] == [
        {"words": {"cy": "Diolch yn fawr.", "en": "Thank you."}, "written_on": "2026-04-02"}
    ]
    assert [each["id"] for each in account["decisions"]] == [returned]
    assert account["decisions"][0]["not_followed"][0]["reason"]["cy"] == "Nid oes arian."
    assert (account["awaited"], account["overdue"]) == (False, False)
    assert (account["say_claimed"], account["say_felt"], account["changed_for_them"]) == (
        "consult", None, None,
    )  # fmt: skip


def test_accounts_are_chosen_by_area_and_come_page_by_page(
    client: CheckedClient, site: Site, project: str
) -> None:
    with site.writing() as session:
        for number in range(21):
            make_project(session, f"prosiect-{number}")
        add_rows(session, project, [Shown(area="W06000002")])
    assert [each["project"] for each in get(client, "what-changed?area=W06000002")["accounts"]] == [project]
    first = get(client, "what-changed")
    assert (len(first["accounts"]), first["total"], first["next"]) == (20, 22, 2)
    assert len(get(client, "what-changed?page=2")["accounts"]) == 2
    day = date.fromisoformat(first["accounts"][0]["answer_by"])
    assert (first["accounts"][0]["awaited"], day > NOW.date()) == (True, True)


@pytest.mark.parametrize(("asked", "status", "field"), REFUSED)
def test_what_cannot_be_asked_of_returns_is_refused_with_its_name(
    client: CheckedClient, returned: int, asked: str, status: int, field: str
) -> None:
    response = client.get(f"/api/v1/{asked}")
    assert (response.status_code, response.mimetype) == (status, "application/json")
    assert response.json is not None
    assert set(response.json["title"]) == {"cy", "en"}
    assert list(response.json.get("detail", {}).get("query", {})) == ([field] if field else [])


def test_two_ways_to_choose_at_once_are_refused_and_say_so(client: CheckedClient, project: str) -> None:
    response = client.get("/api/v1/what-changed?goal=culture&body=corff-prawf&area=")
    assert response.status_code == 422
    assert response.json is not None
    detail = response.json["detail"]["query"]
    assert set(detail) == {"goal", "body"}
    assert "Only one of" in detail["goal"][0]
