"""The audit trail as administrators read it: their own body's lines only, filtered, page by page, without words."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from involve.database import SessionFactory, transaction
from involve.errors import NotAllowed, NotFound
from involve.models import Event, Stage
from involve.services.moderation.moderate import Press, judge_story
from involve.services.moderation.staff_story import open_story
from involve.services.projects.outreach import Work, log_outreach, remove_outreach
from involve.services.projects.project_drafts import start_draft
from involve.services.projects.signposts import list_signposts, seed_signposts
from involve.services.staff.access import Actor
from involve.services.staff.inviting import Guest, invite_member
from involve.services.staff.member_changes import switch_member
from involve.services.trail import trail_view
from involve.services.trail.record import record
from involve.services.trail.trail_lines import TrailLine
from involve.services.trail.trail_view import (
    NoSuchStory,
    TrailFilter,
    TrailPage,
    list_people,
    read_trail,
    take_trail,
)
from tests.factories import ENGLISH_STORY, NOW, SECRET_KEY, WELSH_STORY, make_project, make_staff, make_story

BODY, ELSEWHERE = "corff-prawf", "corff-arall"
LATER = NOW + timedelta(days=1)


class Scene:
    """Two bodies with a story each, somebody who read both, and the administrators."""

    def __init__(self, factory: SessionFactory) -> None:
        self.factory = factory
        with transaction(factory) as session:
            make_project(session, "un", body=BODY)
            make_project(session, "dau", body=ELSEWHERE)
            self.own = make_story(session, "un", tagged=False).reference
            self.foreign = make_story(session, "dau", WELSH_STORY, tagged=False).reference
            self.admin = make_staff(session, "administrator")
            self.stranger = make_staff(session, "administrator", ELSEWHERE)
            self.moderator = make_staff(session, "moderator")
            open_story(session, self.moderator, self.own, NOW)
            open_story(session, self.stranger, self.foreign, NOW)

    def read(self, actor: Actor | None = None, body: str = BODY, **wanted: object) -> TrailPage:
        with transaction(self.factory) as session:
            return read_trail(session, actor or self.admin, body, TrailFilter(**wanted), None, LATER)  # type: ignore[arg-type]

    def kinds(self, **wanted: object) -> list[str]:
        return [line.kind for line in self.read(**wanted).lines]


@pytest.fixture
def scene(factory: SessionFactory) -> Scene:
    return Scene(factory)


def test_who_read_which_original_story_is_seen_by_story_and_by_person(scene: Scene) -> None:
    (line,) = scene.read(kind="original_viewed").lines
    assert (line.about, line.user_id, line.who) == (scene.own, scene.moderator.user_id, "Mair")
    assert line.project is not None
    assert scene.kinds(reference=scene.own) == ["original_viewed", "told"]
    assert "original_viewed" in scene.kinds(who=str(scene.moderator.user_id))
    assert "original_viewed" not in scene.kinds(who=str(scene.admin.user_id))
    assert scene.kinds(who="participant") == ["told"]


def test_looking_is_a_line_too_and_so_is_taking_it_along(scene: Scene) -> None:
    assert "trail_read" not in scene.kinds()
    with transaction(scene.factory) as session:
        lines = take_trail(session, scene.admin, BODY, TrailFilter(kind="trail_read"), LATER)
    assert [line.user_id for line in lines] == [scene.admin.user_id]
    assert scene.kinds()[0] == "trail_exported"
    with scene.factory() as session:
        taken = session.scalars(select(Event).where(Event.kind == "trail_exported")).one()
        assert taken.detail == {"lines": 1}


def test_nothing_of_another_body_is_shown_or_can_be_asked_for(scene: Scene) -> None:
    lines = scene.read().lines
    assert scene.foreign not in {line.about for line in lines}
    assert scene.stranger.user_id not in {line.user_id for line in lines}
    with pytest.raises(NoSuchStory):
        scene.read(reference=scene.foreign)
    for actor, error in ((scene.stranger, NotFound), (scene.moderator, NotAllowed)):
        with pytest.raises(error):
            scene.read(actor)
    for unknown in ("nobody", "\0"):
        with pytest.raises(NotFound):
            scene.read(body=unknown)
    with scene.factory() as session:
        assert scene.stranger.user_id not in dict(list_people(session, scene.admin, BODY))


def test_whoever_works_for_two_bodies_leaves_each_its_own_lines(scene: Scene) -> None:
    with transaction(scene.factory) as session:
        guest = Guest(scene.stranger.email, "analyst", None, "cy")
        invite_member(session, scene.admin, BODY, guest, NOW, SECRET_KEY)
        switch_member(session, scene.admin, BODY, scene.stranger.user_id, False, NOW)
    elsewhere = scene.read(scene.stranger, ELSEWHERE).lines
    assert "member_switched_off" not in {line.kind for line in elsewhere}
    about_them = [line for line in scene.read().lines if line.subject_id == scene.stranger.user_id]
    assert {"invited", "member_switched_off"} <= {line.kind for line in about_them}
    assert all(line.detail.get("body", 1) == scene.admin.grants[0].body_id for line in about_them)


def test_lines_stay_when_what_they_are_about_is_gone(scene: Scene) -> None:
    with transaction(scene.factory) as session:
        entry = log_outreach(session, scene.admin, "un", Work(NOW.date(), people=1), NOW)
        remove_outreach(session, scene.admin, "un", entry, NOW)
        start_draft(session, scene.admin, BODY, "tri", NOW)
        session.connection().exec_driver_sql("delete from project_draft")
    assert {"outreach_logged", "outreach_removed", "setup_started"} <= set(scene.kinds())


def test_what_all_bodies_share_is_seen_where_it_was_changed(scene: Scene) -> None:
    with transaction(scene.factory) as session:
        seed_signposts(session)
        assert list_signposts(session, verified_only=False)
        record(session, "signpost_changed", "signpost", 1, NOW, user_id=scene.stranger.user_id)
    assert "signpost_changed" not in scene.kinds()
    assert "signpost_changed" in [line.kind for line in scene.read(scene.stranger, ELSEWHERE).lines]


def test_what_hangs_on_a_stage_belongs_to_its_body(scene: Scene) -> None:
    with transaction(scene.factory) as session:
        own, foreign = session.scalars(select(Stage.id).order_by(Stage.id))
        for stage in (own, foreign):
            record(session, "reading_opened", "stage", stage, NOW)
    (line,) = scene.read(kind="reading_opened").lines
    assert (line.subject_id, line.project is None) == (own, False)


def test_days_are_those_of_wales_and_pages_go_on_where_the_last_one_ended(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_view, "PAGE", 2)
    today = NOW.date()
    assert scene.kinds(first=today, last=today) != []
    assert scene.kinds(last=today - timedelta(days=1)) == []
    assert set(scene.kinds(first=today + timedelta(days=1))) == {"trail_read"}
    seen: list[TrailLine] = []
    before: int | None = None
    wanted = TrailFilter(last=today)
    for _ in range(50):
        with transaction(scene.factory) as session:
            found = read_trail(session, scene.admin, BODY, wanted, before, LATER)
        seen += found.lines
        before = found.before
        if before is None:
            break
    ids = [line.id for line in seen]
    assert len(ids) > 4
    assert ids == sorted(set(ids), reverse=True)


def test_the_trail_holds_no_words_of_a_story(scene: Scene) -> None:
    with transaction(scene.factory) as session:
        judge_story(session, scene.admin, scene.own, Press("published", ((0, 5, "name"),)), NOW)
    said = repr(scene.read().lines)
    assert "published" in said
    for word in ("no bus after six", "lonely", ENGLISH_STORY[:20]):
        assert word not in said
