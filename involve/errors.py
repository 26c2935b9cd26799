"""What can go wrong, in the field's words. Each class carries the code under which a page or command explains it."""


class InvolveError(Exception):
    """The base of every expected failure. `code` names the explanation that readers are shown."""

    code = "involve_error"


class BadInput(InvolveError):
    """What was given cannot be taken; the person can mend it."""

    code = "bad_input"


class TextRefused(BadInput):
    """The story is empty, too long, or holds characters that no one can read."""

    code = "text_refused"


class ConsentMissing(BadInput):
    """Nobody agreed that the story may be read, which is the condition of sending it."""

    code = "consent_missing"


class ContactRefused(BadInput):
    """What somebody left to be reached by is no e-mail address, or no number that takes texts."""

    code = "contact_refused"


class StageClosed(InvolveError):
    """The project takes no stories now."""

    code = "stage_closed"


class NotFound(InvolveError):
    """There is no such thing, or it may not be seen. Unknown and withdrawn codes are one answer."""

    code = "not_found"


class Conflict(InvolveError):
    """The same submission came before with other content, or was withdrawn."""

    code = "conflict"


class NotAllowed(InvolveError):
    """The person is signed in but their role does not cover this."""

    code = "not_allowed"


class LanguageMissing(BadInput):
    """Words that would be official lack their Welsh or their English."""

    code = "language_missing"


class SettingsError(InvolveError):
    """A setting is missing or cannot be used; the message says which and what to do."""

    code = "settings_error"
