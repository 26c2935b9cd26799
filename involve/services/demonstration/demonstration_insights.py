"""What the demonstration shows of front-line insight: what staff keep hearing, and one that reached a decision."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from involve.services.insights.insight_answers import AnswerDraft, answer_insights
from involve.services.insights.insight_draft import InsightDraft
from involve.services.insights.insights import log_insight
from involve.services.staff.access import Actor
from involve.settings import Settings


def add_insights(
    session: Session, data: Mapping[str, Any], staff: Mapping[str, Actor], now: datetime, settings: Settings
) -> None:
    """Log the insights of *data*, each by the member of staff in its role, and answer those that are answered."""
    logged = []
    for number, said in enumerate(data["insight"]):
        draft = InsightDraft(
            said["project"],
            said["text"],
            said.get("people"),
            said.get("band"),
            said["how"],
            said["area"],
            said.get("idea", ""),
        )
        digest = hmac.digest(settings.secret_key.encode(), f"demonstration insight {number}".encode(), sha256)
        client_id, at = UUID(bytes=digest[:16], version=4), now - timedelta(days=said["logged"])
        logged.append(log_insight(session, staff[said["by"]], draft, client_id, at, settings.code_key))
    for answer in data["insight_answer"]:
        ids = [logged[number] for number in answer["insights"]]
        given = AnswerDraft(answer["outcome"], answer["cy"], answer["en"])
        answer_insights(session, staff["decision_maker"], ids, given, now - timedelta(days=answer["given"]))
