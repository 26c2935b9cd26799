"""What is new for the member of staff who looks, for the bar above each of their pages."""

from involve.services.insights.insights import count_unread
from involve.web.security import is_signed_in, signed_in
from involve.web.site import site


def count_new_answers() -> int:
    """Return how many of one's own insights have an answer that was not seen yet; 0 for who logs none."""
    if not is_signed_in() or not signed_in().may_anywhere("log_insight"):
        return 0
    with site().reading() as session:
        return count_unread(session, signed_in())
