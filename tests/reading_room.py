"""A reading session that is open, for tests."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.models import Stage
from involve.services.reading.reading_sessions import (
    Reader,
    close_session,
    open_session,
    seat_staff,
    seat_teller,
)
from involve.services.reading.theme_views import ThemeView, list_public_themes, list_themes
from involve.services.reading.themes import put_forward
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, make_project, make_staff, make_story
from tests.publications import publish

NAME = Bilingual("Teithio gyda’r nos", "Getting about in the evening")
WELSH = "Mae’r bws olaf yn gadael am chwech. Fy enw i yw Mair. Mae’r meddyg yn bell."
ENGLISH = "There is no bus after six. The doctor is far away."


class Room:
    """A session that is open: two tellers and two members of staff, in one transaction of a test."""

    def __init__(self, session: Session, rung: str = "collaborate") -> None:
        self.session = session
        slug = make_project(session)
        stage = session.scalars(select(Stage)).one()
        stage.rung = rung
        self.stage_id, self.project_id = stage.id, stage.project_id
        self.receipts = [make_story(session, slug, words) for words in (WELSH, ENGLISH)]
        for receipt in self.receipts:
            publish(session, receipt)
        self.chair = make_staff(session, "decision_maker")
        open_session(session, self.chair, self.stage_id, NOW)
        self.teller, self.other = (
            seat_teller(session, receipt.story_id, self.stage_id) for receipt in self.receipts
        )
        self.staff = seat_staff(session, self.chair, self.stage_id)
        self.analyst = seat_staff(session, make_staff(session, "analyst"), self.stage_id)

    def theme(self, reader: Reader | None = None, name: Bilingual = NAME) -> int:
        return put_forward(self.session, reader or self.teller, name, NOW)

    def view(self, theme_id: int, reader: Reader | None = None) -> ThemeView:
        return next(each for each in list_themes(self.session, reader or self.teller) if each.id == theme_id)

    def close(self) -> None:
        close_session(self.session, self.chair, self.stage_id, NOW)

    def public(self) -> dict[str, str]:
        return {each.name.en: each.standing for each in list_public_themes(self.session, self.project_id)}
