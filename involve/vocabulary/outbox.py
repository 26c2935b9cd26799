"""How far telling somebody has come, by code and by letter, in both languages."""

from involve.vocabulary.terms import Term, term

# By code there is nothing to send.
CODE_STATES: tuple[Term, ...] = (
    term("due", "Heb ei ddarllen eto", "Not read yet"),
    term("read", "Wedi’i ddarllen", "Read"),
)
LETTER_STATES: tuple[Term, ...] = (
    term("due", "I’w anfon", "To be sent"),
    term("sent", "Wedi’i anfon", "Sent"),
    term("failed", "Heb ei anfon: methodd", "Not sent: it failed"),
    term("bounced", "Heb gyrraedd", "Did not arrive"),
    term("dropped", "Does neb i’w anfon ato mwyach", "Nobody to send it to any more"),
)
# Why a letter failed, by the class of the error.
FAILURES: tuple[Term, ...] = (
    term("PostRefused", "Dyw’r cyfeiriad ddim yn gweithio.", "The address does not work."),
    term(
        "PostDelayed",
        "Ni chymerodd y gweinydd post y llythyr am wythnos.",
        "The mail server did not take the letter for a week.",
    ),
)
OTHER_FAILURE = term("other", "Aeth rhywbeth o’i le wrth anfon.", "Something went wrong while sending.")
