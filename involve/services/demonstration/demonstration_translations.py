"""The translations of the demonstration: written by one invented member of staff, most of them checked by another."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from involve.services.staff.access import Actor
from involve.services.stories.tell import Receipt
from involve.services.translations.translating import check_translation, keep_translation, open_translation


def add_translations(
    session: Session,
    data: Mapping[str, Any],
    staff: Mapping[str, Actor],
    receipts: Mapping[str, Receipt],
    now: datetime,
) -> None:
    """Write each translation, and check it on the next day where it says so."""
    writer, checker = staff["moderator"], staff["administrator"]
    for each in data["translation"]:
        where = receipts[each["story"]].reference, each["language"]
        written = now - timedelta(days=each["written"])
        version = open_translation(session, writer, *where).version
        keep_translation(session, writer, *where, each["text"], version, written)
        if each["checked"]:
            version = open_translation(session, checker, *where).version
            check_translation(session, checker, *where, version, written + timedelta(days=1))
