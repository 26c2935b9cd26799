"""Staff at work: the queue, redacting and publishing, answering, and the facts an administrator keeps."""

from flask import Blueprint

blueprint = Blueprint("staff", __name__)

from involve.web.staff import (  # noqa: E402  they need the blueprint first
    appeals,  # noqa: F401
    archive,  # noqa: F401
    ballots,  # noqa: F401
    code_help,  # noqa: F401
    collecting,  # noqa: F401
    concerns,  # noqa: F401
    conversation,  # noqa: F401
    corrections,  # noqa: F401
    decisions,  # noqa: F401
    dialogues,  # noqa: F401
    duty,  # noqa: F401
    hours,  # noqa: F401
    meanings,  # noqa: F401
    members,  # noqa: F401
    moderation,  # noqa: F401
    options,  # noqa: F401
    privacy,  # noqa: F401
    promises,  # noqa: F401
    queue,  # noqa: F401
    reading,  # noqa: F401
    replies,  # noqa: F401
    roles,  # noqa: F401
    set_up,  # noqa: F401
    several,  # noqa: F401
    signifiers,  # noqa: F401
    signposts,  # noqa: F401
    step_words,  # noqa: F401
    stories,  # noqa: F401
    takebacks,  # noqa: F401
    trail,  # noqa: F401
    translating,  # noqa: F401
    translation_files,  # noqa: F401
)
