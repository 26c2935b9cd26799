"""What a reader of a failure is told, and what only programs can come across: keys, and places in a list."""

from dataclasses import dataclass

from flask_babel import LazyString

from involve.i18n import lazy_gettext as _l


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the reader of a failure is told: its name for programs, the status, what happened, and what to do.

    `link` is an endpoint to go to in another tab or window, so that what was typed stays on this one, and its words.
    """

    code: str
    status: int
    title: LazyString
    advice: LazyString
    link: tuple[str, LazyString] | None = None


FOR_PROGRAMS = {
    "key_unknown": Explanation(
        "key_unknown",
        401,
        _l("We do not know this key"),
        _l(
            "Check that the whole key is there, after “Bearer” and a space. What is public can be read without a key "
            "too: leave the header out."
        ),
    ),
    "key_revoked": Explanation(
        "key_revoked",
        401,
        _l("This key was revoked"),
        _l(
            "Ask an administrator of your organisation for a new one, or leave it out: less may then be asked at a "
            "time."
        ),
    ),
    "key_ended": Explanation(
        "key_ended",
        401,
        _l("This key has run out"),
        _l(
            "Ask an administrator of your organisation for a new one, or leave it out: less may then be asked at a "
            "time."
        ),
    ),
    "key_in_address": Explanation(
        "key_in_address",
        400,
        _l("A key must not stand in an address"),
        _l(
            "Addresses are kept in logs and passed on. Send the key in the header “Authorization: Bearer …”, and have "
            "this one revoked: somebody may have seen it."
        ),
    ),
    "place_refused": Explanation(
        "place_refused",
        400,
        _l("This is no place in the list"),
        _l(
            "Take the “%(next)s” of an answer of ours as “%(after)s”, or leave “%(after)s” out to begin with "
            "the newest.",
            next="next",
            after="after",
        ),
    ),
}
