"""What the invented tellers say of themselves, each by the turn of the story; some leave a question out."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from involve.services.missing.about import say_about_me
from involve.services.missing.snapshots import take_snapshot
from involve.services.stories.tell import Receipt

# One letter for each teller in turn, over and over: a dash is a question left out.
_ANSWERS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "age": (
        "5e5m4-565e43",
        {"3": "25-34", "4": "35-49", "5": "50-64", "6": "65-74", "e": "75+", "m": "16-24"},
    ),
    "sex": ("ffmffm-", {"f": "female", "m": "male"}),
    "disability": ("nnynn-nnyn", {"n": "not_disabled", "y": "disabled"}),
    "ethnic_group": ("wwww-wwwwwwawwwwb", {"w": "white", "a": "asian", "b": "black"}),
    "welsh": ("cnnc-ncn", {"c": "can_speak", "n": "cannot_speak"}),
}


def add_about(session: Session, receipts: Mapping[str, Receipt], now: datetime) -> None:
    """Answer for every invented teller, and count what may be counted."""
    for turn, receipt in enumerate(receipts.values()):
        letters = {name: turns[turn % len(turns)] for name, (turns, _names) in _ANSWERS.items()}
        answers = {name: _ANSWERS[name][1][letter] for name, letter in letters.items() if letter != "-"}
        say_about_me(session, receipt.story_id, answers, True, "cy", now)
    take_snapshot(session, now)
