"""Whatever is hidden, taken back or published again in any order, a decision shows what was cited, or nothing."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from involve.database import SessionFactory, transaction
from involve.models import Decision, DecisionPassage, Publication, Redaction, Stage, Story
from involve.services.deciding.citing import cite_sentences
from involve.services.deciding.decisions import draft_decision, publish_decision
from involve.services.deciding.ground import show_ground
from involve.services.deciding.ground_gate import Seen, check_ground
from involve.services.deciding.judging import judge_heard
from involve.services.publishing.publish import publish_story, refresh_publication
from involve.services.reading.theme_passages import group_sentences
from involve.services.stories.tell import Receipt
from involve.services.tellers.my_story import change_consent, withdraw_story
from involve.text.sentences import split_sentences
from involve.vocabulary.bilingual import Bilingual
from tests.factories import NOW, PUBLIC_USES, make_story
from tests.publications import publish
from tests.reading_room import Room
from tests.services.deciding.test_decisions import DRAFT

# The first and the last sentence of each are the same words in two places.
TEXTS = (
    "No bus. We walked home with Megan. No bus.",
    "Dim meddyg. Arhoson ni gyda Gwenllian. Dim meddyg.",
    "No shop. We asked Iorwerth for a lift. No shop.",
)
NAMES = ("Megan", "Gwenllian", "Iorwerth")
SHORT = ("No bus.", "Dim meddyg.", "No shop.")
ACTS = ("withdraw", "hide the name", "hide the first", "hide the last", "unpublish", "publish", "refresh")
acts = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 2)), max_size=7)


class Told:
    """A decision that stands on three stories, and what becomes of these."""

    def __init__(self, session: Session, receipts: list[Receipt], decision: int = 0) -> None:
        self.session, self.receipts, self.decision = session, receipts, decision
        self.gone: set[int] = set()

    def decide(self) -> None:
        """Publish the stories, and the decision on them."""
        session = self.session
        room = Room(session)
        session.get_one(Stage, room.stage_id).rung = "consult"
        self.receipts.extend(make_story(session, text=text) for text in TEXTS)
        for receipt in self.receipts:
            publish(session, receipt)
        theme = room.theme(room.staff)
        for receipt in self.receipts:
            group_sentences(session, room.staff, theme, receipt.reference, [0], NOW)
        room.close()
        self.decision = draft_decision(session, room.chair, room.stage_id, DRAFT, NOW)
        for receipt, name in zip(self.receipts[:2], NAMES, strict=False):
            starts = [each for each in self.starts(receipt) if each == 0 or name in self.words(receipt, each)]
            cite_sentences(session, room.chair, self.decision, receipt.reference, starts, "for", NOW)
        last = self.receipts[2]
        cite_sentences(session, room.chair, self.decision, last.reference, self.starts(last), "against", NOW)
        for each in check_ground(session, self.row).heard:
            if each.judgement == "open":
                judge_heard(session, room.chair, self.decision, each.key, "followed", Bilingual("", ""), NOW)
        seen = Seen(check_ground(session, self.row).seen_key)
        publish_decision(session, room.chair, self.decision, seen, NOW)

    @property
    def row(self) -> Decision:
        return self.session.get_one(Decision, self.decision)

    def starts(self, receipt: Receipt) -> list[int]:
        return [each.start for each in split_sentences(TEXTS[self.receipts.index(receipt)])]

    def words(self, receipt: Receipt, start: int) -> str:
        return TEXTS[self.receipts.index(receipt)][start:].split(".")[0]

    def do(self, act: str, which: int) -> None:
        """Do something to a story, unless it was taken back."""
        receipt, text = self.receipts[which], TEXTS[which]
        story = self.session.get_one(Story, receipt.story_id)
        if which in self.gone:
            return
        if act == "withdraw":
            withdraw_story(self.session, receipt.story_id, NOW)
            self.gone.add(which)
        elif act == "unpublish":
            change_consent(self.session, receipt.story_id, frozenset({"read"}), "en", NOW)
        elif act == "publish":
            change_consent(self.session, receipt.story_id, PUBLIC_USES, "en", NOW)
            publish_story(self.session, story, NOW)
        elif act == "refresh":
            refresh_publication(self.session, story)
        else:
            self.hide(story, text, act, which)

    def hide(self, story: Story, text: str, act: str, which: int) -> None:
        """Hide a name, the first two letters or the last two."""
        start, end = {
            "hide the name": (text.index(NAMES[which]), text.index(NAMES[which]) + len(NAMES[which])),
            "hide the first": (0, 2),
            "hide the last": (len(text) - 3, len(text) - 1),
        }[act]
        same = select(Redaction).where(Redaction.story_id == story.id, Redaction.start == start)
        if self.session.scalar(same) is None:
            self.session.add(Redaction(story_id=story.id, start=start, end=end, kind="name", at=NOW))
            self.session.flush()
        refresh_publication(self.session, story)

    def check(self, hidden: set[str]) -> None:
        """Hold what is shown to what was cited and may still be read."""
        self.session.expire_all()
        rows = self.session.scalars(
            select(DecisionPassage).where(DecisionPassage.decision_id == self.decision)
        ).all()
        cited = {
            *SHORT,
            *(f"{sentence.strip()}." for text in TEXTS for sentence in text.split(".") if sentence),
        }
        for row in rows:
            publication = self.session.get_one(Publication, row.publication_id)
            assert publication.text[row.start : row.stop] in cited
            assert publication.story_id not in {self.receipts[each].story_id for each in self.gone}
        for public in (True, False):
            standing = show_ground(self.session, self.decision, public)
            assert not [words for words in hidden if words in repr(standing)]
            shown = [*standing.for_it, *standing.against_it]
            assert all(each.text in cited for each in shown)
            assert (standing.passages.now, standing.against.now) == (
                len(standing.for_it),
                len(standing.against_it),
            )
            assert standing.passages.then == 4
            assert standing.gone == 4 + (standing.against.then or 0) - len(shown)


@pytest.fixture
def decided(factory: SessionFactory) -> Told:
    """The decision as it was published, which each example begins with."""
    with transaction(factory) as session:
        told = Told(session, [])
        told.decide()
    return told


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts)
def test_no_order_of_hiding_and_taking_back_shows_other_words(
    factory: SessionFactory, decided: Told, done: list[tuple[str, int]]
) -> None:
    with suppress(_Over), transaction(factory) as session:
        told = Told(session, decided.receipts, decided.decision)
        hidden: set[str] = set()
        told.check(hidden)
        for act, which in done:
            told.do(act, which)
            if act == "withdraw":
                hidden |= {NAMES[which], SHORT[which]}
            elif act == "hide the name":
                hidden.add(NAMES[which])
            told.check(hidden)
        raise _Over


class _Over(Exception):
    """An example is over: nothing of it stays for the next one."""
