"""The kinds of personal detail that are looked for in a story, and the words for each in both languages."""

from involve.vocabulary.terms import Term, find, term

PERSONAL_KINDS: tuple[Term, ...] = (
    term("name", "enw", "name"),
    term("phone", "ffôn", "phone"),
    term("email", "e-bost", "email"),
    term("address", "cyfeiriad", "address"),
    term("postcode", "cod post", "postcode"),
    term("nhs", "rhif GIG", "NHS number"),
    term("nino", "rhif Yswiriant Gwladol", "National Insurance number"),
    term("dob", "dyddiad geni", "date of birth"),
    term("vehicle", "rhif cerbyd", "vehicle number"),
    term("url", "dolen", "link"),
    term("card", "rhif cerdyn", "card number"),
    term("other", "manylion personol", "personal details"),
)


def find_personal_kind(kind_id: str) -> Term:
    """Return the words for a kind of personal detail.

    Raises:
        NotFound: there is no such kind.
    """
    return find(PERSONAL_KINDS, kind_id)
