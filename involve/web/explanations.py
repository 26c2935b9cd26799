"""What readers are told when something goes wrong, in both languages: the status, what happened, and what to do."""

from involve.i18n import lazy_gettext as _l
from involve.web.explanation import FOR_PROGRAMS, Explanation

BY_CODE = {
    **FOR_PROGRAMS,
    "bad_input": Explanation(
        "bad_input",
        400,
        _l("We could not use what was sent"),
        _l("Go back to the page before, check what you chose and send it again."),
    ),
    "text_refused": Explanation(
        "text_refused",
        422,
        _l("We could not accept this text"),
        _l(
            "A story needs some words, no more than 20,000 characters, and only characters that can be displayed."
        ),
    ),
    "consent_missing": Explanation(
        "consent_missing",
        422,
        _l("We need your agreement to read the story"),
        _l("Go back and tick the box if you agree."),
    ),
    "contact_refused": Explanation(
        "contact_refused",
        422,
        _l("That is no e-mail address"),
        _l("Write one address, such as name@example.com, or send the story without one."),
    ),
    "language_missing": Explanation(
        "language_missing",
        422,
        _l("One of the two languages is missing"),
        _l("Write the words in Welsh and in English, and send them again."),
    ),
    "coding_ended": Explanation(
        "coding_ended",
        409,
        _l("Coding has ended here"),
        _l("You said that you had finished, or the round was closed. Nothing more can be marked in it."),
    ),
    "field_refused": Explanation(
        "field_refused",
        422,
        _l("A field in the answer cannot be filled"),
        _l("Go back to it: its page says which fields can stand in an answer."),
    ),
    "agreement_missing": Explanation(
        "agreement_missing",
        409,
        _l("The panel’s agreement is missing"),
        _l("This rung of the ladder promises that no decision is published without it."),
    ),
    "ground_missing": Explanation(
        "ground_missing",
        409,
        _l("The decision stands on too little to be public"),
        _l("Its page of evidence says what is missing, and leads to each part."),
    ),
    "circular_evidence": Explanation(
        "circular_evidence",
        409,
        _l("This story cannot speak for the decision"),
        _l(
            "It was told after the decision was put before people, so it may be about the decision itself. It can "
            "still be cited against it."
        ),
    ),
    "nothing_to_weigh": Explanation(
        "nothing_to_weigh",
        409,
        _l("This rung lets nobody weigh options"),
        _l("Options are weighed where people and the body decide together, or where people decide."),
    ),
    "nothing_to_appeal": Explanation(
        "nothing_to_appeal",
        409,
        _l("There is nothing to ask a second person about"),
        _l(
            "The decision was changed, or a second person was asked before. Your story’s page says how it stands."
        ),
    ),
    "said_enough": Explanation(
        "said_enough",
        429,
        _l("That is enough for one day"),
        _l("At most 10 messages a day are kept about one story. Write again tomorrow."),
    ),
    "too_many_exports": Explanation(
        "too_many_exports",
        503,
        _l("Too many files are being made at the moment"),
        _l("Nothing was begun. Wait some minutes, then try again, or choose fewer stories with the filters."),
    ),
    "parquet_missing": Explanation(
        "parquet_missing",
        422,
        _l("This site cannot write Parquet files."),
        _l("Go back and choose another kind of file."),
    ),
    "ballot_closed": Explanation(
        "ballot_closed",
        409,
        _l("This vote is not open now"),
        _l("Its page says on which days people can vote."),
    ),
    "insight_answered": Explanation(
        "insight_answered",
        409,
        _l("This insight has been answered"),
        _l("The answer is about the words that stand there. Log what you want to add as another insight."),
    ),
    "setup_incomplete": Explanation(
        "setup_incomplete",
        409,
        _l("The project cannot be announced yet"),
        _l("Go back to the list: it says what is missing."),
    ),
    "stage_closed": Explanation(
        "stage_closed",
        409,
        _l("This project is not taking stories now"),
        _l("The project’s page says when it is open. You can also choose another project."),
    ),
    "not_found": Explanation(
        "not_found",
        404,
        _l("Page not found"),
        _l("Check the address, or start again from the home page."),
    ),
    "conflict": Explanation(
        "conflict",
        409,
        _l("This was sent before"),
        _l("A story can be sent once. To send something different, start a new story."),
    ),
    "own_translation": Explanation(
        "own_translation",
        403,
        _l("Somebody else checks this translation"),
        _l("You wrote it. As long as another person here may check translations, one of them does."),
    ),
    "translation_refused": Explanation(
        "translation_refused",
        422,
        _l("This translation cannot be kept or published as it is"),
        _l("Go back to it: its page says what to mend."),
    ),
    "changed_meanwhile": Explanation(
        "changed_meanwhile",
        409,
        _l("Someone else changed this story meanwhile"),
        _l("Open the story again to see what they did. Nothing of yours was kept."),
    ),
    "not_allowed": Explanation(
        "not_allowed",
        403,
        _l("Your role does not cover this"),
        _l("Ask an administrator of your organisation if you need to do it."),
        ("staff.show_roles", _l("Who may do what (opens another tab)")),
    ),
    "not_the_last": Explanation(
        "not_the_last",
        409,
        _l("It cannot be undone any more: something was done with the story since."),
        _l("Open the story again to see what they did. Nothing of yours was kept."),
    ),
    "nothing_to_review": Explanation(
        "nothing_to_review",
        409,
        _l("Nobody waits for a second person here any more."),
        _l("Open the story again to see what they did. Nothing of yours was kept."),
    ),
    "own_judgement": Explanation(
        "own_judgement",
        403,
        _l("You cannot be the second person for what you decided yourself."),
        _l("Ask an administrator of your organisation if you need to do it."),
    ),
    "publishing_not_agreed": Explanation(
        "publishing_not_agreed",
        409,
        _l("This story cannot be published"),
        _l("The person who told it did not agree to that."),
    ),
}
BY_STATUS = {
    403: BY_CODE["not_allowed"],
    404: BY_CODE["not_found"],
    405: Explanation(
        "method_not_allowed",
        405,
        _l("This page does not take that kind of request"),
        _l("Go back and use the buttons on the page."),
    ),
    413: Explanation(
        "too_large",
        413,
        _l("That is too much to send at once"),
        _l("A story can be up to 20,000 characters long."),
    ),
    429: Explanation(
        "too_many_requests",
        429,
        _l("Too many requests in a short time"),
        _l("Nothing you typed is lost. Wait a few minutes, then send it again with the button below."),
    ),
    500: Explanation(
        "failed",
        500,
        _l("Something went wrong at our end"),
        _l("If what you typed is shown below, it is not lost. Wait a moment, then try again."),
    ),
}
FORM_EXPIRED = Explanation(
    "form_expired",
    400,
    _l("This page was open for too long"),
    _l("Nothing you typed is lost. Send it again with the button below."),
)
SIGNED_OUT = Explanation(
    "signed_out",
    403,
    _l("You are signed out"),
    _l("Nothing you typed is lost. Sign in on another tab or window, then come back and send it again."),
    ("accounts.sign_in", _l("Sign in (opens another tab)")),
)
SWITCHED_OFF = Explanation(
    "switched_off",
    403,
    _l("Your account is switched off"),
    _l(
        "An administrator of your organisation did this while you were signed in. Ask them if it is a mistake."
    ),
)
SECOND_STEP_FIRST = Explanation(
    "second_step_first",
    403,
    _l("Set up a second step first"),
    _l(
        "Your organisation asks everyone who moderates or administers to have one. Set it up in another tab, then come "
        "back and send this again."
    ),
    ("accounts.set_second_step", _l("Set up a second step (opens another tab)")),
)
RESET_ENDED = Explanation(
    "reset_ended",
    404,
    _l("This link does not work any more"),
    _l("It works once, for one hour, and only until another password is chosen. Ask for a new one."),
    ("accounts.forget_password", _l("Ask for a new link (opens another tab)")),
)
INVITATION_ENDED = Explanation(
    "invitation_ended",
    404,
    _l("This invitation does not work any more"),
    _l("It works once, for seven days. Ask an administrator of your organisation for a new one."),
)
# On the pages of staff, whether there is no such thing or it belongs to others: the answer does not tell which.
NOT_YOURS = Explanation(
    "not_found",
    404,
    _l("There is nothing here that your roles cover"),
    _l(
        "Check the address. If a colleague sent you here, ask an administrator of your organisation to give you a role "
        "in that project."
    ),
)
# What a program is told where a page would speak of pages.
INVALID = Explanation(
    "invalid", 422, BY_CODE["bad_input"].title, _l("The parts that are wrong are listed with this message.")
)
NOT_THERE = Explanation(
    "not_found",
    404,
    _l("There is nothing here by that name"),
    _l("Check the address, and the names in what you sent."),
)
