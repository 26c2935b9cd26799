"""Which stories a public count goes on counting: none that its teller took back, all whose time of keeping ran out."""

from sqlalchemy import ColumnElement, or_

from involve.models import Story


def still_counts() -> ColumnElement[bool]:
    """Return the condition that a `Story` counts: nobody gets rid of a missed promise by erasing what was told."""
    return or_(Story.state != "withdrawn", Story.erased_at.is_not(None))
