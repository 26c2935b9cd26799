"""What the decisions of the demonstration stand on: sentences of its stories, and what was heard and not followed."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from involve.models import Decision
from involve.services.deciding.citing import cite_sentences, show_cited_story
from involve.services.deciding.ground_gate import Seen, check_ground
from involve.services.deciding.heard import find_subjects
from involve.services.deciding.judging import judge_heard
from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.vocabulary.bilingual import Bilingual


def add_ground(
    session: Session,
    decision: Mapping[str, Any],
    number: int,
    actor: Actor,
    receipts: Mapping[str, Receipt],
    at: datetime,
) -> Seen:
    """Cite what *decision* says and follow all that was heard, but not what it says; return what was against it."""
    row = session.get_one(Decision, number)
    for name, side in (("cites", "for"), ("against", "against")):
        for story, numbers in decision.get(name, {}).items():
            reference = receipts[story].reference
            sentences = show_cited_story(session, row, reference).sentences
            starts = [sentences[each - 1].start for each in numbers]
            cite_sentences(session, actor, number, reference, starts, side, at)
    keys = {found.name.en: subject.key for subject, found in find_subjects(session, row.project_id).items()}
    for each in decision.get("not_followed", ()):
        reason = Bilingual(each["cy"], each["en"])
        judge_heard(session, actor, number, keys[each["heard"]], "not_followed", reason, at)
    for heard in check_ground(session, row).heard:
        if heard.judgement == "open":
            judge_heard(session, actor, number, heard.key, "followed", Bilingual("", ""), at)
    return Seen(
        check_ground(session, row).seen_key, Bilingual(**decision.get("answer", {"cy": "", "en": ""}))
    )
