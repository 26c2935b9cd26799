"""The offer to undo what was just done, made on the next page and kept in the session until then."""

import flask

_KEY = "undo_offer"


def offer_undo(what: str, name: str | int) -> None:
    """Have the next page offer to undo a step ('step', its story's reference and id) or several ('together')."""
    flask.session[_KEY] = [what, str(name)]


def take_undo_offer() -> tuple[str, str] | None:
    """Return what can be undone, once: what it is and its name."""
    offer = flask.session.pop(_KEY, None)
    return (str(offer[0]), str(offer[1])) if isinstance(offer, list) and len(offer) == 2 else None
