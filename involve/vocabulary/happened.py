"""What can have happened to a published story: whether a decision heard it, and what came of that."""

from involve.vocabulary.terms import Term, find, term

# A story can be in several of them: two decisions may have heard it.
HAPPENED: tuple[Term, ...] = (
    term("waiting", "Dim penderfyniad eto", "No decision yet"),
    term("decided", "Yn sail i benderfyniad", "Behind a decision"),
    term("followed", "Penderfyniad yn ei dilyn", "A decision follows it"),
    term("not_followed", "Penderfyniad heb ei dilyn", "A decision does not follow it"),
    term("done", "Gwnaed yr hyn a benderfynwyd", "What was decided has been done"),
)


def find_happened(happened_id: str) -> Term:
    """Return the term with that id.

    Raises:
        NotFound: there is none.
    """
    return find(HAPPENED, happened_id)
